import json
import logging
from xml.etree import ElementTree

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine, text

from fbss_app.server.encryption import EncryptionKey, KeyRing
from fbss_app.server.services.clinic.audit import DEPLOYMENT, NOBODY
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.staff.log_in import (
    Door,
    LogInAgainError,
    WrongCodeError,
    WrongLogInError,
)
from fbss_app.server.services.clinic.staff.sessions import begin_session
from fbss_app.server.services.clinic.staff.tries import TooManyTriesError
from fbss_app.server.services.keys import missing_keys, reencrypt
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import Clock
from tests.server.log_lines import captured_log
from tests.server.services.clinic.door import (
    EMAIL,
    OTHER_PASSWORD,
    PASSWORD,
    audit_of,
    code_of,
    make_door,
    make_person,
    set_up_app,
)
from tests.server.services.clinic.staff import make_clinic
from tests.server.wall_clock import WallClock

pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def door(database: Database, settings: Settings, clock: Clock) -> Door:
    return make_door(database, settings, clock)


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_person(database, make_clinic(database))


def end(database: Database, staff: Staff, clock: Clock):
    with database.unit_of_work() as unit:
        row = unit.log_ins.staff(staff.id)
        assert row
        row.ended_at = clock.time


def test_first_log_in_sets_up_the_app_and_gives_codes_for_paper(
    database: Database, door: Door, staff: Staff, clock: Clock
):
    at_the_door = door.check_password(f" {EMAIL.upper()} ", PASSWORD)
    assert (at_the_door.staff_id, at_the_door.name) == (staff.id, staff.name)
    assert not at_the_door.has_second_factor
    begun = door.begin_second_factor(at_the_door)
    assert begun.uri.startswith("otpauth://totp/After%20Back%20Surgery:")
    assert f"secret={begun.secret}" in begun.uri
    assert ElementTree.fromstring(begun.qr_svg).tag.endswith("svg")
    assert "http" not in begun.qr_svg.replace("http://www.w3.org/2000/svg", "")
    ticket, codes = door.finish_second_factor(
        at_the_door, begun.secret, code_of(begun.secret, clock)
    )
    assert len(set(codes)) == 10
    assert begin_session(database, ticket, clock.time)
    clock.advance(minutes=1)
    again = door.check_password(EMAIL, PASSWORD)
    assert again.has_second_factor
    assert begin_session(database, door.check_code(again, code_of(begun.secret, clock)), clock.time)


def test_secrets_lie_sealed_or_hashed(door: Door, staff: Staff, clock: Clock, engine: Engine):
    secret, codes = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM staff")).all()
        rows = [*rows, *connection.execute(text("SELECT * FROM recovery_code")).all()]
    stored = str([bytes(v) if isinstance(v, memoryview) else v for row in rows for v in row])
    for kept in (PASSWORD, secret, codes[0], codes[0].replace("-", "")):
        assert kept not in stored


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, OTHER_PASSWORD), ("nobody@example.org", PASSWORD), ("", ""), ("\0", "x")],
)
def test_wrong_address_and_wrong_password_are_answered_alike(
    door: Door, staff: Staff, email: str, password: str
):
    with pytest.raises(WrongLogInError) as caught:
        door.check_password(email, password)
    assert str(caught.value) == str(WrongLogInError())


def test_ended_account_is_answered_as_an_unknown_one(
    database: Database, door: Door, staff: Staff, clock: Clock
):
    end(database, staff, clock)
    with pytest.raises(WrongLogInError):
        door.check_password(EMAIL, PASSWORD)


