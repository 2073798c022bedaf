from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services.clinic.fields import FieldsError
from fbss_app.server.services.clinic.permission import NotFoundError, StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.staff.colleague_links import (
    end_colleague_link,
    list_colleague_links,
    renew_colleague_link,
)
from fbss_app.server.services.clinic.staff.colleagues import (
    LastAdministratorError,
    LeftStaffError,
    OwnAccountError,
)
from fbss_app.server.services.clinic.staff.log_in import WrongCodeError, WrongLogInError
from fbss_app.server.services.clinic.staff.own_account import (
    NoSecondFactorError,
    WrongPasswordError,
)
from fbss_app.server.services.clinic.staff.sessions import SignedOutError, check_session
from fbss_app.server.services.clinic.staff.staff import (
    change_own_password,
    change_role,
    end_staff,
    invite_staff,
    list_staff,
    make_password_link,
    remove_second_factor,
    renew_recovery_codes,
    restore_staff,
)
from fbss_app.server.services.clinic.staff.tries import TooManyTriesError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import START, Clock
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

Act = Callable[[Database, Staff, str], object]
TO_A_COLLEAGUE: dict[str, Act] = {
    "change-role": lambda database, staff, who: change_role(
        database, staff, who, "clinician", START
    ),
    "end": lambda database, staff, who: end_staff(database, staff, who, START),
    "restore": lambda database, staff, who: restore_staff(database, staff, who, START),
    "password-link": lambda database, staff, who: make_password_link(database, staff, who, START),
    "second-factor": lambda database, staff, who: remove_second_factor(database, staff, who, START),
}
OF_ADMINISTRATORS: dict[str, Act] = {
    **TO_A_COLLEAGUE,
    "list": lambda database, staff, _: list_staff(database, staff, START),
    "invite": lambda database, staff, _: invite_staff(
        database, staff, "new@example.org", "New", "clinician", START
    ),
    "list-links": lambda database, staff, _: list_colleague_links(database, staff, START),
    "end-link": lambda database, staff, _: end_colleague_link(database, staff, "x", START),
    "renew-link": lambda database, staff, _: renew_colleague_link(database, staff, "x", START),
}

CHANGES_STAFF = {name: act for name, act in OF_ADMINISTRATORS.items() if "list" not in name}


@pytest.fixture
def administrator(database: Database) -> Staff:
    return make_person(database, make_clinic(database), "head@example.org")


@pytest.fixture
def clinician(database: Database, administrator: Staff) -> Staff:
    return make_person(database, administrator.clinic_id, EMAIL, Role.CLINICIAN)


def role_of(database: Database, staff: Staff) -> str:
    with database.unit_of_work() as unit:
        row = unit.log_ins.staff(staff.id)
        assert row
        return row.role


@pytest.mark.parametrize("act", OF_ADMINISTRATORS)
@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_manage_staff(
    database: Database, administrator: Staff, clinician: Staff, act: str, role: Role
):
    staff = make_staff(database, administrator.clinic_id, role)
    with pytest.raises(StaffNotAllowedError):
        OF_ADMINISTRATORS[act](database, staff, clinician.id)
    (entry,) = audit_of(database, administrator.clinic_id)
    assert entry[:2] == (staff.id, "refused")
    assert role_of(database, clinician) == "clinician"


@pytest.mark.parametrize("act", TO_A_COLLEAGUE)
def test_staff_of_another_clinic_are_not_there(
    database: Database, administrator: Staff, clinician: Staff, act: str
):
    stranger = make_person(database, make_clinic(database, "south"), "south@example.org")
    for unknown in (clinician.id, "x", "0" * 36):
        with pytest.raises(NotFoundError):
            TO_A_COLLEAGUE[act](database, stranger, unknown)
    told = audit_of(database, stranger.clinic_id)
    assert [each[:3] for each in told] == [
        (stranger.id, "refused", clinician.id),
        (stranger.id, "refused", ""),
        (stranger.id, "refused", "0" * 36),
    ]
    assert audit_of(database, administrator.clinic_id) == []


