import logging
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from fbss_app.server.services.access import hash_secret
from fbss_app.server.staff_socket import StaffSocket

ORIGIN = "https://clinic.example"
TAB = "11111111-2222-4333-8444-555555555555"
COPY = "99999999-2222-4333-8444-555555555555"


def seen(connection: Request | WebSocket) -> dict[str, Any]:
    return {
        "headers": [[name, value] for name, value in connection.headers.items()],
        "query": parse_qs(connection.url.query, keep_blank_values=True),
    }


async def socket(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_json(seen(websocket))
    if "quoted" in websocket.url.query:
        await websocket.send_text(f'42/_event,["event",["new_token","{COPY}"]]')
    if "copied" in websocket.url.query:
        await websocket.send_text(f'42/_event,["new_token","{COPY}"]')
    await websocket.close()


async def page(request: Request):
    return JSONResponse(seen(request))


@pytest.fixture
def client():
    app = Starlette(
        routes=[
            Mount("/_event", routes=[WebSocketRoute("/", socket), Route("/", page)]),
            Route("/_upload", page, methods=["POST"]),
            Route("/{path:path}", page),
        ]
    )
    return TestClient(StaffSocket(app, ORIGIN), base_url=ORIGIN)


def connect(client: TestClient, query: str = f"token={TAB}", **headers: str) -> dict[str, Any]:
    sent = {"Origin": ORIGIN} | {name.replace("_", "-"): value for name, value in headers.items()}
    with client.websocket_connect(f"/_event/?{query}", headers=sent) as websocket:
        found = websocket.receive_json()
        if "copied" in query or "quoted" in query:
            websocket.receive_text()
        return found


def token_of(found: dict[str, Any]) -> str:
    (token,) = found["query"]["token"]
    return token


def test_hash_of_the_session_takes_the_place_of_the_cookie(client: TestClient):
    found = connect(client, Cookie="a=b; __Host-staff=secret-token; c=d", User_Agent="browser")
    headers = dict(found["headers"])
    assert headers["x-staff-session"] == hash_secret("secret-token")
    assert headers["user-agent"] == "browser"
    assert "cookie" not in headers
    assert "secret-token" not in str(found)


@pytest.mark.parametrize("cookie", ["", "a=b", "__Host-staff=", "x__Host-staff=y"])
def test_without_a_cookie_the_session_is_empty(client: TestClient, cookie: str):
    assert ["x-staff-session", ""] in connect(client, Cookie=cookie)["headers"]


@pytest.mark.parametrize(
    "name", ["x-staff-session", "X-Staff-Session", "x_staff_session", "x-staff-network"]
)
def test_nobody_says_themselves_which_session_they_have_or_where_they_are(
    client: TestClient, name: str
):
    headers = {"Origin": ORIGIN, name: "forged"}
    with client.websocket_connect(f"/_event/?token={TAB}", headers=headers) as websocket:
        found = websocket.receive_json()
    assert "forged" not in str(found)


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}], ids=str
)
def test_page_of_another_site_opens_no_socket(
    client: TestClient, headers: dict[str, str], caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.WARNING)
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_event/?token=x", headers=headers),
    ):
        pass
    assert client.get("/_event/?transport=polling", headers=headers).status_code == 403
    assert client.post("/_upload", headers=headers).status_code == 403
    assert "evil.example" not in caplog.text


def test_tab_finds_what_it_had_only_with_the_same_session(client: TestClient):
    own = token_of(connect(client, Cookie="__Host-staff=one"))
    assert str(UUID(own)) == own
    assert UUID(own).version == 4
    assert token_of(connect(client, Cookie="__Host-staff=one")) == own
    others = {
        TAB,
        token_of(connect(client)),
        token_of(connect(client, Cookie="__Host-staff=two")),
        token_of(connect(client, f"token={COPY}", Cookie="__Host-staff=one")),
        # Not even by the token under which the server has it.
        token_of(connect(client, f"token={own}", Cookie="__Host-staff=one")),
        token_of(connect(client, f"token={own}")),
    }
    assert own not in others
    assert len(others) == 6


def test_rest_of_the_query_stays_and_no_second_token_slips_through(client: TestClient):
    query = f"EIO=4&transport=websocket&token={TAB}&token={COPY}&%74oken={TAB}&empty="
    found = connect(client, query)["query"]
    assert (found["EIO"], found["transport"], found["empty"]) == (["4"], ["websocket"], [""])
    assert len(found["token"]) == 3
    assert not {TAB, COPY} & set(found["token"])


def test_copied_tab_keeps_the_token_it_was_given_in_its_own_session_only(client: TestClient):
    connect(client, f"token={TAB}&copied=1", Cookie="__Host-staff=one")
    assert token_of(connect(client, f"token={COPY}", Cookie="__Host-staff=one")) == COPY
    assert token_of(connect(client, f"token={COPY}", Cookie="__Host-staff=two")) != COPY
    assert token_of(connect(client, f"token={COPY}")) != COPY


def test_what_merely_looks_like_a_new_token_opens_no_tab(client: TestClient):
    connect(client, f"token={TAB}&quoted=1", Cookie="__Host-staff=one")
    assert token_of(connect(client, f"token={COPY}", Cookie="__Host-staff=one")) != COPY


def test_upload_reaches_the_same_tab(client: TestClient):
    cookie = {"Cookie": "__Host-staff=one"}
    own = token_of(connect(client, **cookie))
    sent = {"Origin": ORIGIN, "Reflex-Client-Token": TAB, **cookie}
    headers = dict(client.post("/_upload", headers=sent).json()["headers"])
    assert headers["reflex-client-token"] == own
    assert "cookie" not in headers


def test_another_process_knows_no_tab_of_this_one(client: TestClient):
    other = TestClient(StaffSocket(client.app._app, ORIGIN), base_url=ORIGIN)  # type: ignore
    assert token_of(connect(client)) != token_of(connect(other))


def test_everything_else_is_handed_through(client: TestClient):
    headers = {"Cookie": "__Host-staff=one", "X-Staff-Session": "x"}
    for path in ("/", "/api/clinic/session", "/_events", f"/page?token={TAB}"):
        found = client.get(path, headers=headers).json()
        assert dict(found["headers"])["cookie"] == "__Host-staff=one"
        assert found["query"].get("token", [TAB]) == [TAB]


def test_where_a_log_in_comes_from_is_told_by_the_connection(client: TestClient):
    found = connect(client, X_Forwarded_For="203.0.113.9")
    # Nobody trusts a proxy here, so what the header says counts for nothing.
    assert dict(found["headers"])["x-staff-network"] == "testclient"
