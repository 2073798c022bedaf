"""Databases, the API and phones. Every test of the server runs on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from fbss_app.server.api.app import create_api
from fbss_app.server.encryption import EncryptionKey, KeyRing
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.engine import create_database_engine
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import Settings
from tests.server.builders import Clock, Phone, make_keys, make_questionnaire
from tests.server.postgresql import Cluster, find_binaries, running_cluster
from tests.server.redis_server import RedisServer, find_redis, running_redis
from tests.server.wall_clock import WallClock


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: no initdb on the path or in /usr/lib/postgresql")
    with running_cluster(binaries) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: Cluster) -> Iterator[Engine]:
    """One migrated database for all tests: emptying it is much quicker than creating another."""
    url = postgresql.new_database()
    upgrade_to_head(url)
    engine = create_database_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    binary = find_redis()
    if binary is None:
        pytest.skip("Redis is not installed: no redis-server on the path")
    with running_redis(binary) as server:
        yield server


@pytest.fixture
def wall_clock(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    """The clock by which calls are counted."""
    clock = WallClock()
    for module in ("limits.storage.memory", "limits.storage.redis", "fbss_app.server.call_counter"):
        monkeypatch.setattr(f"{module}.time", clock)
    return clock


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/answers.sqlite3"
    cluster: Cluster = request.getfixturevalue("postgresql")
    return cluster.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/data/answers.sqlite3"
        upgrade_to_head(url)
        return url
    engine: Engine = request.getfixturevalue("migrated_postgresql")
    with engine.begin() as connection:
        connection.execute(
            text(
                "TRUNCATE response, erased_response, retention_run, clinic, audit_entry, "
                "audit_head CASCADE"
            )
        )
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=tmp_path,
        database_url=database_url,
        max_body_bytes=20_000,
        max_events_per_call=20,
        max_events_per_response=100,
    )


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A second way into the database, to look at what is really there."""
    engine = create_database_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, make_keys)
    yield database
    database.close()


@pytest.fixture
def with_keys(database_url: str) -> Iterator[Callable[..., Database]]:
    """Open the database with the keys that are given, the newest first."""
    opened: list[Database] = []

    def open_with(*keys: EncryptionKey) -> Database:
        opened.append(Database(database_url, lambda: KeyRing(keys)))
        return opened[-1]

    yield open_with
    for database in opened:
        database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(settings: Settings, clock: Clock) -> Iterator[FastAPI]:
    api = create_api(
        settings,
        [make_questionnaire("1"), make_questionnaire("2"), make_questionnaire(name="other")],
        load_keys=make_keys,
        now=clock,
    )
    yield api
    api.state.context.database.close()


@pytest.fixture
def client(api: FastAPI) -> Iterator[TestClient]:
    with TestClient(api) as client:
        yield client


@pytest.fixture
def phone(client: TestClient) -> Phone:
    return Phone(client)
