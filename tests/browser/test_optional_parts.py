"""The two parts nobody has to answer: the Roland-Morris list and the PHQ-4."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PATIENT, PHQ_4, RMDQ, by_name
from tests.browser.questions import QUESTIONNAIRE, Questions

AFTER_THEM = "deciding-wanted"
BEFORE_THEM: dict[str, Any] = {
    key: value for key, value in PATIENT.items() if key not in ("rmdq-wanted", "phq-4-wanted")
}
SUPPORT = QUESTIONNAIRE.placements["phq-4-support"].item.text


@pytest.fixture
def page(phone_with) -> Page:
    return phone_with(BEFORE_THEM)


def summary_of(page: Page) -> str:
    page.get_by_role("banner").get_by_role("link", name="Summary").click()
    expect(page.get_by_role("heading", level=1, name="My summary")).to_be_visible()
    page.get_by_role("button", name="Open all parts").click()
    return page.locator(".summary-page").inner_text()


def test_both_parts_are_answered_scored_and_shown_with_their_scales(page):
    asked = (
        Questions(page).open("#rmdq-wanted").walk(until=AFTER_THEM, **by_name({**RMDQ, **PHQ_4}))
    )

    assert asked == [*RMDQ, *PHQ_4, "phq-4-support"]
    summary = summary_of(page)
    assert "3 on a scale of 0 to 24" in summary
    assert "4 on a scale of 0 to 12" in summary
    assert "Roland" in summary
    assert not re.search("severe|moderate|anxiety|depression", summary, re.IGNORECASE)


def test_neither_part_leaves_a_trace(page):
    asked = (
        Questions(page)
        .open("#rmdq-wanted")
        .walk(until=AFTER_THEM, rmdq_wanted="not-now", phq_4_wanted="not-now")
    )

    assert asked == ["rmdq-wanted", "phq-4-wanted"]
    summary = summary_of(page)
    assert "0 to 24" not in summary
    assert "0 to 12" not in summary


def test_nothing_true_today_must_be_said_and_counts_0(page):
    questions = Questions(page).open("#rmdq-wanted").answer("rmdq-wanted", "yes")
    before = page.url
    questions.next()
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.url == before

    page.get_by_label("I read all 24; none describes me today").check()
    questions.next()
    questions.walk(until=AFTER_THEM, phq_4_wanted="not-now")

    assert "0 on a scale of 0 to 24" in summary_of(page)


def test_declined_question_leaves_the_score_open_and_is_told_as_declined(page):
    questions = Questions(page).open("#rmdq-wanted").answer("rmdq-wanted", "not-now")
    questions.answer("phq-4-wanted", "yes")
    for link_id in list(PHQ_4)[1:]:
        expect(questions.form).to_have_attribute("data-link-id", link_id)
        page.get_by_label("I would rather not answer").check()
        before = page.url
        questions.next()
        expect(page).not_to_have_url(before)

    expect(questions.form).to_have_attribute("data-link-id", AFTER_THEM)
    page.goto("/check-answers")
    expect(page.get_by_text("I would rather not answer")).to_have_count(4)
    assert "on a scale of 0 to 12" not in summary_of(page)


def test_hard_weeks_bring_help_with_a_number_to_call_and_no_name_for_it(page):
    questions = Questions(page).open("#rmdq-wanted").answer("rmdq-wanted", "not-now")
    questions.walk(until="phq-4-support", **by_name(PHQ_4))

    expect(page.get_by_role("heading", level=1, name=SUPPORT)).to_be_focused()
    main = page.locator("main")
    expect(main.locator('a[href="tel:116123"]')).to_be_visible()
    assert not re.search("anxiety|depress|disorder|score", main.inner_text(), re.IGNORECASE)


def test_credit_stands_under_each_question_of_a_published_list(page):
    questions = Questions(page).open("#rmdq-wanted").answer("rmdq-wanted", "not-now")
    questions.answer("phq-4-wanted", "yes")

    expect(page.locator("main .credit")).to_contain_text("Developed by Drs. Robert L. Spitzer")
