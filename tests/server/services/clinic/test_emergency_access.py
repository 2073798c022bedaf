"""The operator lets in again whom nobody else can help, and the clinic notices."""

from datetime import timedelta

import pytest

from fbss_app.server.services.clinic.audit_view import AuditQuery, read_audit_trail
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.staff.at_the_door import WrongLogInError
from fbss_app.server.services.clinic.staff.emergency_access import (
    LeftClinicError,
    UnknownAddressError,
    let_in,
    unnoticed_letting_in,
)
from fbss_app.server.services.clinic.staff.sessions import (
    SignedOutError,
    begin_session,
    check_session,
)
from fbss_app.server.services.clinic.staff.set_up import reset_password
from fbss_app.server.services.clinic.staff.set_up_links import UnknownSetUpLinkError
from fbss_app.server.services.clinic.staff.staff import end_staff, make_password_link
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import START, Clock
from tests.server.log_lines import captured_log
from tests.server.services.clinic.door import (
    EMAIL,
    OTHER_PASSWORD,
    PASSWORD,
    audit_of,
    log_in,
    make_door,
    make_person,
    set_up_app,
)
from tests.server.services.clinic.staff import make_clinic, make_staff

pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def alone(database: Database) -> Staff:
    """The one administrator of a clinic."""
    return make_person(database, make_clinic(database))


def test_whoever_lost_password_and_phone_comes_in_with_new_ones(
    database: Database, settings: Settings, clock: Clock, alone: Staff
):
    door = make_door(database, settings, clock)
    set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    done = let_in(database, f" {EMAIL.upper()} ", clock.time)
    assert (done.name, done.clinic_name) == (alone.name, "North Clinic")
    inside = reset_password(database, done.secret, OTHER_PASSWORD, clock.time)
    assert (inside.staff_id, inside.has_second_factor) == (alone.id, False)
    secret = door.begin_second_factor(inside).secret
    assert secret
    clock.advance(minutes=1)
    _, codes = set_up_app(door, clock, inside)
    assert len(codes) == 10


def test_nothing_from_before_opens_anything_while_the_link_waits(
    database: Database, settings: Settings, clock: Clock, alone: Staff
):
    session = log_in(database, alone, clock)
    other = make_staff(database, alone.clinic_id)
    earlier = make_password_link(database, other, alone.id, clock.time)
    door = make_door(database, settings, clock, second_factor="optional")
    ticket = door.enter(door.check_password(EMAIL, PASSWORD))
    let_in(database, EMAIL, clock.time)
    with pytest.raises(SignedOutError):
        check_session(database, session, clock.time)
    with pytest.raises(UnknownSetUpLinkError):
        reset_password(database, earlier, OTHER_PASSWORD, clock.time)
    with pytest.raises(WrongLogInError):
        door.check_password(EMAIL, PASSWORD)
    with pytest.raises(Exception, match="took too long"):
        begin_session(database, ticket, clock.time)


def test_link_works_once_and_for_a_day_and_a_later_one_ends_it(
    database: Database, clock: Clock, alone: Staff
):
    first, second = (let_in(database, EMAIL, clock.time).secret for _ in range(2))
    with pytest.raises(UnknownSetUpLinkError):
        reset_password(database, first, OTHER_PASSWORD, clock.time)
    with pytest.raises(UnknownSetUpLinkError):
        reset_password(database, second, OTHER_PASSWORD, clock.time + timedelta(hours=24))
    assert reset_password(database, second, OTHER_PASSWORD, clock.time)
    with pytest.raises(UnknownSetUpLinkError):
        reset_password(database, second, PASSWORD, clock.time)


def test_trail_and_log_tell_of_it_without_the_address(
    database: Database, clock: Clock, alone: Staff
):
    log_in(database, alone, clock)
    with captured_log() as log:
        done = let_in(database, EMAIL, clock.time)
    entry = ("operator", "operator-let-in", alone.id, '{"sessions": 1}')
    assert audit_of(database, alone.clinic_id)[-1] == entry
    assert '"event": "operator-let-in"' in log.getvalue()
    assert alone.id in log.getvalue()
    assert not any(each in log.getvalue() for each in (EMAIL, alone.name, done.secret))


def test_unknown_and_ended_log_ins_are_told_and_nothing_changes(database: Database, alone: Staff):
    other = make_staff(database, alone.clinic_id)
    before = audit_of(database, alone.clinic_id)
    with pytest.raises(UnknownAddressError, match="Check how it is written"):
        let_in(database, "nobody@example.org", START)
    assert audit_of(database, alone.clinic_id) == before
    end_staff(database, other, alone.id, START)
    with pytest.raises(LeftClinicError, match="ended by an administrator"):
        let_in(database, EMAIL, START)
    assert audit_of(database, alone.clinic_id)[-1][1] == "staff-ended"


def test_each_administrator_of_the_clinic_is_told_until_they_look(database: Database, alone: Staff):
    other = make_staff(database, alone.clinic_id)
    clinician = make_staff(database, alone.clinic_id, Role.CLINICIAN)
    elsewhere = make_staff(database, make_clinic(database, "south"))
    assert unnoticed_letting_in(database, other) is None
    let_in(database, EMAIL, START)
    for administrator in (alone, other):
        found = unnoticed_letting_in(database, administrator)
        assert found is not None
        assert (found.name, found.at) == (alone.name, START)
    assert unnoticed_letting_in(database, clinician) is None
    assert unnoticed_letting_in(database, elsewhere) is None
    read_audit_trail(database, other, AuditQuery(), START)
    assert unnoticed_letting_in(database, other) is None
    assert unnoticed_letting_in(database, alone) is not None
    let_in(database, EMAIL, START + timedelta(days=1))
    assert unnoticed_letting_in(database, other) is not None
