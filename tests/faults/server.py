"""The real API over real HTTP, in a process that can be told to fail, and is started again.

`python -m tests.faults.server PORT DATABASE_URL [BROKEN]` serves until its input ends. The process
that is started only loads the code and forks; the one that serves may be killed at any time.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server
from sqlalchemy import Engine, event

from fbss_app.server.api.app import create_api
from fbss_app.server.api.errors import refusal
from fbss_app.server.api.rate_limits import RateLimits, TooManyCallsError
from fbss_app.server.api.rate_table import RATES
from fbss_app.server.storage import engine as engine_module
from fbss_app.settings import Settings
from tests.faults.breakage import BREAKAGES
from tests.faults.database_faults import DatabaseFaults
from tests.faults.questionnaire import fault_questionnaire
from tests.server.builders import START, make_keys

Send = Callable[[Any], Awaitable[None]]
App = Callable[[Any, Callable[[], Awaitable[Any]], Send], Awaitable[None]]

FAULT_HEADER = b"x-fault"
# The real one is ten seconds: a schedule would do nothing but wait.
BUSY_TIMEOUT_MS = 20
RETRY_AFTER = 45
# So few that a schedule needs several batches and pages; the phone's is set to the same.
BATCH = 5


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class FaultyServer:
    """Passes requests on to the app and fails as the request's own header says.

    `kill-before-commit` ends the process when the database is told to commit, `kill-after-commit`
    when the app starts its reply. A request that commits nothing dies at its reply.
    `too-many-calls` refuses the request as a rate limit does.
    """

    def __init__(self, app: App, database_url: str) -> None:
        self.app = app
        self.database = DatabaseFaults(database_url)
        self._dies_at_commit = False
        event.listen(Engine, "commit", self._commit)

    def _commit(self, _connection: Any) -> None:
        if self._dies_at_commit:
            _die()

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["path"].startswith("/faults/database/"):
            self.database.become(scope["path"].rpartition("/")[2])
            await send({"type": "http.response.start", "status": 204, "headers": []})
            return await send({"type": "http.response.body", "body": b""})
        fault = dict(scope["headers"]).get(FAULT_HEADER, b"").decode()
        if fault == "too-many-calls":
            return await refusal(TooManyCallsError(RETRY_AFTER))(scope, receive, send)
        self._dies_at_commit = fault == "kill-before-commit"

        async def send_or_die(message: Any) -> None:
            if fault.startswith("kill"):
                _die()
            await send(message)

        return await self.app(scope, receive, send_or_die)


def make_app(database_url: str, broken: str = "") -> App:
    """Build the app that one serving process runs."""
    engine_module.BUSY_TIMEOUT_MS = BUSY_TIMEOUT_MS
    began = monotonic()
    settings = Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue]
        data_dir=Path(tempfile.gettempdir()),
        database_url=database_url,
        max_events_per_call=BATCH,
    )
    api = create_api(
        settings,
        [fault_questionnaire()],
        load_keys=make_keys,
        now=lambda: START + timedelta(seconds=monotonic() - began),
    )
    # The limits count by the real clock, in which a phone's hour is a moment.
    api.state.rate_limits = RateLimits(settings, dict.fromkeys(RATES, ()))
    app: App = BREAKAGES[broken](api, database_url) if broken else api
    return FaultyServer(app, database_url)


def serve(port: int, database_url: str, broken: str) -> None:
    """Serve in this process until it is killed."""
    server = Server(
        make_app(database_url, broken),
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        websockets=False,
    )
    asyncio.run(server.serve())


def serve_again_and_again(port: int, database_url: str, broken: str) -> None:
    """Fork a serving process, and another one whenever it is gone, until the input ends."""
    serving = [0]
    threading.Thread(target=_end_with_input, args=(serving,), daemon=True).start()
    while True:
        serving[0] = os.fork()
        if serving[0] == 0:
            with contextlib.suppress(KeyboardInterrupt):
                serve(port, database_url, broken)
            os._exit(1)
        _, status = os.waitpid(serving[0], 0)
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            raise SystemExit(f"the serving process ended by itself: {status}")


def _end_with_input(serving: list[int]) -> None:
    while os.read(0, 1024):
        pass
    os.kill(serving[0], signal.SIGKILL)
    os._exit(0)


def main() -> None:
    """Read the command line."""
    warnings.simplefilter("ignore")
    # A database in trouble is what the schedules are about.
    logging.disable(logging.CRITICAL)
    port, database_url, *broken = sys.argv[1:]
    serve_again_and_again(int(port), database_url, broken[0] if broken else "")


if __name__ == "__main__":
    main()
