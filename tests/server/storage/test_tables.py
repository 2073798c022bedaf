from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from fbss_app.server.storage.tables import UtcDateTime

times = Table(
    "times", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime)
)


def test_time_comes_back_in_utc_to_the_microsecond(engine):
    summer = datetime(2026, 7, 1, 12, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    # Never committed: the table is gone again when the connection closes.
    with engine.connect() as connection:
        times.create(connection)
        connection.execute(insert(times).values(id=1, at=summer))
        connection.execute(insert(times).values(id=2, at=None))
        found = list(connection.execute(select(times.c.at).order_by(times.c.id)).scalars())
    assert found == [summer, None]
    assert found[0].tzinfo is UTC


def test_time_without_a_zone_is_refused(engine):
    no_zone = insert(times).values(id=1, at=datetime(2026, 7, 1))  # noqa: DTZ001
    # Never committed: the table is gone again when the connection closes.
    with engine.connect() as connection:
        times.create(connection)
        with pytest.raises(StatementError, match="without a zone"):
            connection.execute(no_zone)
