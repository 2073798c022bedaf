"""One submission as a clinician reads it, and what they write down and decide about it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from fbss_app.server.documents.summary_document import FilledIn, summary_document
from fbss_app.server.documents.typesetting import DocumentTooLongError, TypesetterBusyError
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import (
    Role,
    Staff,
    may_assign,
    may_export,
    may_review,
    may_see_answers,
)
from fbss_app.server.services.clinic.submissions.inbox import STATUSES, Status
from fbss_app.server.services.clinic.submissions.reviewed_response import (
    ReviewedResponse,
    reviewed_response,
)
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers, read_sent
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.saved_answers import Definitions
from fbss_app.server.services.storable_text import is_storable
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import NoteRow, SubmissionRow

LONGEST_NOTE = 2000
_NEXT_INSTANT = timedelta(microseconds=1)


class ChangedMeanwhileError(RefusedError):
    """Somebody else has changed the submission since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "changed-meanwhile",
            "Somebody has changed this since you opened it. Look at it again, then decide.",
            status_code=409,
        )


def read_response(
    database: Database, definitions: Definitions, staff: Staff, submission_id: str, now: datetime
) -> ReviewedResponse:
    """Read a submission, and tell the trail."""
    require(database, staff, may_see_answers, now, submission_id)
    with database.unit_of_work() as unit:
        clinic = unit.clinic(staff.clinic_id)
        stored = clinic.submissions.get(submission_id)
        if stored:
            record(unit, staff.clinic_id, staff.id, Action.RESPONSE_VIEWED, now, submission_id)
            return reviewed_response(unit, read_sent(unit, definitions, stored, now))
    raise not_found(database, staff, "submission", submission_id, now)


def response_pdf(
    database: Database, definitions: Definitions, staff: Staff, submission_id: str, now: datetime
) -> bytes:
    """Make the page for the specialist of what was sent, and tell the trail."""
    require(database, staff, may_export, now, submission_id)
    sent: SentAnswers | None = None
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.get(submission_id)
        if stored:
            sent = read_sent(unit, definitions, stored, now)
            told = {"format": "pdf", "count": 1}
            record(unit, staff.clinic_id, staff.id, Action.EXPORTED, now, submission_id, **told)
    if sent is None:
        raise not_found(database, staff, "submission", submission_id, now)
    try:
        return summary_document(FilledIn(sent.questionnaire, sent.evaluation, sent.summary), now)
    except DocumentTooLongError as error:
        raise RefusedError(
            "pdf-too-long", "There is too much text for a PDF. Print the page instead."
        ) from error
    except TypesetterBusyError as error:
        raise RefusedError(
            "pdf-busy",
            "Other PDFs are being made just now. Try again soon, or print the page.",
            status_code=503,
        ) from error


def assignable_staff(database: Database, staff: Staff) -> Sequence[tuple[str, str]]:
    """List whom a submission of the clinic can be given to: their ids and names, by name."""
    with database.unit_of_work() as unit:
        return [
            (each.id, each.name)
            for each in unit.clinic(staff.clinic_id).staff.all()
            if each.ended_at is None and each.role != Role.FRONT_DESK
        ]


def write_note(
    database: Database, staff: Staff, submission_id: str, text: str, now: datetime
) -> datetime:
    """Add a note, and give when the submission is said to have changed with it."""
    words = text.strip()

    def add(unit: UnitOfWork, row: SubmissionRow) -> None:
        if not 1 <= len(words) <= LONGEST_NOTE:
            raise RefusedError("note-length", f"Write a note of 1 to {LONGEST_NOTE} characters.")
        if not is_storable(words):
            raise RefusedError("note-unusable", "A sign in this is not text. Type it anew.")
        note = NoteRow(
            id=str(uuid4()),
            clinic_id=staff.clinic_id,
            submission_id=row.id,
            written_by=staff.id,
            key_id="",
            sealed=b"",
            created_at=now,
        )
        unit.clinic(staff.clinic_id).notes.add(note, words)
        record(unit, staff.clinic_id, staff.id, Action.NOTE_WRITTEN, now, row.id, note=note.id)

    return _change(database, staff, submission_id, None, now, may_review, add)


def set_status(
    database: Database,
    staff: Staff,
    submission_id: str,
    status: Status,
    changed_at: datetime,
    now: datetime,
) -> datetime:
    """Say how far the work on a submission is.

    Args:
        database: Where it lies.
        staff: Who says so.
        submission_id: Which one.
        status: How far.
        changed_at: The change that they have seen.
        now: The time.

    Returns:
        The `changed_at` of this change.
    """

    def change(unit: UnitOfWork, row: SubmissionRow) -> None:
        if status not in STATUSES:
            raise RefusedError("unknown-status", f"Choose one of: {', '.join(STATUSES)}.")
        before, row.status = row.status, status
        is_done = status == "reviewed"
        row.reviewed_by = staff.id if is_done else None
        row.reviewed_at = now if is_done else None
        facts = {"before": before, "after": status}
        record(unit, staff.clinic_id, staff.id, Action.STATUS_CHANGED, now, row.id, **facts)

    return _change(database, staff, submission_id, changed_at, now, may_review, change)


def mark_reviewed(
    database: Database, staff: Staff, submission_id: str, changed_at: datetime, now: datetime
) -> datetime:
    """Say that a submission was reviewed, by whom and when."""
    return set_status(database, staff, submission_id, "reviewed", changed_at, now)


def assign(
    database: Database,
    staff: Staff,
    submission_id: str,
    assigned_to: str | None,
    changed_at: datetime,
    now: datetime,
) -> datetime:
    """Say who looks after a submission: nobody, or somebody who sees answers and has not left."""

    def change(unit: UnitOfWork, row: SubmissionRow) -> None:
        if assigned_to is not None:
            chosen = unit.clinic(staff.clinic_id).staff.get(assigned_to)
            if chosen is None or chosen.ended_at is not None or chosen.role == Role.FRONT_DESK:
                raise RefusedError(
                    "cannot-be-assigned",
                    "Choose a clinician or an administrator who works at your clinic.",
                )
        row.assigned_to = assigned_to
        facts = {"assigned_to": assigned_to or ""}
        record(unit, staff.clinic_id, staff.id, Action.ASSIGNED, now, row.id, **facts)

    return _change(database, staff, submission_id, changed_at, now, may_assign, change)


def _change(
    database: Database,
    staff: Staff,
    submission_id: str,
    changed_at: datetime | None,
    now: datetime,
    may: Callable[[Staff], bool],
    change: Callable[[UnitOfWork, SubmissionRow], None],
) -> datetime:
    """Change a submission that nobody else has changed since it was seen."""
    require(database, staff, may, now, submission_id)
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.get(submission_id, lock=True)
        if stored:
            row = stored.row
            if changed_at is not None and row.changed_at != changed_at:
                raise ChangedMeanwhileError
            change(unit, row)
            # Two changes in the same instant must still be told apart.
            row.changed_at = max(now, row.changed_at + _NEXT_INSTANT)
            return row.changed_at
    raise not_found(database, staff, "submission", submission_id, now)
