from collections.abc import Mapping
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fbss_app.server.services.clinic.audit import Action, entry_of
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings.look import read_look
from fbss_app.server.services.clinic.settings.settings import (
    ClinicSettings,
    SettingsChangedError,
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


def change(
    database: Database, staff: Staff, wanted: ClinicSettings, seen: ClinicSettings | None = None
) -> ClinicSettings:
    """Change the settings as somebody does who has seen what is set, unless it is said."""
    if seen is None and staff.role is Role.ADMINISTRATOR:
        seen = read_settings(database, staff, START)
    return change_settings(database, staff, seen, wanted, ("list",), ("gb", "us"), START)


def told_of(database: Database, staff: Staff) -> list[Mapping[str, Any]]:
    """What the trail tells of changes of the settings, the last one first."""
    with database.unit_of_work() as unit:
        trail = unit.clinic(staff.clinic_id).audit
        rows = trail.page(before=None, limit=9, action=Action.SETTINGS_CHANGED)
        return [entry_of(row).details for row in rows]


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
    (told,) = told_of(database, staff)
    assert "name" in str(told["changed"])
    assert "South" not in str(told)


def test_saving_what_is_set_already_tells_nothing(database: Database):
    staff = make_staff(database, make_clinic(database))
    change(database, staff, read_settings(database, staff, START))
    assert deeds_of(database, staff.clinic_id) == []


def test_what_somebody_else_changed_meanwhile_is_not_put_back(database: Database):
    """An old form must not let a site show the pages again that a colleague has taken off."""
    staff = make_staff(database, make_clinic(database))
    seen = change(database, staff, WANTED)
    removed = change(database, staff, replace(seen, takes_uninvited=False, allowed_sites=()))
    with pytest.raises(SettingsChangedError) as refused:
        change(database, staff, replace(seen, phone=""), seen)
    assert refused.value.current == removed == read_settings(database, staff, START)
    # What is set already can be saved by whoever has not seen it.
    assert change(database, staff, removed, seen) == removed
    assert len(told_of(database, staff)) == 2


def test_of_two_who_save_at_once_the_second_is_told(database: Database):
    staff = make_staff(database, make_clinic(database))
    seen = read_settings(database, staff, START)
    barrier, refused = Barrier(2), list[SettingsChangedError]()

    def save(accent: str) -> None:
        barrier.wait(10)
        try:
            change(database, staff, replace(WANTED, accent=accent), seen)
        except SettingsChangedError as error:
            refused.append(error)

    threads = [Thread(target=save, args=(accent,)) for accent in ("plum", "slate")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    (told,) = refused
    assert told.current == read_settings(database, staff, START)


def test_trail_tells_which_sites_may_show_the_pages_and_whether_anybody_may_send(
    database: Database,
):
    staff = make_staff(database, make_clinic(database))
    seen = change(database, staff, WANTED)
    sites = ("https://example.com:8443", "https://new.example")
    change(database, staff, replace(seen, takes_uninvited=False, allowed_sites=sites))
    last, first = told_of(database, staff)
    assert (first["takes_uninvited"], last["takes_uninvited"]) == ("yes", "no")
    assert first["sites_added"] == "https://www.example.org, https://example.com:8443"
    assert (first["sites_removed"], last["sites_added"]) == ("", "https://new.example")
    assert last["sites_removed"] == "https://www.example.org"


@pytest.mark.parametrize("name", ["North\0Clinic", "North\ud800", "North\u202eClinic"])
def test_name_of_signs_that_nobody_sees_is_refused(database: Database, name: str):
    staff = make_staff(database, make_clinic(database))
    with pytest.raises(RefusedError) as refused:
        change(database, staff, replace(WANTED, name=name))
    assert [problem.where for problem in refused.value.problems] == ["name"]


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
