"""Every query on the `response` table."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from fbss_app.server.storage.tables import ResponseRow


class ResponseRepository:
    """Responses as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, response_id: str) -> ResponseRow | None:
        """Find a response and keep other transactions off it until this one ends."""
        return self._session.get(ResponseRow, response_id, with_for_update=True)

    def add_if_absent(self, row: ResponseRow) -> bool:
        """Add a response, unless there is one with this id; say whether it was added."""
        with suppress(IntegrityError), self._session.begin_nested():
            self._session.exec(insert(ResponseRow).values(row.model_dump()))
            return True
        return False

    def delete(self, row: ResponseRow) -> None:
        """Delete a response; the database deletes its answers with it."""
        self._session.exec(delete(ResponseRow).where(col(ResponseRow.id) == row.id))

    def delete_expired(self, now: datetime) -> int:
        """Delete every response whose time is over, with its answers, and count them."""
        expired = delete(ResponseRow).where(col(ResponseRow.expires_at) <= now)
        return self._session.exec(expired).rowcount
