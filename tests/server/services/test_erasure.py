from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, MetaData, select, text

from fbss_app.domain.questionnaire.answers import AnswerEvent
from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.audit_view import AuditQuery, read_audit_trail
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.submissions.review import write_note
from fbss_app.server.services.clinic.submissions.submissions import SendingCall, send_to_clinic
from fbss_app.server.services.clinic.submissions.taking_back import take_back
from fbss_app.server.services.erasure import erase_response
from fbss_app.server.services.refusal import UnknownResponseError
from fbss_app.server.services.retention import delete_expired, latest_runs
from fbss_app.server.services.return_codes import make_code
from fbss_app.server.services.sync import Consent, SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import Settings
from tests.server.builders import CANARY, START, an_event, make_keys, make_questionnaire
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS
from tests.server.storage.test_schema import TABLES

HOLD_ANSWERS = {"response", "access_link", "return_code", "answer_event"}


def secret_of(response_id: str) -> str:
    return f"{response_id}-secret"


def a_first_call(response_id: str) -> SyncCall:
    return SyncCall(
        response_id=response_id,
        secret=secret_of(response_id),
        questionnaire=make_questionnaire(),
        consent=Consent(CANARY, "ab" * 32, START),
        cursor=0,
        events=[
            AnswerEvent.model_validate(an_event(value=f"{CANARY} {'x' * 1_500} {number}"))
            for number in range(20)
        ],
    )


def start(database: Database, settings: Settings, days: float = 0) -> str:
    response_id = str(uuid4())
    call = a_first_call(response_id)
    sync_response(database, settings, call, START + timedelta(days=days))
    make_code(database, response_id, secret_of(response_id), 1960, START + timedelta(days=days))
    return response_id


def send_to(database: Database, settings: Settings, clinic_id: str) -> tuple[str, str]:
    """Answer with canaries and send it to a clinic; give the response and its secret."""
    response_id = start(database, settings)
    staff = make_staff(database, clinic_id)
    (invitation,) = invite(database, staff, "small", [Invitee("A-1")], 60, START)
    secret = secret_of(response_id)
    call = SendingCall(response_id, secret, invitation.secret, Consent("1", "ab" * 32, START), 20)
    send_to_clinic(database, DEFINITIONS, call, START)
    return response_id, secret


def everything_stored(engine: Engine) -> str:
    """All rows of all tables, whatever tables there are."""
    tables = MetaData()
    tables.reflect(engine)
    assert set(tables.tables) == TABLES
    with engine.connect() as connection:
        return "\n".join(
            str(row) for table in tables.sorted_tables for row in connection.execute(select(table))
        )


def in_some_file(folder: Path, trace: bytes) -> bool:
    return any(trace in file.read_bytes() for file in folder.iterdir())


def test_erased_response_is_in_no_table(database: Database, settings: Settings, engine: Engine):
    response_id = start(database, settings)
    assert everything_stored(engine).count(response_id) >= 22
    erase_response(database, response_id, secret_of(response_id), START)
    stored = everything_stored(engine)
    assert CANARY not in stored
    assert response_id not in stored
    with engine.connect() as connection:
        for table in HOLD_ANSWERS:
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


def test_erased_answers_are_not_left_in_the_files_of_sqlite(tmp_path: Path):
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    upgrade_to_head(settings.database_url)
    database = Database(settings.database_url, make_keys)
    response_id = start(database, settings)
    with database.unit_of_work() as unit:
        sealed = [row.sealed for row in unit.access_links.of_response(response_id)]
    traces = [response_id.encode(), CANARY.encode(), *sealed]
    assert all(in_some_file(settings.data_dir, trace) for trace in traces)
    erase_response(database, response_id, secret_of(response_id), START)
    assert not any(in_some_file(settings.data_dir, trace) for trace in traces)
    database.close()


def test_first_call_that_comes_late_brings_nothing_back(
    database: Database, settings: Settings, engine: Engine
):
    call = a_first_call(str(uuid4()))
    sync_response(database, settings, call, START)
    erase_response(database, call.response_id, call.secret, START)
    with pytest.raises(UnknownResponseError):
        sync_response(database, settings, call, START + timedelta(minutes=1))
    assert call.response_id not in everything_stored(engine)
    delete_expired(database, START + timedelta(days=31))
    with engine.connect() as connection:
        marks = connection.execute(text("SELECT count(*) FROM erased_response")).scalar_one()
    assert marks == 0


def test_wrong_secret_erases_nothing(database: Database, settings: Settings, engine: Engine):
    response_id = start(database, settings)
    with pytest.raises(UnknownResponseError):
        erase_response(database, response_id, "t" * 43, START)
    assert response_id in everything_stored(engine)


def test_expired_responses_are_deleted_with_their_answers_and_others_kept(
    database: Database, settings: Settings, engine: Engine
):
    old = [start(database, settings) for _ in range(2)]
    young = start(database, settings, days=1)
    the_end = START + timedelta(days=settings.draft_days)
    assert not delete_expired(database, the_end - timedelta(microseconds=1)).found_anything
    run = delete_expired(database, the_end)
    assert run.responses_deleted == 2
    assert [*latest_runs(database, 5)] == [run]
    stored = everything_stored(engine)
    assert stored.count(young) >= 22
    assert not any(each in stored for each in old)


@pytest.mark.parametrize("how", ["erased", "taken back"])
def test_what_a_clinic_was_sent_leaves_nothing_but_that_it_was_deleted(
    database: Database, settings: Settings, engine: Engine, how: str
):
    clinic_id = make_clinic(database)
    clinician = make_staff(database, clinic_id)
    response_id, secret = send_to(database, settings, clinic_id)
    with database.unit_of_work() as unit:
        stored = unit.clinic(clinic_id).submissions.of_response(response_id)
        assert stored is not None
        submission_id, sealed = stored.row.id, bytes(stored.row.sealed)
    write_note(database, clinician, submission_id, CANARY, START)

    if how == "erased":
        erase_response(database, response_id, secret, START)
    else:
        take_back(database, response_id, secret, settings.draft_days, START)

    with engine.connect() as connection:
        for table in ("submission", "note"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
    assert repr(sealed) not in everything_stored(engine)
    trail = read_audit_trail(database, clinician, AuditQuery(), START)
    assert trail.entries[0].action == Action.ANSWERS_ERASED
    assert trail.entries[0].subject == submission_id
    if how == "erased":
        assert response_id not in everything_stored(engine)
