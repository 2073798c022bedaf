import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from fbss_app.domain.questionnaire.answers import AuthorRole
from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    invite,
    list_invitations,
    revoke_invitation,
)
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.settings.webhooks import set_webhook
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery, read_inbox
from fbss_app.server.services.clinic.submissions.review import read_response
from fbss_app.server.services.clinic.submissions.submissions import (
    UnknownInvitationError,
    open_invitation,
)
from fbss_app.server.services.refusal import RefusedError, UnknownResponseError
from fbss_app.server.services.retention import delete_expired
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.server.builders import START
from tests.server.services.clinic.door import audit_of
from tests.server.services.clinic.patient import DRAFT_DAYS, Patient
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


@pytest.fixture
def patient(database: Database, settings: Settings) -> Patient:
    patient = Patient(database, settings)
    patient.answer({LEG: 9})
    return patient


def ask(database: Database, staff: Staff, label: str = "Jo 17", days: int = 60) -> NewInvitation:
    return invite(database, staff, "small", [Invitee(label)], days, START)[0]


def inbox(database: Database, staff: Staff, now: datetime = START) -> list[tuple[str, str]]:
    found = read_inbox(database, staff, InboxQuery(status="all"), now)
    return [(row.label, row.status) for row in found.rows]


def state(database: Database, staff: Staff, now: datetime = START) -> str:
    (row,) = list_invitations(database, staff, InvitationQuery(), now).rows
    return row.state


def told(database: Database, staff: Staff, action: Action) -> list[dict[str, Any]]:
    return [
        json.loads(details)
        for _, each, _, details in audit_of(database, staff.clinic_id)
        if each == action
    ]


# Opening.


def test_opening_tells_who_asks_for_what_and_is_told_once(database: Database, staff: Staff):
    made = ask(database, staff)
    open_invitation(database, made.secret, START)
    opened = open_invitation(database, made.secret, START)
    assert (opened.clinic.name, opened.slug) == ("North Clinic", "north")
    assert (opened.questionnaire, opened.is_used) == ("small", False)
    assert opened.expires_at == made.expires_at
    assert state(database, staff) == "opened"
    assert len(told(database, staff, Action.INVITATION_OPENED)) == 1


@pytest.mark.parametrize("what", ["wrong", "empty", "revoked", "over"])
def test_invitation_that_does_not_work_never_says_why(database: Database, staff: Staff, what: str):
    made = ask(database, staff, days=1)
    now, secret = START, made.secret
    if what == "revoked":
        revoke_invitation(database, staff, made.id, START)
    if what == "over":
        now += timedelta(days=1)
    if what in ("wrong", "empty"):
        secret = "w" * 43 if what == "wrong" else ""
    with pytest.raises(UnknownInvitationError) as refused:
        open_invitation(database, secret, now)
    assert refused.value.message == UnknownInvitationError().message


# Sending.


def test_sent_answers_reach_the_clinic_with_what_was_agreed(
    database: Database, staff: Staff, patient: Patient
):
    made = ask(database, staff)
    assert inbox(database, staff) == []
    patient.time += timedelta(minutes=5)
    status = patient.send(made)

    assert status.clinic.name == "North Clinic"
    assert status.expires_at == patient.time + timedelta(days=status.clinic.retention_days)
    assert not status.has_changed
    assert inbox(database, staff) == [("Jo 17", "new")]
    assert state(database, staff) == "sent"
    assert told(database, staff, Action.ANSWERS_SENT) == [{"again": False, "by": "patient"}]
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.of_response(patient.response_id)
        assert stored
        row = stored.row
        assert (row.consent_version, row.consent_text_sha256) == ("1", "ab" * 32)
        assert row.agreed_by == AuthorRole.PATIENT.value
        assert row.last_sequence == patient.cursor
        assert stored.findings.red_flags == ["strong"]
        assert stored.findings.scores == {"leg": 9}
        assert row.invitation_id == made.id


def test_whoever_came_uninvited_is_told_apart_from_a_patient_of_that_name(
    database: Database, staff: Staff, patient: Patient, settings: Settings
):
    patient.send(ask(database, staff))
    other = Patient(database, settings)
    other.answer({LEG: 9})
    other.send(other.come(name="Jo 17"))
    rows = read_inbox(database, staff, InboxQuery(status="all"), START).rows
    assert sorted((row.label, row.is_uninvited) for row in rows) == [
        ("Jo 17", False),
        ("Jo 17", True),
    ]
    for row in rows:
        seen = read_response(database, DEFINITIONS, staff, row.submission_id, START)
        assert seen.is_uninvited == row.is_uninvited


def test_repeated_call_changes_and_tells_nothing(
    database: Database, staff: Staff, patient: Patient
):
    made = ask(database, staff)
    first = patient.send(made)
    trail = audit_of(database, staff.clinic_id)
    patient.time += timedelta(hours=1)
    assert patient.send(made) == first
    assert audit_of(database, staff.clinic_id) == trail


