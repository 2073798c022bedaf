"""Several responses on one phone: each is kept whole until a person says otherwise."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.patient.node_process import NodeProcess
from tests.patient.test_saving import FORM

Scenario = Callable[..., Any]
OWN = {"role": "patient", "name": "", "count": 2, "pending": 2}
THEIRS = {"role": "helper", "name": "Ana", "count": 1, "pending": 0}


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    folder = tmp_path_factory.mktemp("shelf")
    process = NodeProcess("shelf.mjs", folder, "--experimental-vm-modules", "--no-warnings")
    yield lambda *case: process.ask(FORM, [case])[0]
    process.stop()


def by_current(listed: list[dict[str, Any]]) -> dict[bool, dict[str, Any]]:
    return {one["current"]: {key: one[key] for key in OWN} for one in listed}


def test_an_opened_response_puts_the_one_that_is_here_aside_whole(scenario: Scenario) -> None:
    found = scenario("opened", "mine")

    assert found["shown"] == {"values": ["theirs"], "draft": "theirs", "role": "helper"}
    assert by_current(found["list"]) == {True: THEIRS, False: OWN}
    # After a reload too.
    assert by_current(found["kept"]) == {True: THEIRS, False: OWN}
    assert found["back"] == ["mine", "my own"]
    assert found["draft"] == "half a sen"


def test_a_shared_phone_keeps_them_in_the_tab(scenario: Scenario) -> None:
    found = scenario("opened", "shared")

    assert by_current(found["list"]) == {True: THEIRS, False: OWN}
    assert found["inLocal"] == 0


def test_opening_the_same_response_again_only_changes_how_to_get_in(scenario: Scenario) -> None:
    found = scenario("same")

    assert found == {"secret": "t" * 43, "role": "patient", "values": ["mine"], "count": 2}


def test_an_opened_response_can_wait_without_being_shown(scenario: Scenario) -> None:
    found = scenario("waiting")

    assert found["values"] == ["mine", "my own"]
    assert by_current(found["list"])[True] == OWN
    assert by_current(found["list"])[False]["name"] == "Ana"


def test_answers_that_only_this_phone_has_are_not_removed_by_mistake(scenario: Scenario) -> None:
    found = scenario("removed")

    assert "not sent" in found["said"]
    assert (found["before"], found["after"]) == (2, 1)
    assert found["holdsOthers"] is False


@pytest.mark.parametrize("how", ["clear", "30 days"])
def test_clearing_the_phone_and_the_30_days_cover_all_of_them(scenario: Scenario, how: str) -> None:
    assert scenario("cleared", how) == []


def test_a_move_that_breaks_off_loses_nothing(scenario: Scenario) -> None:
    found = scenario("broken_off")

    assert found["isWhole"]
    assert [one["pending"] for one in found["list"]] == [2]
    assert found["values"] == ["mine", "my own"]


@pytest.mark.parametrize("way", ["out", "back"])
def test_wherever_a_move_breaks_off_answers_draft_and_invitation_are_found_again(
    scenario: Scenario, way: str
) -> None:
    found = scenario("broken_anywhere", way)

    assert found["found"] == []
    assert found["steps"] > 8


def test_an_invitation_goes_aside_and_comes_back_with_its_response(scenario: Scenario) -> None:
    assert scenario("invited") == {
        "beside": None,
        "clinics": [[False, "North Clinic"], [True, ""]],
        "isBack": True,
        "left": 0,
    }


def test_an_invitation_without_an_answer_waits_until_it_is_removed(scenario: Scenario) -> None:
    assert scenario("only_invited") == {
        "clinic": "North Clinic",
        "count": 0,
        "back": "North Clinic",
        "left": 0,
    }


def test_answers_begun_anew_take_the_last_invitation_along(scenario: Scenario) -> None:
    assert scenario("begun_anew", False) == {
        "values": [],
        "shown": [["South Clinic", False]],
        "aside": [["North Clinic"]],
    }


def test_answers_sent_with_an_invitation_keep_it_when_others_begin(scenario: Scenario) -> None:
    assert scenario("begun_anew", True) == {
        "values": [],
        "shown": [["South Clinic", False]],
        "aside": [["South Clinic", "North Clinic"]],
    }


def test_another_tab_shows_no_answer_of_the_response_that_was_put_aside(
    scenario: Scenario,
) -> None:
    assert scenario("other_tab") == {"values": [], "draft": ""}


def test_what_waits_on_the_shelf_is_sent_without_changing_over(scenario: Scenario) -> None:
    found = scenario("sends", None)

    # Again and again, with longer and longer waits.
    assert 1 < found["tried"] < 10
    assert found["calls"] == 1
    assert found["sent"] == ["mine", "my own"]
    assert (found["id"], found["pending"]) == (True, 0)
    assert found["shown"] == {"values": [], "role": "helper"}


def test_what_the_server_refused_waits_whole_until_a_person_sees_it(scenario: Scenario) -> None:
    found = scenario("sends", "unknown-response")

    assert found["calls"] == 1
    assert (found["id"], found["pending"]) == (True, 2)


def test_changing_over_while_it_is_sent_leaves_nothing_on_the_shelf(scenario: Scenario) -> None:
    found = scenario("taken_up")

    assert found["left"] == []
    assert found["values"] == ["mine", "my own"]
    assert (found["sync"], found["sent"]) == ("saved", 2)
