"""Tells patients which clinics hold their answers, and under which agreement."""

from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import SubmissionRow


@dataclass(frozen=True, slots=True)
class SentCopy:
    """What a clinic was sent of a response.

    Attributes:
        clinic: What the clinic is called.
        first_sent_at: When it was sent for the first time.
        sent_at: When it was sent last.
        kept_until: When it is deleted unless it is sent again or taken back.
        last_sequence: The last of the events that were sent.
        left_out: The parts of which nothing was sent, because the clinic does not ask them.
        consent_version: The version of the text that was agreed to.
        consent_text_sha256: The hash of that text.
        agreed_by: Who agreed, `patient` or `helper`.
        given_name: Under which name whoever came uninvited sent it; empty where the clinic has a
            label of its own.
    """

    clinic: str
    first_sent_at: datetime
    sent_at: datetime
    kept_until: datetime
    last_sequence: int
    left_out: tuple[str, ...]
    consent_version: str
    consent_text_sha256: str
    agreed_by: str
    given_name: str


def sent_copies(unit: UnitOfWork, response_id: str) -> tuple[SentCopy, ...]:
    """List what clinics hold of a response, the one that was sent first at the top."""
    copies = [
        SentCopy(
            clinic.name,
            row.first_submitted_at,
            row.submitted_at,
            row.expires_at,
            row.last_sequence,
            tuple(stored.findings.left_out),
            row.consent_version,
            row.consent_text_sha256,
            row.agreed_by,
            _given_name(unit, row),
        )
        for clinic_id in unit.invitation_links.clinics_of_response(response_id)
        if (clinic := unit.clinics.get(clinic_id))
        and (stored := unit.clinic(clinic_id).submissions.of_response(response_id))
        for row in (stored.row,)
    ]
    return tuple(sorted(copies, key=lambda copy: copy.first_sent_at))


@dataclass(frozen=True, slots=True)
class RemovedCopy:
    """That a clinic removed what it was sent of a response: what it is called, and when."""

    clinic: str
    removed_at: datetime


def removed_copies(unit: UnitOfWork, response_id: str) -> tuple[RemovedCopy, ...]:
    """List the clinics that removed what they were sent and have not got it again."""
    return tuple(
        RemovedCopy(clinic.name, row.removed_at)
        for row in unit.invitation_links.removed(response_id)
        if (clinic := unit.clinics.get(row.clinic_id))
    )


def _given_name(unit: UnitOfWork, row: SubmissionRow) -> str:
    if row.invitation_id is None:
        return ""
    invitation = unit.clinic(row.clinic_id).invitations.get(row.invitation_id)
    if invitation is None or invitation.row.created_by is not None:
        return ""
    return invitation.invitee.label
