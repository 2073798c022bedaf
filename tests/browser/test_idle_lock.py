"""Answers that nobody uses for 30 minutes are hidden, after a warning, and none is lost."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from fbss_app import routes
from tests.browser.audit import axe_problems, problems
from tests.browser.people import BEGUN, PATIENT
from tests.browser.sharing import Person
from tests.browser.storage import kept_entries
from tests.browser.summary import shown

MINUTE = 60 * 1000
SECOND = 1000
CANARY = "Canary walks every day"
ANSWERS = {**PATIENT, "main-concern": CANARY}
SHARED = {**BEGUN, "device-owner": "shared", "main-concern": CANARY}
LAST_USE = "abs:last-use"
WITH_ANSWERS = [
    routes.QUESTIONNAIRE,
    routes.CHECK_ANSWERS,
    routes.SUMMARY,
    routes.YOUR_DATA,
    routes.HELPERS,
    routes.CONFIRM_ANSWERS,
    routes.SAVE,
    routes.COME_BACK,
    routes.SEND,
]
TO_READ = [routes.START, routes.OPTIONS, routes.WHAT_MATTERS, routes.LEARN, routes.URGENT_HELP]


@pytest.fixture
def person(people):
    """Give somebody with answers on a phone of their own, whose clock the test moves."""
    one = people(ANSWERS)
    one.page.clock.install(time=datetime.now(UTC))
    return one


def wait_for(person: Person, minutes: float) -> None:
    """Let time pass in which nobody touches the phone, as the phone that is awake sees it."""
    for _ in range(50):
        if person.page.evaluate(f"localStorage['{LAST_USE}'] || sessionStorage['{LAST_USE}']"):
            break
        person.page.wait_for_timeout(100)
    person.page.clock.run_for(int(minutes * MINUTE))


def sleep(person: Person, minutes: float) -> None:
    """Let time pass in which the phone sleeps: no timer runs."""
    person.page.clock.fast_forward(int(minutes * MINUTE))


def expect_hidden(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("The answers are hidden")
    expect(page).to_have_title("Answers hidden \N{EN DASH} After Back Surgery")
    assert CANARY not in page.content()


def warning(page: Page):
    return page.get_by_role("dialog", name="Still there?")


def stay(page: Page):
    return page.get_by_role("button", name="Yes, I am still here")


def test_the_limit_is_stated_at_the_start(page):
    page.goto(routes.QUESTIONNAIRE)

    expect(page.get_by_text("After 30 minutes without use we hide the answers.")).to_be_visible()


def test_the_warning_counts_down_takes_the_focus_and_gives_it_back(person):
    page = person.open(f"{routes.QUESTIONNAIRE}#main-concern")
    field = page.get_by_role("textbox")
    field.fill("Half a sen")

    wait_for(person, 27.9)
    expect(warning(page)).to_have_count(0)
    page.clock.run_for(10 * SECOND)

    expect(warning(page)).to_be_visible()
    expect(stay(page)).to_be_focused()
    expect(warning(page)).to_contain_text(re.compile(r"in (2 minutes|1 minute \d\d seconds)\."))
    page.clock.run_for(90 * SECOND)
    expect(warning(page)).to_contain_text(re.compile(r"in \d\d seconds\."))
    expect(warning(page).get_by_role("status")).to_contain_text("left")
    assert axe_problems(page) == []
    page.keyboard.press("Enter")

    expect(warning(page)).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a sen")


def test_the_warning_fits_every_screen_and_colour(person):
    page = person.open(routes.CHECK_ANSWERS)
    wait_for(person, 28.1)
    expect(warning(page)).to_be_visible()

    assert problems(page, within="dialog") == []


def test_escape_stays_as_often_as_wanted(person):
    page = person.open(routes.SUMMARY)
    shown(page)
    for _ in range(11):
        wait_for(person, 28.1)
        expect(warning(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(warning(page)).to_have_count(0)

    assert CANARY in page.content()


@pytest.mark.parametrize("address", WITH_ANSWERS)
def test_no_page_shows_an_answer_after_30_minutes(person, address):
    page = person.open(address)

    wait_for(person, 30.1)

    expect_hidden(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Show my answers").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The answers are hidden")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.parametrize("address", WITH_ANSWERS)
def test_a_page_that_is_loaded_later_draws_no_answer(person, address):
    page = person.open(routes.LEARN)
    wait_for(person, 1)
    sleep(person, 40)
    page.add_init_script(
        "window.seen = [];"
        "new MutationObserver(() => seen.push(document.documentElement.textContent))"
        ".observe(document, { childList: true, subtree: true });"
    )

    person.open(address)

    expect_hidden(page)
    assert not page.evaluate("(words) => seen.some((text) => text.includes(words))", CANARY)


@pytest.mark.parametrize("address", TO_READ)
def test_pages_to_read_stay_open_and_mark_no_answer(person, address):
    page = person.open(address)
    wait_for(person, 30.1)

    expect(page.get_by_role("heading", level=1)).not_to_have_text("The answers are hidden")
    expect(page.get_by_text("You chose this")).to_have_count(0)
    expect(page.get_by_role("link", name="Check my answers")).to_have_count(0)


def test_hidden_answers_look_right_everywhere(person):
    page = person.open(routes.CHECK_ANSWERS)
    wait_for(person, 30.1)
    expect_hidden(page)

    assert problems(page, within="main") == []


def test_what_was_typed_is_there_again(person):
    page = person.open(f"{routes.QUESTIONNAIRE}#main-concern")
    page.get_by_role("textbox").fill("Half a sen")
    wait_for(person, 30.1)
    expect_hidden(page)
    assert "Half a sen" not in page.content()
    page.reload()
    expect_hidden(page)

    page.get_by_role("button", name="Show my answers").click()

    expect(page.get_by_role("textbox")).to_have_value("Half a sen")
    expect(page).to_have_url(re.compile("#main-concern$"))


def test_a_phone_that_slept_hides_at_the_first_touch(person):
    page = person.open(f"{routes.QUESTIONNAIRE}#country")
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.evaluate("localStorage['abs:last-use'] = JSON.stringify({ at: Date.now() - 31 * 60000 })")

    page.mouse.click(10, 10)

    expect_hidden(page)


def test_the_emergency_numbers_stay_those_of_the_persons_country(people):
    one = people({**ANSWERS, "country": "us"})
    one.page.clock.install(time=datetime.now(UTC))
    page = one.open(routes.URGENT_HELP)
    wait_for(one, 30.1)

    expect(page.get_by_label("Numbers for")).to_have_value("us")
    page.reload()
    expect(page.get_by_label("Numbers for")).to_have_value("us")


def test_tabs_share_their_use(person):
    page = person.open(routes.CHECK_ANSWERS)
    # One clock moves all tabs.
    other = person.context.new_page()
    other.goto(routes.SUMMARY)
    shown(other)
    wait_for(person, 30.1)
    expect_hidden(page)
    expect_hidden(other)

    page.get_by_role("button", name="Show my answers").click()
    # The tabs' clocks differ by a moment here, as those of one phone do not.
    page.clock.run_for(5 * SECOND)
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    shown(other)


# A shared phone.


@pytest.fixture
def borrower(people):
    """Give somebody who answers on a borrowed phone, with a clock that the test moves."""
    one = people()
    one.page.clock.install(time=datetime.now(UTC))
    page = one.open(routes.QUESTIONNAIRE)
    page.get_by_label("It is shared or borrowed").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("I am, and the pain is mine").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("form[data-link-id=author]")).to_have_count(0)
    one.open(f"{routes.QUESTIONNAIRE}#main-concern")
    page.get_by_role("textbox").fill(CANARY)
    page.get_by_role("button", name="Continue").click()
    return one


def given(page: Page) -> list[str]:
    entries = kept_entries(page, "sessionStorage")
    return sorted(key for key in entries if ":event:" in key)


def test_a_shared_phone_with_nothing_saved_says_that_it_cannot_check(borrower):
    page = borrower.open(routes.CHECK_ANSWERS)
    before = given(page)
    wait_for(borrower, 30.1)

    expect_hidden(page)
    expect(page.get_by_text("we cannot check who you are")).to_be_visible()
    assert problems(page, within="main") == []
    page.get_by_role("button", name="Show my answers").click()
    expect(page.get_by_text(CANARY)).to_be_visible()
    assert given(page) == before


def test_a_shared_phone_can_be_erased_while_it_is_hidden(borrower):
    page = borrower.open(routes.CHECK_ANSWERS)
    wait_for(borrower, 30.1)
    expect_hidden(page)

    page.get_by_role("button", name="Erase them from here").click()
    expect(page.get_by_text("There is no other copy")).to_be_visible()
    page.get_by_role("button", name="Yes, erase them").click()

    expect(page.get_by_text("There are no answers on this phone yet")).to_be_visible()
    assert given(page) == []


def test_saved_without_a_link_is_still_recoverable(borrower):
    borrower.save()
    page = borrower.open(routes.CHECK_ANSWERS)
    wait_for(borrower, 30.1)
    expect_hidden(page)

    page.get_by_role("button", name="Show my answers").click()

    expect(page.get_by_text(CANARY)).to_be_visible()


def test_a_saved_response_on_a_shared_phone_asks_for_its_link(borrower, people):
    other = people({**BEGUN, "main-concern": "Another"}).save()
    foreign = other.make_return_link()
    link = borrower.save().make_return_link()
    page = borrower.open(routes.CHECK_ANSWERS)
    wait_for(borrower, 30.1)
    expect_hidden(page)
    expect(page.get_by_role("button", name="Show my answers")).to_have_count(0)
    assert problems(page, within="main") == []

    field = page.get_by_label("Your link")
    field.fill("nothing")
    page.get_by_role("button", name="Open with the link").click()
    expect(page.get_by_text("Paste the whole link")).to_be_visible()
    field.fill(foreign)
    page.get_by_role("button", name="Open with the link").click()
    expect(page.get_by_text("This opens other answers")).to_be_visible()
    expect(field).to_be_focused()
    assert axe_problems(page) == []
    field.fill(link)
    page.get_by_role("button", name="Open with the link").click()

    expect(page.get_by_text(CANARY)).to_be_visible()


def test_a_code_with_the_year_of_birth_does_as_well(borrower):
    code = borrower.save().make_code("1961")
    page = borrower.open(routes.SUMMARY)
    links = borrower.call("GET", "/links").json()["links"]
    wait_for(borrower, 30.1)
    expect_hidden(page)
    page.get_by_label("Your code").fill(code)
    page.get_by_label("Year of birth").fill("1960")
    page.get_by_role("button", name="Open with the code").click()
    expect(page.get_by_text("This code and this year open no answers")).to_be_visible()

    page.get_by_label("Year of birth").fill("1961")
    page.get_by_role("button", name="Open with the code").click()

    shown(page)
    assert CANARY in page.content()
    still = [one for one in borrower.call("GET", "/links").json()["links"] if not one["revoked_at"]]
    assert len(still) == len(links)


def test_opening_the_link_in_the_same_tab_shows_them_and_another_does_not(borrower, people):
    foreign = people({**BEGUN, "main-concern": "Another"}).save().make_return_link()
    link = borrower.save().make_return_link()
    page = borrower.page
    wait_for(borrower, 30.1)
    expect_hidden(page)

    borrower.open_link(foreign)
    expect(page.locator("#failed")).to_have_text("Other answers are hidden in this tab")
    borrower.open(routes.CHECK_ANSWERS)
    expect_hidden(page)
    borrower.open_link(link)
    borrower.open(routes.CHECK_ANSWERS)

    expect(page.get_by_text(CANARY)).to_be_visible()
