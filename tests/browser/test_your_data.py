"""Rights: take everything along, take the agreement back, delete everything."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.audit import problems
from tests.browser.people import BEGUN
from tests.browser.sharing import Person
from tests.browser.storage import answers_in, kept_entries, kept_events

CANARY = "Canary <b>tablets</b> twice a day"
ANSWERS = {**BEGUN, "main-concern": CANARY}


@pytest.fixture
def person(browser, site):
    one = Person(browser, site, ANSWERS)
    yield one
    one.context.close()


@pytest.fixture
def saved(person):
    return person.save()


def download(person, name):
    person.open("/your-data")
    with person.page.expect_download() as caught:
        person.tap(name)
    expect(person.page.locator("[data-download=done]")).to_be_visible()
    return caught.value.suggested_filename, caught.value.path().read_text("utf-8")


def test_page_says_what_is_kept_where_and_until_when(saved):
    page = saved.open("/your-data")

    expect(page.get_by_text("for 30 days after you last used the app")).to_be_visible()
    expect(page.get_by_text("They are kept until")).to_contain_text("2")
    assert problems(page) == []


def test_everything_saved_is_downloaded_as_page_data_and_fhir(saved):
    name, text = download(saved, "A page to read")
    assert name == "my-answers.html"
    assert "Canary &lt;b&gt;tablets&lt;/b&gt;" in text

    name, text = download(saved, "All data (JSON)")
    assert name == "my-answers.json"
    kept = {event["id"]: event["value"] for event in kept_events(saved.page)}
    assert {event["id"]: event["value"] for event in json.loads(text)["events"]} == kept

    name, text = download(saved, "For hospital systems (FHIR)")
    assert name == "my-answers-fhir.json"
    assert json.loads(text)["resourceType"] == "QuestionnaireResponse"


def test_answers_that_were_never_saved_are_downloaded_from_the_phone(person):
    name, text = download(person, "A page to read")
    assert name == "my-answers.html"
    assert "Canary &lt;b&gt;tablets&lt;/b&gt;" in text
    assert "<script" not in text

    name, text = download(person, "All data (JSON)")
    assert answers_in(json.loads(text)["events"]) == answers_in(kept_events(person.page))
    assert not [one for one in person.requests if "/api/" in one.url]
    assert problems(person.page) == []


def test_server_that_gives_nothing_leaves_the_copy_on_the_phone(saved):
    saved.open("/your-data")
    saved.context.set_offline(True)
    saved.tap("A page to read")
    expect(saved.page.locator("[data-trouble=offline]")).to_contain_text("There is no connection")

    with saved.page.expect_download() as caught:
        saved.tap("Take the copy on this phone")

    assert CANARY in json.loads(caught.value.path().read_text("utf-8"))["events"][-1]["value"]


def test_agreement_is_taken_back_in_two_taps(saved):
    old = saved.record
    kept = answers_in(kept_events(saved.page))
    page = saved.open("/your-data")

    saved.tap("Erase from the server")
    expect(page.locator("#ask-withdraw")).to_be_focused()
    assert problems(page) == []
    saved.tap("Yes, erase it from the server")

    expect(page.get_by_text("Erased. The server holds no answers of yours.")).to_be_visible()
    expect(page.get_by_text("ask it about copies in its own records")).to_be_visible()
    expect(page.locator("#erasing")).to_be_focused()
    saved.expect_status("local")
    assert saved.call("GET", "/export.json", old).status == 404
    assert answers_in(kept_events(page)) == kept
    assert "secret" not in saved.record
    assert problems(page) == []


def test_taking_back_can_be_thought_over(saved):
    saved.open("/your-data")
    saved.tap("Erase from the server")
    saved.tap("Keep everything")

    expect(saved.page.get_by_role("button", name="Erase from the server")).to_be_visible()
    assert saved.call("GET", "/export.json").ok


def test_everything_is_deleted_from_server_and_phone_after_one_question(saved):
    old = saved.record
    page = saved.open("/your-data")

    saved.tap("Delete everything")
    expect(page.locator("#ask-delete")).to_be_focused()
    to_clinics = page.get_by_role("link", name="which clinics have them")
    expect(to_clinics).to_have_attribute("href", "/send")
    saved.tap("Yes, delete everything")

    expect(page.get_by_text("Done. Everything is deleted")).to_be_visible()
    expect(page.get_by_text("ask it about copies in its own records")).to_be_visible()
    assert saved.call("GET", "/export.json", old).status == 404
    assert kept_entries(page) == {}
    assert kept_entries(page, "sessionStorage") == {}
    expect(page.get_by_text("There are no answers on this phone yet")).to_be_visible()
    assert problems(page) == []


def test_delete_that_does_not_reach_the_server_deletes_nothing(saved):
    saved.open("/your-data")
    saved.context.set_offline(True)
    saved.tap("Delete everything")
    saved.tap("Yes, delete everything")

    expect(saved.page.get_by_text("so nothing was deleted")).to_be_visible()
    assert saved.record["secret"]
    assert kept_events(saved.page)
    saved.context.set_offline(False)
    saved.tap("Yes, delete everything")
    expect(saved.page.get_by_text("Done. Everything is deleted")).to_be_visible()


def test_answers_only_on_the_phone_are_deleted_without_a_call(person):
    person.open("/your-data")
    expect(person.page.get_by_role("button", name="Erase from the server")).to_have_count(0)
    person.tap("Delete everything")
    person.tap("Yes, delete everything")

    expect(person.page.get_by_text("Done. Everything is deleted")).to_be_visible()
    assert kept_entries(person.page) == {}
    assert not [one for one in person.requests if "/api/" in one.url]
