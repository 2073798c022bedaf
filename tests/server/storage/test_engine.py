import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from fbss_app.server.storage.engine import create_database_engine
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.server.storage.tables import AnswerEventRow
from tests.server.builders import START


@pytest.fixture
def sqlite(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/new/folder/answers.sqlite3"
    upgrade_to_head(url)
    engine = create_database_engine(url)
    yield engine
    engine.dispose()


def test_sqlite_is_set_up_for_safety(sqlite):
    with sqlite.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "secure_delete", "synchronous")
        }
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() >= 5_000
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 1,
        "synchronous": 2,
    }


@pytest.mark.skipif(os.name != "posix", reason="file modes exist on POSIX systems only")
def test_sqlite_files_are_for_their_owner_only(sqlite):
    with sqlite.begin() as connection:
        connection.execute(text("CREATE TABLE x (y INTEGER)"))
        folder = Path(sqlite.url.database).parent
        files = list(folder.iterdir())
        assert len(files) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_answer_without_a_response_cannot_be_stored(engine):
    row = AnswerEventRow(
        response_id="r",
        sequence=1,
        id="e",
        participant_id="p",
        questionnaire_version="1",
        key_id="k",
        sealed=b"s",
        received_at=START,
    )
    with pytest.raises(IntegrityError), Session(engine) as session, session.begin():
        session.add(row)
