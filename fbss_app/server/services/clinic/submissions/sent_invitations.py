"""What becomes of invitations once answers were sent with them."""

from datetime import datetime

from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import InvitationRow, SubmissionRow


def brings_another(unit: UnitOfWork, invitation: InvitationRow, row: SubmissionRow) -> bool:
    """Say whether to send with an invitation would change what the clinic finds answers by."""
    return invitation.response_id != row.response_id or (
        invitation.id != row.invitation_id and _counts_over_its_own(unit, invitation, row)
    )


def follow(unit: UnitOfWork, invitation: InvitationRow, row: SubmissionRow) -> None:
    """Let what was sent be found by the invitation that it is sent with now.

    A name that the patient gave to the clinic before is deleted: the clinic knows whose answers
    these are. Nobody's own name takes the place of a label that the staff gave, however.
    """
    if not _counts_over_its_own(unit, invitation, row):
        return
    row.invitation_id, row.is_uninvited = invitation.id, invitation.created_by is None
    for other in unit.invitation_links.of_response(row.response_id):
        if _is_uninvited_at(row.clinic_id, other) and other.id != invitation.id:
            unit.clinic(row.clinic_id).invitations.delete(other)


def let_go_of(unit: UnitOfWork, invitation: InvitationRow, now: datetime) -> None:
    """Part an invitation from answers that the patient takes back from the clinic.

    One that the staff made stays, under their own label, and tells them that the answers are gone.
    Of whoever came uninvited the name is their own, given with the answers: it goes with them.
    """
    if invitation.created_by is None:
        unit.clinic(invitation.clinic_id).invitations.delete(invitation)
    else:
        invitation.erased_at = now
        invitation.response_id = None


def _counts_over_its_own(unit: UnitOfWork, invitation: InvitationRow, row: SubmissionRow) -> bool:
    if invitation.created_by is not None or row.invitation_id is None:
        return True
    current = unit.clinic(row.clinic_id).invitations.get(row.invitation_id)
    return current is None or current.row.created_by is None


def _is_uninvited_at(clinic_id: str, invitation: InvitationRow) -> bool:
    return invitation.clinic_id == clinic_id and invitation.created_by is None
