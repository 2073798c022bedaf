import json
import re
from collections.abc import Iterator
from io import StringIO
from ipaddress import ip_network

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from fbss_app.server.api.access_log import AccessLog, BrokenReplyError
from fbss_app.server.api.v1 import responses
from tests.server.builders import CANARY, Phone, a_consent, an_event, assert_error
from tests.server.log_lines import captured_log

ID = "0123456789abcdef0123456789abcdef"
HEX = re.compile("[0-9a-f]{32}")


@pytest.fixture
def log() -> Iterator[StringIO]:
    with captured_log() as stream:
        yield stream


def lines(log: StringIO, event: str = "api-call") -> list[dict]:
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [each for each in found if each["event"] == event]


def without(line: dict) -> dict:
    return {k: v for k, v in line.items() if k not in {"time", "milliseconds", "correlation_id"}}


def test_each_call_is_one_line_with_its_route_not_its_address(phone: Phone, log: StringIO):
    phone.start(an_event())
    phone.client.post(f"{phone.url}/sync?{CANARY}=1", json={}, headers=phone.headers)
    phone.erase()
    found = lines(log)
    assert [(each["method"], each["route"], each["status"]) for each in found] == [
        ("POST", "/api/v1/responses/{response_id}/sync", 200),
        ("POST", "/api/v1/responses/{response_id}/sync", 422),
        ("DELETE", "/api/v1/responses/{response_id}", 204),
    ]
    assert all(0 < each["milliseconds"] < 60_000 for each in found)
    assert set(without(found[0])) == {"level", "event", "logger", "method", "route", "status"}
    assert CANARY not in log.getvalue()


def test_wrong_address_and_method_are_logged_without_what_was_asked_for(
    client: TestClient, log: StringIO
):
    client.get(f"/api/{CANARY}")
    client.request(CANARY, "/api/v1/responses/x/sync")
    assert [(each["method"], each["status"]) for each in lines(log)] == [
        ("GET", 404),
        ("other", 405),
    ]
    assert CANARY not in log.getvalue()


def test_health_checks_and_pages_get_no_line_and_no_id(client: TestClient, log: StringIO):
    for path in ("/healthz", "/readyz", "/", "/apiary"):
        assert "x-request-id" not in client.get(path).headers
    assert lines(log) == []


def test_reply_carries_the_id_of_its_log_lines(phone: Phone, log: StringIO):
    reply = phone.start(an_event())
    other = phone.sync()
    found = reply.headers["x-request-id"]
    assert HEX.fullmatch(found)
    assert other.headers["x-request-id"] != found
    events = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [each["event"] for each in events if each["correlation_id"] == found] == [
        "response-synced",
        "api-call",
    ]


def test_reference_of_an_unexpected_error_is_the_id(phone: Phone, log: StringIO, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError(CANARY)

    monkeypatch.setattr(responses, "sync_response", fail)
    reply = phone.sync(an_event(), consent=a_consent())
    found = reply.headers["x-request-id"]
    assert f"give the reference {found}." in reply.json()["error"]["message"]
    (line,) = lines(log, "unexpected-error")
    assert (line["reference"], line["correlation_id"]) == (found, found)
    assert line["exception"] == "RuntimeError"
    assert any("test_access_log.py" in frame for frame in line["frames"])
    assert CANARY not in log.getvalue() + reply.text


# Who may name the id.


def around(app, *trusted: str) -> AccessLog:
    return AccessLog(app, tuple(ip_network(each) for each in trusted))


async def say_hello(scope, receive, send):
    await PlainTextResponse("hello")(scope, receive, send)


@pytest.mark.parametrize(
    ("peer", "given", "is_taken"),
    [
        ("10.0.0.5", ID, True),
        ("10.0.0.5", "01234567-89ab-cdef-0123-456789abcdef", True),
        ("10.0.0.5", f"{ID}0", False),
        ("10.0.0.5", f"{ID[:-1]}\\", False),
        ("10.0.0.5", ID.upper(), False),
        ("203.0.113.7", ID, False),
    ],
)
def test_id_is_taken_from_a_trusted_proxy_in_the_right_form_only(
    peer: str, given: str, is_taken: bool, log: StringIO
):
    client = TestClient(around(say_hello, "10.0.0.0/8"), client=(peer, 1))
    reply = client.get("/api/x", headers={"X-Request-Id": given})
    assert (reply.headers["x-request-id"] == ID) is is_taken
    assert HEX.fullmatch(reply.headers["x-request-id"])
    assert lines(log)[0]["correlation_id"] == reply.headers["x-request-id"]


def test_proxy_that_the_settings_do_not_name_is_noticed_once(log: StringIO):
    client = TestClient(around(say_hello), client=("10.0.0.5", 1))
    for _ in range(3):
        client.get("/api/x", headers={"X-Forwarded-For": "203.0.113.7"})
    (line,) = lines(log, "forwarded-address-ignored")
    assert line["setting"] == "FBSS_TRUSTED_PROXIES"
    assert "203.0.113.7" not in log.getvalue()
    assert "10.0.0.5" not in log.getvalue()


def test_named_proxy_is_nothing_to_notice(log: StringIO):
    client = TestClient(around(say_hello, "10.0.0.5"), client=("10.0.0.5", 1))
    client.get("/api/x", headers={"X-Forwarded-For": "203.0.113.7"})
    assert lines(log, "forwarded-address-ignored") == []


# What fails outside of every route.


async def fail_at_once(scope, receive, send):
    raise RuntimeError(CANARY)


async def fail_midway(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError(CANARY)


def test_failure_outside_of_every_route_is_answered_and_logged_alike(log: StringIO):
    reply = TestClient(around(fail_at_once)).get("/api/x")
    reply.headers["cache-control"] = "no-store"  # A layer further out adds it.
    assert_error(reply, 500, "unexpected-error")
    assert reply.headers["x-request-id"] in reply.text
    assert lines(log)[0]["status"] == 500
    assert CANARY not in log.getvalue() + reply.text


def test_reply_that_breaks_off_is_cut_without_a_word_of_why(log: StringIO):
    with pytest.raises(BrokenReplyError) as caught:
        TestClient(around(fail_midway)).get("/api/x")
    assert caught.value.__suppress_context__
    assert lines(log, "unexpected-error")[0]["exception"] == "RuntimeError"
    assert CANARY not in log.getvalue()


def test_api_behind_other_layers_logs_the_same(api: FastAPI, log: StringIO):
    api.mount("", Starlette(routes=[Route("/", say_hello)]))
    client = TestClient(Starlette(routes=[Mount("", api)]))
    Phone(client).start(an_event())
    assert lines(log)[0]["route"] == "/api/v1/responses/{response_id}/sync"
