"""The answers of a clinic's frame go on in a page of their own."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.clinic import SOON
from tests.browser.questions import Questions
from tests.browser.site import OwnServer
from tests.browser.website import FIRST, Website, kept_in, kept_of


def test_answers_that_were_never_saved_come_along_to_a_page_of_their_own(website: Website):
    website.begin().walk(until="age-band", **FIRST)
    before = len(website.requests)
    own = website.leave()
    expect(own).to_have_url(re.compile(rf"/c/{website.slug}/questionnaire#age-band$"))
    questions = Questions(own)
    questions.wait_until_ready()
    assert questions.link_id == "age-band"
    assert len(kept_of(own)) > 10
    assert not [url for url in website.requests[before:] if "/api/" in url]
    expect(own.locator(".clinic-band")).to_have_text("Meadow Clinic")
    assert own.evaluate("document.documentElement.dataset.accent") == "plum"
    hint = website.frame.get_by_text("Your answers went along to a page of their own")
    expect(hint).to_contain_text("choose \N{LEFT DOUBLE QUOTATION MARK}Open in its own page")
    # They outlive a new load there.
    own.reload()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible()
    questions.wait_until_ready()
    own.goto(re.sub(r"/questionnaire.*", "/check-answers", own.url))
    questions.wait_until_ready()
    expect(own.get_by_text("It is shared or borrowed")).to_be_visible()
    assert own.url.endswith(f"/c/{website.slug}/check-answers")


@pytest.mark.parametrize("clock", ["as it was", "set back"])
def test_answers_that_are_hidden_do_not_leave_the_frame(website: Website, clock: str):
    website.begin().walk(until="author", **FIRST)
    website.context.clock.install()
    website.context.clock.fast_forward("35:00")
    # Somebody comes back to it.
    website.frame.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(website.frame.get_by_role("heading", name="The answers are hidden")).to_be_visible()
    if clock == "set back":
        before = website.page.evaluate("Date.now()") - 3_600_000
        website.context.clock.set_system_time(before)
    own = website.leave()
    # Not after a time without an answer.
    expect(own.get_by_role("heading", level=1)).to_have_text("Show your answers first")
    assert kept_of(own) == []
    website.tap("Show my answers")
    again = website.leave()
    expect(again).to_have_url(re.compile(r"/questionnaire#author$"), timeout=SOON)
    assert len(kept_of(again)) > 0


def test_saved_answers_go_on_in_both_places(website: Website):
    questions = website.begin()
    questions.walk(until="age-band", **FIRST)
    website.save()
    own = website.leave()
    expect(own).to_have_url(re.compile(rf"/c/{website.slug}/"))
    line = own.locator(".status[data-sync]")
    expect(line).to_have_attribute("data-sync", "saved", timeout=SOON)
    # What is answered here is in it as well.
    expect(website.frame.get_by_text("Your answers went along")).to_have_count(0)


def test_back_does_not_take_the_answers_over_again(website: Website):
    website.begin().walk(until="age-band", **FIRST)
    own = website.leave()
    questions = Questions(own)
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible(timeout=SOON)
    questions.answer_plainly()
    questions.next()
    expect(own.locator('form[data-link-id="age-band"]')).to_have_count(0)
    kept = kept_of(own)
    own.go_back()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible()
    assert own.evaluate("history.length") <= 2
    assert kept_of(own) == kept
    assert not [name for name in kept if ":aside:" in name]


def test_second_time_brings_along_what_is_new_and_loses_nothing(website: Website):
    mine = {**FIRST, "device_owner": "mine"}
    website.begin().walk(until="age-band", **mine)
    own = website.leave()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible(timeout=SOON)
    questions = Questions(own)
    questions.answer_plainly()
    questions.next()
    expect(own.locator('form[data-link-id="age-band"]')).to_have_count(0)
    kept = kept_of(own)
    own.close()
    # The frame still holds what it held, and less than the page has by now.
    again = website.leave()
    expect(again).to_have_url(re.compile(r"/questionnaire#"), timeout=SOON)
    Questions(again).wait_until_ready()
    assert set(kept_of(again)) == set(kept)
    assert again.locator('form[data-link-id="age-band"]').count() == 0


def test_page_whose_opener_cannot_be_reached_says_so(website: Website, own_server: OwnServer):
    page = website.context.new_page()
    page.goto(f"{own_server.address}/c/{website.slug}/take-over")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers stayed where they are")
    assert kept_of(page) == []


def test_page_of_another_origin_gets_and_gives_no_answer(website: Website, own_server: OwnServer):
    """A website may open that page, but is not the frame that holds the answers."""
    with website.context.expect_page() as opened:
        website.page.evaluate(
            "(address) => { window.heard = [];"
            " window.addEventListener('message', ({ data }) => window.heard.push(data));"
            " window.other = window.open(address); }",
            f"{own_server.address}/c/{website.slug}/take-over",
        )
    own = opened.value
    expect(own.locator("html[data-ready]")).to_have_count(1)
    entry = [
        "after-back-surgery:event:00000001:x",
        {"link_id": "age-band", "path": [], "value": "x"},
    ]
    website.page.evaluate(
        "(entries) => window.other.postMessage({ v: 1, type: 'fbss:answers', entries }, '*')",
        [entry],
    )
    expect(own.get_by_role("heading", level=1)).to_have_text(
        "Your answers stayed where they are", timeout=SOON
    )
    assert kept_of(own) == []
    assert [one for one in website.page.evaluate("window.heard") if "entries" in one] == []


def test_shared_answers_stay_in_the_tab_where_the_phone_is_somebodys(
    website: Website, own_server: OwnServer
):
    owners = website.context.new_page()
    owners.goto(f"{own_server.address}/c/{website.slug}/questionnaire")
    questions = Questions(owners)
    questions.wait_until_ready()
    questions.walk(until="country", device_owner="mine", author="me")
    before = kept_in(owners, "localStorage")
    assert len(before) > 1
    website.begin().walk(until="age-band", **FIRST)
    own = website.leave()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible(timeout=SOON)
    Questions(own).wait_until_ready()
    own.reload()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible()
    expect(own.get_by_text("Kept until you close this tab")).to_be_visible()
    assert len(kept_in(own, "sessionStorage")) > len(before)
    assert kept_in(own, "localStorage") == before
    owners.reload()
    expect(owners.locator('form[data-link-id="country"]')).to_be_visible()
    expect(owners.get_by_text("Kept on this phone")).to_be_visible()
