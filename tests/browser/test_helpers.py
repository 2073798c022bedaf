"""Helpers and readers: named links, what each may do, and the end of a link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.audit import problems
from tests.browser.people import BEGUN
from tests.browser.questions import Questions

CANARY = "Canary walks every day"
ANSWERS = {**BEGUN, "main-concern": CANARY}
LONG_NAME = ("Wilhelmine-Charlotte Donaudampfschifffahrtsgesellschaft " * 2)[:60]
LINKS = re.compile("/api/v1/responses/[^/]+/links$")
ONE_LINK = re.compile("/api/v1/responses/[^/]+/links/")


@pytest.fixture
def patient(people):
    return people(ANSWERS).save()


def opened(people, address):
    """Give somebody who has opened a link on a phone of their own."""
    person = people()
    person.open_link(address)
    expect(person.page.locator("#opened")).to_have_text("The answers are open")
    person.expect_status("saved")
    return person


def begin_as_helper(person):
    """Answer what a helper's phone asks first."""
    person.page.get_by_role("link", name="Start: say who you are").click()
    questions = Questions(person.page)
    questions.wait_until_ready()
    return questions


# Making and listing.


def test_nobody_else_is_listed_at_first(patient):
    page = patient.open("/helpers")

    expect(page.get_by_text("Nobody else can see your answers now.")).to_be_visible()
    expect(page.locator(".person")).to_have_count(1)
    expect(page.locator(".person")).to_contain_text("You, on this phone")
    expect(page.locator(".person").get_by_role("button")).to_have_count(0)
    assert problems(page) == []


def test_helper_link_is_named_and_listed_with_what_it_allows(patient):
    patient.make_helper_link("Anna", relationship="Daughter")

    page = patient.page
    expect(page.locator("#made-link")).to_have_text("The link for Anna")
    expect(page.get_by_text("It lets them help with the answers.")).to_be_visible()
    card = page.locator(".person", has_text="Anna")
    expect(card).to_contain_text("Anna (Daughter)")
    expect(card).to_contain_text("Helps with the answers")
    expect(card).to_contain_text(re.compile(r"Until\d+ \w+ \d{4}"))
    expect(card).not_to_contain_text("Last used")
    expect(page.get_by_label("Their name")).to_have_value("")
    assert problems(page) == []


def test_longest_name_fits(patient):
    patient.make_helper_link(LONG_NAME, role="Only read", relationship=LONG_NAME)

    expect(patient.page.locator(".person", has_text="Wilhelmine")).to_contain_text("Only reads")
    assert problems(patient.page) == []


def test_form_says_what_is_missing_and_keeps_what_was_typed(patient):
    page = patient.open("/helpers")
    page.get_by_label("Who are they to you?").fill("Friend")
    patient.tap("Make the link")

    expect(page.locator("#error-summary")).to_be_focused()
    messages = page.get_by_role("alert").get_by_role("link")
    expect(messages).to_have_text(
        [
            "Enter the name of the person",
            "Choose what they may do",
            "Choose how long the link works",
        ]
    )
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Who are they to you?")).to_have_value("Friend")
    assert problems(page) == []
    messages.first.click()
    expect(page.get_by_label("Their name")).to_be_focused()
    page.get_by_label("Their name").fill("W" * 61)
    patient.tap("Make the link")
    expect(page.get_by_role("alert")).to_contain_text("Use 60 characters or fewer")
    assert not [one for one in patient.requests if one.method == "PUT"]


def test_list_that_does_not_come_says_why_and_can_be_asked_for_again(patient):
    patient.page.route(LINKS, lambda route: route.abort())
    page = patient.open("/helpers")
    expect(page.get_by_text("You are offline. The list is on the server.")).to_be_visible()
    assert problems(page) == []

    page.unroute(LINKS)
    patient.tap("Try again")

    expect(page.locator(".person")).to_have_count(1)


# What a helper may do.


