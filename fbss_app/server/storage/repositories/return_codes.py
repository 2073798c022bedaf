"""Every query on the `return_code` table. It holds marks, never a code or a year."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, delete, or_
from sqlmodel import Session, col, select

from fbss_app.server.storage.tables import AccessLinkRow, ResponseRow, ReturnCodeRow


class ReturnCodeRepository:
    """Codes to come back with, as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, marks: Mapping[str, str]) -> ReturnCodeRow | None:
        """Find a code by the mark that any of the keys made of it, and keep others off it.

        Its response is locked first, as by every other call.
        """
        fits = or_(
            *(
                and_(col(ReturnCodeRow.key_id) == key_id, col(ReturnCodeRow.code_mark) == mark)
                for key_id, mark in marks.items()
            )
        )
        linked = col(AccessLinkRow.id) == col(ReturnCodeRow.access_link_id)
        of_code = select(AccessLinkRow.response_id).join(ReturnCodeRow, linked).where(fits)
        response = select(ResponseRow.id).where(col(ResponseRow.id).in_(of_code))
        self._session.exec(response.with_for_update()).first()
        return self._session.exec(select(ReturnCodeRow).where(fits).with_for_update()).first()

    def replace(self, row: ReturnCodeRow) -> None:
        """Store the code of a link in place of the one it had."""
        self.delete_of_link(row.access_link_id)
        self._session.add(row)

    def delete_of_link(self, link_id: str) -> None:
        """Delete the code of a link, if it has one."""
        owned = delete(ReturnCodeRow).where(col(ReturnCodeRow.access_link_id) == link_id)
        self._session.exec(owned)

    def delete_expired(self, now: datetime) -> int:
        """Delete the codes whose time is over, and count them."""
        expired = delete(ReturnCodeRow).where(col(ReturnCodeRow.expires_at) <= now)
        return self._session.exec(expired).rowcount

    def delete_of_other_keys(self, key_id: str) -> int:
        """Delete the codes that another key has marked, and count them: no mark can be renewed."""
        others = delete(ReturnCodeRow).where(col(ReturnCodeRow.key_id) != key_id)
        return self._session.exec(others).rowcount

    def key_ids(self) -> set[str]:
        """List the keys that marked anything here."""
        return set(self._session.exec(select(ReturnCodeRow.key_id).distinct()))
