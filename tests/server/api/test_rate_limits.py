"""Limits on the real API, and on stand-ins for calls that open a link."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import anyio
import httpx2
import pytest
import redis as redis_client
from fastapi import APIRouter, Body, FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.app import utc_now
from fbss_app.server.api.context import ApiContext
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.api.rate_limits import RateLimits
from fbss_app.server.api.rate_table import BEGIN, RATES, Rate
from fbss_app.server.api.security import ResponseSecret
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import Phone, a_consent, an_event, assert_error, make_keys
from tests.server.redis_server import RedisServer
from tests.server.wall_clock import WallClock

ROOM = "203.0.113.7"
ELSEWHERE = "198.51.100.23"
RIGHT_CODES = {f"ABCDE-{n:05}".translate(str.maketrans("01", "XY")) for n in range(40)}
RIGHT_SECRETS = [secrets.token_urlsafe(32) for _ in range(40)]
YEAR = 1950
SYNC_CALL = "POST /api/v1/responses/{response_id}/sync"

Caller = Callable[[str], TestClient]


@pytest.fixture
def caller(api: FastAPI, wall_clock: WallClock, client: TestClient) -> Caller:
    """Make clients that call from an address of choice."""
    return lambda address: TestClient(api, client=(address, 50_000))


@pytest.fixture
def plain_settings(tmp_path: Path) -> Settings:
    """Settings of a place that has no database yet, for calls that need none."""
    return Settings(_env_file=None, data_dir=tmp_path)


@pytest.fixture
def doors(plain_settings: Settings, wall_clock: WallClock) -> Caller:
    """An application with the rates of the two calls that open a link, and nothing behind."""
    router = APIRouter(prefix="/api/v1/links", route_class=GuardedRoute)

    @router.post("/open")
    def open_link(secret: ResponseSecret) -> dict[str, str]:
        if secret not in RIGHT_SECRETS:
            raise RefusedError("unknown-response", "Nothing is saved here.", status_code=404)
        return {}

    @router.post("/open-with-code")
    def open_with_code(
        code: Annotated[str, Body()], year_of_birth: Annotated[int, Body()]
    ) -> dict[str, str]:
        if code not in RIGHT_CODES or year_of_birth != YEAR:
            raise RefusedError("unknown-code", "Nothing is saved here.", status_code=404)
        return {}

    app = FastAPI()
    app.include_router(router)

    app.state.context = ApiContext(
        plain_settings,
        {},
        Database(plain_settings.database_url, make_keys),
        utc_now,
        CallCounter(None),
    )
    app.state.rate_limits = RateLimits(plain_settings)
    return lambda address: TestClient(app, client=(address, 50_000))


def with_calls(calls: int) -> dict[str, tuple[Rate, ...]]:
    """Make the table of rates with the same small number everywhere."""
    return {
        call: tuple(replace(rate, calls=calls) for rate in rates) for call, rates in RATES.items()
    }


def open_link(client: TestClient, secret: str | None = None) -> Any:
    headers = {"X-Response-Secret": secret or secrets.token_urlsafe(32)}
    return client.post("/api/v1/links/open", headers=headers)


def open_code(client: TestClient, code: str, year: int = YEAR) -> Any:
    return client.post("/api/v1/links/open-with-code", json={"code": code, "year_of_birth": year})


def a_guess() -> str:
    return "".join(secrets.choice("23456789ABCDEFGH") for _ in range(10))


def assert_too_many(reply: Any) -> int:
    """Check a refusal, and return the seconds to wait."""
    assert (reply.status_code, reply.json()["error"]["code"]) == (429, "too-many-calls")
    wait = reply.headers["retry-after"]
    assert wait.isdecimal()
    assert int(wait) >= 1
    return int(wait)


# One phone.


def test_phone_that_syncs_too_often_is_told_when_to_come_again(
    caller: Caller, wall_clock: WallClock
):
    phone = Phone(caller(ROOM))
    phone.start(an_event())
    for _ in range(59):
        assert phone.sync().status_code == 200
    reply = phone.sync(an_event(value="late"))
    assert_error(reply, 429, "too-many-calls")
    wait = assert_too_many(reply)
    wall_clock.advance(wait)
    wall_clock.advance(1)
    assert phone.sync().status_code == 200
    assert len(phone.twin().sync().json()["events"]) == 1, "the refused call stored nothing"


def test_one_phone_too_many_calls_of_another_in_the_room_go_on(caller: Caller):
    client = caller(ROOM)
    busy, calm = Phone(client), Phone(client)
    busy.start()
    while busy.sync().status_code == 200:
        pass
    assert calm.start(an_event()).status_code == 200
    assert calm.erase().status_code == 204


def test_stranger_who_knows_the_id_cannot_lock_the_owner_out(caller: Caller):
    owner = Phone(caller(ROOM))
    owner.start()
    stranger = Phone(caller(ELSEWHERE), owner.response_id)
    statuses = [stranger.sync().status_code for _ in range(80)]
    assert statuses == [404] * 10 + [429] * 70
    assert owner.sync().status_code == 200


def test_wrong_secrets_for_one_response_are_refused_after_ten_whatever_they_are(
    caller: Caller, wall_clock: WallClock
):
    client = caller(ROOM)
    owner = Phone(client)
    owner.start()
    for _ in range(10):
        assert owner.twin(secret=secrets.token_urlsafe(32)).sync().status_code == 404
    assert_too_many(owner.twin(secret=secrets.token_urlsafe(32)).sync())
    wall_clock.advance(601)
    assert owner.twin(secret=secrets.token_urlsafe(32)).sync().status_code == 404


def test_asking_for_what_is_not_there_is_no_guessing(caller: Caller):
    """The page to send from asks each time it is opened, and must not stop answers being saved."""
    phone = Phone(caller(ROOM))
    phone.start()
    for _ in range(25):
        reply = phone.client.get(f"{phone.url}/submission", headers=phone.headers)
        assert_error(reply, 404, "nothing-sent")
        phone.client.delete(f"{phone.url}/links/{uuid4()}", headers=phone.headers)
    assert phone.sync(an_event()).status_code == 200


def test_documents_are_made_ten_times_a_minute_for_one_link(caller: Caller, monkeypatch):
    phone = Phone(caller(ROOM))
    phone.start(an_event())
    monkeypatch.setattr("fbss_app.server.services.summary_pdf.summary_document", lambda *_: b"%PDF")
    url = f"{phone.url}/summary.pdf"
    replies = [phone.client.get(url, headers=phone.headers) for _ in range(11)]
    assert [each.status_code for each in replies] == [200] * 10 + [429]
    assert phone.sync().status_code == 200


def test_health_checks_are_never_refused(caller: Caller, api: FastAPI, settings: Settings):
    api.state.rate_limits = RateLimits(settings, with_calls(1))
    client = caller(ROOM)
    assert [Phone(client).sync().status_code for _ in range(2)] == [404, 429]
    for path in ("/healthz", "/readyz"):
        assert {client.get(path).status_code for _ in range(5)} == {200}


# Many phones behind one address.


def test_forty_phones_in_a_waiting_room_all_begin_save_and_erase(caller: Caller):
    client = caller(ROOM)
    phones = [Phone(client) for _ in range(40)]
    for phone in phones:
        phone.start(an_event())
    for _ in range(2):
        assert {phone.sync(an_event()).status_code for phone in phones} == {200}
    assert {phone.erase().status_code for phone in phones} == {204}


def test_one_address_begins_so_many_responses_and_no_more(
    caller: Caller, api: FastAPI, settings: Settings
):
    rates = RATES[SYNC_CALL]
    fewer = tuple(replace(each, calls=5) if each is BEGIN else each for each in rates)
    api.state.rate_limits = RateLimits(settings, {SYNC_CALL: fewer})
    client = caller(ROOM)
    phones = [Phone(client) for _ in range(6)]
    statuses = [phone.sync(consent=a_consent()).status_code for phone in phones]
    assert statuses == [200] * 5 + [429]
    assert {phone.sync().status_code for phone in phones[:5]} == {200}
    assert Phone(caller(ELSEWHERE)).start().status_code == 200


def test_larger_place_may_be_given_more(plain_settings: Settings, doors: Caller):
    client = doors(ROOM)
    larger = plain_settings.model_copy(update={"phones_per_address": 80})
    client.app.state.rate_limits = RateLimits(larger)  # type: ignore[attr-defined]
    statuses = [open_code(client, a_guess()).status_code for _ in range(61)]
    assert statuses == [404] * 60 + [429]


def test_flood_from_one_address_is_stopped_whatever_is_in_it(
    plain_settings: Settings, doors: Caller
):
    client = doors(ROOM)
    client.app.state.rate_limits = RateLimits(plain_settings, with_calls(5))  # type: ignore[attr-defined]
    statuses = [client.post("/api/v1/links/open").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert open_link(doors(ELSEWHERE), RIGHT_SECRETS[0]).status_code == 200


# Links and codes.


def test_forty_phones_open_their_links_and_codes_while_one_elsewhere_is_stopped(doors: Caller):
    room, elsewhere = doors(ROOM), doors(ELSEWHERE)
    guesses = [open_code(elsewhere, a_guess()).status_code for _ in range(100)]
    assert guesses == [404] * 30 + [429] * 70
    # With some mistakes in typing, as people make them.
    for _ in range(15):
        assert open_code(room, a_guess()).status_code == 404
    assert {open_code(room, code).status_code for code in RIGHT_CODES} == {200}
    assert {open_link(room, secret).status_code for secret in RIGHT_SECRETS} == {200}


def test_guesser_in_the_same_room_stops_no_links(doors: Caller, wall_clock: WallClock):
    room = doors(ROOM)
    for _ in range(30):
        open_code(room, a_guess())
    code = min(RIGHT_CODES)
    assert_too_many(open_code(room, a_guess()))
    assert_too_many(open_code(room, code))
    assert {open_link(room, secret).status_code for secret in RIGHT_SECRETS} == {200}
    wall_clock.advance(601)
    assert open_code(room, code).status_code == 200


def test_code_is_tried_five_times_in_all_spellings_and_from_everywhere(
    doors: Caller, wall_clock: WallClock
):
    spellings = ["ABCDE-XXXX2", "abcdexxxx2", " ABCDE XXXX2 ", "a-b-c-d-e-x-x-x-x-2", "ABCDEXXXX2"]
    for n, spelling in enumerate(spellings):
        assert open_code(doors(f"192.0.2.{n}"), spelling, 1900 + n).status_code == 404
    assert_too_many(open_code(doors(ROOM), "abcde-xxxx2"))
    assert open_code(doors(ROOM), "ABCDE-ZZZZZ").status_code == 404
    wall_clock.advance(601)
    assert open_code(doors(ROOM), "abcde-xxxx2").status_code == 404


def test_code_that_is_no_text_is_refused_for_what_it_is(doors: Caller):
    for code in (5, None, ["ABCDE"], {}):
        assert open_code(doors(ROOM), code).status_code == 422  # type: ignore[arg-type]
    reply = doors(ROOM).post("/api/v1/links/open-with-code", json=[1])
    assert reply.status_code == 422


@pytest.mark.anyio
async def test_crowd_of_guesses_at_once_is_stopped_like_one_after_the_other(doors: Caller):
    app = doors(ROOM).app
    transport = httpx2.ASGITransport(app, client=(ROOM, 1))  # type: ignore[arg-type]
    statuses: list[int] = []
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:

        async def guess() -> None:
            body = {"code": a_guess(), "year_of_birth": YEAR}
            reply = await client.post("/api/v1/links/open-with-code", json=body)
            statuses.append(reply.status_code)

        async with anyio.create_task_group() as crowd:
            for _ in range(300):
                crowd.start_soon(guess)
    assert len(statuses) == 300
    assert 30 <= statuses.count(404) < 40
    assert set(statuses) == {404, 429}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_wrong_links_are_refused_after_sixty_from_one_address(doors: Caller):
    statuses = [open_link(doors(ROOM)).status_code for _ in range(61)]
    assert statuses == [404] * 60 + [429]
    assert open_link(doors(ELSEWHERE), RIGHT_SECRETS[0]).status_code == 200


# Addresses.


def test_spoofed_address_counts_for_nothing(doors: Caller):
    statuses = []
    for n in range(31):
        client = doors(ROOM)
        client.headers["X-Forwarded-For"] = f"192.0.2.{n}"
        statuses.append(open_code(client, a_guess()).status_code)
    assert statuses == [404] * 30 + [429]


def test_trusted_proxy_says_who_calls_and_callers_cannot_add_to_it(
    plain_settings: Settings, doors: Caller
):
    behind = Settings(**{**plain_settings.model_dump(), "trusted_proxies": "10.0.0.0/8, ::1"})
    client = doors("10.0.0.5")
    client.app.state.rate_limits = RateLimits(behind)  # type: ignore[attr-defined]
    for n in range(30):
        client.headers["X-Forwarded-For"] = f"192.0.2.{n}, {ELSEWHERE}"
        assert open_code(client, a_guess()).status_code == 404
    assert_too_many(open_code(client, a_guess()))
    client.headers["X-Forwarded-For"] = ROOM
    assert open_code(client, a_guess()).status_code == 404


# What is kept.


def test_redis_holds_neither_addresses_nor_secrets_nor_codes(
    plain_settings: Settings, doors: Caller, redis: RedisServer
):
    counted = plain_settings.model_copy(
        update={"redis_url": redis.url, "rate_limit_key": secrets.token_hex()}
    )
    client = doors(ROOM)
    client.app.state.rate_limits = RateLimits(counted)  # type: ignore[attr-defined]
    code, secret = a_guess(), secrets.token_urlsafe(32)
    assert open_code(client, code).status_code == 404
    assert open_link(client, secret).status_code == 404
    with redis_client.Redis.from_url(redis.url) as connection:
        names = list(connection.scan_iter())
        everything = str([(name, connection.lrange(name, 0, -1)) for name in names])
    for name in ("any-call", "open-code", "wrong-code", "open-link", "wrong-link"):
        assert f"/{name}:" in everything
    for word in (ROOM, code, secret):
        assert word not in everything


def test_other_process_with_the_same_key_counts_along(
    plain_settings: Settings, doors: Caller, redis: RedisServer
):
    counted = plain_settings.model_copy(
        update={"redis_url": redis.url, "rate_limit_key": secrets.token_hex()}
    )
    client = doors(ROOM)
    code = a_guess()
    for _ in range(5):
        client.app.state.rate_limits = RateLimits(counted)  # type: ignore[attr-defined]
        assert open_code(client, code, 1900).status_code == 404
    client.app.state.rate_limits = RateLimits(counted)  # type: ignore[attr-defined]
    assert_too_many(open_code(client, code))


def test_every_rate_of_the_table_can_be_applied_to_a_call_without_any_of_its_parts(
    plain_settings: Settings, wall_clock: WallClock
):
    """A call that says neither who it is nor what it wants is refused for that, and later."""
    app = FastAPI()
    router = APIRouter(route_class=GuardedRoute)
    for call in RATES:
        method, path = call.split()
        router.add_api_route(path, lambda: None, methods=[method])
    app.include_router(router)
    app.state.rate_limits = RateLimits(plain_settings)
    client = TestClient(app, client=(ROOM, 1))
    for call in RATES:
        method, path = call.split()
        url = path.replace("{response_id}", str(uuid4())).replace("{link_id}", str(uuid4()))
        assert client.request(method, url).status_code == 200
