"""Every query on the `response` table."""

import hashlib
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from fbss_app.server.storage.tables import ErasedResponseRow, ResponseRow


class ResponseRepository:
    """Responses as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, response_id: str) -> ResponseRow | None:
        """Find a response and keep other transactions off it until this one ends."""
        return self._session.get(ResponseRow, response_id, with_for_update=True)

    def last_sequence(self, response_id: str) -> int:
        """Say how many events a response has; 0 where there is no response."""
        found = select(ResponseRow.last_sequence).where(ResponseRow.id == response_id)
        return self._session.exec(found).first() or 0

    def add_if_absent(self, row: ResponseRow) -> bool:
        """Add a response, unless there is one with this id; say whether it was added."""
        with suppress(IntegrityError), self._session.begin_nested():
            self._session.exec(insert(ResponseRow).values(row.model_dump()))
            return True
        return False

    def erase(self, row: ResponseRow, now: datetime) -> None:
        """Delete a response with its answers, but for a mark of its id."""
        self._session.add(ErasedResponseRow(id_sha256=_mark(row.id), erased_at=now))
        self._session.exec(delete(ResponseRow).where(col(ResponseRow.id) == row.id))

    def was_erased(self, response_id: str) -> bool:
        """Say whether there was a response of this id that somebody erased."""
        return self._session.get(ErasedResponseRow, _mark(response_id)) is not None

    def forget_erased(self, before: datetime) -> None:
        """Delete the marks of what was erased so long ago that no call can still be on its way."""
        old = delete(ErasedResponseRow).where(col(ErasedResponseRow.erased_at) < before)
        self._session.exec(old)

    def delete_expired(self, now: datetime) -> int:
        """Delete every response whose time is over, with its answers, and count them."""
        expired = delete(ResponseRow).where(col(ResponseRow.expires_at) <= now)
        return self._session.exec(expired).rowcount


def _mark(response_id: str) -> str:
    return hashlib.sha256(response_id.encode()).hexdigest()
