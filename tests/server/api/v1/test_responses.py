import secrets
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from tests.server.builders import CANARY, Clock, Phone, a_consent, an_event, assert_error


def rows(engine: Engine, table: str) -> list[dict]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


def said_of_events(reply) -> tuple:
    body = reply.json()
    return body["confirmed"], body["sequences"], body["events"], body["cursor"]


def kept(event: dict, phone: Phone) -> dict:
    """Give the first event of a response as it comes back."""
    return event | {
        "answered_at": "2026-03-01T11:59:00.123000Z",
        "perspective": "self",
        "confirms": None,
        "sequence": 1,
        "participant": phone.response_id,
    }


# Who may call: nobody first.


@pytest.mark.parametrize(
    "secret", [None, "", "short", "A" * 42, "A" * 129, "A" * 42 + "!", "A" * 42 + "\xe9"]
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_call_without_a_proper_secret_is_refused(phone: Phone, method: str, secret: str | None):
    phone.start(an_event())
    url = phone.url if method == "DELETE" else f"{phone.url}/sync"
    headers = {} if secret is None else {"X-Response-Secret": secret.encode("latin-1")}
    body = {"json": phone.body()} if method == "POST" else {}
    problems = assert_error(
        phone.client.request(method, url, headers=headers, **body), 422, "invalid-content"
    )
    assert [each["where"] for each in problems] == ["headers.X-Response-Secret"]


def test_foreign_secret_and_unknown_response_get_the_same_reply(phone: Phone):
    phone.start(an_event())
    thief = phone.twin(secret=secrets.token_urlsafe(32))
    stranger = phone.twin(response_id=str(uuid4()))
    assert_error(thief.sync(), 404, "unknown-response")
    replies = [thief.sync(), stranger.sync()]
    assert replies[0].content == replies[1].content
    for reply in replies:
        del reply.headers["x-request-id"]
    assert replies[0].headers == replies[1].headers
    assert_error(thief.erase(), 404, "unknown-response")
    assert thief.erase().content == stranger.erase().content


def test_foreign_secret_with_consent_neither_opens_nor_changes_a_response(
    phone: Phone, engine: Engine
):
    phone.start(an_event())
    before = rows(engine, "response")
    thief = phone.twin(secret=secrets.token_urlsafe(32))
    newer = a_consent(version="2", given_at="2026-03-01T12:30:00Z")
    assert_error(thief.sync(an_event(), consent=newer), 404, "unknown-response")
    assert rows(engine, "response") == before
    assert len(rows(engine, "answer_event")) == 1


def test_only_the_hash_of_the_secret_is_stored(phone: Phone, engine: Engine):
    phone.start(an_event())
    stored = str(rows(engine, "response")) + str(rows(engine, "answer_event"))
    assert phone.secret not in stored


# The first call.


def test_first_call_stores_consent_and_answers(phone: Phone, engine: Engine):
    event = an_event(value="ünï ☃ 'quoted'; --")
    reply = phone.start(event)
    assert said_of_events(reply) == ([event["id"]], [1], [], 1)
    assert reply.headers["cache-control"] == "no-store"
    (response,) = rows(engine, "response")
    assert response["consent_agreed_by"] == "patient"
    assert response["consent_version"] == "1"
    assert response["consent_text_sha256"] == "ab" * 32
    assert str(response["consent_given_at"]).startswith("2026-03-01 11:58:00")
    assert str(response["consent_received_at"]).startswith("2026-03-01 12:00:00")


def test_first_call_without_consent_stores_nothing(phone: Phone, engine: Engine):
    assert_error(phone.sync(an_event()), 404, "unknown-response")
    assert rows(engine, "response") == []


def test_consent_may_come_alone_before_any_answer(phone: Phone):
    assert said_of_events(phone.start()) == ([], [], [], 0)


def test_newer_consent_replaces_an_older_one_and_not_the_reverse(phone: Phone, engine: Engine):
    phone.start()
    phone.sync(consent=a_consent(version="2", given_at="2026-03-01T11:59:00Z"))
    phone.sync(consent=a_consent(version="0", given_at="2026-02-01T00:00:00Z"))
    assert rows(engine, "response")[0]["consent_version"] == "2"


# Idempotency and several devices.


def test_same_event_twice_is_stored_once(phone: Phone, engine: Engine):
    event = an_event()
    phone.start(event)
    phone.cursor = 0
    reply = phone.sync(event, event)
    assert said_of_events(reply) == ([event["id"]], [1], [], 1)
    assert len(rows(engine, "answer_event")) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"value": "other"},
        {"link_id": "leg-pain", "value": 3},
        {"author_role": "helper"},
        {"author_id": "00000000-0000-4000-8000-000000000000"},
        {"answered_at": "2026-03-01T11:59:00.124Z"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_same_id_for_another_answer_is_a_conflict_and_stores_nothing(
    phone: Phone, engine: Engine, change: dict
):
    event = an_event()
    phone.start(event)
    problems = assert_error(phone.sync(an_event(), event | change), 409, "id-reused")
    assert [each["where"] for each in problems] == ["events[1].id"]
    assert len(rows(engine, "answer_event")) == 1


def test_same_id_for_two_answers_in_one_call_is_a_conflict(phone: Phone, engine: Engine):
    phone.start()
    event = an_event()
    assert_error(phone.sync(event, event | {"value": "other"}), 409, "id-reused")
    assert rows(engine, "answer_event") == []


def test_event_ids_of_another_response_are_free_and_tell_nothing(client: TestClient):
    first, second = Phone(client), Phone(client)
    event = an_event(value=CANARY)
    first.start(event)
    same_id = event | {"value": "mine"}
    reply = second.start(same_id)
    assert said_of_events(reply) == ([event["id"]], [1], [], 1)
    reader = second.twin()
    assert reader.sync().json()["events"] == [kept(same_id, second)]


def test_two_devices_receive_each_others_answers_once(phone: Phone):
    helper = phone.twin()
    mine, theirs, later = an_event(), an_event(author_role="helper"), an_event()
    phone.start(mine)
    reply = helper.sync(theirs).json()
    assert [each["id"] for each in reply["events"]] == [mine["id"]]
    reply = phone.sync(later).json()
    assert [each["id"] for each in reply["events"]] == [theirs["id"]]
    assert reply["events"][0]["author_role"] == "helper"
    assert [each["id"] for each in helper.sync().json()["events"]] == [later["id"]]
    assert phone.sync().json()["events"] == helper.sync().json()["events"] == []


def test_lost_reply_costs_nothing(phone: Phone):
    phone.start(an_event())
    helper = phone.twin()
    helper.sync(an_event())
    lost = an_event()
    cursor = phone.cursor
    phone.sync(lost)
    phone.cursor = cursor
    reply = phone.sync(lost, an_event()).json()
    assert lost["id"] in reply["confirmed"]
    assert len(reply["events"]) == 1


def test_long_history_comes_page_by_page(phone: Phone):
    sent = [an_event() for _ in range(50)]
    phone.start()
    for start in range(0, 50, 20):
        phone.sync(*sent[start : start + 20])
    reader = phone.twin()
    received = []
    while events := reader.sync().json()["events"]:
        assert len(events) <= 20
        received += events
    assert [each["id"] for each in received] == [each["id"] for each in sent]


def test_cursor_beyond_the_end_reads_everything_again(phone: Phone):
    phone.start(an_event())
    phone.cursor = 2**53 - 1
    reply = phone.sync().json()
    assert len(reply["events"]) == reply["cursor"] == 1


@pytest.mark.parametrize(
    ("link_id", "path", "value"),
    [
        ("leg-pain", [], 0),
        ("leg-pain", [], {"absent": "asked-unknown"}),
        ("leg-pain", [], None),
        ("treatment", [], ["exercise", {"other": "needles"}]),
        ("operation", ["a1"], True),
        ("operation-date", ["a1"], "2024-05"),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(phone: Phone, link_id: str, path, value):
    event = an_event(link_id=link_id, path=path, value=value)
    phone.start(event)
    (received,) = phone.twin().sync().json()["events"]
    assert received == kept(event, phone)


# What is refused.


@pytest.mark.parametrize(
    ("event", "where", "code"),
    [
        (an_event(link_id="nothing"), "link_id", "unknown-link-id"),
        (an_event(link_id="pain", value=True), "link_id", "not-answerable"),
        (an_event(path=["a"]), "path", "wrong-path"),
        (an_event(value=5), "value", "wrong-type"),
        (an_event(value=""), "value", "missing"),
        (an_event(value="x" * 2001), "value", "too-long"),
        (an_event(value={"absent": "asked-unknown"}), "value", "not-offered"),
        (an_event(link_id="leg-pain", value=11), "value", "too-large"),
        (an_event(link_id="leg-pain", value=-1), "value", "too-small"),
        (an_event(link_id="treatment", value=["x"]), "value", "unknown-option"),
        (
            an_event(link_id="treatment", value=["none", "exercise"]),
            "value",
            "exclusive-with-others",
        ),
        (an_event(link_id="treatment", value=["exercise"] * 2), "value", "duplicate"),
        (an_event(link_id="operation-date", path=["1"], value="2024-13"), "value", "not-a-date"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_answer_that_does_not_fit_its_question_refuses_the_whole_call(
    phone: Phone, engine: Engine, event: dict, where: str, code: str
):
    phone.start()
    problems = assert_error(phone.sync(an_event(), event), 422, "invalid-content")
    assert [(each["where"], each["code"]) for each in problems] == [(f"events[1].{where}", code)]
    assert rows(engine, "answer_event") == []


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"id": "1"}, "events[0].id", "string-pattern-mismatch"),
        ({"id": str(uuid4()).upper()}, "events[0].id", "string-pattern-mismatch"),
        ({"id": str(uuid4()) + "\n"}, "events[0].id", "string-pattern-mismatch"),
        ({"path": "a"}, "events[0].path", "list-type"),
        ({"path": ["A"]}, "events[0].path[0]", "string-pattern-mismatch"),
        ({"author_role": "doctor"}, "events[0].author_role", "literal-error"),
        ({"answered_at": 1_700_000_000}, "events[0].answered_at", "not-a-time"),
        ({"answered_at": "2026-03-01"}, "events[0].answered_at", "not-a-time"),
        ({"answered_at": "2026-03-01T11:59:00"}, "events[0].answered_at", "not-a-time"),
        ({"answered_at": "0001-01-01T00:00:00+14:00"}, "events[0].answered_at", "not-a-time"),
        ({"answered_at": "2026-02-30T00:00:00Z"}, "events[0].answered_at", "not-a-time"),
        ({"answered_at": "٢026-02-20T00:00:00Z"}, "events[0].answered_at", "not-a-time"),
        ({"value": ["exercise"] * 101}, "events[0].value", "too-long"),
        ({"perspective": "hearsay"}, "events[0].perspective", "literal-error"),
        ({"perspective": "proxy-own-view"}, "events[0]", "wrong-perspective"),
        ({"confirms": "1"}, "events[0].confirms", "string-pattern-mismatch"),
        ({"extra": 1}, "events[0].extra", "extra-forbidden"),
    ],
)
def test_malformed_event_is_named_by_its_place(phone: Phone, change: dict, where: str, code: str):
    phone.start()
    problems = assert_error(phone.sync(an_event(**change)), 422, "invalid-content")
    assert [(each["where"], each["code"]) for each in problems] == [(where, code)]


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"cursor": -1}, "cursor", "greater-than-equal"),
        ({"cursor": "0"}, "cursor", "int-type"),
        ({"cursor": True}, "cursor", "int-type"),
        ({"cursor": 0.5}, "cursor", "int-type"),
        ({"events": None}, "events", "list-type"),
        ({"consent": {}}, "consent.version", "missing"),
        ({"consent": a_consent(text_sha256="x")}, "consent.text_sha256", "string-pattern-mismatch"),
        ({"surname": "x"}, "surname", "extra-forbidden"),
        ({"questionnaire": "nothing"}, "questionnaire", "unknown-questionnaire"),
        ({"version": "99"}, "version", "unknown-version"),
        ({"questionnaire": "other"}, "questionnaire", "other-questionnaire"),
    ],
)
def test_malformed_call_is_named_by_its_place(phone: Phone, change: dict, where: str, code: str):
    phone.start()
    reply = phone.sync(**change)
    problems = assert_error(reply, 422, reply.json()["error"]["code"])
    assert (where, code) in [(each["where"], each["code"]) for each in problems]


