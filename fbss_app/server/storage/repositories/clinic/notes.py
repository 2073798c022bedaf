"""Every query on the notes of one clinic. Words go in and come out open; they lie sealed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import col

from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.storage.clinic_tables import NoteRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class StoredNote(NamedTuple):
    """A note and what it says."""

    row: NoteRow
    text: str


class NoteRepository:
    """The notes of one clinic as the current transaction sees them."""

    def __init__(self, scope: ClinicScope, keys: KeyRing) -> None:
        self._scope = scope
        self._keys = keys

    def of_submission(self, submission_id: str) -> list[StoredNote]:
        """List the notes on a submission, the oldest first."""
        rows: Sequence[NoteRow] = self._scope.all(
            self._scope.rows(NoteRow)
            .where(NoteRow.submission_id == submission_id)
            .order_by(col(NoteRow.created_at), col(NoteRow.id))
        )
        return [StoredNote(row, self._open(row)) for row in rows]

    def add(self, row: NoteRow, text: str) -> None:
        """Add a note."""
        self._seal(row, text)
        self._scope.add(row)

    def seal_anew(self, limit: int) -> int:
        """Seal with the newest key up to so many notes that another one sealed; say how many."""
        rows = self._scope.sealed_by_others(NoteRow, self._keys.newest.key_id, limit)
        for row in rows:
            self._seal(row, self._open(row))
        return len(rows)

    def key_ids(self) -> set[str]:
        """List the keys that sealed anything here."""
        return self._scope.key_ids(NoteRow)

    def _seal(self, row: NoteRow, text: str) -> None:
        sealed = self._keys.seal(text.encode(), _place(row))
        row.key_id, row.sealed = sealed.key_id, sealed.sealed

    def _open(self, row: NoteRow) -> str:
        return self._keys.open(Sealed(row.key_id, bytes(row.sealed)), _place(row)).decode()


def _place(row: NoteRow) -> str:
    return f"note:{row.clinic_id}:{row.submission_id}:{row.id}"
