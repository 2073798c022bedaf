"""Who gets into a clinic's pages, how that ends, and what nobody else is ever shown."""

import json
import re

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.browser.clinic import (
    OTHER_PASSWORD,
    PASSWORD,
    SOON,
    STAFF_PAGES,
    Clinic,
    set_up_second_factor,
)
from tests.browser.questions import QUESTIONNAIRE

CANARY = "Canary walks every day"
ANSWERS = {
    **typical_answers(QUESTIONNAIRE),
    "main-concern": CANARY,
    "signs-bladder-bowel": ["r3"],
}
SIGN = "Lost control of the bowels"
WRONG = "This e-mail address and password do not open a log-in. Check both."
WRONG_CODE = "This code is not right, or it was used before."
TOO_OFTEN = "This failed too often in a short time."

# What a page's own scripts can find out about who is logged in.
WITHIN_REACH = """() => JSON.stringify([
  document.cookie, {...localStorage}, {...sessionStorage}, location.href,
  document.documentElement.outerHTML,
])"""
CONNECTS = """(address) => new Promise((done) => {
  const socket = new WebSocket(address);
  socket.onmessage = () => { socket.close(); done(true); };
  socket.onclose = () => done(false);
})"""
TAB = "11111111-2222-4333-8444-555555555555"


@pytest.fixture(scope="module")
def clinic(own_server):
    """A clinic to which somebody has sent answers."""
    clinic = Clinic(own_server)
    clinic.receive("Patient Seven", ANSWERS)
    return clinic


@pytest.fixture
def colleague(clinic):
    """Somebody whose log-in no other test uses."""
    return clinic.colleague(Role.CLINICIAN)


def told(desk):
    """Give all that a page has shown or got."""
    return "\n".join([*desk.frames, desk.page.content()])


# Getting in.


def test_nobody_who_is_not_logged_in_is_shown_anything(desks, clinic):
    desk = desks()
    assert len(STAFF_PAGES) > 5
    for address in STAFF_PAGES:
        desk.page.goto(address)
        desk.expect_log_in()
        expect(desk.page.get_by_text("You were logged out")).to_have_count(0)
    for secret in (clinic.name, "Patient Seven", CANARY, SIGN, "Ann Ode"):
        assert secret not in told(desk)
    assert desk.errors == []


def test_password_then_code_let_in_and_neither_alone(desks, colleague):
    desk = desks()
    desk.open(routes.CLINIC_LOG_IN)
    desk.tap("Log in")
    expect(desk.problems).to_have_text(["Enter your e-mail address", "Enter your password"])
    expect(desk.page.locator("#error-summary")).to_be_focused()
    desk.problems.first.click()
    expect(desk.page.locator("#email")).to_be_focused()

    for address, password in (
        (colleague.staff.email, OTHER_PASSWORD),
        (f"x{colleague.staff.email}", PASSWORD),
    ):
        desk.show_password(address, password)
        expect(desk.problems).to_have_text([WRONG])
        expect(desk.page.locator("#password-error")).to_contain_text(WRONG)
        expect(desk.page.locator("#email")).to_have_value(address)

    desk.show_password(colleague.staff.email, colleague.password)
    expect(desk.heading).to_have_text("Enter the code from your app")
    assert desk.cookie == {}
    desk.enter_code("000000")
    expect(desk.page.locator("#code-error")).to_contain_text(WRONG_CODE)
    desk.page.goto(routes.CLINIC)
    desk.expect_log_in()

    desk.log_in(colleague)
    assert desk.errors == []


