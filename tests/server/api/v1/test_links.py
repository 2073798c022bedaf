import hashlib
import re
import secrets
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from fbss_app.server.api.rate_limits import RateLimits
from fbss_app.server.api.rate_table import RATES
from tests.server.builders import CANARY, Clock, Phone, a_consent, an_event, assert_error

MASKED = {"absent": "masked"}


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(api: FastAPI):
    """How often is for the tests of the rates."""
    api.state.rate_limits = RateLimits(api.state.context.settings, dict.fromkeys(RATES, ()))


def a_link(secret: str, **changes: Any) -> dict[str, Any]:
    return {
        "role": "helper",
        "name": "Anna",
        "relationship": "daughter",
        "secret_sha256": hashlib.sha256(secret.encode()).hexdigest(),
        "days": 30,
        **changes,
    }


def let_in(phone: Phone, **changes: Any) -> Phone:
    """Make a link with a phone that may, and give a phone that holds it."""
    guest = Phone(phone.client, phone.response_id)
    link_id = str(uuid4())
    reply = phone.client.put(
        f"{phone.url}/links/{link_id}", json=a_link(guest.secret, **changes), headers=phone.headers
    )
    assert reply.status_code == 200, reply.text
    guest.link_id = link_id
    return guest


def links(phone: Phone):
    return phone.client.get(f"{phone.url}/links", headers=phone.headers)


def open_with(client: TestClient, secret: str):
    return client.post("/api/v1/links/open", json={}, headers={"X-Response-Secret": secret})


def end(phone: Phone, link_id: str):
    return phone.client.delete(f"{phone.url}/links/{link_id}", headers=phone.headers)


# Who may do what.


def calls(phone: Phone) -> dict[str, Any]:
    """Every call that needs the right to manage."""
    other = secrets.token_urlsafe(32)
    return {
        "list": lambda: links(phone),
        "make": lambda: phone.client.put(
            f"{phone.url}/links/{uuid4()}", json=a_link(other), headers=phone.headers
        ),
        "end": lambda: end(phone, phone.response_id),
        "code": lambda: phone.client.put(
            f"{phone.url}/code", json={"year_of_birth": 1960}, headers=phone.headers
        ),
        "erase": phone.erase,
    }


@pytest.mark.parametrize("call", ["list", "make", "end", "code", "erase"])
def test_stranger_is_told_nothing(phone: Phone, call: str):
    phone.start(an_event())
    assert_error(calls(phone.twin(secret="x" * 43))[call](), 404, "unknown-response")


@pytest.mark.parametrize("call", ["list", "make", "end", "code", "erase"])
@pytest.mark.parametrize("role", ["helper", "read"])
def test_helper_and_reader_may_not_manage(phone: Phone, role: str, call: str):
    phone.start(an_event())
    guest = let_in(phone, role=role)
    assert_error(calls(guest)[call](), 403, "not-allowed")
    assert phone.sync().status_code == 200


def test_patient_on_another_phone_may_manage(phone: Phone):
    phone.start(an_event())
    other = let_in(phone, role="patient")
    assert links(other).status_code == 200
    assert let_in(other).sync().status_code == 200


def test_helper_may_answer_and_reader_only_read(phone: Phone):
    mine, theirs = an_event(), an_event(author_role="helper")
    phone.start(mine)
    helper, reader = let_in(phone), let_in(phone, role="read")
    assert helper.sync(theirs).status_code == 200
    assert [each["id"] for each in reader.sync().json()["events"]] == [mine["id"], theirs["id"]]
    assert_error(reader.sync(an_event()), 403, "not-allowed")
    assert_error(reader.sync(consent=a_consent()), 403, "not-allowed")


def test_helper_cannot_answer_or_confirm_in_the_patients_name(phone: Phone, engine: Engine):
    phone.start()
    helper = let_in(phone)
    theirs = an_event(author_role="helper")
    helper.sync(theirs)
    confirmation = an_event(value=theirs["value"], confirms=theirs["id"])
    for event in (an_event(), confirmation):
        assert_error(helper.sync(event), 403, "not-allowed")
    assert phone.sync(confirmation).status_code == 200
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM answer_event")).scalar_one() == 2


