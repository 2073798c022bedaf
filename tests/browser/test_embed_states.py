"""Pages in a clinic's website serve everyone in every state, and nothing floats there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.audit import (
    COLOUR_RULES,
    OTHER_COLOURS,
    USUAL_COLOURS,
    axe_problems,
    colour_problems,
    problems,
)
from tests.browser.clinic import SOON
from tests.browser.host_site import FrameQuestions, HostSite
from tests.browser.site import OwnServer
from tests.browser.website import FIRST, Website, visited_website

# In a frame it would stand in the middle of the whole document, or at its end, off the screen.
FLOATING = """() => [...document.querySelectorAll("*")]
  .filter((one) => one.matches("dialog, [popover]")
    || ["fixed", "sticky"].includes(getComputedStyle(one).position))
  .map((one) => `floats: ${one.outerHTML.slice(0, 140)}`)"""
WIDER = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? ["the page scrolls sideways"] : [];
}"""


@pytest.fixture
def website(browser: Browser, own_server: OwnServer, host: HostSite) -> Iterator[Website]:
    phone = {"viewport": {"width": 320, "height": 640}, "bypass_csp": True}
    with visited_website(browser, own_server, host, **phone) as website:
        yield website


def frame_problems(website: Website) -> list[str]:
    """Look at what stands in the frame and around it, in every colour scheme."""
    page, frame = website.page, website.frame
    found = [f"around: {problem}" for problem in axe_problems(page)]
    found += [*axe_problems(frame), *frame.evaluate(FLOATING), *frame.evaluate(WIDER)]
    for colours in OTHER_COLOURS:
        page.emulate_media(**{**USUAL_COLOURS, **colours})
        found += [f"{colours}: {problem}" for problem in axe_problems(frame, COLOUR_RULES)]
    page.emulate_media(**USUAL_COLOURS)
    return found


def page_problems(page: Page) -> list[str]:
    """Look at a clinic's own page, above which the clinic's name stands."""
    return [one for one in problems(page) if "is not in its place" not in one]


def test_every_state_up_to_sending_serves_everyone(website: Website):
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        if wrong := frame_problems(website):
            found[state] = wrong

    questions = website.begin()
    questions.next()
    expect(website.frame.locator("#error-summary")).to_be_focused()
    look("error of a question")
    questions.walk(until="signs-bladder-bowel", **FIRST)
    questions.answer("signs-bladder-bowel", ["r1"])
    expect(website.frame.locator("main [data-urgency]")).to_be_visible()
    look("urgent stop")
    questions.walk(until="age-band", **FIRST)
    website.frame.get_by_role("link", name="Summary", exact=True).click()
    expect(website.frame.locator(".summary-page")).to_be_visible()
    look("summary")
    website.go("/save")
    website.tap("Save my answers")
    expect(website.frame.locator("#error-summary")).to_be_focused()
    look("save, error")
    website.frame.get_by_label("I agree to this").check()
    website.tap("Save my answers")
    line = website.frame.locator(".status[data-sync]")
    expect(line).to_have_attribute("data-sync", "saved", timeout=SOON)
    look("saved")
    website.go("/summary")
    website.go("/send")
    expect(website.frame.get_by_label("Your name, as the clinic knows you")).to_be_visible()
    look("send")
    website.tap("Send my answers")
    expect(website.frame.locator("#error-summary")).to_contain_text("Enter your name")
    look("send, errors")
    website.send()
    look("sent")
    assert found == {}


def test_going_on_in_a_page_of_its_own_serves_everyone(website: Website, own_server: OwnServer):
    website.begin().walk(until="age-band", **FIRST)
    own = website.leave()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible(timeout=SOON)
    went_on = website.frame.get_by_text("Your answers went along to a page of their own")
    expect(went_on).to_be_visible()
    found = {"went on": frame_problems(website)}

    lost = website.context.new_page()
    lost.goto(f"{own_server.address}/c/{website.slug}/take-over")
    expect(lost.get_by_role("heading", level=1)).to_have_text("Your answers stayed where they are")
    found["take-over, failed"] = page_problems(lost)
    assert {state: what for state, what in found.items() if what} == {}


def test_the_page_that_waits_for_the_answers_serves_everyone(
    website: Website, own_server: OwnServer
):
    """It was opened by a page that never answers."""
    with website.context.expect_page() as opened:
        website.page.evaluate(
            "(address) => { window.open(address); }",
            f"{own_server.address}/c/{website.slug}/take-over",
        )
    own = opened.value
    expect(own.locator("html[data-ready]")).to_have_count(1)
    expect(own.get_by_role("heading", level=1)).to_have_text("Your answers come along")
    assert axe_problems(own) == []


def test_a_clinics_own_pages_serve_everyone(website: Website, own_server: OwnServer):
    page = website.context.new_page()
    found: dict[str, list[str]] = {}
    page.goto(f"{own_server.address}/c/{website.slug}")
    expect(page.locator("html[data-ready]")).to_have_count(1)
    found["start"] = page_problems(page)
    page.get_by_role("link", name="Start the questions").click()
    expect(page.locator("form[data-link-id]")).to_be_visible()
    found["question"] = page_problems(page)
    FrameQuestions(page.main_frame).next()
    expect(page.locator("#error-summary")).to_be_focused()
    found["error"] = page_problems(page)
    for way in ("c", "embed"):
        page.goto(f"{own_server.address}/{way}/no-such-clinic")
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
        found[f"unknown clinic, {way}"] = [*axe_problems(page), *colour_problems(page)]
    page.goto(f"{own_server.address}/c/{website.slug}/no-such-page")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found["unknown page"] = axe_problems(page)
    assert {state: what for state, what in found.items() if what} == {}
