"""Takes answers out of the app for the clinic that they were sent to: as a table, or in FHIR.

Whatever leaves is told in the audit trail first: who took what, how much of it, and as what.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from fbss_app.domain.fhir.observations import to_fhir_observations
from fbss_app.domain.fhir.questionnaire import to_fhir
from fbss_app.domain.fhir.questionnaire_response import to_fhir_response
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire
from fbss_app.domain.safety.red_flag import MOST_URGENT_FIRST, NO_URGENCY
from fbss_app.server.documents.csv_file import BYTE_ORDER_MARK, Cell, csv_line
from fbss_app.server.services.clinic.exports.csv_columns import (
    Column,
    cell_of,
    columns_of,
    options_of,
)
from fbss_app.server.services.clinic.exports.sent_batches import (
    Chosen,
    Selection,
    select_for_export,
    sent_in_batches,
)
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_export
from fbss_app.server.services.clinic.submissions.review import response_pdf
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers
from fbss_app.server.services.saved_answers import Definitions, definition_of
from fbss_app.server.services.unit_of_work import Database

export_pdf = response_pdf

# A bundle is one piece; a table can be as long as it likes.
MOST_IN_A_BUNDLE = 200
_FACTS = (
    "submission_id",
    "label",
    "submitted_at",
    "first_submitted_at",
    "status",
    "urgency",
    "questionnaire",
    "questionnaire_version",
    "red_flags",
)
_ABSENT_WORDS = {
    "asked-unknown": "not sure",
    "asked-declined": "asked, and would rather not say",
    "masked": "to be answered by the patient alone, and not answered yet",
}


def export_csv(
    database: Database, definitions: Definitions, staff: Staff, chosen: Chosen, now: datetime
) -> Iterator[bytes]:
    """Write a table with a line for each submission, a piece at a time.

    Refuses at once where it does, not with the first piece.
    """
    selection = select_for_export(database, staff, chosen, now, form="csv")
    asked = [definition_of(definitions, *version) for version in selection.versions]
    return _table(database, definitions, staff, selection, asked, now)


def export_fhir(
    database: Database, definitions: Definitions, staff: Staff, chosen: Chosen, now: datetime
) -> dict[str, Any]:
    """Write a FHIR R4 Bundle: questionnaires, responses, and an Observation for each score."""
    selection = select_for_export(database, staff, chosen, now, form="fhir", most=MOST_IN_A_BUNDLE)
    asked: dict[str, Any] = {}
    entries: list[dict[str, Any]] = []
    for _, sent in sent_in_batches(database, definitions, staff, selection.wanted, now):
        definition, row = sent.questionnaire, sent.submission
        canonical = f"{definition.url}|{definition.version}"
        asked[canonical] = {"fullUrl": canonical.replace("|", "/"), "resource": to_fhir(definition)}
        response = to_fhir_response(sent.evaluation, sent.provenance, row.submitted_at, row.id)
        made = [
            {**response, "status": "completed"},
            *to_fhir_observations(definition, sent.scores, row.id, row.submitted_at),
        ]
        entries += [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in made]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": now.isoformat().replace("+00:00", "Z"),
        "entry": [*asked.values(), *entries],
    }


def export_dictionary(
    database: Database, staff: Staff, definition: Questionnaire, now: datetime
) -> bytes:
    """Write what the columns of the table mean. Holds no answer, so the trail need not know."""
    require(database, staff, may_export, now)
    return data_dictionary(definition)


def data_dictionary(definition: Questionnaire) -> bytes:
    """Say of each column what was asked, of what type it is, and what its codes mean."""
    lines = [BYTE_ORDER_MARK, csv_line(("column", "question", "type", "codes", "unit", "source"))]
    for column in columns_of(definition):
        item = column.item
        is_group = item.type is ItemType.GROUP
        lines.append(
            csv_line(
                (
                    column.name,
                    f"How many more there were: {item.text}" if is_group else item.text,
                    "integer" if is_group else "own words" if column.is_other else item.type.value,
                    "" if is_group or column.is_other else _codes(definition, item),
                    item.unit.display if item.unit else "",
                    item.source or "",
                )
            )
        )
    for score in definition.score:
        bounds = f"{score.minimum} to {score.maximum}" if score.maximum is not None else ""
        lines.append(
            csv_line((f"score.{score.name}", score.title, "score", bounds, "", score.source or ""))
        )
    return b"".join(lines)


def _codes(definition: Questionnaire, item: Item) -> str:
    codes = [f"{code} = {meaning}" for code, meaning in options_of(definition, item)]
    if item.not_sure:
        reason = item.absent_reason.value
        codes.append(f"{reason} = {item.not_sure or _ABSENT_WORDS[reason]}")
    if item.sensitive:
        codes.append(f"masked = {_ABSENT_WORDS['masked']}")
    return "; ".join(codes)


def _table(
    database: Database,
    definitions: Definitions,
    staff: Staff,
    selection: Selection,
    asked: Sequence[Questionnaire],
    now: datetime,
) -> Iterator[bytes]:
    # Of several versions the newest has its say about the order.
    newest_first = list(reversed(asked))
    columns = list(
        dict.fromkeys(column.name for each in newest_first for column in columns_of(each))
    )
    scores = list(dict.fromkeys(score.name for each in newest_first for score in each.score))
    yield BYTE_ORDER_MARK + csv_line([*_FACTS, *columns, *(f"score.{name}" for name in scores)])
    own: dict[str, list[Column]] = {}
    for label, sent in sent_in_batches(database, definitions, staff, selection.wanted, now):
        canonical = f"{sent.questionnaire.url}|{sent.questionnaire.version}"
        if canonical not in own:
            own[canonical] = columns_of(sent.questionnaire)
        cells = {each.name: cell_of(sent.evaluation, each) for each in own[canonical]}
        numbers = {each.score.name: each.value for each in sent.scores}
        yield csv_line(
            [
                *_facts(label, sent),
                *(cells.get(name) for name in columns),
                *(numbers.get(name) for name in scores),
            ]
        )


def _facts(label: str, sent: SentAnswers) -> Sequence[Cell]:
    row = sent.submission
    raised = row.urgency < NO_URGENCY
    return (
        row.id,
        label,
        row.submitted_at.isoformat(timespec="seconds"),
        row.first_submitted_at.isoformat(timespec="seconds"),
        row.status,
        MOST_URGENT_FIRST[row.urgency].value if raised else "none",
        row.questionnaire,
        row.questionnaire_version,
        "; ".join(flag.id for flag in sent.red_flags),
    )
