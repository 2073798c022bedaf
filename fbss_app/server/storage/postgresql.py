"""Makes the PostgreSQL driver tell what happened in the same words as every other database."""

from __future__ import annotations

import ssl
from typing import Any

from pg8000 import legacy  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import URL, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
)

DRIVER = "postgresql+pg8000"

# By SQLSTATE, or its first two characters; the driver itself calls nearly all of them mistakes in
# the program, and so would a database that restarts, is full, or only reads.
_KINDS: dict[str, type[DatabaseError]] = {
    "08": OperationalError,
    "22": DataError,
    "23": IntegrityError,
    "25006": OperationalError,
    "28": OperationalError,
    "3D": OperationalError,
    "40": OperationalError,
    "53": OperationalError,
    "55": OperationalError,
    "57": OperationalError,
    "58": OperationalError,
}


def with_driver(url: URL) -> URL:
    """Name the driver in a URL that leaves it open."""
    return url.set(drivername=DRIVER) if url.drivername == "postgresql" else url


def prepare_postgresql(engine: Engine) -> None:
    """Let the engine's connections encrypt as the URL says, and its errors be told apart."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "handle_error", _tell_apart, retval=True)


class _Connection(legacy.Connection):
    def handle_messages(self, context: Any) -> None:
        """Report a connection that was cut off as the driver reports any other lost one."""
        try:
            super().handle_messages(context)  # pyright: ignore[reportUnknownMemberType]
        except OSError as error:
            raise legacy.InterfaceError("network error") from error


# The listeners' parameters are fixed by SQLAlchemy, used or not.
def _connect(dialect: Any, record: Any, args: Any, params: dict[str, Any]) -> Any:
    mode, authorities = params.pop("sslmode", "prefer"), params.pop("sslrootcert", None)
    # Given none at all, the driver trips over a server that asks for one.
    params.setdefault("password", "")
    return _Connection(*args, **params, ssl_context=_encryption(mode, authorities))


def _encryption(mode: str, authorities: str | None) -> ssl.SSLContext | bool | None:
    """Say in the driver's way what PostgreSQL's own clients call sslmode and sslrootcert."""
    if mode in ("verify-ca", "verify-full"):
        context = ssl.create_default_context(cafile=authorities)
        context.check_hostname = mode == "verify-full"
        return context
    return {"disable": False, "prefer": None, "require": True}[mode]


def _tell_apart(context: ExceptionContext) -> Exception | None:
    details: Any = next(iter(context.original_exception.args), None)
    if not isinstance(details, dict):
        return None
    code, message = str(details["C"]), str(details["M"])  # pyright: ignore[reportUnknownArgumentType]
    kind = _KINDS.get(code) or _KINDS.get(code[:2], ProgrammingError)
    # Without the details: they quote the row, and so an answer.
    plain = legacy.DatabaseError(f"{message} ({code})")
    return kind(context.statement, None, plain, hide_parameters=True)
