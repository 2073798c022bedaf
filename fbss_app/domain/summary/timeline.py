"""Operations and pain in the order of time, for a drawing and for a list of sentences.

The order is exact. Distances are those of time as far as the marks do not crowd: neighbours are
moved apart, so that every mark of up to twelve operations can be told from the next.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from fbss_app.domain.questionnaire.answers import Path, answer_key, split_key
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import SummaryBlock
from fbss_app.domain.summary.answer_text import answer_text, date_text, number_text

# Of the 100 parts of the scale: what lies before the first operation, the least distance of two
# marks, and that between the best time and now, which stand there as words.
_LEAD = 10
_GAP = 9
_GAP_OF_WORDS = 16
# The least distance of two years written in one row.
_GAP_OF_YEARS = 15
_LEFT_OUT = "Numbers of pain that a helper gave are left out here."
_MOMENTS = ("before", "best", "now")
_IN_WORDS = {
    "before": "before the latest operation",
    "best": "at best after it",
    "now": "now",
}


@dataclass(frozen=True, slots=True)
class TimelineOperation:
    """An operation; `when` is "" and `position` None where its date is not known.

    Attributes:
        number: Which repetition it is, from 1.
        title: The title of the repetition, such as "Operation 2".
        when: Its date in words, as precise as it was given.
        year: The year alone, for a short label.
        labels: What was done, in words.
        position: From 0 to 100, today.
        row: The row its year is written in, so that no two years touch. 0 is the first.
    """

    number: int
    title: str
    when: str
    year: str
    labels: tuple[str, ...]
    position: float | None
    row: int = 0


@dataclass(frozen=True, slots=True)
class TimelinePain:
    """How strong a pain was at one moment, from 0 to 10."""

    at: str
    place: str
    value: int | float
    position: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the drawing shows, and the same in sentences; `note` says what it leaves out, or ""."""

    operations: tuple[TimelineOperation, ...]
    undated: tuple[TimelineOperation, ...]
    pain: tuple[TimelinePain, ...]
    sentences: tuple[str, ...]
    note: str = ""


class _Value(NamedTuple):
    key: str
    at: str
    place: str
    value: int | float


def timeline(
    block: SummaryBlock,
    evaluation: Evaluation,
    titles: Sequence[str],
    by_proxy: Collection[str] = frozenset(),
) -> Timeline | None:
    """Put the operations and the pain points of a block in order.

    A line through numbers reads as one person's own report: what only the patient can feel and
    somebody else answered is left out, and the note says so.

    Args:
        block: A block with `picture: timeline`.
        evaluation: The answers, and the day they are looked at, which ends the scale.
        titles: The title of each repetition of the group around the date, in order.
        by_proxy: The keys of the answers that somebody else gave for the patient.

    Returns:
        The timeline; None when there is nothing to show.
    """
    if block.date is None:
        return None
    end = in_years(evaluation.today.isoformat())
    places = [
        (_operation(block, evaluation, path, number, title), path)
        for number, (path, title) in enumerate(
            zip(evaluation.paths(block.date), titles, strict=True), start=1
        )
        if evaluation.enabled(block.date, path)
    ]
    dated = sorted(
        (
            min(in_years(str(evaluation.answer(block.date, path))), end),
            operation.number,
            operation,
            path,
        )
        for operation, path in places
        if operation.when
    )
    given = _values(block, evaluation, dated[-1][3] if dated else ())
    values = [each for each in given if not _is_left_out(evaluation, each, by_proxy)]
    moments = [moment for moment in _MOMENTS if any(each.at == moment for each in values)]
    positions, at = positions_of([each[0] for each in dated], moments, end)
    operations = tuple(
        replace(each[2], position=position, row=row)
        for each, position, row in zip(dated, positions, rows_of(positions), strict=True)
    )
    undated = tuple(operation for operation, _ in places if not operation.when)
    if not operations and not undated and not values:
        return None
    pain = tuple(TimelinePain(each.at, each.place, each.value, at[each.at]) for each in values)
    note = _LEFT_OUT if len(values) < len(given) else ""
    return Timeline(operations, undated, pain, _sentences(operations, undated, pain), note)


def _is_left_out(evaluation: Evaluation, value: _Value, by_proxy: Collection[str]) -> bool:
    item = evaluation.questionnaire.placements[split_key(value.key)[0]].item
    return item.unobservable and value.key in by_proxy


