"""Makes the database engine, and hides the ways in which SQLite differs from PostgreSQL."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from fbss_app.server.storage.postgresql import prepare_postgresql, with_driver

BUSY_TIMEOUT_MS = 10_000
# The option of a connection whose transactions only read.
READS_ONLY = "fbss_reads_only"


def create_database_engine(database_url: str, *, foreign_keys: bool = True) -> Engine:
    """Make an engine; nothing is opened or created before the first connection.

    Args:
        database_url: A SQLite or PostgreSQL URL.
        foreign_keys: False only while SQLite tables are rebuilt by a migration, which would
            otherwise delete the rows that depend on them.
    """
    # hide_parameters: an error message must never carry an answer into a log.
    url = with_driver(make_url(database_url))
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, foreign_keys=foreign_keys)
    else:
        prepare_postgresql(engine)
    return engine


def scrub_deleted(engine: Engine) -> None:
    """Remove erased answers from SQLite's write-ahead log too, unless a reader still needs it."""
    if engine.dialect.name != "sqlite":
        return
    # Through the driver itself, for a checkpoint cannot run inside a transaction.
    connection = engine.raw_connection()
    try:
        with suppress(sqlite3.OperationalError), closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _prepare_sqlite(engine: Engine, *, foreign_keys: bool) -> None:
    path = make_url(engine.url).database

    # The listeners' parameters are fixed by SQLAlchemy, used or not.
    def make_private_file(dialect: Any, record: Any, args: Any, params: Any) -> None:
        if path:
            _make_private_file(Path(path))

    def set_pragmas(connection: Any, record: Any) -> None:
        # The driver must not open transactions by itself: `begin` below does.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    def begin(connection: Connection) -> None:
        reads_only = READS_ONLY in connection.get_execution_options()
        # A connection serves both in turn. Whoever reads must not come to write in the middle.
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads_only else 'OFF'}")
        # IMMEDIATE: two writers queue at the start instead of failing in the middle. Who only
        # reads waits for no writer, but sees what was there before.
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    event.listen(engine, "do_connect", make_private_file)
    event.listen(engine, "connect", set_pragmas)
    event.listen(engine, "begin", begin)


def _make_private_file(path: Path) -> None:
    """Create the file readable by its owner only; SQLite's side files inherit the mode."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
