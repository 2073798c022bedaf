"""Measures the app against its budgets and prints one table: `python -m tests.bench`.

The site is measured on a production build only: the finished build of these sources, or the site
that FBSS_TEST_ADDRESS names.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from fbss_app.launch.site import is_current
from fbss_app.settings import Settings
from tests.bench.inbox import inbox
from tests.bench.journey import journey
from tests.bench.lighthouse import lighthouse
from tests.bench.phone import DOWN_BITS, PROCESSOR_SLOWED, ROUND_TRIP_MS
from tests.bench.reading import reading_grades
from tests.bench.run_lengths import run_lengths
from tests.bench.table import Figure, as_table, at_most, is_over, not_measured
from tests.bench.visits import VISITS, bytes_on_the_wire, first_answers
from tests.browser.site import running_server
from tests.chromium import find_chromium, launch_arguments

PARTS = ("site", "words", "inbox")
_START = "second `make run`, from the command to the first page"

_HOW = f"""Emulated: a processor slowed {PROCESSOR_SLOWED} times.
What is given in s is the median of {VISITS} visits, with {ROUND_TRIP_MS} ms a request and
{DOWN_BITS / 1e6} Mbit/s down besides. What is given in ms runs from the click to the second
animation frame after the next question's heading. 1 kB is 1000 bytes."""


@contextmanager
def _measured_site() -> Iterator[tuple[str, Figure]]:
    """Give the address of the site and how long it took to start."""
    if named := os.environ.get("FBSS_TEST_ADDRESS"):
        yield named.rstrip("/"), not_measured(_START, "a running site was named")
        return
    if not is_current(Settings()):
        sys.exit("There is no finished build of these sources: run `make bench`.")
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        command = ["make", "--silent", "run"]
        with running_server(Path(folder), questionnaires=None, command=command) as address:
            yield address, at_most(_START, time.monotonic() - began, 20, "s", 1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _measure_site(*, with_lighthouse: bool) -> tuple[list[Figure], list[str]]:
    """Give the figures of what patients get, and what to say below them."""
    with _measured_site() as (site, start), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=launch_arguments()
        )
        remarks = [f"Chromium {browser.version}. {_HOW}"]
        _say("Measuring the bytes of a first visit ...")
        figures = bytes_on_the_wire(browser, site)
        _say(f"Answering at once, {VISITS} times ...")
        figures += first_answers(browser, site)
        _say("Walking through the questions ...")
        figures += [*journey(browser, site), start]
        browser.close()
        if with_lighthouse:
            _say("Running Lighthouse ...")
            scores, lost = lighthouse(site)
            figures += scores
            remarks += lost
    return figures, remarks


def _doubts(load_before: float) -> Iterator[str]:
    if load_before > (os.cpu_count() or 1):
        yield (
            f"The machine was busy (load {load_before:.1f} before it began): the times and "
            "Lighthouse's performance are worse than it can do."
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail when a figure is over budget")
    parser.add_argument("--no-lighthouse", action="store_true", help="leave Lighthouse out")
    parser.add_argument("--only", choices=PARTS, help="measure this part alone")
    chosen = parser.parse_args(arguments)
    parts = [chosen.only] if chosen.only else PARTS
    load = os.getloadavg()[0]
    figures: list[Figure] = []
    remarks: list[str] = []
    if "site" in parts:
        figures, remarks = _measure_site(with_lighthouse=not chosen.no_lighthouse)
    if "words" in parts:
        figures += [*run_lengths(), *reading_grades()]
    if "inbox" in parts:
        _say("Filling an inbox, and looking into it ...")
        figures += inbox()
    print(as_table(figures))
    print("", f"On {os.cpu_count()} processors.", *remarks, *_doubts(load), sep="\n")
    return int(chosen.strict and is_over(figures))


if __name__ == "__main__":
    sys.exit(main())