def in_years(partial_date: str) -> float:
    """Give a partial date as a number of years; the middle of what it leaves open."""
    year, *rest = (int(part) for part in partial_date.split("-"))
    if not rest:
        return year + 0.5
    if len(rest) == 1:
        return year + (rest[0] - 0.5) / 12
    return year + (rest[0] - 1) / 12 + (rest[1] - 0.5) / 372


def positions_of(
    operations: Sequence[float], moments: Sequence[str], today: float
) -> tuple[list[float], dict[str, float]]:
    """Place operations and moments of pain on the scale of 0 to 100.

    Args:
        operations: When each was, in years and in order.
        moments: Those of "before", "best" and "now" that are shown. The first two lie around the
            latest operation: when exactly, nobody is asked.
        today: The end of the scale, in years.

    Returns:
        The position of each operation and of each moment.
    """
    span = today - operations[0] if operations else 0

    def linear(when: float) -> float:
        return 100 - (100 - _LEAD) * (today - when) / span if span > 0 else _LEAD

    marks: list[tuple[str, float]] = [
        (str(place), linear(when)) for place, when in enumerate(operations)
    ]
    latest = marks[-1][1] if marks else _LEAD
    if "before" in moments:
        marks.insert(max(len(marks) - 1, 0), ("before", latest - _GAP))
    if "best" in moments:
        marks.append(("best", (latest + 100) / 2))
    marks.append(("now", 100))
    gaps = [_GAP_OF_WORDS if name == "best" else _GAP for name, _ in marks[:-1]]
    at = dict(zip((name for name, _ in marks), _spread([p for _, p in marks], gaps), strict=True))
    return (
        [at[str(place)] for place in range(len(operations))],
        {moment: at[moment] for moment in moments},
    )


def rows_of(positions: Sequence[float]) -> list[int]:
    """Give each year, in order, the first row in which it does not touch the one before it."""
    last: list[float] = []
    rows: list[int] = []
    for position in positions:
        free = (row for row, taken in enumerate(last) if position - taken >= _GAP_OF_YEARS)
        row = next(free, len(last))
        last[row : row + 1] = [position]
        rows.append(row)
    return rows


def _spread(positions: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Move marks apart to the least distance to the next one; the last stays where it is."""
    share = min(1, 100 / sum(gaps)) if gaps else 1
    spread: list[float] = [max(positions[0], 0)]
    for position, gap in zip(positions[1:], gaps, strict=True):
        spread.append(max(position, spread[-1] + gap * share))
    spread[-1] = positions[-1]
    for place in range(len(gaps) - 1, -1, -1):
        spread[place] = max(min(spread[place], spread[place + 1] - gaps[place] * share), 0)
    return spread


def _operation(
    block: SummaryBlock, evaluation: Evaluation, path: Path, number: int, title: str
) -> TimelineOperation:
    answer = evaluation.answer(block.date or "", path)
    text = answer if isinstance(answer, str) else ""
    labels: tuple[str, ...] = ()
    if block.label and path in evaluation.paths(block.label):
        item = evaluation.asked(block.label, path)
        labels = tuple(answer_text(item, evaluation.answer(block.label, path), short=True))
    return TimelineOperation(number, title, date_text(text) if text else "", text[:4], labels, None)


def _values(block: SummaryBlock, evaluation: Evaluation, latest: Path) -> list[_Value]:
    found: list[_Value] = []
    for point in block.pain:
        path = latest if latest in evaluation.paths(point.item) else ()
        if path not in evaluation.paths(point.item):
            continue
        value = evaluation.answer(point.item, path)
        if isinstance(value, int | float) and not isinstance(value, bool):
            key = answer_key(point.item, path)
            found.append(_Value(key, point.at, point.place, value))
    return found


def _sentences(
    operations: Sequence[TimelineOperation],
    undated: Sequence[TimelineOperation],
    pain: Sequence[TimelinePain],
) -> tuple[str, ...]:
    told = [
        f"{each.title}, {each.when or 'date not known'}"
        + (f": {', '.join(each.labels)}." if each.labels else ".")
        for each in (*operations, *undated)
    ]
    for place in dict.fromkeys(each.place for each in pain):
        numbers = [
            f"{number_text(each.value)} {_IN_WORDS[each.at]}"
            for moment in _MOMENTS
            for each in pain
            if each.place == place and each.at == moment
        ]
        told.append(f"{place.capitalize()} pain, from 0 to 10: {', '.join(numbers)}.")
    return tuple(told)
