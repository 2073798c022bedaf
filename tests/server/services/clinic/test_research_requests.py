import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.exports import research
from fbss_app.server.services.clinic.exports.research import export_research
from fbss_app.server.services.clinic.exports.research_requests import (
    NotApprovedError,
    OwnRequestError,
    approve_research,
    ask_for_research,
    list_research_requests,
    read_query,
    refuse_research,
)
from fbss_app.server.services.clinic.fields import FieldsError
from fbss_app.server.services.clinic.permission import NotFoundError, StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.clinic.submissions.review import set_status
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers
from fbss_app.server.services.retention import delete_expired
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.door import audit_of, deeds_of
from tests.server.services.clinic.research_files import APPROVED_AT, PURPOSE, make_approved
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, Sent, make_submission

EVERYTHING = InboxQuery()


@pytest.fixture
def clinician(database: Database) -> Staff:
    return make_staff(database, make_clinic(database), Role.CLINICIAN)


@pytest.fixture
def administrator(database: Database, clinician: Staff) -> Staff:
    return make_staff(database, clinician.clinic_id)


def ask(database: Database, staff: Staff, query: InboxQuery = EVERYTHING) -> str:
    return ask_for_research(database, staff, query, f"  {PURPOSE} ", START)


def take(database: Database, staff: Staff, request_id: str, after: timedelta) -> bytes:
    return export_research(database, DEFINITIONS, staff, request_id, APPROVED_AT + after)


@pytest.mark.parametrize(
    "purpose", ["", "short", "x" * 501, " " * 40, "An audit\0of pain", "An audit\ud800of"]
)
def test_asking_needs_a_purpose(database: Database, clinician: Staff, purpose: str):
    with pytest.raises(FieldsError) as caught:
        ask_for_research(database, clinician, EVERYTHING, purpose, START)
    assert [each.where for each in caught.value.problems] == ["purpose"]
    assert list_research_requests(database, clinician, START) == []
    assert deeds_of(database, clinician.clinic_id) == []


def test_one_asks_another_approves_and_the_trail_names_both(
    database: Database, clinician: Staff, administrator: Staff
):
    request_id = ask(database, clinician)
    (asked,) = list_research_requests(database, administrator, START)
    assert (asked.id, asked.purpose, asked.decision) == (request_id, PURPOSE, "")
    assert asked.asked_by_name == clinician.name
    with pytest.raises(NotApprovedError):
        take(database, clinician, request_id, timedelta())
    approve_research(database, administrator, request_id, APPROVED_AT)
    (seen,) = list_research_requests(database, clinician, APPROVED_AT)
    assert (seen.decision, seen.decided_by_name) == ("approved", administrator.name)
    assert take(database, clinician, request_id, timedelta(days=13))

    told = deeds_of(database, clinician.clinic_id)
    assert [entry[:3] for entry in told] == [
        (clinician.id, Action.RESEARCH_ASKED, request_id),
        (administrator.id, Action.RESEARCH_APPROVED, request_id),
        (clinician.id, Action.EXPORTED, request_id),
    ]
    taken = json.loads(told[-1][3])
    assert (taken["purpose"], taken["approved_by"]) == (PURPOSE, administrator.id)


def test_nobody_approves_or_refuses_what_they_asked_for(database: Database, administrator: Staff):
    request_id = ask(database, administrator)
    for decide in (approve_research, refuse_research):
        with pytest.raises(OwnRequestError):
            decide(database, administrator, request_id, APPROVED_AT)
    (asked,) = list_research_requests(database, administrator, START)
    assert asked.decision == ""


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_decide(database: Database, clinician: Staff, role: Role):
    request_id = ask(database, clinician)
    other = make_staff(database, clinician.clinic_id, role)
    for decide in (approve_research, refuse_research):
        with pytest.raises(StaffNotAllowedError):
            decide(database, other, request_id, START)


def test_only_whoever_asked_takes_the_file(
    database: Database, clinician: Staff, administrator: Staff
):
    request_id = make_approved(database, clinician)
    for other in (administrator, make_staff(database, clinician.clinic_id, Role.CLINICIAN)):
        with pytest.raises(NotApprovedError):
            take(database, other, request_id, timedelta())


def test_approval_lasts_14_days_and_a_question_30(
    database: Database, clinician: Staff, administrator: Staff
):
    request_id = make_approved(database, clinician)
    with pytest.raises(NotApprovedError):
        take(database, clinician, request_id, timedelta(days=14))
    late = ask(database, clinician)
    with pytest.raises(NotFoundError):
        approve_research(database, administrator, late, START + timedelta(days=30))
    delete_expired(database, START + timedelta(days=30))
    with pytest.raises(NotFoundError):
        take(database, clinician, request_id, timedelta())
    assert list_research_requests(database, administrator, START) == []


def test_refused_file_is_not_made_and_what_is_decided_stays(
    database: Database, clinician: Staff, administrator: Staff
):
    request_id = ask(database, clinician)
    refuse_research(database, administrator, request_id, APPROVED_AT)
    with pytest.raises(NotFoundError):
        approve_research(database, administrator, request_id, APPROVED_AT)
    with pytest.raises(NotApprovedError):
        take(database, clinician, request_id, timedelta())
    (asked,) = list_research_requests(database, clinician, APPROVED_AT)
    assert asked.decision == "refused"


