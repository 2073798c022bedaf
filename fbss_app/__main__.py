"""The command `python -m fbss_app`: build if needed, migrate the database, serve.

`python -m fbss_app build` only builds. Whatever keeps it from starting is told in one line.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from pydantic import ValidationError

from fbss_app.errors import FbssError
from fbss_app.launch.asgi import load_app
from fbss_app.launch.checks import LaunchError, check_folder, check_port, check_python
from fbss_app.launch.database import migrate
from fbss_app.launch.redis import check_redis
from fbss_app.launch.serve import serve
from fbss_app.launch.site import build_site, is_current
from fbss_app.launch.terminal import own_foreground_group
from fbss_app.settings import Settings

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m fbss_app", description="After Back Surgery")
    parser.add_argument("command", nargs="?", choices=["run", "build"], default="run")
    command: str = parser.parse_args(arguments).command
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        check_python()
        settings = Settings()
        if command == "build":
            _build(settings)
        else:
            with own_foreground_group():
                _run(settings)
    except (LaunchError, FbssError) as error:
        _say(str(error), error=True)
        return 1
    except ValidationError as error:
        _say(_settings_problem(error), error=True)
        return 1
    except KeyboardInterrupt:
        _say("Stopped.")
        # To stop the server is its proper end; a build that was stopped is none.
        return _INTERRUPTED if command == "build" else 0
    return 0


def _run(settings: Settings) -> None:
    check_port(settings.host, settings.port)
    check_folder(settings.data_dir)
    _build(settings)
    migrate(settings.database_url)
    check_redis(settings.redis_url)
    serve(settings)
    _say("Stopped.")


def _build(settings: Settings) -> None:
    if is_current(settings):
        return
    # A mistake in the content is told in a sentence here; the build would give a page of trace.
    load_app()
    _say("Building the pages. The first time takes about a minute ...")
    build_site(settings)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _settings_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = "_".join(str(part) for part in first["loc"]).upper()
    return f"The setting FBSS_{name} cannot be used: {first['msg']}."


def _say(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


if __name__ == "__main__":
    sys.exit(main())
