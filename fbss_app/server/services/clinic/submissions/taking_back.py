"""How what was sent leaves a clinic again: with its notes, and the name that somebody gave.

The patient takes it back, or deletes the answers altogether; or the clinic removes it.
"""

from datetime import datetime, timedelta

from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import may_manage, open_response
from fbss_app.server.services.clinic.audit import PATIENT, Action, record
from fbss_app.server.services.clinic.submissions.sent_invitations import let_go_of
from fbss_app.server.services.clinic.submissions.submissions import nothing_sent, submissions_of
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import SubmissionRow
from fbss_app.server.storage.tables import ResponseRow

logger = get_logger(__name__)


def take_back(
    database: Database,
    response_id: str,
    secret: str,
    draft_days: int,
    now: datetime,
    submission_id: str | None = None,
) -> None:
    """Delete what was sent, with the clinic's notes on it; the answers themselves stay saved.

    Args:
        database: Where it lies.
        response_id: The response.
        secret: The secret of a link that may manage links.
        draft_days: How long answers are kept that no clinic has.
        now: The time.
        submission_id: What is taken back; without it, what was sent to any clinic.

    Raises:
        RefusedError: The link may not, or nothing was sent there.
    """
    with database.unit_of_work() as unit:
        access = open_response(unit, response_id, secret, now, may_manage)
        held = [
            (clinic, row)
            for clinic, row in submissions_of(unit, response_id)
            if submission_id in (None, row.id)
        ]
        if not held:
            raise nothing_sent()
        for _, row in held:
            record(unit, row.clinic_id, PATIENT, Action.ANSWERS_ERASED, now, row.id)
            take_away(unit, access.response, row, draft_days, now)
    database.scrub()
    logger.info("answers-taken-back", response=response_id)


def take_away(
    unit: UnitOfWork, response: ResponseRow, row: SubmissionRow, draft_days: int, now: datetime
) -> None:
    """Delete what a clinic was sent, on the clinic's side alone. Whoever calls tells the trail.

    Args:
        unit: The transaction.
        response: The response, locked. From now on it is kept as one that this clinic has not.
        row: What the clinic was sent of it, locked.
        draft_days: How long answers are kept that no clinic has.
        now: The time.
    """
    _part_from_invitations(unit, row, now)
    unit.clinic(row.clinic_id).submissions.delete(row)
    ends = now + timedelta(days=draft_days)
    # What another clinic has must not lose the answers it is made of.
    response.expires_at = max(ends, unit.invitation_links.kept_until(response.id) or ends)


def tell_of_erasure(unit: UnitOfWork, response_id: str, now: datetime) -> None:
    """Tell the clinics that hold answers of a response that they are being deleted."""
    for _, row in submissions_of(unit, response_id):
        _part_from_invitations(unit, row, now)
        record(unit, row.clinic_id, PATIENT, Action.ANSWERS_ERASED, now, row.id)


def _part_from_invitations(unit: UnitOfWork, row: SubmissionRow, now: datetime) -> None:
    for invitation in unit.invitation_links.of_response(row.response_id):
        if invitation.clinic_id == row.clinic_id:
            let_go_of(unit, invitation, now)
