"""The phone's way to the server, in a small browser in which only a test lets time pass."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.domain.build import group, question, questionnaire
from tests.patient.node_process import NodeProcess

FORM = questionnaire(
    group(
        "section",
        question(
            "owner",
            "choice",
            app_role="device-owner",
            answer_option=["mine", "shared"],
        ),
        question("note", "text", max_length=30_000, sensitive=True),
    ),
)
Scenario = Callable[..., Any]


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    folder = tmp_path_factory.mktemp("saving")
    process = NodeProcess("saving.mjs", folder, "--experimental-vm-modules", "--no-warnings")
    yield lambda *case: process.ask(FORM, [case])[0]
    process.stop()


def test_answers_stand_in_the_servers_order_and_unconfirmed_ones_after_them(
    scenario: Scenario,
) -> None:
    found = scenario("order")

    assert found["before"] == ["mine", "one", "mine"]
    assert found["after"] == found["onServer"] == ["mine", "one", "theirs", "theirs again", "mine"]


def test_a_clock_that_is_wrong_changes_no_order(scenario: Scenario) -> None:
    assert scenario("clock") == [
        "mine",
        "one",
        "later, by a clock set back",
        "latest, by a clock set forward",
        "last",
    ]


def test_events_of_an_older_version_load_and_get_their_places(scenario: Scenario) -> None:
    found = scenario("legacy")

    assert found["before"] == ["mine", "one"]
    assert found["after"] == ["mine", "one", "theirs"]
    assert found["sequences"] == [1, 2, 3]
    assert found["cursor"] == 0
    # Once they have them, nothing more is asked.
    assert found["calls"] == found["later"]


def test_what_a_restored_server_lost_is_sent_again(scenario: Scenario) -> None:
    found = scenario("restored")

    assert found["sync"] == "saved"
    assert found["onServer"] == ["mine", "one", "three", "two"]


def test_two_tabs_never_send_at_the_same_time_and_nothing_twice(scenario: Scenario) -> None:
    found = scenario("tabs", True)

    assert found["most"] == 1
    assert found["twice"] == 0
    assert found["meanwhile"] == "saving"
    assert found["says"] == ["saved", "saved"]
    assert found["values"] == [["mine", "one", "two", "three"]] * 2


def test_tabs_without_locks_lose_nothing_either(scenario: Scenario) -> None:
    found = scenario("tabs", False)

    assert found["says"] == ["saved", "saved"]
    assert sorted(found["values"][0]) == sorted(found["values"][1])
    assert set(found["values"][0]) == {"mine", "one", "two", "three"}


def test_a_tab_that_never_lets_go_holds_nobody_up_for_ever(scenario: Scenario) -> None:
    assert scenario("stuck") == ["saving", "saved"]


def test_answers_that_a_crash_left_unconfirmed_are_sent_by_the_next_page(
    scenario: Scenario,
) -> None:
    found = scenario("crash")

    assert found["sync"] == "saved"
    assert found["onServer"] == ["mine", "one", "two"]


@pytest.mark.parametrize("status", [0, 500, 503])
def test_tries_come_more_slowly_and_never_end(scenario: Scenario, status: int) -> None:
    found = scenario("tries", status)

    waits = [later - at for at, later in zip(found["at"], found["at"][1:], strict=False)]
    assert 1.5 <= waits[0] <= 2.5
    assert all(45 <= wait <= 75 for wait in waits[4:])
    assert found["at"][-1] > 520
    assert found["sync"] == "offline"
    assert found["text"].startswith("Not saved yet")
    assert found["canExport"]


def test_a_server_that_asks_to_wait_is_left_alone_for_so_long(scenario: Scenario) -> None:
    found = scenario("tries", 429, {"Retry-After": "100"})

    assert found["at"][0] == 0
    assert 100 <= found["at"][1] <= 125


def test_nothing_but_a_person_asks_before_that(scenario: Scenario) -> None:
    found = scenario("asked_to_wait")

    assert found["early"] == 1
    assert found["sync"] == "saved"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("unknown-version", "open it again"),
        ("response-full", "Print your summary"),
        ("not-allowed", "Ask the person who gave you the link"),
        ("invalid-content", "Your summary shows them"),
    ],
)
def test_a_refusal_says_what_to_do_and_is_not_repeated(
    scenario: Scenario, code: str, words: str
) -> None:
    found = scenario("tries", 422, {}, code)

    assert found["at"] == [0]
    assert found["sync"] == "error"
    assert words in found["text"]
    assert found["canExport"]


def test_a_browser_that_is_wrong_about_the_connection_blocks_nothing(scenario: Scenario) -> None:
    assert scenario("wrongly_offline") == ["offline", "saved"]


@pytest.mark.parametrize("how", ["online", "visible", "pageshow"])
def test_coming_back_sends_at_once(scenario: Scenario, how: str) -> None:
    assert scenario("back_online", how) == "saved"


@pytest.mark.parametrize(("length", "calls"), [(10, [[True, 2]]), (25_000, [])])
def test_a_page_that_goes_takes_along_what_may_outlive_it(
    scenario: Scenario, length: int, calls: list[Any]
) -> None:
    assert scenario("leaving", length) == calls


def test_others_answers_are_looked_for_only_where_they_can_come_and_be_seen(
    scenario: Scenario,
) -> None:
    found = scenario("receiving")

    assert found["alone"] == 0
    assert found["first"] == 1
    assert found["slow"] == 5
    assert found["hidden"] == 0
    assert found["values"] == ["mine", "one", "theirs"]
    assert found["arrived"] == "New answers from Ana have arrived"
    assert found["said"] == "saved"
    assert found["soon"] == 1


REMOVED = "Your answers were kept on this phone for 30 days. They have now been removed from it."
LOST = f"{REMOVED} Some of them had not reached the server, so they are gone."


@pytest.mark.parametrize(
    ("how", "says"), [("not sent", LOST), ("sent", REMOVED), ("never agreed", REMOVED)]
)
def test_who_comes_back_too_late_hears_whether_anything_was_lost(
    scenario: Scenario, how: str, says: str
) -> None:
    assert scenario("expired", how) == {"says": says, "hasAnswers": False}


@pytest.mark.parametrize(("touched", "shown"), [(True, "half a sen"), (False, "theirs")])
def test_an_answer_that_arrives_replaces_nothing_that_is_being_typed(
    scenario: Scenario, touched: bool, shown: str
) -> None:
    assert scenario("typing", touched) == shown


def test_a_link_that_ended_takes_others_answers_along_and_leaves_the_unsent(
    scenario: Scenario,
) -> None:
    found = scenario("ended", {"role": "helper", "can_manage": False})

    assert found["held"] == ["not sent"]
    assert found["secret"] == ""
    assert found["linkEnded"]
    assert found["canExportUnsent"]
    assert found["sync"] == "error"
    assert "This link has ended" in found["text"]
    assert found["calls"] == 0
    assert found["left"] == 0


def test_whoever_began_keeps_everything_when_the_server_no_longer_has_it(
    scenario: Scenario,
) -> None:
    found = scenario("ended", {})

    assert found["held"] == ["mine", "one", "theirs", "not sent"]
    assert not found["linkEnded"]
    assert not found["hasConsent"]
    assert found["left"] == 4


def test_a_read_only_link_adds_and_sends_nothing(scenario: Scenario) -> None:
    assert scenario("read_only") == {"values": ["mine", "one"], "isReadOnly": True, "calls": 0}


def test_a_helpers_phone_drops_what_was_put_aside_for_the_patient(scenario: Scenario) -> None:
    assert scenario("masked") == [{"absent": "masked"}]


def test_a_page_that_a_hotel_puts_in_between_is_no_answer_of_the_server(
    scenario: Scenario,
) -> None:
    assert scenario("not_the_api") == ["offline", "offline", "saved"]


def test_what_is_too_large_for_one_call_goes_in_several(scenario: Scenario) -> None:
    found = scenario("too_large")

    assert found["sync"] == "saved"
    assert found["onServer"] == ["mine", "one", "two", "three", "four"]


def test_erasing_leaves_nothing_of_the_way_to_the_server(scenario: Scenario) -> None:
    found = scenario("erase")

    assert not {"id", "secret", "consent", "role", "participants"} & set(found["record"])
    assert found["sync"] == "local"
    assert not found["confirmed"]
