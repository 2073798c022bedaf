"""Firefox's and WebKit's engines, driven by what they themselves speak.

Firefox speaks WebDriver BiDi through a websocket, WebKit's driver the older WebDriver by HTTP. Both
click with events that the browser itself makes. What they keep from a frame is left as they ship
it. Run as a command, it installs both from Debian's packages.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeVar

import httpx
import simple_websocket

PACKAGES = ("firefox-esr", "webkit2gtk-driver", "xvfb")
SOON = 20.0
# What WebDriver calls a reference to an element.
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_FIND = "(selector) => document.querySelector(selector)"
# Nothing, until the element is there and the frame high enough to show it.
_MIDDLE = """(selector) => {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box && box.bottom <= innerHeight ? box.top + box.height / 2 : null;
}"""
# A frame of another site may not scroll the page around it in every engine; a person can.
_SCROLL_TO = """(number, y) => {
  const { top } = document.querySelectorAll("iframe")[number].getBoundingClientRect();
  window.scrollBy({ top: top + y - innerHeight / 2, behavior: "instant" });
  return top;
}"""
_Found = TypeVar("_Found")


def until(find: Callable[[], _Found], what: str) -> _Found:
    """Wait until something is found, and give it."""
    end = time.monotonic() + SOON
    while not (found := find()):
        assert time.monotonic() < end, f"it never came: {what}"
        time.sleep(0.05)
    return found


class Shown(ABC):
    """A page in a browser, or a frame in a page."""

    # The page around a frame, and which of the frames there it is.
    _page: "Shown | None" = None
    _number = 0

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address, and wait until all of it has loaded."""

    @abstractmethod
    def run(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function; its arguments and what it gives are JSON."""

    @abstractmethod
    def frame(self, number: int = 0) -> "Shown":
        """Give one of its frames, in the order of the page."""

    @abstractmethod
    def _press(self, selector: str) -> None:
        """Click on the middle of an element that is in view."""

    @abstractmethod
    def cookies(self) -> list[Any]:
        """List the cookies it has, those that no script may read included."""

    def click(self, selector: str) -> None:
        """Bring an element of this frame into view, and click on its middle."""
        assert self._page, "only frames are clicked in"
        places: list[tuple[float, float]] = []
        # The page may be scrolling by itself: a click waits until everything stands still.
        while len(places) < 3 or len(set(places[-3:])) > 1:
            assert len(places) < 100, f"{selector} does not stand still"
            middle = self.wait_for(_MIDDLE, selector)
            places.append((middle, self._page.run(_SCROLL_TO, self._number, middle)))
        self._press(selector)

    def wait_for(self, function: str, *arguments: Any) -> Any:
        """Wait until a JavaScript function gives something, and give that."""
        return until(lambda: self.run(function, *arguments), f"{function} {arguments}")


class Engine(ABC):
    """A running browser."""

    version = ""

    @property
    @abstractmethod
    def pages(self) -> list[Shown]:
        """All open pages."""


def _call(function: str, arguments: tuple[Any, ...]) -> str:
    return f"({function})({', '.join(map(json.dumps, arguments))})"


class _Socket(simple_websocket.Client):
    """A websocket that names its port to the server, as Firefox demands."""

    def handshake(self) -> None:
        self.host = f"{self.host}:{self.port}"
        super().handshake()


class Firefox(Engine):
    """Firefox, through WebDriver BiDi."""

    def __init__(self, address: str) -> None:
        self._socket = _Socket(f"{address}/session")
        self._count = 0
        self.version = self.tell("session.new", capabilities={})["capabilities"]["browserVersion"]

    def tell(self, method: str, **parameters: Any) -> Any:
        """Give a command, and wait for its result."""
        self._count += 1
        command = {"id": self._count, "method": method, "params": parameters}
        self._socket.send(json.dumps(command))
        while True:
            said = self._socket.receive(timeout=SOON)
            assert said, f"Firefox did not answer to {method}"
            reply = json.loads(said)
            if reply.get("id") == self._count:
                assert reply["type"] == "success", reply
                return reply["result"]

    @property
    def pages(self) -> list[Shown]:
        """All open pages."""
        contexts = self.tell("browsingContext.getTree")["contexts"]
        return [_FirefoxShown(self, one["context"]) for one in contexts]


class _FirefoxShown(Shown):
    def __init__(
        self, firefox: Firefox, context: str, page: Shown | None = None, number: int = 0
    ) -> None:
        self._firefox = firefox
        self._context = context
        self._page = page
        self._number = number

    def open(self, address: str) -> None:
        self._firefox.tell(
            "browsingContext.navigate", context=self._context, url=address, wait="complete"
        )

    def run(self, function: str, *arguments: Any) -> Any:
        kept = self._evaluate(f"(async () => JSON.stringify(await {_call(function, arguments)}))()")
        return json.loads(kept["value"]) if "value" in kept else None

    def _press(self, selector: str) -> None:
        element = {"sharedId": self._evaluate(_call(_FIND, (selector,)))["sharedId"]}
        origin = {"type": "element", "element": element}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": actions}
        self._firefox.tell("input.performActions", context=self._context, actions=[pointer])

    def frame(self, number: int = 0) -> Shown:
        (tree,) = self._firefox.tell("browsingContext.getTree", root=self._context)["contexts"]
        return _FirefoxShown(self._firefox, tree["children"][number]["context"], self, number)

    def cookies(self) -> list[Any]:
        # Those of the browser, and those that are kept for this address in this page alone.
        partition = {"type": "context", "context": self._context}
        return [
            *self._firefox.tell("storage.getCookies")["cookies"],
            *self._firefox.tell("storage.getCookies", partition=partition)["cookies"],
        ]

    def _evaluate(self, expression: str) -> Any:
        reply = self._firefox.tell(
            "script.evaluate",
            expression=expression,
            target={"context": self._context},
            awaitPromise=True,
        )
        assert reply["type"] == "success", reply
        return reply["result"]


class WebKit(Engine):
    """The small browser that comes with WebKitGTK, through WebDriver."""

    def __init__(self, address: str, browser: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=60)
        options = {"binary": browser, "args": ["--automation"]}
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
        kept = self._execute(f"Promise.resolve({_call(function, arguments)}).then(JSON.stringify)")
        return None if kept is None else json.loads(kept)

    def _press(self, selector: str) -> None:
        self._go_there()
        element = self._webkit.tell("/element", using="css selector", value=selector)[_ELEMENT]
        self._webkit.tell(f"/element/{element}/click")

    def frame(self, number: int = 0) -> Shown:
        return _WebKitShown(self._webkit, self._window, self, number)

    def cookies(self) -> list[Any]:
        self._go_there()
        return self._webkit.ask("/cookie")

    def _execute(self, expression: str) -> Any:
        return self._webkit.tell("/execute/sync", script=f"return {expression}", args=[])

    def _go_there(self) -> None:
        self._webkit.tell("/window", handle=self._window)
        self._webkit.tell("/frame", id=None)
        if self._page:
            self._webkit.tell("/frame", id=self._number)


def find_firefox() -> str | None:
    """Return the path of a Firefox, if there is one."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def find_webkit() -> tuple[str, str, str] | None:
    """Return the paths of WebKit's driver, of its small browser and of a screen for nobody."""
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    return (driver, str(browsers[-1]), screen) if driver and browsers and screen else None


@contextmanager
def running_firefox(binary: str, preferences: dict[str, Any] | None = None) -> Iterator[Firefox]:
    """Run Firefox with a profile of its own until the block ends."""
    with tempfile.TemporaryDirectory(prefix="fbss-firefox-", ignore_cleanup_errors=True) as folder:
        lines = [
            f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in (preferences or {}).items()
        ]
        Path(folder, "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [binary, "--headless", "--no-remote", "--remote-debugging-port=0"]
        process = subprocess.Popen(
            [*command, "--profile", folder],
            env={**os.environ, "HOME": folder},
            stderr=subprocess.PIPE,
            text=True,
        )
        with ended(process):
            assert process.stderr
            address = next(
                (found[0] for line in process.stderr if (found := re.search(r"ws://\S+", line))), ""
            )
            assert address, "Firefox did not start"
            threading.Thread(target=_read_on, args=(process.stderr,), daemon=True).start()
            firefox = Firefox(address)
            yield firefox
            firefox.tell("browser.close")
            process.wait(SOON)


@contextmanager
def running_webkit(driver: str, browser: str, screen: str) -> Iterator[WebKit]:
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
            webkit = WebKit(f"http://127.0.0.1:{port}", browser)
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


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    """End a process with the block, if it is still there."""
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(SOON)
        if process.stderr:
            process.stderr.close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _read_on(log: IO[str]) -> None:
    """Read what nobody needs: a pipe that is full would halt the browser."""
    with suppress(ValueError):
        for _ in log:
            pass


def install_engines() -> None:
    """Install Debian's packages of both."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
    ):
        subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if not (find_firefox() and find_webkit()):
        print("Installing Firefox and WebKit for the tests of the frame ...", flush=True)
        install_engines()
    print(f"Firefox: {find_firefox()}\nWebKit: {find_webkit()}")
