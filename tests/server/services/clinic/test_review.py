from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from fbss_app.domain.questionnaire.answers import Perspective
from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.permission import NotFoundError, StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions import review
from fbss_app.server.services.clinic.submissions.inbox import newest_change
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START, an_event
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission

LATER = START + timedelta(hours=1)
CALLS: dict[str, Callable[[Database, Staff, str], Any]] = {
    "read": lambda d, s, i: review.read_response(d, DEFINITIONS, s, i, LATER),
    "pdf": lambda d, s, i: review.response_pdf(d, DEFINITIONS, s, i, LATER),
    "note": lambda d, s, i: review.write_note(d, s, i, "Called.", LATER),
    "status": lambda d, s, i: review.set_status(d, s, i, "in-progress", START, LATER),
    "reviewed": lambda d, s, i: review.mark_reviewed(d, s, i, START, LATER),
    "assign": lambda d, s, i: review.assign(d, s, i, None, START, LATER),
}
TOLD = {
    "read": "response-viewed",
    "pdf": "exported",
    "note": "note-written",
    "status": "status-changed",
    "reviewed": "status-changed",
    "assign": "assigned",
}


@pytest.fixture
def clinic_id(database: Database) -> str:
    return make_clinic(database)


@pytest.fixture
def clinician(database: Database, clinic_id: str) -> Staff:
    return make_staff(database, clinic_id, Role.CLINICIAN)


def trail(database: Database, clinic_id: str) -> list[tuple[str, str]]:
    with database.unit_of_work() as unit:
        rows = unit.clinic(clinic_id).audit.page(before=None, limit=99)
        return [(entry.action, entry.subject) for entry in map(entry_of, rows)]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("role", Role)
def test_who_may_do_what(database: Database, clinic_id: str, role: Role, call: str):
    sent = make_submission(database, clinic_id)
    staff = make_staff(database, clinic_id, role)

    if role is Role.FRONT_DESK:
        with pytest.raises(StaffNotAllowedError):
            CALLS[call](database, staff, sent.id)
        assert trail(database, clinic_id) == [("refused", sent.id)]
    else:
        CALLS[call](database, staff, sent.id)
        assert trail(database, clinic_id) == [(TOLD[call], sent.id)]


@pytest.mark.parametrize("call", CALLS)
def test_another_clinics_submission_is_not_here(database: Database, clinic_id: str, call: str):
    sent = make_submission(database, clinic_id)
    other = make_staff(database, make_clinic(database, "south"))

    for submission_id in (sent.id, str(uuid4()), "' OR 1=1"):
        with pytest.raises(NotFoundError):
            CALLS[call](database, other, submission_id)
    assert trail(database, other.clinic_id) == [
        ("refused", ""),
        ("refused", trail(database, other.clinic_id)[1][1]),
        ("refused", sent.id),
    ]
    assert trail(database, clinic_id) == []


def test_response_holds_what_was_sent(database: Database, clinic_id: str, clinician: Staff):
    helper = an_event(link_id="note", value="He limps", author_role="helper")
    patient = uuid4()
    sent = make_submission(
        database,
        clinic_id,
        {},
        events=[
            an_event(link_id=LEG, value=7),
            an_event(link_id=LEG, value=8),
            helper,
            an_event(
                link_id="note", value="He limps", confirms=helper["id"], author_id=str(patient)
            ),
            an_event(link_id="operation", path=["r1"], value=True),
            an_event(link_id="operation-date", path=["r1"], value="2019"),
        ],
        later=[an_event(link_id="note", value="written after it was sent")],
        label="Jo Bloggs",
    )

    read = review.read_response(database, DEFINITIONS, clinician, sent.id, LATER)

    assert (read.label, read.status, read.changed_since_sending) == ("Jo Bloggs", "new", True)
    assert [(flag.heading, flag.urgency) for flag in read.red_flags] == [
        ("Strong leg pain", "soon")
    ]
    assert [(result.score.title, result.shown) for result in read.scores] == [("Leg pain", "8")]
    leg, note, operated = read.answers
    assert (leg.current.value, [each.value for each in leg.earlier]) == (8, [7])
    assert (leg.current.by, leg.current.received_at) == ("the patient", START)
    assert (note.given_by, note.confirmed_by) == ("Ann", "the patient")
    assert note.earlier[0].perspective is Perspective.PROXY_OWN_VIEW
    assert (operated.text, operated.current.words) == ("Your operations 1: When was it?", ("2019",))
    assert "written after" not in repr(read)
    assert read.consent.text_sha256 == "cd" * 32
    assert read.summary.blocks[0].title == "Pain"


def test_clinic_sees_what_the_patient_answered_alone(
    database: Database, clinic_id: str, clinician: Staff
):
    sent = make_submission(
        database,
        clinic_id,
        {},
        events=[
            an_event(link_id=LEG, value={"absent": "masked"}, author_role="helper"),
            an_event(link_id=LEG, value=9),
        ],
    )

    read = review.read_response(database, DEFINITIONS, clinician, sent.id, LATER)

    assert read.answers[0].current.value == 9
    assert read.red_flags


