"""A repeating group as a table: one row for each repetition, its items as columns."""

from dataclasses import dataclass

from fbss_app.domain.questionnaire.model import ItemType, Questionnaire
from fbss_app.domain.summary.summary import SummaryLine, SummaryLines, SummaryRepetitions


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One repetition; `cells` has one for each column, None where nothing was answered.

    Attributes:
        title: The title of the repetition.
        cells: What stands in the columns.
        notes: What is too long for a column, to stand under the row over its whole width.
    """

    title: str
    cells: tuple[SummaryLine | None, ...]
    notes: tuple[SummaryLine, ...]


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """A table without columns that nobody filled in, and without rows that say nothing.

    Attributes:
        label: What the rows are.
        numbered: Whether their titles only count them.
        columns: The labels of the columns.
        rows: The rows.
    """

    label: str
    numbered: bool
    columns: tuple[str, ...]
    rows: tuple[SummaryRow, ...]


def table_of(questionnaire: Questionnaire, group: SummaryRepetitions) -> SummaryTable:
    """Lay a repeating group out as a table.

    A row that stands for a chosen option says something by itself. Questions with several lines of
    text become notes, and so does everything in a repeating group
    inside this one.
    """
    counted = questionnaire.placements[group.link_id].item.repeats_for is None
    answered = [_answered(lines) for lines in group.repetitions]

    def is_note(line: SummaryLine) -> bool:
        item = questionnaire.placements[line.link_id].item
        return item.type is ItemType.TEXT or len(line.path) > len(group.path) + 1

    columns = sorted(
        {line.link_id for lines in answered for line in lines if not is_note(line)},
        key=lambda link_id: questionnaire.placements[link_id].position,
    )
    rows = tuple(
        SummaryRow(
            title,
            tuple(
                next((line for line in lines if line.link_id == column and not is_note(line)), None)
                for column in columns
            ),
            tuple(line for line in lines if is_note(line)),
        )
        for title, lines in zip(group.titles, answered, strict=True)
        if lines or not counted
    )
    labels = tuple(questionnaire.placements[column].item.label for column in columns)
    return SummaryTable(group.label, counted, labels, rows)


def _answered(lines: SummaryLines) -> list[SummaryLine]:
    found: list[SummaryLine] = []
    for line in lines:
        if isinstance(line, SummaryLine):
            found += [line] if line.answers else []
        else:
            found += [each for repetition in line.repetitions for each in _answered(repetition)]
    return found
