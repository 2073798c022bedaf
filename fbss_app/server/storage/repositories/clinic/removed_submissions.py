"""Every query on what one clinic removed of what it was sent."""

from sqlmodel import col

from fbss_app.server.storage.clinic_tables import RemovedSubmissionRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class RemovedSubmissionRepository:
    """That the clinic removed what it was sent, for the patients to be told."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def add(self, row: RemovedSubmissionRow) -> None:
        """Keep that what was sent of a response was removed."""
        self._scope.add(row)

    def forget(self, response_id: str) -> None:
        """Forget it, since the response is sent again."""
        removed = self._scope.deletes(RemovedSubmissionRow)
        self._scope.run(removed.where(col(RemovedSubmissionRow.response_id) == response_id))
