from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services import unit_of_work
from fbss_app.server.services.refusal import StorageUnavailableError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage import engine as engine_module
from fbss_app.server.storage.schema import upgrade_to_head
from tests.server.builders import make_keys


def test_busy_database_is_told_as_such_and_recovers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 50)
    url = f"sqlite:///{tmp_path}/answers.sqlite3"
    upgrade_to_head(url)
    database, other = Database(url, make_keys), Database(url, make_keys)

    def write(target: Database) -> None:
        with target.unit_of_work() as unit:
            unit.responses.lock("none")

    with ThreadPoolExecutor(1) as thread:
        with other.unit_of_work() as unit:
            unit.responses.lock("none")
            with pytest.raises(StorageUnavailableError):
                thread.submit(write, database).result()
        thread.submit(write, database).result()
    database.close()
    other.close()


def test_error_of_the_database_never_shows_the_values(database: Database, engine: Engine):
    with pytest.raises(Exception, match="no_such_table") as caught, engine.connect() as connection:
        connection.execute(text("SELECT * FROM no_such_table WHERE a = :a"), {"a": "canary"})
    assert "canary" not in str(caught.value)


def test_database_opens_nothing_before_it_is_used(tmp_path: Path):
    unit_of_work.Database(f"sqlite:///{tmp_path}/deep/answers.sqlite3", make_keys).close()
    assert list(tmp_path.iterdir()) == []
