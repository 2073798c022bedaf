"""Queries on all audit trails: for commands. Trails outlive the clinics they tell of."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from fbss_app.server.storage.clinic_tables import AuditEntryRow, AuditHeadRow


class TrailRepository:
    """Audit trails as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def clinic_ids(self) -> Sequence[str]:
        """List whose trails there are, also of clinics that are no more."""
        from_heads = set(self._session.exec(select(AuditHeadRow.clinic_id)))
        # A head may have been taken away so that its entries are looked at by nobody.
        from_entries = set(self._session.exec(select(AuditEntryRow.clinic_id).distinct()))
        return sorted(from_heads | from_entries)

    def key_ids(self) -> set[str]:
        """List the keys that have marked an entry."""
        return set(self._session.exec(select(col(AuditEntryRow.key_id)).distinct()))
