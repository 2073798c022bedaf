import re

from playwright.sync_api import expect

from tests.browser.people import PATIENT, by_name
from tests.browser.questions import Questions

TRIED = PATIENT["treatments-tried"]


def test_address_and_title_name_no_treatment_and_no_place(phone_with):
    questions = Questions(phone_with(PATIENT)).open("#treatments-tried")
    seen = [
        (key, questions.page.url, questions.page.title())
        for key in questions.through(until="injection-levels", **by_name(PATIENT))
    ]
    assert [key for key, *_ in seen if key.startswith("treatment-helped")] == [
        f"treatment-helped@{code}" for code in TRIED
    ]
    for _, *kept in seen:
        assert not [code for code in TRIED for text in kept if code in text.partition("#")[2]]
        assert "opioid" not in " ".join(kept)


def test_counted_address_survives_reload_back_and_forward(phone_with):
    page = phone_with(PATIENT)
    questions = Questions(page).open("#treatment-helped@3")
    expect(questions.form.locator("h1")).to_contain_text("Strong painkillers")
    questions.next()
    expect(page).to_have_url(re.compile("#treatment-stopped@3$"))
    page.reload()
    questions.wait_until_ready()
    expect(questions.form.locator("h1")).to_contain_text("Strong painkillers")
    page.go_back()
    expect(questions.form).to_have_attribute("data-link-id", "treatment-helped")
    page.go_forward()
    expect(questions.form).to_have_attribute("data-link-id", "treatment-stopped")


def test_stale_address_leads_to_the_first_question_without_an_answer(phone_with):
    answers = {key: value for key, value in PATIENT.items() if key != "sleep"}
    page = phone_with(answers)
    for stale in ("#treatment-helped@opioids", "#treatment-helped@9", "#change/operation-kind@x"):
        questions = Questions(page).open(stale)
        expect(questions.form).to_have_attribute("data-link-id", "sleep")
        expect(page).to_have_url(re.compile("#sleep$"))
        page.goto("about:blank")

    questions.open("#treatments-tried")
    page.evaluate("location.hash = '#treatment-helped@9'")
    expect(questions.form).to_have_attribute("data-link-id", "sleep")
