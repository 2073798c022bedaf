"""Sending answers to the clinic that asked for them, and sending them again.

The clinic sees the answers as they stood when they were sent. Whatever the patient changes
afterwards is theirs alone until they send again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from fbss_app.domain.questionnaire.answers import AuthorRole
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import Access, hash_secret, may_manage, open_response
from fbss_app.server.services.clinic.audit import PATIENT, Action, record
from fbss_app.server.services.clinic.settings.logos import Logo, logo_of
from fbss_app.server.services.clinic.settings.settings import ClinicSettings, settings_of
from fbss_app.server.services.clinic.settings.webhooks import queue_webhook
from fbss_app.server.services.clinic.submissions.sent_findings import (
    NO_URGENCY,
    findings_of,
    time_taken,
)
from fbss_app.server.services.clinic.submissions.sent_invitations import brings_another, follow
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.saved_answers import Definitions, definition_of
from fbss_app.server.services.sync import Consent
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import ClinicRow, InvitationRow, SubmissionRow
from fbss_app.server.storage.repositories.answer_events import StoredEvent

logger = get_logger(__name__)


class UnknownInvitationError(RefusedError):
    """No invitation opens with this secret. It must never tell whether it was wrong or is over."""

    def __init__(self) -> None:
        super().__init__(
            "unknown-invitation",
            "This invitation does not work. It may be over, or the link may be incomplete. Ask the "
            "clinic for a new one.",
            status_code=404,
        )


@dataclass(frozen=True, slots=True)
class OpenedInvitation:
    """What a phone learns that comes with an invitation."""

    clinic: ClinicSettings
    slug: str
    logo: Logo | None
    questionnaire: str
    expires_at: datetime
    is_used: bool


@dataclass(frozen=True, slots=True)
class SubmissionStatus:
    """What became of what was sent to one clinic, as the patient sees it.

    Attributes:
        id: The submission.
        clinic: The clinic.
        slug: What stands for it in addresses.
        first_submitted_at: When it was sent for the first time.
        submitted_at: When it was sent last.
        expires_at: When it is deleted, unless it is sent again.
        has_changed: Whether answers came since that were not sent.
    """

    id: str
    clinic: ClinicSettings
    slug: str
    logo: Logo | None
    first_submitted_at: datetime
    submitted_at: datetime
    expires_at: datetime
    has_changed: bool


@dataclass(frozen=True, slots=True)
class SendingCall:
    """One call of a phone that sends.

    Attributes:
        response_id: The response.
        secret: The secret of one of its links.
        invitation_secret: The secret of the invitation.
        consent: What was agreed to.
        last_sequence: How far the answers go that the person saw when they agreed.
        optional_parts: The optional parts that the phone asked for this clinic, by link_id; where
            it does not say, those that the clinic asks now.
    """

    response_id: str
    secret: str
    invitation_secret: str
    consent: Consent
    last_sequence: int
    optional_parts: Collection[str] | None = None


def open_invitation(database: Database, secret: str, now: datetime) -> OpenedInvitation:
    """Tell what an invitation is for, or raise `UnknownInvitationError`."""
    with database.unit_of_work() as unit:
        invitation, clinic = _invited(unit, secret, now)
        if invitation.opened_at is None:
            invitation.opened_at = now
            record(unit, clinic.id, PATIENT, Action.INVITATION_OPENED, now, invitation.id)
        return OpenedInvitation(
            settings_of(clinic),
            clinic.slug,
            logo_of(unit, clinic.id),
            invitation.questionnaire,
            invitation.expires_at,
            invitation.response_id is not None,
        )


def send_to_clinic(
    database: Database, definitions: Definitions, call: SendingCall, now: datetime
) -> SubmissionStatus:
    """Send the answers, or send them anew; a call that is repeated changes nothing.

    What was sent before follows the invitation and the optional parts that it is sent with now,
    though no answer may have changed.

    Raises:
        UnknownInvitationError: The invitation is wrong or over.
        RefusedError: The link may not, or there is nothing to send.
    """
    with database.unit_of_work() as unit:
        access = open_response(unit, call.response_id, call.secret, now, may_manage)
        invitation, clinic = _invited(unit, call.invitation_secret, now, access)
        events = _arrived_events(unit, access, call.last_sequence)
        definition = definition_of(
            definitions, access.response.questionnaire, access.response.questionnaire_version
        )
        left_out = _left_out(definition, clinic, call)
        findings, urgency = findings_of(definition, events, left_out, now)
        submissions = unit.clinic(clinic.id).submissions
        earlier = submissions.of_response(call.response_id)
        is_again = earlier is not None
        if earlier is None:
            row = _new_row(clinic, invitation, access, now - time_taken(events))
            _write(row, call, definition, urgency, clinic, now)
            row.first_submitted_at = now
            submissions.add(row, findings)
        else:
            row = earlier.row
            # A call of before that was long on its way must not undo a newer one.
            if call.last_sequence < row.last_sequence or (
                call.last_sequence == row.last_sequence
                # What is over stays only until the next run of the job that deletes it.
                and row.expires_at > now
                and earlier.findings.left_out == left_out
                and not brings_another(unit, invitation, row)
            ):
                return _status(unit, clinic, row, access)
            follow(unit, invitation, row)
            _write(row, call, definition, urgency, clinic, now)
            submissions.write_findings(row, findings)
        unit.clinic(clinic.id).removed_submissions.forget(call.response_id)
        invitation.response_id = call.response_id
        invitation.answered_at = invitation.answered_at or now
        invitation.erased_at = None
        access.response.expires_at = max(access.response.expires_at, row.expires_at)
        queue_webhook(unit, clinic, row.id, now)
        record(
            unit,
            clinic.id,
            PATIENT,
            Action.ANSWERS_SENT,
            now,
            row.id,
            by=call.consent.agreed_by.value,
            again=is_again,
        )
        status = _status(unit, clinic, row, access)
    logger.info("answers-sent", response=call.response_id, again=is_again)
    return status


def submission_statuses(
    database: Database, response_id: str, secret: str, now: datetime
) -> list[SubmissionStatus]:
    """Tell to whom answers were sent and until when they are kept, the first clinic at the top."""
    with database.unit_of_work() as unit:
        access = open_response(unit, response_id, secret, now)
        found = [
            _status(unit, clinic, row, access) for clinic, row in submissions_of(unit, response_id)
        ]
    return sorted(found, key=lambda each: each.first_submitted_at)


def submission_status(
    database: Database, response_id: str, secret: str, now: datetime
) -> SubmissionStatus:
    """Tell the same of the clinic that got them last, or raise `RefusedError`."""
    found = submission_statuses(database, response_id, secret, now)
    if not found:
        raise nothing_sent()
    return max(found, key=lambda each: each.submitted_at)


def submissions_of(unit: UnitOfWork, response_id: str) -> list[tuple[ClinicRow, SubmissionRow]]:
    """List the clinics that a response was sent to, each with what it got."""
    return [
        (clinic, stored.row)
        for clinic_id in unit.invitation_links.clinics_of_response(response_id)
        if (clinic := unit.clinics.get(clinic_id))
        and (stored := unit.clinic(clinic_id).submissions.of_response(response_id))
    ]


def nothing_sent() -> RefusedError:
    """Give what to raise where no clinic has anything of a response."""
    return RefusedError(
        "nothing-sent",
        "These answers were not sent to a clinic.",
        status_code=404,
        let_in=True,
    )


def _invited(
    unit: UnitOfWork, secret: str, now: datetime, access: Access | None = None
) -> tuple[InvitationRow, ClinicRow]:
    invitation = unit.invitation_links.find(hash_secret(secret))
    if invitation is None or invitation.revoked_at is not None:
        raise UnknownInvitationError
    is_mine = access is not None and invitation.response_id == access.response.id
    # Whoever has sent may send again for as long as the clinic keeps it.
    if invitation.expires_at <= now and not is_mine:
        raise UnknownInvitationError
    clinic = unit.clinics.get(invitation.clinic_id)
    if clinic is None:
        raise UnknownInvitationError
    if access is None:
        return invitation, clinic
    if invitation.response_id not in (None, access.response.id):
        raise RefusedError(
            "invitation-used",
            "Other answers were sent with this invitation. Ask the clinic for a new one.",
            status_code=409,
        )
    if invitation.questionnaire != access.response.questionnaire:
        raise RefusedError(
            "other-questionnaire",
            "The clinic asked for the answers to another questionnaire. Nothing was sent.",
        )
    return invitation, clinic


def _arrived_events(unit: UnitOfWork, access: Access, last_sequence: int) -> list[StoredEvent]:
    if last_sequence > access.response.last_sequence:
        raise RefusedError(
            "unsent-answers",
            "Some answers have not arrived yet. Save them first, then send.",
            status_code=409,
        )
    return list(unit.answer_events.up_to(access.response.id, last_sequence))


def _left_out(definition: Questionnaire, clinic: ClinicRow, call: SendingCall) -> list[str]:
    asked = call.optional_parts
    if asked is None:
        asked = settings_of(clinic).optional_parts
    return [part for part in definition.optional_parts if part not in asked]


def _new_row(
    clinic: ClinicRow, invitation: InvitationRow, access: Access, started_at: datetime
) -> SubmissionRow:
    return SubmissionRow(
        id=str(uuid4()),
        clinic_id=clinic.id,
        response_id=access.response.id,
        invitation_id=invitation.id,
        is_uninvited=invitation.created_by is None,
        questionnaire=access.response.questionnaire,
        questionnaire_version="",
        consent_version="",
        consent_text_sha256="",
        agreed_by=AuthorRole.PATIENT.value,
        last_sequence=0,
        urgency=NO_URGENCY,
        key_id="",
        sealed=b"",
        started_at=started_at,
        first_submitted_at=started_at,
        submitted_at=started_at,
        changed_at=started_at,
        expires_at=started_at,
    )


def _write(
    row: SubmissionRow,
    call: SendingCall,
    definition: Questionnaire,
    urgency: int,
    clinic: ClinicRow,
    now: datetime,
) -> None:
    row.questionnaire_version = definition.version
    row.consent_version = call.consent.version
    row.consent_text_sha256 = call.consent.text_sha256
    row.agreed_by = call.consent.agreed_by.value
    row.last_sequence = call.last_sequence
    row.urgency = urgency
    row.status = "new"
    row.reviewed_by = row.reviewed_at = None
    row.submitted_at = row.changed_at = now
    row.expires_at = now + timedelta(days=clinic.retention_days)


def _status(
    unit: UnitOfWork, clinic: ClinicRow, row: SubmissionRow, access: Access
) -> SubmissionStatus:
    return SubmissionStatus(
        row.id,
        settings_of(clinic),
        clinic.slug,
        logo_of(unit, clinic.id),
        row.first_submitted_at,
        row.submitted_at,
        row.expires_at,
        access.response.last_sequence > row.last_sequence,
    )
