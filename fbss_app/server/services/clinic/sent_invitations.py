"""What becomes of invitations once answers were sent with them."""

from datetime import datetime

from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import InvitationRow


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
