"""What becomes of the names that clinics know patients by, once answers were sent under them."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    invite,
    list_invitations,
    renew_invitation,
)
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.invitations.own_pages import UNINVITED_DAYS
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery, read_inbox
from fbss_app.server.services.clinic.submissions.submissions import UnknownInvitationError
from fbss_app.server.services.retention import delete_expired
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.server.builders import START
from tests.server.services.clinic.door import audit_of
from tests.server.services.clinic.patient import Patient
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import LEG

OWN_NAME = "Jo Miller"


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


@pytest.fixture
def patient(database: Database, settings: Settings) -> Patient:
    patient = Patient(database, settings)
    patient.answer({LEG: 9})
    return patient


def ask(database: Database, staff: Staff, label: str = "MRN-77123") -> NewInvitation:
    return invite(database, staff, "small", [Invitee(label)], 60, START)[0]


def listed(database: Database, staff: Staff, search: str = "") -> list[tuple[str, str]]:
    """The labels on the list of the clinic, and what became of each."""
    rows = list_invitations(database, staff, InvitationQuery(search=search), START).rows
    return sorted((row.label, row.state) for row in rows)


def inbox(database: Database, staff: Staff, search: str = "") -> list[tuple[str, bool]]:
    """The labels in the inbox, each with whether the patient wrote it."""
    query = InboxQuery(status="all", search=search)
    return [(row.label, row.is_uninvited) for row in read_inbox(database, staff, query, START).rows]


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


# Taken back, and erased.


@pytest.mark.parametrize("how", ["taken back", "taken back from one", "erased"])
def test_name_that_a_patient_gave_goes_with_the_answers(
    database: Database, staff: Staff, patient: Patient, engine: Engine, how: str
):
    came = patient.come()
    sent = patient.send(came)
    assert listed(database, staff, "mil") == [(OWN_NAME, "sent")]
    assert count(engine, "label_mark") > 0

    if how == "erased":
        patient.erase()
    else:
        patient.take_back(sent.id if how == "taken back from one" else None)

    assert listed(database, staff) == []
    for table in ("invitation", "label_mark", "submission"):
        assert count(engine, table) == 0, table
    trail = audit_of(database, staff.clinic_id)
    assert [each[2] for each in trail if each[1] == Action.ANSWERS_ERASED] == [sent.id]


def test_whoever_took_back_what_they_sent_uninvited_gives_their_name_anew(
    database: Database, staff: Staff, patient: Patient
):
    came = patient.come()
    patient.send(came)
    patient.take_back()
    with pytest.raises(UnknownInvitationError):
        patient.send(came)
    patient.send(patient.come(name="Jo M."))
    assert inbox(database, staff) == [("Jo M.", True)]
    assert listed(database, staff) == [("Jo M.", "sent")]


def test_name_given_to_one_clinic_stays_there_when_another_loses_it(
    database: Database, staff: Staff, patient: Patient
):
    other = make_staff(database, make_clinic(database, "south"))
    north = patient.send(patient.come())
    patient.send(patient.come("south", "J. Miller"))

    patient.take_back(north.id)

    assert listed(database, staff) == []
    assert listed(database, other) == [("J. Miller", "sent")]
    assert inbox(database, other) == [("J. Miller", True)]


def test_label_of_the_clinics_own_stays_and_says_that_the_answers_are_gone(
    database: Database, staff: Staff, patient: Patient
):
    patient.send(ask(database, staff))
    patient.take_back()
    assert listed(database, staff, "mrn") == [("MRN-77123", "erased")]


# Sent again with another invitation.


@pytest.mark.parametrize("has_changed", [True, False])
def test_what_was_sent_uninvited_follows_the_invitation_that_comes_later(
    database: Database, staff: Staff, patient: Patient, engine: Engine, has_changed: bool
):
    first = patient.send(patient.come())
    asked = ask(database, staff)
    if has_changed:
        patient.answer({LEG: 3})
    patient.time += timedelta(hours=1)

    again = patient.send(asked)

    assert (again.id, again.submitted_at) == (first.id, patient.time)
    assert inbox(database, staff) == inbox(database, staff, "mrn") == [("MRN-77123", False)]
    assert inbox(database, staff, "mil") == []
    uninvited = InboxQuery(status="all", came="uninvited")
    assert read_inbox(database, staff, uninvited, START).rows == ()
    assert listed(database, staff) == [("MRN-77123", "sent")]
    assert count(engine, "invitation") == 1
    trail = audit_of(database, staff.clinic_id)
    sent = [json.loads(each[3])["again"] for each in trail if each[1] == Action.ANSWERS_SENT]
    assert sent == [False, True]
    # Once is enough.
    patient.time += timedelta(hours=1)
    assert patient.send(asked) == again
    assert audit_of(database, staff.clinic_id) == trail


def test_what_was_sent_follows_the_newer_of_two_labels(
    database: Database, staff: Staff, patient: Patient
):
    old, new = ask(database, staff, "Old 1"), ask(database, staff, "New 2")
    patient.send(old)
    patient.send(new)
    assert inbox(database, staff) == inbox(database, staff, "new") == [("New 2", False)]
    patient.take_back()
    assert listed(database, staff) == [("New 2", "erased"), ("Old 1", "erased")]


def test_late_call_with_an_earlier_invitation_changes_nothing(
    database: Database, staff: Staff, patient: Patient
):
    old, before = ask(database, staff, "Old 1"), patient.cursor
    patient.send(old)
    patient.answer({LEG: 3})
    again = patient.send(ask(database, staff, "New 2"))
    assert patient.send(old, cursor=before) == again
    assert inbox(database, staff) == [("New 2", False)]


def test_name_of_ones_own_does_not_take_the_place_of_the_clinics_label(
    database: Database, staff: Staff, patient: Patient
):
    patient.send(ask(database, staff))
    came = patient.come()
    patient.send(came)
    patient.answer({LEG: 3})
    patient.send(came)
    assert inbox(database, staff) == inbox(database, staff, "mrn") == [("MRN-77123", False)]
    patient.take_back()
    assert listed(database, staff) == [("MRN-77123", "erased")]


def test_newer_name_of_ones_own_takes_the_place_of_the_older(
    database: Database, staff: Staff, patient: Patient
):
    patient.send(patient.come(name="Jo Miler"))
    patient.send(patient.come())
    assert inbox(database, staff) == [(OWN_NAME, True)]
    assert listed(database, staff) == [(OWN_NAME, "sent")]


def test_invitation_of_one_clinic_leaves_the_name_with_another(
    database: Database, staff: Staff, patient: Patient
):
    other = make_staff(database, make_clinic(database, "south"))
    patient.send(patient.come())
    patient.send(patient.come("south", "J. Miller"))
    patient.send(ask(database, staff))
    assert inbox(database, staff) == [("MRN-77123", False)]
    assert inbox(database, other) == [("J. Miller", True)]
    assert listed(database, other) == [("J. Miller", "sent")]


# Kept long enough.


def test_name_of_whoever_gave_up_sending_goes_after_a_week(
    database: Database, staff: Staff, patient: Patient, engine: Engine
):
    patient.come()
    asked = ask(database, staff)
    the_end = START + timedelta(days=UNINVITED_DAYS)
    assert delete_expired(database, the_end - timedelta(seconds=1)).invitations_deleted == 0
    assert listed(database, staff) == [(OWN_NAME, "opened"), (asked.label, "not-opened")]

    assert delete_expired(database, the_end).invitations_deleted == 1

    assert listed(database, staff) == [(asked.label, "not-opened")]
    assert listed(database, staff, "mil") == []
    # The patient is given another one, and has lost nothing.
    patient.time = the_end
    patient.send(patient.come())
    assert inbox(database, staff) == [(OWN_NAME, True)]


def test_name_is_kept_with_the_answers_and_with_a_link_that_the_staff_renewed(
    database: Database, staff: Staff, patient: Patient
):
    patient.send(patient.come())
    patient.come(name="Al Smith")
    the_end = START + timedelta(days=UNINVITED_DAYS)
    (al,) = list_invitations(database, staff, InvitationQuery(search="al"), START).rows
    renew_invitation(database, staff, al.id, the_end - timedelta(days=1))
    assert delete_expired(database, the_end).invitations_deleted == 0
    assert len(listed(database, staff)) == 2
    assert delete_expired(database, the_end + timedelta(days=UNINVITED_DAYS)).found_anything
    assert listed(database, staff) == [(OWN_NAME, "sent")]


@pytest.mark.parametrize("is_invited", [True, False])
def test_label_goes_by_the_clinics_own_time_though_another_clinic_keeps_the_answers(
    database: Database, staff: Staff, patient: Patient, engine: Engine, is_invited: bool
):
    other = make_staff(database, make_clinic(database, "south"))
    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(staff.clinic_id)
        assert clinic
        clinic.retention_days = 30
    ours = patient.send(ask(database, staff) if is_invited else patient.come())
    theirs = patient.send(ask(database, other, "Number 5"))
    assert ours.expires_at < theirs.expires_at
    waiting = ask(database, staff, "Waits")
    before = ours.expires_at - timedelta(seconds=1)
    assert delete_expired(database, before).invitations_deleted == 0

    run = delete_expired(database, ours.expires_at)

    assert (run.submissions_deleted, run.invitations_deleted, run.responses_deleted) == (1, 1, 0)
    assert listed(database, staff) == [(waiting.label, "not-opened")]
    assert listed(database, other) == [("Number 5", "sent")]
    assert inbox(database, other) == [("Number 5", False)]
    assert not delete_expired(database, ours.expires_at).found_anything

    delete_expired(database, theirs.expires_at)
    assert listed(database, other) == []
    for table in ("invitation", "label_mark", "response"):
        assert count(engine, table) == 0, table
