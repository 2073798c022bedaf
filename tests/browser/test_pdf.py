"""The summary as a PDF from the server, and the questions on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.kept import kept_answers
from tests.browser.people import BEGUN
from tests.server.documents.pdf import Pdf

SUMMARY_PDF = "**/api/v1/responses/*/summary.pdf"
BUTTON = "Download as PDF"


@pytest.fixture
def context(browser, site):
    context = browser.new_context(
        base_url=site, storage_state=kept_answers(site, BEGUN), service_workers="block"
    )
    yield context
    context.close()


@pytest.fixture
def summary(page):
    """Show the summary of someone who has begun, and who has saved nothing yet."""
    page.goto("/summary")
    return page


def save(page):
    page.goto("/save")
    page.get_by_label("I agree to this").check()
    page.get_by_role("button", name="Save my answers").click()
    expect(page.locator("[data-sync]")).to_have_attribute("data-sync", "saved", timeout=20_000)
    page.goto("/summary")


def test_without_saved_answers_the_page_says_what_it_takes(summary):
    expect(summary.get_by_role("button", name=BUTTON)).to_have_count(0)
    expect(summary.get_by_role("link", name="Save my answers on the server")).to_be_visible()
    expect(summary.get_by_text("The server can then make a PDF as well")).to_be_visible()


def test_saved_answers_are_downloaded_as_a_pdf(summary):
    save(summary)

    with summary.expect_download() as download:
        summary.get_by_role("button", name=BUTTON).click()

    assert download.value.suggested_filename == "summary.pdf"
    assert "Patient-reported" in Pdf.read(download.value.path().read_bytes()).text
    expect(summary.locator("[data-pdf]")).to_contain_text("The PDF is ready")


def test_pdf_that_cannot_be_made_points_to_printing(summary):
    save(summary)
    summary.route(SUMMARY_PDF, lambda route: route.abort())

    summary.get_by_role("button", name=BUTTON).click()

    expect(summary.locator("[data-pdf]")).to_contain_text("Print from this phone instead")


def test_paper_version_is_part_of_the_site(page):
    reply = page.request.get("/paper/after-back-surgery.pdf")

    assert reply.status == 200
    assert "Emergency signs" in Pdf.read(reply.body()).reader.pages[0].extract_text()
