"""Every query on the links with which colleagues join one clinic."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from fbss_app.server.storage.clinic_tables import SetUpLinkRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope

_JOIN = "join"


class SetUpLinkRepository:
    """The links that let somebody into one clinic as the current transaction sees them."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def waiting(self, now: datetime, *, email: str = "") -> Sequence[SetUpLinkRow]:
        """List the links to join that still work, the newest first.

        Args:
            now: The time.
            email: Only those for this address; "" for all.
        """
        found = self._scope.rows(SetUpLinkRow).where(
            SetUpLinkRow.purpose == _JOIN,
            col(SetUpLinkRow.used_at).is_(None),
            col(SetUpLinkRow.expires_at) > now,
        )
        if email:
            found = found.where(SetUpLinkRow.email == email)
        newest = (col(SetUpLinkRow.created_at).desc(), col(SetUpLinkRow.id))
        return self._scope.all(found.order_by(*newest).with_for_update())

    def remove(self, row: SetUpLinkRow) -> None:
        """Delete a link: it opens nothing any more."""
        self._scope.remove(row)

    def remove_made_by(self, staff_id: str) -> int:
        """Delete the links of every kind that somebody made and nobody has used; count them."""
        made = self._scope.deletes(SetUpLinkRow).where(
            col(SetUpLinkRow.created_by) == staff_id, col(SetUpLinkRow.used_at).is_(None)
        )
        return self._scope.run(made)
