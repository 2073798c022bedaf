"""Whoever has the database alone reads no answer, no name, no address and no secret in it."""

from secrets import token_urlsafe
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.exports import research
from fbss_app.server.services.clinic.exports.anonymous import K
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.settings.webhooks import read_webhook, set_webhook
from fbss_app.server.services.clinic.staff.sessions import begin_session, give_ticket
from fbss_app.server.services.clinic.staff.staff import invite_staff
from fbss_app.server.services.clinic.submissions.review import read_response, write_note
from fbss_app.server.services.export import export_data
from fbss_app.server.services.links import NewLink, make_link
from fbss_app.server.services.return_codes import make_code
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.server.builders import START, Clock
from tests.server.services.clinic.door import (
    EMAIL,
    PASSWORD,
    make_door,
    make_person,
    set_up_app,
)
from tests.server.services.clinic.patient import Patient
from tests.server.services.clinic.research_files import APPROVED_AT, make_approved
from tests.server.services.clinic.staff import make_clinic
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission
from tests.server.services.test_erasure import everything_stored

ANSWER = "canary-answer-41"
OTHER = "canary-treatment-41"
HELPER, RELATION = "Canaryhelper", "Canaryrelation"
LABEL, ADDRESS = "Canarylabel 41", "canaryaddress@example.org"
OWN_NAME = "Canaryownname"
NOTE = "canary-note-41"
HOOK = "http://127.0.0.1:9/canary-hook"
WORDS = [ANSWER, OTHER, HELPER, RELATION, "Canarylabel", "canaryaddress", OWN_NAME, NOTE]
# What is worked out of answers, and which questions were answered.
FINDINGS = ["strong", "treatment", LEG, "years_since_last_operation"]


@pytest.mark.usefixtures("cheap_hashes")
def test_dump_of_every_table_shows_none_of_it(
    database: Database, settings: Settings, engine: Engine, clock: Clock
):
    clinic_id = make_clinic(database)
    staff = make_person(database, clinic_id)
    door = make_door(database, settings, clock)
    totp, recovery_codes = set_up_app(door, clock, door.check_password(EMAIL, PASSWORD))
    with database.unit_of_work() as unit:
        tickets = [give_ticket(unit, staff.id, START) for _ in range(2)]
    session = begin_session(database, tickets[1], START)
    hook = set_webhook(database, staff, HOOK, START, allow_private=True)
    joining = invite_staff(database, staff, "new@example.org", "New", "clinician", START)
    invited, unused = invite(
        database, staff, "small", [Invitee(LABEL, ADDRESS), Invitee("Other")], 60, START
    )
    patient, uninvited = Patient(database, settings), Patient(database, settings)
    patient.answer({LEG: 9, "note": ANSWER, "treatment": [{"other": OTHER}]})
    helpers_secret = token_urlsafe(32)
    link = NewLink(str(uuid4()), "helper", HELPER, RELATION, hash_secret(helpers_secret), 30)
    make_link(database, patient.response_id, patient.secret, link, START)
    code = make_code(database, patient.response_id, patient.secret, 1960, START).code
    sent = patient.send(invited)
    uninvited.answer({LEG: 2})
    uninvited.send(come := uninvited.come(name=OWN_NAME))
    write_note(database, staff, sent.id, NOTE, START)
    for number in range(K):
        make_submission(database, clinic_id, {LEG: number % 4})
    request_id = make_approved(database, staff)
    file = research.export_research(database, DEFINITIONS, staff, request_id, APPROVED_AT)

    stored = everything_stored(engine)

    secrets = [
        patient.secret,
        uninvited.secret,
        helpers_secret,
        invited.secret,
        unused.secret,
        come.secret,
        code,
        PASSWORD,
        totp,
        hook,
        HOOK,
        session,
        *tickets,
        *recovery_codes,
        joining,
    ]
    assert all(secrets)
    assert [each for each in (*WORDS, *FINDINGS) if each.lower() in stored.lower()] == []
    assert [each for each in secrets if each in stored] == []
    # And all of it is there for whoever has the key too.
    read = read_response(database, DEFINITIONS, staff, sent.id, START)
    assert (read.label, read.notes[0].text) == (LABEL, NOTE)
    kept = str(export_data(database, DEFINITIONS, patient.response_id, patient.secret, clock.time))
    assert [each for each in (ANSWER, OTHER, HELPER, RELATION) if each not in kept] == []
    assert read_webhook(database, staff, START) == HOOK
    assert b"years_since_last_operation" in file
