"""The page of one patient's answers as the specialist reads it, and the files that it gives."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from fbss_app import routes
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.browser.audit import staff_problems
from tests.browser.clinic import Clinic, Desk
from tests.browser.questions import QUESTIONNAIRE
from tests.browser.site import OwnServer

ANSWERS = {**typical_answers(QUESTIONNAIRE), "main-concern": "Walking"}


def scripts_of(page: Page, address: str) -> str:
    """Load a page anew, and give all scripts that it fetched."""
    texts: list[str] = []
    with page.expect_event("load"):
        page.goto(address)
    page.wait_for_load_state("networkidle")
    names = page.evaluate(
        "() => performance.getEntriesByType('resource').map(({ name }) => name)"
        ".filter((name) => name.endsWith('.js'))"
    )
    texts += [page.request.get(name).text() for name in names]
    return "\n".join(texts)


def test_specialist_sees_the_whole_of_it_and_takes_it_as_a_file(
    desks: Callable[..., Desk], own_server: OwnServer
):
    clinic = Clinic(own_server, "Ridge Clinic")
    clinic.receive("Patient One", ANSWERS, earlier={"main-concern": "Sleeping"})
    clinic.receive("Patient Two", typical_answers(QUESTIONNAIRE))
    desk = desks().sit_down(clinic, clinic.colleague(Role.CLINICIAN))
    page = desk.open(routes.CLINIC)
    desk.row("Patient One").get_by_role("link").click()
    expect(desk.heading).to_have_text("Patient One")

    expect(page.locator(".sheet-part svg").first).to_be_visible()
    expect(page.locator(".about-facts")).to_contain_text(f"version {QUESTIONNAIRE.version}")
    for section in page.locator(".answer-section > summary").all():
        section.click()
    row = page.locator(".answer-row", has_text="What troubles you most?")
    expect(row).to_contain_text("Given by the patient")
    row.get_by_text("Earlier answers").click()
    expect(row.locator(".answer-history li")).to_contain_text("Sleeping")

    page.get_by_label("Looked after by").select_option(label="Bea Lund")
    expect(page.get_by_label("Looked after by").locator("option:checked")).to_have_text("Bea Lund")
    desk.tap("Mark as reviewed")
    expect(page.locator(".about-facts")).to_contain_text("by Bea Lund")
    expect(page.get_by_role("button", name="Open it again")).to_be_visible()
    assert staff_problems(page) == []

    address = page.get_by_role("link", name="CSV").get_attribute("href")
    table = page.request.get(address)
    assert table.status == 200
    assert len(table.text().strip().splitlines()) == 2
    address = page.get_by_role("link", name="FHIR").get_attribute("href")
    bundle = page.request.get(address).json()
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds.count("QuestionnaireResponse") == 1
    assert desk.errors == []


def test_charts_are_drawn_and_their_library_comes_with_their_page_alone(
    desks: Callable[..., Desk], own_server: OwnServer
):
    clinic = Clinic(own_server, "Ledge Clinic")
    clinic.receive("Patient One", ANSWERS)
    desk = desks().sit_down(clinic)
    page = desk.page

    assert "recharts-surface" not in scripts_of(page, routes.CLINIC)
    assert "recharts-surface" in scripts_of(page, routes.CLINIC_DASHBOARD)
    chart = page.locator("svg.recharts-surface").first
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box
    assert box["width"] > 200
    assert box["height"] > 100
    assert desk.errors == []
