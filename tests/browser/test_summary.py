import re

import pytest
from playwright.sync_api import expect

from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.browser.host_site import until
from tests.browser.questions import QUESTIONNAIRE
from tests.browser.summary import block, shown
from tests.server.documents.pdf import Pdf

WIDE = {"width": 1280, "height": 900}
FOLDED = [part.title for part in QUESTIONNAIRE.summary if part.folded]
OPEN = ["Warning signs", "Main concern and goals", "Scores"]


@pytest.fixture
def summary(phone_with):
    """Give a function that shows the summary of a typical person."""

    def show(**options):
        page = phone_with(typical_answers(QUESTIONNAIRE), **options)
        page.goto("/summary")
        return shown(page)

    return show


def closed(page):
    return page.locator(".summary-part:not([open]) .summary-block-title").all_inner_texts()


def test_phone_shows_the_first_facts_and_the_titles_of_the_others(summary):
    page = summary()
    assert closed(page) == [*FOLDED, "Questions to ask"]
    for title in OPEN:
        expect(block(page, title).locator(".summary-body")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 3500


def test_wide_screen_shows_all(summary):
    assert closed(summary(viewport=WIDE)) == []


def test_keys_open_and_close_a_part(summary):
    page = summary()
    part = block(page, "Treatments so far")
    part.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(part.get_by_role("row", name="Physiotherapy")).to_be_visible()
    page.keyboard.press("Enter")
    expect(part.get_by_role("row", name="Physiotherapy")).to_be_hidden()


def test_what_is_open_is_kept_nowhere(summary):
    page = summary()
    page.get_by_role("button", name="Open all parts").click()
    assert closed(page) == []
    page.reload()
    shown(page)
    assert closed(page) == [*FOLDED, "Questions to ask"]


def on_paper(page):
    """Give the words of the print-out, without the minute at which the answers were given."""
    text = Pdf.read(page.pdf(prefer_css_page_size=True)).text
    return re.sub(r"\bat \d\d:\d\d", "", text)


def test_paper_from_a_phone_has_what_paper_from_a_wide_screen_has(summary):
    page = summary()
    block(page, "Health").locator("> summary").click()
    before = closed(page)
    from_phone = on_paper(page)
    assert "Smoking in the past" in from_phone
    assert "Physiotherapy" in from_phone
    assert from_phone == on_paper(summary(viewport=WIDE))
    assert closed(page) == before, "what was closed is closed again"


def test_turning_to_a_wide_screen_opens_all_and_back_folds_again(summary):
    page = summary()
    before = closed(page)
    page.set_viewport_size(WIDE)
    expect(page.locator(".summary-part:not([open])")).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".summary-part:not([open])")).to_have_count(len(before))


def test_five_questions_stand_first_and_the_others_open_on_request(summary):
    page = summary()
    asked = block(page, "Questions to ask")
    asked.locator("> summary").click()
    shown = asked.get_by_role("listitem")
    expect(shown).to_have_count(5)
    for each in shown.all():
        expect(each).to_contain_text("Why you see this: ")
    asked.get_by_text("More questions you could ask").click()
    assert shown.count() > 5
    page.emulate_media(media="print")
    expect(asked.get_by_role("listitem")).to_have_count(5)


def test_the_place_of_the_summary_says_that_it_is_being_worked_out_and_nothing_moves(phone_with):
    page = phone_with(typical_answers(QUESTIONNAIRE), service_workers="block")
    held = []
    page.route("**/review-*.js", lambda route: held.append(route))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {"
        "moved += one.value })).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto("/summary")

    expect(page.get_by_text("Working out your summary")).to_be_visible()
    expect(page.get_by_text("Reported by")).to_have_count(0)
    before = page.evaluate("moved")
    until(lambda: held, page)
    held[0].continue_()

    shown(page)
    expect(page.get_by_text("Working out your summary")).to_have_count(0)
    page.wait_for_timeout(300)
    assert page.evaluate("moved") - before < 0.05
