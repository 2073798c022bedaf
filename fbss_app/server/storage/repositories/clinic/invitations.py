"""Every query on the invitations of one clinic. Labels go in and come out open; they lie sealed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

from sqlmodel import col

from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.storage.clinic_tables import InvitationRow
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

    def get(self, invitation_id: str) -> StoredInvitation | None:
        """Find an invitation."""
        row = self._scope.get(InvitationRow, invitation_id)
        return StoredInvitation(row, self._open(row)) if row else None

    def find(self, ids: Iterable[str]) -> Mapping[str, StoredInvitation]:
        """Find those of these ids that there are."""
        rows = self._scope.find(InvitationRow, list(ids))
        return {row.id: StoredInvitation(row, self._open(row)) for row in rows}

    def add(self, row: InvitationRow, invitee: Invitee) -> None:
        """Add an invitation."""
        self._seal(row, invitee)
        self._scope.add(row)

    def _seal(self, row: InvitationRow, invitee: Invitee) -> None:
        sealed = self._keys.seal(json.dumps(asdict(invitee)).encode(), _place(row))
        row.key_id, row.sealed = sealed.key_id, sealed.sealed

    def _open(self, row: InvitationRow) -> Invitee:
        plain = self._keys.open(Sealed(row.key_id, bytes(row.sealed)), _place(row))
        return Invitee(**json.loads(plain))


def _place(row: InvitationRow) -> str:
    return f"invitation:{row.clinic_id}:{row.id}"
