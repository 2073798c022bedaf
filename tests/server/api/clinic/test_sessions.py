from http.cookies import SimpleCookie

import pytest
from fastapi import APIRouter, FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api import rate_table
from fbss_app.server.api.clinic.guard import CurrentStaff
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.staff.sessions import (
    SignedOutError,
    begin_session,
    check_session,
    give_ticket,
)
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import Clock, assert_error
from tests.server.services.clinic.staff import make_clinic, make_staff

OWN = {"Origin": "https://clinic.example", "Sec-Fetch-Site": "same-origin"}
SESSION, LOG_OUT = "/api/clinic/session", "/api/clinic/log-out"


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"public_url": "https://clinic.example"})


@pytest.fixture
def client(api: FastAPI):
    with TestClient(api, base_url="https://clinic.example", follow_redirects=False) as client:
        yield client


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


@pytest.fixture
def ticket(database: Database, staff: Staff, clock: Clock) -> str:
    with database.unit_of_work() as unit:
        return give_ticket(unit, staff.id, clock.time)


def test_ticket_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends_along(
    client: TestClient, ticket: str, database: Database, staff: Staff, clock: Clock
):
    reply = client.post(SESSION, data={"ticket": ticket}, headers=OWN)
    assert (reply.status_code, reply.headers["location"]) == (303, "/clinic")
    assert reply.headers["cache-control"] == "no-store"
    (header,) = reply.headers.get_list("set-cookie")
    cookie = SimpleCookie(header)["__Host-staff"]
    assert len(cookie.value) == 43
    attributes = {each.strip().lower() for each in header.split(";")[1:]}
    assert attributes == {"httponly", "secure", "samesite=lax", "path=/"}
    assert check_session(database, hash_secret(cookie.value), clock.time) == staff


def test_ticket_that_begins_nothing_leads_back_to_the_log_in(client: TestClient, ticket: str):
    client.post(SESSION, data={"ticket": ticket}, headers=OWN)
    for content in (
        f"ticket={ticket}",
        "ticket=",
        "",
        "&" * 20,
        "ticket=\xff\x00%00",
        f"ticket={'x' * 2000}",
        '{"ticket": 1}',
    ):
        reply = client.post(SESSION, content=content.encode(), headers=OWN)
        assert (reply.status_code, reply.headers["location"]) == (
            303,
            "/clinic/log-in?problem=ticket",
        )
        assert "set-cookie" not in reply.headers


def test_tickets_cannot_be_tried_out(client: TestClient, ticket: str):
    for _ in range(rate_table.WRONG_TICKET.calls):
        client.post(SESSION, data={"ticket": "wrong"}, headers=OWN)
    reply = client.post(SESSION, data={"ticket": ticket}, headers=OWN)
    assert reply.headers["location"] == "/clinic/log-in?problem=ticket"


def test_log_out_ends_the_session_and_takes_the_cookie(
    client: TestClient, ticket: str, database: Database, clock: Clock
):
    client.post(SESSION, data={"ticket": ticket}, headers=OWN)
    token = client.cookies["__Host-staff"]
    reply = client.post(LOG_OUT, headers=OWN)
    assert (reply.status_code, reply.headers["location"]) == (
        303,
        "/clinic/log-in?problem=logged-out",
    )
    (header,) = reply.headers.get_list("set-cookie")
    assert header.startswith('__Host-staff="";')
    assert "Max-Age=0" in header
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= {
        each.strip().lower() for each in header.split(";")
    }
    with pytest.raises(SignedOutError):
        check_session(database, hash_secret(token), clock.time)
    assert client.post(LOG_OUT, headers=OWN).status_code == 303


@pytest.mark.parametrize("path", [SESSION, LOG_OUT])
@pytest.mark.parametrize(
    "headers",
    [
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
        {**OWN, "Sec-Fetch-Site": "none"},
        {**OWN, "Origin": "https://evil.example"},
        {**OWN, "Origin": "https://clinic.example.evil.example"},
        {**OWN, "Origin": "http://clinic.example"},
        {**OWN, "Origin": "https://clinic.example:444"},
        {**OWN, "Origin": "https://evil.example", "Host": "evil.example"},
        {**OWN, "Origin": "null"},
        {"Sec-Fetch-Site": "same-origin"},
        {},
    ],
)
def test_page_of_another_site_changes_nothing(
    client: TestClient,
    ticket: str,
    database: Database,
    clock: Clock,
    path: str,
    headers: dict[str, str],
):
    token = begin_session(database, ticket, clock.time)
    client.cookies.set("__Host-staff", token)
    reply = client.post(path, data={"ticket": "x"}, headers=headers)
    assert_error(reply, 403, "cross-site")
    assert "set-cookie" not in reply.headers
    assert check_session(database, hash_secret(token), clock.time)


@pytest.mark.parametrize("path", [SESSION, LOG_OUT])
def test_looking_changes_nothing(client: TestClient, path: str):
    assert_error(client.get(path), 405, "method-not-allowed")


def test_calls_of_the_log_in_are_not_described_to_others(api: FastAPI):
    described = set(api.openapi()["paths"])
    assert not described & {"/api/clinic/session", "/api/clinic/log-out"}


def test_guard_lets_in_who_is_logged_in(
    api: FastAPI, monkeypatch: pytest.MonkeyPatch, database: Database, ticket: str, clock: Clock
):
    rates = {**rate_table.RATES, "GET /api/clinic/who": (rate_table.ANY_CALL,)}
    monkeypatch.setattr(rate_table, "RATES", rates)
    monkeypatch.setattr(api.state.rate_limits, "_rates", rates)
    router = APIRouter(prefix="/api/clinic", route_class=GuardedRoute)

    @router.get("/who")
    def who(staff: CurrentStaff) -> str:
        return staff.id

    guarded = FastAPI()
    guarded.state = api.state
    guarded.include_router(router)
    client = TestClient(guarded, base_url="https://clinic.example")
    token = begin_session(database, ticket, clock.time)
    for cookie in ("", "__Host-staff=wrong", f"staff={token}", "__Host-staff="):
        refused = client.get("/api/clinic/who", headers={"Cookie": cookie})
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "signed-out")
    own = {"Cookie": f"a=b; __Host-staff={token}; c=d"}
    assert client.get("/api/clinic/who", headers=own).status_code == 200
    clock.advance(minutes=15)
    assert client.get("/api/clinic/who", headers=own).status_code == 401