@pytest.mark.parametrize("body", ["[]", "null", "1", '"text"', "{}"])
def test_body_of_another_shape_is_refused(phone: Phone, body: str):
    headers = {**phone.headers, "Content-Type": "application/json"}
    reply = phone.client.post(f"{phone.url}/sync", content=body, headers=headers)
    assert_error(reply, 422, "invalid-content")


def test_response_id_must_be_a_uuid(phone: Phone):
    problems = assert_error(phone.twin(response_id="1").sync(), 422, "invalid-content")
    assert [each["where"] for each in problems] == ["path.response_id"]


def test_too_many_events_in_a_call_are_refused(phone: Phone, engine: Engine):
    phone.start()
    events = [an_event(link_id="leg-pain", value=1) for _ in range(21)]
    problems = assert_error(phone.sync(*events), 422, "invalid-content")
    assert [each["where"] for each in problems] == ["events"]
    assert rows(engine, "answer_event") == []


def test_full_response_takes_no_more_but_confirms_what_it_has(phone: Phone):
    phone.start()
    for _ in range(5):
        last = [an_event() for _ in range(20)]
        assert phone.sync(*last).status_code == 200
    assert_error(phone.sync(an_event()), 422, "response-full")
    assert phone.sync(*last).status_code == 200


def test_newer_version_of_the_definition_goes_on_with_the_same_response(
    phone: Phone, engine: Engine
):
    phone.start(an_event())
    assert phone.sync(an_event(), version="2").status_code == 200
    assert {row["questionnaire_version"] for row in rows(engine, "answer_event")} == {"1", "2"}
    assert rows(engine, "response")[0]["questionnaire_version"] == "2"


