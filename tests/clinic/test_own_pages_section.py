import re
from html import unescape

import pytest

from fbss_app import routes
from fbss_app.clinic.settings.own_pages_words import check_words, own_pages_view
from fbss_app.clinic.settings.state import SITE_FIELD, SettingsState
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.invitations.own_pages import OwnPages
from fbss_app.server.services.clinic.settings.settings import ClinicSettings
from fbss_app.server.services.clinic.settings.site_check import SiteCheck, SiteReason
from fbss_app.server.services.unit_of_work import Database
from tests.clinic.conftest import OpenTab
from tests.clinic.world import Clinic

SITE = "https://www.example.org"
FORM = {
    "name": "North",
    "country": "gb",
    "accent": "teal",
    "retention-days": "90",
    "takes-uninvited": "yes",
    "allowed-sites": SITE,
}


@pytest.mark.parametrize("reason", SiteReason)
def test_every_outcome_of_the_check_has_words(reason: SiteReason):
    words = check_words(SiteCheck(reason, "https://a.example", "https://b.example"))
    assert words.endswith(".")
    assert "{" not in words


def test_snippet_is_the_one_of_the_documents():
    settings = ClinicSettings('Q "&" <Co>', "", "gb", "teal", 90, (), True, ())
    view = own_pages_view(OwnPages("north", settings, None), "https://app.example")
    with open("docs/embedding.md", encoding="utf-8") as file:
        (shown,) = re.findall(r"```html\n(<iframe.*?)\n```", file.read(), re.DOTALL)
    shown = shown.replace("https://APP", "https://app.example").replace("CLINIC", "north")
    title = re.compile(r'title="([^"]*)"')
    assert title.sub("", view.snippet) == title.sub("", shown)
    found = title.search(view.snippet)
    assert found
    assert unescape(found[1]) == 'Q "&" <Co>: questions about your back'
    with open("examples/host-page.html", encoding="utf-8") as file:
        example = re.sub(r"\s+", " ", file.read())
    for part in re.findall(r'(?:allow|sandbox)="[^"]*"', view.snippet):
        assert part in example


def test_section_follows_what_is_saved_and_checks_a_site(north: Clinic, tab_of: OpenTab):
    tab = tab_of(north.administrator, routes.CLINIC_SETTINGS)
    tab.send(SettingsState.on_load)
    assert tab.state(SettingsState).pages is None
    tab.send(SettingsState.save, FORM)
    page = tab.state(SettingsState)
    assert page.problems == []
    assert tab.state(StaffState).done == "The settings are saved."
    assert page.pages
    assert page.pages.address.endswith("/c/north")
    for address, is_allowed in ((f"{SITE}/pain", True), ("https://example.org", False)):
        tab.send(SettingsState.check_site, {SITE_FIELD: address})
        page = tab.state(SettingsState)
        assert page.is_allowed is is_allowed
        assert "www.example.org" in page.found
    tab.send(SettingsState.save, {key: FORM[key] for key in FORM if key != "takes-uninvited"})
    page = tab.state(SettingsState)
    assert (page.pages, page.found) == (None, "")


def test_form_that_a_colleague_overtook_says_what_is_set_now_and_can_be_saved_then(
    north: Clinic, tab_of: OpenTab, database: Database
):
    first, second = (tab_of(north.administrator, routes.CLINIC_SETTINGS) for _ in range(2))
    first.send(SettingsState.on_load)
    first.send(SettingsState.save, FORM)
    second.send(SettingsState.on_load)
    first.send(SettingsState.save, {**FORM, "allowed-sites": "", "accent": "plum"})

    second.send(SettingsState.save, {**FORM, "phone": "+44 20 7946 0000"})

    page = second.state(SettingsState)
    assert [each["href"] for each in page.problems] == ["#accent", "#allowed-sites"]
    assert page.problems[1]["message"] == (
        "Websites that may show the questionnaire: a colleague has set this to none since you "
        "opened the page. Yours is not saved yet. Look at it again, then save."
    )
    assert (page.done, page.settings.allowed_sites) == ("", SITE)
    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(north.id)
        assert clinic
        assert (clinic.allowed_sites, clinic.phone) == ("[]", "")
    second.send(SettingsState.save, {**FORM, "phone": "+44 20 7946 0000"})
    assert second.state(SettingsState).problems == []
    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(north.id)
        assert clinic
        assert (clinic.allowed_sites, clinic.accent) == (f'["{SITE}"]', "teal")


def test_form_of_a_page_that_the_server_knows_nothing_of_is_not_saved(
    north: Clinic, tab_of: OpenTab
):
    tab = tab_of(north.administrator, routes.CLINIC_SETTINGS)
    tab.send(SettingsState.save, FORM)
    said = [each["href"] for each in tab.state(SettingsState).problems]
    assert {"#takes-uninvited", "#allowed-sites"} <= set(said)
    assert tab.state(StaffState).done == ""
