"""Finds out before any long work whether the app can start here, and says in one line why not."""

from __future__ import annotations

import socket
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from fbss_app.settings import Settings

REQUIRED_PYTHON = (3, 11)


class LaunchError(Exception):
    """The app cannot start; the message is one plain sentence for whoever started it."""


def check_python(version: tuple[int, int] = (sys.version_info[0], sys.version_info[1])) -> None:
    """Refuse another Python than the one the locked packages were chosen for."""
    if version != REQUIRED_PYTHON:
        wanted = ".".join(map(str, REQUIRED_PYTHON))
        found = ".".join(map(str, version))
        raise LaunchError(f"After Back Surgery needs Python {wanted}, and this is Python {found}.")


def missing_for_people(settings: Settings) -> str | None:
    """Say what people are owed and this copy does not tell them, if others can reach it."""
    here = ("localhost", "127.0.0.1", "::1")
    if settings.operator_name is not None or urlsplit(settings.public_url).hostname in here:
        return None
    return (
        "Nobody is named who runs this copy: the privacy page and the consent say so to everybody. "
        "Set FBSS_OPERATOR_NAME and FBSS_OPERATOR_CONTACT before people use it."
    )


def check_folder(folder: Path) -> None:
    """Make the folder if need be, for its owner only, and try to write into it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LaunchError(
            f"The folder {folder} cannot be written to ({reason}). "
            "Set FBSS_DATA_DIR to a folder that can."
        ) from error


def check_port(host: str, port: int) -> None:
    """Bind the port once and let it go."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does, so that the remains of closed connections are no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise LaunchError(
            f"{host} is not an address of this machine. Set FBSS_HOST to one that is."
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LaunchError(
            f"Port {port} on {host} cannot be used ({reason}). Stop what uses it, or set "
            f"FBSS_PORT to another port: FBSS_PORT={_suggestion(port)} make run"
        ) from error


def _suggestion(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8000
