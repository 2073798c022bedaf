import sqlite3
import time
from contextlib import closing
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.app import create_api
from fbss_app.server.storage.engine import BUSY_TIMEOUT_MS
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import Settings
from tests.server.builders import Phone, an_event, assert_error


def test_healthy_server_says_so(client: TestClient):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_monitor_that_asks_for_the_head_only_learns_the_same(client: TestClient):
    for path in ("/healthz", "/readyz"):
        head, full = client.head(path), client.get(path)
        assert head.status_code == full.status_code == 200
        assert dict(head.headers) == dict(full.headers)


def test_server_is_alive_but_not_ready_before_the_migration(
    empty_database_url: str, tmp_path: Path
):
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url=empty_database_url)
    api = create_api(settings, [])
    client = TestClient(api)
    assert client.get("/healthz").status_code == 200
    reply = client.get("/readyz")
    assert_error(reply, 503, "storage-unavailable")
    assert reply.headers["retry-after"]
    assert client.head("/readyz").status_code == 503
    upgrade_to_head(empty_database_url)
    assert client.get("/readyz").status_code == 200
    api.state.context.database.close()


def test_whoever_writes_for_long_does_not_make_the_server_unready(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/answers.sqlite3"
    upgrade_to_head(url)
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url=url)
    api = create_api(settings, [])
    with closing(sqlite3.connect(tmp_path / "answers.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert TestClient(api).get("/readyz").status_code == 200
        assert time.monotonic() - began < BUSY_TIMEOUT_MS / 1000
        other.execute("ROLLBACK")
    api.state.context.database.close()


def unreachable_api(tmp_path: Path, url: str) -> FastAPI:
    return create_api(Settings(_env_file=None, data_dir=tmp_path, database_url=url), [])


def test_unreachable_database_is_not_ready(tmp_path: Path):
    (tmp_path / "file").write_text("")
    for url in (
        f"sqlite:///{tmp_path}/file/answers.sqlite3",
        "postgresql://fbss@127.0.0.1:1/none",
    ):
        client = TestClient(unreachable_api(tmp_path, url))
        assert client.get("/healthz").status_code == 200
        assert_error(client.get("/readyz"), 503, "storage-unavailable")


def test_unreachable_database_refuses_answers_for_the_moment(tmp_path: Path):
    (tmp_path / "file").write_text("")
    for url in (
        f"sqlite:///{tmp_path}/file/answers.sqlite3",
        "postgresql://fbss@127.0.0.1:1/none",
    ):
        phone = Phone(TestClient(unreachable_api(tmp_path, url)))
        assert_error(phone.erase(), 503, "storage-unavailable")


def test_answering_health_checks_stores_nothing(client: TestClient):
    phone = Phone(client)
    phone.start(an_event())
    assert client.get("/readyz").status_code == 200
    assert phone.sync().json()["cursor"] == 1
