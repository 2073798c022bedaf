"""Every query on what was sent to one clinic. What it says goes in and comes out open."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.storage.clinic_tables import SubmissionRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


@dataclass(frozen=True, slots=True)
class Findings:
    """What was worked out of the answers when they were sent.

    Attributes:
        red_flags: The names of the warning signs that hold, the most urgent first.
        scores: The value of each score by its name; None where there was no score.
        left_out: The optional parts that were not asked for this clinic, by link_id.
    """

    red_flags: list[str] = field(default_factory=list[str])
    scores: dict[str, float | None] = field(default_factory=dict[str, float | None])
    left_out: list[str] = field(default_factory=list[str])


class StoredSubmission(NamedTuple):
    """A submission and what was worked out of it."""

    row: SubmissionRow
    findings: Findings


class SubmissionRepository:
    """The submissions of one clinic as the current transaction sees them."""

    def __init__(self, scope: ClinicScope, keys: KeyRing) -> None:
        self._scope = scope
        self._keys = keys

    def get(self, submission_id: str, *, lock: bool = False) -> StoredSubmission | None:
        """Find a submission.

        Args:
            submission_id: Its id.
            lock: Keep other transactions off it until this one ends.
        """
        row = self._scope.get(SubmissionRow, submission_id, lock=lock)
        return self._stored(row) if row else None

    def response_id_of(self, submission_id: str) -> str:
        """Say what response a submission is of; "" where there is no such submission."""
        found = self._scope.columns(SubmissionRow, col(SubmissionRow.response_id))
        rows = self._scope.values(found.where(col(SubmissionRow.id) == submission_id))
        return rows[0][0] if rows else ""

    def exists(self, submission_id: str) -> bool:
        """Say whether there is such a submission."""
        return self._scope.get(SubmissionRow, submission_id) is not None

    def open(self, row: SubmissionRow) -> StoredSubmission:
        """Open what was worked out of a submission that another query found."""
        return self._stored(row)

    def of_response(self, response_id: str) -> StoredSubmission | None:
        """Find what was sent of a response."""
        found = self._scope.rows(SubmissionRow).where(SubmissionRow.response_id == response_id)
        row = self._scope.first(found.with_for_update())
        return self._stored(row) if row else None

    def add(self, row: SubmissionRow, findings: Findings) -> None:
        """Add a submission."""
        self.write_findings(row, findings)
        self._scope.add(row)

    def all_in_order(self) -> Sequence[SubmissionRow]:
        """List every submission, the one that was sent first at the top."""
        return self._scope.all(
            self._scope.rows(SubmissionRow).order_by(
                col(SubmissionRow.submitted_at), col(SubmissionRow.id)
            )
        )

    def delete(self, row: SubmissionRow) -> None:
        """Delete a submission with its notes."""
        self._scope.remove(row)

    def delete_expired(self, now: datetime) -> int:
        """Delete those whose time is over, with their notes, and count them."""
        return self._scope.run(
            self._scope.deletes(SubmissionRow).where(col(SubmissionRow.expires_at) <= now)
        )

    def write_findings(self, row: SubmissionRow, findings: Findings) -> None:
        """Seal what was worked out into a row."""
        sealed = self._keys.seal(json.dumps(asdict(findings)).encode(), _place(row))
        row.key_id, row.sealed = sealed.key_id, sealed.sealed

    def seal_anew(self, limit: int) -> int:
        """Seal with the newest key up to so many rows that another one sealed; say how many."""
        rows = self._scope.sealed_by_others(SubmissionRow, self._keys.newest.key_id, limit)
        for row in rows:
            self.write_findings(row, self._stored(row).findings)
        return len(rows)

    def key_ids(self) -> set[str]:
        """List the keys that sealed anything here."""
        return self._scope.key_ids(SubmissionRow)

    def _stored(self, row: SubmissionRow) -> StoredSubmission:
        plain = self._keys.open(Sealed(row.key_id, bytes(row.sealed)), _place(row))
        return StoredSubmission(row, Findings(**json.loads(plain)))


def _place(row: SubmissionRow) -> str:
    return f"submission:{row.clinic_id}:{row.id}"
