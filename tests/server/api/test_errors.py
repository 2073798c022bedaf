import logging

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.v1 import responses
from tests.server.builders import CANARY, Phone, a_consent, an_event, assert_error

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def test_every_route_and_method_fails_in_the_one_shape(api: FastAPI, client: TestClient):
    paths = [*api.openapi()["paths"], "/api/nothing", "/api/v1/responses", "/api/v1/"]
    for path in paths:
        url = path.replace("{response_id}", "00000000-0000-4000-8000-000000000000")
        for method in METHODS:
            reply = client.request(method, url)
            if reply.status_code == 200:
                continue
            assert_error(reply, reply.status_code, reply.json()["error"]["code"])
            # Without a log-in, the staff side says so before anything else.
            expected = {401, 403, 404} if "/api/clinic/" in path else {404}
            assert reply.status_code in {*expected, 405, 415, 422}, (method, path)
            if reply.status_code == 405:
                assert method not in reply.headers["allow"]


def test_error_of_a_path_outside_the_api_keeps_its_shape(client: TestClient):
    assert client.get("/nothing").json() == {"detail": "Not Found"}


def fail_with_the_answer(*arguments):
    raise RuntimeError(f"boom {arguments}")


def test_unexpected_error_has_a_reference_and_gives_nothing_away(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(responses, "sync_response", fail_with_the_answer)
    reply = phone.sync(an_event(value=CANARY), consent=a_consent())
    assert_error(reply, 500, "unexpected-error")
    assert CANARY not in reply.text
    assert "boom" not in reply.text
    reference = reply.json()["error"]["message"].rstrip(".").rsplit(" ", 1)[1]
    assert reference in caplog.text
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text
    assert phone.secret not in caplog.text


def test_no_log_line_holds_an_answer_or_a_secret(phone: Phone, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    event = an_event(value=CANARY)
    phone.start(event)
    phone.sync(event | {"value": CANARY + "2"})
    phone.sync(an_event(value=[CANARY]), an_event(link_id=CANARY), an_event(author_role=CANARY))
    phone.sync(an_event(value=CANARY), **{CANARY: 1})
    phone.client.post(
        f"{phone.url}/sync",
        content=f'{{"{CANARY}"',
        headers={**phone.headers, "Content-Type": "application/json"},
    )
    phone.twin(secret=phone.secret[:-1] + "~").sync(an_event(value=CANARY))
    phone.twin().sync()
    phone.erase()
    assert phone.response_id in caplog.text
    assert CANARY not in caplog.text
    assert phone.secret[:-1] not in caplog.text
