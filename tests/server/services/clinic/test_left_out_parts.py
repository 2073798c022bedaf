"""What a clinic does not ask reaches it nowhere, even where it was answered before."""

import csv
import io
import json
from collections.abc import Collection, Mapping
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

import pytest

from fbss_app.domain.questionnaire.answers import AnswerEvent
from fbss_app.domain.questionnaire.definition_checks import check_definition
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.services.clinic.exports import (
    counts,
    exports,
)
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.submissions import review
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery, read_inbox
from fbss_app.server.services.clinic.submissions.submissions import SendingCall, send_to_clinic
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.sync import Consent, SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.domain.build import group, question, questionnaire, rule
from tests.server.builders import START, an_event
from tests.server.documents.pdf import Pdf
from tests.server.services.clinic.staff import make_clinic, make_staff

EVERYTHING = InboxQuery(status="all")
PART = "list-wanted"
DEFINITION = questionnaire(
    group("pain", question("leg-pain", "integer", min_value=0, max_value=10)),
    group(
        "extra",
        question(PART, "boolean", optional_part=True),
        question("mood", "integer", sensitive=True, enable_when=[rule(PART, "=", True)]),
        question("words", "string", enable_when=[rule(PART, "=", True)]),
        question("pet", "boolean", optional_part=True),
    ),
    score=[
        {"name": "mood", "title": "Mood score", "value": {"sum": ["mood"]}, "minimum": 0},
        {"name": "leg", "title": "Leg score", "value": {"sum": ["leg-pain"]}, "minimum": 0},
    ],
    red_flag=[
        {
            "id": "low",
            "urgency": "emergency",
            "when": rule("mood", ">", 5),
            "heading": "Very low",
            "action": "Get emergency help now.",
            "service": "emergency",
        },
        {
            "id": "strong",
            "urgency": "soon",
            "when": rule("leg-pain", ">", 5),
            "heading": "Strong leg pain",
            "action": "Talk to your surgeon soon.",
            "service": "surgical-team",
        },
    ],
    summary=[{"title": "Everything", "item": ["pain", "extra"], "score": ["mood", "leg"]}],
)
DEFINITIONS: Mapping[tuple[str, str], Questionnaire] = {("example", "1"): DEFINITION}
CONSENT = Consent("1", "ab" * 32, START)
OWN_WORDS = "canary-7d2e"
ANSWERS = {"leg-pain": 8, PART: True, "mood": 9, "words": OWN_WORDS}
OF_THE_PART = {PART, "mood", "words"}


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


