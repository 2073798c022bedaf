"""Brings the database to the shape this version of the app needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fbss_app.launch.checks import LaunchError
from fbss_app.settings import Settings

if TYPE_CHECKING:
    from fbss_app.server.services.unit_of_work import Database


def migrate(settings: Settings) -> None:
    """Apply every migration that is missing, and see that what is stored can be opened.

    Raises:
        LaunchError: When the database cannot be opened or changed, or a key is missing.
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with opened_database(settings) as database:
            database.upgrade()
            _require_keys(database)
    except (OSError, SQLAlchemyError) as error:
        raise LaunchError(f"The database cannot be opened ({_reason(error)}).") from error


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """Give the deployment's database, with its own keys, and close it afterwards."""
    from fbss_app.server.key_file import load_key_ring
    from fbss_app.server.services.unit_of_work import Database

    database = Database(settings.database_url, lambda: load_key_ring(settings, datetime.now(UTC)))
    try:
        yield database
    finally:
        database.close()


def _require_keys(database: Database) -> None:
    from fbss_app.server.services.keys import missing_keys

    if missing := sorted(missing_keys(database)):
        raise LaunchError(
            f"The saved answers cannot be opened: the encryption key {missing[0]} is missing. "
            "Put the copy of the key file back, or add the key to FBSS_ENCRYPTION_KEYS."
        )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    # The driver's own message: SQLAlchemy's holds a link, and may hold the URL's password.
    own = getattr(error, "orig", None)
    if own is not None and isinstance(own.__cause__, OSError):
        return _reason(own.__cause__)
    return str(own or type(error).__name__).splitlines()[0]
