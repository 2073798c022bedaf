"""A running server for browser tests, and a copy of the built site that a test may change."""

import contextlib
import functools
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

BUILT_SITE = Path(".web/build/client")
# Further definitions that the site of the browser tests is built with; the Makefile names it too.
QUESTIONNAIRES = Path("tests/browser/questionnaires")


@contextlib.contextmanager
def running_server(
    data_dir: Path,
    questionnaires: Path | None = QUESTIONNAIRES,
    command: Sequence[str] = (sys.executable, "-m", "fbss_app"),
    said: list[str] | None = None,
) -> Iterator[str]:
    """Run the app as `make run` does, on a free port and with a database of its own.

    Args:
        data_dir: Where its database lies.
        questionnaires: Further definitions that its site was built with; None leaves that open.
        command: What starts it.
        said: Gets the lines that the server prints from then on.

    Yields:
        The address it printed, without a slash at its end.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "FBSS_PORT": str(port),
        "FBSS_DATA_DIR": str(data_dir),
    }
    if questionnaires:
        environment["FBSS_QUESTIONNAIRES_DIR"] = str(questionnaires)
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        for line in process.stdout:
            if line.startswith("After Back Surgery is at "):
                # A log that nobody reads fills its pipe, and then the server stands still.
                read_on = (process.stdout, [] if said is None else said)
                threading.Thread(target=_read_on, args=read_on, daemon=True).start()
                yield line.split()[-1].rstrip("/")
                return
        process.stdout.close()
        raise RuntimeError("The server did not start; its own message stands above.")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=20)


def _read_on(log: IO[str], said: list[str]) -> None:
    with log:
        said.extend(log)


@dataclass(frozen=True)
class OwnServer:
    """A running server whose database a test may change, and what it printed."""

    address: str
    data_dir: Path
    said: list[str]

    @property
    def first_link(self) -> str:
        """The link with which the first clinic is founded, as soon as the server has printed it."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for line in self.said:
                if "/clinic/set-up#" in line:
                    return line.strip()
            time.sleep(0.05)
        raise AssertionError("no link to found a clinic was printed")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files as the server does: clean addresses, no copy kept by the browser."""

    def translate_path(self, path: str) -> str:
        file = Path(super().translate_path(path))
        page = file.with_name(f"{file.name}.html")
        return str(page if page.exists() else file)

    def do_GET(self) -> None:
        if self.server.state == "silent":
            self.server.goes_on.wait(timeout=60)
        if self.server.state == "busy":
            self.send_error(503)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    state: Literal["well", "busy", "silent"] = "well"

    def __init__(self, handler: Callable[..., _Handler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.goes_on = threading.Event()


class CopiedSite:
    """The built site in a folder of its own, served until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        shutil.copytree(BUILT_SITE, self.folder, ignore=shutil.ignore_patterns("*.br", "*.gz"))
        handler = functools.partial(_Handler, directory=str(self.folder))
        self._server = _Server(handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def deploy_another_version(self) -> None:
        """Change the start page and what the worker knows of it, as a new build would."""
        page = self.folder / "index.html"
        page.write_text(page.read_text("utf-8").replace("</body>", "<i hidden>v2</i></body>"))
        worker = self.folder / "sw.js"
        text = worker.read_text("utf-8")
        before, found, after = text.partition('{url:"index.html",revision:"')
        assert found, "the start page is not precached"
        # No revision begins with this letter, so it always changes.
        worker.write_text(f"{before}{found}x{after[1:]}")

    def be(self, state: Literal["well", "busy", "silent"]) -> None:
        """Answer from now on as usual, with an error of the server's, or only after a minute."""
        self._server.state = state
        if state != "silent":
            self._server.goes_on.set()

    def stop(self) -> None:
        """Answer nothing any more, as in a tunnel."""
        self._server.goes_on.set()
        self._server.shutdown()
        self._server.server_close()
