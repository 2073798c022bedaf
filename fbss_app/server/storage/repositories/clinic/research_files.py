"""Every query on the files for research that were taken at one clinic. They lie sealed."""

from datetime import datetime
from typing import NamedTuple

from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.storage.clinic_tables import ResearchFileRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class StoredFile(NamedTuple):
    """A file, and of how many submissions it was made."""

    content: bytes
    submissions: int


class ResearchFileRepository:
    """The files of one clinic as the current transaction sees them.

    Each goes with the request that it was made for.
    """

    def __init__(self, scope: ClinicScope, keys: KeyRing) -> None:
        self._scope = scope
        self._keys = keys

    def of_request(self, request_id: str) -> StoredFile | None:
        """Find the file that was made for a request."""
        found = self._scope.rows(ResearchFileRow).where(ResearchFileRow.request_id == request_id)
        row = self._scope.first(found)
        return StoredFile(self._open(row), row.submissions) if row else None

    def add(self, request_id: str, file: StoredFile, now: datetime) -> None:
        """Keep the file that was made for a request, which must have none."""
        row = ResearchFileRow(
            request_id=request_id,
            clinic_id=self._scope.clinic_id,
            made_at=now,
            submissions=file.submissions,
            key_id="",
            sealed=b"",
        )
        self._seal(row, file.content)
        self._scope.add(row)

    def seal_anew(self, limit: int) -> int:
        """Seal with the newest key up to so many files that another one sealed; say how many."""
        rows = self._scope.sealed_by_others(ResearchFileRow, self._keys.newest.key_id, limit)
        for row in rows:
            self._seal(row, self._open(row))
        return len(rows)

    def key_ids(self) -> set[str]:
        """List the keys that sealed anything here."""
        return self._scope.key_ids(ResearchFileRow)

    def _seal(self, row: ResearchFileRow, content: bytes) -> None:
        sealed = self._keys.seal(content, _place(row))
        row.key_id, row.sealed = sealed.key_id, sealed.sealed

    def _open(self, row: ResearchFileRow) -> bytes:
        return self._keys.open(Sealed(row.key_id, bytes(row.sealed)), _place(row))


def _place(row: ResearchFileRow) -> str:
    return f"research-file:{row.clinic_id}:{row.request_id}"
