from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, MetaData, select

from fbss_app.domain.questionnaire.answers import AnswerEvent
from fbss_app.server.services.erasure import delete_expired, erase_response
from fbss_app.server.services.refusal import UnknownResponseError
from fbss_app.server.services.sync import Consent, SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import Settings
from tests.server.builders import CANARY, START, an_event, make_questionnaire

SECRET = "s" * 43


def start(database: Database, settings: Settings, days: float = 0) -> str:
    response_id = str(uuid4())
    call = SyncCall(
        response_id=response_id,
        secret=SECRET,
        questionnaire=make_questionnaire(),
        consent=Consent(CANARY, "ab" * 32, START),
        cursor=0,
        events=[
            AnswerEvent.model_validate(an_event(value=f"{CANARY} {'x' * 1_500} {number}"))
            for number in range(20)
        ],
    )
    sync_response(database, settings, call, START + timedelta(days=days))
    return response_id


def everything_stored(engine: Engine) -> str:
    """All rows of all tables, whatever tables there are."""
    tables = MetaData()
    tables.reflect(engine)
    assert set(tables.tables) == {"response", "answer_event", "alembic_version"}
    with engine.connect() as connection:
        return "\n".join(
            str(row) for table in tables.sorted_tables for row in connection.execute(select(table))
        )


def test_erased_response_is_in_no_table(database: Database, settings: Settings, engine: Engine):
    response_id = start(database, settings)
    assert CANARY in everything_stored(engine)
    erase_response(database, response_id, SECRET, START)
    stored = everything_stored(engine)
    assert CANARY not in stored
    assert response_id not in stored


def test_erased_answers_are_not_left_in_the_files_of_sqlite(tmp_path: Path):
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    upgrade_to_head(settings.database_url)
    database = Database(settings.database_url)
    response_id = start(database, settings)
    assert any(CANARY.encode() in file.read_bytes() for file in settings.data_dir.iterdir())
    erase_response(database, response_id, SECRET, START)
    assert not any(CANARY.encode() in file.read_bytes() for file in settings.data_dir.iterdir())
    database.close()


def test_wrong_secret_erases_nothing(database: Database, settings: Settings, engine: Engine):
    response_id = start(database, settings)
    with pytest.raises(UnknownResponseError):
        erase_response(database, response_id, "t" * 43, START)
    assert CANARY in everything_stored(engine)


def test_expired_responses_are_deleted_with_their_answers_and_others_kept(
    database: Database, settings: Settings, engine: Engine
):
    old = [start(database, settings) for _ in range(2)]
    young = start(database, settings, days=1)
    just_before = START + timedelta(days=settings.draft_days, microseconds=-1)
    assert delete_expired(database, just_before) == 0
    assert delete_expired(database, START + timedelta(days=settings.draft_days)) == 2
    stored = everything_stored(engine)
    assert young in stored
    assert not any(each in stored for each in old)
    assert stored.count(CANARY) == 21
