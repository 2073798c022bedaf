from typing import get_args

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.clinic.guard import CurrentStaff
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START, assert_error
from tests.server.services.clinic.staff import make_clinic, make_staff

SHEET = "/api/clinic/invitation-sheet"
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def staff(client: TestClient, database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


@pytest.fixture
def logged_in(api: FastAPI, staff: Staff) -> None:
    api.dependency_overrides[get_args(CurrentStaff)[1].dependency] = lambda: staff


@pytest.fixture
def made(database: Database, staff: Staff) -> tuple[NewInvitation, ...]:
    people = [Invitee(f"Number {each}") for each in range(40)]
    return invite(database, staff, "small", people, 30, START)


def test_nobody_prints_without_a_log_in(client: TestClient, staff: Staff):
    assert_error(client.post(SHEET, data={"secret": "x"}, headers=OWN), 401, "signed-out")


@pytest.mark.usefixtures("logged_in")
def test_other_pages_cannot_ask_for_a_sheet(client: TestClient):
    headers = {**OWN, "Sec-Fetch-Site": "cross-site"}
    assert_error(client.post(SHEET, data={"secret": "x"}, headers=headers), 403, "cross-site")


@pytest.mark.usefixtures("logged_in")
def test_all_that_were_made_are_printed(client: TestClient, made):
    reply = client.post(SHEET, data={"secret": [each.secret for each in made]}, headers=OWN)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith("text/html")
    assert reply.headers["cache-control"] == "no-store"
    assert reply.text.count("<section") == len(made)
    assert "<script" not in reply.text


@pytest.mark.usefixtures("logged_in")
@pytest.mark.parametrize("body", ["", "secret=", "&" * 600, "secret=%ff", "s" * 40_000, '{"x": 1}'])
def test_what_is_no_form_of_ours_is_refused(client: TestClient, body: str):
    reply = client.post(SHEET, content=body, headers=OWN)
    assert reply.status_code in (404, 413), reply.text
