"""Firefox, through WebDriver BiDi."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import simple_websocket

from tests.browser.engines.processes import ended
from tests.browser.engines.shown import FIND, SOON, Engine, Shown, called

# Whoever chose this in the settings keeps every cookie and storage from a frame of another site.
BLOCKING = {"network.cookie.cookieBehavior": 1}
DARK = {"layout.css.prefers-color-scheme.content-override": 0}


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
        kept = self._evaluate(
            f"(async () => JSON.stringify(await {called(function, arguments)}))()"
        )
        return json.loads(kept["value"]) if "value" in kept else None

    def _press(self, selector: str) -> None:
        element = {"sharedId": self._evaluate(called(FIND, (selector,)))["sharedId"]}
        origin = {"type": "element", "element": element}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": actions})

    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._firefox.tell("browsingContext.setViewport", context=self._context, viewport=viewport)

    def write(self, selector: str, text: str) -> None:
        self.click(selector)
        actions = [{"type": way, "value": key} for key in text for way in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

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

    def _act(self, source: dict[str, Any]) -> None:
        self._firefox.tell("input.performActions", context=self._context, actions=[source])

    def _evaluate(self, expression: str) -> Any:
        reply = self._firefox.tell(
            "script.evaluate",
            expression=expression,
            target={"context": self._context},
            awaitPromise=True,
        )
        assert reply["type"] == "success", reply
        return reply["result"]


def find_firefox() -> str | None:
    """Return the path of a Firefox, if there is one."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


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


def _read_on(log: IO[str]) -> None:
    """Read what nobody needs: a pipe that is full would halt the browser."""
    with suppress(ValueError):
        for _ in log:
            pass
