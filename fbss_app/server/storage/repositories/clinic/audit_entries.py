"""Every query on one audit trail: a clinic's, or the deployment's. Rows are only added."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import col

from fbss_app.server.storage.clinic_tables import AuditEntryRow, AuditHeadRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope

_AT_ONCE = 1000


class AuditEntryRepository:
    """The trail as the current transaction sees it."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def lock_head(self) -> AuditHeadRow:
        """Find how the trail ends, and let nobody else add to it until this transaction ends."""
        while (
            found := self._scope.first(self._scope.rows(AuditHeadRow).with_for_update())
        ) is None:
            # Whoever begins it at the same moment may be quicker.
            self._scope.add_if_free(AuditHeadRow(clinic_id=self._scope.clinic_id, sequence=0))
        return found

    def end(self) -> tuple[int, str]:
        """Say which entry is the last one just now, and its mark; 0 and "" where there is none."""
        anew = self._scope.rows(AuditHeadRow).execution_options(populate_existing=True)
        found = self._scope.first(anew)
        return (found.sequence, found.mark) if found else (0, "")

    def add(self, row: AuditEntryRow) -> None:
        """Add an entry at the end."""
        self._scope.add(row)

    def in_order(self) -> Iterator[AuditEntryRow]:
        """Go through all entries from the first on, a batch at a time."""
        after = 0
        while batch := self._scope.all(
            self._scope.rows(AuditEntryRow)
            .where(col(AuditEntryRow.sequence) > after)
            .order_by(col(AuditEntryRow.sequence))
            .limit(_AT_ONCE)
        ):
            yield from batch
            after = batch[-1].sequence

    def newest_of(self, action: str) -> int:
        """Give the number of the newest entry of a kind; 0 where there is none."""
        found = self._scope.columns(AuditEntryRow, col(AuditEntryRow.sequence))
        of_kind = found.where(col(AuditEntryRow.action) == action)
        rows = self._scope.values(of_kind.order_by(col(AuditEntryRow.sequence).desc()).limit(1))
        return rows[0][0] if rows else 0

    def page(
        self,
        *,
        before: int | None,
        limit: int,
        actor: str = "",
        action: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Sequence[AuditEntryRow]:
        """List entries, the newest first.

        Args:
            before: Only those with a lower sequence.
            limit: How many at most.
            actor: Only those of this actor.
            action: Only those of this kind.
            since: Only those from then on.
            until: Only those before then.
        """
        found = self._scope.rows(AuditEntryRow)
        if before is not None:
            found = found.where(col(AuditEntryRow.sequence) < before)
        if actor:
            found = found.where(AuditEntryRow.actor == actor)
        if action:
            found = found.where(AuditEntryRow.action == action)
        if since is not None:
            found = found.where(col(AuditEntryRow.at) >= since)
        if until is not None:
            found = found.where(col(AuditEntryRow.at) < until)
        return self._scope.all(found.order_by(col(AuditEntryRow.sequence).desc()).limit(limit))
