"""Finds the member of staff that an administrator does something to, and what must not be done."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime

from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import Role, Staff, may_manage_staff
from fbss_app.server.services.clinic.staff.sessions import SignedOut, SignedOutError, staff_of
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import StaffRow


class LastAdministratorError(RefusedError):
    """Without them nobody could let staff in or change the settings."""

    def __init__(self) -> None:
        super().__init__(
            "last-administrator",
            "A clinic needs an administrator. Make somebody else one first.",
            status_code=409,
        )


class OwnAccountError(RefusedError):
    """This is for a colleague only: a session left open must not be enough for it."""

    def __init__(self) -> None:
        super().__init__(
            "own-account",
            "Another administrator has to do this for you.",
            status_code=409,
        )


class LeftStaffError(RefusedError):
    """Their log-in has ended."""

    def __init__(self) -> None:
        super().__init__(
            "left-staff",
            "This log-in has ended. Let the person in again first.",
            status_code=409,
        )


@contextmanager
def staff_locked(
    database: Database,
    staff: Staff,
    now: datetime,
    subject: str = "",
    may: Callable[[Staff], bool] = may_manage_staff,
) -> Generator[tuple[UnitOfWork, Sequence[StaffRow]]]:
    """Open a transaction in which nobody else changes any of the clinic's staff, and list them.

    Whoever asks is looked at once more, within it: since their session was checked, somebody can
    have ended their access, and a way in that they made after that would never end.

    Raises:
        SignedOutError: Their access has ended.
        StaffNotAllowedError: They may no longer; the audit trail is told.
    """
    with database.unit_of_work() as unit:
        rows = unit.clinic(staff.clinic_id).staff.lock_all()
        own = next((row for row in rows if row.id == staff.id), None)
        if own is None or own.ended_at is not None:
            raise SignedOutError(SignedOut.ENDED)
        asking = staff_of(own)
        if may(asking):
            yield unit, rows
            return
    # Only now: the trail is told in a transaction of its own.
    require(database, asking, may, now, subject)


@contextmanager
def colleague(
    database: Database,
    staff: Staff,
    staff_id: str,
    now: datetime,
    may: Callable[[Staff], bool] = may_manage_staff,
) -> Generator[tuple[UnitOfWork, StaffRow]]:
    """Find one of the clinic's staff within `staff_locked`, and raise as it does.

    Raises:
        NotFoundError: The clinic has nobody of this id; the audit trail is told.
    """
    with staff_locked(database, staff, now, staff_id, may) as (unit, rows):
        if row := next((each for each in rows if each.id == staff_id), None):
            yield unit, row
            return
    # Only now: the trail is told in a transaction of its own.
    raise not_found(database, staff, "staff", staff_id, now)


def require_another_administrator(unit: UnitOfWork, row: StaffRow) -> None:
    """Raise `LastAdministratorError` unless the clinic has an administrator without them."""
    others = [
        each
        for each in unit.clinic(row.clinic_id).staff.all()
        if each.role == Role.ADMINISTRATOR and each.ended_at is None and each.id != row.id
    ]
    if row.role == Role.ADMINISTRATOR and row.ended_at is None and not others:
        raise LastAdministratorError


def require_colleague(staff: Staff, row: StaffRow) -> None:
    """Raise `OwnAccountError` where somebody means themselves, `LeftStaffError` who has left."""
    if row.id == staff.id:
        raise OwnAccountError
    if row.ended_at is not None:
        raise LeftStaffError