def test_score_without_a_number_says_why(database: Database, clinic_id: str, clinician: Staff):
    sent = make_submission(database, clinic_id, {"note": "nothing"})

    read = review.read_response(database, DEFINITIONS, clinician, sent.id, LATER)

    assert [(each.value, each.reason) for each in read.scores] == [(None, "too-few-answers")]


def test_red_flag_that_held_when_sent_stays(database: Database, clinic_id: str, clinician: Staff):
    sent = make_submission(database, clinic_id, {LEG: 9})
    milder = DEFINITIONS["small", "1"].model_dump(mode="json", exclude_defaults=True)
    milder["red_flag"][1]["when"]["answer"] = 10
    definition = type(DEFINITIONS["small", "1"]).model_validate(milder)

    read = review.read_response(database, {("small", "2"): definition}, clinician, sent.id, LATER)

    assert [flag.id for flag in read.red_flags] == ["strong"]


def test_notes_are_kept_in_order_with_their_writers(
    database: Database, clinic_id: str, clinician: Staff
):
    sent = make_submission(database, clinic_id)
    review.write_note(database, clinician, sent.id, " First. ", LATER)
    review.write_note(database, clinician, sent.id, "Second.", LATER + timedelta(minutes=1))

    notes = review.read_response(database, DEFINITIONS, clinician, sent.id, LATER).notes

    assert [(note.text, note.written_by) for note in notes] == [
        ("First.", clinician.name),
        ("Second.", clinician.name),
    ]


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_note_has_words_and_not_too_many(
    database: Database, clinic_id: str, clinician: Staff, text: str
):
    sent = make_submission(database, clinic_id)
    with pytest.raises(RefusedError, match="1 to 2000"):
        review.write_note(database, clinician, sent.id, text, LATER)


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
def test_note_of_what_is_no_text_is_refused(
    database: Database, clinic_id: str, clinician: Staff, sign: str
):
    sent = make_submission(database, clinic_id)
    with pytest.raises(RefusedError, match="not text"):
        review.write_note(database, clinician, sent.id, f"Called{sign}", LATER)


def test_review_is_kept_with_who_and_when_until_it_is_taken_back(
    database: Database, clinic_id: str, clinician: Staff
):
    sent = make_submission(database, clinic_id)

    changed = review.mark_reviewed(database, clinician, sent.id, START, LATER)
    read = review.read_response(database, DEFINITIONS, clinician, sent.id, LATER)
    assert (read.status, read.reviewed_by_name, read.reviewed_at) == (
        "reviewed",
        clinician.name,
        LATER,
    )
    assert read.changed_at == changed == newest_change(database, clinician)[0]

    review.set_status(database, clinician, sent.id, "new", changed, LATER)
    read = review.read_response(database, DEFINITIONS, clinician, sent.id, LATER)
    assert (read.status, read.reviewed_by_name, read.reviewed_at) == ("new", "", None)


def test_nobody_overwrites_what_they_have_not_seen(
    database: Database, clinic_id: str, clinician: Staff
):
    sent = make_submission(database, clinic_id)
    # In the same instant as it was sent, too.
    changed = review.set_status(database, clinician, sent.id, "in-progress", START, START)

    for change in (
        lambda: review.mark_reviewed(database, clinician, sent.id, START, LATER),
        lambda: review.assign(database, clinician, sent.id, clinician.id, START, LATER),
    ):
        with pytest.raises(RefusedError) as refused:
            change()
        assert refused.value.code == "changed-meanwhile"
    review.write_note(database, clinician, sent.id, "Needs no look.", LATER)
    with pytest.raises(RefusedError):
        review.mark_reviewed(database, clinician, sent.id, changed, LATER)


def test_only_those_who_see_answers_and_work_here_can_be_assigned(
    database: Database, clinic_id: str, clinician: Staff
):
    sent = make_submission(database, clinic_id)
    front_desk = make_staff(database, clinic_id, Role.FRONT_DESK)
    stranger = make_staff(database, make_clinic(database, "south"))
    gone = make_staff(database, clinic_id, Role.CLINICIAN)
    with database.unit_of_work() as unit:
        row = unit.clinic(clinic_id).staff.get(gone.id)
        assert row
        row.ended_at = START

    for other in (front_desk, stranger, gone):
        with pytest.raises(RefusedError) as refused:
            review.assign(database, clinician, sent.id, other.id, START, LATER)
        assert refused.value.code == "cannot-be-assigned"
    changed = review.assign(database, clinician, sent.id, clinician.id, START, LATER)
    read = review.read_response(database, DEFINITIONS, clinician, sent.id, LATER)
    assert (read.assigned_to, read.assigned_to_name) == (clinician.id, clinician.name)
    review.assign(database, clinician, sent.id, None, changed, LATER)


def test_status_is_one_that_there_is(database: Database, clinic_id: str, clinician: Staff):
    sent = make_submission(database, clinic_id)
    with pytest.raises(RefusedError):
        review.set_status(database, clinician, sent.id, "done", START, LATER)  # pyright: ignore[reportArgumentType]


def test_pdf_is_one(database: Database, clinic_id: str, clinician: Staff):
    sent = make_submission(database, clinic_id)
    assert review.response_pdf(database, DEFINITIONS, clinician, sent.id, LATER)[:5] == b"%PDF-"
