"""The questionnaire in a clinic's website, in Firefox's engine and in WebKit's."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from fbss_app.domain.questionnaire.model import CHOICES
from tests.browser.clinic import Clinic
from tests.browser.engines import (
    Engine,
    Shown,
    find_firefox,
    find_webkit,
    running_firefox,
    running_webkit,
    until,
)
from tests.browser.host_site import HostSite
from tests.browser.questions import QUESTIONNAIRE, plain_answer
from tests.browser.site import OwnServer

# Whoever chose this in the settings keeps every storage from a frame of another site.
BLOCKING = {"network.cookie.cookieBehavior": 1}
GIVEN = {"device-owner": "mine", "author": "me", "country": "gb"}

READY = "() => document.documentElement.hasAttribute('data-ready')"
QUESTION = "() => document.querySelector('form[data-link-id]')?.dataset.linkId ?? ''"
ADDRESS = "() => location.href"
TEXT = "() => document.body.innerText"
CLINIC = "() => document.documentElement.dataset.clinic ?? null"
KEPT = "() => Object.keys(localStorage).filter((name) => name.includes(':event:')).length"
NOTE_CLICKS = """() => {
  window.clicks = [];
  window.addEventListener("click", ({ isTrusted }) => window.clicks.push(isTrusted), true);
}"""
OUTSIDE = """() => {
  const { height, bottom } = document.querySelector("iframe").getBoundingClientRect();
  return { height, isToTheEdge: bottom >= innerHeight - 5 };
}"""
INSIDE = """() => {
  const { scrollHeight, scrollWidth } = document.scrollingElement;
  return {
    height: document.body.getBoundingClientRect().height,
    isScrolled: scrollHeight > innerHeight + 4 || scrollWidth > innerWidth,
    hasBar: innerWidth > document.documentElement.clientWidth,
  };
}"""


@contextmanager
def running_engine(name: str) -> Iterator[Engine]:
    if name == "WebKit":
        if (webkit := find_webkit()) is None:
            pytest.skip("WebKit is not installed: no WebKitWebDriver, MiniBrowser or Xvfb")
        with running_webkit(*webkit) as engine:
            yield engine
        return
    if (firefox := find_firefox()) is None:
        pytest.skip("Firefox is not installed: no firefox-esr or firefox on the path")
    with running_firefox(firefox, BLOCKING if "blocks" in name else {}) as engine:
        yield engine


@pytest.fixture(params=["Firefox", "WebKit"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with running_engine(request.param) as engine:
        yield engine


@pytest.fixture(scope="module")
def clinic(own_server: OwnServer, host: HostSite) -> str:
    return Clinic(own_server, "Orchard Clinic").open_own_pages(host.origin)


def as_on_a_phone(html: str) -> str:
    """Make the page narrow: no window of WebKit's small browser is."""
    return html.replace("body { margin: 0;", "body { width: 360px; margin: 0;")


def ready_frame(page: Shown, number: int = 0) -> Shown:
    until(lambda: page.frame(number).run(READY), "the questionnaire in the page")
    return page.frame(number)


def open_website(engine: Engine, host: HostSite, clinic: str) -> tuple[Shown, Shown]:
    (page,) = engine.pages
    page.open(host.page(clinic, change=as_on_a_phone))
    return page, ready_frame(page)


def expect_fit(page: Shown, frame: Shown) -> None:
    """Expect the height of the content, or what is left of the screen, and one scroll bar."""

    def fits() -> bool:
        outside, inside = page.run(OUTSIDE), frame.run(INSIDE)
        more = outside["height"] - inside["height"]
        return (abs(more) < 5 or (more > 0 and outside["isToTheEdge"])) and not (
            inside["isScrolled"] or inside["hasBar"]
        )

    until(fits, "a frame as high as its content")


def answer(frame: Shown) -> str:
    """Answer the question on the screen by clicks, and give the next one."""
    link_id = frame.run(QUESTION)
    item = QUESTIONNAIRE.placements[link_id].item
    if item.type in CHOICES:
        given = GIVEN.get(link_id, plain_answer(item))
        for code in given if item.repeats else [given]:
            frame.click(f'input[value="{code}"]')
    frame.click('form[data-link-id] [type="submit"]')
    return frame.wait_for(f"(before) => [({QUESTION})()].find((now) => now !== before)", link_id)


