"""People who save, pass on links and open them, each on a phone of their own."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.kept import kept_answers
from tests.browser.storage import kept_entries

RECORD = "abs:after-back-surgery:response"
PHONE = {"viewport": {"width": 360, "height": 740}, "service_workers": "block"}
LINK = re.compile(r"/open#([\w-]{43})$")


class Person:
    """Somebody with a phone."""

    def __init__(
        self, browser: Browser, site: str, answers: dict[str, Any] | None = None, **options: Any
    ) -> None:
        state = kept_answers(site, answers) if answers else None
        self.context: BrowserContext = browser.new_context(
            base_url=site, storage_state=state, **{**PHONE, **options}
        )
        self.page: Page = self.context.new_page()
        self.requests: list[Any] = []
        self.page.on("request", lambda one: self.requests.append(one))

    def open(self, address: str) -> Page:
        """Open a page and wait until it answers by itself."""
        self.page.goto(address)
        expect(self.page.locator("html[data-ready]")).to_have_count(1)
        return self.page

    def tap(self, name: str, *, exact: bool = False) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def save(self, *, for_other: bool = False) -> "Person":
        """Agree, and wait until the server has confirmed."""
        self.open("/save")
        self.page.get_by_label("I agree to this").check()
        if for_other:
            self.page.get_by_label("The person I am helping has agreed").check()
        self.tap("Save my answers")
        self.expect_status("saved")
        return self

    def expect_status(self, status: str) -> None:
        """Expect the line that says where the answers are."""
        line = self.page.locator(".status[data-sync]")
        expect(line).to_have_attribute("data-sync", status, timeout=20_000)

    @property
    def record(self) -> dict[str, Any]:
        """What the phone knows of the response."""
        in_tab = kept_entries(self.page, "sessionStorage").get(RECORD)
        return in_tab or kept_entries(self.page).get(RECORD, {})

    @property
    def made_link(self) -> str:
        """The address of the link that was just made."""
        link = self.page.locator("#made-link-text")
        expect(link).to_have_text(LINK)
        return link.inner_text()

    def make_return_link(self) -> str:
        """Make a link for another phone of one's own."""
        self.open("/come-back")
        self.tap("Make a link for me")
        return self.made_link

    def make_code(self, year: str) -> str:
        """Make a code, with the year of birth as its second half."""
        self.open("/come-back")
        self.page.get_by_label("Your year of birth").fill(year)
        self.tap("Make a code")
        return self.page.locator(".code-text").inner_text()

    def make_helper_link(
        self, name: str, role: str = "Help with the answers", relationship: str = ""
    ) -> str:
        """Make a link for somebody else."""
        page = self.open("/helpers")
        page.get_by_label("Their name").fill(name)
        page.get_by_label("Who are they to you?").fill(relationship)
        page.get_by_label(role).check()
        page.get_by_label("7 days").check()
        self.tap("Make the link")
        return self.made_link

    def open_link(self, address: str) -> Page:
        """Open a link that somebody passed on, and wait until it is known what it opens."""
        self.open(address)
        expect(self.page.locator("#opened, #failed, #choose")).to_be_visible()
        return self.page

    def call(self, method: str, path: str = "", record: dict[str, Any] | None = None) -> Any:
        """Call the server as a program would, with what this phone holds."""
        record = record or self.record
        return self.page.request.fetch(
            f"/api/v1/responses/{record['id']}{path}",
            method=method,
            headers={"X-Response-Secret": record["secret"]},
        )
