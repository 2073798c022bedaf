"""Reading aloud, with a made-up voice: the browser of the tests has none."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from tests.browser.audit import problems
from tests.browser.people import PATIENT
from tests.browser.questions import Questions

FAKE = Path(__file__).with_name("fake_speech.js")
READING = routes.option("more-room-for-a-nerve")
SHIFTS = """() => new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
        observer.disconnect();
        resolve(list.getEntries().map((entry) => entry.value));
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve([]), 300);
})"""


@pytest.fixture
def speaking(page):
    """Give a page of a phone that has a voice of its own, and others."""
    page.add_init_script(path=FAKE)
    return page


def opened(page, path):
    page.goto(path)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    return page


def button(page, name):
    return page.get_by_role("button", name=name, exact=name != "Listen")


def listen(page):
    button(page, "Listen").click()
    expect(page.locator(".listen-panel")).to_be_visible()


def said(page):
    return [each["text"] for each in page.evaluate("speech.said")]


def all_said(page):
    """Listen to the whole page at once."""
    page.evaluate("speech.isFast = true")
    button(page, "Listen").click()
    # The policy of the pages lets no test wait for an expression.
    while not said(page):
        page.wait_for_timeout(20)
    expect(page.locator(".listen-panel")).to_have_count(0, timeout=20_000)
    return said(page)


def test_device_without_a_voice_is_offered_nothing(page):
    opened(page, READING)

    assert page.evaluate("speechSynthesis.getVoices().length") == 0
    expect(page.locator(".listen")).to_have_count(1)
    expect(page.locator(".listen")).not_to_be_visible()


@pytest.mark.parametrize("voices", [["Far"], ["Foreign"], ["Far", "Foreign"]])
def test_voices_of_others_and_of_other_languages_do_not_count(speaking, voices):
    opened(speaking, READING)
    expect(button(speaking, "Listen")).to_be_visible()

    speaking.evaluate("(names) => speech.changeVoices(names)", voices)

    expect(speaking.locator(".listen")).not_to_be_visible()


def test_button_of_a_late_voice_moves_nothing(speaking):
    speaking.add_init_script("speech.voices = []")
    opened(speaking, READING)
    expect(speaking.locator(".listen")).not_to_be_visible()
    before = speaking.locator("main h1").bounding_box()
    shifts = speaking.evaluate(SHIFTS)

    speaking.evaluate("speech.changeVoices(['Own'])")

    expect(button(speaking, "Listen")).to_be_visible()
    assert speaking.locator("main h1").bounding_box() == before
    assert speaking.evaluate(SHIFTS) == shifts


def test_nothing_is_loaded_before_the_first_tap(browser, site):
    context = browser.new_context(base_url=site, service_workers="block")
    context.add_init_script(path=FAKE)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, READING)
    expect(button(page, "Listen")).to_be_visible()
    page.wait_for_timeout(300)
    before = len(asked)
    assert [url for url in asked if "/read_aloud-" in url] == []

    listen(page)

    later = asked[before:]
    assert len(later) == 1
    assert later[0].startswith(f"{site}/assets/read_aloud-")
    context.close()


def test_page_is_read_in_order_without_what_is_only_looked_up(speaking):
    heard = all_said(opened(speaking, READING))
    text = "\n".join(heard)

    assert heard[0] == "More surgery to make room for a nerve (decompression)"
    assert heard[-1] == "No clinician has checked this page yet."
    headings = speaking.locator("main h2:visible").all_inner_texts()
    places = [heard.index(heading) for heading in headings if heading != "Sources"]
    assert places == sorted(places)
    assert "None. Well enough, out of 100: 66." in text.replace("\n", " ")
    for unheard in ("Source ", "doi:", "All options", "Words on this page", "Listen"):
        assert unheard not in text
    assert speaking.evaluate("new Set(speech.said.map(({ voice }) => voice)).size") == 1
    assert speaking.evaluate("speech.said[0].voice") == "Own"


def test_question_is_read_with_its_hint_and_its_answers(phone_with):
    page = phone_with(PATIENT)
    page.add_init_script(path=FAKE)
    Questions(page).open("#pain-now-back")

    heard = all_said(page)

    form = page.locator("form[data-link-id]")
    assert form.locator("h1").inner_text() in heard
    assert form.locator(".hint").first.inner_text() in heard
    assert heard[-3:] == ["Choose a number from 0 to 10.", "or", "Not sure"]


def test_numbers_to_call_are_read_digit_by_digit(speaking):
    heard = "\n".join(all_said(opened(speaking, routes.URGENT_HELP)))

    assert "9 9 9" in heard
    assert "999" not in heard


@pytest.mark.parametrize("path", [routes.START, routes.ABOUT, routes.OPTIONS, routes.GLOSSARY])
def test_every_kind_of_page_can_be_heard(speaking, path):
    heard = all_said(opened(speaking, path))

    assert speaking.locator("main h1").inner_text() in heard
    assert len(heard) > 10


def test_summary_can_be_heard(phone_with):
    page = phone_with(PATIENT)
    page.add_init_script(path=FAKE)
    button(opened(page, routes.SUMMARY), "Open all parts").click()
    heard = all_said(page)

    assert "6 out of 10" in heard
    assert any("Kind of operation: Laminectomy" in text for text in heard)


def test_what_is_read_is_marked_and_comes_into_view(speaking):
    opened(speaking, READING)
    listen(speaking)
    marked = speaking.locator("[data-reading]")
    expect(marked).to_have_text(speaking.locator("main h1").inner_text())
    style = marked.evaluate("(element) => getComputedStyle(element).outlineStyle")
    assert style == "dotted"

    for _ in range(12):
        speaking.evaluate("speech.end()")

    expect(marked).to_have_count(1)
    expect(marked).to_be_in_viewport(ratio=1)
    panel = speaking.locator(".listen-panel").bounding_box()
    box = marked.bounding_box()
    assert box["y"] + box["height"] <= panel["y"]


@pytest.mark.parametrize(("motion", "way"), [("reduce", "instant"), ("no-preference", "smooth")])
def test_page_glides_only_for_those_who_like_motion(speaking, motion, way):
    speaking.emulate_media(reduced_motion=motion)
    opened(speaking, READING)
    speaking.evaluate("""() => {
        window.ways = new Set();
        Element.prototype.scrollIntoView = ({ behavior }) => window.ways.add(behavior);
    }""")
    all_said(speaking)

    assert speaking.evaluate("[...window.ways]") == [way]


def test_keys_start_pause_resume_and_stop(speaking):
    opened(speaking, READING)
    button(speaking, "Listen").focus()
    speaking.keyboard.press("Enter")
    expect(button(speaking, "Pause")).to_be_focused()
    expect(speaking.locator(".listen")).not_to_be_visible()

    speaking.keyboard.press("Enter")
    expect(button(speaking, "Read on")).to_be_focused()
    assert speaking.evaluate("speech.current") is None
    speaking.keyboard.press("Enter")
    expect(button(speaking, "Pause")).to_be_focused()
    assert len(set(said(speaking))) == 1

    speaking.keyboard.press("Tab")
    expect(button(speaking, "Stop")).to_be_focused()
    speaking.keyboard.press("Tab")
    expect(speaking.get_by_role("combobox", name="Speed")).to_be_focused()
    speaking.keyboard.press("Escape")
    expect(speaking.locator(".listen-panel")).to_have_count(0)
    expect(button(speaking, "Listen")).to_be_focused()
    assert speaking.evaluate("speech.current") is None
    expect(speaking.locator("[data-reading]")).to_have_count(0)


def test_another_question_is_not_talked_over(phone_with):
    page = phone_with(PATIENT)
    page.add_init_script(path=FAKE)
    questions = Questions(page).open("#pain-now-back")
    listen(page)

    questions.next()

    expect(page.locator(".listen-panel")).to_have_count(0)
    assert page.evaluate("speech.current") is None
    expect(page.locator("main h1")).to_be_focused()


def test_another_page_is_not_talked_over(speaking):
    opened(speaking, READING)
    listen(speaking)

    speaking.get_by_role("link", name="Learn", exact=True).click()

    expect(speaking.get_by_role("heading", level=1)).to_contain_text("Understand pain")
    expect(speaking.locator(".listen-panel")).to_have_count(0)
    assert speaking.evaluate("speech.current") is None
    expect(button(speaking, "Listen")).to_be_visible()


def test_page_that_is_put_away_falls_silent_and_keeps_its_place(speaking):
    opened(speaking, READING)
    listen(speaking)
    speaking.evaluate("""() => {
        Object.defineProperty(document, "hidden", { configurable: true, value: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")

    expect(button(speaking, "Read on")).to_be_visible()
    assert speaking.evaluate("speech.current") is None
    speaking.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(speaking.locator(".listen-panel")).to_have_count(0)


@pytest.mark.parametrize(("owner", "storage"), [("mine", "local"), ("shared", "session")])
def test_speed_is_kept_where_the_answers_are(speaking, owner, storage):
    questions = Questions(speaking).open()
    questions.answer("device-owner", owner)
    listen(speaking)
    speaking.get_by_role("combobox", name="Speed").select_option("faster")
    assert [each["rate"] for each in speaking.evaluate("speech.said")] == [1, 1.25]

    speaking.reload()
    questions.wait_until_ready()
    listen(speaking)

    expect(speaking.get_by_role("combobox", name="Speed")).to_have_value("faster")
    assert speaking.evaluate("speech.said[0].rate") == 1.25
    other = {"local": "session", "session": "local"}[storage]
    key = "abs:listening"
    assert speaking.evaluate(f"{storage}Storage.getItem('{key}')") == '{"speed":"faster"}'
    assert speaking.evaluate(f"{other}Storage.getItem('{key}')") is None


def test_voice_that_fails_is_told_politely_and_can_be_tried_again(speaking):
    opened(speaking, READING)
    listen(speaking)

    speaking.evaluate("speech.fail()")

    status = speaking.get_by_role("status").filter(has_text="cannot be read aloud")
    expect(status).to_be_visible()
    expect(speaking.locator(".listen-panel")).to_have_count(0)
    listen(speaking)
    expect(status).to_have_count(0)


def test_controls_stand_in_the_flow_of_a_frame(speaking):
    opened(speaking, READING)
    speaking.evaluate("document.documentElement.toggleAttribute('data-framed', true)")

    listen(speaking)

    panel = speaking.locator(".listen-panel")
    assert panel.evaluate("(panel) => getComputedStyle(panel).position") == "static"
    covered = panel.bounding_box()
    heading = speaking.locator("main h1").bounding_box()
    assert covered["y"] + covered["height"] <= heading["y"]
    expect(speaking.locator("[data-reading]")).to_have_count(1)
    assert problems(speaking) == []


def test_controls_serve_everyone(speaking):
    opened(speaking, READING)
    listen(speaking)

    assert problems(speaking) == []


def test_print_shows_no_controls(speaking):
    opened(speaking, READING)
    listen(speaking)
    speaking.emulate_media(media="print")

    expect(speaking.locator(".listen-panel")).not_to_be_visible()
    assert (
        speaking.locator("[data-reading]").evaluate(
            "(element) => getComputedStyle(element).outlineStyle"
        )
        == "none"
    )
