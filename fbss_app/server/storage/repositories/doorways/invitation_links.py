"""Finds the invitation that a secret belongs to, before anyone knows of which clinic it is."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from fbss_app.server.storage.clinic_tables import InvitationRow, SubmissionRow


class InvitationLinkRepository:
    """Invitations and submissions by what a patient holds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, secret_sha256: str) -> InvitationRow | None:
        """Find an invitation by the hash of its secret, and lock it."""
        found = select(InvitationRow).where(InvitationRow.secret_sha256 == secret_sha256)
        return self._session.exec(found.with_for_update()).first()

    def clinics_of_response(self, response_id: str) -> list[str]:
        """List the ids of the clinics that a response was sent to, always in the same order."""
        found = select(SubmissionRow.clinic_id).where(SubmissionRow.response_id == response_id)
        return list(self._session.exec(found.order_by(col(SubmissionRow.clinic_id))))

    def kept_until(self, response_id: str) -> datetime | None:
        """Say until when a clinic keeps what was sent of a response."""
        found = select(func.max(SubmissionRow.expires_at)).where(
            SubmissionRow.response_id == response_id
        )
        return self._session.exec(found).one()

    def of_response(self, response_id: str) -> list[InvitationRow]:
        """List the invitations that a response answers."""
        found = select(InvitationRow).where(InvitationRow.response_id == response_id)
        return list(self._session.exec(found))
