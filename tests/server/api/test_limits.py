import json

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from tests.server.builders import Phone, a_consent, an_event, assert_error

JSON = {"Content-Type": "application/json"}


def post(phone: Phone, content, **headers: str):
    return phone.client.post(
        f"{phone.url}/sync", content=content, headers={**phone.headers, **JSON, **headers}
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"{",
        b"{} {}",
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 2}',
        b'{"a": "\xff"}',
        b'\xef\xbb\xbf{"a": 1}',
        '{"a": 1}'.encode("utf-16"),
        b"[" * 20_000,
        b'{"a":' * 4_000,
    ],
    ids=lambda content: repr(content[:20]),
)
def test_what_is_not_json_is_refused_as_such(phone: Phone, content: bytes):
    assert_error(post(phone, content), 400, "malformed-json")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1e999", "number-out-of-range"),
        ("-1e999", "number-out-of-range"),
        ("9007199254740992", "number-out-of-range"),
        ("9" * 5_000, "number-out-of-range"),
        ("-" + "9" * 5_000, "number-out-of-range"),
        (r'"a\ud800"', "unusable-text"),
        (r'"\udc00\ud800"', "unusable-text"),
        (r'"a\u0000b"', "unusable-text"),
        (r'{"\u0000": 1}', "unusable-text"),
        (r'{"\ud800": 1}', "unusable-text"),
        ("[" * 30 + "]" * 30, "too-deep"),
        ('{"a":' * 30 + "1" + "}" * 30, "too-deep"),
    ],
    ids=lambda value: value[:12],
)
def test_value_no_database_can_keep_is_refused_with_its_place(
    phone: Phone, engine: Engine, value: str, code: str
):
    event = json.dumps(an_event(value="HERE")).replace('"HERE"', value)
    body = json.dumps(phone.body(consent=a_consent())).replace("[]", f"[{event}]")
    problems = assert_error(post(phone, body.encode()), 422, "invalid-content")
    assert problems[0]["code"] == code
    assert problems[0]["where"].startswith("events[0].value")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM response")).scalar() == 0


def test_surrogate_pair_is_ordinary_text(phone: Phone):
    event = an_event(value="\U0001f600")
    assert r"\ud83d\ude00" in json.dumps(event)
    reply = post(phone, json.dumps(phone.body(event, consent=a_consent())).encode())
    assert reply.status_code == 200


def test_name_of_an_unknown_field_comes_back_harmless(phone: Phone):
    name = "é\x7f<script>" + "x" * 500
    problems = assert_error(post(phone, json.dumps({name: 1})), 422, "invalid-content")
    assert max(len(each["where"]) for each in problems) <= 120


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "application/json; charset=utf-16",
        "nonsense; ;;=",
    ],
)
def test_other_media_type_is_refused(phone: Phone, content_type: str):
    reply = post(phone, b"{}", **{"Content-Type": content_type})
    assert_error(reply, 415, "unsupported-media-type")


def test_compressed_body_is_refused(phone: Phone):
    reply = post(phone, b"{}", **{"Content-Encoding": "gzip"})
    assert_error(reply, 415, "unsupported-media-type")


@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "APPLICATION/JSON"])
def test_json_in_utf_8_may_say_so(phone: Phone, content_type: str):
    content = json.dumps(phone.body(consent=a_consent()))
    assert post(phone, content, **{"Content-Type": content_type}).status_code == 200


def test_body_up_to_the_limit_is_read_and_one_byte_more_is_not(phone: Phone):
    content = json.dumps(phone.body(consent=a_consent())).encode()
    assert post(phone, content.ljust(20_000)).status_code == 200
    assert_error(post(phone, content.ljust(20_001)), 413, "too-large")


def test_endless_body_is_cut_off_while_it_arrives(client: TestClient):
    sent = 0

    def endless():
        nonlocal sent
        while sent < 10_000_000:
            sent += 1_000
            yield b" " * 1_000

    assert_error(post(Phone(client), endless()), 413, "too-large")


async def _call(api, messages: list[dict], headers: list[tuple[bytes, bytes]]) -> list[dict]:
    sent: list[dict] = []
    pending = iter(messages)

    async def receive() -> dict:
        return next(pending)

    async def send(message) -> None:
        sent.append(message)

    path = "/api/v1/responses/00000000-0000-4000-8000-000000000000/sync"
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), *headers],
    }
    await api(scope, receive, send)
    return sent


@pytest.mark.anyio
async def test_untrue_content_length_is_not_believed(api):
    chunks = [{"type": "http.request", "body": b" " * 9_000, "more_body": True}] * 3
    sent = await _call(api, chunks, [(b"content-length", b"5")])
    assert sent[0]["status"] == 413


@pytest.mark.anyio
async def test_broken_off_body_is_an_error_of_the_caller(api):
    messages = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent = await _call(api, messages, [])
    assert sent[0]["status"] == 400


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
