"""Every query on the `access_link` table. Names go in and come out open; they lie sealed."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.storage.tables import AccessLinkRow


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a link was made for, in the words of whoever made it; both may be empty."""

    name: str = ""
    relationship: str = ""


class AccessLinkRepository:
    """Access links as the current transaction sees them."""

    def __init__(self, session: Session, keys: KeyRing) -> None:
        self._session = session
        self._keys = keys

    def find(self, secret_sha256: str) -> AccessLinkRow | None:
        """Find a link by the hash of its secret."""
        found = select(AccessLinkRow).where(AccessLinkRow.secret_sha256 == secret_sha256)
        return self._session.exec(found).one_or_none()

    def get(self, link_id: str) -> AccessLinkRow | None:
        """Find a link by its id, whosever it is."""
        return self._session.get(AccessLinkRow, link_id)

    def of_response(self, response_id: str) -> Sequence[AccessLinkRow]:
        """List the links of a response, ended ones too, the oldest first."""
        rows = self._session.exec(
            select(AccessLinkRow).where(AccessLinkRow.response_id == response_id)
        )
        # The first link has the id of the response.
        return sorted(rows, key=lambda row: (row.created_at, row.id != response_id, row.id))

    def add_if_absent(self, row: AccessLinkRow, holder: Holder) -> None:
        """Add a link, unless its id or its secret is taken: then what is there stays as it is."""
        self._seal(row, holder)
        with suppress(IntegrityError), self._session.begin_nested():
            self._session.exec(insert(AccessLinkRow).values(row.model_dump()))

    def holder(self, row: AccessLinkRow) -> Holder:
        """Open what a link says of its holder."""
        plain = self._keys.open(Sealed(row.key_id, bytes(row.sealed)), _place(row))
        return Holder(**json.loads(plain))

    def with_parents(self, rows: Iterable[AccessLinkRow], parent_id: str) -> list[AccessLinkRow]:
        """Give of these links the one with the id and all that came from it."""
        listed = list(rows)
        family = {parent_id}
        # A link made with a code can have a code of its own, and so on.
        while found := {row.id for row in listed if row.parent_id in family} - family:
            family |= found
        return [row for row in listed if row.id in family]

    def seal_anew(self, limit: int) -> int:
        """Seal with the newest key up to so many links that another one sealed; say how many."""
        newest = self._keys.newest.key_id
        rows = self._session.exec(
            select(AccessLinkRow).where(AccessLinkRow.key_id != newest).limit(limit)
        ).all()
        for row in rows:
            self._seal(row, self.holder(row))
        return len(rows)

    def key_ids(self) -> set[str]:
        """List the keys that sealed anything here."""
        return set(self._session.exec(select(AccessLinkRow.key_id).distinct()))

    def _seal(self, row: AccessLinkRow, holder: Holder) -> None:
        sealed = self._keys.seal(json.dumps(asdict(holder)).encode(), _place(row))
        row.key_id, row.sealed = sealed.key_id, sealed.sealed


def _place(row: AccessLinkRow) -> str:
    return f"access_link:{row.response_id}:{row.id}"
