"""The retention job and patients at the same moment: neither makes the other fail."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services import return_codes
from fbss_app.server.services.clinic.audit import (
    PATIENT,
    Action,
    record,
    record_alone,
    verify_trails,
)
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.submissions import (
    submissions,
    taking_back,
)
from fbss_app.server.services.clinic.submissions.submissions import SendingCall, send_to_clinic
from fbss_app.server.services.erasure import erase_response
from fbss_app.server.services.retention import RetentionRun, delete_expired
from fbss_app.server.services.return_codes import make_code, open_with_code
from fbss_app.server.services.sync import Consent
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS
from tests.server.services.test_erasure import secret_of, start

# SQLite lets one writer in at a time.
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

SOON = 20
WAITS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
LATER = START + timedelta(days=40)


@pytest.fixture
def clinics(database: Database) -> list[str]:
    """Two clinics, in the order of their ids against that in which they were founded."""
    ids = [make_clinic(database, "first"), make_clinic(database, "second")]
    with database.unit_of_work() as unit:
        newer, older = sorted(ids)
        for clinic_id, founded in ((older, START), (newer, START + timedelta(days=1))):
            row = unit.clinics.get(clinic_id)
            assert row
            row.created_at = founded
            row.retention_days = 30
    return [older, newer]


def sent_to(database: Database, settings: Settings, *clinic_ids: str) -> tuple[str, list[str]]:
    """Answer, and send it to some clinics; give the response and the secrets of the invitations."""
    response_id = start(database, settings)
    secrets: list[str] = []
    for clinic_id in clinic_ids:
        staff = make_staff(database, clinic_id)
        (made,) = invite(database, staff, "small", [Invitee("A-1")], 60, START)
        send(database, response_id, made.secret)
        secrets.append(made.secret)
    return response_id, secrets


def send(database: Database, response_id: str, invitation: str, days: float = 0) -> None:
    consent = Consent("1", "ab" * 32, START)
    call = SendingCall(response_id, secret_of(response_id), invitation, consent, 20)
    send_to_clinic(database, DEFINITIONS, call, START + timedelta(days=days))


def keep_longer(database: Database, clinic_id: str) -> None:
    with database.unit_of_work() as unit:
        row = unit.clinics.get(clinic_id)
        assert row
        row.retention_days = 365


def stop_after(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, meanwhile: Callable[[], None]
) -> None:
    """Let a call of a patient go no further than after the first call of a function."""
    real: Callable[..., Any] = getattr(module, name)
    is_first = iter([True])

    def stopping(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        if next(is_first, False):
            meanwhile()
        return found

    monkeypatch.setattr(module, name, stopping)


def until_somebody_waits(engine: Engine) -> None:
    with engine.connect() as connection:
        end = time.monotonic() + SOON
        while not connection.execute(WAITS).scalar_one():
            assert time.monotonic() < end, "nobody waits for anybody"
            # Within a transaction PostgreSQL tells of one moment only.
            connection.rollback()
            time.sleep(0.01)


def both_at_once(
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    engine: Engine,
    stop: tuple[ModuleType, str],
    patients_call: Callable[[], object],
) -> RetentionRun:
    """Let the job begin in the middle of a patient's call, and go on once it waits for it."""
    has_stopped = threading.Event()

    def let_the_job_come() -> None:
        has_stopped.set()
        until_somebody_waits(engine)

    stop_after(monkeypatch, *stop, let_the_job_come)
    with ThreadPoolExecutor(2) as pool:
        patient = pool.submit(patients_call)
        assert has_stopped.wait(SOON)
        job = pool.submit(delete_expired, database, LATER)
        patient.result(SOON)
        return job.result(SOON)


def test_answers_are_sent_again_while_what_was_sent_before_is_removed(
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    settings: Settings,
    engine: Engine,
    clinics: list[str],
):
    keep_longer(database, clinics[1])
    response_id, (invitation, _) = sent_to(database, settings, *clinics)

    def again() -> None:
        send(database, response_id, invitation, days=39)

    run = both_at_once(monkeypatch, database, engine, (submissions, "findings_of"), again)

    assert (run.submissions_deleted, run.responses_deleted) == (0, 0)
    with database.unit_of_work() as unit:
        assert unit.invitation_links.clinics_of_response(response_id) == sorted(clinics)


def test_answers_are_erased_while_the_job_tells_both_clinics(
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    settings: Settings,
    engine: Engine,
    clinics: list[str],
):
    old, _ = sent_to(database, settings, *clinics)
    for clinic_id in clinics:
        keep_longer(database, clinic_id)
    response_id, _ = sent_to(database, settings, *clinics)

    def erase() -> None:
        erase_response(database, response_id, secret_of(response_id), LATER)

    run = both_at_once(monkeypatch, database, engine, (taking_back, "record"), erase)

    assert (run.submissions_deleted, run.responses_deleted) == (2, 1)
    with database.unit_of_work() as unit:
        for each in (old, response_id):
            assert unit.responses.lock(each) is None


def test_answers_are_opened_with_a_code_while_they_are_removed(
    monkeypatch: pytest.MonkeyPatch, database: Database, settings: Settings, engine: Engine
):
    response_id = start(database, settings)
    code = make_code(database, response_id, secret_of(response_id), 1960, START).code

    def come_back() -> None:
        opened = open_with_code(database, code, 1960, START + timedelta(days=29))
        assert opened.link.response_id == response_id

    run = both_at_once(monkeypatch, database, engine, (return_codes, "_right_link"), come_back)

    assert run.responses_deleted == 1


def test_two_begin_the_trail_of_a_clinic_at_once(database: Database, engine: Engine):
    clinic_id = make_clinic(database)
    with ThreadPoolExecutor(1) as pool:
        with database.unit_of_work() as unit:
            record(unit, clinic_id, PATIENT, Action.INVITATION_OPENED, START)
            other = pool.submit(
                record_alone, database, clinic_id, PATIENT, Action.INVITATION_OPENED, START
            )
            until_somebody_waits(engine)
        other.result(SOON)

    assert verify_trails(database) == []
    with database.unit_of_work() as unit:
        assert len(unit.clinic(clinic_id).audit.page(before=None, limit=5)) == 2
