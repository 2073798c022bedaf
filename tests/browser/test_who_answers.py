"""Answering for somebody else: what the pages ask, offer and say then."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.kept import kept_answers
from tests.browser.people import BEGUN, HELPER, NO_SIGNS, PATIENT
from tests.browser.questions import Questions
from tests.browser.storage import kept_events
from tests.browser.summary import facts, opened

ALONE = "I would rather answer this alone"
THEY_ALONE = "They would rather answer this alone"
WAYS = {
    "me": "self",
    "me-helped": "self-assisted",
    "helper-as-they-would": "proxy-patient-view",
    "helper": "proxy-own-view",
}


@pytest.mark.parametrize(("code", "perspective"), list(WAYS.items()))
def test_every_answer_says_how_it_was_given(page, code, perspective):
    questions = Questions(page).open()
    questions.answer("device-owner", "mine").answer("author", code)
    if perspective.startswith("proxy"):
        questions.answer("relationship", "child")
    questions.answer("country", "gb")

    (country,) = [one for one in kept_events(page) if one["link_id"] == "country"]
    assert country["perspective"] == perspective
    (author,) = [one for one in kept_events(page) if one["link_id"] == "author"]
    assert author["perspective"] == perspective


@pytest.mark.parametrize("author", ["helper", "helper-as-they-would"])
def test_a_helper_can_leave_a_sensitive_question_to_the_patient(phone_with, author):
    page = phone_with({**HELPER, "author": author, "stress": None})
    questions = Questions(page).open("#stress")
    expect(page.get_by_role("button", name=ALONE, exact=True)).to_have_count(0)

    page.get_by_role("button", name=THEY_ALONE).click()

    expect(questions.form).to_have_attribute("data-link-id", "support-at-home")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    kept = [one for one in kept_events(page) if one["link_id"] == "stress"]
    assert [one["value"] for one in kept] == [{"absent": "masked"}]
    page.get_by_role("button", name="Back", exact=True).click()
    expect(questions.form).not_to_have_attribute("data-link-id", "stress")


def test_it_is_put_aside_with_the_keyboard_too(phone_with):
    page = phone_with({**PATIENT, "author": "me-helped", "stress": None})
    questions = Questions(page).open("#stress")
    page.get_by_role("button", name=ALONE).focus()
    page.keyboard.press("Enter")
    expect(questions.form).to_have_attribute("data-link-id", "support-at-home")


def test_who_answers_for_themselves_is_not_offered_to_answer_alone(phone_with):
    page = phone_with(BEGUN)
    Questions(page).open("#thoughts-of-self-harm")
    expect(page.get_by_role("button", name=ALONE)).to_have_count(0)


def test_a_question_that_was_put_aside_stays_to_be_answered(phone_with):
    page = phone_with({**PATIENT, "author": "me-helped", "stress": {"absent": "masked"}})

    assert Questions(page).open().link_id == "stress"
    page.goto("/check-answers")
    expect(page.get_by_text("Some questions have no answer yet.")).to_be_visible()
    expect(page.get_by_text("To be answered by the patient alone")).to_be_visible()


@pytest.mark.parametrize("author", ["me-helped", "helper"])
def test_thoughts_of_self_harm_that_were_put_aside_lead_to_help_and_are_no_no(phone_with, author):
    signs = {**NO_SIGNS, "thoughts-of-self-harm": None}
    page = phone_with({**BEGUN, "author": author, "relationship": "child", **signs})
    questions = Questions(page).open("#thoughts-of-self-harm")

    page.get_by_role("button", name="rather answer this alone").click()

    expect(questions.form).to_have_attribute("data-link-id", "support-offered")
    expect(page.get_by_role("link", name="Emergency signs").first).to_be_visible()
    page.goto("/summary")
    expect(opened(page).locator(".summary-page")).to_contain_text("Not answered yet")


def test_the_summary_of_a_helper_says_what_only_the_patient_can_feel(phone_with):
    page = phone_with(HELPER)
    page.goto("/summary")
    said = facts(opened(page))

    assert said["Back pain now"].endswith("†")
    assert not said["Work"].endswith("†")
    assert "Answered by a helper, so not a self-report." in said["PEG score"]
    origin = page.locator(".summary-origin")
    expect(origin).to_contain_text("Reported by a helper for the patient")
    expect(origin).to_contain_text("† Only the person with the pain can feel or know this")
    expect(page.get_by_text("Numbers of pain that a helper gave are left out")).to_be_visible()


def test_answers_read_back_say_who_gave_them_once_two_people_did(browser, site):
    state = kept_answers(site, PATIENT)
    (origin,) = state["origins"]
    for entry in origin["localStorage"]:
        event = json.loads(entry["value"])
        if event.get("link_id") == "main-concern":
            event |= {"author_role": "helper", "perspective": "proxy-patient-view"}
            entry["value"] = json.dumps(event)
    context = browser.new_context(base_url=site, storage_state=state)
    page = context.new_page()
    page.goto("/check-answers")

    row = page.locator(".summary-row").filter(has_text="Main concern")
    expect(row).to_contain_text("Given by a helper, as the patient would say")
    expect(page.get_by_text("Given by the patient").first).to_be_visible()
    context.close()


ANSWERED_ALONE = "Answered by the patient alone"


@pytest.fixture
def handed_over(people):
    """Give a phone on which the patient answered alone what a helper had left to them."""
    person = people({**HELPER, "stress": None})
    questions = Questions(person.page).open("#stress")
    person.tap(THEY_ALONE)
    expect(questions.form).to_have_attribute("data-link-id", "support-at-home")
    hand_to(questions, "me")
    questions.open("#stress").answer("stress", "often")
    hand_to(questions, "helper")
    return person


def hand_to(questions: Questions, author: str) -> None:
    questions.open("#author").answer("author", author)


def row_of(page, label):
    return page.locator(".summary-row").filter(has_text=label)


def test_the_helper_is_not_shown_what_the_patient_answered_alone_on_the_same_phone(handed_over):
    page = handed_over.page
    questions = Questions(page).open("#stress")

    expect(questions.form).to_contain_text(ANSWERED_ALONE)
    expect(questions.form).to_contain_text("This is a curtain, not a lock.")
    expect(questions.form.locator("input, textarea")).to_have_count(0)
    questions.next()
    expect(questions.form).to_have_attribute("data-link-id", "support-at-home")
    handed_over.open("/check-answers")
    expect(row_of(page, "Stress")).to_contain_text(ANSWERED_ALONE)
    page.goto("/summary")
    assert facts(opened(page))["Stress"] == ANSWERED_ALONE


def test_the_copy_on_the_phone_keeps_the_curtain_closed(handed_over):
    page = handed_over.open("/your-data")
    with page.expect_download() as caught:
        handed_over.tap("All data (JSON)")
    data = json.loads(caught.value.path().read_text("utf-8"))
    with page.expect_download() as caught:
        handed_over.tap("A page to read")

    assert "stress" not in {event["link_id"] for event in data["events"]}
    assert ANSWERED_ALONE in caught.value.path().read_text("utf-8")


def test_the_patient_opens_the_curtain_by_saying_who_is_answering(handed_over):
    page = handed_over.page
    questions = Questions(page).open("#stress")
    page.get_by_role("link", name="Who is answering?").click()
    questions.answer("author", "me")

    questions.open("#stress")

    assert questions.fields == [["value", "often"]]
    handed_over.open("/check-answers")
    expect(row_of(page, "Stress")).not_to_contain_text(ANSWERED_ALONE)
