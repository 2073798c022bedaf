"""The settings of a clinic's own pages: opened, copied, looked at, checked against a website."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from fbss_app import routes
from fbss_app.server.services.clinic.settings.site_check import SiteReason
from tests.browser.audit import staff_problems
from tests.browser.clinic import Clinic, Desk
from tests.browser.host_site import HostSite, frame_of
from tests.browser.site import OwnServer

NAME = "Lakeside Centre for Pain that Goes On after an Operation on the Back"
LONG_SITE = "https://patients.a-very-long-name-of-a-hospital-and-its-trust.example.org"
OUTCOMES = {
    SiteReason.LISTED: ("{site}/pain?page=2", "is on the list. The questionnaire shows"),
    SiteReason.NOT_AN_ADDRESS: ("our pain page", "not the address of a page"),
    SiteReason.NOT_HTTPS: ("http://www.example.com", "not secured by https"),
    SiteReason.OTHER_PORT: (f"{LONG_SITE}:8443/", "To a browser these are two sites"),
    SiteReason.WWW: ("example.net", "With and without www"),
    SiteReason.OTHER_HOST_OF_DOMAIN: ("https://shop.example.net", "Each part of a domain"),
    SiteReason.NOT_LISTED: ("https://www.example.com/pain", "is not on the list. Add it"),
}


@pytest.fixture
def clinic(own_server: OwnServer) -> Clinic:
    return Clinic(own_server, NAME)


@pytest.fixture
def desk(desks: Callable[..., Desk], clinic: Clinic) -> Desk:
    return desks(permissions=["clipboard-read", "clipboard-write"]).sit_down(clinic)


def section_of(desk: Desk) -> Locator:
    return desk.page.locator(".own-pages")


def save(desk: Desk) -> None:
    desk.tap("Save the settings")
    expect(desk.page.get_by_text("The settings are saved.")).to_be_visible()


def copied(desk: Desk, name: str) -> str:
    """Copy as people do, and give what the clipboard holds then."""
    copy = section_of(desk).locator(".copy", has_text=name)
    copy.get_by_role("button").click()
    expect(copy.get_by_role("status")).to_have_text("Copied")
    return desk.page.evaluate("navigator.clipboard.readText()")


def opened(desk: Desk, name: str) -> str:
    """Follow a link that opens a tab, and give the title of what is there."""
    with desk.page.expect_popup() as popup:
        section_of(desk).get_by_role("link", name=name).click()
    tab = popup.value
    expect(tab.locator("html[data-ready]")).to_have_count(1)
    expect(tab.get_by_text(NAME).first).to_be_visible()
    assert tab.evaluate("window.opener") is None
    address = tab.url
    tab.close()
    return address


def check(desk: Desk, address: str) -> Locator:
    desk.fill(site_address=address)
    desk.tap("Check", exact=True)
    return section_of(desk).locator(".notice")


def test_pages_are_opened_copied_pasted_looked_at_and_closed(desk: Desk, host: HostSite):
    page = desk.open(routes.CLINIC_SETTINGS)
    expect(section_of(desk)).to_contain_text("There are none yet.")
    found = {"closed": staff_problems(page)}
    page.get_by_label("Patients may answer without an invitation").check()
    desk.fill(allowed_sites=host.origin)
    save(desk)
    expect(section_of(desk).get_by_label("The code to paste")).to_be_visible()
    found["open"] = staff_problems(page)

    address = copied(desk, "Copy the address")
    assert re.fullmatch(rf"{re.escape(desk.site)}/c/lakeside-[a-z-]+", address)
    assert opened(desk, "Look at it") == address
    snippet = copied(desk, "Copy the code")
    found["copied"] = staff_problems(page)
    slug = address.rpartition("/")[2]
    assert opened(desk, "See what it shows") == f"{desk.site}/embed/{slug}"

    # What was copied is what a website needs.
    website = desk.context.new_page()
    website.goto(host.page(slug, change=lambda _: f"<!doctype html><h1>Pain</h1>{snippet}"))
    expect(frame_of(website, slug).get_by_text(NAME).first).to_be_visible()
    website.close()

    desk.open(routes.CLINIC_SETTINGS)
    page.get_by_label("Patients may answer without an invitation").uncheck()
    save(desk)
    expect(section_of(desk)).to_contain_text("There are none yet.")
    response = page.request.get(address)
    assert response.status == 404
    assert {state: what for state, what in found.items() if what} == {}
    assert desk.errors == []


def test_copying_that_the_browser_refuses_is_not_called_copied(desk: Desk, clinic: Clinic):
    clinic.open_own_pages()
    page = desk.open(routes.CLINIC_SETTINGS)
    # As in a browser that reaches the app without https.
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    copy = section_of(desk).locator(".copy").first
    copy.get_by_role("button").click()
    expect(copy.get_by_role("status")).to_contain_text("Not copied.")
    assert staff_problems(page) == []
    assert desk.errors == []


def test_check_says_of_every_site_whether_it_may_show_the_pages_and_why(desk: Desk, clinic: Clinic):
    clinic.open_own_pages()
    page = desk.open(routes.CLINIC_SETTINGS)
    notice = check(desk, f"{LONG_SITE}/pain")
    expect(notice).to_contain_text(f"The list is empty. Add {LONG_SITE} to it")
    found: dict[str, list[str]] = {SiteReason.NO_LIST: staff_problems(page)}

    sites = f"{LONG_SITE}\nhttps://www.example.net"
    desk.fill(allowed_sites=sites)
    save(desk)
    # What was found of a list that is no more is not shown beside another.
    expect(notice).to_have_count(0)
    for reason, (address, words) in OUTCOMES.items():
        notice = check(desk, address.format(site=LONG_SITE))
        expect(notice).to_contain_text(words)
        is_good = reason is SiteReason.LISTED
        expect(notice).to_have_class(re.compile("notice-info" if is_good else "notice-warning"))
        expect(page.locator("#site-address")).to_have_value(address.format(site=LONG_SITE))
        found[reason] = staff_problems(page)
    assert set(found) == set(SiteReason)
    assert {state: what for state, what in found.items() if what} == {}
    # Looking changes nothing.
    expect(page.locator("#allowed-sites")).to_have_value(sites)
    assert desk.errors == []
