"""Nobody is offered to have answers kept where the phone cannot, or does not, keep theirs."""

from fnmatch import fnmatch

import pytest
from playwright.sync_api import Page, expect

from fbss_app import routes
from tests.browser.audit import problems
from tests.browser.clinic import SOON
from tests.browser.people import BEGUN
from tests.browser.questions import Questions
from tests.browser.site import OwnServer
from tests.browser.test_storage import NO_STORAGE
from tests.browser.website import FIRST, Website

BLOCKED = "your answers last only while this page is open"
APART = "yours last only until you close this tab"
SAVE = "Save and come back later"


@pytest.fixture
def blocked(page: Page) -> Page:
    page.add_init_script(NO_STORAGE)
    return page


def expect_nothing_promised(page: Page, told: str) -> None:
    """Expect the first question to offer nothing that cannot be, and to say what is."""
    form = page.locator('form[data-link-id="device-owner"]')
    expect(form).to_contain_text(told)
    expect(form.get_by_role("radio", name="It is mine", exact=True)).to_be_visible()
    expect(form.get_by_role("radio", name="It is shared or borrowed", exact=True)).to_be_visible()
    expect(form).not_to_contain_text("30 days")
    expect(form).to_contain_text(SAVE)
    expect(page.get_by_role("link", name=SAVE)).to_be_visible()


def test_first_question_says_what_happens_where_storage_is_blocked(blocked: Page):
    questions = Questions(blocked).open()

    expect_nothing_promised(blocked, BLOCKED)
    assert problems(blocked) == []
    questions.answer("device-owner", "mine")
    expect(questions.form).to_have_attribute("data-link-id", "author")
    blocked.go_back()
    expect_nothing_promised(blocked, BLOCKED)


@pytest.mark.parametrize("owner", ["mine", "shared"])
def test_later_pages_promise_no_more_where_storage_is_blocked(blocked: Page, owner: str):
    questions = Questions(blocked).open()
    questions.walk(until="signs-bladder-bowel", device_owner=owner, author="me", country="gb")

    main = blocked.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="Summary").click()
    blocked.get_by_role("link", name="Change my answers").click()
    expect(blocked.get_by_text("It is mine" if owner == "mine" else "It is shared")).to_be_visible()
    expect(blocked.locator("main")).not_to_contain_text("30 days")
    expect(blocked.locator("main")).not_to_contain_text("until I close this tab")


def test_answers_that_nothing_keeps_here_are_saved_on_the_server(blocked: Page):
    questions = Questions(blocked).open()
    questions.walk(until="signs-bladder-bowel", device_owner="mine", author="me", country="gb")

    blocked.get_by_role("link", name=SAVE).click()
    blocked.get_by_label("I agree to this").check()
    blocked.get_by_role("button", name="Save my answers").click()
    expect(blocked.get_by_text("The server has confirmed every answer")).to_be_visible(timeout=SOON)
    blocked.get_by_role("link", name="Your answers").click()
    kept_here = blocked.locator(".summary-row", has_text="On this phone")
    expect(kept_here).to_contain_text("They stay only while this page is open")
    expect(kept_here).not_to_contain_text("30 days")


def test_phone_that_keeps_answers_offers_it_and_loads_no_other_words(page: Page):
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    questions = Questions(page).open()

    expect(questions.form).to_contain_text("keep my answers on it for 30 days")
    expect(questions.form).not_to_contain_text("Whatever you choose")
    assert not [url for url in loaded if fnmatch(url, "*/not_kept*")]


def test_guest_on_somebodys_phone_is_told_where_they_choose(
    website: Website, own_server: OwnServer
):
    owners = website.context.new_page()
    owners.goto(f"{own_server.address}/c/{website.slug}/questionnaire")
    questions = Questions(owners)
    questions.wait_until_ready()
    questions.walk(until="country", device_owner="mine", author="me")
    website.begin().walk(until="age-band", **FIRST)
    own = website.leave()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible(timeout=SOON)

    guest = Questions(own)
    own.goto(own.url.split("#")[0] + "#device-owner")
    expect_nothing_promised(own, APART)
    guest.answer("device-owner", "mine")
    expect(own.get_by_text("Kept until you close this tab")).to_be_visible()
    own.goto(own.url.replace("/questionnaire", "/check-answers"))
    expect(own.get_by_text("It is mine")).to_be_visible()
    expect(own.locator("main")).not_to_contain_text("30 days")


def test_owner_is_told_the_usual_on_the_same_phone(phone_with):
    page = phone_with(BEGUN)
    Questions(page).open("#device-owner")

    expect(page.locator("form")).to_contain_text("keep my answers on it for 30 days")
    page.goto(routes.YOUR_DATA)
    expect(page.get_by_text("for 30 days after you last used the app")).to_be_visible()
