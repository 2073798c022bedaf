"""The places of pain for the drawing of a body: which, of what kind, and the worst."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from fbss_app.domain.questionnaire.answers import Path, answer_key, occurrences_of
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import SummaryBlock
from fbss_app.domain.summary.answer_text import answer_text, option_text


@dataclass(frozen=True, slots=True)
class BodyPlace:
    """A region of the body, as chosen; `kinds` are the words for the pain there."""

    code: str
    label: str
    kinds: tuple[str, ...]
    kind_codes: tuple[str, ...]
    worst: bool


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The chosen places, in the order in which they are offered.

    `by_proxy` says that somebody else answered some of what only the patient can feel.
    """

    places: tuple[BodyPlace, ...]
    by_proxy: bool = False


def body_map(
    block: SummaryBlock, evaluation: Evaluation, by_proxy: Collection[str] = frozenset()
) -> BodyMap | None:
    """Gather what the drawing of a block shows; None when no place was chosen.

    Args:
        block: A block with `picture: body-map`.
        evaluation: The answers.
        by_proxy: The keys of the answers that somebody else gave for the patient.
    """
    if block.places is None:
        return None
    chosen = _codes(evaluation, block.places)
    if not chosen:
        return None
    worst = _codes(evaluation, block.worst)
    places = tuple(
        BodyPlace(
            option.code,
            option_text(option, short=True),
            _kinds(block, evaluation, option.code),
            tuple(_codes(evaluation, block.kinds, (option.code,))),
            option.code in worst,
        )
        for option in evaluation.options(block.places)
        if option.code in chosen and not option.exclusive
    )
    if not places:
        return None
    return BodyMap(places, _is_by_proxy(evaluation, _drawn(block, places), by_proxy))


def _drawn(block: SummaryBlock, places: tuple[BodyPlace, ...]) -> Iterator[tuple[str, Path]]:
    for link_id in (block.places, block.worst):
        if link_id:
            yield link_id, ()
    for place in places:
        if block.kinds:
            yield block.kinds, (place.code,)


def _is_by_proxy(
    evaluation: Evaluation, drawn: Iterable[tuple[str, Path]], by_proxy: Collection[str]
) -> bool:
    return any(
        answer_key(link_id, path) in by_proxy
        and evaluation.questionnaire.placements[link_id].item.unobservable
        and path in evaluation.paths(link_id)
        and evaluation.answer(link_id, path) is not None
        for link_id, path in drawn
    )


def _codes(evaluation: Evaluation, link_id: str | None, path: tuple[str, ...] = ()) -> list[str]:
    if link_id is None or path not in evaluation.paths(link_id):
        return []
    answer = evaluation.answer(link_id, path)
    return [each for each in occurrences_of(answer) if isinstance(each, str)]


def _kinds(block: SummaryBlock, evaluation: Evaluation, code: str) -> tuple[str, ...]:
    if block.kinds is None or (code,) not in evaluation.paths(block.kinds):
        return ()
    item = evaluation.asked(block.kinds, (code,))
    return tuple(answer_text(item, evaluation.answer(block.kinds, (code,)), short=True))
