from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services.clinic.fields import FieldsError
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.clinic.staff.sessions import SignedOutError, check_session
from fbss_app.server.services.clinic.staff.set_up import (
    Founding,
    SetUpLink,
    found_clinic,
    join_clinic,
    make_first_link,
    make_founding_link,
    read_set_up_link,
    reset_password,
)
from fbss_app.server.services.clinic.staff.set_up_links import Purpose, UnknownSetUpLinkError
from fbss_app.server.services.clinic.staff.staff import end_staff, invite_staff, make_password_link
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.doorways.clinics import ClinicRepository
from fbss_app.server.storage.repositories.doorways.log_ins import LogInRepository
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
)
from tests.server.services.clinic.staff import make_clinic, make_staff

FOUNDING = Founding("Zürich Spine Clinic", "ch", "Head@Spine.example", " Ada Quill ", PASSWORD)

pytestmark = pytest.mark.usefixtures("cheap_hashes")


def problems(caught: pytest.ExceptionInfo[FieldsError]) -> set[tuple[str, str]]:
    return {(each.where, each.code) for each in caught.value.problems}


def test_clinic_is_founded_with_its_first_administrator(
    database: Database, settings: Settings, clock: Clock
):
    secret = make_founding_link(database, START)
    assert len(secret) == 43
    assert read_set_up_link(database, secret, START) == SetUpLink(Purpose.FOUND)
    inside = found_clinic(database, secret, FOUNDING, START)
    assert (inside.name, inside.has_second_factor) == ("Ada Quill", False)
    with database.unit_of_work() as unit:
        (clinic,) = unit.clinics.all()
        (row,) = unit.clinic(clinic.id).staff.all()
        assert (clinic.slug, clinic.name, clinic.country) == (
            "zurich-spine-clinic",
            "Zürich Spine Clinic",
            "ch",
        )
        assert (row.id, row.email, row.role) == (
            inside.staff_id,
            "head@spine.example",
            "administrator",
        )
        clinic_id = clinic.id
    assert audit_of(database, clinic_id) == [(inside.staff_id, "clinic-founded", clinic_id, "{}")]
    door = make_door(database, settings, clock)
    assert door.check_password("head@spine.example", PASSWORD).staff_id == inside.staff_id
    assert door.begin_second_factor(inside)


def test_founding_link_works_once_and_for_a_day(database: Database):
    used, old = make_founding_link(database, START), make_founding_link(database, START)
    found_clinic(database, used, FOUNDING, START)
    other = replace(FOUNDING, email="other@spine.example")
    for secret, when in [
        (used, START),
        (old, START + timedelta(hours=24)),
        ("made-up", START),
    ]:
        with pytest.raises(UnknownSetUpLinkError):
            read_set_up_link(database, secret, when)
        with pytest.raises(UnknownSetUpLinkError):
            found_clinic(database, secret, other, when)
    found_clinic(database, old, other, START + timedelta(hours=23, minutes=59, seconds=59))
    with database.unit_of_work() as unit:
        assert [each.slug for each in unit.clinics.all()] == [
            "zurich-spine-clinic",
            "zurich-spine-clinic-2",
        ]


def test_only_the_hash_of_a_link_is_kept(database: Database, engine: Engine):
    secret = make_founding_link(database, START)
    with engine.connect() as connection:
        assert secret not in str(connection.execute(text("SELECT * FROM set_up_link")).all())


def test_first_link_is_made_only_where_there_is_no_clinic(database: Database):
    assert make_first_link(database, START)
    make_clinic(database)
    assert make_first_link(database, START) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"clinic_name": "  "}, {("clinic_name", "missing")}),
        ({"clinic_name": "x" * 121}, {("clinic_name", "too-long")}),
        ({"name": "Ada\nQuill"}, {("name", "unusable-text")}),
        ({"name": "Ada\x00"}, {("name", "unusable-text")}),
        ({"country": "CH"}, {("country", "unknown-country")}),
        ({"email": ""}, {("email", "missing")}),
        ({"email": "head@spine"}, {("email", "not-an-address")}),
        ({"email": "a b@spine.example"}, {("email", "not-an-address")}),
        ({"email": EMAIL}, {("email", "address-in-use")}),
        ({"password": "short"}, {("password", "password-short")}),
        ({"password": "zurich spine clinic 1"}, {("password", "password-personal")}),
        (
            {"password": "short", "name": "", "country": ""},
            {
                ("password", "password-short"),
                ("name", "missing"),
                ("country", "unknown-country"),
            },
        ),
    ],
)
def test_mistake_is_told_at_its_field_and_uses_nothing_up(
    database: Database, changes: dict[str, str], expected: set[tuple[str, str]]
):
    make_person(database, make_clinic(database), EMAIL)
    secret = make_founding_link(database, START)
    with pytest.raises(FieldsError) as caught:
        found_clinic(database, secret, replace(FOUNDING, **changes), START)
    assert problems(caught) == expected
    with database.unit_of_work() as unit:
        assert len(unit.clinics.all()) == 1
    assert found_clinic(database, secret, FOUNDING, START)


