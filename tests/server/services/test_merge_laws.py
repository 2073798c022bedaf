"""The laws of merging: order, repetition and grouping of calls never change what comes of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fbss_app.domain.questionnaire.answers import AnswerEvent, fold
from fbss_app.server.services.sync import Consent, SyncCall, SyncResult, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import START, an_event, make_keys, make_questionnaire

SMALL = make_questionnaire()
# Smaller than what one device has, so that replies come in pages.
PAGE = 4


class Server(NamedTuple):
    database: Database
    settings: Settings

    def sync(self, call: SyncCall) -> SyncResult:
        return sync_response(self.database, self.settings, call, START)

    def stored(self, response_id: str) -> dict[int, AnswerEvent]:
        with self.database.unit_of_work() as unit:
            found = unit.answer_events.after(response_id)
            return {each.sequence: each.event for each in found}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("merge")
    url = f"sqlite:///{folder}/answers.sqlite3"
    database = Database(url, make_keys)
    database.upgrade()
    settings = Settings(_env_file=None, data_dir=folder, database_url=url, max_events_per_call=PAGE)
    yield Server(database, settings)
    database.close()


@dataclass
class Device:
    """What a device knows, from nothing but the replies that reached it."""

    response_id: str
    events: list[AnswerEvent]
    confirmed: int = 0
    cursor: int = 0
    known: dict[int, AnswerEvent] = field(default_factory=dict)

    def call(self, size: int) -> SyncCall:
        return SyncCall(
            response_id=self.response_id,
            secret=self.response_id * 2,
            questionnaire=SMALL,
            consent=Consent("1", "ab" * 32, START),
            cursor=self.cursor,
            events=self.events[self.confirmed : self.confirmed + size],
        )

    def take_in(self, call: SyncCall, result: SyncResult) -> None:
        own = {event.id: event for event in call.events}
        found = zip(result.sequences, result.confirmed, strict=True)
        self.known |= {sequence: own[event_id] for sequence, event_id in found}
        self.known |= {stored.sequence: stored.event for stored in result.events}
        self.cursor = result.cursor
        known = set(self.known.values())
        while self.confirmed < len(self.events) and self.events[self.confirmed] in known:
            self.confirmed += 1
        missing = set(range(1, self.cursor + 1)) - self.known.keys()
        assert not missing, f"the cursor {self.cursor} skipped {missing}"


# (device, how many answers, whether the reply is lost) sends; (number) repeats an earlier call.
SENDING = st.tuples(st.integers(0, 1), st.integers(0, PAGE), st.booleans())
REPEATING = st.tuples(st.integers(0, 30), st.booleans())
PLANS = st.lists(st.one_of(SENDING, SENDING, REPEATING), max_size=12)
ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["leg-pain", "note", "operation@r1", "operation@r2"]),
        st.sampled_from([None, 1, 2, 3]),
    ),
    max_size=9,
)


def make_events(answers: list[tuple[str, int | None]], numbers: Iterator[int]) -> list[AnswerEvent]:
    """Make events of every kind: answers, texts, repetitions that come and go."""

    def value_of(link_id: str, number: int | None) -> Any:
        if number is None:
            return None
        return {"leg-pain": number, "note": f"note {number}", "operation": True}[link_id]

    made: list[AnswerEvent] = []
    for key, number in answers:
        link_id, _, repetition = key.partition("@")
        event = an_event(
            link_id=link_id,
            path=[repetition] if repetition else [],
            value=value_of(link_id, number),
            answered_at=f"2026-03-01T11:59:00.{next(numbers):03}Z",
        )
        made.append(AnswerEvent.model_validate(event))
    return made


def follow(server: Server, devices: list[Device], plan: list[Any]) -> list[SyncCall]:
    """Make the calls of a plan, then those that bring both devices up to date."""
    calls: list[tuple[Device, SyncCall]] = []
    for step in plan:
        if len(step) == 3:
            number, size, is_lost = step
            device = devices[number]
            call = device.call(size)
        elif calls:
            index, is_lost = step
            device, call = calls[index % len(calls)]
        else:
            continue
        calls.append((device, call))
        result = server.sync(call)
        if not is_lost:
            device.take_in(call, result)
    for device in [*devices, *devices]:
        while True:
            call = device.call(PAGE)
            calls.append((device, call))
            result = server.sync(call)
            device.take_in(call, result)
            if device.confirmed == len(device.events) and not result.events:
                break
    return [call for _, call in calls]


@hypothesis_settings(max_examples=40, deadline=None)
@given(first=ANSWERS, second=ANSWERS, plan=PLANS)
def test_order_repetition_and_grouping_change_nothing(
    server: Server,
    first: list[tuple[str, int | None]],
    second: list[tuple[str, int | None]],
    plan: list[Any],
):
    numbers = count()
    response_id = str(uuid4())
    devices = [Device(response_id, make_events(each, numbers)) for each in (first, second)]
    calls = follow(server, devices, plan)
    stored = server.stored(response_id)
    assert list(stored) == list(range(1, len(first) + len(second) + 1))
    for device in devices:
        own = {event.id for event in device.events}
        assert [event for event in stored.values() if event.id in own] == device.events
        assert device.known == stored
        in_order = [device.known[sequence] for sequence in sorted(device.known)]
        assert fold(in_order) == fold(stored.values())
    for call in calls:
        result = server.sync(call)
        assert {sequence: stored[sequence].id for sequence in result.sequences} == dict(
            zip(result.sequences, result.confirmed, strict=True)
        )
    assert server.stored(response_id) == stored


@hypothesis_settings(max_examples=30, deadline=None)
@given(answers=ANSWERS, cuts=st.lists(st.integers(0, PAGE), max_size=9))
def test_grouping_of_one_device_gives_the_same_order(
    server: Server, answers: list[tuple[str, int | None]], cuts: list[int]
):
    events = make_events(answers, count())
    orders: list[list[AnswerEvent]] = []
    for sizes in ([1] * len(events), cuts):
        device = Device(str(uuid4()), events)
        follow(server, [device, device], [(0, size, False) for size in sizes])
        orders.append(list(server.stored(device.response_id).values()))
    assert orders == [events, events]
