"""Every query on the marks of one clinic's labels: which invitations have all of some words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import col

from fbss_app.server.storage.clinic_tables import LabelMarkRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope

# So many ids are looked up one by one sooner than a list is gone through.
FEW = 1000

Words = Sequence[Collection[str]]


@dataclass(frozen=True, slots=True)
class Marked:
    """More than `FEW` invitations, known by what their labels have: for each word its marks."""

    words: Words


Invitations = Collection[str] | Marked


class LabelMarkRepository:
    """The marks of one clinic's labels as the current transaction sees them."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def replace(self, invitation_id: str, marks: Sequence[LabelMarkRow]) -> None:
        """Make an invitation findable by these marks alone."""
        of_invitation = col(LabelMarkRow.invitation_id) == invitation_id
        self._scope.run(self._scope.deletes(LabelMarkRow).where(of_invitation))
        self._scope.add_many(marks)

    def find(self, words: Words) -> Invitations:
        """Find the invitations whose label has all of some words.

        Args:
            words: For each word the marks that it can have. The one that fewest labels have
                should come first: its marks are gone through, the others looked up.
        """
        first, *others = words
        found = self._scope.columns(LabelMarkRow, col(LabelMarkRow.invitation_id))
        found = found.where(col(LabelMarkRow.mark).in_(list(first)))
        for marks in others:
            found = found.where(self._has(marks, col(LabelMarkRow.invitation_id)))
        ids = [row[0] for row in self._scope.values(found.limit(FEW + 1))]
        return Marked(words) if len(ids) > FEW else ids

    def among(self, found: Invitations, invitation_id: Any) -> ColumnElement[bool]:
        """Ask whether the invitation that a column of another table names was found."""
        if isinstance(found, Marked):
            return and_(*(self._has(marks, invitation_id) for marks in found.words))
        return invitation_id.in_(list(found))

    def of_other_keys(self, key_id: str, limit: int) -> Collection[str]:
        """Find some invitations that another key than this one marked, and lock their marks."""
        marks = self._scope.sealed_by_others(LabelMarkRow, key_id, limit)
        return {mark.invitation_id for mark in marks}

    def key_ids(self) -> set[str]:
        """List the keys that marked anything here."""
        return self._scope.key_ids(LabelMarkRow)

    def _has(self, marks: Collection[str], invitation_id: Any) -> ColumnElement[bool]:
        # One look into the primary key for each row, and none after enough rows were found. The
        # list that IN would make first can have a row for every label of the clinic.
        other = aliased(LabelMarkRow)
        found = self._scope.columns(other, col(other.invitation_id))
        same = col(other.invitation_id) == invitation_id
        return found.where(col(other.mark).in_(list(marks)), same).exists()
