"""Links that work once: to found a clinic, to join one, to choose a new password.

A mistake in the form uses nothing up: a link is taken in the transaction that does what it is
for.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.fields import (
    FieldsError,
    address_in_use,
    address_problems,
    country_problems,
    name_problems,
    require_none,
)
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.clinic.staff.at_the_door import AtTheDoor, tidy_address
from fbss_app.server.services.clinic.staff.passwords import (
    hash_password,
    known_about,
    password_problems,
)
from fbss_app.server.services.clinic.staff.second_factor import has_second_factor
from fbss_app.server.services.clinic.staff.set_up_links import (
    FOUNDING_LASTS,
    Purpose,
    UnknownSetUpLinkError,
    add_link,
    open_link,
    take_link,
)
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import ClinicRow, StaffRow

_LONGEST_SLUG = 50


@dataclass(frozen=True, slots=True)
class SetUpLink:
    """What a link is for; what does not matter for its purpose is empty."""

    purpose: Purpose
    clinic_name: str = ""
    email: str = ""
    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Founding:
    """A clinic and its first administrator, as they were typed in."""

    clinic_name: str
    country: str
    email: str
    name: str
    password: str


def make_founding_link(database: Database, now: datetime) -> str:
    """Make a link with which somebody can found a clinic, and give its secret."""
    with database.unit_of_work() as unit:
        _, secret = add_link(unit, Purpose.FOUND, now, now + FOUNDING_LASTS)
        return secret


def make_first_link(database: Database, now: datetime) -> str | None:
    """Make a link to found a clinic where there is none yet, and give its secret."""
    with database.unit_of_work() as unit:
        if unit.clinics.all():
            return None
        _, secret = add_link(unit, Purpose.FOUND, now, now + FOUNDING_LASTS)
        return secret


def read_set_up_link(database: Database, secret: str, now: datetime) -> SetUpLink:
    """Say what a link is for. Reading it uses nothing up.

    Raises:
        UnknownSetUpLinkError: It works no longer, or never did.
    """
    with database.unit_of_work() as unit:
        row, clinic, staff = open_link(unit, secret, now)
        return SetUpLink(
            Purpose(row.purpose),
            clinic.name if clinic else "",
            staff.email if staff else row.email,
            staff.name if staff else row.name,
            staff.role if staff else row.role,
        )


def found_clinic(database: Database, secret: str, founding: Founding, now: datetime) -> AtTheDoor:
    """Found a clinic with its first administrator.

    Raises:
        UnknownSetUpLinkError: The link works no longer.
        FieldsError: Something that was typed cannot be taken; the link still works.
    """
    email = tidy_address(founding.email)
    _require_purpose(read_set_up_link(database, secret, now), Purpose.FOUND)
    require_none(
        [
            *name_problems("clinic_name", founding.clinic_name, "the name of the clinic"),
            *country_problems("country", founding.country),
            *address_problems("email", founding.email),
            *name_problems("name", founding.name, "your name"),
            *password_problems(
                founding.password, known_about(founding.name, email, founding.clinic_name)
            ),
        ]
    )
    password_hash = hash_password(founding.password)
    with database.unit_of_work() as unit:
        take_link(unit, secret, Purpose.FOUND, now)
        clinic_name = founding.clinic_name.strip()
        clinic = ClinicRow(
            id=str(uuid4()),
            slug=_free_slug(unit, clinic_name),
            name=clinic_name,
            country=founding.country,
            created_at=now,
        )
        # Another clinic of this name can have come between the look and this.
        while not unit.clinics.add(clinic):
            clinic.slug = _free_slug(unit, clinic_name)
        row = _add_staff(
            unit, clinic.id, email, founding.name, Role.ADMINISTRATOR, password_hash, now
        )
        record(unit, clinic.id, row.id, Action.CLINIC_FOUNDED, now, clinic.id)
        return AtTheDoor(row.id, row.name, False, now)


def join_clinic(
    database: Database, secret: str, name: str, password: str, now: datetime
) -> AtTheDoor:
    """Begin to belong to the staff of the clinic that sent the link; raises as `found_clinic`."""
    link = read_set_up_link(database, secret, now)
    _require_purpose(link, Purpose.JOIN)
    require_none(
        [
            *name_problems("name", name, "your name"),
            *password_problems(password, known_about(name, link.email, link.clinic_name)),
        ]
    )
    password_hash = hash_password(password)
    with database.unit_of_work() as unit:
        taken = take_link(unit, secret, Purpose.JOIN, now)
        assert taken.clinic_id
        row = _add_staff(
            unit, taken.clinic_id, taken.email, name, Role(taken.role), password_hash, now
        )
        # By the id of the link the trail leads to whoever made it.
        told = {"role": row.role, "link": taken.id}
        record(unit, row.clinic_id, row.id, Action.STAFF_JOINED, now, row.id, **told)
        return AtTheDoor(row.id, row.name, False, now)


def reset_password(database: Database, secret: str, password: str, now: datetime) -> AtTheDoor:
    """Choose a new password, which logs out everywhere; raises as `found_clinic`."""
    link = read_set_up_link(database, secret, now)
    _require_purpose(link, Purpose.RESET)
    require_none(password_problems(password, known_about(link.name, link.email, link.clinic_name)))
    password_hash = hash_password(password)
    with database.unit_of_work() as unit:
        taken = take_link(unit, secret, Purpose.RESET, now)
        row = unit.log_ins.staff(taken.staff_id or "", lock=True)
        if row is None or row.ended_at is not None:
            raise UnknownSetUpLinkError
        row.password_hash = password_hash
        # Any other link to a new password too.
        unit.log_ins.delete_ways_in(row.id)
        ended = unit.log_ins.end_sessions(row.id, now)
        record(unit, row.clinic_id, row.id, Action.PASSWORD_CHANGED, now, row.id, sessions=ended)
        return AtTheDoor(row.id, row.name, has_second_factor(row), now)


def _require_purpose(link: SetUpLink, purpose: Purpose) -> None:
    if link.purpose is not purpose:
        raise UnknownSetUpLinkError


def _add_staff(
    unit: UnitOfWork,
    clinic_id: str,
    email: str,
    name: str,
    role: Role,
    password_hash: str,
    now: datetime,
) -> StaffRow:
    if unit.log_ins.staff_by_email(email) is not None:
        raise FieldsError([address_in_use()])
    row = StaffRow(
        id=str(uuid4()),
        clinic_id=clinic_id,
        email=email,
        name=name.strip(),
        role=role.value,
        password_hash=password_hash,
        created_at=now,
    )
    # Somebody with this address can have come in between the look and this, by another link.
    if not unit.clinic(clinic_id).staff.add(row):
        raise FieldsError([address_in_use()])
    return row


def _free_slug(unit: UnitOfWork, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-") or "clinic"
    slug, number = bare, 1
    while unit.clinics.find(slug) is not None:
        number += 1
        slug = f"{bare}-{number}"
    return slug
