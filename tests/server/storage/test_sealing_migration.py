"""What was stored in the open by an earlier version is sealed by the migration, and comes back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.sync import SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.engine import create_database_engine
from fbss_app.server.storage.schema import migration_config, upgrade_to_head
from fbss_app.settings import Settings
from tests.server.builders import CANARY, START, make_keys, make_questionnaire

RESPONSE_ID = "00000000-0000-4000-8000-000000000000"
EVENT_ID = "11111111-1111-4111-8111-111111111111"
AUTHOR_ID = "22222222-2222-4222-8222-222222222222"
SECRET = "s" * 43
RESPONSE = """
    INSERT INTO response VALUES (:id, 'small', '1', :secret, '1', :text, :time, :time, :time,
    :expires, 1)
"""
EVENT = """
    INSERT INTO answer_event VALUES (:response, 1, :id, '1', 'note', '[]', :value, :author,
    'helper', :time, :time)
"""


def store_in_the_open(engine: Engine) -> None:
    time = datetime(2026, 2, 20, 9, 30, tzinfo=UTC)
    with engine.begin() as connection:
        response = {
            "id": RESPONSE_ID,
            "secret": hash_secret(SECRET),
            "text": "ab" * 32,
            "time": time,
            "expires": datetime(2026, 4, 1, tzinfo=UTC),
        }
        connection.execute(text(RESPONSE), response)
        event = {
            "response": RESPONSE_ID,
            "id": EVENT_ID,
            "value": f'"{CANARY}"',
            "author": AUTHOR_ID,
            "time": time,
        }
        connection.execute(text(EVENT), event)


def open_values(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [str(row) for row in connection.execute(text("SELECT * FROM answer_event"))]


# The driver's own way to write a time; the tables' type turns it into UTC.
@pytest.mark.filterwarnings("ignore:The default datetime adapter is deprecated")
def test_answers_of_an_earlier_version_are_sealed_and_come_back(
    empty_database_url: str, tmp_path: Path
):
    engine = create_database_engine(empty_database_url)
    config = migration_config(empty_database_url, make_keys())
    command.upgrade(config, "0001")
    store_in_the_open(engine)
    assert CANARY in str(open_values(engine))

    upgrade_to_head(empty_database_url, make_keys())

    assert CANARY not in str(open_values(engine))
    database = Database(empty_database_url, make_keys)
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url=empty_database_url)
    call = SyncCall(RESPONSE_ID, SECRET, make_questionnaire(), None, 0, [])
    result = sync_response(database, settings, call, START)
    (stored,) = result.events
    assert (stored.event.value, str(stored.event.id)) == (CANARY, EVENT_ID)
    assert stored.event.answered_at == datetime(2026, 2, 20, 9, 30, tzinfo=UTC)
    assert result.participants[0].can_manage
    database.close()

    command.downgrade(config, "0001")

    assert CANARY in str(open_values(engine))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT secret_sha256 FROM response")).scalar_one()
    assert kept == hash_secret(SECRET)
    engine.dispose()


@pytest.mark.filterwarnings("ignore:The default datetime adapter is deprecated")
def test_without_keys_nothing_is_changed(empty_database_url: str):
    engine = create_database_engine(empty_database_url)
    command.upgrade(migration_config(empty_database_url), "0001")
    store_in_the_open(engine)
    with pytest.raises(RuntimeError, match="encryption keys are needed"):
        upgrade_to_head(empty_database_url)
    assert CANARY in str(open_values(engine))
    engine.dispose()
