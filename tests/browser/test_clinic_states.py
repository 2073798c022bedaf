"""The pages for staff serve everyone in states that are seldom: refused, empty, ended, warned."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.browser.audit import staff_problems
from tests.browser.clinic import OTHER_PASSWORD, Clinic, Desk
from tests.browser.questions import QUESTIONNAIRE
from tests.browser.site import OwnServer

ANSWERS = typical_answers(QUESTIONNAIRE)
LONG_NAME = "Wilhelmine Donaudampfschifffahrtsgesellschaftskapitänswitwe von Ahlen"
LONG_SITE = "https://patients.a-very-long-name-of-a-hospital-and-its-trust.example.org"
NOT_ALLOWED = "Your role does not include this. An administrator of your clinic can change roles."
NOT_FOR_THE_FRONT_DESK = (
    routes.CLINIC_DASHBOARD,
    routes.CLINIC_EXPORTS,
    routes.CLINIC_STAFF,
    routes.CLINIC_SETTINGS,
    routes.CLINIC_AUDIT,
)

BOTTOM = "(element) => element.getBoundingClientRect().bottom"
# From the title of the errors to the words of the first one.
GAP = """(summary) => {
  const words = document.createRange();
  words.selectNodeContents(summary.querySelector("a"));
  const title = summary.querySelector("h2").getBoundingClientRect();
  return words.getBoundingClientRect().top - title.bottom;
}"""

Desks = Callable[..., Desk]


@pytest.fixture(scope="module")
def clinic(own_server: OwnServer) -> Clinic:
    """A clinic with one new answer set."""
    clinic = Clinic(own_server, "Moor Clinic")
    clinic.receive("Patient One", ANSWERS)
    return clinic


@pytest.fixture
def other_clinic(own_server: OwnServer) -> Clinic:
    """A clinic that no other test changes."""
    return Clinic(own_server, "Coast Clinic")


def test_answers_that_came_uninvited_say_so_in_the_inbox_and_on_their_page(
    desks: Desks, other_clinic: Clinic
):
    slug = other_clinic.open_own_pages()
    other_clinic.receive(LONG_NAME, ANSWERS, slug=slug)
    other_clinic.receive("Patient Two", ANSWERS)
    desk = desks().sit_down(other_clinic)
    page = desk.open(routes.CLINIC)
    expect(desk.row(LONG_NAME)).to_contain_text("Not invited: the name is their own word")
    expect(desk.row("Patient Two")).not_to_contain_text("Not invited")
    found = {"inbox": staff_problems(page)}

    desk.row(LONG_NAME).get_by_role("link").click()
    expect(desk.heading).to_have_text(LONG_NAME)
    remark = page.get_by_text("These answers came through your own pages.")
    expect(remark).to_contain_text("make sure whose they are before you use them")
    found["response"] = staff_problems(page)
    assert {state: what for state, what in found.items() if what} == {}
    assert desk.errors == []


def test_lists_of_the_inbox_say_why_they_are_empty(desks: Desks, clinic: Clinic):
    desk = desks().sit_down(clinic)
    page = desk.open(routes.CLINIC)
    empty, looked_after = page.locator(".empty"), page.get_by_label("Looked after by")
    expect(page.locator(".inbox-row")).to_have_count(1)
    found = {}
    for tab, words in (
        ("In progress", "Nothing is in progress"),
        ("Reviewed", "Nothing has been reviewed yet"),
    ):
        desk.tap(tab)
        expect(empty.get_by_role("heading")).to_have_text(words)
        expect(desk.in_list(tab)).to_have_text("0")
        found[tab] = staff_problems(page)

    looked_after.select_option("Nobody yet")
    expect(empty).to_contain_text("Nothing in this list waits for somebody to look after it.")
    found["nobody"] = staff_problems(page)

    # What is new is not called nothing, only because somebody else looks after it.
    desk.tap("New")
    expect(page.locator(".inbox-row")).to_have_count(1)
    looked_after.select_option("Me")
    expect(empty).to_contain_text("You look after nothing in this list.")
    expect(page.get_by_text("Nothing new")).to_have_count(0)
    found["me"] = staff_problems(page)

    desk.tap("Show everybody")
    expect(page.locator(".inbox-row")).to_have_count(1)
    expect(looked_after).to_have_value("")
    assert {state: what for state, what in found.items() if what} == {}
    assert desk.errors == []


def test_staff_with_somebody_who_left_and_a_new_password_for_another(
    desks: Desks, other_clinic: Clinic
):
    other_clinic.colleague(Role.CLINICIAN, LONG_NAME)
    other_clinic.colleague(Role.FRONT_DESK, "Eva Nord")
    desk = desks().sit_down(other_clinic)
    page = desk.open(routes.CLINIC_STAFF)
    gone = page.locator(".member", has_text=LONG_NAME)
    gone.get_by_role("button", name="End access").click()
    gone.locator(".confirmation").get_by_role("button", name="End access").click()
    expect(page.get_by_text(f"{LONG_NAME} no longer has access.")).to_be_visible()
    expect(gone).to_contain_text("No access since")
    expect(gone.get_by_role("button")).to_have_text([f"Give access back: {LONG_NAME}"])
    found = {"ended": staff_problems(page)}

    eva = page.locator(".member", has_text="Eva Nord")
    eva.get_by_role("button", name="New password").click()
    words = "Eva Nord: a new password. It works once, for 24 hours"
    expect(page.locator(".staff-main")).to_contain_text(words)
    expect(page.locator(".link-text")).to_contain_text(f"{routes.CLINIC_SET_UP}#")
    found["new password"] = staff_problems(page)
    assert {state: what for state, what in found.items() if what} == {}
    assert desk.errors == []


def test_numbers_of_a_time_that_ends_before_it_begins_are_not_shown(desks: Desks, clinic: Clinic):
    desk = desks().sit_down(clinic)
    page = desk.open(routes.CLINIC_DASHBOARD)
    # One person's score is not shown: there is a word for it in place of an empty chart.
    score = page.locator(".score").first
    expect(score).to_contain_text("No chart: in no month did 3 people or more send it.")
    expect(score.locator(".chart")).to_have_count(0)
    period = page.get_by_role("heading", level=2).first
    before = period.inner_text()
    page.get_by_label("From", exact=True).select_option(index=0)
    page.get_by_label("Until the end of").select_option(index=2)
    desk.tap("Show", exact=True)

    message = "Choose a last month that is not before the first"
    expect(page.locator("#last-error")).to_contain_text(message)
    expect(page.get_by_label("Until the end of")).to_have_attribute("aria-invalid", "true")
    expect(period).to_have_text(before)
    assert staff_problems(page) == []
    # The fields stay in one line, whatever stands above one of them.
    ends = [page.locator(id_).evaluate(BOTTOM) for id_ in ("#first", "#last")]
    assert ends[0] == ends[1]

    desk.tap("Last 3 months")
    expect(page.locator("#last-error")).to_have_count(0)
    assert desk.errors == []


def test_log_in_after_too_many_tries_says_how_long_to_wait(desks: Desks, clinic: Clinic):
    email = clinic.colleague(Role.FRONT_DESK).staff.email
    desk = desks()
    error = desk.page.locator("#password-error")
    for number in range(5):
        desk.open(routes.CLINIC_LOG_IN)
        desk.show_password(email, f"{OTHER_PASSWORD} {number}")
        expect(error).to_contain_text("do not open a log-in")
    desk.tap("Log in")
    expect(error).to_contain_text("This failed too often in a short time. Wait 15 minutes")
    expect(desk.page.locator("#error-summary")).to_be_focused()
    assert staff_problems(desk.page) == []
    # Two lines of an error keep away from the title above them, too.
    assert desk.page.locator("#error-summary").evaluate(GAP) >= 3
    assert desk.errors == []


def test_settings_that_a_colleague_changed_meanwhile_are_told_and_not_overwritten(
    desks: Desks, other_clinic: Clinic
):
    desk = desks().sit_down(other_clinic)
    page = desk.open(routes.CLINIC_SETTINGS)
    expect(page.locator("#name")).to_have_value("Coast Clinic")
    other_clinic.open_own_pages(
        LONG_SITE,
        name=LONG_NAME,
        phone="+44 20 7946 0000",
        country="us",
        accent="plum",
        retention_days=400,
        optional_parts=tuple(QUESTIONNAIRE.optional_parts)[:1],
    )
    desk.fill(name="Shore Clinic")
    desk.tap("Save the settings")

    expect(desk.problems).to_have_count(8)
    expect(page.locator("#error-summary")).to_be_focused()
    for said in (f"to {LONG_NAME} since", "to 400 since", "to Plum since", f"to {LONG_SITE} since"):
        expect(page.locator("#error-summary")).to_contain_text(f"a colleague has set this {said}")
    expect(page.locator("#name")).to_have_value("Shore Clinic")
    expect(page.get_by_text("The settings are saved.")).to_have_count(0)
    assert staff_problems(page) == []

    # Each of them leads to where it can be mended, also where the field is no plain one.
    for problem in desk.problems.all():
        problem.click()
        target = (problem.get_attribute("href") or "").partition("#")[2]
        expect(page.locator(f"#{target}")).to_be_in_viewport()
        expect(page.locator(f"#{target}-error")).to_have_text(f"Error: {problem.inner_text()}")
    desk.tap("Save the settings")
    expect(page.get_by_text("The settings are saved.")).to_be_visible()
    assert desk.errors == []


def test_administrators_are_told_whom_the_operator_let_in(desks: Desks, other_clinic: Clinic):
    other_clinic.let_in_by_operator(other_clinic.colleague(Role.CLINICIAN, LONG_NAME))
    desk = desks().sit_down(other_clinic)
    page = desk.open(routes.CLINIC)
    note = page.get_by_text(f"Whoever runs this app let {LONG_NAME} in again")
    expect(note).to_contain_text("This note goes once you have opened the audit trail.")
    found = {"note": staff_problems(page)}

    desk.open(routes.CLINIC_AUDIT)
    entry = page.get_by_role("cell", name="Let in again by whoever runs this app")
    expect(entry).to_be_visible()
    expect(note).to_have_count(0)
    found["trail"] = staff_problems(page)
    # On a phone an entry without details has no empty line for them.
    page.set_viewport_size({"width": 360, "height": 740})
    details = page.locator('td[data-label="Details"]')
    shown = details.evaluate_all("(all) => all.filter((e) => e.checkVisibility() && !e.innerText)")
    assert details.count() > 1
    assert shown == []
    assert {state: what for state, what in found.items() if what} == {}
    assert desk.errors == []


@pytest.mark.parametrize("address", NOT_FOR_THE_FRONT_DESK)
def test_front_desk_is_refused_what_is_not_its_to_see(desks: Desks, clinic: Clinic, address: str):
    desk = desks().sit_down(clinic, clinic.colleague(Role.FRONT_DESK))
    page = desk.open(address)
    expect(page.get_by_role("alert")).to_contain_text(NOT_ALLOWED)
    expect(page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_text(
        ["Inbox", "Invitations"]
    )
    offered = page.locator("main").locator("button, a, select, input")
    expect(offered).to_have_count(0)
    assert staff_problems(page) == []
    assert desk.errors == []
