"""Serves the built site, the API and the websocket on one port, in one worker process."""

from __future__ import annotations

import http.client
import signal
import sys
import threading
import time

from fbss_app.errors import FbssError
from fbss_app.launch.asgi import load_app
from fbss_app.launch.checks import LaunchError, missing_for_people
from fbss_app.launch.maintenance import first_clinic_lines
from fbss_app.server.logs import configure_logging, get_logger
from fbss_app.settings import Settings

logger = get_logger(__name__)

APP_FACTORY = "fbss_app.launch.asgi:create_asgi_app"
_STOP_WITHIN_SECONDS = 5
_POLL_SECONDS = 0.1
_START_WITHIN_SECONDS = 60
# Its own lines join the others, and it writes none about requests.
_SERVER_LOG = {
    "handlers": {},
    "loggers": {
        "_granian": {"handlers": [], "propagate": True},
        "granian.access": {"handlers": [], "propagate": False, "level": "CRITICAL"},
    },
}


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, and say so once the first page is really answered.

    Raises:
        LaunchError: When the app cannot be loaded or its worker process ends by itself.
    """
    configure_logging(settings.log_format)
    if missing := missing_for_people(settings):
        print(missing, file=sys.stderr, flush=True)
        logger.warning("operator-not-named")
    _prepare_reflex()
    from granian.constants import Interfaces
    from granian.errors import FatalError
    from granian.log import LogLevels
    from granian.server import Server

    # Loaded here, before the worker is forked: it then has nothing left to load.
    load_app()
    server = Server(
        APP_FACTORY,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        log_level=LogLevels.warning,
        log_dictconfig=_SERVER_LOG,
        log_access=False,
        # An open websocket or a slow download must not hold up Ctrl-C.
        workers_kill_timeout=_STOP_WITHIN_SECONDS,
    )
    stopping = threading.Event()

    @server.on_startup
    def started() -> None:
        # The terminal was closed: granian would only reload, and go on unseen.
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)
        announcer = threading.Thread(target=_announce, args=(settings, stopping), daemon=True)
        announcer.start()

    server.on_shutdown(stopping.set)
    try:
        server.serve()
    except (FatalError, SystemExit) as error:
        raise LaunchError("The server stopped because its worker process failed.") from error


def _prepare_reflex() -> None:
    """Tell Reflex to serve the finished build instead of making one."""
    from reflex_base import constants
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)


def _announce(settings: Settings, stopping: threading.Event) -> None:
    deadline = time.monotonic() + _START_WITHIN_SECONDS
    # Waits before its first look, so that the worker is forked while this thread holds nothing.
    while not stopping.wait(_POLL_SECONDS) and time.monotonic() < deadline:
        if _answers(settings.host, settings.port):
            print(f"After Back Surgery is at {settings.public_url}/", flush=True)
            _say_how_to_begin(settings)
            print("Press Ctrl-C to stop.", flush=True)
            return


def _say_how_to_begin(settings: Settings) -> None:
    try:
        for line in first_clinic_lines(settings):
            print(line, flush=True)
    except FbssError as error:
        print(f"No link to found a clinic: {error}", flush=True)


def _answers(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
