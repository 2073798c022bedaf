"""A clinic removes what somebody sent who is not its patient, and nothing else."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    invite,
    list_invitations,
)
from fbss_app.server.services.clinic.permission import NotFoundError, StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery, newest_change, read_inbox
from fbss_app.server.services.clinic.submissions.removal import (
    InvitedPatientError,
    removals,
    remove_uninvited,
)
from fbss_app.server.services.clinic.submissions.review import ChangedMeanwhileError, write_note
from fbss_app.server.services.clinic.submissions.submissions import UnknownInvitationError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.server.builders import START
from tests.server.services.clinic.door import audit_of
from tests.server.services.clinic.patient import DRAFT_DAYS, Patient
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import LEG


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database), Role.CLINICIAN)


@pytest.fixture
def patient(database: Database, settings: Settings) -> Patient:
    patient = Patient(database, settings)
    patient.answer({LEG: 9})
    return patient


def changed_at(database: Database, staff: Staff, submission_id: str) -> datetime:
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.get(submission_id)
        assert stored
        return stored.row.changed_at


def remove(database: Database, staff: Staff, submission_id: str, now: datetime = START) -> None:
    seen = changed_at(database, staff, submission_id)
    remove_uninvited(database, staff, submission_id, seen, DRAFT_DAYS, now)


def told(patient: Patient) -> list[tuple[str, datetime]]:
    found = removals(patient.database, patient.response_id, patient.secret, patient.time)
    return [(each.slug, each.removed_at) for each in found]


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def inbox(database: Database, staff: Staff) -> list[str]:
    rows = read_inbox(database, staff, InboxQuery(status="all"), START).rows
    return [row.label for row in rows]


def test_answers_notes_and_name_go_and_the_persons_own_answers_stay(
    database: Database, staff: Staff, patient: Patient, engine: Engine
):
    sent = patient.send(patient.come())
    write_note(database, staff, sent.id, "Nobody knows this person", START)
    before = newest_change(database, staff)
    events = count(engine, "answer_event")
    assert events > 0

    remove(database, staff, sent.id)

    for table in ("submission", "note", "invitation", "label_mark"):
        assert count(engine, table) == 0, table
    assert inbox(database, staff) == []
    assert list_invitations(database, staff, InvitationQuery(), START).rows == ()
    trail = audit_of(database, staff.clinic_id)
    assert [each[:3] for each in trail if each[1] == Action.ANSWERS_REMOVED] == [
        (staff.id, Action.ANSWERS_REMOVED, sent.id)
    ]
    assert Action.ANSWERS_ERASED not in [each[1] for each in trail]
    # Open inboxes look again, also where nothing newer was removed.
    assert newest_change(database, staff) != before

    assert (count(engine, "response"), count(engine, "answer_event")) == (1, events)
    assert patient.answer({LEG: 3}) >= START + timedelta(days=DRAFT_DAYS)
    assert patient.statuses() == {}


def test_inbox_sees_that_something_older_than_the_rest_was_removed(
    database: Database, settings: Settings, staff: Staff, patient: Patient
):
    sent = patient.send(patient.come())
    other = Patient(database, settings)
    other.time = START + timedelta(hours=1)
    other.answer({LEG: 1})
    other.send(other.come(name="Al Newer"))
    before = newest_change(database, staff)
    remove(database, staff, sent.id)
    assert newest_change(database, staff) != before
    assert inbox(database, staff) == ["Al Newer"]


def test_answers_are_kept_from_then_on_as_those_that_no_clinic_has(
    database: Database, staff: Staff, patient: Patient
):
    sent = patient.send(patient.come())
    assert sent.expires_at > START + timedelta(days=DRAFT_DAYS)
    remove(database, staff, sent.id, START + timedelta(days=2))
    with database.unit_of_work() as unit:
        response = unit.responses.lock(patient.response_id)
        assert response
        assert response.expires_at == START + timedelta(days=2 + DRAFT_DAYS)


def test_person_is_told_and_may_send_again_under_a_name(
    database: Database, staff: Staff, patient: Patient
):
    came = patient.come()
    remove(database, staff, patient.send(came).id)
    assert told(patient) == [("north", START)]
    with pytest.raises(UnknownInvitationError):
        patient.send(came)
    assert told(patient) == [("north", START)]

    patient.send(patient.come(name="Jo M."))

    assert told(patient) == []
    assert inbox(database, staff) == ["Jo M."]


def test_what_was_told_goes_with_the_answers(
    database: Database, staff: Staff, patient: Patient, engine: Engine
):
    remove(database, staff, patient.send(patient.come()).id)
    assert count(engine, "removed_submission") == 1
    patient.erase()
    assert count(engine, "removed_submission") == 0


def test_what_another_clinic_has_stays_there(database: Database, staff: Staff, patient: Patient):
    other = make_staff(database, make_clinic(database, "south"))
    north = patient.send(patient.come())
    south = patient.send(patient.come("south"))
    remove(database, staff, north.id)
    assert inbox(database, other) == ["Jo Miller"]
    assert list(patient.statuses()) == ["south"]
    assert told(patient) == [("north", START)]
    with database.unit_of_work() as unit:
        response = unit.responses.lock(patient.response_id)
        assert response
        assert response.expires_at == south.expires_at


@pytest.mark.parametrize("came_first", [False, True])
def test_what_the_clinic_asked_for_cannot_be_removed(
    database: Database, staff: Staff, patient: Patient, came_first: bool
):
    if came_first:
        patient.send(patient.come())
        patient.time += timedelta(minutes=1)
    (asked,) = invite(database, staff, "small", [Invitee("MRN-77123")], 60, START)
    sent = patient.send(asked)
    with pytest.raises(InvitedPatientError) as refused:
        remove(database, staff, sent.id)
    assert refused.value.status_code == 409
    assert inbox(database, staff) == ["MRN-77123"]
    assert told(patient) == []


def test_what_was_changed_meanwhile_is_not_removed(
    database: Database, staff: Staff, patient: Patient
):
    sent = patient.send(patient.come())
    seen = changed_at(database, staff, sent.id)
    write_note(database, staff, sent.id, "She called: she is ours", START)
    with pytest.raises(ChangedMeanwhileError):
        remove_uninvited(database, staff, sent.id, seen, DRAFT_DAYS, START)
    assert inbox(database, staff) == ["Jo Miller"]


def test_front_desk_may_not_and_unknown_ids_are_not_found(
    database: Database, staff: Staff, patient: Patient
):
    sent = patient.send(patient.come())
    desk = make_staff(database, staff.clinic_id, Role.FRONT_DESK)
    with pytest.raises(StaffNotAllowedError):
        remove(database, desk, sent.id)
    with pytest.raises(NotFoundError):
        remove_uninvited(database, staff, str(uuid4()), START, DRAFT_DAYS, START)
    assert inbox(database, staff) == ["Jo Miller"]
    refused = [each[0] for each in audit_of(database, staff.clinic_id) if each[1] == "refused"]
    assert refused == [desk.id, staff.id]
