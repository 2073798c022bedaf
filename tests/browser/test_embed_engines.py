"""How the frame stands in a clinic's website in Firefox's engine and in WebKit's."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.audit import ALL_RULES, RUN_AXE
from tests.browser.clinic import Clinic
from tests.browser.engine_website import (
    CLINIC,
    FRAME_TOP,
    QUESTION,
    TURNED,
    UPRIGHT,
    answer,
    as_on_a_narrow_phone,
    as_on_a_phone,
    begin,
    expect_fit,
    height,
    open_website,
    ready_frame,
    running_engine,
    walk,
)
from tests.browser.engines.shown import Engine, Shown, until
from tests.browser.host_site import HostSite
from tests.browser.site import OwnServer

NOTE_CLICKS = """() => {
  window.clicks = [];
  window.addEventListener("click", ({ isTrusted }) => window.clicks.push(isTrusted), true);
}"""
# Neither engine tells how far a layout shifts. The page itself notes what moves in it: what stands
# above the frame and its own top, anywhere; what stands below it, up in front of a reader.
NOTING_MOVES = """<head><script>
window.moves = [];
addEventListener("DOMContentLoaded", () => {
  const above = [...document.querySelectorAll("header, main > h1, main > p, iframe")];
  const below = document.querySelector("iframe ~ p");
  const top = (element) => element.getBoundingClientRect().top;
  let before;
  (function look() {
    const now = { above: above.map((one) => top(one) + scrollY), below: top(below), scrollY };
    above.forEach((one, index) => {
      if (before && Math.abs(now.above[index] - before.above[index]) > 1) moves.push(one.nodeName);
    });
    const wasSeen = before && before.below < innerHeight && before.scrollY === scrollY;
    if (wasSeen && now.below < before.below - 1) moves.push("what stands below");
    before = now;
    requestAnimationFrame(look);
  })();
});
</script>"""
KEPT_UNDER = """(store) => Object.keys(localStorage).filter((name) =>
  name.startsWith(`${store}after-back-surgery:event:`)).length"""
PLACE = "() => document.activeElement.getBoundingClientRect().top"


@pytest.fixture(scope="module")
def clinic(own_server: OwnServer, host: HostSite) -> str:
    return Clinic(own_server, "Orchard Clinic").open_own_pages(host.origin)


def noting_moves(html: str) -> str:
    return as_on_a_narrow_phone(html).replace("<head>", NOTING_MOVES, 1)


def axe_problems(shown: Shown) -> list[str]:
    shown.run(f"() => {{ {AXE_SCRIPT} }}")
    return shown.run(RUN_AXE, ["html", ALL_RULES])


def test_frame_fits_its_content_and_takes_answers(engine: Engine, host: HostSite, clinic: str):
    page, frame = open_website(engine, host, clinic)
    expect_fit(page, frame)
    assert height(page) > 1200
    frame.run(NOTE_CLICKS)
    questions = walk(page, frame)
    assert len(questions) > 6
    clicks = frame.run("() => window.clicks")
    assert len(clicks) > len(questions)
    assert all(clicks)
    assert frame.cookies() == []
    assert page.cookies() == []


def test_nothing_moves_on_any_question_and_the_height_follows_when_the_phone_turns(
    engine: Engine, host: HostSite, clinic: str
):
    (page,) = engine.pages
    page.resize(*UPRIGHT)
    page, frame = open_website(engine, host, clinic, change=noting_moves)
    page.wait_for("(width) => innerWidth === width", UPRIGHT[0])
    questions = walk(page, frame, "leg-or-back")
    assert len(questions) > 30
    assert page.run("() => window.moves") == []
    assert frame.run("() => innerWidth") == 320
    page.resize(*TURNED)
    page.wait_for("(width) => innerWidth === width", TURNED[0])
    expect_fit(page, frame)
    assert frame.run("() => innerWidth") == 640
    page.resize(*UPRIGHT)
    page.wait_for("(width) => innerWidth === width", UPRIGHT[0])
    expect_fit(page, frame)
    # It would have noticed.
    page.run("() => { window.moves.length = 0; document.querySelector('main').prepend('New'); }")
    until(lambda: page.run("() => window.moves") == ["H1", "P", "IFRAME"], "the moves")


def test_frame_shows_where_an_answer_is_missing(engine: Engine, host: HostSite, clinic: str):
    page, frame = open_website(engine, host, clinic)
    begin(frame)
    frame.click('form[data-link-id] [type="submit"]')
    frame.wait_for("() => document.activeElement.id === 'error-summary'")
    until(lambda: 0 <= page.run(FRAME_TOP) + frame.run(PLACE) < 700, "the error in view")
    expect_fit(page, frame)


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
    until(lambda: -1 <= page.run(FRAME_TOP) + frame.run(PLACE) < 600, "the errors in view")
    # So does the field that a link among them leads to.
    page.run("() => scrollTo(0, 0)")
    frame.run("() => { document.querySelector('main h1').style.marginBottom = '1500px'; }")
    expect_fit(page, frame)
    frame.click("#error-summary a")
    until(lambda: -1 <= page.run(FRAME_TOP) + frame.run(PLACE) < 600, "the field in view")


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
    assert height(page) == 900


def test_two_clinics_in_one_page_do_not_see_each_other(
    engine: Engine, own_server: OwnServer, host: HostSite, clinic: str
):
    other = Clinic(own_server, "Harbour Clinic").open_own_pages(host.origin)
    (page,) = engine.pages
    page.open(host.page(clinic, other, change=as_on_a_phone))
    first = ready_frame(page)
    walk(page, first)
    page.run("() => document.querySelectorAll('iframe')[1].scrollIntoView()")
    second = ready_frame(page, 1)
    band = "() => document.querySelector('.clinic-band').innerText"
    assert "Orchard Clinic" in first.run(band)
    assert "Harbour Clinic" in second.run(band)
    assert begin(second) == "device-owner"
    answer(second, {"device-owner": "mine"})
    assert first.run(QUESTION) == "age-band"
    # The browser keeps what belongs to both in one place, under names of their own.
    stores = [
        frame.run("() => document.documentElement.dataset.store") for frame in (first, second)
    ]
    assert stores[0] != stores[1]
    assert first.run(KEPT_UNDER, stores[0]) > 5
    assert first.run(KEPT_UNDER, stores[1]) == second.run(KEPT_UNDER, stores[1]) == 1


@pytest.mark.parametrize("name", ["Firefox", "WebKit"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_host_and_frame_serve_everyone(name: str, scheme: str, host: HostSite, clinic: str):
    with running_engine(name, dark=scheme == "dark") as engine:
        page, frame = open_website(engine, host, clinic)
        assert frame.run("() => matchMedia('(prefers-color-scheme: dark)').matches") == (
            scheme == "dark"
        )
        assert axe_problems(page) == []
        assert axe_problems(frame) == []
        begin(frame)
        assert axe_problems(frame) == []
