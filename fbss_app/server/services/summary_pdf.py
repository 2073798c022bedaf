"""The summary of a saved response as a PDF, worked out from its answers at that moment."""

from collections.abc import Mapping
from datetime import datetime

from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.domain.summary.provenance import provenance_of
from fbss_app.domain.summary.summary import build_summary
from fbss_app.server.documents.summary_document import FilledIn, summary_document
from fbss_app.server.documents.typesetting import DocumentTooLongError, TypesetterBusyError
from fbss_app.server.services.access import open_response
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database

Definitions = Mapping[tuple[str, str], Questionnaire]


def summary_pdf(
    database: Database, definitions: Definitions, response_id: str, secret: str, now: datetime
) -> bytes:
    """Make the PDF, or raise `RefusedError`. Changes nothing, and keeps nothing of it."""
    with database.unit_of_work() as unit:
        row = open_response(unit, response_id, secret, now)
        questionnaire = _definition(definitions, row.questionnaire, row.questionnaire_version)
        stored = unit.answer_events.after(row.id, 0, (), row.last_sequence)
    # An answer to a question that is no longer asked like that counts nowhere, as on the phone.
    events = [event for _, event in stored if validate_event(questionnaire, event) is None]
    evaluation = Evaluation(questionnaire, fold(events), now.date())
    summary = build_summary(questionnaire, evaluation, provenance_of(events))
    try:
        return summary_document(FilledIn(questionnaire, evaluation, summary), now)
    except DocumentTooLongError as error:
        raise RefusedError(
            "pdf-too-long",
            "There is too much text for a PDF. Print the summary from the phone instead.",
        ) from error
    except TypesetterBusyError as error:
        raise RefusedError(
            "pdf-busy",
            "Other PDFs are being made just now. Try again soon, or print from the phone.",
            status_code=503,
        ) from error


def _definition(definitions: Definitions, name: str, version: str) -> Questionnaire:
    """Find the version that was answered, or else the one that is in use now."""
    same_name = [each for each in definitions.values() if each.name == name]
    if not same_name:
        raise RefusedError(
            "unknown-questionnaire",
            "The server no longer has this questionnaire. Print the summary from the phone.",
        )
    return definitions.get((name, version), same_name[-1])
