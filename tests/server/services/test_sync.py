from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from fbss_app.domain.questionnaire.answers import AnswerEvent
from fbss_app.server.services.erasure import erase_response
from fbss_app.server.services.refusal import UnknownResponseError
from fbss_app.server.services.sync import Consent, SyncCall, SyncResult, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import START, an_event, make_questionnaire

SMALL = make_questionnaire()
RESPONSE_ID = str(uuid4())


def a_call(*events: AnswerEvent, **changes: Any) -> SyncCall:
    values = {
        "response_id": RESPONSE_ID,
        "secret": "s" * 43,
        "questionnaire": SMALL,
        "consent": Consent("1", "ab" * 32, START),
        "cursor": 0,
        "events": events,
    }
    return SyncCall(**values | changes)


def events(count: int) -> list[AnswerEvent]:
    return [AnswerEvent.model_validate(an_event()) for _ in range(count)]


def at_once(count: int, work) -> list[Any]:
    """Run the same work in threads that start together; an exception is a result too."""
    barrier = Barrier(count, timeout=60)

    def run(number: int) -> Any:
        barrier.wait()
        try:
            return work(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def ids_in(result: SyncResult) -> set[UUID]:
    return {stored.event.id for stored in result.events}


def count_rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_first_calls_of_several_tabs_make_one_response(
    database: Database, settings: Settings, engine: Engine
):
    results = at_once(8, lambda _: sync_response(database, settings, a_call(*events(3)), START))
    assert all(isinstance(each, SyncResult) for each in results), results
    assert count_rows(engine, "response") == 1
    assert count_rows(engine, "answer_event") == 24


def test_first_calls_with_different_secrets_let_one_in(
    database: Database, settings: Settings, engine: Engine
):
    results = at_once(
        6,
        lambda number: sync_response(
            database, settings, a_call(*events(1), secret=str(number) * 43), START
        ),
    )
    assert sum(isinstance(each, SyncResult) for each in results) == 1
    assert sum(isinstance(each, UnknownResponseError) for each in results) == 5
    assert count_rows(engine, "response") == count_rows(engine, "answer_event") == 1


def test_same_call_at_the_same_time_is_stored_once(
    database: Database, settings: Settings, engine: Engine
):
    call = a_call(*events(5))
    results = at_once(6, lambda _: sync_response(database, settings, call, START))
    assert {each.confirmed for each in results} == {tuple(each.id for each in call.events)}
    assert count_rows(engine, "answer_event") == 5


def test_devices_that_write_at_once_miss_nothing_of_each_other(
    database: Database, settings: Settings
):
    roomy = settings.model_copy(update={"max_events_per_response": 1_000})
    sync_response(database, roomy, a_call(), START)

    def device(_: int) -> set[UUID]:
        cursor, seen = 0, set()
        for batch in (events(2) for _ in range(10)):
            result = sync_response(database, roomy, a_call(*batch, cursor=cursor), START)
            seen |= {each.id for each in batch} | ids_in(result)
            cursor = result.cursor
        barrier.wait()
        while True:
            result = sync_response(database, roomy, a_call(cursor=cursor), START)
            cursor = result.cursor
            if not result.events:
                return seen
            seen |= ids_in(result)

    barrier = Barrier(5, timeout=60)
    received = at_once(5, device)
    assert [len(each) for each in received] == [100] * 5


def test_sync_and_erasure_at_once_leave_all_or_nothing(
    database: Database, settings: Settings, engine: Engine
):
    sync_response(database, settings, a_call(*events(3)), START)

    def work(number: int) -> Any:
        if number == 0:
            return erase_response(database, RESPONSE_ID, "s" * 43, START)
        return sync_response(database, settings, a_call(*events(2), consent=None), START)

    results = at_once(5, work)
    assert results[0] is None
    assert all(isinstance(each, SyncResult | UnknownResponseError) for each in results[1:])
    assert count_rows(engine, "response") == count_rows(engine, "answer_event") == 0


def test_failure_in_the_middle_stores_nothing(
    database: Database, settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: Any) -> datetime:
        raise RuntimeError

    monkeypatch.setattr("fbss_app.server.services.sync._unread", fail)
    with pytest.raises(RuntimeError):
        sync_response(database, settings, a_call(*events(3)), START)
    assert count_rows(engine, "response") == count_rows(engine, "answer_event") == 0


def test_empty_sync_prolongs_the_response(database: Database, settings: Settings, engine: Engine):
    sync_response(database, settings, a_call(), START)
    sync_response(database, settings, a_call(), START + timedelta(days=10))
    with engine.connect() as connection:
        expires = connection.execute(text("SELECT expires_at FROM response")).scalar_one()
    assert str(expires).startswith("2026-04-10 12:00:00")
