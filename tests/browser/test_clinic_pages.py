"""The pages for staff serve everyone, in whatever state they are, and keep to themselves."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.browser.audit import problems, staff_problems
from tests.browser.clinic import STAFF_PAGES, Clinic, Desk, set_up_second_factor
from tests.browser.people import BEGUN
from tests.browser.questions import QUESTIONNAIRE

LONG_LABEL = "Wilhelmine-Charlotte Donaudampfschifffahrtsgesellschaftskapitänswitwe von Ahlen"
SIGNS = {
    "Patient One": {"signs-bladder-bowel": ["r1", "r3"]},
    LONG_LABEL: {"signs-falls": ["r12b"]},
    "Patient Three": {},
}
# What stands on a page once it shows what it is for.
FILLED = {
    routes.CLINIC: ".inbox-row",
    routes.CLINIC_STAFF: ".member",
    routes.CLINIC_SETTINGS: "#retention-days",
    routes.CLINIC_AUDIT: ".staff-table tbody tr",
    routes.CLINIC_ACCOUNT: ".bullets li",
}
LOOKS = """() => {
  const element = document.activeElement;
  const shape = element.closest("label, summary") ?? element;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const around = getComputedStyle(shape);
  const ring = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = element.getBoundingClientRect();
  const words = element.innerText || element.name || element.id || element.tagName;
  return {
    name: words.trim().split("\\n")[0],
    shows: ring({ outlineStyle, outlineWidth }) || ring(around) || boxShadow !== "none",
    isInView: box.bottom > 0 && box.top < innerHeight,
  };
}"""
CACHED = """async () => {
  await navigator.serviceWorker.ready;
  const paths = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      paths.push(new URL(request.url).pathname);
  return paths;
}"""


@pytest.fixture(scope="module")
def clinic(own_server):
    """A clinic with colleagues, and with answers of every urgency."""
    clinic = Clinic(own_server, "Hill Clinic")
    clinic.colleague(Role.CLINICIAN, "Bea Lund")
    for label, signs in SIGNS.items():
        clinic.receive(label, typical_answers(QUESTIONNAIRE) | signs)
    return clinic


@pytest.fixture(scope="module")
def desk(browser, own_server, clinic):
    """The desk of an administrator who goes from page to page."""
    desk = Desk(browser, own_server.address).sit_down(clinic)
    yield desk
    desk.context.close()


def test_log_in_serves_everyone_at_each_step(desks, clinic):
    desk = desks()
    member = clinic.colleague(Role.CLINICIAN)
    found = {"empty": []}
    desk.open(routes.CLINIC_LOG_IN)
    found["empty"] = staff_problems(desk.page)
    desk.tap("Log in")
    expect(desk.problems).to_have_count(2)
    found["errors"] = staff_problems(desk.page)
    desk.show_password(member.staff.email, member.password)
    expect(desk.heading).to_have_text("Enter the code from your app")
    found["code"] = staff_problems(desk.page)
    desk.tap("Log in")
    expect(desk.problems).to_have_count(1)
    found["no code"] = staff_problems(desk.page)
    desk.tap("I do not have the app here")
    expect(desk.heading).to_have_text("Use a recovery code")
    found["recovery"] = staff_problems(desk.page)
    assert {step: what for step, what in found.items() if what} == {}


def test_set_up_serves_everyone_at_each_step(desks, clinic):
    desk = desks()
    found = {}
    desk.page.goto(clinic.founding_link())
    expect(desk.heading).to_have_text("Set up your clinic")
    desk.wait_until_ready()
    found["empty"] = staff_problems(desk.page)
    desk.tap("Set up the clinic")
    expect(desk.problems).to_have_count(4)
    expect(desk.page.locator("#error-summary")).to_be_focused()
    found["errors"] = staff_problems(desk.page)
    desk.fill(
        clinic_name="Valley Clinic",
        name="Eva Nord",
        email="eva.nord@valley.example",
        password="violet tractor under seven moons",
        password_again="violet tractor under seven moons",
    )
    desk.tap("Set up the clinic")
    expect(desk.heading).to_have_text("Set up a second step")
    found["app"] = staff_problems(desk.page)
    desk.enter_code("000000", "Go on")
    expect(desk.problems).to_have_count(1)
    found["wrong code"] = staff_problems(desk.page)
    set_up_second_factor(desk, lambda: found.update(codes=staff_problems(desk.page)))
    expect(desk.page.get_by_text("Nothing new")).to_be_visible()
    found["empty inbox"] = staff_problems(desk.page)
    late = desks()
    late.page.goto(f"{routes.CLINIC_SET_UP}#{'x' * 43}")
    expect(late.heading).to_have_text("This link does not work")
    found["over"] = staff_problems(late.page)
    assert {step: what for step, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "address", [page for page in STAFF_PAGES if page != routes.CLINIC_RESPONSE]
)
def test_page_for_staff_serves_everyone(desk, address):
    desk.open(address)
    expect(
        desk.page.locator(FILLED.get(address, ".staff-messages ~ *:visible")).first
    ).to_be_visible()
    assert staff_problems(desk.page) == []
    assert desk.errors == []


def test_inbox_and_a_response_serve_everyone(desk):
    page = desk.open(routes.CLINIC)
    expect(page.locator(".inbox-row")).to_have_count(3)
    first = page.locator(".inbox-row").first
    expect(first).to_have_attribute("data-urgency", "emergency")
    desk.fill(search="nobody at all")
    desk.tap("Find")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    found = {"nothing found": staff_problems(page)}
    desk.fill(search="wilhelm")
    desk.tap("Find")
    expect(page.locator(".inbox-row")).to_have_count(1)
    page.locator(".inbox-row").get_by_role("link").click()
    expect(desk.heading).to_have_text(LONG_LABEL)
    expect(page.locator(".sheet-part").first).to_be_visible()
    for section in page.locator(".answer-section summary").all():
        section.click()
    desk.tap("Save the note")
    expect(page.locator("#note-error")).to_be_visible()
    found["response"] = staff_problems(page)
    desk.open(f"{routes.CLINIC_RESPONSE}?id=00000000-0000-4000-8000-000000000000")
    expect(page.get_by_text("These answers are not here.")).to_be_visible()
    found["missing"] = staff_problems(page)
    assert {state: what for state, what in found.items() if what} == {}


def test_forms_with_errors_and_questions_serve_everyone(desk, desks, clinic):
    page = desk.open(routes.CLINIC_STAFF)
    page.get_by_role("button", name="End access").first.click()
    expect(page.locator(".confirmation")).to_be_visible()
    desk.tap("Make the link")
    expect(desk.problems).to_have_count(2)
    found = {"staff": staff_problems(page)}
    page.locator(".confirmation").get_by_role("button", name="Keep it").click()
    expect(page.locator(".confirmation")).to_have_count(0)
    desk.fill(name=LONG_LABEL, email="w.ahlen@hill.example")
    desk.tap("Make the link")
    expect(page.locator(".link-text")).to_be_visible()
    waiting = page.get_by_role("list", name="Links that wait").get_by_role("listitem")
    expect(waiting).to_contain_text(LONG_LABEL)
    waiting.get_by_role("button", name="End link").click()
    expect(waiting.get_by_text("It lets nobody in any more")).to_be_visible()
    found["link"] = staff_problems(page)
    desk.open(routes.CLINIC_EXPORTS)
    desk.tap("Ask for approval")
    expect(desk.problems).to_have_count(1)
    found["research, errors"] = staff_problems(page)
    desk.fill(purpose=f"{LONG_LABEL} asks whether leg pain goes with the number of operations")
    desk.tap("Ask for approval")
    expect(page.get_by_text("Waits for an administrator")).to_be_visible()
    found["research"] = staff_problems(page)
    # Another administrator decides; whoever asked finds out what was decided.
    other = desks().sit_down(clinic, clinic.colleague(Role.ADMINISTRATOR, LONG_LABEL))
    other.open(routes.CLINIC_EXPORTS)
    expect(other.page.get_by_role("button", name="Approve")).to_be_visible()
    found["research, to decide"] = staff_problems(other.page)
    other.tap("Approve")
    expect(other.page.get_by_text("Approved. Whoever asked")).to_be_visible()
    found["research, decided"] = staff_problems(other.page)
    desk.open(routes.CLINIC_EXPORTS)
    expect(page.get_by_role("link", name="Download", exact=False).last).to_be_visible()
    expect(page.get_by_text(f"Approved by {LONG_LABEL}")).to_be_visible()
    found["research, to take"] = staff_problems(page)
    desk.fill(purpose="Another purpose that is long enough to be asked for")
    desk.tap("Ask for approval")
    expect(page.get_by_text("Waits for an administrator")).to_be_visible()
    other.open(routes.CLINIC_EXPORTS)
    other.tap("Refuse")
    expect(other.page.get_by_text("Refused. Whoever asked")).to_be_visible()
    desk.open(routes.CLINIC_EXPORTS)
    expect(page.get_by_text(f"Refused by {LONG_LABEL}")).to_be_visible()
    found["research, refused"] = staff_problems(page)
    desk.open(routes.CLINIC_INVITATIONS)
    page.get_by_role("button", name="Invite patients").click()
    desk.fill(label="x" * 81, days="0")
    desk.tap("Make the link")
    expect(desk.problems).to_have_count(2)
    found["invite, errors"] = staff_problems(page)
    desk.fill(label=LONG_LABEL, days="30")
    desk.tap("Make the link")
    expect(page.locator(".made-link")).to_be_visible()
    page.get_by_role("button", name="New link").first.click()
    expect(page.get_by_text("It works for 30 days, until ")).to_be_visible()
    found["invited"] = staff_problems(page)
    desk.open(routes.CLINIC_AUDIT)
    page.get_by_label("From (UTC)").fill("2020-01-01")
    page.get_by_label("Until the end of").fill("2020-01-02")
    desk.tap("Show")
    expect(page.get_by_text("No entry fits.")).to_be_visible()
    found["no entry"] = staff_problems(page)
    desk.open(routes.CLINIC_SETTINGS)
    desk.fill(name="", retention_days="1")
    desk.tap("Save the settings")
    expect(page.locator("#name-error")).to_be_visible()
    found["settings"] = staff_problems(page)
    desk.open(routes.CLINIC_ACCOUNT)
    desk.fill(old_password="wrong", new_password="short", password_again="short")
    desk.tap("Change the password")
    expect(desk.problems).not_to_have_count(0)
    desk.tap("Get new codes")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    found["account"] = staff_problems(page)
    assert {state: what for state, what in found.items() if what} == {}


def test_invitation_and_sending_serve_everyone(people, clinic):
    phone = people(BEGUN)
    page = phone.open(clinic.invite("Patient Nine"))
    expect(page.locator("main h1")).to_contain_text("asks you to answer")
    found = {"invited": problems(page)}
    phone.open(routes.SEND)
    expect(page.locator('[data-sending="offer"]')).to_be_visible()
    phone.tap("Send my answers")
    expect(page.locator("#error-summary")).to_be_focused()
    found["errors"] = problems(page)
    page.get_by_label("I agree to this", exact=True).check()
    page.get_by_label("I agree that my answers are saved on the server").check()
    phone.tap("Send my answers")
    expect(page.get_by_text("Your answers are with Hill Clinic")).to_be_visible()
    phone.tap("Take it back")
    expect(page.locator("#ask-take-back")).to_be_focused()
    found["sent"] = problems(page)
    phone.tap("Yes, take them back")
    expect(page.get_by_text("no longer with Hill Clinic")).to_be_visible()
    found["taken back"] = problems(page)
    other = people()
    other.open(f"{routes.INVITED}#{'x' * 43}")
    expect(other.page.locator("main h1")).to_have_text("This invitation could not be opened")
    expect(other.page.get_by_role("link", name="To the start")).to_have_attribute("href", "/")
    found["unknown"] = problems(other.page)
    assert {step: what for step, what in found.items() if what} == {}


@pytest.mark.parametrize("address", [routes.CLINIC_LOG_IN, routes.CLINIC])
def test_keys_reach_everything_with_the_focus_in_sight(desks, clinic, address):
    desk = desks(reduced_motion="reduce")
    if address == routes.CLINIC:
        desk.sit_down(clinic)
    page = desk.open(address)
    if address == routes.CLINIC:
        expect(page.locator(".inbox-row").first).to_be_visible()
    controls = page.locator("a:visible, button:visible, select:visible, input:visible").count()
    reached: list[str] = []
    for _ in range(controls):
        page.keyboard.press("Tab")
        looks = page.evaluate(LOOKS)
        assert looks["shows"], looks
        assert looks["isInView"], looks
        reached.append(looks["name"])
    expected = {"Log in"} if address == routes.CLINIC_LOG_IN else {"Patient One", "Find", "New"}
    assert expected <= set(reached)


def test_patients_and_staff_in_one_browser_keep_to_themselves(desks, clinic):
    desk = desks(service_workers="allow").sit_down(clinic)

    def sockets_at(address):
        before = len(desk.sockets)
        desk.page.goto(address)
        expect(desk.page.locator("html[data-ready]")).to_have_count(1)
        return len(desk.sockets) - before

    assert sockets_at(routes.START) == 0
    kept = desk.page.evaluate(CACHED)
    assert len(kept) > 50
    assert sockets_at(routes.CLINIC) == 1
    expect(desk.page.locator(".inbox-row").first).to_be_visible()
    assert sockets_at(routes.OPTIONS) == 0
    assert sockets_at(routes.QUESTIONNAIRE) == 0
    assert sockets_at(routes.CLINIC_LOG_IN) == 1
    # This link leads out of the clinic's pages, so it must load a document: the websocket ends.
    desk.page.evaluate("() => { window.wasHere = true; }")
    desk.page.get_by_role("banner").get_by_role("link", name="After Back Surgery").click()
    expect(desk.page).to_have_url(f"{desk.site}/")
    expect(desk.page.locator("html[data-ready]")).to_have_count(1)
    desk.page.get_by_role("banner").get_by_role("link", name="Options").click()
    expect(desk.page.locator("main h1")).to_be_focused()
    assert len(desk.sockets) == 2
    assert not desk.page.evaluate("() => 'wasHere' in window")
    kept = desk.page.evaluate(CACHED)
    assert [path for path in kept if "clinic" in urlsplit(path).path] == []
