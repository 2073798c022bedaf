import pytest
from pydantic import ValidationError

from fbss_app.domain.questionnaire.answers import (
    AnswerEvent,
    Device,
    answer_key,
    fold,
    is_absent,
    is_masked,
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
        {"perspective": "self"},
        {"perspective": "somehow"},
        {"author_role": "patient", "perspective": "proxy-own-view"},
        {"confirms": "pain"},
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


@pytest.mark.parametrize(
    ("role", "perspective"), [("patient", "self"), ("helper", "proxy-own-view")]
)
def test_an_event_that_does_not_say_how_it_was_given_is_in_the_usual_view(role, perspective):
    assert AnswerEvent.model_validate(raw_event(author_role=role)).perspective == perspective


@pytest.mark.parametrize(
    ("role", "perspective"), [("patient", "self-assisted"), ("helper", "proxy-patient-view")]
)
def test_an_event_keeps_whose_view_it_is(role, perspective):
    event = AnswerEvent.model_validate(raw_event(author_role=role, perspective=perspective))
    assert event.perspective == perspective
    assert AnswerEvent.model_validate_json(event.model_dump_json()) == event


def test_an_event_keeps_what_it_confirms():
    event = AnswerEvent.model_validate(raw_event(confirms=str(uuid4_number(7))))
    assert event.confirms == uuid4_number(7)


def test_a_device_folds_of_the_questions_about_devices_only_its_own_answers():
    mine, theirs = uuid4_number(20), uuid4_number(21)
    made = [
        answer_event(1, "author", "me", author_id=mine),
        answer_event(2, "pain", 3, author_id=mine),
        answer_event(3, "author", "helper", "helper", author_id=theirs),
        answer_event(4, "pain", 5, "helper", author_id=theirs),
    ]

    assert fold(made, Device({"author"}, {mine})) == {"author": "me", "pain": 5}
    assert fold(made, Device({"author"}, {theirs})) == {"author": "helper", "pain": 5}
    assert fold(made, Device({"author"}, set())) == {"pain": 5}
    assert fold(made) == {"author": "helper", "pain": 5}, "the server takes the newest"


def test_what_was_put_aside_is_a_way_out_of_its_own():
    masked = {"absent": "masked"}
    assert is_masked(masked)
    assert is_absent(masked)
    assert not is_masked({"absent": "asked-declined"})
    assert not is_masked("masked")


def test_what_was_put_aside_is_the_patients_from_then_on():
    masked = {"absent": "masked"}

    def folded(*given):
        return fold(
            answer_event(number, "mood", value, role=role)
            for number, (role, value) in enumerate(given)
        )

    assert folded(("helper", 1), ("patient", masked), ("helper", 3)) == {"mood": masked}
    assert folded(("helper", masked), ("patient", 2), ("helper", 3)) == {"mood": 2}