class Patient:
    """Answers, and sends."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.response_id, self.secret = str(uuid4()), token_urlsafe(32)
        self.cursor = 0
        self.time = START

    def answer(self, answers: Mapping[str, Any]) -> None:
        events = [an_event(link_id=key, value=value) for key, value in answers.items()]
        given = [AnswerEvent.model_validate(each) for each in events]
        call = SyncCall(self.response_id, self.secret, DEFINITION, CONSENT, self.cursor, given)
        self.cursor = sync_response(self.database, self.settings, call, self.time).cursor

    def send(self, made: NewInvitation, parts: Collection[str] | None = None) -> None:
        call = SendingCall(self.response_id, self.secret, made.secret, CONSENT, self.cursor, parts)
        send_to_clinic(self.database, DEFINITIONS, call, self.time)


@pytest.fixture
def patient(database: Database, settings: Settings) -> Patient:
    patient = Patient(database, settings)
    patient.answer(ANSWERS)
    return patient


def invited(database: Database, staff: Staff) -> NewInvitation:
    return invite(database, staff, "example", [Invitee("Jo 17")], 60, START)[0]


def ask_for(database: Database, staff: Staff, *parts: str) -> None:
    """Let the clinic change which optional parts it asks."""
    with database.unit_of_work() as unit:
        row = unit.clinics.get(staff.clinic_id)
        assert row
        row.optional_parts = json.dumps(parts)


def seen_by(database: Database, staff: Staff) -> dict[str, Any]:
    """Collect all that a clinic gets of its only submission."""
    (row,) = read_inbox(database, staff, EVERYTHING, START).rows
    read = review.read_response(database, DEFINITIONS, staff, row.submission_id, START)
    table = b"".join(exports.export_csv(database, DEFINITIONS, staff, EVERYTHING, START))
    (line,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    pdf = review.response_pdf(database, DEFINITIONS, staff, row.submission_id, START)
    return {
        "inbox": row,
        "read": read,
        "table": line,
        "fhir": json.dumps(exports.export_fhir(database, DEFINITIONS, staff, EVERYTHING, START)),
        "pdf": Pdf.read(pdf).text,
    }


def assert_part_is_there(seen: dict[str, Any], *, is_there: bool) -> None:
    signs = ["low", "strong"] if is_there else ["strong"]
    read, table = seen["read"], seen["table"]
    assert [flag.id for flag in read.red_flags] == signs
    assert table["red_flags"] == "; ".join(signs)
    assert table["urgency"] == ("emergency" if is_there else "soon")
    assert {each.link_id for each in read.answers} == (
        {"leg-pain", *OF_THE_PART} if is_there else {"leg-pain"}
    )
    assert [table["leg-pain"], table["score.leg"]] == ["8", "8.0"]
    assert [table[name] for name in (PART, "mood", "words", "score.mood")] == (
        ["true", "9", OWN_WORDS, "9.0"] if is_there else ["", "", "", ""]
    )
    assert {each.score.name: each.value for each in read.scores} == {
        "mood": 9 if is_there else None,
        "leg": 8,
    }
    for name in ("fhir", "pdf"):
        assert (OWN_WORDS in seen[name]) is is_there, name
    assert (OWN_WORDS in str(read)) is is_there


def test_definition_is_one_that_a_deployment_could_have():
    assert check_definition(DEFINITION) == []


@pytest.mark.parametrize("is_asked", [True, False])
def test_part_answered_before_reaches_the_clinic_only_if_it_asks_it(
    database: Database, staff: Staff, patient: Patient, is_asked: bool
):
    ask_for(database, staff, *([PART] if is_asked else []))

    patient.send(invited(database, staff))

    assert_part_is_there(seen_by(database, staff), is_there=is_asked)


@pytest.mark.parametrize("is_asked", [True, False])
def test_part_is_counted_only_where_it_was_asked(
    database: Database, settings: Settings, staff: Staff, is_asked: bool
):
    ask_for(database, staff, *([PART] if is_asked else []))
    # Fewer would be hidden.
    for _ in range(12):
        patient = Patient(database, settings)
        patient.answer(ANSWERS)
        patient.send(invited(database, staff))

    table = counts.export_counts(database, DEFINITIONS, staff, EVERYTHING, START)

    lines = [line.split(",") for line in table.decode("utf-8-sig").splitlines()]
    found = {(line[0], line[2]): line[-1] for line in lines}
    assert found["flag.strong", "true"] == "10"
    assert found[PART, "true"] == ("10" if is_asked else "0")
    assert found["flag.low", "true"] == ("10" if is_asked else "0")


@pytest.mark.parametrize("has_changed", [True, False])
@pytest.mark.parametrize("is_asked", [True, False])
def test_clinic_that_changes_its_parts_changes_nothing_until_it_is_sent_again(
    database: Database, staff: Staff, patient: Patient, is_asked: bool, has_changed: bool
):
    before, after = ([PART], []) if is_asked else ([], [PART])
    made = invited(database, staff)
    ask_for(database, staff, *before)
    patient.send(made)

    ask_for(database, staff, *after)

    assert_part_is_there(seen_by(database, staff), is_there=is_asked)
    if has_changed:
        patient.answer({"leg-pain": 8})
    patient.time += timedelta(minutes=1)
    patient.send(made)
    assert_part_is_there(seen_by(database, staff), is_there=not is_asked)


@pytest.mark.parametrize("is_asked", [True, False])
def test_phone_says_what_it_asked_whatever_the_clinic_asks_by_now(
    database: Database, staff: Staff, patient: Patient, is_asked: bool
):
    ask_for(database, staff, *([] if is_asked else [PART]))

    patient.send(invited(database, staff), [PART, "of-a-later-version"] if is_asked else ["pet"])

    assert_part_is_there(seen_by(database, staff), is_there=is_asked)


def test_answers_to_nothing_but_a_part_left_out_are_nothing_to_send(
    database: Database, staff: Staff, settings: Settings
):
    patient = Patient(database, settings)
    patient.answer({PART: True, "mood": 3})
    made = invited(database, staff)

    with pytest.raises(RefusedError, match="nothing to send"):
        patient.send(made)

    patient.send(made, [PART])
    (row,) = read_inbox(database, staff, EVERYTHING, START).rows
    assert row.label == "Jo 17"


def test_what_was_sent_before_parts_were_kept_is_still_read(
    database: Database, staff: Staff, patient: Patient
):
    patient.send(invited(database, staff))
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.of_response(patient.response_id)
        assert stored
        row = stored.row
        old = json.dumps({"red_flags": ["low", "strong"], "scores": {"mood": 9, "leg": 8}})
        sealed = database.keys.seal(old.encode(), f"submission:{row.clinic_id}:{row.id}")
        row.key_id, row.sealed, row.urgency = sealed.key_id, sealed.sealed, 0

    assert_part_is_there(seen_by(database, staff), is_there=True)