@pytest.mark.parametrize("page", [routes.CLINIC_LOG_IN, routes.CLINIC_SETTINGS])
def test_form_sent_again_with_the_same_mistakes_goes_to_them_again(desks, clinic, page):
    desk = desks()
    if page == routes.CLINIC_SETTINGS:
        desk.sit_down(clinic)
    desk.open(page)
    field = desk.page.locator("#email" if page == routes.CLINIC_LOG_IN else "#name")
    summary = desk.page.locator("#error-summary")
    field.fill("")
    for _ in range(3):
        field.focus()
        expect(field).to_be_focused()
        desk.page.keyboard.press("Enter")
        expect(summary).to_be_focused()
        # What is inserted anew is heard again; the one of before is not.
        heard = summary.locator("[role=alert]")
        expect(heard).not_to_have_attribute("data-heard", "")
        heard.evaluate("(alert) => { alert.dataset.heard = ''; }")


def test_after_five_failures_the_right_password_is_refused_too(desks, colleague):
    desk = desks()
    desk.open(routes.CLINIC_LOG_IN)
    for number in range(5):
        # Each is answered before the next: the field is empty again only once that is so.
        desk.show_password(colleague.staff.email, f"{OTHER_PASSWORD} {number}")
        expect(desk.problems).to_have_text([WRONG])
        desk.open(routes.CLINIC_LOG_IN)

    desk.show_password(colleague.staff.email, colleague.password)

    expect(desk.page.locator("#password-error")).to_contain_text(TOO_OFTEN)
    expect(desk.page.locator("#password-error")).to_contain_text("Wait 15 minutes")
    assert desk.cookie == {}


def test_recovery_code_lets_in_once(desks, colleague):
    desk = desks()
    code = colleague.recovery_codes[0]

    def use_recovery_code():
        desk.open(routes.CLINIC_LOG_IN)
        desk.show_password(colleague.staff.email, colleague.password)
        desk.tap("I do not have the app here")
        expect(desk.heading).to_have_text("Use a recovery code")
        desk.enter_code(code)

    use_recovery_code()
    desk.expect_inbox()
    desk.tap("Log out")
    desk.expect_log_in()
    use_recovery_code()

    expect(desk.page.locator("#code-error")).to_contain_text(WRONG_CODE)
    desk.tap("Use the app instead")
    expect(desk.heading).to_have_text("Enter the code from your app")


# The session, and its end.


def test_cookie_is_out_of_reach_of_every_script(desks, colleague):
    desk = desks().log_in(colleague)
    cookie = desk.cookie

    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert (cookie["sameSite"], cookie["path"], cookie["expires"]) == ("Lax", "/", -1)
    assert len(cookie["value"]) > 40
    desk.open(routes.CLINIC_ACCOUNT)
    expect(desk.page.get_by_text("last used")).to_be_visible()
    assert len(desk.frames) > 4
    assert cookie["value"] not in desk.page.evaluate(WITHIN_REACH)
    assert [frame for frame in desk.frames if cookie["value"] in frame] == []


def test_log_out_ends_the_session_for_good(desks, colleague):
    desk = desks().log_in(colleague)
    old = desk.cookie["value"]

    desk.tap("Log out")

    desk.expect_log_in()
    expect(desk.page.get_by_text("You are logged out.")).to_be_visible()
    assert desk.cookie == {}
    desk.page.go_back()
    desk.expect_log_in()
    desk.keep_cookie(old)
    desk.page.goto(routes.CLINIC)
    desk.expect_log_in()
    expect(desk.page.get_by_text("You were logged out")).to_be_visible()
    assert desk.page.request.get(routes.CLINIC_AUDIT_FILE).status == 401


def test_log_out_everywhere_reaches_the_other_desk_by_itself(desks, clinic, colleague):
    here, there = desks().sit_down(clinic, colleague), desks().sit_down(clinic, colleague)
    there.open(routes.CLINIC)
    there.expect_inbox()
    here.open(routes.CLINIC_ACCOUNT)
    expect(here.page.get_by_text("Since")).to_have_count(2)

    here.tap("Log out everywhere")

    here.expect_log_in()
    expect(there.heading).to_have_text("Log in", timeout=SOON)
    expect(there.page.get_by_text("Patient Seven")).to_have_count(0)
    for desk in (here, there):
        desk.page.goto(routes.CLINIC_ACCOUNT)
        desk.expect_log_in()