def test_reading_does_not_keep_a_response_alive(phone: Phone, clock: Clock):
    phone.start(an_event())
    reader = let_in(phone, role="read", days=90)
    clock.advance(days=29)
    assert reader.sync().status_code == 200
    clock.advance(days=1)
    assert_error(reader.sync(), 404, "unknown-response")


def test_helper_who_began_may_manage_but_is_a_helper(phone: Phone):
    reply = phone.sync(an_event(author_role="helper"), consent=a_consent(agreed_by="helper"))
    (me,) = reply.json()["participants"]
    assert (me["role"], me["can_manage"], me["id"]) == ("helper", True, phone.response_id)
    assert phone.sync(an_event(value="from the patient, on this phone")).status_code == 200
    patient = let_in(phone, role="patient", name="", relationship="", patient_agreed=True)
    assert patient.sync(an_event(link_id="leg-pain", value=3)).status_code == 200
    assert phone.erase().status_code == 204


def by_helper(phone: Phone) -> Phone:
    reply = phone.sync(an_event(author_role="helper"), consent=a_consent(agreed_by="helper"))
    assert reply.status_code == 200, reply.text
    return phone


@pytest.mark.parametrize("change", [{}, {"patient_agreed": False}])
def test_helper_must_say_that_the_patient_agrees_to_a_link(phone: Phone, change: dict):
    reply = by_helper(phone).client.put(
        f"{phone.url}/links/{uuid4()}",
        json=a_link(secrets.token_urlsafe(32), **change),
        headers=phone.headers,
    )
    problems = assert_error(reply, 422, "agreement-missing")
    assert [each["where"] for each in problems] == ["body.patient_agreed"]
    assert len(links(phone).json()["links"]) == 1


def test_who_said_that_the_patient_agrees_and_when_is_kept(phone: Phone, clock: Clock):
    by_helper(phone)
    clock.advance(days=1)
    guest = let_in(phone, patient_agreed=True)
    clock.advance(days=1)
    # Making it again changes nothing.
    phone.client.put(
        f"{phone.url}/links/{guest.link_id}",
        json=a_link(guest.secret, patient_agreed=True),
        headers=phone.headers,
    )

    first, made = links(phone).json()["links"]

    said_at = made["created_at"]
    assert first["agreement"] is None
    assert made["agreement"] == {"said_by": phone.response_id, "said_at": said_at}


def may(phone: Phone) -> tuple[str, bool]:
    body = open_with(phone.client, phone.secret).json()
    return body["role"], body["can_manage"]


def test_return_link_of_a_helper_who_began_is_a_helpers_and_may_manage(phone: Phone):
    by_helper(phone)
    other = let_in(phone, name="", relationship="", patient_agreed=True, is_return=True)

    assert may(other) == ("helper", True)
    assert links(other).status_code == 200
    assert other.sync(an_event(author_role="helper")).status_code == 200


@pytest.mark.parametrize("role", ["helper", "read"])
def test_nobody_else_may_manage_links_by_calling_theirs_a_return_link(phone: Phone, role: str):
    phone.start()
    guest = let_in(phone, role=role, is_return=True)

    assert may(guest) == (role, False)
    assert_error(links(guest), 403, "not-allowed")


def test_what_the_patient_put_aside_is_hidden_from_the_return_link_of_a_helper(phone: Phone):
    by_helper(phone)
    other = let_in(phone, patient_agreed=True, is_return=True)
    put_aside = an_event(link_id="leg-pain", value=MASKED, author_role="helper")
    phone.sync(put_aside, an_event(link_id="leg-pain", value=4))

    values = [each["value"] for each in other.sync().json()["events"]]
    assert MASKED in values
    assert 4 not in values


def test_link_that_the_patient_makes_needs_no_word_of_anybody(phone: Phone):
    phone.start()
    let_in(phone, patient_agreed=True)
    assert [each["agreement"] for each in links(phone).json()["links"]] == [None, None]


# Everyone's answers.


def test_every_event_says_through_which_link_it_came(phone: Phone):
    phone.start(an_event())
    helper = let_in(phone)
    helper.sync(an_event(author_role="helper"))
    reply = phone.sync().json()
    assert [each["participant"] for each in reply["events"]] == [helper.link_id]
    names = {each["id"]: each["name"] for each in reply["participants"]}
    assert names == {phone.response_id: "", helper.link_id: "Anna"}
    assert reply["me"] == phone.response_id


