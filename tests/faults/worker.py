"""A server and a Node process of the suite's own, and schedules run on them one after the other."""

import json
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from fbss_app.patient.client.plugin import FOLDER, PatientClientPlugin
from fbss_app.patient.client.questionnaire_module import questionnaire_module
from fbss_app.server.services.unit_of_work import Database
from tests.faults.oracle import Oracle
from tests.faults.questionnaire import fault_questionnaire
from tests.faults.schedule import Schedule
from tests.faults.server import BATCH
from tests.patient.node_process import NODE
from tests.server.builders import make_keys

PHONE = Path(__file__).with_name("phone")
NODE_OPTIONS = ("--no-warnings", "--experimental-vm-modules")
PATIENCE_SECONDS = 120
# Alembic cannot do two migrations in one process at once.
_MIGRATING = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """What came of one schedule."""

    schedule: Schedule
    problems: list[str]
    faults: Counter[str]
    checks: Counter[str]


class PhoneChange(NamedTuple):
    """A text in one of the phone's modules, and what stands in its place."""

    module: str
    text: str
    replacement: str


class Worker:
    """Runs schedules against one server."""

    def __init__(self, node: subprocess.Popen[str], database: Database) -> None:
        self._node = node
        self._database = database

    def run(self, schedule: Schedule) -> Outcome:
        """Run a schedule and judge it."""
        assert self._node.stdin
        assert self._node.stdout
        question = json.dumps({"seed": schedule.seed, "steps": schedule.steps})
        watchdog = threading.Timer(PATIENCE_SECONDS, self._node.kill)
        watchdog.start()
        try:
            self._node.stdin.write(question + "\n")
            self._node.stdin.flush()
            answer = self._node.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            watchdog.cancel()
        record = json.loads(answer) if answer else {"broken": "the phones' process has ended"}
        if "broken" in record:
            return Outcome(schedule, [record["broken"]], Counter(), Counter())
        oracle = Oracle(record, self._database)
        oracle.checks["requests that reached the server"] = record["requests"]
        return Outcome(schedule, oracle.problems, Counter(record["counts"]), oracle.checks)


def put_phone_modules(folder: Path) -> None:
    """Write the phone's modules, with those that a build generates, into a folder."""
    for path, source in PatientClientPlugin().get_static_assets():
        if path.is_relative_to(FOLDER):
            target = folder / path.relative_to(FOLDER)
            target.parent.mkdir(exist_ok=True)
            target.write_text(str(source), encoding="utf-8")
    source = questionnaire_module(fault_questionnaire(), {})
    (folder / "faults.js").write_text(source, encoding="utf-8")


@contextmanager
def running_worker(
    database_url: str = "", *, broken: str = "", changed: PhoneChange | None = None
) -> Iterator[Worker]:
    """Start a server and a Node process until the block ends.

    Args:
        database_url: An empty database; a SQLite file of its own unless given.
        broken: The name of a breakage of the server, for the tests of the suite itself.
        changed: A change that breaks the phone, for the same.
    """
    with tempfile.TemporaryDirectory(prefix="fbss-faults-") as name:
        folder = Path(name)
        url = database_url or f"sqlite:///{folder}/answers.sqlite3"
        put_phone_modules(folder)
        port = str(_free_port())
        database = Database(url, make_keys)
        with _MIGRATING:
            database.upgrade()
        server = _start([sys.executable, "-m", "tests.faults.server", port, url, broken])
        change = [json.dumps(changed)] if changed else []
        script = [PHONE / "run.mjs", folder, port, str(BATCH), *change]
        node = _start([NODE, *NODE_OPTIONS, *script])
        try:
            yield Worker(node, database)
        finally:
            for process in (node, server):
                _end(process)
            database.close()


def _start(command: list[Any]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _end(process: subprocess.Popen[str]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream:
            # What was written last does not reach a process that has ended by itself.
            with suppress(BrokenPipeError):
                stream.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
