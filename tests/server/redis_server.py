"""Starts a private Redis for the tests, and stops it again."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PASSWORD = "hunter2-of-redis"
_START_WITHIN_SECONDS = 20


def find_redis() -> str | None:
    return shutil.which("redis-server")


@dataclass
class RedisServer:
    """A server that can be stopped and started again, as on a bad day."""

    binary: str
    folder: str
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(self.binary, "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--dir", self.folder, "--save", "", "--requirepass", PASSWORD),
            ],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _START_WITHIN_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("Redis did not start")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


@contextmanager
def running_redis(binary: str) -> Iterator[RedisServer]:
    """Run a server on a free port until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="fbss-redis-") as folder:
        server = RedisServer(binary, folder, port)
        server.start()
        try:
            yield server
        finally:
            server.stop()