def test_new_password_logs_out_elsewhere_and_says_what_is_wrong(desks, clinic, colleague):
    here, there = desks().sit_down(clinic, colleague), desks().sit_down(clinic, colleague)
    there.open(routes.CLINIC_ACCOUNT)
    expect(there.page.get_by_text("Since").first).to_be_visible()
    here.open(routes.CLINIC_ACCOUNT)
    here.fill(old_password=PASSWORD, new_password=OTHER_PASSWORD, password_again="something")
    here.tap("Change the password")
    expect(here.page.locator("#password-again-error")).to_contain_text("not the same")
    expect(here.page.locator("#new-password")).to_have_value(OTHER_PASSWORD)

    here.fill(password_again=OTHER_PASSWORD)
    here.tap("Change the password")

    expect(here.page.get_by_text("The password is changed.")).to_be_visible()
    there.tap("Get new codes")
    there.expect_log_in()


# Other pages, other sessions.


def test_page_of_another_site_cannot_connect(desks, site):
    # The page's own policy would not even try.
    desk = desks(bypass_csp=True)
    socket = f"{site.replace('http', 'ws')}/_event/?token={TAB}&EIO=4&transport=websocket"
    for origin, expected in ((site, True), (site.replace("127.0.0.1", "localhost"), False)):
        desk.page.goto(f"{origin}/healthz")
        assert desk.page.evaluate(CONNECTS, socket) is expected, origin


def test_token_of_anothers_tab_opens_nothing(desks, clinic, own_server):
    mine = desks().sit_down(clinic)
    mine.open(routes.CLINIC)
    expect(mine.row("Patient Seven")).to_be_visible()
    token = mine.page.evaluate("() => sessionStorage.getItem('token')")
    assert re.fullmatch(r"[0-9a-f-]{36}", token)
    steal = f"sessionStorage.setItem('token', {json.dumps(token)})"

    nobody = desks()
    nobody.page.add_init_script(steal)
    nobody.page.goto(routes.CLINIC)
    nobody.expect_log_in()
    assert [frame for frame in nobody.frames if "Patient Seven" in frame] == []

    other = Clinic(own_server, "Southside Clinic")
    stranger = desks().sit_down(other)
    stranger.page.add_init_script(steal)
    stranger.open(routes.CLINIC)
    expect(stranger.page.get_by_text("Nothing new")).to_be_visible()
    assert [frame for frame in stranger.frames if "Patient Seven" in frame] == []
    expect(mine.row("Patient Seven")).to_be_visible()


def test_clinic_sees_nothing_of_another_one(desks, clinic, own_server):
    mine = desks().sit_down(clinic)
    mine.open(routes.CLINIC)
    address = mine.row("Patient Seven").get_by_role("link").get_attribute("href")
    stranger = desks().sit_down(Clinic(own_server, "Westside Clinic"))

    stranger.open(address)

    expect(stranger.page.get_by_text("These answers are not here.")).to_be_visible()
    number = address.partition("=")[2]
    file = stranger.page.request.get(f"{routes.CLINIC_RESPONSES_API}/{number}.pdf")
    assert file.status == 404
    for secret in ("Patient Seven", CANARY, SIGN):
        assert secret not in told(stranger)


