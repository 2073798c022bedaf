"""Lets somebody in again whom nobody in their clinic can help: the operator does, and it is told.

An administrator who alone runs a clinic and lost password and phone has no colleague who could
renew them. Whoever runs the app can, from the machine it runs on, and never unnoticed: the trail
of the clinic tells of it, and each administrator is shown it until they looked at the trail.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from fbss_app.errors import FbssError
from fbss_app.server.logs import get_logger
from fbss_app.server.services.clinic.audit import OPERATOR, Action, record
from fbss_app.server.services.clinic.roles import Staff, may_see_audit_trail
from fbss_app.server.services.clinic.staff import second_factor
from fbss_app.server.services.clinic.staff.at_the_door import tidy_address
from fbss_app.server.services.clinic.staff.passwords import hash_password
from fbss_app.server.services.clinic.staff.set_up_links import RESET_LASTS, Purpose, add_link
from fbss_app.server.services.unit_of_work import Database

logger = get_logger(__name__)


class UnknownAddressError(FbssError):
    """Nobody logs in with this address. Only the operator is told so, never anybody at the door."""

    def __init__(self) -> None:
        super().__init__(
            "No member of staff of any clinic logs in with this e-mail address. Check how it is "
            "written."
        )


class LeftClinicError(FbssError):
    """Their access was ended, which the operator does not undo."""

    def __init__(self) -> None:
        super().__init__(
            "The access of this person was ended by an administrator of their clinic. Only an "
            "administrator there can give it back."
        )


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody who was let in again; with the secret they choose a password, once."""

    name: str
    clinic_name: str
    secret: str


@dataclass(frozen=True, slots=True)
class LettingIn:
    """That the operator let somebody in, for those who shall notice."""

    name: str
    at: datetime


def let_in(database: Database, email: str, now: datetime) -> LetIn:
    """Make a link to a new password, and end all that the person could come in with until now.

    Their password opens nothing any more: without the second factor, which goes too, it alone
    would.

    Raises:
        UnknownAddressError: Nobody logs in with this address.
        LeftClinicError: Their access was ended.
    """
    # What nobody knows, worked out before the transaction as it takes long.
    nobodys = hash_password(secrets.token_urlsafe(32))
    with database.unit_of_work() as unit:
        found = unit.log_ins.staff_by_email(tidy_address(email))
        row = unit.log_ins.staff(found.id, lock=True) if found else None
        if row is None:
            raise UnknownAddressError
        if row.ended_at is not None:
            raise LeftClinicError
        row.password_hash = nobodys
        second_factor.forget(unit, row)
        unit.log_ins.delete_ways_in(row.id)
        ended = unit.log_ins.end_sessions(row.id, now)
        _, secret = add_link(
            unit,
            Purpose.RESET,
            now,
            now + RESET_LASTS,
            clinic_id=row.clinic_id,
            staff_id=row.id,
        )
        record(unit, row.clinic_id, OPERATOR, Action.OPERATOR_LET_IN, now, row.id, sessions=ended)
        clinic = unit.clinics.get(row.clinic_id)
        assert clinic
        done = LetIn(row.name, clinic.name, secret)
        staff_id = row.id
    logger.warning("operator-let-in", staff_id=staff_id, sessions=ended)
    return done


def unnoticed_letting_in(database: Database, staff: Staff) -> LettingIn | None:
    """Give the last time that the operator let somebody in, if it is news to an administrator.

    It is until they look at the audit trail. Nobody else is told.
    """
    if not may_see_audit_trail(staff):
        return None
    with database.unit_of_work(reads_only=True) as unit:
        clinic = unit.clinic(staff.clinic_id)
        last = clinic.audit.page(before=None, limit=1, action=Action.OPERATOR_LET_IN)
        looked = clinic.audit.page(before=None, limit=1, actor=staff.id, action=Action.AUDIT_VIEWED)
        if not last or (looked and looked[0].sequence > last[0].sequence):
            return None
        row = clinic.staff.get(last[0].subject)
        return LettingIn(row.name if row else "somebody", last[0].at)
