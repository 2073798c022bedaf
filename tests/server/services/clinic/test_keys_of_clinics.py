from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.encryption import EncryptionKey
from fbss_app.server.services.clinic.audit import SYSTEM, Action, record_alone, verify_trails
from fbss_app.server.services.clinic.exports.research import export_research
from fbss_app.server.services.clinic.exports.research_requests import list_research_requests
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    Invitee,
    invite,
    list_invitations,
)
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.settings.webhooks import read_webhook, set_webhook
from fbss_app.server.services.clinic.submissions.review import write_note
from fbss_app.server.services.keys import missing_keys, reencrypt
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import CANARY, START
from tests.server.services.clinic.research_files import make_approved
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, Sent, make_submission

OLD, NEW = EncryptionKey("old", b"o" * 32), EncryptionKey("new", b"n" * 32)
ADDRESS = "https://93.184.216.34/answers"
SEALED = ("clinic", "invitation", "label_mark", "submission", "note", "research_file")
LATER = START + timedelta(minutes=1)


def fill(database: Database, slug: str) -> tuple[Staff, Sent]:
    """Make one of everything that a clinic keeps sealed."""
    staff = make_staff(database, make_clinic(database, slug))
    sent = make_submission(database, staff.clinic_id, {"leg-pain": 10}, label=f"{CANARY} sent")
    write_note(database, staff, sent.id, f"{CANARY} note", START)
    set_webhook(database, staff, ADDRESS, START)
    take_research(database, staff)
    invite(database, staff, "small", [Invitee("Zo\u00eb Miller")], 60, START)
    return staff, sent


def take_research(database: Database, staff: Staff) -> bytes:
    """Take the file for research that there is, or a first one."""
    asked = list_research_requests(database, staff, LATER)
    request_id = asked[0].id if asked else make_approved(database, staff, at=START)
    return export_research(database, DEFINITIONS, staff, request_id, LATER)


def everything_of(database: Database, staff: Staff, sent: Sent) -> list:
    with database.unit_of_work() as unit:
        own = unit.clinic(staff.clinic_id)
        stored = own.submissions.get(sent.id)
        notes = [note.text for note in own.notes.of_submission(sent.id)]
    found = list_invitations(database, staff, InvitationQuery(search="mil zoe"), LATER)
    labels = [row.label for row in found.rows]
    file = take_research(database, staff)
    return [stored.findings, notes, labels, read_webhook(database, staff, LATER), file]


def key_ids(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return {
            row[0]
            for table in SEALED
            for row in connection.execute(text(f"SELECT DISTINCT key_id FROM {table}"))
        } - {""}


def test_rotation_reaches_everything_of_every_clinic(with_keys, engine: Engine):
    old = with_keys(OLD)
    clinics = [fill(old, "north"), fill(old, "south")]
    before = [everything_of(old, *each) for each in clinics]
    assert before[0][1:4] == [[f"{CANARY} note"], ["Zo\u00eb Miller"], ADDRESS]
    both = with_keys(NEW, OLD)
    # The new key does not yet find what the old one marked by itself, the ring does.
    assert [everything_of(both, *each) for each in clinics] == before

    result = reencrypt(both)

    # Of each clinic: an address, a note, a submission, a file, two invitations with their marks.
    assert result.of_clinics == 2 * (1 + 1 + 1 + 1 + 2 + 2)
    assert key_ids(engine) == {"new"}
    alone = with_keys(NEW)
    assert missing_keys(alone) == set()
    assert [everything_of(alone, *each) for each in clinics] == before
    assert reencrypt(alone).of_clinics == 0


def test_more_than_one_step_is_brought_to_its_end(
    with_keys, engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("fbss_app.server.services.keys._AT_ONCE", 2)
    old = with_keys(OLD)
    staff = make_staff(old, make_clinic(old))
    invite(old, staff, "small", [Invitee(f"Bay {n}") for n in range(7)], 60, START)

    assert reencrypt(with_keys(NEW, OLD)).of_clinics == 14
    assert key_ids(engine) == {"new"}


# Marks hold nothing that could be lost: `reencrypt` makes them of the label.
@pytest.mark.parametrize("table", [each for each in SEALED if each != "label_mark"])
def test_key_that_only_one_table_needs_is_missed(with_keys, engine: Engine, table: str):
    fill(with_keys(OLD), "north")
    reencrypt(with_keys(NEW, OLD))
    alone = with_keys(NEW)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET key_id = 'lost'"))
    assert missing_keys(alone) == {"lost"}


def test_key_that_vouches_for_the_trail_is_told_apart(with_keys):
    old = with_keys(OLD)
    clinic_id = make_clinic(old)
    record_alone(old, clinic_id, SYSTEM, Action.SETTINGS_CHANGED, START)
    both = with_keys(NEW, OLD)

    assert reencrypt(both).needed_by_trails == {"old"}
    assert verify_trails(both) == []
    # It opens nothing, so the app starts without it; the trail cannot be checked then.
    alone = with_keys(NEW)
    assert missing_keys(alone) == set()
    assert verify_trails(alone) != []
