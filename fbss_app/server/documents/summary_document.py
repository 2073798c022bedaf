"""The page for the specialist as data for its template: the summary that the phone shows too."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fbss_app.content.body_map import body_map_svg
from fbss_app.content.loader import load_content
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire, Urgency
from fbss_app.domain.questionnaire.scoring import ScoreResult
from fbss_app.domain.safety.red_flag import raised_red_flags
from fbss_app.domain.summary.answer_text import number_text
from fbss_app.domain.summary.body_map import BodyMap
from fbss_app.domain.summary.given_words import NOT_A_SELF_REPORT, SIGN
from fbss_app.domain.summary.summary import (
    Summary,
    SummaryLine,
    SummaryPart,
    SummaryRepetitions,
    leaves,
)
from fbss_app.domain.summary.table import SummaryRow, SummaryTable, table_of
from fbss_app.domain.summary.timeline import Timeline
from fbss_app.server.documents.typesetting import Template, typeset

APP_NAME = "After Back Surgery"
TITLE = "Summary for the specialist"
# A table with more columns than this takes the width of both columns, as on the phone,
# unless it has so few rows that they can be its columns.
MOST_NARROW_COLUMNS = 4
MOST_TURNED_ROWS = 3
# So many characters still stand in a cell, or beside a drawing, without filling a page.
MOST_IN_CELL = 250
MOST_BESIDE = 1500
# A wide table cannot break: so many lines of so many characters in a narrow cell fit on a page.
MOST_LINES = 55
_CHARACTERS_A_LINE = 8
_URGENCY = {
    Urgency.EMERGENCY: "Emergency",
    Urgency.SAME_DAY: "Today",
    Urgency.SOON: "Soon",
}
_LEGEND = (
    "Dashed lines: operations. Circles: back pain. Squares: leg pain, from 0 (none) to 10. "
    "In the order of time, not to scale."
)

Data = dict[str, object]
Marker = Callable[[SummaryLine], str]


@dataclass(frozen=True, slots=True)
class FilledIn:
    """One filled-in questionnaire.

    Attributes:
        questionnaire: The definition.
        evaluation: Its rules over the answers.
        summary: What is to be shown.
    """

    questionnaire: Questionnaire
    evaluation: Evaluation
    summary: Summary


def summary_document(filled_in: FilledIn, made_at: datetime) -> bytes:
    """Make the PDF of a summary.

    Raises:
        DocumentTooLongError: The answers hold too much text.
        TypesetterBusyError: Too many documents are being made.
        TypesettingError: It took too long, or went wrong.
    """
    drawing = {"body_map": _drawing(filled_in.summary)}
    return typeset(Template.SUMMARY, summary_data(filled_in, made_at), made_at, drawing)


def _drawing(summary: Summary) -> str:
    maps = [block.body_map for block in summary.blocks if block.body_map]
    places = maps[0].places if maps else ()
    worst = next((place.code for place in places if place.worst), None)
    return body_map_svg([place.code for place in places], worst)


def summary_data(filled_in: FilledIn, made_at: datetime) -> Data:
    """Say what stands on the page, block by block, in the order in which it is read."""
    questionnaire, evaluation = filled_in.questionnaire, filled_in.evaluation
    summary = filled_in.summary
    version = f"{summary.title}, version {summary.version}"
    parts = [part for block in summary.blocks if (part := _part(filled_in, block))]
    return {
        "language": questionnaire.language,
        "author": APP_NAME,
        "title": TITLE,
        "description": f"{summary.title}: what was answered. Not checked by a clinician.",
        "subtitle": version,
        "origin": " ".join(_origin(summary, made_at)),
        "star": "A star marks the five facts that specialists weigh."
        if any(part["starred"] for part in parts)
        else "",
        "foot": f"{APP_NAME}. {version}. Made on {_day(made_at)}. Not checked by a clinician.",
        "identity": ["Name", "Date of birth", "Hospital number"],
        "flags": {
            "title": "Warning signs that were reported",
            "signs": [
                {"level": _URGENCY[flag.urgency], "heading": flag.heading}
                for flag in raised_red_flags(questionnaire, evaluation)
            ],
        },
        "parts": parts,
        "nothing": "" if parts else "No questions have been answered yet.",
        "questions_title": "Questions to ask",
        "questions": [question.text for question in summary.questions.printed],
        "must_say": list(load_content().messages.must_always_be_said),
        "credits": _credits(questionnaire, summary),
    }


def _origin(summary: Summary, made_at: datetime) -> Iterator[str]:
    yield "Patient-reported, not checked by a clinician."
    if summary.unmarked:
        yield f"Reported by {summary.reported_by}."
    yield f"Made on {_day(made_at)}."
    if summary.signs_answered_at:
        at = summary.signs_answered_at
        yield f"Warning signs last answered on {_day(at)} at {at:%H:%M} UTC."
    yield from summary.notes


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _credits(questionnaire: Questionnaire, summary: Summary) -> list[str]:
    credits = [
        f"{each.credit} (version {each.version})" for each in summary.instruments if each.credit
    ]
    own = [questionnaire.copyright] if questionnaire.copyright else []
    return [" ".join(dict.fromkeys([*credits, *own]))] if credits or own else []


def _part(filled_in: FilledIn, block: SummaryPart) -> Data | None:
    mark = filled_in.summary.mark
    facts: list[Data] = []
    tables: list[Data] = []
    notes: list[Data] = []
    if block.body_map:
        facts.append(_said("Places of pain", _signed_places(block.body_map)))
    for line in block.lines:
        if isinstance(line, SummaryLine):
            facts += [_fact(line, mark)] if line.answers else []
            continue
        table = table_of(filled_in.questionnaire, line)
        if block.table and _fits(table):
            tables.append(_table(table, mark))
            notes += [_note(row, note, mark) for row in table.rows for note in row.notes]
        else:
            facts += _repetition_facts(line, mark)
    if block.none_of_these:
        facts.append(_said("Answered “none of these”", [_none(block.none_of_these, mark)]))
    facts += [_score(result) for result in block.scores if result.shown is not None]
    timeline = _timeline(block.timeline) if block.timeline else None
    if not (facts or tables or timeline):
        return None
    return {
        "title": block.title,
        "starred": block.starred,
        "facts": [*facts, *notes],
        "tables": tables,
        "wide": any(table["wide"] for table in tables),
        "timeline": timeline,
        # Long texts go below the drawing: side by side they would have to break over pages.
        "beside": len(str(facts)) < MOST_BESIDE,
        "picture_alt": _alt(block.body_map) if block.body_map else "",
    }


def _said(label: str, answers: Sequence[str], note: str = "") -> Data:
    return {"label": label, "answers": list(answers), "note": note}


def _none(lines: Sequence[SummaryLine], mark: Marker) -> str:
    return "; ".join(
        _with_mark(_signed([line.label], by_proxy=line.by_proxy)[0], mark(line)) for line in lines
    )


def _with_mark(text: str, mark: str) -> str:
    return f"{text} ({mark})" if mark else text


def _signed(answers: Sequence[str], *, by_proxy: bool) -> list[str]:
    """Put the sign behind answers that only the patient could give, where somebody else did."""
    if not (by_proxy and answers):
        return list(answers)
    *others, last = answers
    return [*others, f"{last} {SIGN}"]


def _fact(line: SummaryLine, mark: Marker) -> Data:
    return _said(line.label, _signed(line.answers, by_proxy=line.by_proxy), mark(line))


def _note(row: SummaryRow, line: SummaryLine, mark: Marker) -> Data:
    return {**_fact(line, mark), "label": f"{row.title}: {line.label}"}


def _score(result: ScoreResult) -> Data:
    score = result.score
    scale = ""
    if score.minimum is not None and score.maximum is not None:
        least, most = number_text(score.minimum), number_text(score.maximum)
        scale = f" on a scale of {least} to {most}"
    whose = "" if result.is_self_report else f". {NOT_A_SELF_REPORT}"
    return _said(score.title, [f"{result.shown}{scale}{whose}"], score.meaning or "")


def _places(body_map: BodyMap) -> list[str]:
    return [
        place.label
        + (f" ({', '.join(place.kinds)})" if place.kinds else "")
        + (", the worst place" if place.worst else "")
        for place in body_map.places
    ]


def _signed_places(body_map: BodyMap) -> list[str]:
    return _signed(_places(body_map), by_proxy=body_map.by_proxy)


def _repetition_facts(group: SummaryRepetitions, mark: Marker) -> list[Data]:
    return [
        _said(title, [f"{line.label}: {_cell(line, mark)}" for line in answered])
        for title, lines in zip(group.titles, group.repetitions, strict=True)
        if (answered := [line for line in leaves(lines) if line.answers])
    ]


def _fits(table: SummaryTable) -> bool:
    longest = [
        max((len(", ".join(cell.answers)) for cell in row.cells if cell), default=0)
        for row in table.rows
    ]
    lines = sum(length // _CHARACTERS_A_LINE + 1 for length in longest)
    is_short = max(longest, default=0) <= MOST_IN_CELL
    return bool(table.columns) and is_short and (lines <= MOST_LINES or not _is_wide(table))


def _is_wide(table: SummaryTable) -> bool:
    return len(table.columns) > MOST_NARROW_COLUMNS and len(table.rows) > MOST_TURNED_ROWS


def _table(table: SummaryTable, mark: Marker) -> Data:
    """Write a table; one of few rows and many columns is turned, to stay in one column of A4."""
    titles = [
        row.title.removeprefix(table.label).strip() if table.numbered else row.title
        for row in table.rows
    ]
    head = [table.label, *table.columns]
    rows = [
        [title, *("" if cell is None else _cell(cell, mark) for cell in row.cells)]
        for title, row in zip(titles, table.rows, strict=True)
    ]
    if len(table.columns) > MOST_NARROW_COLUMNS and not _is_wide(table):
        head, *rows = [list(column) for column in zip(head, *rows, strict=True)]
    return {"columns": head, "rows": rows, "wide": _is_wide(table)}


def _cell(line: SummaryLine, mark: Marker) -> str:
    answers = _signed(line.answers, by_proxy=line.by_proxy)
    return _with_mark(", ".join(answers), mark(line))


def _alt(body_map: BodyMap) -> str:
    return f"Two outlines of a body. Marked are: {'; '.join(_places(body_map))}."


def _timeline(timeline: Timeline) -> Data | None:
    """Say what the drawing shows; nothing where nothing has a place on it."""
    if not (timeline.operations or timeline.pain):
        return None
    return {
        "alt": " ".join(part for part in (*timeline.sentences, timeline.note) if part),
        "legend": " ".join(part for part in (_LEGEND, timeline.note) if part),
        "operations": [
            {"position": each.position, "label": each.year, "row": each.row}
            for each in timeline.operations
            if each.position is not None
        ],
        "series": [
            [
                {"position": each.position, "value": each.value}
                for each in timeline.pain
                if each.place == place
            ]
            for place in ("back", "leg")
        ],
    }
