"""First visits: their bytes, and how soon the emulated phone shows the page and takes an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.bench.phone import fresh_phone, observed, slow_network, slow_processor
from tests.bench.sums import layout_shift
from tests.bench.table import Figure, at_most, kilobytes
from tests.bench.wire import BackgroundRequests, Wire

VISITS = 5
_SETTLED_MS = 1000


def wait_until_offline_ready(page: Page) -> None:
    """Wait until the page answers by itself and its service worker has fetched everything."""
    page.locator("html[data-ready]").wait_for(state="attached")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_timeout(_SETTLED_MS)


def _visit(browser: Browser, site: str, path: str) -> tuple[Wire, int]:
    with fresh_phone(browser, site) as (page, cdp):
        wire, background = Wire(site).listen(cdp), BackgroundRequests(page)
        page.goto(path)
        wait_until_offline_ready(page)
        return wire, background.total


def bytes_on_the_wire(browser: Browser, site: str) -> list[Figure]:
    wire, background = _visit(browser, site, "/questionnaire")
    start, _ = _visit(browser, site, "/")
    first = "first visit to /questionnaire, cold cache, with headers"
    kinds = {kind: kilobytes(wire.sizes[kind]) for kind in ("HTML", "JS", "images", "other")}
    return [
        at_most(first, kilobytes(wire.total), 220, "kB", 1),
        *(Figure(f"  {kind}", f"{size:.1f} kB") for kind, size in kinds.items()),
        at_most("  CSS", kilobytes(wire.sizes["CSS"]), 12, "kB", 1),
        at_most("  fonts", kilobytes(wire.sizes["fonts"]), 0, "kB", 1),
        at_most("  HTML, JS and CSS files without brotli", len(wire.uncompressed), 0),
        at_most("  requests to third parties", len(wire.third_parties), 0),
        at_most("  websockets", len(wire.websockets), 0),
        Figure(
            "  later, in the background: the service worker's store, without sw.js",
            f"{kilobytes(background):.1f} kB",
        ),
        Figure("first visit to /, cold cache, with headers", f"{kilobytes(start.total):.1f} kB"),
    ]


@dataclass(frozen=True)
class _FirstAnswer:
    painted_s: float
    taken_s: float
    tapped_early: bool
    shift: float


def _says(word: str) -> Callable[[ConsoleMessage], bool]:
    return lambda message: message.text == f"bench: {word}"


def _place_of_first_answer(browser: Browser, site: str) -> tuple[float, float]:
    with fresh_phone(browser, site) as (page, _):
        page.goto("/questionnaire")
        box = page.locator("form[data-link-id] input[type=radio]").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _answer_at_once(browser: Browser, site: str, place: tuple[float, float]) -> _FirstAnswer:
    with fresh_phone(browser, site) as (page, cdp):
        slow_network(cdp)
        slow_processor(cdp)
        # Looking at the page meanwhile would slow it down, so the page itself tells.
        with page.expect_console_message(_says("answered")):
            with page.expect_console_message(_says("painted")):
                page.goto("/questionnaire", wait_until="commit")
            page.touchscreen.tap(*place)
        seen = observed(page)
    if seen["answeredAt"] is None:
        raise RuntimeError("A tap on the first answer was lost: it is not kept on the phone.")
    return _FirstAnswer(
        painted_s=seen["paints"]["first-contentful-paint"] / 1000,
        taken_s=seen["answeredAt"] / 1000,
        tapped_early=seen["tappedAt"] < seen["readyAt"],
        shift=layout_shift(seen["shifts"]),
    )


def first_answers(browser: Browser, site: str) -> list[Figure]:
    place = _place_of_first_answer(browser, site)
    seen = [_answer_at_once(browser, site, place) for _ in range(VISITS)]
    early = sum(one.tapped_early for one in seen)
    return [
        at_most("first paint", median(one.painted_s for one in seen), 0.5, "s", 2),
        at_most("first answer taken", median(one.taken_s for one in seen), 1.2, "s", 2),
        Figure("  taps before hydration, all of them taken", f"{early} of {len(seen)}"),
        at_most(
            "layout shift while it loads, worst visit", max(one.shift for one in seen), 0.05, "", 3
        ),
    ]
