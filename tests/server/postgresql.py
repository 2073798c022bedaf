"""Starts a private PostgreSQL server for the tests, as an unprivileged user, and stops it again."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pg8000.native


def find_binaries() -> Path | None:
    """Find the folder with initdb and pg_ctl: on the path, or where Debian keeps them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@dataclass
class Cluster:
    """A running server."""

    port: int

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def url(self, name: str) -> str:
        return f"postgresql://fbss@127.0.0.1:{self.port}/{name}"

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        name = f"test_{next(self._numbers)}"
        with self.connect() as connection:
            connection.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def connect(self) -> pg8000.native.Connection:
        """Connect as the server's own administrator, outside any transaction."""
        return pg8000.native.Connection("fbss", "127.0.0.1", "postgres", self.port)


@contextmanager
def running_cluster(binaries: Path) -> Iterator[Cluster]:
    """Run a server on a free port until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="fbss-postgresql-"))
    user = _unprivileged_user(folder)
    port = _free_port()
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [binaries / program, *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
            **user,
        )
        assert done.returncode == 0, f"{program} failed: {done.stdout}"

    log = str(folder / "log")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        run("initdb", "-D", str(data), "-U", "fbss", "-A", "trust", "-E", "UTF8", "--locale=C")
        run("pg_ctl", "start", "-w", "-D", str(data), "-l", log, "-o", options)
        try:
            yield Cluster(port)
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user(folder: Path) -> dict[str, Any]:
    # PostgreSQL refuses to run as root, as which tests may run in a container.
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
