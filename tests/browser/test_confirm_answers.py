"""The patient goes through what a helper answered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.audit import problems
from tests.browser.people import BEGUN, NO_SIGNS
from tests.browser.questions import Questions
from tests.browser.sharing import Person
from tests.browser.storage import kept_events

ANSWERED = {"main-concern": "Canary walks", "success": "To sit through a meal"}
BY_HELPER = {**BEGUN, **NO_SIGNS, "author": "helper", **ANSWERED}
ABOUT_DEVICE = {"device-owner", "author", "relationship"}


@pytest.fixture
def person(browser, site):
    """Give a phone on which a helper answered, and the patient has taken over."""
    one = Person(browser, site, BY_HELPER)
    Questions(one.page).open("#change/author").answer("author", "me")
    yield one
    one.context.close()


def left(page):
    return page.locator(".confirmable")


def count_of(events):
    """Count what a helper answered on this phone, without what was said of the phone."""
    return len({one["link_id"] for one in events if one["author_role"] == "helper"} - ABOUT_DEVICE)


@pytest.mark.parametrize("address", ["/check-answers", "/summary"])
def test_answers_of_a_helper_are_pointed_to(person, address):
    person.open(address)
    count = count_of(kept_events(person.page))

    expect(person.page.get_by_text(f"A helper gave {count} answers for you.")).to_be_visible()
    person.page.get_by_role("link", name="Go through them and confirm").click()

    expect(person.page.get_by_role("heading", level=1)).to_have_text(
        "Confirm what a helper answered"
    )
    expect(left(person.page)).to_have_count(count)
    assert problems(person.page) == []


def test_one_answer_is_confirmed_and_drops_out(person):
    page = person.open("/confirm-answers")
    count = count_of(kept_events(page))
    card = page.locator(".confirmable", has_text="Canary walks")

    card.get_by_role("button", name="Confirm").click()

    expect(card).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="confirmed")).to_contain_text(
        f"1 answer confirmed. Left: {count - 1}."
    )
    expect(page.locator("#answer-success")).to_be_focused()
    events = kept_events(page)
    given = next(one for one in events if one["link_id"] == "main-concern")
    confirmation = events[-1]
    assert confirmation["confirms"] == given["id"]
    assert confirmation["author_role"] == "patient"
    assert confirmation["value"] == given["value"]
    assert problems(page) == []
    page.reload()
    expect(left(page)).to_have_count(count - 1)


def test_all_are_confirmed_at_once_and_can_be_taken_back(person):
    page = person.open("/confirm-answers")
    count = count_of(kept_events(page))
    assert count > 5

    person.tap(f"Confirm all {count} shown")

    expect(page.get_by_text("There is nothing left to confirm.")).to_be_visible()
    expect(page.locator("#confirmed")).to_be_focused()
    assert problems(page) == []
    person.tap("Undo")
    expect(left(page)).to_have_count(count)
    expect(page.get_by_role("status").filter(has_text="Undone.")).to_be_visible()
    page.reload()
    expect(left(page)).to_have_count(count)


def test_taking_a_confirmation_back_leaves_the_answer_with_the_helper_who_gave_it(people, person):
    link = person.save().make_helper_link("Anna", relationship="Daughter")
    helper = people()
    helper.open_link(link)
    Questions(helper.page).open("#change/author").answer("author", "helper")
    helper.open("/questionnaire#change/main-concern")
    helper.page.get_by_role("textbox").fill("As Anna sees it")
    helper.tap("Continue")
    helper.expect_status("saved")
    page = person.open("/confirm-answers")
    card = page.locator(".confirmable", has_text="As Anna sees it")
    expect(card).to_contain_text("Anna (daughter)")
    before = card.inner_text()

    card.get_by_role("button", name="Confirm").click()
    person.tap("Undo")

    expect(card).to_have_count(1)
    assert card.inner_text() == before
    person.expect_status("saved")
    person.open("/helpers")
    expect(page.get_by_role("link", name="Go through them and confirm")).to_be_visible()
    assert "(Anna (daughter), " in person.call("GET", "/export.html").text()


def test_answers_of_one_section_are_confirmed_together(person):
    page = person.open("/confirm-answers")
    count = count_of(kept_events(page))
    section = page.locator("section", has=page.get_by_role("heading", name="Warning signs"))
    of_section = left(section).count()

    section.get_by_role("button", name=f"Confirm these {of_section}").click()

    expect(section).to_have_count(0)
    expect(left(page)).to_have_count(count - of_section)


def test_summary_says_what_was_confirmed(person):
    person.open("/confirm-answers")
    person.page.locator(".confirmable", has_text="Canary walks").get_by_role(
        "button", name="Confirm"
    ).click()
    expect(person.page.get_by_text("1 answer confirmed.")).to_be_visible()

    person.open("/summary")

    expect(person.page.locator("main")).to_contain_text("confirmed by the patient")


def test_change_leads_to_the_question(person):
    page = person.open("/confirm-answers")
    page.locator(".confirmable", has_text="Canary walks").get_by_role("link", name="Change").click()

    expect(page).to_have_url(re.compile("/questionnaire#change/main-concern"))
    Questions(page).answer("main-concern", "In my own words")
    expect(page).to_have_url(re.compile("/check-answers"))
    person.open("/confirm-answers")
    expect(page.get_by_text("Canary walks")).to_have_count(0)
    expect(page.get_by_text("In my own words")).to_have_count(0)


def test_helper_confirms_nothing_for_the_patient(browser, site):
    helper = Person(browser, site, BY_HELPER)
    page = helper.open("/confirm-answers")

    expect(page.get_by_text("Only the person whose answers they are")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    assert problems(page) == []
    helper.open("/check-answers")
    expect(page.get_by_role("link", name="Go through them")).to_have_count(0)
    helper.context.close()


def test_confirmations_reach_the_server(person):
    person.save()
    person.open("/confirm-answers")
    person.page.locator(".confirmable", has_text="Canary walks").get_by_role(
        "button", name="Confirm"
    ).click()
    expect(person.page.get_by_text("1 answer confirmed.")).to_be_visible()
    person.expect_status("saved")

    events = person.call("GET", "/export.json").json()["events"]

    assert events[-1]["confirms"] == next(
        one["id"] for one in events if one["link_id"] == "main-concern"
    )


def test_nothing_to_confirm_says_so(browser, site):
    patient = Person(browser, site, BEGUN)
    page = patient.open("/confirm-answers")

    expect(page.get_by_text("There is nothing left to confirm.")).to_be_visible()
    assert problems(page) == []
    patient.context.close()
