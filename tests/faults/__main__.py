"""`python -m tests.faults`: thousands of schedules with faults, or the one of a seed again.

SEED=123 runs that schedule alone; SCHEDULES=5000 says how many; both together begin at the seed.
DATABASE=postgresql runs them on PostgreSQL; WORKERS=4 is how many run at once.
"""

import os
import random
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from time import monotonic

from tests.faults.report import closing_table, failure
from tests.faults.schedule import make_schedule
from tests.faults.worker import Outcome, running_worker
from tests.server.postgresql import Cluster, find_binaries, running_cluster

SCHEDULES = 2_000
MOST_WORKERS = 8
TOLD_IN_FULL = 3
TOLD_EVERY = 250


class Run:
    """All schedules of one run, shared out among the workers."""

    def __init__(self, seeds: Sequence[int], cluster: Cluster | None) -> None:
        self.outcomes: list[Outcome] = []
        self._total = len(seeds)
        self._seeds = iter(seeds)
        self._cluster = cluster
        self._lock = threading.Lock()

    def work(self) -> None:
        """Take seeds until there are no more."""
        with self._lock:
            url = self._cluster.new_database() if self._cluster else ""
        with running_worker(url) as worker:
            while (seed := self._next()) is not None:
                self._note(worker.run(make_schedule(seed)))

    def _next(self) -> int | None:
        with self._lock:
            return next(self._seeds, None)

    def _note(self, outcome: Outcome) -> None:
        with self._lock:
            self.outcomes.append(outcome)
            failed = sum(bool(each.problems) for each in self.outcomes)
            if outcome.problems and failed <= TOLD_IN_FULL:
                print(failure(outcome), flush=True)
            if len(self.outcomes) % TOLD_EVERY == 0:
                print(f"{len(self.outcomes)} of {self._total}", flush=True)


def _seeds() -> range:
    seed, schedules = os.environ.get("SEED"), os.environ.get("SCHEDULES")
    first = int(seed) if seed else random.randrange(1, 10**6) * 1_000
    count = int(schedules) if schedules else 1 if seed else SCHEDULES
    return range(first, first + count)


@contextmanager
def _database(name: str) -> Iterator[Cluster | None]:
    binaries = find_binaries() if name == "postgresql" else None
    if name == "postgresql" and binaries is None:
        raise SystemExit("PostgreSQL is not installed: no initdb on the path.")
    with running_cluster(binaries) if binaries else nullcontext() as cluster:
        yield cluster


def main() -> int:
    """Run the schedules and return the exit code."""
    name = os.environ.get("DATABASE") or "sqlite"
    seeds = _seeds()
    workers = int(os.environ.get("WORKERS") or min(os.cpu_count() or 1, MOST_WORKERS))
    workers = min(workers, len(seeds))
    print(f"Seeds {seeds[0]} to {seeds[-1]}, {workers} at once", flush=True)
    began = monotonic()
    with _database(name) as cluster:
        run = Run(seeds, cluster)
        with ThreadPoolExecutor(workers) as pool:
            for done in [pool.submit(run.work) for _ in range(workers)]:
                done.result()
    print(closing_table(run.outcomes, name, monotonic() - began))
    return int(any(each.problems for each in run.outcomes))


if __name__ == "__main__":
    sys.exit(main())
