"""Without a connection: one visit is enough for every page, every question and every answer."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kept import kept_answers
from tests.browser.pages import EVERY_PAGE
from tests.browser.people import PATIENT
from tests.browser.questions import Questions
from tests.browser.storage import answers_in, kept_events


@pytest.fixture
def errors(page):
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def visit_once(page, path):
    page.goto(path)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")


def test_every_page_opens_offline_after_a_visit_to_the_start_page(page, context, errors):
    visit_once(page, "/")
    context.set_offline(True)

    for path in EVERY_PAGE:
        reply = page.goto(path)
        assert reply.from_service_worker, path
        expect(page.locator("html[data-ready]")).to_have_count(1)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("h1")).not_to_have_text("Page not found")
        expect(page.get_by_text("You are offline. Everything here still works.")).to_be_visible()

    assert errors == []


def test_every_link_of_the_app_leads_on_offline(page, context, errors):
    visit_once(page, "/")
    context.set_offline(True)

    for name, heading in (
        ("Options", "options"),
        ("Learn", "after back surgery"),
        ("Summary", "summary"),
        ("Questions", "phone or computer"),
    ):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_contain_text(re.compile(heading, re.IGNORECASE))
    page.get_by_role("link", name="Emergency signs").click()
    expect(page.locator('a[href^="tel:"]').first).to_be_visible()

    assert errors == []


def test_questions_begun_online_are_finished_offline(page, context, errors):
    visit_once(page, "/questionnaire")
    questions = Questions(page)
    questions.wait_until_ready()
    questions.walk(until="signs-fever-chest-belly")
    context.set_offline(True)

    page.reload()
    questions.wait_until_ready()
    assert questions.link_id == "signs-fever-chest-belly"
    questions.walk(until="signs-falls")
    page.go_back()
    expect(questions.form).to_have_attribute("data-link-id", "signs-wound-head")
    expect(questions.form.locator("input:checked")).to_have_count(1)
    page.get_by_role("button", name="Back", exact=True).click()
    expect(questions.form).to_have_attribute("data-link-id", "signs-fever-chest-belly")
    page.go_forward()
    page.go_forward()
    expect(questions.form).to_have_attribute("data-link-id", "signs-falls")
    questions.walk()

    given = answers_in(kept_events(page))
    assert given["device-owner"] == "mine"
    for _ in range(2):
        expect(page.get_by_text("Some questions have no answer yet")).to_have_count(0)
        expect(page.get_by_text("Walk the dog").first).to_be_visible()
        page.reload()
    page.get_by_role("link", name="See my summary").click()
    expect(page.get_by_text("Walk the dog").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Walk the dog").first).to_be_visible()
    assert answers_in(kept_events(page)) == given
    assert errors == []


def test_a_person_comes_back_offline(browser, site):
    context = browser.new_context(base_url=site, storage_state=kept_answers(site, PATIENT))
    page = context.new_page()
    visit_once(page, "/")
    context.set_offline(True)
    page.close()

    page = context.new_page()
    page.goto("/summary")
    given = answers_in(kept_events(page))
    expect(page.get_by_text("Is the screw at the bottom loose?").first).to_be_visible()
    page.goto("/questionnaire#change/pain-now-back")
    Questions(page).wait_until_ready()
    Questions(page).answer("pain-now-back", 9)

    expect(page).to_have_url(re.compile("/check-answers$"))
    assert answers_in(kept_events(page)) == {**given, "pain-now-back": 9}
    context.close()
