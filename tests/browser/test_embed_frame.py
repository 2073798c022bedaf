"""How the frame stands in a clinic's page: its height, its focus, and whom it listens to."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.browser.audit import axe_problems, problems
from tests.browser.clinic import Clinic
from tests.browser.host_site import FrameQuestions, HostSite, frame_of, until
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
from tests.browser.people import PATIENT, by_name
from tests.browser.site import OwnServer

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def clinic(own_server: OwnServer, host: HostSite) -> str:
    return Clinic(own_server, "Hillside Clinic").open_own_pages(host.origin)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


def open_host(visitor: BrowserContext, address: str, clinic: str) -> tuple[Page, Frame]:
    page = visitor.new_page()
    page.goto(address)
    return page, frame_of(page, clinic)


def measures(page: Page, frame: Frame) -> dict[str, float]:
    outer = page.locator("iframe").first.evaluate(
        "(e) => { const b = e.getBoundingClientRect();"
        " return { top: b.top, bottom: b.bottom, height: b.height, screen: innerHeight }; }"
    )
    inner = frame.evaluate(
        "() => ({ content: document.body.getBoundingClientRect().height,"
        " scrolls: document.scrollingElement.scrollHeight - innerHeight,"
        " bar: innerWidth - document.documentElement.clientWidth,"
        " sideways: document.scrollingElement.scrollWidth - innerWidth })"
    )
    return outer | inner


def expect_fit(page: Page, frame: Frame) -> None:
    """Expect the height of the content, or what is left of the screen where it is shorter."""

    def fits() -> bool:
        found = measures(page, frame)
        exact = abs(found["height"] - found["content"]) < 5
        to_the_edge = found["height"] > found["content"] and found["bottom"] >= found["screen"] - 5
        return (exact or to_the_edge) and found["scrolls"] <= 4

    until(fits, page)
    found = measures(page, frame)
    assert found["bar"] == 0
    assert found["sideways"] <= 0


def note_shifts(page: Page) -> None:
    """Note in the page around the frame what jumps there, and from where to where."""
    page.add_init_script(
        "window.shifts = [];"
        "const place = (s) => [s.node?.nodeName, s.previousRect.toJSON(), s.currentRect.toJSON()];"
        "new PerformanceObserver((list) => list.getEntries().forEach((one) =>"
        " window.shifts.push([one.value, one.sources.map(place)])"
        ")).observe({ type: 'layout-shift', buffered: true });"
    )


def test_height_follows_the_content_on_every_question_and_nothing_jumps(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    page = visitor.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    note_shifts(page)
    page.goto(host.page(clinic))
    frame = frame_of(page, clinic)
    expect_fit(page, frame)
    frame.get_by_role("link", name="Start the questions").click()
    questions = FrameQuestions(frame)
    for count, _ in enumerate(questions.through(until="leg-or-back", **by_name(PATIENT))):
        expect_fit(page, frame)
        top = measures(page, frame)["top"]
        assert count == 0 or -1 <= top < page.viewport_size["height"]
    assert count > 40
    assert page.evaluate("window.shifts") == []
    page.set_viewport_size({"width": 640, "height": 320})
    expect_fit(page, frame)
    page.set_viewport_size({"width": 320, "height": 640})
    expect_fit(page, frame)


def test_focus_goes_to_the_question_and_is_not_stolen_before(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    page, frame = open_host(visitor, host.page(clinic), clinic)
    assert page.evaluate("document.activeElement.nodeName") == "BODY"
    assert frame.evaluate("document.activeElement.nodeName") == "BODY"
    frame.get_by_role("link", name="Start the questions").click()
    questions = FrameQuestions(frame)
    questions.walk(until="author")
    expect(frame.get_by_role("heading", level=1)).to_be_focused()
    # The end of the page is in view; the next question begins at its top.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    questions.answer_plainly()
    until(lambda: 0 <= measures(page, frame)["top"] < 5, page)
    # What is wrong is shown where a person looks, too.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    questions.next()
    expect(frame.locator("#error-summary")).to_be_focused()
    until(lambda: measures(page, frame)["top"] >= 0, page)


def test_keyboard_leads_into_the_frame_and_out_again(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    page, frame = open_host(visitor, host.page(clinic), clinic)
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        # The frame has a process of its own, where the focus arrives a moment later.
        page.wait_for_timeout(50)
        inside = page.evaluate("document.activeElement.nodeName") == "IFRAME"
        words = (frame if inside else page).evaluate("document.activeElement.textContent.trim()")
        seen.append(f"{'in' if inside else 'out'}: {words}")
        if seen[-1] == "out: Open this in its own page":
            break
    assert seen[0] == "in: Skip to main content"
    assert any(one.startswith("in: Start the questions") for one in seen)
    assert seen[-1] == "out: Open this in its own page"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.nodeName") == "IFRAME"


def test_host_ignores_what_is_forged_or_malformed(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    page, frame = open_host(visitor, host.page(clinic), clinic)
    expect_fit(page, frame)
    before = measures(page, frame)["height"]
    for message in FORGED:
        # From the page itself, and from a frame of its own that is none of the app's.
        page.evaluate(SEND_TO_ITSELF, message)
        page.evaluate(SEND_FROM_ANOTHER_FRAME, [message, "parent"])
    for message in MALFORMED:
        frame.evaluate(SEND_FROM_THE_FRAME, message)
    page.wait_for_timeout(400)
    assert measures(page, frame)["height"] == before
    # It would have listened to a good one from there.
    frame.evaluate(SEND_FROM_THE_FRAME, FORGED[0])
    until(lambda: measures(page, frame)["height"] == 5000, page)


def test_host_goes_to_the_place_that_the_frame_names(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    page, frame = open_host(visitor, host.page(clinic), clinic)
    expect_fit(page, frame)
    for y, place in ((700, 700), (-5, 0), ("700", 0), (700.5, 0), (20_001, 0), (None, 0)):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        frame.evaluate("(y) => parent.postMessage({ v: 1, type: 'fbss:scroll', y }, '*')", y)
        until(lambda place=place: abs(measures(page, frame)["top"] + place) < 5, page)


def test_frame_that_may_not_grow_keeps_a_scroll_bar_of_its_own(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    rule = "<style id=rule>iframe { max-height: 80vh; }</style></head>"
    address = host.page(clinic, change=lambda html: html.replace("</head>", rule))
    page, frame = open_host(visitor, address, clinic)
    frame.get_by_role("link", name="Start the questions").click()
    FrameQuestions(frame)
    overflow = "() => getComputedStyle(document.documentElement).overflowY"
    until(lambda: frame.evaluate(overflow) != "hidden", page)
    box = page.locator("iframe").bounding_box()
    assert box
    assert box["height"] < PHONE["height"]
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    until(
        lambda: (
            page.mouse.wheel(0, 300)
            or frame.evaluate("scrollY + innerHeight + 5")
            >= frame.evaluate("document.documentElement.scrollHeight")
        ),
        page,
    )
    # Once it may grow again, it does.
    page.evaluate("() => document.getElementById('rule').remove()")
    expect_fit(page, frame)
    assert frame.evaluate(overflow) == "hidden"


def test_link_within_the_page_tells_the_place_that_it_leads_to(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    """An engine that lets no frame scroll the page around it depends on it."""
    page, frame = open_host(visitor, host.page(clinic), clinic)
    expect_fit(page, frame)
    page.evaluate(
        "() => { window.places = []; window.addEventListener('message', ({ data }) =>"
        " data.type === 'fbss:scroll' && 'y' in data && window.places.push(data.y)); }"
    )
    frame.get_by_role("link", name="Skip to main content").press("Enter")
    top = "(name) => Math.floor(document.querySelector(name).getBoundingClientRect().top)"
    until(lambda: page.evaluate("window.places.length"), page)
    assert page.evaluate("window.places") == [max(frame.evaluate(top, "#main"), 0)]
    frame.get_by_role("link", name="Start the questions").click()
    FrameQuestions(frame).next()
    frame.locator("#error-summary a").click()
    until(lambda: page.evaluate("window.places.length") == 2, page)
    # The question's own top: the place of an answer would tell which one it is.
    assert page.evaluate("window.places[1]") == frame.evaluate(top, "form [data-field]")
    assert page.evaluate("window.places[1]") > 0


def test_frame_answers_nobody_but_the_page_around_it(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    address = host.page(clinic, change=lambda html: listening(without_script(html)))
    page, _ = open_host(visitor, address, clinic)
    # Another window of the very same origin.
    page.evaluate(SEND_FROM_ANOTHER_FRAME, [HELLO, "parent.frames[0]"])
    for wrong in WRONG_HELLOS:
        page.evaluate(SEND_INTO_THE_FRAME, wrong)
    page.wait_for_timeout(400)
    assert page.evaluate("window.heard") == []
    page.evaluate(SEND_INTO_THE_FRAME, HELLO)
    page.wait_for_function("window.heard.some(([, { type }]) => type === 'fbss:height')")
    assert page.evaluate("window.heard[0][1].type") == "fbss:ready"


def test_frame_without_the_script_scrolls_by_itself(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    page, frame = open_host(visitor, host.page(clinic, change=without_script), clinic)
    found = measures(page, frame)
    assert found["height"] == 900
    assert found["scrolls"] > 0
    assert frame.evaluate("getComputedStyle(document.documentElement).overflowY") != "hidden"


def test_site_that_is_not_listed_shows_nothing(
    visitor: BrowserContext, own_server: OwnServer, host: HostSite
):
    other = Clinic(own_server, "Lakeside Clinic").open_own_pages("https://lakeside.example")
    page = visitor.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(host.page(other))
    page.locator("iframe").scroll_into_view_if_needed()
    until(lambda: any("frame-ancestors" in text for text in said), page)
    assert page.frames[1].url.startswith("chrome-error:")


def test_two_clinics_in_one_page_do_not_see_each_other(
    browser: Browser, own_server: OwnServer, host: HostSite, clinic: str
):
    other = Clinic(own_server, "Harbour Clinic").open_own_pages(host.origin)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(host.page(clinic, other))
    titles = page.locator("iframe").evaluate_all("(all) => all.map((one) => one.title)")
    assert len(set(titles)) == 2
    first, second = frame_of(page, clinic), frame_of(page, other)
    first.get_by_role("link", name="Start the questions").click()
    FrameQuestions(first).walk(until="age-band", device_owner="shared")
    expect(first.locator(".clinic-band")).to_contain_text("Hillside Clinic")
    # It lies below the window by now, where a browser draws nothing that could be tapped.
    second = frame_of(page, other)
    expect(second.locator(".clinic-band")).to_contain_text("Harbour Clinic")
    second.get_by_role("link", name="Start the questions").click()
    expect(second.locator("form[data-link-id]")).to_have_attribute("data-link-id", "device-owner")
    # Their stores have names of their own, where the browser gives them any.
    prefix = "() => document.documentElement.dataset.store"
    assert first.evaluate(prefix) != second.evaluate(prefix)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_host_and_frame_serve_everyone(browser: Browser, host: HostSite, clinic: str, scheme: str):
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    page, frame = open_host(context, host.page(clinic), clinic)
    assert axe_problems(page) == []
    assert page.locator("iframe").get_attribute("title")
    for step in ("start", "question"):
        assert axe_problems(frame) == [], step
        if step == "start":
            frame.get_by_role("link", name="Start the questions").click()
            expect(frame.locator("form[data-link-id]")).to_be_visible()
    assert frame.evaluate("document.documentElement.lang") == "en"
    assert frame.get_by_role("heading", level=1).count() == 1
    fixed = frame.evaluate(
        "() => [...document.querySelectorAll('*')].filter((one) =>"
        " ['fixed', 'sticky'].includes(getComputedStyle(one).position)).length"
    )
    assert fixed == 0
    context.close()


def test_script_twice_and_frames_that_come_later(
    visitor: BrowserContext, host: HostSite, clinic: str
):
    twice = host.page(
        clinic,
        change=lambda html: html.replace(
            '<script src="https://APP/embed.js" async></script>',
            '<script src="https://APP/embed.js"></script>' * 2
            + '<script src="https://APP/embed-1.0.0.js"></script>',
        ),
    )
    page, frame = open_host(visitor, twice, clinic)
    expect_fit(page, frame)
    globals_ = page.evaluate("Object.keys(window).filter((name) => /fbss/i.test(name))")
    assert globals_ == ["fbssEmbed"]
    assert page.evaluate("window.fbssEmbed.version") == "1.0.0"
    page.evaluate(
        "() => { const one = document.querySelector('iframe'); const two = one.cloneNode();"
        " two.style.height = ''; one.after(two); window.fbssEmbed.refresh(); }"
    )
    second = page.locator("iframe").nth(1)
    second.scroll_into_view_if_needed()
    until(lambda: second.evaluate("(one) => one.offsetHeight") > 1200, page)
    assert second.get_attribute("title").endswith("(2)")


def test_problems_of_every_kind_are_none_at_320(
    browser: Browser, own_server: OwnServer, host: HostSite, clinic: str
):
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{own_server.address}/embed/{clinic}/questionnaire")
    expect(page.locator("html[data-ready]")).to_have_count(1)
    # The clinic's name stands above everything that has its place on the app's own pages.
    found = [one for one in problems(page) if "is not in its place" not in one]
    assert found == []
    assert json.loads(page.evaluate("document.documentElement.dataset.clinic"))["slug"] == clinic
    context.close()