def walk(page: Shown, frame: Shown) -> list[str]:
    """Go from the start page through the first questions, up to the person's age."""
    frame.run(NOTE_CLICKS)
    frame.click('main a[href$="/questionnaire"]')
    questions = [frame.wait_for(QUESTION)]
    while questions[-1] != "age-band":
        expect_fit(page, frame)
        questions.append(answer(frame))
    return questions


def test_frame_fits_its_content_and_takes_answers(engine: Engine, host: HostSite, clinic: str):
    page, frame = open_website(engine, host, clinic)
    expect_fit(page, frame)
    assert page.run(OUTSIDE)["height"] > 1200
    questions = walk(page, frame)
    assert len(questions) > 6
    clicks = frame.run("() => window.clicks")
    assert len(clicks) > len(questions)
    assert all(clicks)
    assert frame.cookies() == []
    assert page.cookies() == []


def test_frame_shows_where_an_answer_is_missing(engine: Engine, host: HostSite, clinic: str):
    page, frame = open_website(engine, host, clinic)
    frame.click('main a[href$="/questionnaire"]')
    frame.wait_for(QUESTION)
    frame.click('form[data-link-id] [type="submit"]')
    frame.wait_for("() => document.activeElement.id === 'error-summary'")
    place = "() => document.activeElement.getBoundingClientRect().top"
    top = "() => document.querySelector('iframe').getBoundingClientRect().top"
    until(lambda: 0 <= page.run(top) + frame.run(place) < 700, "the error in view")
    expect_fit(page, frame)


def test_site_that_is_not_listed_shows_nothing(
    engine: Engine, own_server: OwnServer, host: HostSite, clinic: str
):
    other = Clinic(own_server, "Lakeside Clinic").open_own_pages("https://lakeside.example")
    (page,) = engine.pages
    page.open(host.page(other, clinic, change=lambda html: html.replace(' loading="lazy"', "")))
    frame = ready_frame(page, 1)
    assert frame.run(CLINIC)
    assert page.run("() => document.readyState") == "complete"
    assert page.frame(0).run(CLINIC) is None
    assert page.run(OUTSIDE)["height"] == 900


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
    own = until(
        lambda: next(
            (
                one
                for one in engine.pages
                if one.run(ADDRESS).endswith(f"/c/{clinic}/questionnaire#age-band")
            ),
            None,
        ),
        "the answers in a page of their own",
    )
    assert own.wait_for(QUESTION) == "age-band"
    assert own.run(KEPT) > 5
    until(lambda: "Your answers went along to a page of their own" in frame.run(TEXT), "the hint")


def test_firefox_that_keeps_nothing_takes_answers_too(host: HostSite, clinic: str):
    with running_engine("Firefox that blocks") as engine:
        page, frame = open_website(engine, host, clinic)
        walk(page, frame)
        assert "Not kept: storage is blocked" in frame.run(TEXT)
        assert frame.run(KEPT) == 0
        assert frame.cookies() == []


def test_what_a_form_found_wrong_comes_into_view(engine: Engine, host: HostSite, clinic: str):
    page, frame = open_website(engine, host, clinic)
    walk(page, frame)
    frame.click('a[href$="/save"]')
    frame.wait_for("() => document.querySelector('#consent')?.id")
    # The button stands further below than a screen is high, as on a small phone with large letters.
    frame.run("() => { document.querySelector('main form .actions').style.marginTop = '1500px'; }")
    expect_fit(page, frame)
    frame.click("main form [type='submit']")
    frame.wait_for("() => document.activeElement.id === 'error-summary'")
    place = "() => document.activeElement.getBoundingClientRect().top"
    top = "() => document.querySelector('iframe').getBoundingClientRect().top"
    until(lambda: -1 <= page.run(top) + frame.run(place) < 600, "the errors in view")
    # So does the field that a link among them leads to.
    page.run("() => scrollTo(0, 0)")
    frame.run("() => { document.querySelector('main h1').style.marginBottom = '1500px'; }")
    expect_fit(page, frame)
    frame.click("#error-summary a")
    until(lambda: -1 <= page.run(top) + frame.run(place) < 600, "the field in view")
