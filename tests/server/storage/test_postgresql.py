from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
)

from fbss_app.server.services.refusal import StorageUnavailableError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.engine import create_database_engine
from tests.server.builders import make_keys
from tests.server.postgresql import Cluster

END_CONNECTIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"


@pytest.fixture
def url(migrated_postgresql: Engine) -> str:
    return migrated_postgresql.url.render_as_string(hide_password=False)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = create_database_engine(url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+pg8000"])
def test_driver_may_be_named_or_left_out(url: str, scheme: str):
    engine = create_database_engine(f"{scheme}://{url.partition('://')[2]}")
    assert engine.url.drivername == "postgresql+pg8000"
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("22001", DataError),
        ("23505", IntegrityError),
        ("23514", IntegrityError),
        ("25006", OperationalError),
        ("40P01", OperationalError),
        ("53100", OperationalError),
        ("55P03", OperationalError),
        ("57014", OperationalError),
        ("42P01", ProgrammingError),
        ("P0001", ProgrammingError),
    ],
)
def test_error_is_told_apart_by_its_code(engine: Engine, code: str, kind: type[DatabaseError]):
    command = f"DO $$ BEGIN RAISE EXCEPTION 'no luck' USING ERRCODE = '{code}'; END $$"
    with (
        engine.connect() as connection,
        pytest.raises(DatabaseError, match=rf"no luck \({code}\)") as caught,
    ):
        connection.execute(text(command))
    assert type(caught.value) is kind


def test_error_does_not_quote_the_row(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE x (y TEXT, z INTEGER NOT NULL)"))
        with pytest.raises(IntegrityError) as caught, connection.begin_nested():
            connection.execute(text("INSERT INTO x (y) VALUES (:y)"), {"y": "canary"})
    assert "canary" not in str(caught.value)


def test_connections_that_the_server_ended_are_replaced(
    postgresql: Cluster, url: str, engine: Engine
):
    database = Database(url, make_keys)
    for _ in range(3):
        assert database.is_ready()
        with postgresql.connect() as administrator:
            administrator.run(END_CONNECTIONS, name=engine.url.database)
    with database.unit_of_work() as unit:
        assert unit.responses.lock("none") is None
    database.close()


def test_connection_that_ends_in_the_middle_is_told_as_such_and_recovers(
    postgresql: Cluster, url: str, engine: Engine
):
    database = Database(url, make_keys)

    def break_off():
        with database.unit_of_work() as unit, postgresql.connect() as administrator:
            unit.responses.lock("none")
            administrator.run(END_CONNECTIONS, name=engine.url.database)
            unit.responses.lock("none")

    with pytest.raises(StorageUnavailableError):
        break_off()
    with database.unit_of_work() as unit:
        assert unit.responses.lock("none") is None
    database.close()


def test_missing_database_is_told_as_unavailable(postgresql: Cluster):
    database = Database(postgresql.url("no_such_database"), make_keys)
    assert not database.is_ready()
    with pytest.raises(StorageUnavailableError), database.unit_of_work() as unit:
        unit.responses.lock("none")


@pytest.mark.parametrize("mode", ["disable", "prefer"])
def test_server_without_encryption_is_reached_where_that_is_allowed(url: str, mode: str):
    engine = create_database_engine(f"{url}?sslmode={mode}")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_server_without_encryption_is_refused_where_that_is_asked(url: str, mode: str):
    engine = create_database_engine(f"{url}?sslmode={mode}")
    with pytest.raises(DBAPIError, match="Server refuses SSL"):
        engine.connect()
