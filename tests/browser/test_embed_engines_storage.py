"""What Firefox's engine and WebKit's keep for the frame, and that no answer is lost on the way."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.clinic import SOON, Clinic
from tests.browser.engine_website import (
    ADDRESS,
    QUESTION,
    READY,
    TEXT,
    as_on_a_phone,
    choose,
    open_website,
    running_engine,
    walk,
)
from tests.browser.engines.shown import Engine, Shown, until
from tests.browser.host_site import HostSite
from tests.browser.messages import is_allowed, listening
from tests.browser.site import OwnServer
from tests.browser.storage import IS_REAL, KEEPS_COOKIE, OPENS_DATABASE
from tests.browser.website import NAME, asking_for_completed

KEPT = "() => Object.keys(localStorage).filter((name) => name.includes(':event:')).length"
BLOCKED = "Not kept: storage is blocked"


@pytest.fixture(scope="module")
def orchard(own_server: OwnServer, host: HostSite) -> tuple[Clinic, str]:
    clinic = Clinic(own_server, "Orchard Clinic")
    return clinic, clinic.open_own_pages(host.origin)


@pytest.fixture
def clinic(orchard: tuple[Clinic, str]) -> str:
    return orchard[1]


@pytest.fixture(params=["Firefox", "WebKit"])
def blocking(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with running_engine(request.param, blocks=True) as engine:
        yield engine


def expect_blocked(frame: Shown) -> None:
    """Expect that only the storage of the tab is left, which neither can be told to refuse."""
    assert not frame.run(IS_REAL, "localStorage")
    assert not frame.run(OPENS_DATABASE)
    assert not frame.run(KEEPS_COOKIE)


def go(frame: Shown, path: str) -> None:
    before = frame.run(ADDRESS)
    frame.click(f'a[href$="{path}"]')
    frame.wait_for("(before) => location.href !== before", before)


def test_frame_goes_on_with_what_the_browser_keeps_for_it(
    engine: Engine, own_server: OwnServer, host: HostSite, clinic: str
):
    page, frame = open_website(engine, host, clinic)
    walk(page, frame)
    assert frame.run(KEPT) > 5
    page, frame = open_website(engine, host, clinic)
    assert "Carry on where I stopped" in frame.run(TEXT)
    # What is kept for the frame is kept apart from what is kept for a page of the app's own.
    page.open(f"{own_server.address}/c/{clinic}")
    page.wait_for(READY)
    assert page.run(KEPT) == 0


def test_answers_come_along_to_a_page_of_their_own(engine: Engine, host: HostSite, clinic: str):
    page, frame = open_website(engine, host, clinic)
    walk(page, frame)
    frame.click("a[data-own-page]")
    address = f"/c/{clinic}/questionnaire#age-band"

    def own_pages() -> list[Shown]:
        return [one for one in engine.pages if one.run(ADDRESS).endswith(address)]

    (own,) = until(own_pages, "the answers in a page of their own")
    assert own.wait_for(QUESTION) == "age-band"
    assert own.run(KEPT) > 5
    until(lambda: "Your answers went along to a page of their own" in frame.run(TEXT), "the hint")


def test_blocked_cookies_and_storage_take_no_answer_away(
    blocking: Engine, own_server: OwnServer, host: HostSite, clinic: str
):
    page, frame = open_website(blocking, host, clinic)
    expect_blocked(frame)
    walk(page, frame)
    assert BLOCKED in frame.run(TEXT)
    assert frame.run(KEPT) == 0
    assert frame.cookies() == []
    # For a page of the app's own it would have kept the cookie.
    page.open(f"{own_server.address}/c/{clinic}")
    assert page.run(KEEPS_COOKIE)


@pytest.mark.parametrize("blocks", [False, True], ids=["as it ships", "blocking"])
@pytest.mark.parametrize("name", ["Firefox", "WebKit"])
def test_from_the_website_to_the_inbox(
    name: str,
    blocks: bool,
    host: HostSite,
    orchard: tuple[Clinic, str],
    desks: Any,
    own_server: OwnServer,
):
    clinic, slug = orchard
    person = f"{NAME} ({name}, {blocks})"
    with running_engine(name, blocks=blocks) as engine:
        page, frame = open_website(
            engine,
            host,
            slug,
            change=lambda html: listening(asking_for_completed(as_on_a_phone(html))),
        )
        if blocks:
            expect_blocked(frame)
        questions = walk(page, frame, signs_bladder_bowel=["r1"])
        go(frame, "/summary")
        go(frame, "/send")
        # A name is asked for, and nothing is sent without it.
        frame.wait_for("() => document.querySelector('#send-name')?.id")
        frame.click("main form [type='submit']")
        frame.wait_for("() => document.activeElement.id === 'error-summary'")
        assert page.run("() => window.done") == []
        frame.write("#send-name", person)
        choose(frame, "#send-send")
        choose(frame, "#send-save")
        frame.click("main form [type='submit']")
        until(lambda: f"Your answers are with {clinic.name}" in frame.run(TEXT), "the thanks")
        until(lambda: page.run("() => window.done.length"), "the event of the page around it")
        assert page.run("() => window.done") == [["IFRAME", None]]
        all_heard = page.run("() => window.heard")
    assert {origin for origin, _ in all_heard} == {own_server.address}
    assert [message for _, message in all_heard if not is_allowed(message)] == []
    assert set(clinic.answers_of(person)) <= set(questions)
    assert clinic.answers_of(person)["signs-bladder-bowel"] == ["r1"]
    desk = desks().sit_down(clinic)
    desk.open("/clinic")
    expect(desk.row(person)).to_contain_text("Emergency signs", timeout=SOON)
