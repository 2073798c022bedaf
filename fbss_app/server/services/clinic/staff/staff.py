"""A clinic's staff: who lets whom in, with which role, and who ends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.fields import (
    FieldsError,
    address_in_use,
    address_problems,
    name_problems,
    require_none,
    role_problems,
)
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Role, Staff, may_manage_staff
from fbss_app.server.services.clinic.staff import second_factor
from fbss_app.server.services.clinic.staff.at_the_door import tidy_address
from fbss_app.server.services.clinic.staff.colleagues import (
    colleague,
    require_another_administrator,
    require_colleague,
    staff_locked,
)
from fbss_app.server.services.clinic.staff.own_account import (
    change_own_password,
    renew_recovery_codes,
)
from fbss_app.server.services.clinic.staff.set_up_links import (
    INVITATION_LASTS,
    RESET_LASTS,
    Purpose,
    add_link,
)
from fbss_app.server.services.clinic.told_views import tell_view
from fbss_app.server.services.unit_of_work import Database

__all__ = [
    "StaffMember",
    "change_own_password",
    "change_role",
    "end_staff",
    "invite_staff",
    "list_staff",
    "make_password_link",
    "remove_second_factor",
    "renew_recovery_codes",
    "restore_staff",
]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of a clinic's staff as their administrators see them."""

    id: str
    name: str
    email: str
    role: Role
    has_second_factor: bool
    last_log_in_at: datetime | None
    ended_at: datetime | None


def list_staff(database: Database, staff: Staff, now: datetime) -> Sequence[StaffMember]:
    """List everyone, those who left too, by name, and tell the trail."""
    require(database, staff, may_manage_staff, now)
    with database.unit_of_work() as unit:
        tell_view(unit, staff, Action.STAFF_VIEWED, now)
        return [
            StaffMember(
                row.id,
                row.name,
                row.email,
                Role(row.role),
                second_factor.has_second_factor(row),
                row.last_log_in_at,
                row.ended_at,
            )
            for row in unit.clinic(staff.clinic_id).staff.all()
        ]


def invite_staff(
    database: Database, staff: Staff, email: str, name: str, role: str, now: datetime
) -> str:
    """Make a link with which somebody joins the clinic, and give its secret.

    It takes the place of any other for the same address that nobody has used.

    Raises:
        FieldsError: Something that was typed cannot be taken.
    """
    require(database, staff, may_manage_staff, now)
    require_none(
        [
            *address_problems("email", email),
            *name_problems("name", name),
            *role_problems("role", role),
        ]
    )
    address = tidy_address(email)
    with staff_locked(database, staff, now) as (unit, rows):
        # Whether another clinic knows the address is not this one's to know.
        clinic = unit.clinic(staff.clinic_id)
        if any(row.email == address for row in rows):
            raise FieldsError([address_in_use()])
        for old in clinic.set_up_links.waiting(now, email=address):
            clinic.set_up_links.remove(old)
            told = {"role": old.role}
            record(unit, staff.clinic_id, staff.id, Action.STAFF_LINK_ENDED, now, old.id, **told)
        link_id, secret = add_link(
            unit,
            Purpose.JOIN,
            now,
            now + INVITATION_LASTS,
            clinic_id=staff.clinic_id,
            created_by=staff.id,
            email=address,
            name=name.strip(),
            role=role,
        )
        record(unit, staff.clinic_id, staff.id, Action.STAFF_INVITED, now, link_id, role=role)
    return secret


def change_role(database: Database, staff: Staff, staff_id: str, role: str, now: datetime) -> None:
    """Give somebody another role; it counts from their next step on.

    Who is no administrator any more could come back as one by a link that they made before, so
    these end.
    """
    require(database, staff, may_manage_staff, now, staff_id)
    require_none(role_problems("role", role))
    with colleague(database, staff, staff_id, now) as (unit, row):
        if role != Role.ADMINISTRATOR:
            require_another_administrator(unit, row)
        told: dict[str, str | int] = {"before": row.role, "after": role}
        if row.role == Role.ADMINISTRATOR != role:
            told["links"] = unit.clinic(staff.clinic_id).set_up_links.remove_made_by(row.id)
        row.role = role
        record(unit, staff.clinic_id, staff.id, Action.STAFF_ROLE_CHANGED, now, row.id, **told)  # pyright: ignore[reportArgumentType]


def end_staff(database: Database, staff: Staff, staff_id: str, now: datetime) -> None:
    """End somebody's log-in, every session, and the links that they made for colleagues."""
    require(database, staff, may_manage_staff, now, staff_id)
    with colleague(database, staff, staff_id, now) as (unit, row):
        if row.ended_at is not None:
            return
        require_another_administrator(unit, row)
        row.ended_at = now
        unit.log_ins.delete_ways_in(row.id)
        ended = unit.log_ins.end_sessions(row.id, now)
        # With one for a colleague they could come back themselves.
        links = unit.clinic(staff.clinic_id).set_up_links.remove_made_by(row.id)
        told = {"sessions": ended, "links": links}
        record(unit, staff.clinic_id, staff.id, Action.STAFF_ENDED, now, row.id, **told)


def restore_staff(database: Database, staff: Staff, staff_id: str, now: datetime) -> None:
    """Let somebody in again who had left, with the role and the password they had."""
    require(database, staff, may_manage_staff, now, staff_id)
    with colleague(database, staff, staff_id, now) as (unit, row):
        if row.ended_at is None:
            return
        row.ended_at = None
        record(unit, staff.clinic_id, staff.id, Action.STAFF_RESTORED, now, row.id, role=row.role)


def make_password_link(database: Database, staff: Staff, staff_id: str, now: datetime) -> str:
    """Make a link with which a colleague chooses a new password, and give its secret."""
    require(database, staff, may_manage_staff, now, staff_id)
    with colleague(database, staff, staff_id, now) as (unit, row):
        require_colleague(staff, row)
        record(unit, staff.clinic_id, staff.id, Action.PASSWORD_LINK_MADE, now, row.id)
        _, secret = add_link(
            unit,
            Purpose.RESET,
            now,
            now + RESET_LASTS,
            clinic_id=staff.clinic_id,
            staff_id=row.id,
            created_by=staff.id,
        )
        return secret


def remove_second_factor(database: Database, staff: Staff, staff_id: str, now: datetime) -> None:
    """Take away the second factor of a colleague who lost it; they set up another at log-in."""
    require(database, staff, may_manage_staff, now, staff_id)
    with colleague(database, staff, staff_id, now) as (unit, row):
        require_colleague(staff, row)
        second_factor.forget(unit, row)
        ended = unit.log_ins.end_sessions(row.id, now)
        record(
            unit,
            staff.clinic_id,
            staff.id,
            Action.SECOND_FACTOR_REMOVED,
            now,
            row.id,
            sessions=ended,
        )
