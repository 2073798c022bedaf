"""Files that leave the clinic for others: counts, and records that lead back to nobody."""

from collections.abc import Sequence
from datetime import datetime

from fbss_app.domain.questionnaire.answers import AnswerValue
from fbss_app.domain.questionnaire.comparing import years_between
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.server.documents.csv_file import BYTE_ORDER_MARK, csv_line
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.exports import counts
from fbss_app.server.services.clinic.exports.anonymous import Record, anonymous
from fbss_app.server.services.clinic.exports.research_requests import approved_research, query_of
from fbss_app.server.services.clinic.exports.sent_batches import (
    Selection,
    select_for_export,
    sent_in_batches,
)
from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import Staff, may_export
from fbss_app.server.services.clinic.submissions.inbox import facts_of
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers
from fbss_app.server.services.saved_answers import Definitions, definition_of
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import ResearchRequestRow
from fbss_app.server.storage.repositories.clinic.research_files import StoredFile

export_counts = counts.export_counts

_FORM = "research"
_TRAITS = ("age_band", "sex", "region", "operations", "years_since_last_operation")
# The questions behind the traits; a definition that lacks one leaves it unknown.
_AGE, _SEX, _REGION = "age-band", "sex", "country"
_OPERATIONS, _DATE = "operation-count", "operation-date"
_UNKNOWN = "unknown"


def export_research(
    database: Database,
    definitions: Definitions,
    staff: Staff,
    request_id: str,
    now: datetime,
) -> bytes:
    """Write a line for each submission that can stand among enough others, with its scores.

    There is no date, no own word, no label and no id in it, and no other answer. Whoever takes it
    again gets the same file: it is made once, and tells nothing of what happened since.

    Args:
        database: Where it lies.
        definitions: What was asked.
        staff: Who asked for it.
        request_id: What they asked for, and somebody else approved.
        now: The time.

    Raises:
        NotFoundError: The clinic has no such request.
        NotApprovedError: It is not theirs to take, or not now.
    """
    require(database, staff, may_export, now)
    with database.unit_of_work() as unit:
        row = approved_research(unit, staff, request_id, now)
        if row and (kept := unit.clinic(staff.clinic_id).research_files.of_request(row.id)):
            told = {"format": _FORM, **facts_of(query_of(row)), **_why(row), "again": "yes"}
            count = kept.submissions
            clinic = staff.clinic_id
            record(unit, clinic, staff.id, Action.EXPORTED, now, row.id, count=count, **told)
            return kept.content
        asked = (query_of(row), row.decided_at, _why(row)) if row else None
    if asked is None:
        raise not_found(database, staff, "research-request", request_id, now)
    query, until, why = asked
    # The trail is told before: what is found is perhaps taken, though nothing came of keeping it.
    selection = select_for_export(
        database, staff, query, now, form=_FORM, until=until, subject=request_id, why=why
    )
    made = StoredFile(_written(database, definitions, staff, selection, now), selection.size)
    return _kept(database, staff, request_id, made, now)


def _why(row: ResearchRequestRow) -> dict[str, str]:
    return {"purpose": row.purpose, "approved_by": row.decided_by or ""}


def _written(
    database: Database, definitions: Definitions, staff: Staff, selection: Selection, now: datetime
) -> bytes:
    scores = list(
        dict.fromkeys(
            score.name
            for version in selection.versions
            for score in definition_of(definitions, *version).score
        )
    )
    records = [
        _record(sent, scores)
        for _, sent in sent_in_batches(database, definitions, staff, selection.wanted, now)
    ]
    head = csv_line([*_TRAITS, *(f"score.{name}" for name in scores)])
    lines = [csv_line([*traits, *values]) for traits, values in anonymous(records)]
    return b"".join([BYTE_ORDER_MARK, head, *lines])


def _kept(
    database: Database, staff: Staff, request_id: str, made: StoredFile, now: datetime
) -> bytes:
    """Keep a file that was just made, and give it; of two made at once, whichever came first."""
    with database.unit_of_work() as unit:
        if row := approved_research(unit, staff, request_id, now):
            files = unit.clinic(staff.clinic_id).research_files
            if first := files.of_request(row.id):
                return first.content
            files.add(row.id, made, now)
            return made.content
    raise not_found(database, staff, "research-request", request_id, now)


def _record(sent: SentAnswers, scores: Sequence[str]) -> Record:
    evaluation = sent.evaluation
    count = _answer(evaluation, _OPERATIONS)
    numbers = {each.score.name: each.shown or "" for each in sent.scores}
    return Record(
        _word(_answer(evaluation, _AGE)),
        _word(_answer(evaluation, _SEX)),
        _word(_answer(evaluation, _REGION)),
        count if isinstance(count, int) else None,
        _years(evaluation),
        tuple(numbers.get(name, "") for name in scores),
    )


def _answer(evaluation: Evaluation, link_id: str) -> AnswerValue:
    known = evaluation.questionnaire.find(link_id)
    return evaluation.answer(link_id) if known else None


def _word(value: AnswerValue) -> str:
    return value if isinstance(value, str) else _UNKNOWN


def _years(evaluation: Evaluation) -> int | None:
    if evaluation.questionnaire.find(_DATE) is None:
        return None
    dates = [str(value) for value in evaluation.values(_DATE)]
    return min((years_between(each, evaluation.today) for each in dates), default=None)
