"""The command `python -m fbss_app`: build if needed, migrate the database, serve.

`--help` lists what else it does. Whatever keeps it from doing so is told in one line.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

from pydantic import ValidationError

from fbss_app.errors import FbssError
from fbss_app.launch import maintenance
from fbss_app.launch.asgi import load_app
from fbss_app.launch.checks import LaunchError, check_folder, check_port, check_python
from fbss_app.launch.database import migrate
from fbss_app.launch.demo import use_demo_folder
from fbss_app.launch.redis import check_redis
from fbss_app.launch.serve import serve
from fbss_app.launch.site import build_site, is_current
from fbss_app.launch.terminal import own_foreground_group
from fbss_app.settings import Settings

_INTERRUPTED = 130
_LET_IN = "let-in"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    given = _parser().parse_args(arguments)
    command = given.command or "run"
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        check_python()
        settings = Settings()
        if command == "run":
            with own_foreground_group():
                _run(settings)
        elif command == "demo":
            with own_foreground_group():
                _run(use_demo_folder(), demo=True)
        elif command == "build":
            _build(settings)
        elif command == _LET_IN:
            for line in maintenance.let_in(settings, given.email):
                _say(line)
        else:
            for line in maintenance.TASKS[command](settings):
                _say(line)
    except (LaunchError, FbssError) as error:
        _say(str(error), error=True)
        return 1
    except ValidationError as error:
        _say(_settings_problem(error), error=True)
        return 1
    except KeyboardInterrupt:
        _say("Stopped.")
        # To stop the server is its proper end; anything else that was stopped is not done.
        return 0 if command in ("run", "demo") else _INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fbss_app", description="After Back Surgery")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="build if needed, migrate the database and serve (default)")
    commands.add_parser("demo", help="the same with a demo clinic, in a folder of its own")
    commands.add_parser("build", help="only build the pages")
    for name, task in maintenance.TASKS.items():
        commands.add_parser(name, help=_first_line(task))
    let_in = commands.add_parser(_LET_IN, help=_first_line(maintenance.let_in))
    let_in.add_argument("email", help="the e-mail address that they log in with")
    return parser


def _first_line(task: Callable[..., object]) -> str:
    return (task.__doc__ or "").partition("\n")[0]


def _run(settings: Settings, *, demo: bool = False) -> None:
    check_port(settings.host, settings.port)
    check_folder(settings.data_dir)
    _build(settings)
    migrate(settings)
    check_redis(settings.redis_url)
    for line in maintenance.demo_lines(settings) if demo else ():
        _say(line)
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