def test_helper_sees_the_answers_and_answers_arrive_at_the_patients(patient, people):
    helper = opened(people, patient.make_helper_link("Anna", relationship="Daughter"))
    expect(helper.page.get_by_text("You open them as a helper")).to_be_visible()
    expect(helper.page.get_by_text("The link was made for Anna (Daughter).")).to_be_visible()
    assert problems(helper.page) == []

    questions = begin_as_helper(helper)
    questions.answer("device-owner", "mine").answer("author", "helper")
    helper.open("/check-answers")
    expect(helper.page.get_by_text(CANARY)).to_be_visible()
    Questions(helper.page).open("#change/main-concern").answer("main-concern", "Canary of Anna")
    helper.expect_status("saved")

    patient.open("/check-answers")
    expect(patient.page.get_by_text("Canary of Anna")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("address", ["/come-back", "/helpers"])
def test_helper_may_let_nobody_in(patient, people, address):
    helper = opened(people, patient.make_helper_link("Anna"))
    page = helper.open(address)

    expect(page.get_by_role("heading", name="What you may do")).to_be_visible()
    expect(page.get_by_text("ask the person who sent you the link")).to_be_visible()
    expect(page.get_by_role("button", name="Make")).to_have_count(0)
    assert problems(page) == []


def test_helper_can_leave_but_not_delete(patient, people):
    helper = opened(people, patient.make_helper_link("Anna"))
    page = helper.open("/your-data")
    expect(page.get_by_role("button", name="Erase from the server")).to_have_count(0)
    expect(page.get_by_role("button", name="Delete everything")).to_have_count(0)
    with page.expect_download() as download:
        helper.tap("All data (JSON)")
    assert CANARY in download.value.path().read_text("utf-8")
    assert problems(page) == []

    helper.tap("Remove from this phone")
    helper.tap("Yes, remove them")

    expect(page.get_by_text("There are no answers on this phone yet")).to_be_visible()
    assert patient.call("GET", "/export.json").ok


def test_reader_is_led_to_the_summary_and_can_change_nothing(patient, people):
    reader = opened(people, patient.make_helper_link("Dr Lund", role="Only read"))
    expect(reader.page.get_by_text("You open them to read only")).to_be_visible()
    assert problems(reader.page) == []

    reader.page.get_by_role("link", name="Read the summary").click()

    expect(reader.page.get_by_text(CANARY)).to_be_visible()
    page = reader.open("/helpers")
    expect(page.get_by_text("You may read these answers. You cannot change them")).to_be_visible()


# Ending a link.


def test_link_ends_after_one_question_and_at_once(patient, people):
    address = patient.make_helper_link("Anna")
    helper = opened(people, address)
    page = patient.open("/helpers")
    card = page.locator(".person", has_text="Anna")
    expect(card).to_contain_text("Last used")

    card.get_by_role("button", name="End this link").click()
    expect(page.get_by_text("End the link of Anna?")).to_be_visible()
    assert problems(page) == []
    patient.tap("Keep it")
    card.get_by_role("button", name="End this link").click()
    patient.tap("Yes, end it")

    expect(page.get_by_text("Done. The link of Anna has ended.")).to_be_visible()
    expect(page.locator("#people")).to_be_focused()
    expect(card).to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text="Anna: ended on")).to_be_visible()
    assert helper.call("GET", "/export.json").status == 404
    late = people()
    late.open_link(address)
    expect(late.page.locator("#failed")).to_have_text("This link does not open any answers")


def test_end_that_does_not_reach_the_server_says_so(patient):
    patient.make_helper_link("Anna")
    patient.page.route(
        ONE_LINK,
        lambda route: route.abort() if route.request.method == "DELETE" else route.fallback(),
    )
    card = patient.page.locator(".person", has_text="Anna")
    card.get_by_role("button", name="End this link").click()
    patient.tap("Yes, end it")

    expect(card.get_by_text("There is no connection.")).to_be_visible()
    expect(patient.page.get_by_role("button", name="Yes, end it")).to_be_visible()


