"""A clinic's logo and colour: set by staff on their page, seen by them and by its patients."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from fbss_app import routes
from fbss_app.server.services.clinic.settings.logo_picture import PROBLEMS
from fbss_app.server.services.clinic.settings.settings import ACCENTS
from tests.browser.audit import problems, staff_problems
from tests.browser.clinic import Clinic, Desk
from tests.browser.people import BEGUN
from tests.browser.sharing import Person
from tests.server.logo_files import SVG, a_logo
from tests.ui.theme_colours import Schemes, token

ANSWERS = {**BEGUN, "age-band": "50-to-59"}
NAME = "Lakeside Spine Clinic"
SCRIPTS = re.compile(r"/assets/.*\.js$")
LOGOS = "**/api/v1/clinics/*/logo?*"
INVITATION = "abs:after-back-surgery:invitation"
# Each part from 0 to 1, whether the browser gives it as it was written or as it was mixed.
COLOURS = """(element) => {
  const parts = (text) => {
    const numbers = text.match(/[\\d.]+/g).slice(0, 3).map(Number);
    return text.startsWith("rgb") ? numbers.map((one) => one / 255) : numbers;
  };
  const { color, backgroundColor } = getComputedStyle(element);
  return [parts(color), parts(backgroundColor)];
}"""
BOX = "(element) => { const { x, y, width, height } = element.getBoundingClientRect();"
BOX += " return [x, y, width, height]; }"


@pytest.fixture
def clinic(own_server) -> Clinic:
    return Clinic(own_server, NAME)


@pytest.fixture
def desk(desks: Callable[..., Desk], clinic: Clinic) -> Desk:
    desk = desks(reduced_motion="reduce").sit_down(clinic)
    desk.open(routes.CLINIC_SETTINGS)
    return desk


def upload(desk: Desk, file: bytes, tmp_path: Path, name: str = "our logo.png") -> None:
    """Choose a file as people do, and send it."""
    path = tmp_path / name
    path.write_bytes(file)
    with desk.page.expect_file_chooser() as chooser:
        desk.page.get_by_label("Picture").click()
    chooser.value.set_files(path)
    with desk.page.expect_navigation():
        desk.tap("Save the logo")
    desk.wait_until_ready()


def choose_accent(desk: Desk, name: str) -> None:
    desk.page.get_by_role("radio", name=name.capitalize()).check()
    desk.tap("Save the settings")
    expect(desk.page.get_by_text("The settings are saved.")).to_be_visible()
    # What the pointer is on has another colour.
    desk.page.mouse.move(0, 0)


def logo_on(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("img", name=NAME)


def expect_loaded(logo: Locator) -> None:
    expect(logo).to_be_visible()
    assert logo.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0


def accent_of(page: Page) -> Any:
    return page.evaluate("document.documentElement.dataset.accent ?? ''")


def test_logo_is_uploaded_seen_by_staff_and_patients_changed_and_removed(
    desk: Desk, clinic: Clinic, people, tmp_path: Path
):
    upload(desk, a_logo((900, 300)), tmp_path)
    expect(desk.page.get_by_text("The logo is saved.")).to_be_visible()
    expect_loaded(logo_on(desk.page))
    # In the frame the name stands beside it.
    in_frame = desk.page.locator(".staff-brand img")
    expect_loaded(in_frame)
    assert in_frame.get_attribute("alt") == ""
    assert staff_problems(desk.page) == []

    phone: Person = people()
    page = phone.open(clinic.invite("Jo"))
    expect_loaded(logo_on(page))
    first = logo_on(page).get_attribute("src")
    assert problems(page) == []
    phone.open(routes.SEND)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    upload(desk, a_logo((200, 100)), tmp_path)
    expect_loaded(logo_on(desk.page))
    other = people().open(clinic.invite("Al"))
    expect_loaded(logo_on(other))
    assert logo_on(other).get_attribute("src") != first

    desk.tap("Remove the logo")
    desk.tap("Keep it")
    expect(logo_on(desk.page)).to_be_visible()
    desk.tap("Remove the logo")
    desk.tap("Remove it")
    expect(desk.page.get_by_text("The logo is removed.")).to_be_visible()
    expect(desk.page.locator(".clinic-logo")).to_have_count(0)
    expect(desk.page.locator(".staff-brand svg")).to_be_visible()
    third = people().open(clinic.invite("Xi"))
    expect(third.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(third.locator(".clinic-logo")).to_have_count(0)
    desk.open(routes.CLINIC_AUDIT)
    trail = desk.page.locator(".staff-table")
    expect(trail.get_by_text("Logo changed")).to_have_count(2)
    expect(trail.get_by_text("Logo removed")).to_have_count(1)
    assert desk.errors == []


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("logo-missing", None),
        ("logo-not-a-picture", SVG),
        ("logo-too-large", a_logo() + bytes(8_000_000)),
        ("logo-broken", a_logo()[:100]),
    ],
)
def test_refused_file_is_told_of_where_it_was_chosen(
    desk: Desk, tmp_path: Path, code: str, file: bytes | None
):
    if file is None:
        with desk.page.expect_navigation():
            desk.tap("Save the logo")
        desk.wait_until_ready()
    else:
        upload(desk, file, tmp_path)
    expect(desk.problems).to_have_text([PROBLEMS[code]])
    expect(desk.page.locator("#error-summary")).to_be_focused()
    assert staff_problems(desk.page) == []
    desk.problems.click()
    expect(desk.page.get_by_label("Picture")).to_be_focused()
    expect(logo_on(desk.page)).to_have_count(0)


def test_logo_stays_on_white_in_the_dark_and_no_page_moves_when_it_loads(
    desk: Desk, clinic: Clinic, people, tmp_path: Path
):
    upload(desk, a_logo((900, 300)), tmp_path)
    phone: Person = people(color_scheme="dark")
    held: list[Route] = []
    phone.page.route(LOGOS, lambda route: held.append(route))
    page = phone.open(clinic.invite("Jo"))
    logo, title = logo_on(page), page.get_by_role("heading", level=1)
    expect(title).to_contain_text(NAME)
    before = logo.evaluate(BOX), title.evaluate(BOX)
    assert before[0][2:] == [240, 80]
    assert logo.evaluate("(one) => one.naturalWidth") == 0
    held[0].continue_()
    expect_loaded(logo)
    assert (logo.evaluate(BOX), title.evaluate(BOX)) == before
    plate = page.locator(".clinic-logo")
    assert plate.evaluate(COLOURS)[1] == [1, 1, 1]
    assert page.locator("html").evaluate(COLOURS)[1] != [1, 1, 1]


@pytest.mark.parametrize("how", ["gone", "offline"])
def test_logo_that_does_not_load_leaves_nothing(
    desk: Desk, clinic: Clinic, people, tmp_path: Path, how: str
):
    upload(desk, a_logo(), tmp_path)
    phone: Person = people()
    page = phone.page
    page.route(LOGOS, lambda route: route.fulfill(status=404) if how == "gone" else route.abort())
    phone.open(clinic.invite("Jo"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(page.locator(".clinic-logo")).to_be_hidden()
    expect(logo_on(page)).to_have_count(0)
    assert problems(page) == []


def test_logo_stands_by_the_name_where_answers_are_sent(
    desk: Desk, clinic: Clinic, people, tmp_path: Path
):
    upload(desk, a_logo(), tmp_path)
    phone: Person = people(ANSWERS)
    page = phone.open(clinic.invite("Jo"))
    expect_loaded(logo_on(page))
    phone.open(routes.SEND)
    expect(page.get_by_label("I agree to this", exact=True)).to_be_visible()
    expect_loaded(logo_on(page))
    page.get_by_label("I agree to this", exact=True).check()
    page.get_by_label("I agree that my answers are saved on the server").check()
    phone.tap("Send my answers")
    expect(page.get_by_text(f"Your answers are with {NAME}")).to_be_visible(timeout=20_000)
    expect_loaded(logo_on(page))
    assert problems(page) == []


def test_accent_reaches_pages_of_staff_and_of_patients_and_goes_with_the_invitation(
    desk: Desk, clinic: Clinic, people
):
    button = desk.page.get_by_role("button", name="Save the settings")
    looks = desk.page.locator(".swatch-button")
    expect(looks).to_have_count(len(ACCENTS))
    shown = {str(each.evaluate(COLOURS)[1]) for each in looks.all()}
    assert len(shown) == len(ACCENTS)
    before = button.evaluate(COLOURS)[1]
    choose_accent(desk, "plum")
    expect(desk.page.locator('.staff-page[data-accent="plum"]')).to_be_visible()
    assert button.evaluate(COLOURS)[1] == pytest.approx(token("accent", "light", "plum"), abs=0.01)
    assert button.evaluate(COLOURS)[1] != before
    desk.open(routes.CLINIC)
    expect(desk.page.locator('.staff-page[data-accent="plum"]')).to_be_visible()

    phone: Person = people(ANSWERS)
    page = phone.open(routes.START)
    assert accent_of(page) == ""
    phone.open(clinic.invite("Jo"))
    expect(page.locator('html[data-accent="plum"]')).to_have_count(1)
    begin = page.get_by_role("link", name="Go on with these answers")
    assert begin.evaluate(COLOURS)[1] == pytest.approx(token("accent", "light", "plum"), abs=0.01)

    # Before any script of a later page has come, as before its first paint.
    page.route(SCRIPTS, lambda route: route.abort())
    page.goto(routes.OPTIONS)
    assert accent_of(page) == "plum"
    page.unroute(SCRIPTS)

    # A second tab has it, and both lose it when everything is deleted.
    second = phone.context.new_page()
    second.goto(routes.LEARN)
    expect(second.locator("html[data-ready]")).to_have_count(1)
    assert accent_of(second) == "plum"
    phone.open(routes.YOUR_DATA)
    phone.tap("Delete everything")
    phone.tap("Yes, delete everything")
    expect(page.locator('html[data-accent="plum"]')).to_have_count(0)
    expect(second.locator('html[data-accent="plum"]')).to_have_count(0)
    phone.open(routes.START)
    assert accent_of(page) == ""


def test_accent_comes_and_goes_with_the_answers_that_are_shown(desk: Desk, clinic: Clinic, people):
    choose_accent(desk, "green")
    phone: Person = people(ANSWERS)
    page = phone.open(clinic.invite("Jo"))
    page.get_by_role("link", name="Begin anew").click()
    expect(page.locator("form.question")).to_be_visible()
    assert accent_of(page) == "green"
    phone.open(routes.START)
    phone.tap("Use these now")
    expect(page.locator('html[data-accent="green"]')).to_have_count(0)


def test_accent_of_a_patient_does_not_colour_the_door_of_another_clinic(
    desk: Desk, clinic: Clinic, people
):
    choose_accent(desk, "plum")
    phone: Person = people()
    page = phone.open(clinic.invite("Jo"))
    expect(page.locator('html[data-accent="plum"]')).to_have_count(1)
    page.goto(routes.CLINIC_LOG_IN)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    button = page.get_by_role("button", name="Log in")
    assert button.evaluate(COLOURS)[1] == pytest.approx(token("accent", "light", "teal"), abs=0.01)


@pytest.mark.parametrize("kept", ['{"accent":', '{"clinic":"x \\"accent\\":\\"plum\\""}', "x", ""])
def test_damaged_invitation_gives_no_accent_and_breaks_no_page(people, kept: str):
    phone: Person = people(ANSWERS)
    page = phone.open(routes.START)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [INVITATION, kept])
    phone.open(routes.OPTIONS)
    assert accent_of(page) == ""
    assert page.evaluate("localStorage.length") > 1


def test_page_that_the_server_writes_for_a_clinic_keeps_that_accent(
    desk: Desk, clinic: Clinic, people
):
    choose_accent(desk, "plum")
    phone: Person = people()
    page = phone.open(clinic.invite("Jo"))
    expect(page.locator('html[data-accent="plum"]')).to_have_count(1)

    def written_for_another(route: Route) -> None:
        reply = route.fetch()
        html = reply.text().replace('<html lang="en"', '<html lang="en" data-accent="blue"', 1)
        route.fulfill(response=reply, body=html)

    page.route(f"**{routes.ABOUT}", written_for_another)
    phone.open(routes.ABOUT)
    assert accent_of(page) == "blue"
    page.get_by_role("banner").get_by_role("link", name="Options").click()
    expect(page).to_have_url(re.compile(routes.OPTIONS))
    assert accent_of(page) == "blue"
    link = page.get_by_role("main").get_by_role("link").first
    assert link.evaluate(COLOURS)[0] != pytest.approx(token("accent", "light", "plum"), abs=0.01)


@pytest.mark.parametrize("scheme", Schemes)
def test_browser_works_out_the_colours_that_the_contrasts_are_proved_with(page: Page, scheme: Any):
    """color-mix is the browser's; the proof does the same sums in Python."""
    page.emulate_media(color_scheme=scheme)
    page.goto(routes.START)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=probe>x</p>')")
    probe = page.locator("#probe")
    for accent in ACCENTS:
        page.evaluate("(name) => { document.documentElement.dataset.accent = name; }", accent)
        for name in ("accent", "accent-deep", "accent-wash", "tint", "on-accent", "paper"):
            probe.evaluate("(one, name) => { one.style.color = `var(--${name})`; }", name)
            shown = probe.evaluate(COLOURS)[0]
            assert shown == pytest.approx(token(name, scheme, accent), abs=0.003), (accent, name)
