"""The section of the settings about the logo, and how the frame shows it with the accent."""

from urllib.parse import urlencode

import pytest
from fastapi import FastAPI

from fbss_app import routes
from fbss_app.clinic.settings.choices import country_names
from fbss_app.clinic.settings.logo_section import logo_section
from fbss_app.clinic.settings.logo_state import LogoState
from fbss_app.clinic.settings.state import SettingsState
from fbss_app.clinic.staff_state import Me, StaffState
from fbss_app.server.services.clinic.settings.logo_picture import PROBLEMS
from fbss_app.server.services.clinic.settings.logos import set_logo
from fbss_app.server.services.unit_of_work import Database
from tests.clinic.conftest import OpenTab
from tests.clinic.driver import Tab
from tests.clinic.web import OWN_PAGE, client_of
from tests.clinic.world import Clinic
from tests.server.builders import Clock
from tests.server.logo_files import SVG, a_logo
from tests.server.services.clinic.seen_logos import read_logo
from tests.ui.rendered import named, props, text


def load(tab: Tab) -> None:
    """As the page does, one after the other."""
    tab.send(SettingsState.on_load)
    tab.send(LogoState.on_load)


def me_of(tab: Tab) -> Me:
    me = tab.state(StaffState).me
    assert me is not None
    return me


def form() -> dict[str, str]:
    return {
        "name": "North Clinic",
        "country": next(iter(country_names())),
        "accent": "plum",
        "retention-days": "90",
    }


def test_frame_knows_the_logo_and_the_accent_of_the_clinic(
    north: Clinic, tab_of: OpenTab, database: Database
):
    tab = tab_of(north.front_desk)
    tab.send(LogoState.ask_to_remove)
    logo = read_logo(database, "north")
    assert logo is not None
    me = me_of(tab)
    assert me.logo == f"/api/v1/clinics/north/logo?v={logo.digest}"
    assert (me.logo_width, me.logo_height) == (300, 100)
    assert me.accent == "teal"


def test_another_accent_shows_as_soon_as_it_is_saved(north: Clinic, tab_of: OpenTab):
    tab = tab_of(north.administrator, routes.CLINIC_SETTINGS)
    load(tab)
    tab.send(SettingsState.save, form())
    assert tab.state(StaffState).done == "The settings are saved."
    assert me_of(tab).accent == "plum"


def test_accent_outside_of_the_palette_is_refused(north: Clinic, tab_of: OpenTab):
    tab = tab_of(north.administrator, routes.CLINIC_SETTINGS)
    load(tab)
    tab.send(SettingsState.save, {**form(), "accent": "#ff00ff"})
    assert [each["href"] for each in tab.state(SettingsState).problems] == ["#accent"]
    assert me_of(tab).accent == "teal"


@pytest.mark.parametrize("code", PROBLEMS)
def test_refused_file_is_told_of_at_its_field(north: Clinic, tab_of: OpenTab, code: str):
    tab = tab_of(north.administrator, f"{routes.CLINIC_SETTINGS}?logo={code}")
    load(tab)
    page = tab.state(LogoState)
    (problem,) = page.problems
    assert (problem["href"], problem["message"]) == ("#logo", PROBLEMS[code])
    assert (page.problem, page.done) == ("", "")


@pytest.mark.parametrize(
    ("outcome", "problem", "done"),
    [
        ("", "", ""),
        ("saved", "", "The logo is saved."),
        ("too-many-calls", "Too many files were sent", ""),
        ("staff-not-allowed", "Your role does not include this.", ""),
        ("storage-unavailable", "The logo was not saved.", ""),
        ("<script>alert(1)</script>", "The logo was not saved.", ""),
    ],
)
def test_what_came_of_the_form_is_said_in_words_of_ours(
    north: Clinic, tab_of: OpenTab, outcome: str, problem: str, done: str
):
    query = urlencode({"logo": outcome})
    tab = tab_of(north.administrator, f"{routes.CLINIC_SETTINGS}?{query}")
    load(tab)
    page = tab.state(LogoState)
    assert page.problem.startswith(problem)
    assert bool(page.problem) is bool(problem)
    assert (page.done, list(page.problems)) == (done, [])
    assert "script" not in page.problem


def test_tab_shows_the_new_logo_once_its_form_has_sent_it(
    north: Clinic, tab_of: OpenTab, database: Database, clock: Clock
):
    tab = tab_of(north.administrator, routes.CLINIC_SETTINGS)
    load(tab)
    before = me_of(tab).logo
    set_logo(database, north.administrator, a_logo((200, 80)), clock())
    # The same tab comes back from the form.
    session = tab.root.rx_router_headers.raw_headers["x-staff-session"]
    tab.use(session, f"{routes.CLINIC_SETTINGS}?logo=saved")
    load(tab)
    assert me_of(tab).logo != before
    assert (me_of(tab).logo_width, tab.state(LogoState).done) == (200, "The logo is saved.")


def test_logo_is_removed_after_a_question_and_everywhere(
    north: Clinic, tab_of: OpenTab, database: Database
):
    tab = tab_of(north.administrator, routes.CLINIC_SETTINGS)
    load(tab)
    tab.send(LogoState.ask_to_remove)
    assert tab.state(LogoState).asks_to_remove
    tab.send(LogoState.ask_to_remove)
    assert not tab.state(LogoState).asks_to_remove
    assert read_logo(database, "north") is not None
    tab.send(LogoState.remove)
    assert read_logo(database, "north") is None
    assert me_of(tab).logo == ""
    assert tab.state(StaffState).done == "The logo is removed."


def test_form_of_the_page_sends_what_the_call_takes(
    north: Clinic, api: FastAPI, clock: Clock, database: Database
):
    section = logo_section(LogoState.is_loaded)  # pyright: ignore[reportArgumentType]
    (sent,) = named(section, "form")
    assert props(sent)["encType"] == "multipart/form-data"
    assert props(sent)["method"] == "post"
    (field,) = named(sent, "input")
    client = client_of(api, north.administrator, clock)
    headers = {**OWN_PAGE, "Sec-Fetch-Mode": "navigate"}
    before = read_logo(database, "north")

    def post(file: bytes) -> str:
        files = {props(field)["name"]: ("x", file, "image/png")}
        return client.post(props(sent)["action"], files=files, headers=headers).headers["location"]

    assert post(SVG) == "/clinic/settings?logo=logo-not-a-picture"
    assert read_logo(database, "north") == before
    assert post(a_logo((200, 80))) == "/clinic/settings?logo=saved"
    assert read_logo(database, "north") not in (None, before)
    assert "image/svg" not in text(section)