def test_what_changes_later_is_the_patients_alone_until_sent_again(
    database: Database, staff: Staff, patient: Patient
):
    made = ask(database, staff)
    first = patient.send(made)
    before = patient.cursor
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.of_response(patient.response_id)
        assert stored
        stored.row.status, stored.row.reviewed_by = "reviewed", staff.id
    patient.time += timedelta(days=3)
    patient.answer({LEG: 10})
    assert patient.status().has_changed
    assert inbox(database, staff) == [("Jo 17", "reviewed")]

    again = patient.send(made)

    assert (again.first_submitted_at, again.submitted_at) == (START, patient.time)
    assert again.expires_at == first.expires_at + timedelta(days=3)
    # The same submission stands among the new ones again.
    assert inbox(database, staff, patient.time) == [("Jo 17", "new")]
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.of_response(patient.response_id)
        assert stored
        assert stored.findings.red_flags == ["worst", "strong"]
        assert stored.row.urgency == 0
        assert stored.row.reviewed_by is None
    assert [each["again"] for each in told(database, staff, Action.ANSWERS_SENT)] == [False, True]
    # A call of the first time that was long on its way takes nothing back.
    assert patient.send(made, cursor=before) == again
    assert not patient.status().has_changed


def test_answers_that_have_not_arrived_are_not_sent(
    database: Database, staff: Staff, patient: Patient
):
    with pytest.raises(RefusedError, match="Save them first"):
        patient.send(ask(database, staff), cursor=patient.cursor + 1)
    assert inbox(database, staff) == []


def test_nothing_answered_is_nothing_to_send(database: Database, staff: Staff, settings: Settings):
    nobody = Patient(database, settings)
    nobody.answer({})
    with pytest.raises(RefusedError, match="nothing to send"):
        nobody.send(ask(database, staff))
    assert state(database, staff) == "not-opened"


def test_one_invitation_is_for_one_response(
    database: Database, staff: Staff, patient: Patient, settings: Settings
):
    made = ask(database, staff)
    patient.send(made)
    other = Patient(database, settings)
    other.answer({LEG: 1})
    with pytest.raises(RefusedError, match="Other answers were sent") as refused:
        other.send(made)
    assert refused.value.code == "invitation-used"
    assert len(inbox(database, staff)) == 1


def test_invitation_to_another_questionnaire_takes_no_answers(
    database: Database, staff: Staff, patient: Patient
):
    (made,) = invite(database, staff, "other", [Invitee("Jo")], 30, START)
    with pytest.raises(RefusedError, match="another questionnaire"):
        patient.send(made)


def test_ended_invitation_takes_nothing(database: Database, staff: Staff, patient: Patient):
    made = ask(database, staff)
    revoke_invitation(database, staff, made.id, START)
    with pytest.raises(UnknownInvitationError):
        patient.send(made)


def test_over_is_over_but_not_for_whoever_has_sent(
    database: Database, staff: Staff, patient: Patient, settings: Settings
):
    made, unused = ask(database, staff, days=2), ask(database, staff, "Al", days=2)
    patient.send(made)
    patient.time += timedelta(days=2)
    patient.answer({LEG: 3})
    assert patient.send(made).submitted_at == patient.time
    with pytest.raises(UnknownInvitationError):
        patient.send(unused)


# How long it is kept.


def test_sync_never_shortens_what_a_clinic_keeps(
    database: Database, staff: Staff, patient: Patient
):
    kept_until = patient.send(ask(database, staff)).expires_at
    assert kept_until > START + timedelta(days=DRAFT_DAYS)
    patient.time += timedelta(days=1)
    assert patient.answer({LEG: 2}) == kept_until
    # Near its end the ordinary time is longer.
    patient.time = kept_until - timedelta(days=1)
    assert patient.answer({LEG: 3}) == patient.time + timedelta(days=DRAFT_DAYS)


def test_clinic_loses_what_it_was_sent_when_its_time_is_over(
    database: Database, staff: Staff, patient: Patient
):
    kept_until = patient.send(ask(database, staff)).expires_at
    assert delete_expired(database, kept_until - timedelta(seconds=1)).submissions_deleted == 0
    assert inbox(database, staff) == [("Jo 17", "new")]
    run = delete_expired(database, kept_until)
    assert (run.submissions_deleted, run.responses_deleted) == (1, 1)
    assert inbox(database, staff) == []
    patient.time = kept_until
    with pytest.raises(UnknownResponseError):
        patient.status()
    assert told(database, staff, Action.EXPIRED_DELETED)[0]["submissions"] == 1


