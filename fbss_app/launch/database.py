"""Brings the database to the shape this version of the app needs."""

from __future__ import annotations

from fbss_app.launch.checks import LaunchError


def migrate(database_url: str) -> None:
    """Apply every migration that is missing.

    Raises:
        LaunchError: When the database cannot be opened or changed.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from fbss_app.server.storage.schema import upgrade_to_head

    try:
        upgrade_to_head(database_url)
    except (OSError, SQLAlchemyError) as error:
        raise LaunchError(f"The database cannot be opened ({_reason(error)}).") from error


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    # The driver's own message: SQLAlchemy's holds a link, and may hold the URL's password.
    own = getattr(error, "orig", None)
    if own is not None and isinstance(own.__cause__, OSError):
        return _reason(own.__cause__)
    return str(own or type(error).__name__).splitlines()[0]