def test_file_holds_what_was_asked_for_as_it_was_when_it_was_approved(
    database: Database, clinician: Staff
):
    for number in range(12):
        status = "reviewed" if number else "new"
        make_submission(database, clinician.clinic_id, {LEG: number % 4}, status=status)
    request_id = make_approved(database, clinician, InboxQuery("reviewed"))
    first = take(database, clinician, request_id, timedelta(days=1))
    for number in range(12):
        late = APPROVED_AT + timedelta(minutes=number)
        make_submission(
            database, clinician.clinic_id, {LEG: number % 4}, status="reviewed", now=late
        )
    assert first.count(b"\n") == 12
    assert take(database, clinician, request_id, timedelta(days=2)) == first


REVIEWED = InboxQuery("reviewed")


@pytest.fixture
def twelve(database: Database, clinician: Staff) -> list[Sent]:
    return [
        make_submission(database, clinician.clinic_id, {LEG: number % 4}, status="reviewed")
        for number in range(12)
    ]


def take_back(database: Database, staff: Staff, sent: Sent) -> None:
    with database.unit_of_work() as unit:
        submissions = unit.clinic(staff.clinic_id).submissions
        stored = submissions.get(sent.id)
        assert stored
        submissions.delete(stored.row)


def set_back(database: Database, staff: Staff, sent: Sent) -> None:
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.get(sent.id)
        assert stored
        seen = stored.row.changed_at
    set_status(database, staff, sent.id, "new", seen, APPROVED_AT)


@pytest.mark.parametrize("change", [take_back, set_back])
def test_taking_a_file_again_tells_nothing_of_whom_something_happened_to(
    database: Database, clinician: Staff, twelve: list[Sent], change: Callable[..., None]
):
    request_id = make_approved(database, clinician, REVIEWED)
    first = take(database, clinician, request_id, timedelta())
    change(database, clinician, twelve[0])
    assert take(database, clinician, request_id, timedelta(days=1)) == first
    assert first.count(b"\n") == 1 + 12
    told = [
        json.loads(entry[3])
        for entry in audit_of(database, clinician.clinic_id)
        if entry[1] == Action.EXPORTED
    ]
    assert told[1:] == [{**told[0], "again": "yes"}]
    assert (told[0]["count"], told[0]["purpose"], told[0]["status"]) == (12, PURPOSE, "reviewed")


def test_whoever_takes_back_before_the_file_is_taken_is_not_in_it(
    database: Database, clinician: Staff, twelve: list[Sent]
):
    request_id = make_approved(database, clinician, REVIEWED)
    take_back(database, clinician, twelve[0])
    assert take(database, clinician, request_id, timedelta()).count(b"\n") == 1 + 11


def test_of_two_who_take_a_file_at_once_both_get_the_first_one_made(
    database: Database, clinician: Staff, twelve: list[Sent], monkeypatch: pytest.MonkeyPatch
):
    request_id = make_approved(database, clinician, REVIEWED)
    between: list[bytes] = []

    def make_another_first(*_: object) -> Iterator[tuple[str, SentAnswers]]:
        monkeypatch.undo()
        between.append(take(database, clinician, request_id, timedelta()))
        take_back(database, clinician, twelve[0])
        return iter(())

    monkeypatch.setattr(research, "sent_in_batches", make_another_first)
    assert take(database, clinician, request_id, timedelta()) == between[0]
    assert between[0].count(b"\n") == 1 + 12


def test_file_lies_sealed_and_goes_with_the_request_and_with_the_clinic(
    database: Database, engine: Engine, clinician: Staff, twelve: list[Sent]
):
    def files() -> list[bytes]:
        with engine.connect() as connection:
            return list(connection.scalars(text("SELECT sealed FROM research_file")))

    take(database, clinician, make_approved(database, clinician, REVIEWED), timedelta())
    (sealed,) = files()
    assert b"score" not in bytes(sealed)
    delete_expired(database, APPROVED_AT + timedelta(days=14))
    assert files() == []
    take(database, clinician, make_approved(database, clinician, REVIEWED), timedelta())
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM clinic"))
    assert files() == []


def test_clinicians_see_their_own_and_administrators_all(
    database: Database, clinician: Staff, administrator: Staff
):
    other = make_staff(database, clinician.clinic_id, Role.CLINICIAN)
    ask(database, clinician)
    ask(database, other)
    ask(database, administrator)
    assert [each.asked_by for each in list_research_requests(database, other, START)] == [other.id]
    assert len(list_research_requests(database, administrator, START)) == 3


@pytest.mark.parametrize(
    ("status", "urgency", "query"),
    [
        ("all", "all", InboxQuery()),
        ("new", "none", InboxQuery("new", "none")),
        ("reviewed", "same-day", InboxQuery("reviewed", Urgency.SAME_DAY)),
        ("odd", "odd", InboxQuery()),
    ],
)
def test_filter_is_kept_as_it_was_chosen(
    database: Database, clinician: Staff, status: str, urgency: str, query: InboxQuery
):
    assert read_query(status, urgency) == query
    ask(database, clinician, query)
    (asked,) = list_research_requests(database, clinician, START)
    assert asked.query == query
