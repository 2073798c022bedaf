from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fbss_app.server.services.clinic.audit import Action, entry_of
from fbss_app.server.services.clinic.look import read_look
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.clinic.settings import (
    ClinicSettings,
    change_settings,
    is_site,
    read_settings,
)
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.door import deeds_of
from tests.server.services.clinic.staff import make_clinic, make_staff

WANTED = ClinicSettings(
    name="  South   Clinic ",
    phone="+44 20 7946 0000",
    country="gb",
    accent="plum",
    retention_days=90,
    optional_parts=("list", "list"),
    takes_uninvited=True,
    allowed_sites=("https://www.Example.org:443/", "https://example.com:8443"),
)
MISTAKES = {
    "name": {"name": "S"},
    "phone": {"phone": "call me"},
    "country": {"country": "zz"},
    "accent": {"accent": "url(x)"},
    "retention-days": {"retention_days": 29},
    "optional-parts": {"optional_parts": ("other",)},
    "allowed-sites": {"allowed_sites": ("https://example.org/page",)},
}


def change(database, staff, wanted: ClinicSettings) -> ClinicSettings:
    return change_settings(database, staff, wanted, ("list",), ("gb", "us"), START)


def test_settings_are_tidied_kept_and_told(database: Database):
    staff = make_staff(database, make_clinic(database))
    change(database, staff, WANTED)

    assert read_settings(database, staff, START) == replace(
        WANTED,
        name="South Clinic",
        optional_parts=("list",),
        allowed_sites=("https://www.example.org", "https://example.com:8443"),
    )
    look = read_look(database, staff.clinic_id)
    assert (look.slug, look.name, look.accent) == ("north", "South Clinic", "plum")
    with database.unit_of_work() as unit:
        (row,) = unit.clinic(staff.clinic_id).audit.page(
            before=None, limit=5, action=Action.SETTINGS_CHANGED
        )
        told = entry_of(row).details
    assert "name" in str(told["changed"])
    assert "South" not in str(told)


def test_saving_what_is_set_already_tells_nothing(database: Database):
    staff = make_staff(database, make_clinic(database))
    change(database, staff, read_settings(database, staff, START))
    assert deeds_of(database, staff.clinic_id) == []


@pytest.mark.parametrize("field", MISTAKES)
def test_a_mistake_is_named_and_nothing_changes(database: Database, field: str):
    staff = make_staff(database, make_clinic(database))
    before = read_settings(database, staff, START)
    with pytest.raises(RefusedError) as refused:
        change(database, staff, replace(WANTED, **MISTAKES[field]))
    assert [problem.where for problem in refused.value.problems] == [field]
    assert read_settings(database, staff, START) == before


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_see_and_change_settings(database: Database, role: Role):
    staff = make_staff(database, make_clinic(database), role)
    with pytest.raises(StaffNotAllowedError):
        read_settings(database, staff, START)
    with pytest.raises(StaffNotAllowedError):
        change(database, staff, WANTED)


def test_settings_of_another_clinic_stay_as_they_are(database: Database):
    ours = make_staff(database, make_clinic(database, "north"))
    theirs = make_staff(database, make_clinic(database, "south"))
    before = read_settings(database, theirs, START)
    change(database, ours, WANTED)
    assert read_settings(database, theirs, START) == before


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org",
        "https://example.org/",
        "https://*.example.org",
        "https://user@example.org",
        "https://example.org?x",
        "https://example.org#x",
        "https://example.org; script-src *",
        "https://example.org:99999",
        "https://",
        "javascript:alert(1)",
        "https://exa mple.org",
        "",
    ],
)
def test_what_is_no_origin_is_no_site(text: str):
    assert not is_site(text)


@given(st.text())
def test_no_text_that_is_a_site_can_end_a_header_or_a_rule(text: str):
    assert not is_site(text) or not set(text) & set(" ;,'\"\r\n*@?#")
