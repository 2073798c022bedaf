"""A typical person's whole questionnaire on the slowed processor, tapped for real."""

from statistics import median
from typing import Any

from playwright.sync_api import Browser, Request

from tests.bench.phone import fresh_phone, observed, slow_processor
from tests.bench.sums import durations_of, layout_shift, percentile
from tests.bench.table import Figure, at_most
from tests.bench.visits import wait_until_offline_ready
from tests.browser.people import PATIENT, by_name
from tests.browser.questions import Questions

_LEFT_ALONE_MS = 250
# A tap so soon after another question came is taken for a slip (page_effects.js).
_LOOKED_AT_MS = 500
_FEWEST_QUESTIONS = 30


class _TappedQuestions(Questions):
    """Continue is tapped with a bare touch: looking at the page meanwhile would slow it down."""

    def next(self) -> Questions:
        button = self.page.get_by_role("button", name="Continue", exact=True)
        # Waits until it stands still and nothing covers it, and taps not yet.
        button.tap(trial=True)
        box = button.bounding_box()
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.wait_for_timeout(_LEFT_ALONE_MS)
        return self


def journey(browser: Browser, site: str) -> list[Figure]:
    requests: list[Request] = []
    pages: list[str] = []
    asked = requested = 0
    with fresh_phone(browser, site) as (page, cdp):
        questions = _TappedQuestions(page).open()
        wait_until_offline_ready(page)
        slow_processor(cdp)
        page.context.on("request", lambda request: requests.append(request))
        for key in questions.through(**by_name(PATIENT)):
            page.wait_for_timeout(_LOOKED_AT_MS)
            pages.append(key)
            asked += bool(questions.link_id)
            # Continue on the last page leads away from the questions: another page is loaded.
            requested = len(requests)
        seen = observed(page)
        reached = sum(map(_reached_the_network, requests[:requested]))
    pressed = [at for at, _ in seen["nextQuestions"]]
    took = [duration for _, duration in seen["nextQuestions"]]
    if len(took) < max(_FEWEST_QUESTIONS, len(pages) - 1):
        raise RuntimeError(f"{len(pages)} pages were shown, and only {len(took)} were timed.")
    clicks = [(at, duration) for name, at, duration in seen["interactions"] if name == "click"]
    next_frame = durations_of(pressed, clicks)
    slowest = max((duration for *_, duration in seen["interactions"]), default=0)
    return [
        at_most(f"tap to next question, median of {len(took)}", median(took), 45, "ms"),
        at_most("tap to next question, p95", percentile(took, 95), 80, "ms"),
        Figure(
            "  the same taps by event timing (the next frame, in steps of 8 ms)",
            f"{median(next_frame):.0f} ms, p95 {percentile(next_frame, 95):.0f} ms",
        ),
        at_most("slowest tap of all by event timing", slowest, 200, "ms"),
        at_most("network requests between first and last question", reached, 0),
        at_most(
            "layout shift from question to question", layout_shift(seen["shifts"]), 0.05, "", 3
        ),
        Figure("typical journey: questions", f"{asked}"),
        Figure("typical journey: taps, a field to type in counted as one", _taps(seen)),
    ]


def _reached_the_network(request: Request) -> bool:
    """Tell requests that left the phone from those its service worker answered from its store."""
    response = None if request.service_worker else request.response()
    return response is None or not response.from_service_worker


def _taps(seen: dict[str, Any]) -> str:
    return f"{seen['taps'] + seen['typed']}, of them {seen['typed']} fields"
