"""An emulated phone: a small screen that is touched, a slow processor and a slow network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

PROCESSOR_SLOWED = 4
ROUND_TRIP_MS = 150
DOWN_BITS = 1_600_000
UP_BITS = 750_000

_OBSERVE = Path(__file__).with_name("observe.js")


@contextmanager
def fresh_phone(browser: Browser, site: str) -> Iterator[tuple[Page, CDPSession]]:
    """Open an empty page on a phone that holds nothing yet."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": 412, "height": 823},
        device_scale_factor=1.75,
        has_touch=True,
        is_mobile=True,
    )
    context.add_init_script(path=_OBSERVE)
    page = context.new_page()
    try:
        yield page, context.new_cdp_session(page)
    finally:
        context.close()


def slow_processor(cdp: CDPSession) -> None:
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR_SLOWED})


def slow_network(cdp: CDPSession) -> None:
    cdp.send("Network.enable")
    cdp.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": DOWN_BITS / 8,
            "uploadThroughput": UP_BITS / 8,
        },
    )


def observed(page: Page) -> dict[str, Any]:
    """Return what observe.js has noted on this page so far."""
    # The last notes are made one or two frames after what they are about.
    page.wait_for_timeout(300)
    return page.evaluate("window.bench")
