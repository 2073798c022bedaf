import csv
import io
from collections.abc import Callable
from typing import get_args

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.clinic.downloads import CurrentStaff
from fbss_app.server.services.clinic.exports.research_requests import ask_for_research
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START, assert_error, make_questionnaire
from tests.server.services.clinic.research_files import PURPOSE, make_approved
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import Sent, make_submission

EXPORTS = "/api/clinic/exports"
FILES = ("responses.csv", "dictionary.csv?questionnaire=small", "bundle.json", "counts.csv")
RESEARCH = "research.csv?request=00000000-0000-4000-8000-000000000000"
SMALL = make_questionnaire()

LogIn = Callable[[Staff], None]


@pytest.fixture
def log_in(api: FastAPI) -> LogIn:
    guard = get_args(CurrentStaff)[1].dependency

    def as_somebody(staff: Staff) -> None:
        api.dependency_overrides[guard] = lambda: staff

    return as_somebody


@pytest.fixture
def clinic_id(client: TestClient, database: Database) -> str:
    return make_clinic(database)


@pytest.fixture
def sent(database: Database, clinic_id: str) -> Sent:
    return make_submission(database, clinic_id, questionnaire=SMALL, label="Jo")


@pytest.mark.parametrize("file", [*FILES, RESEARCH])
def test_nobody_gets_a_file_without_a_log_in(client: TestClient, sent: Sent, file: str):
    assert_error(client.get(f"{EXPORTS}/{file}"), 401, "signed-out")
    assert_error(client.get(f"/api/clinic/responses/{sent.id}.pdf"), 401, "signed-out")


@pytest.mark.parametrize("file", FILES)
def test_files_come_to_be_kept(
    client: TestClient, database: Database, sent: Sent, clinic_id: str, log_in: LogIn, file: str
):
    log_in(make_staff(database, clinic_id, Role.CLINICIAN))

    reply = client.get(f"{EXPORTS}/{file}")

    assert reply.status_code == 200, reply.text
    assert reply.headers["content-disposition"].startswith("attachment; filename=")
    assert reply.headers["cache-control"] == "no-store"
    assert reply.content


@pytest.mark.parametrize("file", [*FILES, RESEARCH])
def test_front_desk_gets_none(
    client: TestClient, database: Database, sent: Sent, clinic_id: str, log_in: LogIn, file: str
):
    log_in(make_staff(database, clinic_id, Role.FRONT_DESK))
    assert_error(client.get(f"{EXPORTS}/{file}"), 403, "staff-not-allowed")
    assert_error(client.get(f"/api/clinic/responses/{sent.id}.pdf"), 403, "staff-not-allowed")


def test_another_clinics_answers_are_not_found(
    client: TestClient, database: Database, sent: Sent, log_in: LogIn
):
    log_in(make_staff(database, make_clinic(database, "south")))
    assert_error(client.get(f"/api/clinic/responses/{sent.id}.pdf"), 404, "not-found")
    for file in ("responses.csv", "bundle.json", "counts.csv"):
        assert_error(client.get(f"{EXPORTS}/{file}?id={sent.id}"), 404, "not-found")
    reply = client.get(f"{EXPORTS}/{RESEARCH}&id={sent.id}")
    assert_error(reply, 404, "not-found")


def test_filters_choose_what_comes(
    client: TestClient, database: Database, sent: Sent, clinic_id: str, log_in: LogIn
):
    log_in(make_staff(database, clinic_id))
    for query, labels in (
        ("status=new", ["Jo"]),
        ("status=reviewed", []),
        ("urgency=none&assigned_to=nobody", ["Jo"]),
        ("urgency=emergency", []),
        # What a form sends where nothing is chosen.
        ("status=all&urgency=all&came=all&purpose=", ["Jo"]),
        ("came=invited", ["Jo"]),
        ("came=uninvited", []),
        (f"id={sent.id}&status=reviewed", ["Jo"]),
    ):
        text = client.get(f"{EXPORTS}/responses.csv?{query}").content.decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        assert [row["label"] for row in rows] == labels, query
    assert_error(client.get(f"{EXPORTS}/responses.csv?status=odd"), 422, "invalid-content")
    assert_error(client.get(f"{EXPORTS}/responses.csv?came=odd"), 422, "invalid-content")
    assert_error(client.get(f"{EXPORTS}/responses.csv?id=odd"), 422, "invalid-content")
    assert_error(client.get(f"{EXPORTS}/research.csv"), 422, "invalid-content")
    assert_error(client.get(f"{EXPORTS}/{RESEARCH}"), 404, "not-found")
    assert_error(client.get(f"{EXPORTS}/dictionary.csv?version=99"), 404, "not-found")


def test_research_file_comes_to_whoever_asked_once_it_is_approved(
    client: TestClient, database: Database, sent: Sent, clinic_id: str, log_in: LogIn
):
    clinician = make_staff(database, clinic_id, Role.CLINICIAN)
    waiting = ask_for_research(database, clinician, InboxQuery(), PURPOSE, START)
    approved = make_approved(database, clinician, at=START)
    log_in(clinician)
    reply = client.get(f"{EXPORTS}/research.csv?request={approved}")
    assert reply.status_code == 200, reply.text
    assert reply.text.removeprefix("\ufeff").startswith("age_band,")
    assert_error(
        client.get(f"{EXPORTS}/research.csv?request={waiting}"), 409, "research-not-approved"
    )


def test_pdf_is_one(
    client: TestClient, database: Database, sent: Sent, clinic_id: str, log_in: LogIn
):
    log_in(make_staff(database, clinic_id))
    reply = client.get(f"/api/clinic/responses/{sent.id}.pdf")
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.content.startswith(b"%PDF-")


def test_refusal_leads_a_browser_back_to_the_page_with_its_filter(
    client: TestClient, database: Database, sent: Sent, clinic_id: str, log_in: LogIn
):
    log_in(make_staff(database, clinic_id))
    reply = client.get(
        f"{EXPORTS}/bundle.json?status=new&urgency=all&came=invited&id=00000000-0000-4000-8000-000000000000",
        headers={"Sec-Fetch-Mode": "navigate"},
        follow_redirects=False,
    )
    assert reply.status_code == 303
    assert reply.headers["location"] == (
        "/clinic/exports?problem=not-found&status=new&urgency=all&came=invited"
    )


def test_browser_gets_a_file_that_is_not_refused(
    client: TestClient, database: Database, sent: Sent, clinic_id: str, log_in: LogIn
):
    log_in(make_staff(database, clinic_id))
    reply = client.get(f"{EXPORTS}/counts.csv", headers={"Sec-Fetch-Mode": "navigate"})
    assert reply.status_code == 200
    # Another file's page is not that of exports.
    missing = f"/api/clinic/responses/{clinic_id}.pdf"
    reply = client.get(missing, headers={"Sec-Fetch-Mode": "navigate"})
    assert_error(reply, 404, "not-found")
