"""Answers that are possible but unlikely: asked about once, and never called a mistake."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import BEGUN, NO_SIGNS, PATIENT
from tests.browser.questions import Questions
from tests.browser.test_changes import CHECK_ANSWERS, change, label_of, row

MANY = re.compile("#confirm/operation-count$")
HEADING = "You entered more than 6 back operations"


@pytest.fixture
def questions(phone_with):
    return Questions(phone_with({**BEGUN, **NO_SIGNS})).open("#operation-count")


def say_twelve(questions):
    questions.fill(12).next()
    page = questions.page
    expect(page).to_have_url(MANY)
    expect(page.get_by_role("heading", level=1, name=HEADING)).to_be_focused()
    expect(page).to_have_title(re.compile(f"^{HEADING} . Section "))
    expect(page.locator("main")).to_contain_text("12")
    return page


def test_unlikely_answer_is_kept_on_request_and_not_asked_about_again(questions):
    page = say_twelve(questions)

    page.get_by_role("button", name="Yes, that is right").click()

    expect(questions.form).to_have_count(1)
    assert questions.link_id != "operation-count"
    page.get_by_role("button", name="Back", exact=True).click()
    expect(questions.form).to_have_attribute("data-link-id", "operation-count")
    before = page.url
    questions.next()
    expect(page).not_to_have_url(before)
    expect(page).not_to_have_url(MANY)


def test_unlikely_answer_can_be_changed(questions):
    page = say_twelve(questions)

    page.get_by_role("button", name="Change my answer").click()

    expect(questions.form).to_have_attribute("data-link-id", "operation-count")
    expect(questions.form.locator('[name="value"]')).to_have_value("12")
    questions.answer("operation-count", 2)
    expect(page).not_to_have_url(MANY)


def test_another_unlikely_answer_is_asked_about_again(questions):
    page = say_twelve(questions)
    page.get_by_role("button", name="Yes, that is right").click()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(questions.form).to_have_attribute("data-link-id", "operation-count")

    questions.fill(11).next()

    expect(page).to_have_url(MANY)


def test_reload_keeps_the_question_about_the_answer(questions):
    page = say_twelve(questions)

    page.reload()

    expect(page.get_by_role("heading", level=1, name=HEADING)).to_be_visible()
    page.get_by_role("button", name="Yes, that is right").click()
    expect(page).not_to_have_url(MANY)


def test_operation_before_birth_is_asked_about_in_its_own_repetition(phone_with):
    page = phone_with({**PATIENT, "age-band": "18-to-29"})
    page.goto("/check-answers")
    label = label_of("operation-date")
    questions = change(page, f"Back operation 1: {label}")

    questions.fill("1975").next()

    expect(page.get_by_role("heading", level=1)).to_contain_text("older than the age")
    expect(page.locator("main")).to_contain_text("1975")
    page.get_by_role("button", name="Yes, that is right").click()
    expect(page).to_have_url(CHECK_ANSWERS)
    expect(row(page, f"Back operation 1: {label}")).to_contain_text("1975")
