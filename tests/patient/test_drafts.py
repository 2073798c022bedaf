"""What a person types becomes the value they mean, or a sentence that says what to do."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fbss_app.domain.questionnaire.answers import is_masked
from fbss_app.domain.questionnaire.model import ItemType
from tests.domain.build import group, question, questionnaire
from tests.patient.node_process import NodeProcess
from tests.strategies import questionnaires, values

FORM = questionnaire(
    group(
        "section",
        question("whole", "integer", min_value=0, max_value=100),
        question("part", "decimal", max_decimal_places=1, unit={"display": "km", "code": "km"}),
        question("day", "date", max_value="today"),
        question("days", "date", repeats=True),
        question("line", "string", max_length=10),
        question("optional", "string", required=False),
        question("yes", "boolean", not_sure="Not sure"),
        question(
            "boxes",
            "open-choice",
            repeats=True,
            not_sure="Not sure",
            answer_option=[
                {"code": "a", "display": "A"},
                {"code": "none", "display": "None", "exclusive": True},
            ],
        ),
    )
)
ABSENT = {"absent": "asked-unknown"}


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    process = NodeProcess("drafts.mjs", tmp_path_factory.mktemp("drafts"))
    yield process
    process.stop()


@pytest.mark.parametrize(
    ("link_id", "draft", "expected"),
    [
        ("whole", {"value": " 1 0 "}, 10),
        ("whole", {"value": "7\u200b"}, 7),
        ("part", {"value": "1,5"}, 1.5),
        ("part", {"value": "1,500 km"}, 1500),
        ("part", {"value": "2.5km"}, 2.5),
        ("day", {"year": "2019"}, "2019"),
        ("day", {"month": "jan", "year": " 2019 "}, "2019-01"),
        ("day", {"month": "September", "year": "2019"}, "2019-09"),
        ("day", {"day": "6", "month": "8", "year": "2018"}, "2018-08-06"),
        ("days", {"value": "2019\n6 aug 2018\n\n03/2017"}, ["2019", "2018-08-06", "2017-03"]),
        ("line", {"value": "  two words \u200b"}, "two words"),
        ("optional", {"value": "   "}, None),
        ("yes", {"value": "false"}, False),
        ("yes", {"not_sure": True}, ABSENT),
        ("boxes", {"values": ["a", "other"], "other": " more "}, ["a", {"other": "more"}]),
        ("boxes", {"not_sure": True}, ABSENT),
    ],
)
def test_what_is_typed_becomes_the_value_that_is_meant(
    drafts: NodeProcess, link_id: str, draft: Any, expected: Any
) -> None:
    assert drafts.ask(FORM, [{"link_id": link_id, "draft": draft}]) == [{"value": expected}]


@pytest.mark.parametrize(
    ("link_id", "draft", "code", "part_of_message"),
    [
        ("whole", {}, "missing", "Enter a number"),
        ("whole", {"value": "ten"}, "wrong-type", "whole number"),
        ("whole", {"value": "1.5"}, "wrong-type", "whole number"),
        ("whole", {"value": "101"}, "too-large", "100 or less"),
        ("whole", {"value": "-1"}, "too-small", "0 or more"),
        ("part", {"value": "1.25"}, "too-many-decimals", "fewer digits"),
        ("part", {"value": "1e3"}, "wrong-type", "number"),
        ("day", {"day": "31", "month": "2", "year": "2019"}, "not-a-date", "real date"),
        ("day", {"day": "1", "year": "2019"}, "not-a-date", "real date"),
        ("day", {"month": "13", "year": "2019"}, "not-a-date", "real date"),
        ("day", {"year": "19"}, "not-a-date", "real date"),
        ("day", {"year": "2999"}, "too-large", "no later than today"),
        ("line", {"value": "eleven char"}, "too-long", "10 characters"),
        ("boxes", {"values": ["a", "none"]}, "exclusive-with-others", "either"),
        ("boxes", {"values": ["other"], "other": " "}, "missing", "Choose"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_that_says_what_to_do(
    drafts: NodeProcess, link_id: str, draft: Any, code: str, part_of_message: str
) -> None:
    (result,) = drafts.ask(FORM, [{"link_id": link_id, "draft": draft}])

    assert result["problem"] == code
    assert part_of_message in result["message"]
    assert "{" not in result["message"]


def can_be_shown(value: Any) -> bool:
    """A page has one field for a person's own words, and none for what was put aside."""
    if is_masked(value):
        return False
    return not isinstance(value, list) or sum(isinstance(each, dict) for each in value) < 2


def test_a_question_that_was_put_aside_begins_empty(drafts: NodeProcess) -> None:
    (result,) = drafts.ask(FORM, [{"link_id": "whole", "value": {"absent": "masked"}}])
    assert result["problem"] == "missing"


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_answer_can_be_shown_for_a_change_and_comes_back_unchanged(
    drafts: NodeProcess, data: Any
) -> None:
    made = data.draw(questionnaires())
    cases = [
        {"link_id": link_id, "value": data.draw(values(placement.item).filter(can_be_shown))}
        for link_id, placement in made.placements.items()
        if placement.item.type not in (ItemType.GROUP, ItemType.DISPLAY)
    ]

    results = drafts.ask(made, cases)

    assert results == [{"value": case["value"]} for case in cases]
