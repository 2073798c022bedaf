import hashlib
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.rate_limits import RateLimits
from fbss_app.server.api.rate_table import RATES
from fbss_app.server.services.clinic.invitations.invitations import invite, revoke_invitation
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START, Clock, Phone, a_consent, an_event, assert_error
from tests.server.services.clinic.staff import make_clinic, make_staff

ANSWER = an_event(link_id="leg-pain", value=4)


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(api: FastAPI):
    """How often is for the tests of the rates."""
    api.state.rate_limits = RateLimits(api.state.context.settings, dict.fromkeys(RATES, ()))


@pytest.fixture
def staff(client: TestClient, database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


@pytest.fixture
def made(database: Database, staff: Staff) -> NewInvitation:
    return invite(database, staff, "small", [Invitee("Jo 17", "jo@example.org")], 30, START)[0]


def open_with(client: TestClient, secret: str):
    return client.post("/api/v1/invitations/open", json={}, headers={"X-Invitation-Secret": secret})


def send(phone: Phone, secret: str, **changes: Any):
    body = {"consent": a_consent(agreed_by="patient"), "last_sequence": phone.cursor, **changes}
    headers = {**phone.headers, "X-Invitation-Secret": secret}
    return phone.client.put(f"{phone.url}/submission", json=body, headers=headers)


def status(phone: Phone):
    return phone.client.get(f"{phone.url}/submission", headers=phone.headers)


def take_back(phone: Phone):
    return phone.client.delete(f"{phone.url}/submission", headers=phone.headers)


def test_invitation_says_what_a_patient_needs_and_nothing_of_themselves(
    client: TestClient, made: NewInvitation
):
    reply = open_with(client, made.secret)
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    told = reply.json()
    assert set(told) == {
        "clinic",
        "slug",
        "questionnaire",
        "optional_parts",
        "expires_at",
        "is_used",
    }
    known = {"name", "phone", "country", "accent", "logo", "retention_days"}
    assert set(told["clinic"]) == known
    assert "Jo" not in reply.text


def test_wrong_ended_and_over_are_answered_alike(
    client: TestClient, database: Database, staff: Staff, made: NewInvitation, clock: Clock
):
    (other,) = invite(database, staff, "small", [Invitee("Al")], 30, START)
    revoke_invitation(database, staff, other.id, START)
    replies = [open_with(client, "w" * 43), open_with(client, other.secret)]
    clock.advance(days=30)
    replies.append(open_with(client, made.secret))
    for reply in replies:
        assert_error(reply, 404, "unknown-invitation")
    assert len({reply.text for reply in replies}) == 1


def test_answers_are_sent_sent_again_and_taken_back(
    phone: Phone, made: NewInvitation, clock: Clock
):
    phone.start(ANSWER)
    assert_error(status(phone), 404, "nothing-sent")
    first = send(phone, made.secret)
    assert first.status_code == 200, first.text
    assert first.json()["clinic"]["name"] == "North Clinic"
    assert send(phone, made.secret).json() == first.json()
    assert status(phone).json() == first.json()
    assert open_with(phone.client, made.secret).json()["is_used"] is True

    clock.advance(hours=1)
    phone.sync(an_event(link_id="leg-pain", value=5))
    assert status(phone).json()["has_changed"] is True
    again = send(phone, made.secret).json()
    assert again["first_submitted_at"] == first.json()["submitted_at"] < again["submitted_at"]

    assert take_back(phone).status_code == 204
    assert_error(status(phone), 404, "nothing-sent")
    assert_error(take_back(phone), 404, "nothing-sent")
    assert send(phone, made.secret).status_code == 200
    assert phone.erase().status_code == 204
    assert_error(status(phone), 404, "unknown-response")
    assert open_with(phone.client, made.secret).json()["is_used"] is False


@pytest.mark.parametrize("role", ["helper", "read"])
def test_link_of_somebody_else_neither_sends_nor_takes_back(
    phone: Phone, made: NewInvitation, role: str
):
    phone.start(ANSWER)
    guest = Phone(phone.client, phone.response_id)
    guest.cursor = phone.cursor
    link = {
        "role": role,
        "name": "Anna",
        "relationship": "daughter",
        "secret_sha256": hashlib.sha256(guest.secret.encode()).hexdigest(),
        "days": 30,
    }
    made_link = phone.client.put(f"{phone.url}/links/{uuid4()}", json=link, headers=phone.headers)
    assert made_link.status_code == 200, made_link.text

    assert_error(send(guest, made.secret), 403, "not-allowed")
    assert_error(status(phone), 404, "nothing-sent")
    assert send(phone, made.secret).status_code == 200
    assert_error(take_back(guest), 403, "not-allowed")
    taken = guest.client.delete(f"{guest.url}/submissions/{uuid4()}", headers=guest.headers)
    assert_error(taken, 403, "not-allowed")
    assert status(guest).status_code == 200


def test_other_answers_do_not_take_an_invitations_place(
    client: TestClient, phone: Phone, made: NewInvitation
):
    phone.start(ANSWER)
    other = Phone(client)
    other.start(an_event(link_id="leg-pain", value=1))
    assert send(phone, made.secret).status_code == 200
    assert_error(send(other, made.secret), 409, "invitation-used")


@pytest.mark.parametrize("secret", ["", "w" * 43, "x" * 500])
def test_without_the_invitations_secret_nothing_is_sent(
    phone: Phone, made: NewInvitation, secret: str
):
    phone.start(ANSWER)
    assert send(phone, secret).status_code in (404, 422)
    assert_error(status(phone), 404, "nothing-sent")


def test_more_than_has_arrived_is_not_sent(phone: Phone, made: NewInvitation):
    phone.start(ANSWER)
    assert_error(send(phone, made.secret, last_sequence=phone.cursor + 1), 409, "unsent-answers")
    assert_error(send(phone, made.secret, last_sequence=-1), 422, "invalid-content")
    assert_error(send(phone, made.secret, more="x"), 422, "invalid-content")


def test_each_clinic_is_told_of_and_can_be_taken_from(
    phone: Phone, made: NewInvitation, clock: Clock, database: Database
):
    def sent_to() -> list[dict[str, Any]]:
        reply = phone.client.get(f"{phone.url}/submissions", headers=phone.headers)
        assert reply.status_code == 200, reply.text
        assert reply.headers["cache-control"] == "no-store"
        return reply.json()["submissions"]

    def take_back_one(submission_id: str):
        url = f"{phone.url}/submissions/{submission_id}"
        return phone.client.delete(url, headers=phone.headers)

    south = make_staff(database, make_clinic(database, "south"))
    (theirs,) = invite(database, south, "small", [Invitee("Al")], 30, START)
    phone.start(ANSWER)
    assert sent_to() == []
    send(phone, made.secret)
    clock.advance(hours=1)
    last = send(phone, theirs.secret).json()

    assert [(each["slug"], each["clinic"]["name"]) for each in sent_to()] == [
        ("north", "North Clinic"),
        ("south", "South Clinic"),
    ]
    # Apps that know of one clinic only hear of the last.
    assert status(phone).json() == last == sent_to()[1]

    assert_error(take_back_one(str(uuid4())), 404, "nothing-sent")
    assert_error(take_back_one("south"), 422, "invalid-content")
    assert take_back_one(last["id"]).status_code == 204
    assert_error(take_back_one(last["id"]), 404, "nothing-sent")
    assert [each["slug"] for each in sent_to()] == ["north"]
    assert take_back(phone).status_code == 204
    assert sent_to() == []


def test_phone_says_which_optional_parts_it_asked(
    phone: Phone, made: NewInvitation, database: Database, staff: Staff
):
    phone.start(ANSWER)
    for wrong in (["x" * 201], [""], ["x"] * 101, "x", [1]):
        assert_error(send(phone, made.secret, optional_parts=wrong), 422, "invalid-content")
    assert_error(status(phone), 404, "nothing-sent")
    assert send(phone, made.secret, optional_parts=["unknown"]).status_code == 200
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.of_response(phone.response_id)
        assert stored
        assert stored.findings.left_out == []


def test_export_tells_which_clinic_has_the_answers_until_when(
    phone: Phone, made: NewInvitation, clock: Clock, database: Database, staff: Staff
):
    def export(form: str):
        return phone.client.get(f"{phone.url}/export.{form}", headers=phone.headers)

    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(staff.clinic_id)
        assert clinic
        clinic.name, clinic.retention_days = "Cut & Care <Clinic>", 200
    phone.start(ANSWER)
    assert export("json").json()["sent_to"] == []
    assert "Sent to" not in export("html").text
    send(phone, made.secret)
    clock.advance(hours=2)
    phone.sync(an_event(link_id="leg-pain", value=5))
    send(phone, made.secret, consent=a_consent(version="2", text_sha256="cd" * 32))

    assert export("json").json()["sent_to"] == [
        {
            "clinic": "Cut & Care <Clinic>",
            "given_name": None,
            "first_sent_at": "2026-03-01T12:00:00Z",
            "sent_at": "2026-03-01T14:00:00Z",
            "kept_until": "2026-09-17T14:00:00Z",
            "last_sequence": 2,
            "left_out": [],
            "consent": {"version": "2", "text_sha256": "cd" * 32, "agreed_by": "patient"},
        }
    ]
    page = export("html").text
    assert "Sent to Cut &amp; Care &lt;Clinic&gt;, the last time on 1 March 2026, 14:00 UTC" in page
    assert "keeps what was sent until 17 September 2026" in page
    take_back(phone)
    assert export("json").json()["sent_to"] == []
