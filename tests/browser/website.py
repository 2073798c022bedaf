"""A clinic with its website, and a phone on which somebody answers there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.browser.clinic import SOON, Clinic
from tests.browser.host_site import FrameQuestions, HostSite, frame_of, until
from tests.browser.site import OwnServer

NAME = "Jo Miller, 1961"
FIRST = {"device_owner": "shared", "author": "me", "country": "gb"}
_ANSWERS = "after-back-surgery:event:"


@dataclass(frozen=True)
class Website:
    """A clinic with its website, and a phone that is on it."""

    clinic: Clinic
    slug: str
    context: BrowserContext
    page: Page
    requests: list[str]

    @property
    def frame(self) -> Frame:
        """The questionnaire in the page."""
        return frame_of(self.page, self.slug)

    def begin(self) -> FrameQuestions:
        """Start the questions."""
        self.frame.get_by_role("link", name="Start the questions").click()
        return FrameQuestions(self.frame)

    def tap(self, name: str) -> None:
        """Press a button in the frame."""
        self.frame.get_by_role("button", name=name, exact=True).first.click()

    def go(self, path: str) -> None:
        """Follow a link of the frame to another page."""
        before = self.frame.url
        self.frame.locator(f'a[href$="{path}"]').first.click()
        until(lambda: self.frame.url != before, self.page)

    def save(self) -> None:
        """Agree to saving, and wait until it is done."""
        self.go("/save")
        self.frame.get_by_label("I agree to this").check()
        self.tap("Save my answers")
        line = self.frame.locator(".status[data-sync]")
        expect(line).to_have_attribute("data-sync", "saved", timeout=SOON)

    def send(self, name: str = NAME) -> None:
        """Agree to sending, also where nothing was saved yet, and wait until it is done."""
        self.frame.get_by_label("Your name, as the clinic knows you").fill(name)
        self.frame.get_by_label("I agree to this", exact=True).check()
        saving = self.frame.get_by_label("I agree that my answers are saved on the server")
        if saving.count():
            saving.check()
        self.tap("Send my answers")
        sent = self.frame.get_by_text(f"Your answers are with {self.clinic.name}")
        expect(sent).to_be_visible(timeout=SOON)

    def leave(self) -> Page:
        """Open the answers in a page of its own."""
        with self.context.expect_page() as opened:
            self.frame.get_by_role("link", name="Open in its own page").click()
        return opened.value


def kept_in(page: Page, storage: str) -> list[str]:
    """Name the answers that a page keeps in one of its storages."""
    names = page.evaluate("(name) => Object.keys(window[name])", storage)
    return sorted(name for name in names if _ANSWERS in name)


def kept_of(page: Page) -> list[str]:
    """Name the answers that a page keeps."""
    return [*kept_in(page, "sessionStorage"), *kept_in(page, "localStorage")]


def asking_for_completed(html: str) -> str:
    """Let the frame tell the page around it that answers were sent."""
    return html.replace("data-fbss", "data-fbss data-fbss-completed", 1)


@contextmanager
def visited_website(
    browser: Browser,
    own_server: OwnServer,
    host: HostSite,
    *,
    change: Callable[[str], str] = asking_for_completed,
    new_context: Callable[..., BrowserContext] | None = None,
    **options: Any,
) -> Iterator[Website]:
    """Found a clinic, and open its website on a phone until the block ends.

    Args:
        browser: Where the phone is.
        own_server: Where the clinic is.
        host: Where its website is.
        change: What is done to the page around the frame.
        new_context: Gives a phone of another kind.
        options: Of the phone.
    """
    clinic = Clinic(own_server, "Meadow Clinic")
    slug = clinic.open_own_pages(host.origin, accent="plum", phone="+44 20 7946 0001")
    make = new_context or browser.new_context
    context = make(**{"viewport": {"width": 360, "height": 740}, **options})
    page = context.new_page()
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url))
    page.goto(host.page(slug, change=change))
    yield Website(clinic, slug, context, page, requests)
    context.close()
