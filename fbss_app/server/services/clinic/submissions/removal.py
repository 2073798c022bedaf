"""Removing what somebody sent uninvited who is not a patient of the clinic, and telling them."""

from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import open_response
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import Staff, may_remove_uninvited
from fbss_app.server.services.clinic.settings.logos import Logo, logo_of
from fbss_app.server.services.clinic.settings.settings import ClinicSettings, settings_of
from fbss_app.server.services.clinic.submissions.review import ChangedMeanwhileError
from fbss_app.server.services.clinic.submissions.taking_back import take_away
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import RemovedSubmissionRow

logger = get_logger(__name__)


class InvitedPatientError(RefusedError):
    """The clinic asked for these answers itself."""

    def __init__(self) -> None:
        super().__init__(
            "invited-patient",
            "You invited this patient, so you cannot remove these answers. The patient can take "
            "them back; otherwise they are deleted when their time is over.",
            status_code=409,
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """That a clinic removed what it was sent, as the patient is told.

    Attributes:
        clinic: The clinic.
        slug: What stands for it in addresses.
        logo: Its logo, where it has one.
        removed_at: When it did.
    """

    clinic: ClinicSettings
    slug: str
    logo: Logo | None
    removed_at: datetime


def remove_uninvited(
    database: Database,
    staff: Staff,
    submission_id: str,
    changed_at: datetime,
    draft_days: int,
    now: datetime,
) -> None:
    """Delete what somebody sent uninvited, with the clinic's notes on it and the name they gave.

    Their own answers stay saved, they are told, and they may send again.

    Args:
        database: Where it lies.
        staff: Who removes it.
        submission_id: What they remove.
        changed_at: The change that they have seen.
        draft_days: How long answers are kept that no clinic has.
        now: The time.

    Raises:
        NotFoundError: The clinic has nothing of this id.
        InvitedPatientError: The clinic asked for it.
        ChangedMeanwhileError: A colleague, or the patient, has changed it since it was seen.
        StaffNotAllowedError: They may not.
    """
    require(database, staff, may_remove_uninvited, now, submission_id)
    is_removed = False
    with database.unit_of_work() as unit:
        clinic = unit.clinic(staff.clinic_id)
        # In the order in which whoever sends locks them.
        response = unit.responses.lock(clinic.submissions.response_id_of(submission_id))
        stored = clinic.submissions.get(submission_id, lock=True) if response else None
        if response and stored:
            if not stored.row.is_uninvited:
                raise InvitedPatientError
            if stored.row.changed_at != changed_at:
                raise ChangedMeanwhileError
            record(unit, staff.clinic_id, staff.id, Action.ANSWERS_REMOVED, now, submission_id)
            take_away(unit, response, stored.row, draft_days, now)
            removed = RemovedSubmissionRow(
                clinic_id=staff.clinic_id, response_id=response.id, removed_at=now
            )
            clinic.removed_submissions.add(removed)
            is_removed = True
    if not is_removed:
        raise not_found(database, staff, "submission", submission_id, now)
    database.scrub()
    logger.info("answers-removed")


def removals(database: Database, response_id: str, secret: str, now: datetime) -> list[Removal]:
    """Tell which clinics removed what was sent to them and have not got it again, oldest first.

    Raises:
        UnknownResponseError: No link of the response has this secret.
    """
    with database.unit_of_work() as unit:
        open_response(unit, response_id, secret, now)
        return [
            Removal(settings_of(clinic), clinic.slug, logo_of(unit, clinic.id), row.removed_at)
            for row in unit.invitation_links.removed(response_id)
            if (clinic := unit.clinics.get(row.clinic_id))
        ]
