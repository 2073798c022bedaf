"""Staff with passwords and authenticator apps, for the tests of the log-in."""

from functools import cache

from pwdlib.hashers.argon2 import Argon2Hasher
from pyotp.totp import TOTP

from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.staff.at_the_door import AtTheDoor
from fbss_app.server.services.clinic.staff.log_in import Door
from fbss_app.server.services.clinic.staff.sessions import begin_session, check_session, give_ticket
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import Clock
from tests.server.services.clinic.staff import make_staff

EMAIL = "anna.berger@example.org"
PASSWORD = "kettle orbit lantern sofa"
OTHER_PASSWORD = "walnut ferry drizzle piano"


# What is quick to work out; the tests of the staff side use it in place of the real one.
CHEAP = Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1)


@cache
def hashed(password: str = PASSWORD) -> str:
    return CHEAP.hash(password)


def make_person(
    database: Database,
    clinic_id: str,
    email: str = EMAIL,
    role: Role = Role.ADMINISTRATOR,
    password: str = PASSWORD,
) -> Staff:
    """Add a member of staff who has a password."""
    staff = make_staff(database, clinic_id, role, email)
    with database.unit_of_work() as unit:
        row = unit.clinic(clinic_id).staff.get(staff.id)
        assert row
        row.password_hash = hashed(password)
    return staff


def make_door(database: Database, settings: Settings, clock: Clock, **changes: str) -> Door:
    return Door(database, settings.model_copy(update=changes), CallCounter(), clock)


def code_of(secret: str, clock: Clock, steps: int = 0) -> str:
    """Give the code that an authenticator app shows."""
    return TOTP(secret).at(int(clock.time.timestamp()) + 30 * steps)


def set_up_app(door: Door, clock: Clock, at_the_door: AtTheDoor) -> tuple[str, list[str]]:
    """Set up a second factor, and give its secret and the recovery codes."""
    secret = door.begin_second_factor(at_the_door).secret
    _, codes = door.finish_second_factor(at_the_door, secret, code_of(secret, clock))
    return secret, list(codes)


def log_in(database: Database, staff: Staff, clock: Clock) -> str:
    """Log somebody in past the door, and give the hash of their cookie."""
    with database.unit_of_work() as unit:
        ticket = give_ticket(unit, staff.id, clock.time)
    token_sha256 = hash_secret(begin_session(database, ticket, clock.time))
    assert check_session(database, token_sha256, clock.time).id == staff.id
    return token_sha256


def audit_of(database: Database, clinic_id: str) -> list[tuple[str, str, str, str]]:
    """List actor, action, subject and details of a trail, the oldest first."""
    with database.unit_of_work() as unit:
        return [
            (row.actor, row.action, row.subject, row.details)
            for row in unit.clinic(clinic_id).audit.in_order()
        ]


def deeds_of(database: Database, clinic_id: str) -> list[tuple[str, str, str, str]]:
    """List the same without the looks, which tests take to see what was done."""
    told = audit_of(database, clinic_id)
    return [each for each in told if not each[1].endswith("-viewed")]