def test_what_is_over_at_the_clinic_is_kept_anew_where_it_is_sent_once_more(
    database: Database, staff: Staff, patient: Patient
):
    made = ask(database, staff)
    kept_until = patient.send(made).expires_at
    # The job has not come yet; the answers are still saved, as another clinic has them.
    with database.unit_of_work() as unit:
        response = unit.responses.lock(patient.response_id)
        assert response
        response.expires_at = kept_until + timedelta(days=90)
    patient.time = kept_until + timedelta(minutes=30)

    again = patient.send(made).expires_at

    assert again > patient.time
    assert delete_expired(database, patient.time).submissions_deleted == 0
    assert inbox(database, staff) == [("Jo 17", "new")]


# Taking back.


def test_taken_back_it_is_gone_from_the_clinic_and_saved_for_the_patient(
    database: Database, staff: Staff, patient: Patient
):
    made = ask(database, staff)
    patient.send(made)
    patient.take_back()

    assert inbox(database, staff) == []
    assert state(database, staff) == "erased"
    assert len(told(database, staff, Action.ANSWERS_ERASED)) == 1
    with pytest.raises(RefusedError, match="not sent"):
        patient.status()
    with pytest.raises(RefusedError, match="not sent"):
        patient.take_back()
    # From now on they are kept like any draft.
    assert patient.answer({LEG: 5}) == START + timedelta(days=DRAFT_DAYS)

    patient.send(made)
    assert state(database, staff) == "sent"
    assert inbox(database, staff) == [("Jo 17", "new")]


def test_taking_back_reaches_every_clinic_and_erasing_too(
    database: Database, staff: Staff, patient: Patient
):
    other = make_staff(database, make_clinic(database, "south"))
    ours, theirs = ask(database, staff), ask(database, other, "Number 5")
    for erase in (patient.take_back, patient.erase):
        patient.send(ours)
        patient.send(theirs)
        assert inbox(database, staff) == [("Jo 17", "new")]
        assert inbox(database, other) == [("Number 5", "new")]
        erase()
        for each in (staff, other):
            assert inbox(database, each) == []
            assert state(database, each) == "erased"
    for each in (staff, other):
        assert len(told(database, each, Action.ANSWERS_ERASED)) == 2


# Several clinics.


def test_each_clinic_has_what_it_was_sent(database: Database, staff: Staff, patient: Patient):
    other = make_staff(database, make_clinic(database, "south"))
    assert patient.statuses() == {}
    ours, theirs = ask(database, staff), ask(database, other, "Number 5")
    north = patient.send(ours)
    patient.time += timedelta(days=1)
    south = patient.send(theirs)

    assert list(patient.statuses().values()) == [north, south]
    assert list(patient.statuses()) == ["north", "south"]
    assert patient.status() == south

    patient.time += timedelta(days=1)
    patient.answer({LEG: 2})
    again = patient.send(ours)
    assert {slug: each.has_changed for slug, each in patient.statuses().items()} == {
        "north": False,
        "south": True,
    }
    assert patient.statuses()["north"] == again == patient.status()


def test_taken_back_from_one_clinic_it_stays_with_the_other(
    database: Database, staff: Staff, patient: Patient, settings: Settings
):
    other = make_staff(database, make_clinic(database, "south"))
    ours, theirs = ask(database, staff), ask(database, other, "Number 5")
    north = patient.send(ours).id
    patient.time += timedelta(days=1)
    south = patient.send(theirs)
    kept_until = south.expires_at

    patient.take_back(north)

    assert list(patient.statuses()) == ["south"]
    assert (inbox(database, staff), state(database, staff)) == ([], "erased")
    assert inbox(database, other) == [("Number 5", "new")]
    assert state(database, other) == "sent"
    assert len(told(database, staff, Action.ANSWERS_ERASED)) == 1
    assert told(database, other, Action.ANSWERS_ERASED) == []
    # What the other clinic has is made of the answers.
    assert patient.answer({LEG: 3}) == kept_until
    others = Patient(database, settings)
    others.answer({LEG: 1})
    for wrong in (north, others.send(ask(database, staff, "Al")).id, str(uuid4())):
        with pytest.raises(RefusedError, match="not sent"):
            patient.take_back(wrong)

    patient.take_back(patient.send(ours).id)
    patient.take_back(south.id)
    assert patient.statuses() == {}
    assert patient.answer({LEG: 4}) == patient.time + timedelta(days=DRAFT_DAYS)


# Telling the clinic's own system.


def test_each_sending_queues_one_call_where_the_clinic_wants_it(
    database: Database, staff: Staff, patient: Patient
):
    other = make_staff(database, make_clinic(database, "south"))
    set_webhook(database, staff, "https://93.184.216.34/new", START)
    made = ask(database, staff)
    patient.send(made)
    patient.send(made)
    patient.send(ask(database, other))
    patient.answer({LEG: 1})
    patient.send(made)
    with database.unit_of_work() as unit:
        queued = unit.clinic(staff.clinic_id).webhooks.recent(9)
        assert [each.event for each in queued] == ["answers-sent"] * 2
        assert not unit.clinic(other.clinic_id).webhooks.recent(9)