def test_front_desk_sees_who_answered_and_never_what(desks, clinic):
    clinician = desks().sit_down(clinic)
    clinician.open(routes.CLINIC)
    row = clinician.row("Patient Seven")
    expect(row).to_contain_text(SIGN)
    address = row.get_by_role("link").get_attribute("href")
    clinician.open(address)
    expect(clinician.page.get_by_text(CANARY).first).to_be_visible()

    desk = desks().sit_down(clinic, clinic.colleague(Role.FRONT_DESK, "Cal Moss"))
    desk.open(routes.CLINIC)
    expect(desk.row("Patient Seven")).to_be_visible()
    expect(desk.row("Patient Seven").get_by_role("link")).to_have_count(0)
    expect(desk.page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_text(
        ["Inbox", "Invitations"]
    )
    for forbidden in (address, *STAFF_PAGES):
        if forbidden not in (routes.CLINIC, routes.CLINIC_ACCOUNT, routes.CLINIC_INVITATIONS):
            desk.open(forbidden)
            expect(desk.page.get_by_role("alert").first).not_to_be_empty()
    for file in (
        f"{routes.CLINIC_RESPONSES_API}/{address.partition('=')[2]}.pdf",
        routes.CLINIC_AUDIT_FILE,
        "/api/clinic/exports/responses.csv",
        "/api/clinic/exports/bundle.json",
    ):
        assert desk.page.request.get(file).status == 403, file
    for secret in (CANARY, SIGN, "Emergency signs", "City Hospital", "Paracetamol", '"emergency"'):
        assert secret not in told(desk), secret
    assert desk.errors == []


# Set-up links, and the forms of the staff side.


def test_colleague_joins_by_a_link_that_works_once(desks, clinic):
    administrator = desks().sit_down(clinic)
    administrator.open(routes.CLINIC_STAFF)
    administrator.fill(name="Dan Reed", email="no address")
    administrator.tap("Make the link")
    expect(administrator.page.locator("#email-error")).to_contain_text("Enter a whole address")
    expect(administrator.page.locator("#name")).to_have_value("Dan Reed")
    expect(administrator.page.locator("#email")).to_have_value("no address")
    administrator.fill(email="dan.reed@example.org")
    administrator.page.get_by_label("Role", exact=True).select_option(label="Clinician")
    administrator.tap("Make the link")
    link = administrator.page.locator(".link-text").inner_text()
    secret = link.partition("#")[2]
    assert len(secret) > 40

    desk = desks()
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.page.goto(link)
    expect(desk.heading).to_have_text(f"Join {clinic.name}")
    desk.wait_until_ready()
    assert desk.page.url.endswith(routes.CLINIC_SET_UP)
    assert [url for url in asked if secret in url.partition("#")[0]] == []
    desk.page.go_back()
    assert secret not in desk.page.url
    desk.page.goto(link)
    expect(desk.page.locator("#name")).to_have_value("Dan Reed")
    desk.fill(password="password password", password_again="password password")
    desk.tap("Join")
    expect(desk.page.locator("#password-error")).to_be_visible()
    expect(desk.page.locator("#name")).to_have_value("Dan Reed")
    desk.fill(password=OTHER_PASSWORD, password_again=OTHER_PASSWORD)
    desk.tap("Join")
    set_up_second_factor(desk)
    expect(desk.page.locator(".staff-me")).to_contain_text("Dan Reed")

    late = desks()
    late.page.goto(link)
    expect(late.heading).to_have_text("This link does not work")
    administrator.open(routes.CLINIC_STAFF)
    member = administrator.page.locator(".member", has_text="Dan Reed")
    expect(member).to_contain_text("Last logged in")

    # And what is let in can be ended again, at once.
    member.get_by_role("button", name=re.compile("^End access ?: Dan Reed")).click()
    member.locator(".confirmation").get_by_role("button", name="End access").click()
    expect(administrator.page.get_by_text("Dan Reed no longer has access.")).to_be_visible()
    expect(desk.heading).to_have_text("Log in", timeout=SOON)


def test_link_of_a_colleague_is_ended_or_made_anew_on_the_page(desks, clinic):
    administrator = desks().sit_down(clinic)
    page = administrator.open(routes.CLINIC_STAFF)

    def make(name: str, email: str) -> str:
        administrator.fill(name=name, email=email)
        administrator.tap("Make the link")
        expect(page.get_by_text(f"{name}: to join", exact=False)).to_be_visible()
        return page.locator(".link-text").inner_text()

    lost, wrong = make("Lea Moss", "lea@example.org"), make("Tom Hay", "tom@example.org")
    waiting = page.get_by_role("list", name="Links that wait").get_by_role("listitem")
    expect(waiting).to_have_count(2)
    expect(waiting.last).to_contain_text("made by Ann Ode")
    waiting.filter(has_text="Tom Hay").get_by_role("button", name="End link").click()
    administrator.tap("End the link")
    expect(page.get_by_text("The link of Tom Hay is ended.")).to_be_visible()
    expect(waiting).to_have_count(1)
    waiting.get_by_role("button", name="New link").click()
    expect(page.get_by_text("in place of the link before")).to_be_visible()
    new = page.locator(".link-text").inner_text()
    expect(waiting).to_have_count(1)

    desk = desks()
    for link, title in (
        (wrong, "This link does not work"),
        (lost, "This link does not work"),
        (new, f"Join {clinic.name}"),
    ):
        desk.page.goto("about:blank")
        desk.page.goto(link)
        expect(desk.heading).to_have_text(title)


def test_research_file_takes_two_people(desks, clinic):
    member = clinic.colleague(Role.CLINICIAN, "Ida Fern")
    clinician, administrator = desks().sit_down(clinic, member), desks().sit_down(clinic)
    clinician.open(routes.CLINIC_EXPORTS)
    clinician.fill(purpose="Whether walking goes with leg pain")
    clinician.tap("Ask for approval")
    asked = clinician.page.get_by_role("list", name="Files that were asked for")
    expect(asked).to_contain_text("Waits for an administrator until")
    expect(asked.get_by_role("button")).to_have_count(0)

    page = administrator.open(routes.CLINIC_EXPORTS)
    row = page.get_by_role("listitem").filter(has_text="Whether walking goes with leg pain")
    expect(row).to_contain_text("Asked by Ida Fern")
    row.get_by_role("button", name="Approve").click()
    expect(row).to_contain_text("Approved by Ann Ode")
    expect(row.get_by_role("link")).to_have_count(0)

    clinician.open(routes.CLINIC_EXPORTS)
    with clinician.page.expect_download() as taking:
        asked.get_by_role("link", name="Download").click()
    assert taking.value.suggested_filename.startswith("research-")


def test_settings_show_what_is_wrong_and_keep_what_was_typed(desks, own_server):
    clinic = Clinic(own_server, "Eastside Clinic")
    desk = desks().sit_down(clinic)
    page = desk.open(routes.CLINIC_SETTINGS)
    desk.fill(name="", phone="+44 20 7946 0000", retention_days="soon")
    page.get_by_label("Websites that may show").fill("https://www.example.org\nnot a site")
    page.get_by_label("Country").select_option(label="Germany")
    desk.tap("Save the settings")

    expect(page.locator("#retention-days-error")).to_be_visible()
    expect(page.locator("#error-summary")).to_be_focused()
    desk.fill(retention_days="100")
    desk.tap("Save the settings")
    expect(page.locator("#name-error")).to_be_visible()
    expect(page.locator("#allowed-sites-error")).to_be_visible()
    expect(page.locator("#phone")).to_have_value("+44 20 7946 0000")
    expect(page.locator("#country")).to_have_value("de")
    expect(page.locator("#allowed-sites")).to_have_value("https://www.example.org\nnot a site")

    desk.fill(name="Eastside Spine Clinic")
    page.locator("#allowed-sites").fill("https://www.example.org")
    desk.tap("Save the settings")
    expect(page.get_by_text("The settings are saved.")).to_be_visible()
    expect(page.locator("#error-summary")).to_have_count(0)
    expect(page.locator(".staff-brand")).to_have_text("Eastside Spine Clinic")
    desk.open(routes.CLINIC_SETTINGS)
    expect(page.locator("#retention-days")).to_have_value("100")
    expect(page.locator("#country")).to_have_value("de")
