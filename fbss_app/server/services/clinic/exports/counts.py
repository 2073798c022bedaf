"""Counts of answers over many submissions, with small numbers hidden."""

from collections import Counter
from datetime import datetime

from fbss_app.domain.questionnaire.answers import (
    OTHER,
    AnswerValue,
    Path,
    is_absent,
    occurrences_of,
)
from fbss_app.domain.questionnaire.model import CHOICES, Item, ItemType, Questionnaire
from fbss_app.server.documents.csv_file import BYTE_ORDER_MARK, csv_line
from fbss_app.server.services.clinic.exports.csv_columns import options_of
from fbss_app.server.services.clinic.exports.sent_batches import (
    Chosen,
    select_for_export,
    sent_in_batches,
)
from fbss_app.server.services.clinic.exports.small_numbers import shown, shown_parts
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers
from fbss_app.server.services.saved_answers import Definitions, definition_of
from fbss_app.server.services.unit_of_work import Database

_HEADINGS = ("column", "question", "answer", "meaning", "count")
_NOT_ANSWERED = "not-answered"
_YES_OR_NO = (("true", "Yes"), ("false", "No"))
_WHOLE: Path = ()


def export_counts(
    database: Database, definitions: Definitions, staff: Staff, chosen: Chosen, now: datetime
) -> bytes:
    """Write how often each answer was chosen, and each warning sign raised.

    Only questions with options that are asked once are counted.
    """
    selection = select_for_export(database, staff, chosen, now, form="counts")
    found: Counter[tuple[str, str]] = Counter()
    people = 0
    for _, sent in sent_in_batches(database, definitions, staff, selection.wanted, now):
        people += 1
        found.update(_answers(sent))
    lines = [BYTE_ORDER_MARK, csv_line(_HEADINGS), csv_line(("", "", "", "all", shown(people)))]
    asked = {
        item.link_id: (questionnaire, item)
        for version in selection.versions
        for questionnaire in (definition_of(definitions, *version),)
        for item in _counted(questionnaire)
    }
    for link_id, (questionnaire, item) in asked.items():
        for code, meaning, count in _table(questionnaire, item, found, people):
            lines.append(csv_line((link_id, item.text, code, meaning, count)))
    flags = {
        flag.id: flag
        for version in selection.versions
        for flag in definition_of(definitions, *version).red_flag
    }
    for flag in flags.values():
        raised = found[f"flag.{flag.id}", "true"]
        count = shown_parts([raised, people - raised])[0]
        lines.append(csv_line((f"flag.{flag.id}", flag.heading, "true", "raised", count)))
    return b"".join(lines)


def _counted(questionnaire: Questionnaire) -> list[Item]:
    return [
        placement.item
        for placement in questionnaire.placements.values()
        if not placement.repeating
        and (placement.item.type in CHOICES or placement.item.type is ItemType.BOOLEAN)
    ]


def _answers(sent: SentAnswers) -> set[tuple[str, str]]:
    """List each answer of one person once."""
    found: set[tuple[str, str]] = {(f"flag.{flag.id}", "true") for flag in sent.red_flags}
    for item in _counted(sent.questionnaire):
        value = sent.evaluation.answer(item.link_id, _WHOLE)
        if value is not None and not is_absent(value):
            found |= {(item.link_id, _code(each)) for each in occurrences_of(value)}
    return found


def _code(value: AnswerValue) -> str:
    if isinstance(value, dict):
        return OTHER
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(
    questionnaire: Questionnaire, item: Item, found: Counter[tuple[str, str]], people: int
) -> list[tuple[str, str, str]]:
    options = list(_YES_OR_NO) if item.type is ItemType.BOOLEAN else options_of(questionnaire, item)
    if item.type is ItemType.OPEN_CHOICE:
        options.append((OTHER, "Something else"))
    counts = [found[item.link_id, code] for code, _ in options]
    if item.repeats:
        # People choose several: each option is a whole of its own, of those who did and did not.
        cells = [shown_parts([count, people - count])[0] for count in counts]
    else:
        options.append((_NOT_ANSWERED, "No answer, or not asked"))
        cells = shown_parts([*counts, people - sum(counts)])
    return [(code, meaning, cell) for (code, meaning), cell in zip(options, cells, strict=True)]
