"""Answers that nobody uses are hidden in a frame too, after a warning where the person is."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.audit import axe_problems
from tests.browser.host_site import HostSite, until
from tests.browser.site import OwnServer
from tests.browser.website import FIRST, Website, visited_website

MINUTE = 60 * 1000


def with_a_field(html: str) -> str:
    return html.replace("<iframe", '<label>Search <input id="search"></label><iframe', 1)


@pytest.fixture
def website(browser: Browser, own_server: OwnServer, host: HostSite) -> Iterator[Website]:
    """Give a website on a phone whose clock the test moves, with answers on a page to check."""
    with visited_website(
        browser, own_server, host, change=with_a_field, bypass_csp=True
    ) as website:
        website.begin().walk(until="age-band", **FIRST)
        # What watches over the use comes once there are answers.
        until(lambda: any("/hiding-" in url for url in website.requests), website.page)
        website.page.wait_for_timeout(500)
        yield website


def read_back(website: Website) -> None:
    """Go to the list of all answers, which is many screens long, and into the middle of it."""
    website.frame.get_by_role("link", name="Summary", exact=True).click()
    website.frame.get_by_role("link", name="Change my answers").click()
    expect(website.frame.get_by_text("United Kingdom").first).to_be_visible()
    expect(website.frame.get_by_role("heading", level=1)).to_be_focused()
    until(lambda: website.page.evaluate("document.body.scrollHeight") > 3000, website.page)
    website.page.evaluate("scrollTo(0, 1500)")


def wait_for(website: Website, minutes: float) -> None:
    """Let time pass in which nobody touches the phone, from when it is looked at once more."""
    website.context.clock.install(time=datetime.now(UTC))
    website.frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    website.context.clock.run_for(int(minutes * MINUTE))


def warning(website: Website) -> Locator:
    return website.page.frames[1].get_by_role("alertdialog", name="Still there?")


def is_on_the_screen(website: Website, shown: Locator) -> bool:
    box, screen = shown.bounding_box(), website.page.viewport_size
    return bool(box and screen) and box["y"] >= 0 and box["y"] + box["height"] <= screen["height"]


def test_the_warning_stands_on_the_screen_and_leaves_the_person_where_they_were(website: Website):
    read_back(website)
    before = website.page.evaluate("scrollY")
    wait_for(website, 28.1)

    expect(warning(website)).to_be_visible()
    assert is_on_the_screen(website, warning(website))
    assert abs(website.page.evaluate("scrollY") - before) < 300
    assert website.frame.locator("dialog").count() == 0
    expect(website.frame.get_by_role("button", name="Yes, I am still here")).to_be_focused()
    expect(warning(website)).to_contain_text(re.compile(r"in 1 minute \d\d seconds\."))
    website.context.clock.run_for(60 * 1000)
    expect(warning(website)).to_contain_text(re.compile(r"in \d\d seconds\."))
    expect(warning(website).get_by_role("alert")).to_contain_text("left")
    assert axe_problems(website.frame) == []
    website.page.keyboard.press("Enter")

    expect(warning(website)).to_have_count(0)
    expect(website.frame.get_by_role("heading", level=1)).to_be_focused()
    assert abs(website.page.evaluate("scrollY") - before) < 300


def test_escape_stays_and_gives_the_focus_back(website: Website):
    website.frame.locator("form input").first.check()
    expect(website.frame.locator("form input").first).to_be_focused()
    wait_for(website, 0)
    for _ in range(2):
        website.context.clock.run_for(int(28.1 * MINUTE))
        expect(website.frame.get_by_role("button", name="Yes, I am still here")).to_be_focused()
        assert is_on_the_screen(website, warning(website))
        website.page.keyboard.press("Escape")
        expect(warning(website)).to_have_count(0)
        expect(website.frame.locator("form input").first).to_be_focused()


def test_whoever_goes_on_beside_the_warning_stays_too(website: Website):
    wait_for(website, 28.1)
    expect(warning(website)).to_be_visible()

    website.frame.locator("form input").last.check()

    website.context.clock.run_for(2000)
    expect(warning(website)).to_have_count(0)
    expect(website.frame.locator("form input").last).to_be_checked()
    website.context.clock.run_for(5 * MINUTE)
    expect(website.frame.locator('form[data-link-id="age-band"]')).to_be_visible()


def test_hidden_answers_begin_on_the_screen_and_come_back(website: Website):
    read_back(website)
    wait_for(website, 30.1)

    title = website.frame.get_by_role("heading", level=1)
    expect(title).to_have_text("The answers are hidden")
    expect(title).to_be_focused()
    until(lambda: is_on_the_screen(website, title), website.page)
    expect(warning(website)).to_have_count(0)
    assert "United Kingdom" not in website.frame.content()
    assert axe_problems(website.frame) == []
    website.tap("Show my answers")
    expect(website.frame.get_by_text("United Kingdom").first).to_be_visible()


def test_the_warning_takes_the_focus_from_nothing_of_the_page_around(website: Website):
    website.page.locator("#search").focus()
    wait_for(website, 28.1)

    expect(warning(website).get_by_role("alert")).to_contain_text("We will hide the answers in")
    expect(website.page.locator("#search")).to_be_focused()
    website.tap("Yes, I am still here")
    expect(warning(website)).to_have_count(0)
