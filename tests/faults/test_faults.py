"""A short run of the fault suite, and proof that it notices what must never happen."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.faults.report import closing_table, failure
from tests.faults.schedule import make_schedule
from tests.faults.worker import Outcome, PhoneChange, Worker, running_worker

SEEDS = range(1, 101)
# A phone went on saying that it waited for a connection, after everything had been sent.
FOUND_A_DEFECT = (53864240,)
# Whoever looks for a breakage finds it within so many schedules.
ENOUGH = 20


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with running_worker() as worker:
        yield worker


@pytest.mark.parametrize("seed", FOUND_A_DEFECT)
def test_what_once_found_a_defect_finds_none(worker: Worker, seed: int):
    outcome = worker.run(make_schedule(seed))
    assert not outcome.problems, failure(outcome)


def test_nothing_is_lost_in_a_hundred_schedules(worker: Worker):
    outcomes = [worker.run(make_schedule(seed)) for seed in SEEDS]
    failed = [failure(each) for each in outcomes if each.problems]
    assert not failed, "\n".join(failed[:3])
    faults = sum((each.faults for each in outcomes), Counter[str]())
    expected = {
        "clock set wrong",
        "database full",
        "database locked",
        "dead network",
        "duplicated request",
        "erased",
        "killed, after-commit",
        "late reply",
        "late request",
        "lost reply",
        "lost request",
        "offline",
        "page crashed",
        "page reloaded",
        "refused by a database in trouble",
    }
    assert expected <= faults.keys()


def test_seed_gives_the_same_run_again(worker: Worker):
    first, second = (worker.run(make_schedule(7)) for _ in range(2))
    assert (first.faults, first.checks) == (second.faults, second.checks)


def problems_of(worker: Worker) -> Iterator[str]:
    for seed in range(1, ENOUGH):
        yield from worker.run(make_schedule(seed)).problems


@pytest.mark.parametrize(
    ("breakage", "expected"),
    [
        ("forgetting", "was called saved and is not on the server"),
        ("altering", "is on the server as"),
        ("repeating", "which nobody made"),
        ("withholding", "and the server has"),
    ],
)
def test_broken_server_is_noticed(breakage: str, expected: str):
    with running_worker(broken=breakage) as worker:
        assert any(expected in problem for problem in problems_of(worker))


def test_phone_that_says_saved_too_early_is_noticed():
    begins = 'tell("saving");\n    sending = deliver'
    change = PhoneChange("saving/saving.js", begins, begins.replace("saving", "saved", 1))
    with running_worker(changed=change) as worker:
        assert any('said "saved" though' in problem for problem in problems_of(worker))


def test_violation_is_told_with_its_seed_and_steps():
    outcome = Outcome(make_schedule(123), ["something is lost"], Counter(fault=2), Counter(check=3))
    told = failure(outcome)
    assert "make faults SEED=123" in told
    assert "something is lost" in told
    assert told.count("\n") > len(outcome.schedule.steps)
    table = closing_table([outcome], "sqlite", 1.0)
    assert "Schedules with a violation: 1" in table
    assert "Their seeds: 123" in table
