"""The summary of a saved response as a PDF, worked out from its answers at that moment."""

from collections.abc import Collection
from datetime import datetime

from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.provenance import provenance_of
from fbss_app.domain.summary.summary import build_summary
from fbss_app.server.documents.summary_document import FilledIn, summary_document
from fbss_app.server.documents.typesetting import DocumentTooLongError, TypesetterBusyError
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.saved_answers import Definitions, read_saved
from fbss_app.server.services.unit_of_work import Database


def summary_pdf(
    database: Database,
    definitions: Definitions,
    response_id: str,
    secret: str,
    now: datetime,
    left_out: Collection[str] = (),
) -> bytes:
    """Make the PDF, or raise `RefusedError`. Changes nothing, and keeps nothing of it.

    Args:
        database: Where the answers lie.
        definitions: The questionnaires.
        response_id: The response.
        secret: The secret of one of its links.
        now: The time.
        left_out: The optional parts that the phone does not ask, by link_id: the PDF tells what
            the phone's own summary does. What is no optional part is never left out.
    """
    with database.unit_of_work() as unit:
        saved = read_saved(unit, definitions, response_id, secret, now)
    questionnaire, events = saved.questionnaire, saved.valid_events
    parts = set(left_out).intersection(questionnaire.optional_parts)
    evaluation = Evaluation(questionnaire, fold(events), now.date(), parts, saved.alone)
    summary = build_summary(
        questionnaire, evaluation, provenance_of(events, names=saved.names), saved.viewer
    )
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
