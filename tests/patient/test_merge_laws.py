"""The laws of merging on the phone: order, repetition and grouping of replies change nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fbss_app.domain.questionnaire.answers import fold
from tests.faults.questionnaire import fault_questionnaire
from tests.patient.node_process import NodeProcess
from tests.scenario import answer_event

QUESTIONNAIRE = fault_questionnaire()
KEYS = ["leg-pain", "note", "operation@r1", "operation@r2"]
VALUES: dict[str, list[Any]] = {
    "leg-pain": [0, 5, 10],
    "note": ["a", "b"],
    "operation": [True],
}


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    process = NodeProcess("merge.mjs", tmp_path_factory.mktemp("phone"))
    yield process
    process.stop()


@st.composite
def answers(draw: Any) -> tuple[str, Any]:
    key = draw(st.sampled_from(KEYS))
    return key, draw(st.sampled_from([None, *VALUES[key.partition("@")[0]]]))


@st.composite
def replies(draw: Any, count: int) -> list[list[int]]:
    """Say what each reply tells of: any places in any order, until each was told at least once."""
    told = draw(st.lists(st.integers(0, count - 1), max_size=2 * count)) if count else []
    everything = [*told, *draw(st.permutations(range(count)))]
    cuts = sorted(draw(st.lists(st.integers(0, len(everything)), max_size=6)))
    edges = zip([0, *cuts], [*cuts, len(everything)], strict=True)
    # Within a reply the server keeps its order and says nothing twice.
    return [sorted(set(everything[start:end])) for start, end in edges]


@settings(max_examples=200, deadline=None)
@given(data=st.data(), given_here=st.lists(st.booleans(), max_size=10))
def test_order_repetition_and_grouping_of_replies_change_nothing(
    phone: NodeProcess, data: st.DataObject, given_here: list[bool]
):
    given_answers = [data.draw(answers()) for _ in given_here]
    events = [answer_event(number, *each) for number, each in enumerate(given_answers, 1)]
    own = [event for event, is_own in zip(events, given_here, strict=True) if is_own]
    case = {
        "own": [[event.link_id, event.path, event.value] for event in own],
        "order": [
            own.index(event) if is_own else event.model_dump(mode="json")
            for event, is_own in zip(events, given_here, strict=True)
        ],
        "replies": data.draw(replies(len(events))),
    }
    [found] = phone.ask(QUESTIONNAIRE, [case])
    assert found["places"] == list(range(len(events)))
    assert found["pending"] == 0
    assert found["answers"] == [list(each) for each in fold(events).items()]


@settings(max_examples=50, deadline=None)
@given(data=st.data(), given_here=st.lists(st.booleans(), min_size=1, max_size=8))
def test_unconfirmed_answers_come_after_confirmed_ones(
    phone: NodeProcess, data: st.DataObject, given_here: list[bool]
):
    others = [
        answer_event(number, *data.draw(answers())) for number, is_own in enumerate(given_here, 1)
    ]
    unsent = answer_event(99, "leg-pain", 7)
    order = [event.model_dump(mode="json") for event in others]
    case = {
        "own": [[unsent.link_id, unsent.path, unsent.value]],
        "order": order,
        "replies": data.draw(replies(len(others))),
    }
    [found] = phone.ask(QUESTIONNAIRE, [case])
    assert found["places"] == [*range(len(others)), -1]
    assert found["answers"] == [list(each) for each in fold([*others, unsent]).items()]
