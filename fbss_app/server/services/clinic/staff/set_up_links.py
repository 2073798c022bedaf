"""Links that work once, as they are stored: the hash of a secret, what for, and until when."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import ClinicRow, SetUpLinkRow, StaffRow

FOUNDING_LASTS = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)
_SECRET_BYTES = 32


class Purpose(StrEnum):
    """What a link is for."""

    FOUND = "found"
    JOIN = "join"
    RESET = "reset"


class UnknownSetUpLinkError(RefusedError):
    """No link like this: never made, used, too old, or for something else."""

    def __init__(self) -> None:
        super().__init__(
            "unknown-set-up-link",
            "This link does not work, or no longer. Each works once and for a limited time. Ask "
            "whoever gave it to you for a new one.",
            status_code=404,
        )


def add_link(
    unit: UnitOfWork,
    purpose: Purpose,
    now: datetime,
    expires_at: datetime,
    *,
    clinic_id: str | None = None,
    staff_id: str | None = None,
    created_by: str | None = None,
    email: str = "",
    name: str = "",
    role: str = "",
) -> tuple[str, str]:
    """Store a link, and give its id and its secret."""
    secret, link_id = secrets.token_urlsafe(_SECRET_BYTES), str(uuid4())
    unit.log_ins.add(
        SetUpLinkRow(
            token_sha256=hash_secret(secret),
            id=link_id,
            purpose=purpose.value,
            clinic_id=clinic_id,
            staff_id=staff_id,
            created_by=created_by,
            email=email,
            name=name,
            role=role,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return link_id, secret


def renew_link(row: SetUpLinkRow, expires_at: datetime) -> str:
    """Give a link another secret, and time until then; the secret that it had opens nothing."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row.token_sha256, row.expires_at = hash_secret(secret), expires_at
    return secret


def open_link(
    unit: UnitOfWork, secret: str, now: datetime, *, lock: bool = False
) -> tuple[SetUpLinkRow, ClinicRow | None, StaffRow | None]:
    """Find a link that still works, with the clinic and the member of staff it is about.

    Raises:
        UnknownSetUpLinkError: There is none.
    """
    row = unit.log_ins.set_up_link(hash_secret(secret), lock=lock)
    if row is None or row.used_at is not None or row.expires_at <= now:
        raise UnknownSetUpLinkError
    clinic = unit.clinics.get(row.clinic_id) if row.clinic_id else None
    staff = unit.log_ins.staff(row.staff_id) if row.staff_id else None
    if staff is not None and staff.ended_at is not None:
        raise UnknownSetUpLinkError
    return row, clinic, staff


def take_link(unit: UnitOfWork, secret: str, purpose: Purpose, now: datetime) -> SetUpLinkRow:
    """Use a link up in the caller's transaction, or raise `UnknownSetUpLinkError`."""
    row, _, _ = open_link(unit, secret, now, lock=True)
    if row.purpose != purpose:
        raise UnknownSetUpLinkError
    row.used_at = now
    return row
