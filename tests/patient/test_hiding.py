"""Answers that nobody looks at are hidden, and nothing of them is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.patient.node_process import NodeProcess
from tests.patient.test_saving import FORM

Scenario = Callable[..., Any]
HIDDEN = {
    "hidden": True,
    "hasAnswers": False,
    "key": "owner",
    "draft": "",
    "canExportUnsent": False,
    "texts": False,
}
SHOWN = {**HIDDEN, "hidden": False, "hasAnswers": True, "key": "note", "draft": "half a sen"}
SHOWN["texts"] = True


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    folder = tmp_path_factory.mktemp("hiding")
    process = NodeProcess("hiding.mjs", folder, "--experimental-vm-modules", "--no-warnings")
    yield lambda *case: process.ask(FORM, [case])[0]
    process.stop()


def test_a_warning_comes_after_28_minutes_and_counts_down(scenario: Scenario) -> None:
    found = scenario("warned")

    assert found["before"] is None
    assert (found["first"], found["later"]) == (120, 30)
    # As often as the person wants.
    assert found["stays"] == [[None, False]] * 12
    assert found["draft"] == "half a sen"


def test_whoever_uses_the_app_is_not_interrupted(scenario: Scenario) -> None:
    assert scenario("used") == [None, False]


def test_after_30_minutes_nothing_is_shown_and_nothing_is_lost(scenario: Scenario) -> None:
    found = scenario("hidden")

    assert found["before"] == found["after"] == SHOWN
    assert found["during"] == {**HIDDEN, "warning": None}
    assert found["still"] == HIDDEN


@pytest.mark.parametrize("how", ["return", "touch", "restore", "reload"])
def test_time_counts_while_the_phone_sleeps(scenario: Scenario, how: str) -> None:
    assert scenario("slept", how) == HIDDEN


def test_loading_the_page_again_is_use(scenario: Scenario) -> None:
    assert scenario("reloaded") == SHOWN


def test_a_page_that_was_put_aside_shows_nothing_before_the_time_is_known(
    scenario: Scenario,
) -> None:
    assert scenario("veiled") == {"away": "0", "back": "", "hidden": True}


def test_the_tabs_of_a_phone_share_their_use(scenario: Scenario) -> None:
    found = scenario("tabs")

    assert found["shared"] == [False, False]
    assert found["both"] == [True, True]
    assert found["after"] == [False, False]


def test_what_waits_is_sent_while_it_is_hidden(scenario: Scenario) -> None:
    found = scenario("sends")

    assert found["hidden"]
    assert found["sent"] == ["mine", "my own"]
    assert {name: found[name] for name in HIDDEN} == HIDDEN


def test_where_there_are_no_answers_nothing_is_hidden_or_kept(scenario: Scenario) -> None:
    found = scenario("nothing")

    assert not found["hidden"]
    assert [key for key in found["keys"] if key.startswith("abs:last-use")] == []


def test_what_is_erased_while_hidden_leaves_a_new_start(scenario: Scenario) -> None:
    found = scenario("cleared")

    assert (found["hidden"], found["events"]) == (False, 0)


def test_a_clock_set_back_shows_nothing(scenario: Scenario) -> None:
    assert scenario("clock") == HIDDEN


KEY = {"id": "this", "isKnown": True, "hasKey": True}


@pytest.mark.parametrize(
    ("owner", "record", "way"),
    [
        ("mine", KEY, "tap"),
        ("shared", KEY, "key"),
        # Nobody could have a link or a code: asking for one would lock the person out for good.
        ("shared", {}, "nothing"),
        ("shared", {**KEY, "hasKey": False}, "nothing"),
        ("shared", {**KEY, "isKnown": False}, "nothing"),
    ],
)
def test_what_hidden_answers_ask_for(
    scenario: Scenario, owner: str, record: dict[str, Any], way: str
) -> None:
    assert scenario("way", owner, record) == way


def test_answers_on_the_shelf_are_no_way_around_a_link(scenario: Scenario) -> None:
    assert scenario("shelf") == "key"


@pytest.mark.parametrize(
    ("record", "reply", "may"),
    [
        ({}, {"role": "patient", "can_manage": True}, True),
        ({}, {"role": "helper", "can_manage": True}, True),
        ({}, {"role": "read"}, False),
        ({"role": "helper"}, {"role": "helper"}, True),
        ({"role": "helper"}, {"role": "read"}, False),
        ({}, {"role": "patient", "can_manage": True, "response_id": "other"}, False),
    ],
)
def test_only_a_link_that_may_do_as_much_shows_the_answers(
    scenario: Scenario, record: dict[str, Any], reply: dict[str, Any], may: bool
) -> None:
    assert scenario("reveals", record, reply) is may
