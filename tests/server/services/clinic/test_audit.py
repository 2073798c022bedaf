from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from fbss_app.server.encryption import EncryptionKey, KeyRing
from fbss_app.server.services.clinic.audit import (
    DEPLOYMENT,
    NOBODY,
    SYSTEM,
    Action,
    entry_of,
    record_alone,
    verify_trails,
)
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import AuditEntryRow
from fbss_app.server.storage.repositories.clinic.audit_entries import AuditEntryRepository
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic

ALLOW_CHANGES = {
    "sqlite": (
        "DROP TRIGGER audit_entry_no_update",
        "DROP TRIGGER audit_entry_no_delete",
    ),
    "postgresql": ("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only",),
}
TAMPERINGS = {
    "a word changed": ("UPDATE audit_entry SET action = 'logged-in' WHERE sequence = 2", 2),
    "a fact changed": ("""UPDATE audit_entry SET details = '{"n": 7}' WHERE sequence = 2""", 2),
    "an entry dropped": ("DELETE FROM audit_entry WHERE sequence = 2", 2),
    "the first dropped": ("DELETE FROM audit_entry WHERE sequence = 1", 1),
    "the last dropped": ("DELETE FROM audit_entry WHERE sequence = 3", 2),
    "all dropped": ("DELETE FROM audit_entry", 0),
    "two exchanged": (
        "UPDATE audit_entry SET details = CASE sequence WHEN 1 THEN "
        "(SELECT e.details FROM audit_entry e WHERE e.sequence = 2) ELSE "
        "(SELECT e.details FROM audit_entry e WHERE e.sequence = 1) END WHERE sequence < 3",
        1,
    ),
    "the end set back": ("UPDATE audit_head SET sequence = 2", 2),
    "the end dropped": ("DELETE FROM audit_head", 3),
}


@pytest.fixture
def clinic_id(database: Database) -> str:
    clinic_id = make_clinic(database)
    for number in range(3):
        record_alone(database, clinic_id, SYSTEM, Action.SETTINGS_CHANGED, START, n=number)
    return clinic_id


def test_trail_is_whole_as_long_as_nobody_touches_it(database: Database, clinic_id: str):
    record_alone(database, DEPLOYMENT, NOBODY, Action.LOG_IN_FAILED, START)
    assert verify_trails(database) == []
    with database.unit_of_work() as unit:
        entries = [entry_of(row) for row in unit.clinic(clinic_id).audit.page(before=None, limit=2)]
    assert [(entry.sequence, entry.details) for entry in entries] == [
        (3, {"n": 2}),
        (2, {"n": 1}),
    ]


def test_entries_that_come_during_the_check_are_no_break(
    monkeypatch: pytest.MonkeyPatch, database: Database, clinic_id: str
):
    read = AuditEntryRepository.in_order

    def come(trail: AuditEntryRepository) -> Iterator[AuditEntryRow]:
        record_alone(database, clinic_id, SYSTEM, Action.SETTINGS_CHANGED, START)
        yield from read(trail)
        record_alone(database, clinic_id, SYSTEM, Action.SETTINGS_CHANGED, START)

    monkeypatch.setattr(AuditEntryRepository, "in_order", come)
    assert verify_trails(database) == []
    monkeypatch.undo()
    assert verify_trails(database) == []
    with database.unit_of_work() as unit:
        assert unit.clinic(clinic_id).audit.end()[0] == 5


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_shows(database: Database, clinic_id: str, engine: Engine, tampering: str):
    statement, sequence = TAMPERINGS[tampering]
    with engine.begin() as connection:
        for each in ALLOW_CHANGES[engine.dialect.name]:
            connection.execute(text(each))
        connection.exec_driver_sql(statement)
    try:
        assert [(each.clinic_id, each.sequence) for each in verify_trails(database)] == [
            (clinic_id, sequence)
        ]
    finally:
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                connection.execute(
                    text("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only")
                )


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_database_itself_refuses_changes(clinic_id: str, engine: Engine, change: str):
    with pytest.raises(DBAPIError, match="only ever added"), engine.begin() as connection:
        connection.execute(text(change))


def test_pages_of_the_trail_go_on_where_the_last_ended(database: Database, clinic_id: str):
    with database.unit_of_work() as unit:
        trail = unit.clinic(clinic_id).audit
        assert [row.sequence for row in trail.page(before=3, limit=5)] == [2, 1]
        assert not trail.page(before=None, limit=5, action="logged-in")
        assert len(trail.page(before=None, limit=5, actor=SYSTEM, since=START)) == 3
        assert not trail.page(before=None, limit=5, until=START)


@pytest.mark.parametrize("what", ["nothing", "clinic", "clinic and head"])
def test_trail_of_a_clinic_that_is_no_more_is_checked_too(
    database: Database, clinic_id: str, engine: Engine, what: str
):
    with engine.begin() as connection:
        for each in ALLOW_CHANGES[engine.dialect.name]:
            connection.execute(text(each))
        connection.execute(text("UPDATE audit_entry SET action = 'x' WHERE sequence = 3"))
        if what != "nothing":
            connection.execute(text("DELETE FROM clinic"))
        if what == "clinic and head":
            connection.execute(text("DELETE FROM audit_head"))
    try:
        assert [(each.clinic_id, each.sequence) for each in verify_trails(database)] == [
            (clinic_id, 3)
        ]
    finally:
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                connection.execute(
                    text("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only")
                )


def test_missing_key_is_not_taken_for_a_change(database: Database, database_url: str):
    record_alone(database, DEPLOYMENT, SYSTEM, Action.LOG_IN_FAILED, START)
    other = Database(database_url, lambda: KeyRing([EncryptionKey("other", b"o" * 32)]))
    (broken,) = verify_trails(other)
    other.close()
    assert broken.problem == "the key test that it was made with is missing"
