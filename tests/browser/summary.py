"""The page for the specialist as tests read it; on a phone most of its parts begin folded."""

from playwright.sync_api import Locator, Page, expect


def shown(page: Page) -> Page:
    """Wait for the summary on the screen: what works it out comes after the page."""
    expect(page.locator("html[data-ready]")).to_have_count(1)
    expect(page.locator(".summary-part").first).to_be_visible()
    return page


def opened(page: Page) -> Page:
    """Wait for the summary on the screen, and open all of its parts."""
    shown(page)
    open_all = page.get_by_role("button", name="Open all parts")
    if open_all.is_visible():
        open_all.click()
    expect(page.locator(".summary-part:not([open])")).to_have_count(0)
    return page


def block(page: Page, title: str) -> Locator:
    """Find a part of the summary."""
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.locator(".summary-block").filter(has=heading)


def facts(page: Page) -> dict[str, str]:
    """Read the facts of a summary whose parts are open: each label with what it says."""
    rows = page.locator("dl.facts > div").all()
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}