def test_invited_person_joins_with_the_role_they_were_invited_to(database: Database):
    administrator = make_staff(database, make_clinic(database))
    secret = invite_staff(database, administrator, EMAIL, "Anna", "front-desk", START)
    assert read_set_up_link(database, secret, START) == SetUpLink(
        Purpose.JOIN, "North Clinic", EMAIL, "Anna", "front-desk"
    )
    with pytest.raises(FieldsError):
        join_clinic(database, secret, "Anna Berger", "short", START)
    late = START + timedelta(days=7)
    with pytest.raises(UnknownSetUpLinkError):
        join_clinic(database, secret, "Anna Berger", PASSWORD, late)
    inside = join_clinic(database, secret, "Anna Berger", PASSWORD, late - timedelta(seconds=1))
    with pytest.raises(UnknownSetUpLinkError):
        join_clinic(database, secret, "Anna Berger", PASSWORD, START)
    with database.unit_of_work() as unit:
        row = unit.clinic(administrator.clinic_id).staff.get(inside.staff_id)
        assert row
        assert (row.name, row.email, row.role) == ("Anna Berger", EMAIL, "front-desk")
    invited, joined = audit_of(database, administrator.clinic_id)
    link = invited[2]
    assert len(link) == 36
    assert invited == (administrator.id, "staff-invited", link, '{"role": "front-desk"}')
    told = f'{{"link": "{link}", "role": "front-desk"}}'
    assert joined == (inside.staff_id, "staff-joined", inside.staff_id, told)


def test_address_that_another_clinic_has_shows_only_to_who_holds_the_link(database: Database):
    make_person(database, make_clinic(database, "south"), EMAIL)
    administrator = make_staff(database, make_clinic(database, "north"))
    secret = invite_staff(database, administrator, EMAIL, "Anna", "clinician", START)
    with pytest.raises(FieldsError) as caught:
        join_clinic(database, secret, "Anna", PASSWORD, START)
    assert problems(caught) == {("email", "address-in-use")}
    assert read_set_up_link(database, secret, START)


def test_new_password_logs_out_everywhere_and_ends_other_links(
    database: Database, settings: Settings, clock: Clock
):
    administrator = make_staff(database, make_clinic(database))
    staff = make_person(database, administrator.clinic_id, EMAIL, Role.CLINICIAN)
    token = log_in(database, staff, clock)
    first, second = (
        make_password_link(database, administrator, staff.id, clock.time) for _ in range(2)
    )
    assert read_set_up_link(database, first, clock.time).email == EMAIL
    with pytest.raises(FieldsError):
        reset_password(database, first, "anna.berger kettle", clock.time)
    assert check_session(database, token, clock.time)
    inside = reset_password(database, first, OTHER_PASSWORD, clock.time)
    assert inside.staff_id == staff.id
    with pytest.raises(SignedOutError):
        check_session(database, token, clock.time)
    for secret in (first, second):
        with pytest.raises(UnknownSetUpLinkError):
            reset_password(database, secret, PASSWORD, clock.time)
    door = make_door(database, settings, clock)
    assert door.check_password(EMAIL, OTHER_PASSWORD)
    assert audit_of(database, staff.clinic_id)[-1] == (
        staff.id,
        "password-changed",
        staff.id,
        '{"sessions": 1}',
    )


def test_link_for_a_new_password_lasts_a_day_and_not_beyond_the_end_of_the_account(
    database: Database,
):
    administrator = make_staff(database, make_clinic(database))
    staff = make_person(database, administrator.clinic_id, EMAIL, Role.CLINICIAN)
    old, ended = (make_password_link(database, administrator, staff.id, START) for _ in range(2))
    with pytest.raises(UnknownSetUpLinkError):
        reset_password(database, old, PASSWORD, START + timedelta(hours=24))
    end_staff(database, administrator, staff.id, START)
    with pytest.raises(UnknownSetUpLinkError):
        reset_password(database, ended, PASSWORD, START)


def test_link_is_good_for_its_own_purpose_only(database: Database):
    administrator = make_staff(database, make_clinic(database))
    founding = make_founding_link(database, START)
    joining = invite_staff(database, administrator, EMAIL, "Anna", "clinician", START)
    with pytest.raises(UnknownSetUpLinkError):
        found_clinic(database, joining, FOUNDING, START)
    with pytest.raises(UnknownSetUpLinkError):
        reset_password(database, joining, PASSWORD, START)
    with pytest.raises(UnknownSetUpLinkError):
        join_clinic(database, founding, "Anna", PASSWORD, START)


def test_two_links_used_at_the_same_time_with_one_address_give_a_field_error(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    administrator = make_staff(database, make_clinic(database))
    secret = invite_staff(database, administrator, EMAIL, "Anna", "clinician", START)
    make_staff(database, administrator.clinic_id, email=EMAIL)
    # Whoever came in a moment ago was not there yet when it was looked for.
    monkeypatch.setattr(LogInRepository, "staff_by_email", lambda *_: None)
    with pytest.raises(FieldsError) as raised:
        join_clinic(database, secret, "Anna", PASSWORD, START)
    assert [each.code for each in raised.value.problems] == ["address-in-use"]
    founding = make_founding_link(database, START)
    with pytest.raises(FieldsError):
        found_clinic(database, founding, replace(FOUNDING, email=EMAIL), START)
    # Neither link was used up, and no clinic was left without staff.
    for each in (secret, founding):
        assert read_set_up_link(database, each, START)
    with database.unit_of_work() as unit:
        assert len(unit.clinics.all()) == 1


def test_two_clinics_of_one_name_that_are_founded_at_the_same_time_get_addresses_of_their_own(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    found_clinic(database, make_founding_link(database, START), FOUNDING, START)
    find, looked = ClinicRepository.find, []

    def find_late(self: ClinicRepository, slug: str) -> object:
        looked.append(slug)
        return find(self, slug) if len(looked) > 1 else None

    monkeypatch.setattr(ClinicRepository, "find", find_late)
    other = replace(FOUNDING, email="other@example.org")
    found_clinic(database, make_founding_link(database, START), other, START)
    with database.unit_of_work() as unit:
        slugs = [each.slug for each in unit.clinics.all()]
    assert len(set(slugs)) == 2
