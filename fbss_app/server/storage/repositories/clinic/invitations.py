"""Every query on the invitations of one clinic. Labels go in and come out open; they lie sealed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlmodel import col

from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.storage.clinic_tables import InvitationRow, SubmissionRow
from fbss_app.server.storage.repositories.clinic.label_marks import (
    Invitations,
    LabelMarkRepository,
    Marked,
)
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


@dataclass(frozen=True, slots=True)
class Invitee:
    """What the clinic calls a patient, and where it writes to; the address may be empty."""

    label: str
    email: str = ""


class StoredInvitation(NamedTuple):
    """An invitation and whom it is for."""

    row: InvitationRow
    invitee: Invitee


class InvitationRepository:
    """The invitations of one clinic as the current transaction sees them."""

    def __init__(self, scope: ClinicScope, keys: KeyRing) -> None:
        self._scope = scope
        self._keys = keys
        self._marks = LabelMarkRepository(scope)

    def get(self, invitation_id: str, *, lock: bool = False) -> StoredInvitation | None:
        """Find an invitation.

        Args:
            invitation_id: Its id.
            lock: Keep other transactions off it until this one ends.
        """
        row = self._scope.get(InvitationRow, invitation_id, lock=lock)
        return StoredInvitation(row, self._open(row)) if row else None

    def find(self, ids: Iterable[str]) -> Mapping[str, StoredInvitation]:
        """Find those of these ids that there are."""
        rows = self._scope.find(InvitationRow, list(ids))
        return {row.id: StoredInvitation(row, self._open(row)) for row in rows}

    def page(
        self,
        state: str,
        found: Invitations | None,
        now: datetime,
        offset: int,
        limit: int,
    ) -> Sequence[StoredInvitation]:
        """List invitations, the newest first.

        Args:
            state: Only those in this state; "" for all.
            found: Only those that a search found.
            now: The time, for what is over.
            offset: How many to leave out at the start.
            limit: How many at most.
        """
        # The ids come from an index alone; only the rows of this page are read.
        chosen = self.page_of_ids(state, found, now, offset, limit)
        stored = self.find(ids := [row[0] for row in self._scope.values(chosen)])
        return [stored[invitation_id] for invitation_id in ids]

    def page_of_ids(
        self, state: str, found: Invitations | None, now: datetime, offset: int, limit: int
    ) -> Select[Any]:
        """Make the statement that finds the ids of a page; see there."""
        chosen = self._found(found, col(InvitationRow.id))
        if state:
            chosen = chosen.where(state_of(now) == state)
        newest = (col(InvitationRow.created_at).desc(), col(InvitationRow.id).desc())
        return chosen.order_by(*newest).offset(offset).limit(limit)

    def counts(self, found: Invitations | None, now: datetime) -> Mapping[str, int]:
        """Count the invitations in each state."""
        counted = self._found(found, state_of(now).label("state"), func.count().label("found"))
        # By its name: PostgreSQL would take the same words with other parameters for another thing.
        return {row.state: row.found for row in self._scope.values(counted.group_by("state"))}

    def count_up_to(self, most: int, state: str, found: Invitations, now: datetime) -> int:
        """Count the invitations in a state, and stop at one more than `most`."""
        chosen = self._found(found, col(InvitationRow.id)).where(state_of(now) == state)
        return self._scope.count(chosen.limit(most + 1))

    def _found(self, found: Invitations | None, *columns: Any) -> Select[Any]:
        if found is None:
            return self._scope.columns(InvitationRow, *columns)
        few = not isinstance(found, Marked)
        chosen = self._scope.columns(InvitationRow, *columns, few=few)
        return chosen.where(self._marks.among(found, col(InvitationRow.id)))

    def delete_over(self, before: datetime, uninvited_before: datetime) -> int:
        """Delete those that ended before a time and that no answers belong to, and count them.

        Args:
            before: The time for those that the staff made.
            uninvited_before: The time for those of whoever came uninvited.
        """
        ended = col(InvitationRow.expires_at)
        is_over = or_(
            ended <= before,
            and_(col(InvitationRow.created_by).is_(None), ended <= uninvited_before),
        )
        over = self._scope.deletes(InvitationRow).where(is_over)
        return self._scope.run(over.where(col(InvitationRow.response_id).is_(None)))

    def delete_of_no_submission(self) -> int:
        """Delete those that answers were sent with which the clinic has no more, and count them."""
        held = self._scope.columns(SubmissionRow, col(SubmissionRow.id)).where(
            col(SubmissionRow.response_id) == col(InvitationRow.response_id)
        )
        answered = self._scope.deletes(InvitationRow).where(
            col(InvitationRow.response_id).is_not(None)
        )
        return self._scope.run(answered.where(~held.exists()))

    def delete(self, row: InvitationRow) -> None:
        """Delete an invitation with its label, and with what it was found by."""
        self._scope.remove(row)

    def add(self, row: InvitationRow, invitee: Invitee) -> None:
        """Add an invitation."""
        self._seal(row, invitee)
        self._scope.add(row)

    def seal_anew(self, limit: int) -> int:
        """Seal with the newest key up to so many rows that another one sealed; say how many."""
        rows = self._scope.sealed_by_others(InvitationRow, self._keys.newest.key_id, limit)
        for row in rows:
            self._seal(row, self._open(row))
        return len(rows)

    def key_ids(self) -> set[str]:
        """List the keys that sealed anything here."""
        return self._scope.key_ids(InvitationRow)

    def _seal(self, row: InvitationRow, invitee: Invitee) -> None:
        sealed = self._keys.seal(json.dumps(asdict(invitee)).encode(), _place(row))
        row.key_id, row.sealed = sealed.key_id, sealed.sealed

    def _open(self, row: InvitationRow) -> Invitee:
        plain = self._keys.open(Sealed(row.key_id, bytes(row.sealed)), _place(row))
        return Invitee(**json.loads(plain))


def state_of(now: datetime) -> ColumnElement[str]:
    """Work out in the database what has become of an invitation."""
    return case(
        (col(InvitationRow.erased_at).is_not(None), "erased"),
        (col(InvitationRow.answered_at).is_not(None), "sent"),
        (col(InvitationRow.revoked_at).is_not(None), "revoked"),
        (col(InvitationRow.expires_at) <= now, "expired"),
        (col(InvitationRow.opened_at).is_not(None), "opened"),
        else_="not-opened",
    )


def _place(row: InvitationRow) -> str:
    return f"invitation:{row.clinic_id}:{row.id}"