# The end: erased or expired.


def test_erasing_leaves_nothing_and_the_reply_is_empty(phone: Phone, engine: Engine):
    phone.start(an_event(value=CANARY))
    reply = phone.erase()
    assert (reply.status_code, reply.content) == (204, b"")
    assert reply.headers["cache-control"] == "no-store"
    assert rows(engine, "response") == rows(engine, "answer_event") == []
    assert_error(phone.erase(), 404, "unknown-response")
    assert_error(phone.sync(an_event()), 404, "unknown-response")


def test_erasing_leaves_other_responses_alone(client: TestClient):
    gone, kept = Phone(client), Phone(client)
    gone.start(an_event())
    kept.start(an_event())
    gone.erase()
    assert len(kept.twin().sync().json()["events"]) == 1


def test_response_expires_thirty_days_after_its_last_sync(phone: Phone, clock: Clock):
    phone.start(an_event())
    clock.advance(days=29)
    assert phone.sync().status_code == 200
    clock.advance(days=30, seconds=-1)
    assert phone.sync().status_code == 200
    clock.advance(days=30)
    assert_error(phone.sync(an_event()), 404, "unknown-response")
    assert_error(phone.sync(an_event(), consent=a_consent()), 404, "unknown-response")
    assert_error(phone.erase(), 404, "unknown-response")
