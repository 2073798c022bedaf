"""Sending under a name of one's own: taken back, removed, sent once more, and invited after."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from fbss_app import routes
from fbss_app.server.services.clinic.roles import Role
from tests.browser.audit import axe_problems, problems, staff_problems
from tests.browser.clinic import SOON, Clinic, Desk
from tests.browser.host_site import until
from tests.browser.people import BEGUN
from tests.browser.questions import Questions
from tests.browser.sharing import Person

NAME = "Your name, as the clinic knows you"
CONCERN = "Canary walks every day"
# What it does to the phone's storage when another tab changes over to other answers.
CHANGE_OVER = """() => {
  const name = "abs:after-back-surgery:response";
  const record = JSON.parse(localStorage[name]);
  localStorage[name] = JSON.stringify({ ...record, id: crypto.randomUUID() });
}"""


@pytest.fixture
def clinic(own_server) -> Clinic:
    return Clinic(own_server, "Meadow Clinic")


@pytest.fixture
def slug(clinic: Clinic) -> str:
    return clinic.open_own_pages()


@pytest.fixture
def phone(people) -> Person:
    return people({**BEGUN, "main-concern": CONCERN})


def send(phone: Person, address: str, name: str = "", *, is_saved: bool = True) -> None:
    """Agree, under a name where one is asked for, and send."""
    page = phone.open(address)
    if name:
        page.get_by_label(NAME).fill(name)
    page.get_by_label("I agree to this", exact=True).check()
    if not is_saved:
        page.get_by_label("I agree that my answers are saved on the server").check()
    phone.tap("Send my answers")


def expect_sent(page: Page) -> None:
    with_clinic = page.get_by_text("Your answers are with Meadow Clinic")
    expect(with_clinic).to_be_visible(timeout=SOON)


def labels(desks: Any, clinic: Clinic) -> list[str]:
    """What stands in the inbox."""
    desk = desks().sit_down(clinic)
    desk.open(routes.CLINIC)
    return desk.page.locator(".inbox-row a").all_inner_texts()


def test_taken_back_it_can_be_sent_under_another_name(phone: Person, desks, clinic, slug: str):
    own = f"/c/{slug}{routes.SEND}"
    send(phone, own, "Jo Miller", is_saved=False)
    expect_sent(phone.page)
    assert labels(desks, clinic) == ["Jo Miller"]
    phone.tap("Take it back")
    phone.tap("Yes, take them back")
    gone = phone.page.get_by_text("Your answers are no longer with Meadow Clinic.")
    expect(gone).to_be_visible(timeout=SOON)
    assert labels(desks, clinic) == []

    # The app's own pages know the way back too.
    for address, name in ((own, "Jo M."), (routes.SEND, "J. Miller")):
        send(phone, address, name)
        expect_sent(phone.page)
        assert labels(desks, clinic) == [name]
        phone.tap("Take it back")
        phone.tap("Yes, take them back")
        expect(gone).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("is_own_page", [True, False])
def test_whose_unused_invitation_is_gone_gives_the_name_once_more(
    phone: Person, desks, clinic, slug: str, is_own_page: bool
):
    own = f"/c/{slug}{routes.SEND}"
    phone.context.route("**/submission", lambda route: route.fulfill(status=503, body="{}"))
    send(phone, own, "Jo Miller", is_saved=False)
    trouble = phone.page.get_by_text("The server could not do it just now")
    expect(trouble).to_be_visible(timeout=SOON)
    phone.context.unroute("**/submission")
    clinic.end_invitations()

    send(phone, own if is_own_page else routes.SEND)

    summary = phone.page.locator("#error-summary")
    expect(summary).to_contain_text("Enter your name once more, then send", timeout=SOON)
    assert is_own_page or problems(phone.page) == []
    phone.page.get_by_label(NAME).fill("Jo Miller")
    phone.tap("Send my answers")
    expect_sent(phone.page)
    assert labels(desks, clinic) == ["Jo Miller"]


def test_whoever_is_invited_later_sends_unchanged_answers_under_the_clinics_label(
    phone: Person, desks, clinic, slug: str
):
    send(phone, f"/c/{slug}{routes.SEND}", "Jo Miller", is_saved=False)
    expect_sent(phone.page)
    page = phone.open(clinic.invite("MRN-77123"))
    expect(page.locator("h1")).to_contain_text(clinic.name)

    phone.open(routes.SEND)
    again = page.get_by_role("heading", name="Meadow Clinic asked for your answers again")
    expect(again).to_be_visible(timeout=SOON)
    assert problems(page) == []
    send(phone, routes.SEND)

    expect(again).to_have_count(0, timeout=SOON)
    expect_sent(page)
    assert labels(desks, clinic) == ["MRN-77123"]
    for address in (routes.SEND, f"/c/{slug}{routes.SEND}"):
        phone.open(address)
        expect_sent(page)
        expect(again).to_have_count(0)
        expect(page.get_by_label(NAME)).to_have_count(0)


def test_on_another_phone_the_name_lets_whoever_came_uninvited_send_again(
    phone: Person, people, desks, clinic, slug: str
):
    own = f"/c/{slug}{routes.SEND}"
    send(phone, own, "Jo Miller", is_saved=False)
    expect_sent(phone.page)
    other: Person = people()
    other.open_link(phone.make_return_link())
    Questions(other.page).open("#change/main-concern").answer("main-concern", "Walks to the shop")
    other.expect_status("saved")
    page = other.open(own)
    again = page.get_by_role("heading", name="Meadow Clinic: send again")
    expect(again).to_be_visible(timeout=SOON)
    assert axe_problems(page) == []
    send(other, own, "Jo Miller")
    expect(again).to_have_count(0, timeout=SOON)
    expect_sent(page)
    assert labels(desks, clinic) == ["Jo Miller"]


def test_answers_that_another_tab_shows_meanwhile_are_not_sent_under_the_name(
    phone: Person, slug: str
):
    page = phone.open(f"/c/{slug}{routes.SEND}")
    page.get_by_label(NAME).fill("Jo Miller")
    page.get_by_label("I agree to this", exact=True).check()
    page.get_by_label("I agree that my answers are saved on the server").check()
    held: list[Route] = []
    asked: list[str] = []
    page.route("**/sync", lambda route: held.append(route))
    page.on("request", lambda request: asked.append(request.url))
    phone.tap("Send my answers")
    until(lambda: held, page)
    tab = phone.context.new_page()
    tab.goto(routes.LEARN)
    tab.evaluate(CHANGE_OVER)
    for route in held:
        route.continue_()
    page.unroute("**/sync")
    expect(page.get_by_role("button", name="Sending")).to_have_count(0, timeout=SOON)
    page.wait_for_timeout(500)
    assert not [url for url in asked if url.endswith(("/invitations", "/submission"))]


def test_what_went_wrong_with_sending_has_the_focus(phone: Person, slug: str):
    own = f"/c/{slug}{routes.SEND}"
    phone.context.route("**/submission", lambda route: route.fulfill(status=503, body="{}"))
    send(phone, own, "Jo Miller", is_saved=False)
    trouble = phone.page.locator("#trouble-")
    expect(trouble).to_contain_text("The server could not do it just now", timeout=SOON)
    expect(trouble).to_be_focused()
    phone.context.unroute("**/submission")
    phone.tap("Send my answers")
    expect_sent(phone.page)
    phone.tap("Take it back")
    phone.tap("Leave them there")
    expect(phone.page.locator(f"#sent-{slug}")).to_be_focused()


def test_clinic_removes_it_and_the_person_is_told_and_sends_again(
    phone: Person, desks, clinic, slug: str
):
    own = f"/c/{slug}{routes.SEND}"
    clinic.receive("MRN-77123", {"main-concern": "Sleeping"})
    send(phone, own, "Mickey Mouse", is_saved=False)
    expect_sent(phone.page)
    inbox: Desk = desks().sit_down(clinic)
    inbox.open(routes.CLINIC)
    rows = inbox.page.locator(".inbox-row a")
    expect(rows).to_have_count(2)
    inbox.page.get_by_label("How they came").select_option(label="By themselves")
    expect(rows).to_have_text(["Mickey Mouse"])

    desk: Desk = desks().sit_down(clinic, clinic.colleague(Role.CLINICIAN))
    page = desk.open(routes.CLINIC)
    desk.row("MRN-77123").get_by_role("link").click()
    expect(desk.heading).to_have_text("MRN-77123")
    remove = page.get_by_role("button", name="Remove: not one of our patients")
    expect(remove).to_have_count(0)
    desk.open(routes.CLINIC)
    desk.row("Mickey Mouse").get_by_role("link").click()
    remove.click()
    expect(page.locator(".confirmation")).to_contain_text("Remove what Mickey Mouse sent?")
    assert staff_problems(page) == []
    desk.tap("Keep it")
    expect(page.locator(".confirmation")).to_have_count(0)
    remove.click()
    desk.tap("Remove it")
    expect(page.get_by_text("Removed. Whoever sent it keeps")).to_be_visible()
    expect(page.get_by_text(CONCERN)).to_have_count(0)
    # The inbox that is open at another desk loses it by itself.
    expect(inbox.page.get_by_text("from somebody who came by themselves")).to_be_visible(
        timeout=SOON
    )

    told = phone.page.get_by_text("Meadow Clinic removed your answers on ")
    for address in (own, routes.SEND):
        phone.open(address)
        expect(told).to_be_visible(timeout=SOON)
    assert problems(phone.page) == []
    send(phone, own, "Jo Miller")
    expect_sent(phone.page)
    expect(told).to_have_count(0)
    expect(rows).to_have_text(["Jo Miller"], timeout=SOON)
