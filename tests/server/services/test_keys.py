from threading import Thread

import pytest
from sqlalchemy import Engine, text

from fbss_app.domain.questionnaire.answers import AnswerEvent
from fbss_app.server.encryption import EncryptionKey, UnreadableError
from fbss_app.server.services.clinic.audit import verify_trails
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    invite,
    list_invitations,
)
from fbss_app.server.services.clinic.settings.webhooks import read_webhook, set_webhook
from fbss_app.server.services.clinic.submissions.review import read_response, write_note
from fbss_app.server.services.keys import missing_keys, reencrypt
from fbss_app.server.services.links import NewLink, list_links, make_link
from fbss_app.server.services.return_codes import UnknownCodeError, make_code, open_with_code
from fbss_app.server.services.sync import Consent, SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.server.storage.repositories.clinic.submissions import Findings
from fbss_app.settings import Settings
from tests.server.builders import CANARY, START, an_event, make_questionnaire
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, make_submission

OLD, NEW = EncryptionKey("old", b"o" * 32), EncryptionKey("new", b"n" * 32)
RESPONSE_ID = "00000000-0000-4000-8000-000000000000"
LINK_ID = "11111111-1111-4111-8111-111111111111"
SECRET = "s" * 43
HOOK = "http://127.0.0.1:9/hook"


def read(database: Database, settings: Settings) -> list:
    call = SyncCall(RESPONSE_ID, SECRET, make_questionnaire(), None, 0, [])
    return [each.event.value for each in sync_response(database, settings, call, START).events]


def fill(database: Database, settings: Settings) -> str:
    """Save three answers, a named link and a code; give the code."""
    events = [AnswerEvent.model_validate(an_event(value=f"{CANARY} {n}")) for n in range(3)]
    consent = Consent("1", "ab" * 32, START)
    call = SyncCall(RESPONSE_ID, SECRET, make_questionnaire(), consent, 0, events)
    sync_response(database, settings, call, START)
    link = NewLink(LINK_ID, "helper", CANARY, "", "cd" * 32, 30)
    make_link(database, RESPONSE_ID, SECRET, link, START)
    return make_code(database, RESPONSE_ID, SECRET, 1960, START).code


def dump(engine: Engine) -> str:
    """Everything in every table, bytes as they are."""
    tables = ("response", "access_link", "return_code", "answer_event", "retention_run")
    with engine.connect() as connection:
        rows = [connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables]
    return str(rows)


def test_dump_of_the_database_shows_no_answer_no_name_and_no_question(
    with_keys, settings: Settings, engine: Engine
):
    fill(with_keys(OLD), settings)
    stored = dump(engine)
    for word in (CANARY, "note", "leg-pain", "1960"):
        assert word not in stored


def test_after_a_rotation_the_old_key_is_needed_no_more(
    with_keys, settings: Settings, engine: Engine
):
    code = fill(with_keys(OLD), settings)
    both = with_keys(NEW, OLD)
    values = read(both, settings)
    assert values == [f"{CANARY} {n}" for n in range(3)]
    assert open_with_code(both, code, 1960, START).link.response_id == RESPONSE_ID

    result = reencrypt(both)

    assert (result.key_id, result.answers, result.codes_ended) == ("new", 3, 1)
    assert result.links == 2
    alone = with_keys(NEW)
    assert missing_keys(alone) == set()
    assert read(alone, settings) == values
    names = [link.participant.name for link in list_links(alone, RESPONSE_ID, SECRET, START)]
    assert CANARY in names
    with pytest.raises(UnknownCodeError):
        open_with_code(alone, code, 1960, START)
    assert reencrypt(alone).answers == 0


def test_missing_key_is_found_before_anything_is_lost(with_keys, settings: Settings):
    fill(with_keys(OLD), settings)
    other = with_keys(NEW)
    assert missing_keys(other) == {"old"}
    with pytest.raises(UnreadableError):
        read(other, settings)
    with pytest.raises(UnreadableError):
        reencrypt(other)
    assert len(read(with_keys(OLD), settings)) == 3


def test_rows_cannot_be_exchanged(with_keys, settings: Settings, engine: Engine):
    database = with_keys(OLD)
    fill(database, settings)
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT sequence, sealed FROM answer_event")).all()
        for (sequence, _), (_, sealed) in zip(rows, rows[1:] + rows[:1], strict=True):
            connection.execute(
                text("UPDATE answer_event SET sealed = :sealed WHERE sequence = :sequence"),
                {"sealed": sealed, "sequence": sequence},
            )
    with pytest.raises(UnreadableError, match="changed or moved"):
        read(database, settings)


def test_after_a_rotation_a_clinic_reads_and_finds_all_with_the_new_key_alone(with_keys):
    old = with_keys(OLD)
    clinic_id = make_clinic(old)
    staff = make_staff(old, clinic_id)
    sent = make_submission(old, clinic_id, {"leg-pain": 9}, label=CANARY)
    invite(old, staff, "small", [Invitee("Zebra 7")], 60, START)
    write_note(old, staff, sent.id, CANARY, START)
    set_webhook(old, staff, HOOK, START, allow_private=True)
    both = with_keys(NEW, OLD)
    assert list_invitations(both, staff, InvitationQuery(search="zeb"), START).total == 1

    result = reencrypt(both)

    assert result.of_clinics >= 5
    # What vouches for the entries of the trail is not made anew.
    assert result.needed_by_trails == {"old"}
    alone = with_keys(NEW)
    assert missing_keys(alone) == set()
    assert list_invitations(alone, staff, InvitationQuery(search="zeb"), START).total == 1
    read_again = read_response(alone, DEFINITIONS, staff, sent.id, START)
    assert (read_again.label, read_again.notes[0].text) == (CANARY, CANARY)
    assert read_webhook(alone, staff, START) == HOOK
    assert reencrypt(alone).of_clinics == 0
    assert verify_trails(both) == []


def test_what_is_sent_again_while_keys_change_is_not_put_back_to_what_it_was(with_keys):
    clinic_id = make_clinic(with_keys(OLD))
    sent = make_submission(with_keys(OLD), clinic_id, {"leg-pain": 9})
    both = with_keys(NEW, OLD)
    newer = Findings(["worst"], {"leg": 10})
    done: list[int] = []
    changing = Thread(target=lambda: done.append(reencrypt(both).of_clinics))
    with both.unit_of_work() as unit:
        submissions = unit.clinic(clinic_id).submissions
        stored = submissions.get(sent.id, lock=True)
        assert stored
        changing.start()
        # Long enough for the other to have read whatever it would read now.
        changing.join(0.5)
        submissions.write_findings(stored.row, newer)
    changing.join(20)
    assert done
    with with_keys(NEW).unit_of_work() as unit:
        stored = unit.clinic(clinic_id).submissions.get(sent.id)
        assert stored
        assert stored.findings == newer


def test_trail_of_a_clinic_that_is_no_more_needs_its_keys_too(with_keys, engine: Engine):
    old = with_keys(OLD)
    staff = make_staff(old, make_clinic(old))
    invite(old, staff, "small", [Invitee("A")], 60, START)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM clinic"))
    assert reencrypt(with_keys(NEW, OLD)).needed_by_trails == {"old"}