@pytest.mark.parametrize("act", CHANGES_STAFF)
def test_whoever_lost_their_access_since_they_were_checked_changes_nothing(
    database: Database, engine: Engine, administrator: Staff, clinician: Staff, act: str
):
    """Their call can have waited behind the one that ended it, past what removes their links."""
    other = make_person(database, administrator.clinic_id, "other@example.org")
    invite_staff(database, administrator, "waits@example.org", "W", "administrator", START)
    (link,) = list_colleague_links(database, administrator, START)
    who = link.id if act in ("end-link", "renew-link") else clinician.id
    before = stored(engine)
    change_role(database, administrator, other.id, "clinician", START)
    with pytest.raises(StaffNotAllowedError):
        CHANGES_STAFF[act](database, other, who)
    assert audit_of(database, administrator.clinic_id)[-1][:2] == (other.id, "refused")
    end_staff(database, administrator, other.id, START)
    with pytest.raises(SignedOutError):
        CHANGES_STAFF[act](database, other, who)
    assert stored(engine) == before


def stored(engine: Engine) -> list[object]:
    """What lets anybody in, but for the administrator who loses their access."""
    links = "SELECT id, token_sha256, expires_at FROM set_up_link ORDER BY id"
    people = (
        "SELECT id, role, ended_at FROM staff WHERE email <> 'other@example.org' ORDER BY email"
    )
    with engine.connect() as connection:
        return [tuple(row) for sql in (links, people) for row in connection.execute(text(sql))]


def test_own_log_in_that_has_ended_is_not_changed(
    database: Database, administrator: Staff, clinician: Staff
):
    end_staff(database, administrator, clinician.id, START)
    with pytest.raises(SignedOutError):
        renew_recovery_codes(database, clinician, START)
    with pytest.raises(SignedOutError):
        change_own_password(database, clinician, PASSWORD, OTHER_PASSWORD, START)


def test_list_has_the_own_clinic_only(database: Database, administrator: Staff, clinician: Staff):
    make_person(database, make_clinic(database, "south"), "south@example.org")
    found = list_staff(database, administrator, START)
    assert {each.email for each in found} == {"head@example.org", EMAIL}
    assert {each.role for each in found} == {Role.ADMINISTRATOR, Role.CLINICIAN}


@pytest.mark.parametrize(
    ("email", "name", "role", "where", "code"),
    [
        ("x", "New", "clinician", "email", "not-an-address"),
        (EMAIL.upper(), "New", "clinician", "email", "address-in-use"),
        ("new@example.org", " ", "clinician", "name", "missing"),
        ("new@example.org", "New", "owner", "role", "unknown-role"),
    ],
)
def test_mistake_in_an_invitation_is_told_at_its_field(
    database: Database,
    administrator: Staff,
    clinician: Staff,
    email: str,
    name: str,
    role: str,
    where: str,
    code: str,
):
    with pytest.raises(FieldsError) as caught:
        invite_staff(database, administrator, email, name, role, START)
    assert [(each.where, each.code) for each in caught.value.problems] == [(where, code)]
    assert audit_of(database, administrator.clinic_id) == []


def test_role_changes_from_the_next_step_on(
    database: Database, administrator: Staff, clinician: Staff, clock: Clock
):
    token = log_in(database, clinician, clock)
    change_role(database, administrator, clinician.id, "front-desk", START)
    assert check_session(database, token, clock.time).role is Role.FRONT_DESK
    assert audit_of(database, administrator.clinic_id)[-1] == (
        administrator.id,
        "staff-role-changed",
        clinician.id,
        '{"after": "front-desk", "before": "clinician"}',
    )
    with pytest.raises(FieldsError):
        change_role(database, administrator, clinician.id, "owner", START)


def test_last_administrator_neither_leaves_nor_loses_the_role(
    database: Database, administrator: Staff, clinician: Staff
):
    for role in ("clinician", "front-desk"):
        with pytest.raises(LastAdministratorError):
            change_role(database, administrator, administrator.id, role, START)
    with pytest.raises(LastAdministratorError):
        end_staff(database, administrator, administrator.id, START)
    change_role(database, administrator, administrator.id, "administrator", START)
    change_role(database, administrator, clinician.id, "administrator", START)
    end_staff(database, administrator, administrator.id, START)
    # Who has left is no other administrator.
    promoted = Staff(clinician.id, clinician.clinic_id, clinician.name, EMAIL, Role.ADMINISTRATOR)
    with pytest.raises(LastAdministratorError):
        change_role(database, promoted, clinician.id, "clinician", START)


