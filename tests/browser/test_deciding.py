"""What matters, where someone leans, and the check of our explanations, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from fbss_app import routes
from fbss_app.content.loader import load_content
from tests.browser.people import DECIDING, PATIENT, by_name
from tests.browser.questions import QUESTIONNAIRE, Questions

BEFORE = {key: value for key, value in PATIENT.items() if key != "deciding-wanted"}
VALUES = load_content().values.value
OPTIONS = len(load_content().options)
LOOK_AGAIN = QUESTIONNAIRE.placements["look-again-device"].item.text


@pytest.fixture
def page(phone_with) -> Page:
    return phone_with(BEFORE)


def part(page: Page, title: str):
    return page.locator("main section", has=page.get_by_role("heading", level=2, name=title))


def test_whole_way_leads_to_the_summary_and_to_questions_to_ask(page):
    asked = Questions(page).open("#deciding-wanted").walk(**by_name(DECIDING))

    assert asked[0] == "deciding-wanted"
    assert [each for each in asked if each.endswith("-explained")] == [
        f"check-{each}-explained" for each in ("studies", "injections", "repair", "fake", "worse")
    ]
    page.get_by_role("banner").get_by_role("link", name="Summary").click()
    sheet = page.locator(".summary-page")
    expect(sheet).to_contain_text("Avoid another operation; No device in the body")
    expect(sheet).to_contain_text("Small electrical pulses near the spine")
    for ask in ("sure-at-ease", "unclear-injections", "unclear-repair"):
        (text,) = [each.text for each in QUESTIONNAIRE.question_to_ask if each.id == ask]
        expect(sheet).to_contain_text(text)
    expect(sheet).not_to_contain_text("Quite a lot")
    assert not re.search(r"best match|winner|total", sheet.inner_text(), re.IGNORECASE)


def test_more_than_3_are_refused_and_none_is_taken_away(phone_with):
    page = phone_with({**PATIENT, **DECIDING})
    questions = Questions(page).open("#matters-most")
    four = [value.id for value in VALUES[:4]]
    questions.fill(four).next()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_contain_text("Choose 3 answers or fewer")
    assert [code for name, code in questions.fields if name == "values"] == four


def test_leaning_against_what_matters_is_said_and_holds_nobody_up(phone_with):
    page = phone_with({**PATIENT, **DECIDING})
    questions = Questions(page).open("#leaning")
    questions.answer("leaning", "spinal-cord-stimulation")
    expect(page.get_by_role("heading", level=1, name=LOOK_AGAIN)).to_be_focused()
    expect(page.get_by_role("link", name="See how every option does")).to_be_visible()
    questions.next()
    expect(questions.form).to_have_attribute("data-link-id", "look-again-device")
    questions.next()
    expect(questions.form).to_have_attribute("data-link-id", "sure-at-ease")


def test_helper_answers_for_the_person_and_has_a_box_apart(phone_with):
    page = phone_with({**PATIENT, **DECIDING, "author": "helper", "relationship": "child"})
    questions = Questions(page).open("#matters-no-device")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in their body")
    expect(page.locator("main")).to_contain_text("Ask them")
    questions.open("#helper-view")
    questions.answer("helper-view", "That she can lift her grandson")
    page.goto("/summary")
    expect(page.locator(".summary-page")).to_contain_text("That she can lift her grandson")
    page.goto(routes.WHAT_MATTERS)
    expect(part(page, "No device in the body")).to_contain_text("They chose this")


def test_what_was_chosen_is_marked_and_open_in_its_place(phone_with):
    page = phone_with({**PATIENT, **DECIDING})
    page.goto("/questionnaire#values-shown")
    page.get_by_role("link", name="See how every option does").click()
    expect(page).to_have_url(re.compile(routes.WHAT_MATTERS))
    titles = page.locator("main section .disclosure").locator("xpath=../..").locator("h2")
    expect(titles).to_have_text([value.title for value in VALUES])
    chosen = DECIDING["matters-most"]
    for value in VALUES:
        marks = part(page, value.title).get_by_text("You chose this")
        expect(marks).to_have_count(int(value.id in chosen))
        expect(part(page, value.title).locator("details[open]")).to_have_count(
            int(value.id in chosen)
        )
    page.get_by_role("link", name="Go on with the questions").click()
    expect(Questions(page).form).to_have_attribute("data-link-id", "values-shown")


def test_page_on_what_matters_is_whole_without_scripts(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(routes.WHAT_MATTERS)
    assert page.locator(".how-it-does").count() == len(VALUES) * OPTIONS
    first = part(page, VALUES[0].title)
    first.locator("summary").click()
    expect(first.locator(".how-it-does").first).to_be_visible()
    context.close()


def test_progress_shows_the_whole_way(phone_with):
    page = phone_with(PATIENT)
    Questions(page).open("#sections")
    expect(page.locator("main h2")).to_have_text(
        [
            "1. Your story",
            "2. The options",
            "3. What matters",
            "4. Where you lean",
            "5. Your summary",
        ]
    )
    expect(page.locator(".task", has_text="Check that we explained it well")).to_contain_text(
        "Cannot start yet"
    )
    page.get_by_role("link", name="Read about the options").click()
    expect(page).to_have_url(re.compile(f"{routes.OPTIONS}$"))
