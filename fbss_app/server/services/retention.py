"""Deletes what has been kept long enough, and keeps a record of what it deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fbss_app.server.logs import get_logger
from fbss_app.server.services.clinic.audit import SYSTEM, Action, record
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.tables import RetentionRunRow

logger = get_logger(__name__)

_NO_CALL_IS_SO_LATE = timedelta(days=30)
# After its link has ended, so that a clinic still sees who did not answer. Whoever came uninvited
# is waited for by nobody.
_INVITATIONS_KEPT_FOR = timedelta(days=30)
# Longer than any lasts.
_SESSIONS_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class RetentionRun:
    """What one run of the job deleted."""

    ran_at: datetime
    responses_deleted: int
    codes_deleted: int
    submissions_deleted: int = 0
    invitations_deleted: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many there were of each kind, by its name."""
        return {
            "responses": self.responses_deleted,
            "codes": self.codes_deleted,
            "submissions": self.submissions_deleted,
            "invitations": self.invitations_deleted,
        }

    @property
    def found_anything(self) -> bool:
        """Say whether there was anything to delete."""
        return any(self.counts.values())


def delete_expired(database: Database, now: datetime) -> RetentionRun:
    """Delete everything whose time is over, and say how much there was of each kind.

    What a clinic was sent goes when the clinic's own time for it is over, and the trail of the
    clinic tells of it. Log-ins that ended go too, and are not counted.
    """
    with database.unit_of_work() as unit:
        # In the order of every call of a patient, or each would wait for what the other holds:
        # responses, then what belongs to them, then the trails of clinics by their ids.
        unit.invitation_links.lock_responses_over(now)
        submissions, invitations = _delete_of_clinics(unit, now)
        codes = unit.return_codes.delete_expired(now)
        responses = unit.responses.delete_expired(now)
        unit.responses.forget_erased(now - _NO_CALL_IS_SO_LATE)
        unit.log_ins.delete_old(now, now - _SESSIONS_KEPT_FOR)
        run = RetentionRun(now, responses, codes, submissions, invitations)
        if run.found_anything:
            unit.retention_runs.add(
                RetentionRunRow(
                    ran_at=now,
                    responses_deleted=responses,
                    codes_deleted=codes,
                    submissions_deleted=submissions,
                    invitations_deleted=invitations,
                )
            )
    if run.found_anything:
        database.scrub()
        logger.info("expired-deleted", **run.counts)
    return run


def _delete_of_clinics(unit: UnitOfWork, now: datetime) -> tuple[int, int]:
    submissions = invitations = 0
    for clinic in sorted(unit.clinics.all(), key=lambda each: each.id):
        own = unit.clinic(clinic.id)
        sent = own.submissions.delete_expired(now)
        # A label is kept no longer than what was sent under it, though another clinic may go on
        # holding the same answers.
        asked = own.invitations.delete_of_no_submission()
        asked += own.invitations.delete_over(now - _INVITATIONS_KEPT_FOR, now)
        own.research_requests.delete_over(now)
        if sent or asked:
            told = {"submissions": sent, "invitations": asked}
            record(unit, clinic.id, SYSTEM, Action.EXPIRED_DELETED, now, "", **told)
        submissions, invitations = submissions + sent, invitations + asked
    return submissions, invitations


def latest_runs(database: Database, count: int) -> Sequence[RetentionRun]:
    """List the last runs that deleted something, the newest first."""
    with database.unit_of_work() as unit:
        return [
            RetentionRun(
                row.ran_at,
                row.responses_deleted,
                row.codes_deleted,
                row.submissions_deleted,
                row.invitations_deleted,
            )
            for row in unit.retention_runs.latest(count)
        ]