def test_administrator_of_another_clinic_is_no_other_administrator(
    database: Database, administrator: Staff
):
    make_staff(database, make_clinic(database, "south"))
    with pytest.raises(LastAdministratorError):
        end_staff(database, administrator, administrator.id, START)


def test_who_leaves_is_logged_out_and_can_be_let_in_again(
    database: Database, settings: Settings, administrator: Staff, clinician: Staff, clock: Clock
):
    door, token = make_door(database, settings, clock), log_in(database, clinician, clock)
    end_staff(database, administrator, clinician.id, clock.time)
    end_staff(database, administrator, clinician.id, clock.time)
    with pytest.raises(SignedOutError):
        check_session(database, token, clock.time)
    with pytest.raises(WrongLogInError):
        door.check_password(EMAIL, PASSWORD)
    with pytest.raises(LeftStaffError):
        make_password_link(database, administrator, clinician.id, clock.time)
    restore_staff(database, administrator, clinician.id, clock.time)
    assert door.check_password(EMAIL, PASSWORD)
    with pytest.raises(SignedOutError):
        check_session(database, token, clock.time)
    told = [each[1] for each in audit_of(database, clinician.clinic_id)]
    assert told == ["logged-in", "staff-ended", "log-in-failed", "staff-restored"]


@pytest.mark.parametrize("act", ["password-link", "second-factor"])
def test_nobody_weakens_their_own_log_in_as_an_administrator(
    database: Database, administrator: Staff, act: str
):
    with pytest.raises(OwnAccountError):
        TO_A_COLLEAGUE[act](database, administrator, administrator.id)


def test_lost_phone_is_replaced_by_an_administrator(
    database: Database, settings: Settings, administrator: Staff, clinician: Staff, clock: Clock
):
    door = make_door(database, settings, clock)
    _, codes = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    token = log_in(database, clinician, clock)
    remove_second_factor(database, administrator, clinician.id, clock.time)
    with pytest.raises(SignedOutError):
        check_session(database, token, clock.time)
    inside = door.check_password(EMAIL, PASSWORD)
    assert not inside.has_second_factor
    set_up_app(door, clock, inside)
    with pytest.raises(WrongCodeError):
        door.check_code(inside, codes[0])


def test_renewed_recovery_codes_take_the_place_of_the_old_ones(
    database: Database, settings: Settings, clinician: Staff, clock: Clock
):
    with pytest.raises(NoSecondFactorError):
        renew_recovery_codes(database, clinician, clock.time)
    door = make_door(database, settings, clock)
    _, old = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    new = renew_recovery_codes(database, clinician, clock.time)
    assert len(set(new) - set(old)) == 10
    inside = door.check_password(EMAIL, PASSWORD)
    with pytest.raises(WrongCodeError):
        door.check_code(inside, old[0])
    assert door.check_code(inside, new[0])
    told = [each[1] for each in audit_of(database, clinician.clinic_id)]
    assert "recovery-codes-renewed" in told


def test_own_password_changes_with_the_old_one_and_logs_out_elsewhere(
    database: Database, settings: Settings, clinician: Staff, clock: Clock
):
    here, elsewhere = (log_in(database, clinician, clock) for _ in range(2))
    with pytest.raises(WrongPasswordError) as caught:
        change_own_password(database, clinician, OTHER_PASSWORD, PASSWORD, clock.time)
    assert caught.value.problems[0].where == "old_password"
    with pytest.raises(FieldsError) as refused:
        change_own_password(database, clinician, PASSWORD, "north clinic north", clock.time)
    assert refused.value.problems[0].where == "new_password"
    change_own_password(database, clinician, PASSWORD, OTHER_PASSWORD, clock.time, keep=here)
    assert check_session(database, here, clock.time)
    with pytest.raises(SignedOutError):
        check_session(database, elsewhere, clock.time)
    assert make_door(database, settings, clock).check_password(EMAIL, OTHER_PASSWORD)
    assert [each[1] for each in audit_of(database, clinician.clinic_id)[2:]] == [
        "log-in-failed",
        "password-changed",
    ]


def test_old_password_cannot_be_guessed_from_a_session_left_open(
    database: Database, clinician: Staff
):
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            change_own_password(database, clinician, "wrong", OTHER_PASSWORD, START)
    with pytest.raises(TooManyTriesError):
        change_own_password(database, clinician, PASSWORD, OTHER_PASSWORD, START)
