"""One clinic and one patient, from the first link to the audit trail, on two screens at once."""

import re

from playwright.sync_api import expect

from fbss_app import routes
from tests.browser.clinic import PASSWORD, SOON, Desk, set_up_second_factor
from tests.browser.questions import Questions
from tests.browser.sharing import Person

NAME = "Harbour Spine Clinic"
EMAIL = "ann@harbour.example"
LABEL = "Patient 4711"
SIGN = "signs-bladder-bowel"
FIRST_SIGN = "Numbness, tingling or a changed feeling between the legs"
OTHER_SIGN = "Lost control of the bowels"
NOTE = "Called at nine. Comes in today."


def found_clinic(desk: Desk, link: str) -> None:
    """Found the clinic, as the first thing that anybody does with the app."""
    desk.page.goto(link)
    expect(desk.heading).to_have_text("Set up your clinic")
    desk.wait_until_ready()
    desk.fill(
        clinic_name=NAME,
        name="Ann Ode",
        email=EMAIL,
        password=PASSWORD,
        password_again=PASSWORD,
    )
    desk.tap("Set up the clinic")
    _, codes = set_up_second_factor(desk)
    assert len(set(codes)) == 10


def invite(desk: Desk, label: str) -> str:
    """Invite a patient, and give the link as the page shows it."""
    desk.open(routes.CLINIC_INVITATIONS)
    desk.tap("Invite patients")
    desk.fill(label=label)
    desk.tap("Make the link")
    link = desk.page.locator(".made-link")
    expect(link).to_have_text(re.compile(rf"{routes.INVITED}#[\w-]{{43}}$"))
    address = link.inner_text()
    desk.tap("I am done")
    expect(link).to_have_count(0)
    expect(desk.page.locator(".member", has_text=label)).to_contain_text("Not opened")
    desk.open(routes.CLINIC)
    return address


def answer_with_a_warning_sign(phone: Person, invitation: str) -> Questions:
    """Open the invitation, and answer up to the question about age."""
    page = phone.open(invitation)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"{NAME} asks you to answer some questions"
    )
    assert page.url.endswith(routes.INVITED), "the secret is still in the address"
    page.get_by_role("link", name="Begin").click()
    questions = Questions(page)
    questions.wait_until_ready()
    questions.walk(
        until="age-band", device_owner="mine", author="me", country="gb", signs_bladder_bowel=["r1"]
    )
    return questions


def expect_sent(phone: Person) -> None:
    """Expect that the server has what was sent."""
    expect(phone.page.get_by_text(f"Your answers are with {NAME}.")).to_be_visible(timeout=SOON)
    expect(phone.page.get_by_role("button", name="Send again")).to_have_count(0)


def send(phone: Person) -> None:
    """Agree to saving and to sending, and send."""
    page = phone.open(routes.SEND)
    page.get_by_label("I agree to this", exact=True).check()
    page.get_by_label("I agree that my answers are saved on the server").check()
    phone.tap("Send my answers")
    expect_sent(phone)


def test_from_the_first_link_to_a_reviewed_response_and_back(desks, people, own_server):
    desk: Desk = desks()
    phone: Person = people()

    # The clinic is founded, and asks.
    found_clinic(desk, own_server.first_link)
    expect(desk.page.get_by_text("Nothing new")).to_be_visible()
    invitation = invite(desk, LABEL)

    # The phone answers and sends; the inbox shows it by itself.
    questions = answer_with_a_warning_sign(phone, invitation)
    expect(desk.page.locator(".inbox-row")).to_have_count(0)
    send(phone)
    row = desk.row(LABEL)
    expect(row).to_contain_text("Emergency signs", timeout=SOON)
    expect(row).to_contain_text(FIRST_SIGN)
    expect(desk.in_list("New")).to_have_text("1")

    # Somebody reads it and looks after it.
    row.get_by_role("link", name=LABEL).click()
    expect(desk.heading).to_have_text(LABEL)
    expect(desk.page.locator(".response-flags")).to_contain_text(FIRST_SIGN)
    expect(desk.page.locator(".sheet-part").first).to_be_visible()
    expect(desk.page.get_by_text("The patient has changed something since")).to_have_count(0)
    address = desk.page.url
    desk.page.get_by_label("Add a note").fill(NOTE)
    desk.tap("Save the note")
    expect(desk.page.locator(".note-list")).to_contain_text(NOTE)
    expect(desk.page.get_by_label("Add a note")).to_have_value("")
    desk.page.get_by_label("Looked after by").select_option(label="Ann Ode")
    expect(desk.page.get_by_text("Saved who looks after this.")).to_be_visible()
    desk.tap("Mark as reviewed")
    expect(desk.page.locator(".response-status")).to_have_text("Status: Reviewed")
    expect(desk.page.locator(".about-facts")).to_contain_text("by Ann Ode")
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert LABEL not in download.value.suggested_filename

    # The patient changes an answer; the clinic sees that, but not what.
    questions.open(f"#change/{SIGN}").answer(SIGN, ["r3"])
    phone.expect_status("saved")
    desk.open(address)
    expect(desk.page.get_by_text("The patient has changed something since")).to_be_visible()
    expect(desk.page.locator(".response-flags")).to_contain_text(FIRST_SIGN)
    expect(desk.page.get_by_text(OTHER_SIGN)).to_have_count(0)

    # Sent again it is among the new ones again; taken back it is gone.
    desk.open(routes.CLINIC)
    expect(desk.in_list("Reviewed")).to_have_text("1")
    expect(desk.in_list("New")).to_have_text("0")
    phone.open(routes.SEND)
    phone.tap("Send again")
    expect_sent(phone)
    expect(row).to_contain_text("Sent again, changed", timeout=SOON)
    expect(row).to_contain_text(OTHER_SIGN)
    expect(desk.in_list("Reviewed")).to_have_text("0")
    phone.tap("Take it back")
    phone.tap("Yes, take them back")
    expect(phone.page.get_by_text(f"Your answers are no longer with {NAME}.")).to_be_visible()
    expect(desk.in_list("All")).to_have_text("0", timeout=SOON)
    expect(row).to_have_count(0)
    desk.open(address)
    expect(desk.page.get_by_text("These answers are not here.")).to_be_visible()

    # The trail has all of it, and neither label nor note.
    desk.open(routes.CLINIC_AUDIT)
    expect(desk.page.locator(".staff-table tbody tr").first).to_be_visible()
    told = desk.page.locator('.staff-table [data-label="What"]').all_inner_texts()
    looked = ("Inbox viewed", "Invitations viewed", "Answers viewed", "Audit trail viewed")
    assert [what for what in reversed(told) if what not in looked] == [
        "Clinic set up",
        "Authenticator app set up",
        "Logged in",
        "Patient invited",
        "Invitation opened",
        "Answers sent",
        "Note written",
        "Assigned",
        "Status changed",
        "Exported",
        "Answers sent",
        "Answers deleted by the patient",
        "Refused",
    ]
    assert told.count("Answers viewed") >= 2
    words = desk.page.locator("main").inner_text()
    assert not re.search(f"{LABEL}|{NOTE}|{FIRST_SIGN}", words)
    assert desk.errors == []
