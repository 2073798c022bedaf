"""Every answer of a submission with its past: what stood there before, who gave it, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fbss_app.domain.questionnaire.answers import AnswerValue, AuthorRole, Path, Perspective
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import ItemType
from fbss_app.domain.questionnaire.wording import repetition_title, with_repetition
from fbss_app.domain.summary.answer_text import answer_text
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers
from fbss_app.server.storage.repositories.answer_events import StoredEvent

_PATIENT = "the patient"
_HELPER = "a helper"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer as it was given.

    Attributes:
        words: The answer in words; nothing where an answer was taken back.
        value: The same as data.
        by: Who gave it, in words.
        role: Whether that was the patient or a helper.
        perspective: In whose view.
        answered_at: When, by the clock of their phone.
        received_at: When it arrived, by the server's.
        is_confirmation: Whether it only took over what stood there already.
    """

    words: tuple[str, ...]
    value: AnswerValue
    by: str
    role: AuthorRole
    perspective: Perspective
    answered_at: datetime
    received_at: datetime
    is_confirmation: bool


@dataclass(frozen=True, slots=True)
class ReviewedAnswer:
    """A question that was answered, and all that was ever answered to it.

    Attributes:
        link_id: The question.
        path: The repetitions it stands in.
        section: The part of the questionnaire it belongs to.
        text: The question, with the titles of the repetitions around it.
        counts: Whether it is still asked; what is answered elsewhere can make it void.
        current: The answer that counts.
        given_by: Who gave it first, where somebody else confirmed it later.
        confirmed_by: Who confirmed it, in words, or "".
        earlier: What was answered before, the newest first.
    """

    link_id: str
    path: Path
    section: str
    text: str
    counts: bool
    current: GivenAnswer
    given_by: str
    confirmed_by: str
    earlier: tuple[GivenAnswer, ...]


def answers_of(sent: SentAnswers) -> tuple[ReviewedAnswer, ...]:
    """List every question that was answered, in the order in which the definition has them."""
    given: dict[str, list[StoredEvent]] = {}
    for stored in sent.valid:
        placement = sent.questionnaire.placements[stored.event.link_id]
        if placement.item.type is not ItemType.GROUP:
            given.setdefault(stored.event.key, []).append(stored)
    order = {link_id: place for place, link_id in enumerate(sent.questionnaire.placements)}
    in_order = sorted(given.values(), key=lambda events: order[events[0].event.link_id])
    return tuple(_reviewed(sent, events) for events in in_order)


def _reviewed(sent: SentAnswers, events: list[StoredEvent]) -> ReviewedAnswer:
    evaluation = sent.evaluation
    *earlier, newest = (_given(sent, stored) for stored in events)
    event = events[-1].event
    placement = sent.questionnaire.placements[event.link_id]
    known = sent.provenance.get(event.key)
    confirmed = known.confirmed if known else None
    is_here = event.path in evaluation.paths(event.link_id)
    return ReviewedAnswer(
        event.link_id,
        event.path,
        placement.ancestors[0].text if placement.ancestors else "",
        ": ".join(_texts(evaluation, event.link_id, event.path, is_here=is_here)),
        is_here and evaluation.enabled(event.link_id, event.path),
        newest,
        _who(known.role, known.name) if known else newest.by,
        _who(confirmed.role, newest.by) if confirmed else "",
        tuple(reversed(earlier)),
    )


def _texts(evaluation: Evaluation, link_id: str, path: Path, *, is_here: bool) -> Iterator[str]:
    placement = evaluation.questionnaire.placements[link_id]
    # A repetition that was taken away has no title any more.
    if not is_here:
        yield f"{placement.item.label} (taken away)"
        return
    for depth, group in enumerate(placement.repeating):
        yield repetition_title(evaluation, group, path[: depth + 1])
    yield with_repetition(evaluation, link_id, path, placement.item.text)


def _given(sent: SentAnswers, stored: StoredEvent) -> GivenAnswer:
    event = stored.event
    is_here = event.path in sent.evaluation.paths(event.link_id)
    item = sent.questionnaire.placements[event.link_id].item
    asked = sent.evaluation.asked(event.link_id, event.path) if is_here else item
    return GivenAnswer(
        tuple(answer_text(asked, event.value)),
        event.value,
        _who(event.author_role, sent.helpers.get(stored.participant_id, "")),
        event.author_role,
        event.perspective,
        event.answered_at,
        stored.received_at,
        event.confirms is not None,
    )


def _who(role: AuthorRole, name: str) -> str:
    return _PATIENT if role is AuthorRole.PATIENT else name or _HELPER
