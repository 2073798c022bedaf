"""Sending to the clinics that asked, on a phone that may hold the answers of several people."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from fbss_app import routes
from tests.browser.audit import problems
from tests.browser.clinic import SOON, Clinic
from tests.browser.people import BEGUN, PATIENT, PHQ_4
from tests.browser.questions import QUESTIONNAIRE, Questions
from tests.browser.sharing import Person

CANARY = "Canary walks every day"
CHANGED = "You have changed something since."
# Of the score of the 4 questions on worry and mood.
SCALE = "on a scale of 0 to 12"
HELD = "You have two sets of answers on this phone"


@pytest.fixture(scope="module")
def clinic(own_server):
    return Clinic(own_server, "Northside Pain Clinic")


@pytest.fixture(scope="module")
def other_clinic(own_server):
    return Clinic(own_server, "Southside Spine Clinic")


@pytest.fixture
def link(people):
    """The return link of somebody whose answers are on the server."""
    return people({**BEGUN, "main-concern": CANARY}).save().make_return_link()


def begin(phone: Person, invitation: str) -> None:
    """Open an invitation and answer the first questions."""
    page = phone.open(invitation)
    page.get_by_role("link", name="Begin", exact=True).click()
    questions = Questions(page)
    questions.wait_until_ready()
    questions.walk(until="signs-bladder-bowel", device_owner="mine", author="me", country="gb")


def send(phone: Person, *, is_saved: bool = False) -> None:
    """Agree, and send to the clinic that asks."""
    page = phone.open(routes.SEND)
    page.get_by_label("I agree to this", exact=True).check()
    if not is_saved:
        page.get_by_label("I agree that my answers are saved on the server").check()
    phone.tap("Send my answers")


def at(phone: Person, clinic: Clinic) -> Locator:
    """What the page to send from shows of a clinic that has the answers."""
    return phone.page.locator("[data-clinic]").filter(
        has=phone.page.get_by_role("heading", name=clinic.name, exact=True)
    )


def expect_with(phone: Person, *clinics: Clinic) -> None:
    """Expect exactly these clinics to have the answers, in this order."""
    expect(phone.page.locator("[data-clinic] > h2")).to_have_text(
        [clinic.name for clinic in clinics], timeout=SOON
    )


def asks(page: Page, clinic: Clinic):
    return page.get_by_text(f"{clinic.name} asked for your answers")


def change_concern(phone: Person) -> None:
    """Answer otherwise, and wait until the server has it."""
    questions = Questions(phone.page).open("#change/main-concern")
    questions.answer("main-concern", "Sleeping through the night")
    phone.expect_status("saved")


def summary_of(phone: Person) -> str:
    phone.open(routes.SUMMARY)
    phone.tap("Open all parts")
    return phone.page.locator(".summary-page").inner_text()


def change_over(phone: Person, words: str = "Use these now") -> None:
    """Use what waits on the phone."""
    phone.open(routes.START)
    phone.tap(words)
    expect(phone.page.locator("#held")).to_be_focused()


def expect_nobody_asked(phone: Person) -> None:
    """Expect the page to send from to say so, once the server has been asked."""
    nobody = phone.page.get_by_text("No clinic has asked for your answers")
    expect(nobody).to_be_visible(timeout=SOON)


# An invitation, and answers that it is not for.


def test_invitation_waits_with_its_answers_and_comes_back_with_them(people, clinic, link):
    phone = people()
    begin(phone, clinic.invite("Patient One"))
    phone.open_link(link)
    phone.tap("Use the ones from the link")
    expect(phone.page.locator("#opened")).to_have_text("The answers are open")

    # Nobody asked for these.
    phone.open(routes.SUMMARY)
    expect(phone.page.get_by_text(CANARY)).to_be_visible()
    expect(asks(phone.page, clinic)).to_have_count(0)
    phone.open(routes.SEND)
    expect_nobody_asked(phone)

    # A page in another tab follows.
    other_tab = phone.context.new_page()
    other_tab.goto(routes.SUMMARY)
    expect(other_tab.get_by_text(CANARY)).to_be_visible()
    phone.open("/")
    expect(phone.page.get_by_text(HELD)).to_be_visible()
    expect(phone.page.get_by_text(f"{clinic.name} asked for them.")).to_be_visible()
    assert problems(phone.page) == []
    change_over(phone)
    expect(asks(other_tab, clinic)).to_be_visible()
    expect(other_tab.get_by_text(CANARY)).to_have_count(0)

    send(phone)
    sent = phone.page.get_by_text(f"Your answers are with {clinic.name}")
    expect(sent).to_be_visible(timeout=SOON)

    # Changed over once more, and back.
    change_over(phone)
    phone.open(routes.SEND)
    expect_nobody_asked(phone)
    change_over(phone)
    phone.open(routes.SEND)
    expect(sent).to_be_visible(timeout=SOON)


def test_invitation_without_an_answer_waits_by_itself(people, clinic, link):
    phone = people()
    phone.open(clinic.invite("Patient Two"))
    expect(phone.page.locator("h1")).to_contain_text("asks you to answer")
    phone.open_link(link)
    expect(phone.page.locator("#opened")).to_have_text("The answers are open")

    phone.open("/")
    expect(phone.page.get_by_text("An invitation waits on this phone")).to_be_visible()
    expect(
        phone.page.get_by_role("heading", name=f"An invitation from {clinic.name}")
    ).to_be_visible()
    assert problems(phone.page) == []
    change_over(phone, "Use it now")
    phone.open(routes.INVITED)
    expect(phone.page.locator("h1")).to_have_text(
        f"{clinic.name} asks you to answer some questions"
    )

    change_over(phone)
    phone.tap("Remove")
    expect(phone.page.get_by_text("Remove this invitation from this phone?")).to_be_visible()
    phone.tap("Yes, remove it")
    expect(phone.page.get_by_text("Removed from this phone.")).to_be_visible()
    phone.open(routes.INVITED)
    expect(phone.page.locator("h1")).to_have_text("There is no invitation here")


# Several clinics.


def test_each_clinic_that_has_the_answers_is_shown_and_they_are_taken_back_from_one(
    people, desks, clinic, other_clinic
):
    phone = people({**BEGUN, "main-concern": CANARY})
    page = phone.open(clinic.invite("Patient Three"))
    expect(page.locator("h1")).to_contain_text(clinic.name)
    send(phone)
    expect_with(phone, clinic)

    # Another one asks for the same answers.
    phone.open(other_clinic.invite("Number Three"))
    expect(page.locator("h1")).to_contain_text(other_clinic.name)
    phone.open(routes.SEND)
    expect_with(phone, clinic)
    asks_too = page.get_by_role("heading", name=re.compile("asked for your answers too"))
    expect(asks_too).to_contain_text(other_clinic.name)
    assert problems(page) == []
    send(phone, is_saved=True)
    expect_with(phone, clinic, other_clinic)
    expect(asks_too).to_have_count(0)

    # What was added since is sent to one of them.
    change_concern(phone)
    phone.open(routes.SEND)
    expect_with(phone, clinic, other_clinic)
    for one in (clinic, other_clinic):
        expect(at(phone, one).get_by_text(CHANGED)).to_be_visible()
    at(phone, clinic).get_by_role("button", name="Send again").click()
    expect(at(phone, clinic).get_by_text(CHANGED)).to_have_count(0, timeout=SOON)
    expect(at(phone, other_clinic).get_by_text(CHANGED)).to_be_visible()
    assert problems(page) == []

    at(phone, clinic).get_by_role("button", name="Take it back").click()
    expect(page.locator("#ask-take-back")).to_be_focused()
    expect(page.locator("#ask-take-back")).to_have_text(
        f"Take your answers back from {clinic.name}?"
    )
    phone.tap("Yes, take them back")
    expect(page.get_by_text(f"Your answers are no longer with {clinic.name}.")).to_be_visible(
        timeout=SOON
    )
    expect_with(phone, other_clinic)

    # The clinics see the same.
    desk = desks().sit_down(clinic)
    desk.open(routes.CLINIC)
    expect(desk.in_list("All")).to_be_visible()
    expect(desk.row("Patient Three")).to_have_count(0)
    other_desk = desks().sit_down(other_clinic)
    other_desk.open(routes.CLINIC)
    expect(other_desk.row("Number Three")).to_be_visible()

    # The invitation of the first one still works.
    phone.open(routes.SEND)
    expect(asks_too).to_contain_text(clinic.name, timeout=SOON)


def test_phone_without_the_invitation_shows_where_answers_are_and_does_not_send_again(
    people, clinic
):
    phone = people({**BEGUN, "main-concern": CANARY})
    phone.open(clinic.invite("Patient Four"))
    expect(phone.page.locator("h1")).to_contain_text(clinic.name)
    send(phone)
    expect_with(phone, clinic)
    link = phone.make_return_link()
    other = people()
    other.open_link(link)
    expect(other.page.locator("#opened")).to_have_text("The answers are open")
    change_concern(other)

    other.open(routes.SEND)

    expect_with(other, clinic)
    expect(other.page.get_by_text("open the clinic's link or page first")).to_be_visible()
    expect(other.page.get_by_role("button", name="Send again")).to_have_count(0)
    expect(other.page.get_by_role("button", name="Take it back")).to_be_visible()


# Optional parts.


def test_part_that_the_clinic_does_not_ask_is_neither_on_the_phones_summary_nor_at_the_clinic(
    people, desks, clinic
):
    phone = people({**PATIENT, **PHQ_4})
    assert SCALE in summary_of(phone)
    phone.open(clinic.invite("Patient Five"))
    expect(phone.page.locator("h1")).to_contain_text(clinic.name)
    assert SCALE not in summary_of(phone)

    send(phone)
    expect_with(phone, clinic)

    desk = desks().sit_down(clinic)
    desk.open(routes.CLINIC)
    desk.row("Patient Five").get_by_role("link", name="Patient Five").click()
    expect(desk.page.locator(".sheet-part").first).to_be_visible()
    words = desk.page.locator("main").inner_text()
    assert PATIENT["main-concern"] in words
    assert SCALE not in words
    assert QUESTIONNAIRE.placements["phq-4-wanted"].item.short_text not in words
