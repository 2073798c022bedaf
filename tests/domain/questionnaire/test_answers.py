import pytest
from pydantic import ValidationError

from fbss_app.domain.questionnaire.answers import (
    AnswerEvent,
    answer_key,
    fold,
    is_repetition_id,
    repetition_ids,
    split_key,
)
from tests.scenario import answer_event, uuid4_number


def events(*pairs):
    return [answer_event(number, key, value) for number, (key, value) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("link_id", "path", "key"),
    [("pain", (), "pain"), ("year", ("r1",), "year@r1"), ("kind", ("r1", "x2"), "kind@r1.x2")],
)
def test_a_key_names_one_answer_and_can_be_taken_apart(link_id, path, key):
    assert answer_key(link_id, path) == key
    assert split_key(key) == (link_id, path)


def test_the_newest_event_of_a_key_wins_in_the_order_of_the_list():
    assert fold(events(("pain", 3), ("name", "A"), ("pain", 7))) == {"pain": 7, "name": "A"}


def test_a_removed_answer_is_gone_and_can_come_back():
    assert fold(events(("pain", 3), ("pain", None))) == {}
    assert fold(events(("pain", 3), ("pain", None), ("pain", 4))) == {"pain": 4}


def test_false_and_zero_are_answers():
    assert fold(events(("told", False), ("pain", 0))) == {"told": False, "pain": 0}


def test_repetitions_stand_in_the_order_in_which_each_was_first_mentioned():
    answers = fold(
        events(
            ("operation@b", True),
            ("operation@a", True),
            ("operation@b", None),
            ("operation@c", True),
            ("operation@b", True),
        )
    )
    assert repetition_ids(answers, "operation") == ("b", "a", "c")


def test_repetitions_of_another_path_or_group_do_not_count():
    answers = {"cut@a.x": True, "cut@b.y": True, "cut@a.n": 5, "other@a": True, "cut": True}
    assert repetition_ids(answers, "cut", ("a",)) == ("x",)


def test_the_implied_repetition_stands_in_only_while_there_is_none():
    assert repetition_ids({}, "operation", implied=True) == ("1",)
    assert repetition_ids({}, "operation") == ()
    assert repetition_ids({"operation@r2": True}, "operation", implied=True) == ("r2",)


@pytest.mark.parametrize("good", ["1", "r1", "abcdefghijkl"])
def test_a_repetition_id_is_short_and_plain(good):
    assert is_repetition_id(good)


@pytest.mark.parametrize("bad", ["", "R1", "a.b", "a@b", "abcdefghijklm", "é", "1\n"])
def test_anything_else_is_no_repetition_id(bad):
    assert not is_repetition_id(bad)


def raw_event(**fields):
    return {
        "id": str(uuid4_number(1)),
        "link_id": "pain",
        "path": ["r1"],
        "value": 3,
        "author_id": str(uuid4_number(2)),
        "author_role": "helper",
        "answered_at": "2026-01-31T09:30:00.123Z",
        **fields,
    }


def test_an_event_reads_from_json_and_knows_its_key():
    event = AnswerEvent.model_validate(raw_event())
    assert event.key == "pain@r1"
    assert AnswerEvent.model_validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "d9428888-122b-11e1-b85c-61cd3cbb3210"},
        {"author_role": "doctor"},
        {"answered_at": "2026-01-31T09:30:00+02:00"},
        {"answered_at": "2026-01-31T09:30:00"},
        {"answered_at": "2026-01-31"},
        {"answered_at": 1769850000},
        {"path": "r1"},
        {"more": 1},
    ],
)
def test_a_malformed_event_is_refused(fields):
    with pytest.raises(ValidationError):
        AnswerEvent.model_validate(raw_event(**fields))
