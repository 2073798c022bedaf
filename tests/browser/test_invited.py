"""Opening a clinic's invitation: on a bad line, with hidden answers, with parts left out."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from tests.browser.audit import problems
from tests.browser.clinic import Clinic
from tests.browser.people import PATIENT, RMDQ
from tests.browser.questions import QUESTIONNAIRE
from tests.browser.storage import kept_entries
from tests.server.documents.pdf import Pdf

CANARY = "Canary walks every day"
OPENING = "**/api/v1/invitations/open"
LAST_USE = "abs:last-use"
SCALE = "on a scale of 0 to 24"
STATEMENTS = QUESTIONNAIRE.placements["rmdq-statements"].item
STATEMENT = next(
    each.display for each in STATEMENTS.answer_option if each.code == RMDQ["rmdq-statements"][0]
)
INVITATION = "abs:after-back-surgery:invitation"


@pytest.fixture(scope="module")
def clinic(own_server):
    return Clinic(own_server, "Meadow Clinic")


def test_reply_that_breaks_off_is_told_of_and_can_be_asked_for_again(people, clinic):
    page = people().page
    page.route(OPENING, lambda route: route.fulfill(body='{"slug": "meadow', status=200))
    page.goto(clinic.invite("Jo"))
    expect(page.locator("main h1")).to_have_text("This invitation could not be opened")
    expect(page.get_by_text("There is no connection")).to_be_visible()
    page.unroute(OPENING)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("main h1")).to_contain_text("Meadow Clinic asks you")


def test_invitation_does_not_join_answers_that_are_hidden_unasked(people, clinic):
    person = people({**PATIENT, "main-concern": CANARY})
    page = person.page
    page.clock.install(time=datetime.now(UTC))
    person.open(routes.LEARN)
    page.wait_for_function(f"localStorage['{LAST_USE}']")
    page.clock.fast_forward(40 * 60 * 1000)

    person.open(clinic.invite("Jo"))
    expect(page.get_by_text("There are answers on this phone already")).to_be_visible()
    assert CANARY not in page.content()
    assert problems(page) == []
    page.get_by_role("link", name="Begin anew").click()
    expect(page.locator('form[data-link-id="device-owner"]')).to_be_visible()
    kept = kept_entries(page)
    assert [name for name in kept if "aside:" in name and CANARY in str(kept[name])]
    assert [name for name in kept if "Meadow" in str(kept[name])] == [INVITATION]


def downloaded(person, address, button):
    page = person.open(address)
    with page.expect_download() as caught:
        person.tap(button)
    return caught.value.path().read_bytes()


def test_part_that_the_clinic_leaves_out_is_on_no_summary_and_in_every_download(people, clinic):
    person = people({**PATIENT, **RMDQ})
    person.open(clinic.invite("Jo"))
    expect(person.page.locator("main h1")).to_contain_text("Meadow Clinic asks you")

    person.open(routes.SUMMARY)
    assert SCALE not in person.page.locator(".summary-page").inner_text()
    from_phone = downloaded(person, routes.YOUR_DATA, "A page to read").decode()
    assert "not asked now" in from_phone
    person.save()
    text = Pdf.read(downloaded(person, routes.SUMMARY, "Download as PDF")).text
    assert "My left leg" in text
    assert SCALE not in text
    for page in (from_phone, downloaded(person, routes.YOUR_DATA, "A page to read").decode()):
        assert STATEMENT in page


def test_person_without_an_invitation_has_all_parts_in_the_pdf(people):
    person = people({**PATIENT, **RMDQ}).save()

    assert SCALE in Pdf.read(downloaded(person, routes.SUMMARY, "Download as PDF")).text
