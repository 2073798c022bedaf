"""Every query on who of one clinic asked for a file for research, and what was decided."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from fbss_app.server.storage.clinic_tables import ResearchRequestRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class ResearchRequestRepository:
    """What one clinic was asked for, as the current transaction sees it."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def get(self, request_id: str, *, lock: bool = False) -> ResearchRequestRow | None:
        """Find what was asked for.

        Args:
            request_id: Its id.
            lock: Keep other transactions off it until this one ends.
        """
        return self._scope.get(ResearchRequestRow, request_id, lock=lock)

    def open(self, now: datetime, *, asked_by: str = "") -> Sequence[ResearchRequestRow]:
        """List what is not over, the newest first; of one member of staff where one is named."""
        found = self._scope.rows(ResearchRequestRow).where(col(ResearchRequestRow.expires_at) > now)
        if asked_by:
            found = found.where(ResearchRequestRow.asked_by == asked_by)
        newest = (col(ResearchRequestRow.asked_at).desc(), col(ResearchRequestRow.id))
        return self._scope.all(found.order_by(*newest))

    def add(self, row: ResearchRequestRow) -> None:
        """Add what somebody asks for."""
        self._scope.add(row)

    def delete_over(self, now: datetime) -> int:
        """Delete what is over, and count it; the trail keeps that it was."""
        return self._scope.run(
            self._scope.deletes(ResearchRequestRow).where(col(ResearchRequestRow.expires_at) <= now)
        )
