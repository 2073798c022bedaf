"""Queries that find out who is at the door, before anyone knows of which clinic they are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from fbss_app.server.storage.clinic_tables import (
    LogInTicketRow,
    RecoveryCodeRow,
    SetUpLinkRow,
    StaffRow,
    StaffSessionRow,
)


class LogInRepository:
    """Log-ins, sessions and links for the door, as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def staff_by_email(self, email: str) -> StaffRow | None:
        """Find who logs in with an address, given in small letters."""
        return self._session.exec(select(StaffRow).where(StaffRow.email == email)).first()

    def staff(self, staff_id: str, *, lock: bool = False) -> StaffRow | None:
        """Find a member of some clinic's staff."""
        return self._session.get(StaffRow, staff_id, with_for_update=True if lock else None)

    def sealed_otherwise(self, key_id: str, limit: int) -> Sequence[StaffRow]:
        """List and lock so many staff whose second factor another key has sealed."""
        found = select(StaffRow).where(col(StaffRow.key_id).not_in(["", key_id])).limit(limit)
        return self._session.exec(found.with_for_update()).all()

    def key_ids(self) -> set[str]:
        """List the keys that sealed a second factor."""
        return set(self._session.exec(select(StaffRow.key_id).distinct())) - {""}

    def session(self, token_sha256: str) -> StaffSessionRow | None:
        """Find a session by the hash of its cookie."""
        return self._session.get(StaffSessionRow, token_sha256)

    def sessions(self, staff_id: str) -> Sequence[StaffSessionRow]:
        """List somebody's sessions, ended ones too, the newest first."""
        found = select(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id)
        return self._session.exec(found.order_by(col(StaffSessionRow.created_at).desc())).all()

    def add(self, row: StaffSessionRow | LogInTicketRow | SetUpLinkRow | RecoveryCodeRow) -> None:
        """Add a session, a ticket, a link or a code."""
        self._session.add(row)
        self._session.flush()

    def end_sessions(self, staff_id: str, now: datetime, *, but: str = "") -> int:
        """End every session of somebody, but for one that may stay, and count them."""
        ended = (
            update(StaffSessionRow)
            .where(
                col(StaffSessionRow.staff_id) == staff_id,
                col(StaffSessionRow.ended_at).is_(None),
                col(StaffSessionRow.token_sha256) != but,
            )
            .values(ended_at=now)
        )
        return self._session.exec(ended).rowcount

    def delete_ways_in(self, staff_id: str) -> None:
        """Delete what somebody could still come in with: tickets, and links to a new password."""
        self._session.exec(delete(LogInTicketRow).where(col(LogInTicketRow.staff_id) == staff_id))
        self._session.exec(delete(SetUpLinkRow).where(col(SetUpLinkRow.staff_id) == staff_id))

    def take_ticket(self, ticket_sha256: str) -> LogInTicketRow | None:
        """Find a ticket and delete it: it works once."""
        row = self._session.get(LogInTicketRow, ticket_sha256, with_for_update=True)
        if row is not None:
            self._session.delete(row)
        return row

    def set_up_link(self, token_sha256: str, *, lock: bool = False) -> SetUpLinkRow | None:
        """Find a link that sets something up."""
        return self._session.get(SetUpLinkRow, token_sha256, with_for_update=True if lock else None)

    def recovery_codes(self, staff_id: str) -> Sequence[RecoveryCodeRow]:
        """List somebody's recovery codes, used ones too."""
        found = select(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id)
        return self._session.exec(found.with_for_update()).all()

    def delete_recovery_codes(self, staff_id: str) -> None:
        """Delete somebody's recovery codes."""
        self._session.exec(delete(RecoveryCodeRow).where(col(RecoveryCodeRow.staff_id) == staff_id))

    def delete_old(self, now: datetime, sessions_before: datetime) -> None:
        """Delete tickets and links that are over, and sessions that began long ago."""
        self._session.exec(delete(LogInTicketRow).where(col(LogInTicketRow.expires_at) <= now))
        self._session.exec(delete(SetUpLinkRow).where(col(SetUpLinkRow.expires_at) <= now))
        self._session.exec(
            delete(StaffSessionRow).where(col(StaffSessionRow.created_at) <= sessions_before)
        )
