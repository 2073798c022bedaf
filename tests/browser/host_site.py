"""A clinic's website on another origin than the app, with the questionnaire in its pages."""

import http.server
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from tests.browser.questions import Questions

EXAMPLE = Path("examples/host-page.html")
SOON = 10.0
_IFRAME = re.compile(r"<iframe .*?</iframe>", re.DOTALL)
_SCRIPT = re.compile(r"<script .*?</script>", re.DOTALL)


class HostSite:
    """The website. What stands at an address is decided by the test that asks for it."""

    def __init__(self, app: str, port: int, pages: dict[str, bytes]) -> None:
        self.app = app
        # To a browser this is another site than the app's.
        self.origin = f"http://localhost:{port}"
        # The same pages, which no clinic has listed under this origin.
        self.other_origin = f"http://127.0.0.1:{port}"
        self._pages = pages

    def page(self, *clinics: str, change: Callable[[str], str] = lambda html: html) -> str:
        """Put the frames of clinics into the example's page, and give its address."""
        html = EXAMPLE.read_text(encoding="utf-8")
        frame, script = _IFRAME.search(html), _SCRIPT.search(html)
        assert frame, "the example has no frame"
        assert script, "the example has no script"
        frames = "\n".join(frame[0].replace("CLINIC", clinic) for clinic in clinics)
        html = html.replace(frame[0], frames).replace("CLINIC", clinics[0])
        path = f"/{len(self._pages)}"
        self._pages[path] = change(html).replace("https://APP", self.app).encode()
        return f"{self.origin}{path}"


@contextmanager
def running_host(app: str) -> Iterator[HostSite]:
    """Serve a website until the block ends."""
    pages: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path.partition("?")[0])
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield HostSite(app, server.server_port, pages)
    server.shutdown()
    server.server_close()


class FrameQuestions(Questions):
    """Answers questions in a frame, with the verbs of those in a page."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)  # pyright: ignore[reportArgumentType]
        self.frame = frame
        # The page of questions comes a moment after the link to it was followed.
        expect(frame.locator("form[data-link-id]")).to_be_visible(timeout=20_000)

    def wait_until_moved(self, before: str) -> None:
        """Wait until another address is shown."""
        until(lambda: self.frame.url != before, self.frame.page)


def until(holds: Callable[[], object], page: Page) -> None:
    """Wait until something holds, while the page goes on."""
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        page.wait_for_timeout(30)


def frame_of(page: Page, clinic: str) -> Frame:
    """Give the frame of a clinic, once its page answers by itself."""
    element = page.locator(f'iframe[src$="/embed/{clinic}"]')
    element.scroll_into_view_if_needed()
    handle = element.element_handle()
    frame = handle.content_frame()
    assert frame
    expect(frame.locator("html[data-ready]")).to_have_count(1, timeout=20_000)
    return frame
