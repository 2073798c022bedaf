import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from fbss_app.server.storage.engine import create_database_engine
from fbss_app.server.storage.schema import is_at_head, migration_config, upgrade_to_head

TABLES = {
    "response",
    "access_link",
    "return_code",
    "answer_event",
    "erased_response",
    "retention_run",
    "clinic",
    "clinic_logo",
    "staff",
    "recovery_code",
    "staff_session",
    "log_in_ticket",
    "set_up_link",
    "invitation",
    "label_mark",
    "submission",
    "removed_submission",
    "note",
    "audit_entry",
    "audit_head",
    "webhook_delivery",
    "research_request",
    "research_file",
    "alembic_version",
}


def tables(url: str) -> set[str]:
    engine = create_database_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_migrations_lead_up_down_and_up_again(empty_database_url: str):
    upgrade_to_head(empty_database_url)
    assert tables(empty_database_url) == TABLES
    command.downgrade(migration_config(empty_database_url), "base")
    assert tables(empty_database_url) == {"alembic_version"}
    upgrade_to_head(empty_database_url)
    upgrade_to_head(empty_database_url)
    assert tables(empty_database_url) == TABLES


def test_tables_and_migrations_do_not_drift_apart(database_url: str):
    command.check(migration_config(database_url))


def test_database_tells_whether_it_is_up_to_date(empty_database_url: str):
    upgrade_to_head(empty_database_url)
    engine = create_database_engine(empty_database_url)
    assert is_at_head(engine)
    command.downgrade(migration_config(empty_database_url), "base")
    assert not is_at_head(engine)
    engine.dispose()


def test_several_processes_may_migrate_at_once(empty_database_url: str):
    # Alembic keeps its state in modules, so that threads cannot stand in for processes.
    code = (
        "import sys; from fbss_app.server.storage.schema import upgrade_to_head; "
        "upgrade_to_head(sys.argv[1])"
    )

    def migrate(_: int) -> int:
        return subprocess.run([sys.executable, "-c", code, empty_database_url]).returncode

    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(migrate, range(2))) == {0}
    assert "response" in tables(empty_database_url)


def test_failed_migration_leaves_nothing_behind(empty_database_url: str):
    """A table that is in the way stops the migration half way."""
    engine = create_database_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE answer_event (x INTEGER)"))
    engine.dispose()
    with pytest.raises(DatabaseError, match="answer_event"):
        upgrade_to_head(empty_database_url)
    assert tables(empty_database_url) - {"alembic_version"} == {"answer_event"}


def test_links_from_before_they_were_listed_get_an_id_each(empty_database_url: str):
    config = migration_config(empty_database_url)
    command.upgrade(config, "0004")
    engine = create_database_engine(empty_database_url)
    with engine.begin() as connection:
        for token in ("a" * 64, "b" * 64):
            connection.execute(
                text(
                    "INSERT INTO set_up_link (token_sha256, purpose, email, name, role, "
                    "created_at, expires_at) VALUES (:token, 'found', '', '', '', :at, :at)"
                ),
                {"token": token, "at": "2026-11-28 12:00:00+00:00"},
            )
    upgrade_to_head(empty_database_url)
    with engine.connect() as connection:
        ids = set(connection.scalars(text("SELECT id FROM set_up_link")))
    engine.dispose()
    assert len(ids) == 2
    assert {len(each) for each in ids} == {36}


def test_requests_for_research_from_before_files_were_kept_have_none(empty_database_url: str):
    config = migration_config(empty_database_url)
    command.upgrade(config, "0007")
    engine = create_database_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO clinic (id, slug, name, country, phone, accent, retention_days, "
                "takes_uninvited, optional_parts, allowed_sites, key_id, sealed_webhook, "
                "created_at) VALUES ('c', 'c', 'C', 'gb', '', 'teal', 365, false, '[]', '[]', '', "
                "'', '2026-11-28 12:00:00+00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO research_request (id, clinic_id, asked_at, purpose, status, urgency, "
                "decision, expires_at) VALUES ('r', 'c', '2026-11-28 12:00:00+00:00', 'audit', "
                "'all', '', 'approved', '2026-12-12 12:00:00+00:00')"
            )
        )
    upgrade_to_head(empty_database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT decision FROM research_request")) == "approved"
        assert connection.scalar(text("SELECT count(*) FROM research_file")) == 0
    command.downgrade(config, "0007")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM research_request")) == 1
    engine.dispose()


def test_what_was_sent_before_says_who_came_uninvited(empty_database_url: str):
    config = migration_config(empty_database_url)
    command.upgrade(config, "0008")
    engine = create_database_engine(empty_database_url)
    at = "'2026-11-28 12:00:00+00:00'"
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO clinic (id, slug, name, country, phone, accent, retention_days, "
            "takes_uninvited, optional_parts, allowed_sites, key_id, sealed_webhook, created_at) "
            f"VALUES ('c', 'c', 'C', 'gb', '', 'teal', 365, true, '[]', '[]', '', '', {at})",
            "INSERT INTO staff (id, clinic_id, email, name, role, password_hash, key_id, "
            "sealed_totp, totp_step, created_at) VALUES ('s', 'c', 's@c.example', 'S', "
            f"'clinician', '', '', '', 0, {at})",
        ):
            connection.execute(text(statement))
        for name, created_by in (("asked", "'s'"), ("came", "NULL")):
            for statement in (
                "INSERT INTO response (id, questionnaire, questionnaire_version, consent_version, "
                "consent_text_sha256, consent_agreed_by, consent_given_at, consent_received_at, "
                "last_synced_at, expires_at, last_sequence) VALUES "
                f"('{name}', 'small', '1', '1', '', 'patient', {at}, {at}, {at}, {at}, 0)",
                "INSERT INTO invitation (id, clinic_id, secret_sha256, questionnaire, key_id, "
                "sealed, created_by, created_at, expires_at, response_id) VALUES "
                f"('{name}', 'c', '{name}', 'small', '', '', {created_by}, {at}, {at}, '{name}')",
                "INSERT INTO submission (id, clinic_id, response_id, invitation_id, "
                "questionnaire, questionnaire_version, consent_version, consent_text_sha256, "
                "agreed_by, last_sequence, urgency, status, key_id, sealed, started_at, "
                "first_submitted_at, submitted_at, changed_at, expires_at) VALUES "
                f"('{name}', 'c', '{name}', '{name}', 'small', '1', '1', '', 'patient', 0, 3, "
                f"'new', '', '', {at}, {at}, {at}, {at}, {at})",
            ):
                connection.execute(text(statement))
    upgrade_to_head(empty_database_url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id, is_uninvited FROM submission"))
        assert {row.id: bool(row.is_uninvited) for row in found} == {"asked": False, "came": True}
    command.downgrade(config, "0008")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM submission")) == 2
    engine.dispose()