def test_what_the_patient_answers_alone_is_hidden_from_helpers_and_nobody_else(phone: Phone):
    before = an_event(link_id="leg-pain", value=9)
    phone.start(before)
    helper, reader = let_in(phone), let_in(phone, role="read")
    assert [each["value"] for each in helper.sync().json()["events"]] == [9]
    masked = an_event(link_id="leg-pain", value=MASKED)
    phone.sync(masked, an_event(link_id="leg-pain", value=7), an_event(value="open"))
    late = helper.twin()
    assert [each["value"] for each in late.sync().json()["events"]] == [MASKED, "open"]
    assert [each["value"] for each in reader.sync().json()["events"]] == [9, MASKED, 7, "open"]


# Making and ending.


def test_only_the_hash_of_a_links_secret_and_no_name_is_stored(phone: Phone, engine: Engine):
    phone.start(an_event())
    guest = let_in(phone, name=CANARY, relationship=CANARY)
    with engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM access_link")).all())
    assert guest.secret not in stored
    assert CANARY not in stored


def test_making_a_link_again_changes_nothing(phone: Phone):
    phone.start()
    guest = let_in(phone)
    url = f"{phone.url}/links/{guest.link_id}"
    again = phone.client.put(
        url, json=a_link(guest.secret, name="Other", role="read"), headers=phone.headers
    )
    assert (again.json()["name"], again.json()["role"]) == ("Anna", "helper")
    assert len(links(phone).json()["links"]) == 2


def test_id_and_secret_of_another_link_are_refused(phone: Phone, client: TestClient):
    phone.start()
    guest = let_in(phone)
    other = Phone(client)
    other.start()
    for url, secret in [
        (f"{other.url}/links/{guest.link_id}", secrets.token_urlsafe(32)),
        (f"{other.url}/links/{uuid4()}", guest.secret),
    ]:
        reply = client.put(url, json=a_link(secret), headers=other.headers)
        assert_error(reply, 409, "id-reused")
    assert len(links(other).json()["links"]) == 1
    assert guest.sync().status_code == 200


def test_ended_link_opens_nothing_at_once_and_its_answers_stay(phone: Phone):
    phone.start(an_event())
    helper = let_in(phone)
    theirs = an_event(author_role="helper")
    helper.sync(theirs)
    assert end(phone, helper.link_id).status_code == 204
    assert_error(helper.sync(), 404, "unknown-response")
    assert_error(open_with(phone.client, helper.secret), 404, "unknown-response")
    reply = phone.sync().json()
    assert [each["id"] for each in reply["events"]] == [theirs["id"]]
    assert [each["has_ended"] for each in reply["participants"]] == [False, True]
    assert end(phone, helper.link_id).status_code == 204


def test_own_link_and_unknown_links_cannot_be_ended(phone: Phone, client: TestClient):
    phone.start()
    assert_error(end(phone, phone.response_id), 422, "own-link")
    other = Phone(client)
    other.start()
    for link_id in (str(uuid4()), other.response_id):
        assert_error(end(phone, link_id), 404, "unknown-link")


def test_link_ends_by_itself(phone: Phone, clock: Clock):
    phone.start()
    guest = let_in(phone, days=7)
    clock.advance(days=7, seconds=-1)
    assert guest.sync().status_code == 200
    clock.advance(seconds=1)
    assert_error(guest.sync(), 404, "unknown-response")
    assert phone.sync().status_code == 200


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"role": "owner"}, "role"),
        ({"days": 0}, "days"),
        ({"days": 91}, "days"),
        ({"name": "x" * 81}, "name"),
        ({"secret_sha256": "x"}, "secret_sha256"),
        ({"can_manage": True}, "can_manage"),
    ],
)
def test_malformed_link_is_named_by_its_place(phone: Phone, change: dict, where: str):
    phone.start()
    reply = phone.client.put(
        f"{phone.url}/links/{uuid4()}",
        json=a_link(secrets.token_urlsafe(32)) | change,
        headers=phone.headers,
    )
    problems = assert_error(reply, 422, "invalid-content")
    assert [each["where"] for each in problems] == [where]


