"""The small browser that comes with WebKitGTK, through WebDriver."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.browser.engines.processes import ended
from tests.browser.engines.shown import Engine, Shown, called, until

# It never lets a frame of another site have cookies. Storages it can be told to keep from all pages
# alone; the one of a tab it cannot be told to refuse.
BLOCKING = ("--enable-html5-local-storage=false", "--enable-html5-database=false")
DARK = ("--dark-mode",)

# What WebDriver calls a reference to an element.
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class WebKit(Engine):
    """The small browser that comes with WebKitGTK, through WebDriver."""

    def __init__(self, address: str, browser: str, arguments: Sequence[str]) -> None:
        self._http = httpx.Client(base_url=address, timeout=60)
        options = {"binary": browser, "args": ["--automation", *arguments]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = self._send("POST", "/session", capabilities=capabilities)
        self._session = f"/session/{session['sessionId']}"
        self.version = session["capabilities"]["browserVersion"]

    def tell(self, path: str, **body: Any) -> Any:
        """Give a command, and wait for its result."""
        return self._send("POST", f"{self._session}{path}", **body)

    def ask(self, path: str) -> Any:
        """Ask for something."""
        return self._send("GET", f"{self._session}{path}")

    def close(self) -> None:
        """End the browser."""
        self._send("DELETE", self._session)
        self._http.close()

    @property
    def pages(self) -> list[Shown]:
        """All open pages."""
        return [_WebKitShown(self, handle) for handle in self.ask("/window/handles")]

    def _send(self, method: str, path: str, **body: Any) -> Any:
        reply = self._http.request(method, path, json=body if method == "POST" else None)
        value = reply.json()["value"]
        assert reply.is_success, value
        return value


class _WebKitShown(Shown):
    def __init__(
        self, webkit: WebKit, window: str, page: Shown | None = None, number: int = 0
    ) -> None:
        self._webkit = webkit
        self._window = window
        self._page = page
        self._number = number

    def open(self, address: str) -> None:
        self._go_there()
        self._webkit.tell("/url", url=address)

    def run(self, function: str, *arguments: Any) -> Any:
        self._go_there()
        kept = self._execute(f"Promise.resolve({called(function, arguments)}).then(JSON.stringify)")
        return None if kept is None else json.loads(kept)

    def _press(self, selector: str) -> None:
        self._go_there()
        self._webkit.tell(f"/element/{self._find(selector)}/click")

    def resize(self, width: int, height: int) -> None:
        self._go_there()
        bars = self.run("() => outerHeight - innerHeight")
        self._webkit.tell("/window/rect", width=width, height=height + bars)

    def write(self, selector: str, text: str) -> None:
        self.click(selector)
        self._webkit.tell(f"/element/{self._find(selector)}/value", text=text)

    def frame(self, number: int = 0) -> Shown:
        return _WebKitShown(self._webkit, self._window, self, number)

    def cookies(self) -> list[Any]:
        self._go_there()
        return self._webkit.ask("/cookie")

    def _find(self, selector: str) -> str:
        return self._webkit.tell("/element", using="css selector", value=selector)[_ELEMENT]

    def _execute(self, expression: str) -> Any:
        return self._webkit.tell("/execute/sync", script=f"return {expression}", args=[])

    def _go_there(self) -> None:
        self._webkit.tell("/window", handle=self._window)
        self._webkit.tell("/frame", id=None)
        if self._page:
            self._webkit.tell("/frame", id=self._number)


def find_webkit() -> tuple[str, str, str] | None:
    """Return the paths of WebKit's driver, of its small browser and of a screen for nobody."""
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    return (driver, str(browsers[-1]), screen) if driver and browsers and screen else None


@contextmanager
def running_webkit(
    driver: str, browser: str, screen: str, arguments: Sequence[str] = ()
) -> Iterator[WebKit]:
    """Run WebKit's small browser on a screen of its own until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        tempfile.TemporaryDirectory(prefix="fbss-webkit-", ignore_cleanup_errors=True) as home,
        _running_screen(screen) as display,
    ):
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": home,
            "XDG_RUNTIME_DIR": home,
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",
        }
        process = subprocess.Popen(
            [driver, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL
        )
        with ended(process):
            until(lambda: _listens(port), "WebKit's driver")
            webkit = WebKit(f"http://127.0.0.1:{port}", browser, arguments)
            try:
                yield webkit
            finally:
                webkit.close()


@contextmanager
def _running_screen(binary: str) -> Iterator[str]:
    reading, writing = os.pipe()
    # The number of the screen comes through the pipe, once it is there.
    command = [binary, "-displayfd", str(writing), "-screen", "0", "1280x1024x24"]
    process = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with ended(process), os.fdopen(reading) as told:
        yield f":{told.readline().strip()}"


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
