"""Finds the invitation that a secret belongs to, before anyone knows of which clinic it is."""

from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from fbss_app.server.storage.clinic_tables import InvitationRow, RemovedSubmissionRow, SubmissionRow
from fbss_app.server.storage.tables import ResponseRow


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

    def lock_responses_over(self, now: datetime) -> None:
        """Keep others off every response that is over, or of which something at a clinic is."""
        sent = select(SubmissionRow.response_id).where(col(SubmissionRow.expires_at) <= now)
        held = select(SubmissionRow.id).where(
            and_(
                col(SubmissionRow.clinic_id) == col(InvitationRow.clinic_id),
                col(SubmissionRow.response_id) == col(InvitationRow.response_id),
            )
        )
        answered = select(InvitationRow.response_id).where(
            col(InvitationRow.response_id).is_not(None), ~held.exists()
        )
        is_over = or_(
            col(ResponseRow.expires_at) <= now,
            col(ResponseRow.id).in_(sent),
            col(ResponseRow.id).in_(answered),
        )
        found = select(ResponseRow.id).where(is_over).order_by(col(ResponseRow.id))
        self._session.exec(found.with_for_update()).all()

    def removed(self, response_id: str) -> list[RemovedSubmissionRow]:
        """List which clinics removed what they were sent of a response, the first one first."""
        found = select(RemovedSubmissionRow).where(RemovedSubmissionRow.response_id == response_id)
        return list(self._session.exec(found.order_by(col(RemovedSubmissionRow.removed_at))))