def test_only_so_many_links_can_be_made(phone: Phone, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("fbss_app.server.services.links.MAX_LINKS", 2)
    phone.start()
    let_in(phone)
    reply = phone.client.put(
        f"{phone.url}/links/{uuid4()}",
        json=a_link(secrets.token_urlsafe(32)),
        headers=phone.headers,
    )
    assert_error(reply, 422, "too-many-links")


# Opening.


def test_opening_a_link_tells_what_it_is_however_often(phone: Phone):
    phone.start(an_event())
    guest = let_in(phone)
    for _ in range(10):
        body = open_with(phone.client, guest.secret).json()
    assert body["response_id"] == phone.response_id
    assert (body["role"], body["name"], body["can_manage"]) == ("helper", "Anna", False)
    assert body["participant"] == guest.link_id
    assert (body["questionnaire"], body["version"]) == ("small", "1")


def test_wrong_ended_and_expired_links_get_the_same_reply(phone: Phone, clock: Clock):
    phone.start()
    ended, expired = let_in(phone), let_in(phone, days=1)
    end(phone, ended.link_id)
    clock.advance(days=2)
    replies = [
        open_with(phone.client, secret)
        for secret in (secrets.token_urlsafe(32), ended.secret, expired.secret)
    ]
    assert len({reply.content for reply in replies}) == 1
    assert_error(replies[0], 404, "unknown-response")


# Codes.


def make_code(phone: Phone, year: int = 1960) -> str:
    reply = phone.client.put(
        f"{phone.url}/code", json={"year_of_birth": year}, headers=phone.headers
    )
    assert reply.status_code == 200, reply.text
    return reply.json()["code"]


def open_code(client: TestClient, code: str, year: int = 1960):
    body = {"code": code, "year_of_birth": year}
    return client.post("/api/v1/links/open-with-code", json=body)


def came_with(phone: Phone, reply) -> Phone:
    body = reply.json()
    return Phone(phone.client, body["response_id"], body["secret"])


def test_code_and_year_give_a_phone_a_link_of_its_own_again_and_again(phone: Phone):
    event = an_event()
    phone.start(event)
    code = make_code(phone)
    typed = f" {code[:5].lower()} - {code[5:]}"
    for _ in range(10):
        other = came_with(phone, open_code(phone.client, typed))
        assert [each["id"] for each in other.sync().json()["events"]] == [event["id"]]
    assert links(other).status_code == 200


def test_wrong_code_and_wrong_year_get_the_same_reply(phone: Phone):
    phone.start()
    code = make_code(phone)
    wrong_year = open_code(phone.client, code, 1961)
    assert_error(wrong_year, 404, "unknown-code")
    assert open_code(phone.client, "2222222222").content == wrong_year.content


def test_code_is_locked_after_five_wrong_years_and_a_new_one_works(phone: Phone):
    phone.start()
    code = make_code(phone)
    for year in range(1961, 1966):
        assert_error(open_code(phone.client, code, year), 404, "unknown-code")
    assert_error(open_code(phone.client, code), 404, "unknown-code")
    assert open_code(phone.client, make_code(phone)).status_code == 200


def test_right_year_forgives_the_wrong_ones_before_it(phone: Phone):
    phone.start()
    code = make_code(phone)
    for _ in range(3):
        for year in range(1961, 1965):
            open_code(phone.client, code, year)
        assert open_code(phone.client, code).status_code == 200


def test_new_code_replaces_the_earlier_one(phone: Phone):
    phone.start()
    first = make_code(phone)
    second = make_code(phone)
    assert_error(open_code(phone.client, first), 404, "unknown-code")
    assert open_code(phone.client, second).status_code == 200


def test_code_ends_with_its_time_and_with_its_link(phone: Phone, clock: Clock):
    phone.start()
    other = let_in(phone, role="patient", days=90)
    code = make_code(other)
    through_code = came_with(phone, open_code(phone.client, code))
    end(phone, other.link_id)
    assert_error(open_code(phone.client, code), 404, "unknown-code")
    assert_error(through_code.sync(), 404, "unknown-response")
    own = make_code(phone)
    clock.advance(days=29)
    phone.sync()
    clock.advance(days=2)
    assert_error(open_code(phone.client, own), 404, "unknown-code")


def test_neither_code_nor_year_is_stored(phone: Phone, engine: Engine):
    phone.start()
    code = make_code(phone, 1957)
    with engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM return_code")).all())
    assert code not in stored
    # Within a mark of 64 random digits these four can stand by chance.
    assert not re.search(r"(?<![0-9a-f])1957(?![0-9a-f])", stored)
