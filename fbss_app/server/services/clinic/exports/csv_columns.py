"""The columns of a questionnaire as a table, the same for everybody who answered that version.

A question in a group that somebody can add to has a column for each repetition that there may be;
one that is asked for each option of another question has a column for each option.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fbss_app.domain.questionnaire.answers import (
    ABSENT,
    OTHER,
    AnswerValue,
    Path,
    is_absent,
    occurrences_of,
)
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire
from fbss_app.server.documents.csv_file import Cell

# A group without a limit of its own is cut here, and a column says how many it left out.
MOST_REPETITIONS = 20
_JOINED = "; "


class Step(NamedTuple):
    """A repetition of a group: the first, second, ... or the one for an option."""

    group: str
    which: int | str


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Its heading: the question, and the repetitions in brackets.
        item: The question; the group itself where the column counts what was left out.
        steps: The repetitions.
        is_other: Whether it holds what somebody wrote in place of an option.
    """

    name: str
    item: Item
    steps: tuple[Step, ...] = ()
    is_other: bool = False


def columns_of(questionnaire: Questionnaire) -> list[Column]:
    """List the columns of a definition, in the order in which it asks."""
    return list(_columns(questionnaire, questionnaire.item, ()))


def cell_of(evaluation: Evaluation, column: Column) -> Cell:
    """Give what stands in a column for one set of answers: codes, numbers, dates and own words."""
    path = _path(evaluation, column.steps)
    item = column.item
    if path is None:
        return None
    if item.type is ItemType.GROUP:
        left_out = len(evaluation.repetitions(item.link_id, path)) - most_of(item)
        return max(left_out, 0)
    masked = evaluation.masked(item.link_id, path)
    value = evaluation.answer(item.link_id, path)
    if masked and evaluation.enabled(item.link_id, path):
        return None if column.is_other else "masked"
    return _cell(value, is_other=column.is_other)


def options_of(questionnaire: Questionnaire, item: Item) -> list[tuple[str, str]]:
    """List what a question can be answered with, as codes and meanings."""
    source = questionnaire.find(item.options_from or "")
    inherited = options_of(questionnaire, source) if source else []
    own = [(option.code, option.display) for option in item.answer_option]
    return list(dict([*inherited, *own]).items())


def most_of(group: Item) -> int:
    """Say how many repetitions of a group have columns."""
    return min(group.max_occurs or MOST_REPETITIONS, MOST_REPETITIONS)


def _columns(
    questionnaire: Questionnaire, items: Sequence[Item], steps: tuple[Step, ...]
) -> Iterator[Column]:
    for item in items:
        name = item.link_id + "".join(f"[{step.which}]" for step in steps)
        if item.type is ItemType.DISPLAY:
            continue
        if item.type is not ItemType.GROUP:
            yield Column(name, item, steps)
            if item.type is ItemType.OPEN_CHOICE:
                yield Column(f"{name}.other", item, steps, is_other=True)
            continue
        if not item.repeats:
            yield from _columns(questionnaire, item.item, steps)
            continue
        for which in _repetitions(questionnaire, item):
            yield from _columns(questionnaire, item.item, (*steps, Step(item.link_id, which)))
        if item.repeats_for is None:
            yield Column(f"{name}.left-out", item, steps)


def _repetitions(questionnaire: Questionnaire, group: Item) -> Sequence[int | str]:
    if group.repeats_for is None:
        return range(1, most_of(group) + 1)
    asked = questionnaire.placements[group.repeats_for].item
    alone = {option.code for option in asked.answer_option if option.exclusive}
    codes = [code for code, _ in options_of(questionnaire, asked) if code not in alone]
    return [*codes, OTHER] if asked.type is ItemType.OPEN_CHOICE else codes


def _path(evaluation: Evaluation, steps: Sequence[Step]) -> Path | None:
    path: Path = ()
    for group, which in steps:
        there = evaluation.repetitions(group, path)
        if isinstance(which, str):
            if which not in there:
                return None
            path = (*path, which)
        elif which <= len(there):
            path = (*path, there[which - 1])
        else:
            return None
    return path


def _cell(value: AnswerValue, *, is_other: bool) -> Cell:
    if is_absent(value) and isinstance(value, dict):
        return None if is_other else str(value[ABSENT])
    values = [] if value is None else occurrences_of(value)
    own = [str(each[OTHER]) for each in values if isinstance(each, dict) and OTHER in each]
    if is_other:
        return _JOINED.join(own)
    known = [OTHER if isinstance(each, dict) else each for each in values]
    if len(known) == 1 and not isinstance(known[0], bool) and isinstance(known[0], int | float):
        return known[0]
    return _JOINED.join(_word(each) for each in known)


def _word(value: AnswerValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
