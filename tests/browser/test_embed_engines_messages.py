"""Whom the frame and the page around it listen to, in Firefox's engine and in WebKit's."""

import time
from typing import Any

import pytest

from tests.browser.clinic import Clinic
from tests.browser.engine_website import expect_fit, height, open_website
from tests.browser.engines.shown import Engine, Shown, until
from tests.browser.host_site import HostSite
from tests.browser.messages import (
    FORGED,
    HELLO,
    MALFORMED,
    SEND_FROM_ANOTHER_FRAME,
    SEND_FROM_THE_FRAME,
    SEND_INTO_THE_FRAME,
    SEND_TO_ITSELF,
    WRONG_HELLOS,
    listening,
    without_script,
)
from tests.browser.site import OwnServer

SCROLL = "() => scrollY"


@pytest.fixture(scope="module")
def clinic(own_server: OwnServer, host: HostSite) -> str:
    return Clinic(own_server, "Hillside Clinic").open_own_pages(host.origin)


def heard(page: Shown) -> list[Any]:
    return page.run("() => window.heard")


def test_host_ignores_what_is_forged_or_malformed(engine: Engine, host: HostSite, clinic: str):
    page, frame = open_website(engine, host, clinic, change=listening)
    expect_fit(page, frame)
    before = height(page)
    page.run("() => scrollTo(0, document.body.scrollHeight)")
    place, count = page.run(SCROLL), len(heard(page))
    assert place > 0
    for message in FORGED:
        page.run(SEND_TO_ITSELF, message)
        page.run(SEND_FROM_ANOTHER_FRAME, [message, "parent"])
    for message in MALFORMED:
        frame.run(SEND_FROM_THE_FRAME, message)
    sent = 2 * len(FORGED) + len(MALFORMED)
    until(lambda: len(heard(page)) >= count + sent, "all that was sent")
    time.sleep(0.4)
    assert (height(page), page.run(SCROLL)) == (before, place)
    # It would have listened to good ones from there.
    frame.run(SEND_FROM_THE_FRAME, FORGED[0])
    until(lambda: height(page) == 5000, "the height that the frame tells")
    frame.run(SEND_FROM_THE_FRAME, FORGED[1])
    until(lambda: page.run(SCROLL) < place, "the place that the frame tells")


def test_the_right_window_with_another_origin_is_not_listened_to(
    engine: Engine, host: HostSite, clinic: str
):
    page, frame = open_website(engine, host, clinic, change=listening)
    expect_fit(page, frame)
    before = height(page)
    # The frame's window is that of another page now.
    page.run(
        "(address) => { document.querySelector('iframe').contentWindow.location = address; }",
        f"{host.other_origin}/nothing",
    )
    until(lambda: page.frame().run("() => origin") == host.other_origin, "another page")
    for message in FORGED:
        page.frame().run(SEND_FROM_THE_FRAME, message)
    from_there = "(other) => window.heard.filter(([origin]) => origin === other).length"
    until(lambda: page.run(from_there, host.other_origin) == len(FORGED), "what was sent")
    time.sleep(0.4)
    assert height(page) == before


def test_frame_answers_nobody_but_the_page_around_it(engine: Engine, host: HostSite, clinic: str):
    page, _ = open_website(
        engine, host, clinic, change=lambda html: listening(without_script(html))
    )
    # Another window of the very same origin.
    page.run(SEND_FROM_ANOTHER_FRAME, [HELLO, "parent.frames[0]"])
    for wrong in WRONG_HELLOS:
        page.run(SEND_INTO_THE_FRAME, wrong)
    time.sleep(0.4)
    assert heard(page) == []
    page.run(SEND_INTO_THE_FRAME, HELLO)
    until(lambda: {"fbss:ready", "fbss:height"} <= {m["type"] for _, m in heard(page)}, "an answer")
