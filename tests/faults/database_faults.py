"""A database that another connection holds, or that takes no more; and well again."""

import sqlite3
from typing import Any

import pg8000.native
from sqlalchemy import Connection, Engine, event, make_url

# What PostgreSQL says when its disk is full, and how long a test waits for a lock.
_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_row() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END
$$ LANGUAGE plpgsql
"""
_LOCK_TIMEOUT = "20ms"


class DatabaseFaults:
    """Changes the state of the database at once; the app's own connections then meet it."""

    def __init__(self, database_url: str) -> None:
        self._url = make_url(database_url)
        self._is_full = False
        self._holder: Any = None
        event.listen(Engine, "begin", self._begin, insert=True)

    @property
    def _is_sqlite(self) -> bool:
        return self._url.drivername == "sqlite"

    def become(self, state: str) -> None:
        """Go over to `well`, `locked` or `full`."""
        self._let_go()
        self._set_full(state == "full")
        if state == "locked":
            self._hold()

    def _hold(self) -> None:
        self._holder = self._connect()
        if self._is_sqlite:
            self._holder.execute("BEGIN IMMEDIATE")
        else:
            self._holder.run("START TRANSACTION")
            self._holder.run("LOCK TABLE response, answer_event IN ACCESS EXCLUSIVE MODE")

    def _let_go(self) -> None:
        if self._holder:
            self._holder.close()
        self._holder = None

    def _set_full(self, is_full: bool) -> None:
        was_full, self._is_full = self._is_full, is_full
        if self._is_sqlite or was_full == is_full:
            return
        connection = self._connect()
        if is_full:
            connection.run(_REFUSE)
            connection.run(
                "CREATE TRIGGER full_disk BEFORE INSERT ON answer_event "
                "FOR EACH ROW EXECUTE FUNCTION refuse_row()"
            )
        else:
            connection.run("DROP TRIGGER full_disk ON answer_event")
        connection.close()

    def _connect(self) -> Any:
        if self._is_sqlite:
            assert self._url.database
            return sqlite3.connect(
                self._url.database, isolation_level=None, check_same_thread=False
            )
        url = self._url
        assert url.username
        return pg8000.native.Connection(url.username, url.host, url.database, url.port)

    # Full means: no page more than there are now. What fits into those is still taken.
    def _begin(self, connection: Connection) -> None:
        if not self._is_sqlite:
            connection.exec_driver_sql(f"SET lock_timeout = '{_LOCK_TIMEOUT}'")
            return
        most = 1 if self._is_full else 2**31 - 2
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")