def test_trail_tells_of_every_failure_without_its_words(
    database: Database, door: Door, staff: Staff, clock: Clock
):
    secret, _ = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    inside = door.check_password(EMAIL, PASSWORD)
    with pytest.raises(WrongCodeError):
        door.check_code(inside, "000000" if code_of(secret, clock) != "000000" else "111111")
    with pytest.raises(WrongLogInError):
        door.check_password(EMAIL, OTHER_PASSWORD)
    with pytest.raises(WrongLogInError):
        door.check_password("nobody@example.org", OTHER_PASSWORD)
    end(database, staff, clock)
    with pytest.raises(WrongLogInError):
        door.check_password(EMAIL, PASSWORD)
    own, outside = audit_of(database, staff.clinic_id), audit_of(database, DEPLOYMENT)
    assert own == [
        (staff.id, "second-factor-set-up", "", "{}"),
        (NOBODY, "log-in-failed", staff.id, '{"reason": "code"}'),
        (NOBODY, "log-in-failed", staff.id, '{"reason": "password"}'),
        (NOBODY, "log-in-failed", staff.id, '{"reason": "ended"}'),
    ]
    assert outside == [(NOBODY, "log-in-failed", "", '{"reason": "unknown"}')]


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_five_failures_in_a_quarter_of_an_hour_close_the_door(
    door: Door, staff: Staff, wall_clock: WallClock, email: str
):
    for _ in range(5):
        with pytest.raises(WrongLogInError):
            door.check_password(email, OTHER_PASSWORD)
        wall_clock.advance(60)
    # The right one too: else a guesser would learn that it is right.
    with pytest.raises(TooManyTriesError, match="Wait 10 minutes") as caught:
        door.check_password(email, PASSWORD)
    assert (caught.value.status_code, caught.value.retry_after) == (429, 600)
    wall_clock.advance(599)
    with pytest.raises(TooManyTriesError, match="Wait a minute"):
        door.check_password(email, PASSWORD)
    wall_clock.advance(2)
    if email == EMAIL:
        assert door.check_password(email, PASSWORD)


def test_success_counts_nowhere(door: Door, staff: Staff):
    for _ in range(7):
        door.check_password(EMAIL, PASSWORD, network="192.0.2.1")


def test_thirty_failures_from_one_network_close_the_door_for_it(
    door: Door, staff: Staff, wall_clock: WallClock
):
    for number in range(30):
        with pytest.raises(WrongLogInError):
            door.check_password(f"{number}@example.org", PASSWORD, network="192.0.2.1")
    with pytest.raises(TooManyTriesError):
        door.check_password(EMAIL, PASSWORD, network="192.0.2.1")
    assert door.check_password(EMAIL, PASSWORD, network="192.0.2.2")
    assert door.check_password(EMAIL, PASSWORD)


def test_five_wrong_codes_close_the_door_for_codes(
    door: Door, staff: Staff, clock: Clock, wall_clock: WallClock
):
    secret, codes = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    inside = door.check_password(EMAIL, PASSWORD)
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            door.check_code(inside, "AAAA-AAAA-AAAA-AAAA")
    clock.advance(minutes=1)
    for right in (code_of(secret, clock), codes[0]):
        with pytest.raises(TooManyTriesError):
            door.check_code(inside, right)
    wall_clock.advance(901)
    assert door.check_code(inside, codes[0])


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_code_of_the_neighbouring_step_is_taken(
    door: Door, staff: Staff, clock: Clock, steps: int, is_taken: bool
):
    secret, _ = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    clock.advance(minutes=5)
    inside = door.check_password(EMAIL, PASSWORD)
    code = code_of(secret, clock, steps)
    if is_taken:
        assert door.check_code(inside, f" {code[:3]} {code[3:]} ")
    else:
        with pytest.raises(WrongCodeError):
            door.check_code(inside, code)


def test_no_code_and_no_earlier_one_is_taken_twice(door: Door, staff: Staff, clock: Clock):
    secret, _ = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    inside = door.check_password(EMAIL, PASSWORD)
    # The one that set it up counts as taken too.
    with pytest.raises(WrongCodeError):
        door.check_code(inside, code_of(secret, clock))
    clock.advance(minutes=2)
    door.check_code(inside, code_of(secret, clock))
    for steps in (0, -1):
        with pytest.raises(WrongCodeError):
            door.check_code(inside, code_of(secret, clock, steps))
    assert door.check_code(inside, code_of(secret, clock, 1))


def test_recovery_code_stands_in_once_however_it_is_typed(
    database: Database, door: Door, staff: Staff, clock: Clock
):
    _, codes = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    inside = door.check_password(EMAIL, PASSWORD)
    assert door.check_code(inside, codes[0].lower().replace("-", " "))
    with pytest.raises(WrongCodeError):
        door.check_code(inside, codes[0])
    assert door.check_code(inside, codes[1])
    told = [each[1] for each in audit_of(database, staff.clinic_id)]
    assert told.count("recovery-code-used") == 2


def test_door_stays_open_for_ten_minutes(door: Door, staff: Staff, clock: Clock):
    secret, _ = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    inside = door.check_password(EMAIL, PASSWORD)
    clock.advance(minutes=9, seconds=59)
    assert door.check_code(inside, code_of(secret, clock))
    clock.advance(seconds=1)
    with pytest.raises(LogInAgainError):
        door.check_code(inside, code_of(secret, clock, 1))