def test_helper_whose_link_ended_is_told_and_keeps_what_was_not_sent(patient, people):
    helper = opened(people, patient.make_helper_link("Anna"))
    begin_as_helper(helper).answer("device-owner", "mine").answer("author", "helper")
    helper.expect_status("saved")
    page = patient.open("/helpers")
    page.locator(".person", has_text="Anna").get_by_role("button", name="End this link").click()
    patient.tap("Yes, end it")
    expect(page.get_by_text("Done. The link of Anna has ended.")).to_be_visible()

    Questions(helper.page).open("#change/main-concern").answer("main-concern", "Canary too late")
    helper.expect_status("error")
    for address in ("/check-answers", "/summary"):
        main = helper.open(address).locator("main")
        expect(main.get_by_text("The link on this phone has ended.")).to_be_visible()
        expect(main.get_by_role("link", name="See what you can do")).to_be_visible()
        assert problems(helper.page) == []
    helper.open("/save")

    notice = helper.page.locator("[data-link-ended=true]")
    expect(notice).to_contain_text("The link on this phone has ended")
    assert problems(helper.page) == []
    with helper.page.expect_download() as download:
        helper.tap("Download my unsent answers")
    text = download.value.path().read_text("utf-8")
    assert "Canary too late" in text
    assert CANARY not in text
    helper.tap("Remove from this phone")
    helper.tap("Yes, remove them")
    expect(helper.page.get_by_text("The link on this phone has ended")).to_have_count(0)


# A helper who began.


def test_helper_who_makes_a_link_to_come_back_says_that_the_person_has_agreed(people):
    helper = people({**ANSWERS, "author": "helper"}).save(for_other=True)
    page = helper.open("/come-back")

    helper.tap("Make a link for me")
    expect(
        page.get_by_text("Tick the box once the person you are helping has agreed")
    ).to_be_visible()
    expect(page.get_by_label("The person I am helping has agreed")).to_be_focused()
    assert problems(page) == []
    page.get_by_label("The person I am helping has agreed").check()
    helper.tap("Make a link for me")

    assert helper.made_link
    (first, made) = helper.call("GET", "/links").json()["links"]
    assert (first["agreement"], made["agreement"]["said_by"]) == (None, helper.record["id"])


def test_helper_who_begins_says_that_the_person_has_agreed(people):
    helper = people({**ANSWERS, "author": "helper"})
    helper.open("/save")
    helper.page.get_by_label("I agree to this").check()
    helper.tap("Save my answers")
    alert = helper.page.get_by_role("alert")
    expect(alert).to_have_text(re.compile("once the person you are helping has agreed"))
    assert not [one for one in helper.requests if "/api/" in one.url]
    assert problems(helper.page) == []

    helper.page.get_by_label("The person I am helping has agreed").check()
    helper.tap("Save my answers")

    helper.expect_status("saved")
    (first, *_) = [one for one in helper.requests if one.url.endswith("/sync")]
    assert first.post_data_json["consent"]["agreed_by"] == "helper"


def test_helper_who_began_gives_the_person_their_own_link(people):
    helper = people({**ANSWERS, "author": "helper"}).save(for_other=True)
    page = helper.open("/helpers")
    page.get_by_label("Their name").fill("Maria")
    page.get_by_label("The person I am helping").first.check()
    page.get_by_label("90 days").check()
    helper.tap("Make the link")
    expect(page.get_by_role("alert")).to_contain_text("has agreed")
    page.get_by_label("The person I am helping has agreed to this").check()
    helper.tap("Make the link")

    patient = opened(people, helper.made_link)

    expect(patient.page.get_by_text("your own answers")).to_be_visible()
    page = patient.open("/helpers")
    expect(page.get_by_role("button", name="Make the link")).to_be_visible()
