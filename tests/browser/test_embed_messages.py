"""What the frame tells the page around it on the way to sending, and whom that page listens to."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.host_site import HostSite, until
from tests.browser.messages import NUMBERS, SEND_FROM_THE_FRAME, is_allowed, listening
from tests.browser.site import OwnServer
from tests.browser.website import FIRST, Website, asking_for_completed, visited_website


def listening_for_completed(html: str) -> str:
    return asking_for_completed(listening(html))


@pytest.fixture(params=[listening, listening_for_completed])
def website(
    browser: Browser, own_server: OwnServer, host: HostSite, request: pytest.FixtureRequest
) -> Iterator[Website]:
    with visited_website(browser, own_server, host, change=request.param) as website:
        yield website


def heard(website: Website) -> list[Any]:
    """Give every message that the page around the frame got."""
    return website.page.evaluate("window.heard")


def test_the_document_describes_these_messages_and_no_others():
    text = Path("docs/embedding.md").read_text(encoding="utf-8")
    # Before those between the frame and a page of its own, which are of one origin.
    text = text[: text.index("Between the frame and the page")]
    assert set(re.findall(r"^\| frame \| `(fbss:\w+)`", text, re.MULTILINE)) == set(NUMBERS)


def test_messages_up_to_sending_hold_nothing_of_the_answers(
    website: Website, own_server: OwnServer, request: pytest.FixtureRequest
):
    asked_for = request.node.callspec.params["website"] is listening_for_completed
    questions = website.begin()
    questions.next()
    expect(website.frame.locator("#error-summary")).to_be_focused()
    questions.walk(until="age-band", signs_bladder_bowel=["r1"], **FIRST)
    of_questions = [message for _, message in heard(website)]
    website.save()
    website.go("/summary")
    website.go("/send")
    website.tap("Send my answers")
    expect(website.frame.locator("#error-summary")).to_be_focused()
    website.send()
    if asked_for:
        until(lambda: website.page.evaluate("window.done.length"), website.page)
    website.page.wait_for_timeout(500)

    all_heard = heard(website)
    assert {origin for origin, _ in all_heard} == {own_server.address}
    assert [message for _, message in all_heard if not is_allowed(message)] == []
    types = [message["type"] for _, message in all_heard]
    assert {"fbss:ready", "fbss:height", "fbss:scroll"} <= set(types)
    # Where the focus lies among the answers of a question would tell which of them.
    assert not [message for message in of_questions if "y" in message]
    assert types.count("fbss:completed") == asked_for
    assert website.page.evaluate("window.done") == ([["IFRAME", None]] if asked_for else [])


def test_the_right_window_with_another_origin_is_not_listened_to(website: Website, host: HostSite):
    frame, shown = website.frame, website.page.locator("iframe")
    until(lambda: shown.evaluate("(one) => one.style.height"), website.page)
    address = frame.url
    before = shown.evaluate("(one) => one.style.height")
    website.page.evaluate("scrollTo(0, 700)")
    # The frame's window is that of another page now.
    frame.goto(f"{host.other_origin}/nothing")
    forged = (
        {"type": "fbss:height", "h": 5000},
        {"type": "fbss:scroll"},
        {"type": "fbss:completed"},
    )
    for message in forged:
        frame.evaluate(SEND_FROM_THE_FRAME, {"v": 1, **message})
    until(lambda: len([o for o, _ in heard(website) if o == host.other_origin]) == 3, website.page)
    website.page.wait_for_timeout(300)

    assert shown.evaluate("(one) => one.style.height") == before
    assert website.page.evaluate("scrollY") == 700
    assert website.page.evaluate("window.done") == []
    # From the app's own origin it does. The page there tells its own height meanwhile.
    shown.evaluate(
        "(one) => { window.heights = []; new MutationObserver(() => heights.push("
        "one.style.height)).observe(one, { attributeFilter: ['style'] }); }"
    )
    frame.goto(address)

    def is_listened_to() -> bool:
        frame.evaluate("() => parent.postMessage({ v: 1, type: 'fbss:height', h: 5000 }, '*')")
        return "5000px" in website.page.evaluate("heights")

    until(is_listened_to, website.page)
