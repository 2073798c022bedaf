"""Answers go from a clinic's frame to a page of their own, and nothing of either is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.domain.build import group, question, questionnaire
from tests.patient.node_process import NodeProcess

WAYS = [
    {"code": "me", "display": "Me", "perspective": "self"},
    {"code": "helping", "display": "I am helping", "perspective": "proxy-own-view"},
]
FORM = questionnaire(
    group(
        "section",
        question("owner", "choice", app_role="device-owner", answer_option=["mine", "shared"]),
        question("who", "choice", app_role="author", answer_option=WAYS),
        question("note", "text", required=False),
        question("more", "text", required=False),
    ),
)
Scenario = Callable[..., Any]


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    folder = tmp_path_factory.mktemp("take-over")
    process = NodeProcess("take_over.mjs", folder, "--experimental-vm-modules", "--no-warnings")
    yield lambda *case: process.ask(FORM, [case])[0]
    process.stop()


def test_a_helper_stays_a_helper_on_a_phone_that_was_used_before(scenario: Scenario) -> None:
    assert scenario("helper") == {
        "value": "and this",
        "role": "helper",
        "perspective": "proxy-own-view",
        "helper": True,
    }


def test_a_draft_that_was_answered_since_does_not_come_back(scenario: Scenario) -> None:
    found = scenario("drafts")

    assert found["came"] == "half a sen"
    assert found["note"] == "a sentence"
    # What is new in the frame comes along.
    assert found["more"] == "new in the frame"
    assert found["values"] == ["mine", "a sentence"]


def test_a_draft_that_went_on_stays_as_it_is(scenario: Scenario) -> None:
    assert scenario("own_draft") == "half and more"


def test_a_frame_with_nothing_but_a_draft_is_known_again(scenario: Scenario) -> None:
    assert scenario("only_draft") == {"values": ["mine", "done here"], "aside": []}


def test_answers_of_another_frame_put_those_that_are_here_aside(scenario: Scenario) -> None:
    assert scenario("other") == {"values": ["mine", "in the frame"], "aside": 2}


def test_shared_answers_stay_in_the_tab_beside_those_of_the_phones_owner(
    scenario: Scenario,
) -> None:
    assert scenario("guest", "") == {
        "hidden": False,
        "isUntouched": True,
        "values": ["shared", "a guest's", "the guest goes on"],
        "text": "Kept until you close this tab",
        "ofOwner": ["mine", "the owner's"],
    }


def test_a_guest_who_takes_the_phone_for_theirs_gets_not_among_its_owners_answers(
    scenario: Scenario,
) -> None:
    assert scenario("guest", "mine") == {
        "hidden": False,
        "isUntouched": True,
        "values": ["shared", "a guest's", "the guest goes on", "mine"],
        "text": "Kept until you close this tab",
        "ofOwner": ["mine", "the owner's"],
    }


def test_shared_answers_of_a_frame_known_here_go_on_in_the_tab_alone(scenario: Scenario) -> None:
    assert scenario("called_shared_later") == {
        "isUntouched": True,
        "values": ["mine", "in the frame", "done here", "shared", "more in the frame"],
    }


def test_a_guest_clears_nothing_but_their_own(scenario: Scenario) -> None:
    assert scenario("guest", "clear") == {
        "hidden": False,
        "isUntouched": True,
        "values": [],
        "text": "",
        "ofOwner": ["mine", "the owner's"],
    }


@pytest.mark.parametrize("clock_error", [0, -60])
def test_hidden_answers_stay_and_the_own_page_knows_why(
    scenario: Scenario, clock_error: int
) -> None:
    """A clock that was set back shows nothing either."""
    assert scenario("hidden", clock_error) == {"step": "hidden", "kept": []}
