from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.staff.sessions import (
    SignedOut,
    SignedOutError,
    UnknownTicketError,
    begin_session,
    check_session,
    end_all_sessions,
    end_session,
    give_ticket,
    open_sessions,
)
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import Clock
from tests.server.services.clinic.door import audit_of, log_in
from tests.server.services.clinic.staff import make_clinic, make_staff


@pytest.fixture
def staff(database: Database):
    return make_staff(database, make_clinic(database))


def ticket_for(database: Database, staff, clock: Clock) -> str:
    with database.unit_of_work() as unit:
        return give_ticket(unit, staff.id, clock.time)


def assert_signed_out(database: Database, token: str, clock: Clock, reason: SignedOut):
    with pytest.raises(SignedOutError) as caught:
        check_session(database, token, clock.time)
    assert caught.value.reason is reason
    assert caught.value.status_code == 401


def test_ticket_begins_one_session(database: Database, staff, clock: Clock):
    ticket = ticket_for(database, staff, clock)
    token = begin_session(database, ticket, clock.time)
    assert check_session(database, hash_secret(token), clock.time) == staff
    with pytest.raises(UnknownTicketError):
        begin_session(database, ticket, clock.time)


def test_ticket_holds_for_a_minute_to_the_second(database: Database, staff, clock: Clock):
    early, late = ticket_for(database, staff, clock), ticket_for(database, staff, clock)
    begin_session(database, early, clock.time + timedelta(seconds=59))
    with pytest.raises(UnknownTicketError):
        begin_session(database, late, clock.time + timedelta(seconds=60))


def test_every_log_in_has_a_cookie_of_its_own_of_which_only_the_hash_is_kept(
    database: Database, staff, clock: Clock, engine: Engine
):
    ticket = ticket_for(database, staff, clock)
    token = begin_session(database, ticket, clock.time)
    assert len(token) == 43
    assert hash_secret(token) != log_in(database, staff, clock)
    with engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM staff_session")).all())
        stored += str(connection.execute(text("SELECT * FROM log_in_ticket")).all())
    assert hash_secret(token) in stored
    assert token not in stored
    assert ticket not in stored


def test_fifteen_idle_minutes_end_a_session_to_the_second(database: Database, staff, clock: Clock):
    token = log_in(database, staff, clock)
    clock.advance(minutes=14, seconds=59)
    check_session(database, token, clock.time)
    clock.advance(minutes=14, seconds=59)
    check_session(database, token, clock.time)
    clock.advance(minutes=15)
    assert_signed_out(database, token, clock, SignedOut.IDLE)


def test_what_a_page_does_by_itself_keeps_nobody_logged_in(database: Database, staff, clock: Clock):
    token = log_in(database, staff, clock)
    for _ in range(14):
        clock.advance(minutes=1)
        check_session(database, token, clock.time, touch=False)
    clock.advance(minutes=1)
    assert_signed_out(database, token, clock, SignedOut.IDLE)


def test_presence_is_written_at_most_once_a_minute(database: Database, staff, clock: Clock):
    token = log_in(database, staff, clock)
    began = clock.time
    clock.advance(seconds=59)
    check_session(database, token, clock.time)
    assert open_sessions(database, staff, clock.time)[0].last_seen_at == began
    clock.advance(seconds=1)
    check_session(database, token, clock.time)
    assert open_sessions(database, staff, clock.time)[0].last_seen_at == clock.time


def test_eight_hours_end_a_session_however_busy(database: Database, staff, clock: Clock):
    token = log_in(database, staff, clock)
    for _ in range(47):
        clock.advance(minutes=10)
        check_session(database, token, clock.time)
    clock.advance(minutes=9, seconds=59)
    check_session(database, token, clock.time)
    clock.advance(seconds=1)
    assert_signed_out(database, token, clock, SignedOut.OVER)


def test_log_out_ends_the_session_for_whoever_kept_the_cookie(
    database: Database, staff, clock: Clock
):
    token, other = log_in(database, staff, clock), log_in(database, staff, clock)
    end_session(database, token, clock.time)
    end_session(database, token, clock.time)
    end_session(database, hash_secret("nothing"), clock.time)
    assert_signed_out(database, token, clock, SignedOut.ENDED)
    assert check_session(database, other, clock.time) == staff
    assert_signed_out(database, hash_secret("nothing"), clock, SignedOut.UNKNOWN)


def test_log_out_everywhere_leaves_others_alone(database: Database, staff, clock: Clock):
    colleague = make_staff(database, staff.clinic_id)
    tokens = [log_in(database, staff, clock) for _ in range(2)]
    theirs = log_in(database, colleague, clock)
    assert len(open_sessions(database, staff, clock.time)) == 2
    assert end_all_sessions(database, staff, clock.time) == 2
    for token in tokens:
        assert_signed_out(database, token, clock, SignedOut.ENDED)
    assert check_session(database, theirs, clock.time) == colleague
    assert open_sessions(database, staff, clock.time) == []


def test_who_has_left_is_logged_out_and_comes_in_no_more(database: Database, staff, clock: Clock):
    token, ticket = log_in(database, staff, clock), ticket_for(database, staff, clock)
    with database.unit_of_work() as unit:
        row = unit.log_ins.staff(staff.id)
        assert row
        row.ended_at = clock.time
    assert_signed_out(database, token, clock, SignedOut.ENDED)
    with pytest.raises(UnknownTicketError):
        begin_session(database, ticket, clock.time)


def test_coming_and_going_is_told_in_the_trail_and_looking_is_not(
    database: Database, staff, clock: Clock
):
    token = log_in(database, staff, clock)
    for _ in range(3):
        check_session(database, token, clock.time)
    end_session(database, token, clock.time)
    end_all_sessions(database, staff, clock.time)
    assert audit_of(database, staff.clinic_id) == [
        (staff.id, "logged-in", "", "{}"),
        (staff.id, "logged-out", "", "{}"),
        (staff.id, "logged-out-everywhere", "", '{"sessions": 0}'),
    ]
