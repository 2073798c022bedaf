from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services import unit_of_work
from fbss_app.server.services.clinic.audit import verify_trails
from fbss_app.server.services.clinic.exports.sent_batches import sent_in_batches
from fbss_app.server.services.clinic.invitations.own_pages import own_pages
from fbss_app.server.services.clinic.settings.logos import read_logo_picture, set_logo
from fbss_app.server.services.clinic.settings.look import read_look
from fbss_app.server.services.clinic.settings.settings import change_settings, read_settings
from fbss_app.server.services.clinic.staff.sessions import check_session
from fbss_app.server.services.clinic.submissions.inbox import newest_change
from fbss_app.server.services.refusal import StorageUnavailableError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage import engine as engine_module
from fbss_app.server.storage.repositories.clinic.inbox import Wanted
from fbss_app.server.storage.schema import upgrade_to_head
from tests.server.builders import START, Clock, make_keys
from tests.server.logo_files import a_logo
from tests.server.services.clinic.door import log_in
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, make_submission


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


def test_what_only_reads_does_not_wait_for_whoever_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
):
    """A clinic's own pages are open to anybody: a long write must not close them."""
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 50)
    url = f"sqlite:///{tmp_path}/answers.sqlite3"
    upgrade_to_head(url)
    database, other = Database(url, make_keys), Database(url, make_keys)
    staff = make_staff(database, make_clinic(database))
    set_logo(database, staff, a_logo(), START)
    seen = read_settings(database, staff, START)
    wanted = replace(seen, takes_uninvited=True)
    change_settings(database, staff, seen, wanted, (), (seen.country,), START)
    make_submission(database, staff.clinic_id)
    session = log_in(database, staff, clock)
    reads: list[Callable[[], Any]] = [
        lambda: own_pages(database, "north"),
        lambda: read_logo_picture(database, "north"),
        lambda: read_look(database, staff.clinic_id),
        lambda: newest_change(database, staff),
        lambda: verify_trails(database),
        lambda: database.is_ready(),
        lambda: check_session(database, session, clock.time, touch=False),
        lambda: len(list(sent_in_batches(database, DEFINITIONS, staff, Wanted(), START))),
    ]
    before = [read() for read in reads]
    assert before[4:6] == [[], True]
    with ThreadPoolExecutor(1) as thread, other.unit_of_work() as unit:
        clinic = unit.clinics.lock(staff.clinic_id)
        assert clinic
        clinic.name = "Not yet"
        assert [thread.submit(read).result() for read in reads] == before
    database.close()
    other.close()


def test_error_of_the_database_never_shows_the_values(database: Database, engine: Engine):
    with pytest.raises(Exception, match="no_such_table") as caught, engine.connect() as connection:
        connection.execute(text("SELECT * FROM no_such_table WHERE a = :a"), {"a": "canary"})
    assert "canary" not in str(caught.value)


def test_what_says_that_it_only_reads_cannot_write_and_others_can(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/answers.sqlite3"
    upgrade_to_head(url)
    database = Database(url, make_keys)
    clinic_id = make_clinic(database)

    def rename() -> None:
        with database.unit_of_work(reads_only=True) as unit:
            clinic = unit.clinics.get(clinic_id)
            assert clinic
            clinic.name = "Changed"

    with pytest.raises(StorageUnavailableError):
        rename()
    # By the same connection, which goes from one transaction to the next.
    make_staff(database, clinic_id)
    with database.unit_of_work(reads_only=True) as unit:
        clinic = unit.clinics.get(clinic_id)
        assert clinic
        assert clinic.name == "North Clinic"
    database.scrub()
    assert (tmp_path / "answers.sqlite3-wal").stat().st_size == 0
    database.close()


def test_database_opens_nothing_before_it_is_used(tmp_path: Path):
    unit_of_work.Database(f"sqlite:///{tmp_path}/deep/answers.sqlite3", make_keys).close()
    assert list(tmp_path.iterdir()) == []
