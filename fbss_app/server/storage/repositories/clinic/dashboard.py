"""When things happened in one clinic, for counting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel, col

from fbss_app.server.storage.clinic_tables import InvitationRow, SubmissionRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class DashboardRepository:
    """The times of one clinic's work."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def invited(self, since: datetime, until: datetime) -> Sequence[datetime]:
        """List when patients were invited."""
        return self._times(InvitationRow, InvitationRow.created_at, since, until)

    def opened(self, since: datetime, until: datetime) -> Sequence[datetime]:
        """List when invitations were opened first."""
        return self._times(InvitationRow, InvitationRow.opened_at, since, until)

    def reviewed(self, since: datetime, until: datetime) -> Sequence[datetime]:
        """List when submissions were reviewed."""
        return self._times(SubmissionRow, SubmissionRow.reviewed_at, since, until)

    def _times(
        self, row_type: type[SQLModel], column: Any, since: datetime, until: datetime
    ) -> Sequence[datetime]:
        at = col(column)
        found = self._scope.columns(row_type, at).where(at >= since, at < until)
        return [row[0] for row in self._scope.values(found)]
