"""Sending to the clinics that asked, on a phone that may hold the answers of several people."""

import pytest
from playwright.sync_api import Page, expect

from fbss_app import routes
from tests.browser.audit import problems
from tests.browser.clinic import SOON, Clinic
from tests.browser.people import BEGUN
from tests.browser.questions import Questions
from tests.browser.sharing import Person

CANARY = "Canary walks every day"
HELD = "You have two sets of answers on this phone"


@pytest.fixture(scope="module")
def clinic(own_server):
    return Clinic(own_server, "Northside Pain Clinic")


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


def asks(page: Page, clinic: Clinic):
    return page.get_by_text(f"{clinic.name} asked for your answers")


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