def test_second_factor_cannot_be_left_out_or_exchanged_at_the_door(
    door: Door, staff: Staff, database: Database, settings: Settings, clock: Clock
):
    before = door.check_password(EMAIL, PASSWORD)
    with pytest.raises(LogInAgainError):
        door.check_code(before, "123456")
    with pytest.raises(LogInAgainError):
        door.enter(before)
    secret, _ = set_up_app(door, clock, before)
    lenient = make_door(database, settings, clock, second_factor="optional")
    # Not with what was shown before it was set up either.
    for shown in (before, door.check_password(EMAIL, PASSWORD)):
        with pytest.raises(LogInAgainError):
            lenient.enter(shown)
        with pytest.raises(LogInAgainError):
            door.begin_second_factor(shown)
        with pytest.raises(LogInAgainError):
            door.finish_second_factor(shown, secret, code_of(secret, clock, 1))


def test_where_it_is_optional_the_password_alone_lets_in(
    database: Database, settings: Settings, staff: Staff, clock: Clock
):
    lenient = make_door(database, settings, clock, second_factor="optional")
    ticket = lenient.enter(lenient.check_password(EMAIL, PASSWORD))
    assert begin_session(database, ticket, clock.time)


def test_who_has_left_meanwhile_does_not_come_in(
    database: Database, settings: Settings, staff: Staff, clock: Clock
):
    lenient = make_door(database, settings, clock, second_factor="optional")
    inside = lenient.check_password(EMAIL, PASSWORD)
    end(database, staff, clock)
    with pytest.raises(LogInAgainError):
        lenient.enter(inside)


def test_wrong_code_at_set_up_keeps_nothing(door: Door, staff: Staff, clock: Clock):
    inside = door.check_password(EMAIL, PASSWORD)
    begun = door.begin_second_factor(inside)
    with pytest.raises(WrongCodeError):
        door.finish_second_factor(inside, begun.secret, "12345")
    assert not door.check_password(EMAIL, PASSWORD).has_second_factor


def test_older_hash_is_renewed_at_log_in(database: Database, door: Door, staff: Staff):
    def stored() -> str:
        with database.unit_of_work() as unit:
            row = unit.log_ins.staff(staff.id)
            assert row
            return row.password_hash

    with database.unit_of_work() as unit:
        row = unit.log_ins.staff(staff.id)
        assert row
        row.password_hash = Argon2Hasher(time_cost=2, memory_cost=64).hash(PASSWORD)
    door.check_password(EMAIL, PASSWORD)
    renewed = stored()
    assert "m=64,t=1,p=1" in renewed
    door.check_password(EMAIL, PASSWORD)
    assert stored() == renewed


def test_second_factor_works_on_with_a_new_key_once_the_old_one_is_gone(
    database_url: str, settings: Settings, clock: Clock
):
    old, new = EncryptionKey("old", b"o" * 32), EncryptionKey("new", b"n" * 32)
    before, both, after = (
        Database(database_url, lambda keys=keys: KeyRing(keys))
        for keys in ([old], [new, old], [new])
    )
    try:
        make_person(before, make_clinic(before))
        door = make_door(before, settings, clock)
        secret, _ = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
        assert missing_keys(after) == {"old"}
        reencrypt(both)
        assert missing_keys(after) == set()
        door = make_door(after, settings, clock)
        inside = door.check_password(EMAIL, PASSWORD)
        # What was taken before stays taken.
        with pytest.raises(WrongCodeError):
            door.check_code(inside, code_of(secret, clock))
        assert door.check_code(inside, code_of(secret, clock, 1))
    finally:
        for each in (before, both, after):
            each.close()


def test_log_holds_no_address_password_or_code(
    door: Door, staff: Staff, clock: Clock, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    with captured_log(logging.DEBUG) as stream:
        secret, codes = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
        inside = door.check_password(EMAIL, PASSWORD)
        for _ in range(6):
            with pytest.raises((WrongLogInError, TooManyTriesError)):
                door.check_password(EMAIL, OTHER_PASSWORD, network="192.0.2.1")
        door.check_code(inside, codes[0])
        log = stream.getvalue()
    log += "\n".join(f"{each.getMessage()} {each.args}" for each in caplog.records)
    assert json.loads(log.splitlines()[0])["event"] == "log-ins-refused"
    for kept in (EMAIL, PASSWORD, OTHER_PASSWORD, secret, codes[0], staff.name, "192.0.2.1"):
        assert kept not in log
