import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fhir.resources.R4B.bundle import Bundle

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.routes import PRIMARY_QUESTIONNAIRE
from fbss_app.server.documents.csv_file import csv_line
from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.exports import exports
from fbss_app.server.services.clinic.exports.csv_columns import columns_of
from fbss_app.server.services.clinic.permission import NotFoundError, StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START, an_event
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission

EVERYTHING = InboxQuery()
EXPORTS: dict[str, Callable[[Database, Staff, Any], Any]] = {
    "csv": lambda d, s, q: list(exports.export_csv(d, DEFINITIONS, s, q, START)),
    "fhir": lambda d, s, q: exports.export_fhir(d, DEFINITIONS, s, q, START),
}


@pytest.fixture
def clinic_id(database: Database) -> str:
    return make_clinic(database)


@pytest.fixture
def clinician(database: Database, clinic_id: str) -> Staff:
    return make_staff(database, clinic_id, Role.CLINICIAN)


def table(database: Database, staff: Staff, chosen: Any = EVERYTHING) -> list[dict[str, str]]:
    written = b"".join(exports.export_csv(database, DEFINITIONS, staff, chosen, START))
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("role", Role)
def test_who_may_export_and_what_the_trail_tells(
    database: Database, clinic_id: str, role: Role, form: str
):
    staff = make_staff(database, clinic_id, role)
    make_submission(database, clinic_id)
    if role is Role.FRONT_DESK:
        with pytest.raises(StaffNotAllowedError):
            EXPORTS[form](database, staff, EVERYTHING)
        return

    EXPORTS[form](database, staff, EVERYTHING)

    with database.unit_of_work() as unit:
        (entry,) = map(entry_of, unit.clinic(clinic_id).audit.page(before=None, limit=9))
    assert (entry.action, entry.actor) == ("exported", staff.id)
    assert (entry.details["format"], entry.details["count"]) == (form, 1)


@pytest.mark.parametrize("form", EXPORTS)
def test_another_clinics_answers_are_not_here(database: Database, clinic_id: str, form: str):
    theirs = make_submission(database, clinic_id)
    other = make_staff(database, make_clinic(database, "south"))
    own = make_submission(database, other.clinic_id)

    for chosen in ([theirs.id], [own.id, theirs.id], [str(uuid4())]):
        with pytest.raises(NotFoundError):
            EXPORTS[form](database, other, chosen)
    assert theirs.id not in str(EXPORTS[form](database, other, EVERYTHING))


@pytest.mark.parametrize("came", ["invited", "uninvited"])
def test_only_who_was_invited_or_only_who_came_by_themselves_is_taken(
    database: Database, clinic_id: str, clinician: Staff, came: Any
):
    ids = {
        "invited": make_submission(database, clinic_id).id,
        "uninvited": make_submission(database, clinic_id, is_uninvited=True).id,
    }
    query = InboxQuery(came=came)
    assert [row["submission_id"] for row in table(database, clinician, query)] == [ids[came]]
    bundle = str(exports.export_fhir(database, DEFINITIONS, clinician, query, START))
    assert [each for each in ids.values() if each in bundle] == [ids[came]]
    with database.unit_of_work() as unit:
        told = [entry_of(row) for row in unit.clinic(clinic_id).audit.page(before=None, limit=9)]
    assert {(each.details["came"], each.details["count"]) for each in told} == {(came, 1)}


def test_table_has_a_line_for_each_submission_and_a_column_for_each_question(
    database: Database, clinic_id: str, clinician: Staff
):
    make_submission(
        database,
        clinic_id,
        {LEG: 9, "treatment": ["exercise", {"other": "Yoga; and rest"}]},
        events=[
            an_event(link_id="operation", path=["r1"], value=True),
            an_event(link_id="operation-date", path=["r1"], value="2019-03"),
            an_event(link_id="operation", path=["r2"], value=True),
        ],
        label="Jo, “Bloggs”",
    )
    make_submission(
        database, clinic_id, {LEG: {"absent": "asked-unknown"}}, now=START + timedelta(hours=1)
    )

    first, second = table(database, clinician)

    assert (first["label"], first[LEG], first["score.leg"]) == ("Jo, “Bloggs”", "9", "9.0")
    assert (first["treatment"], first["treatment.other"]) == ("exercise; other", "Yoga; and rest")
    assert (first["operation-date[1]"], first["operation-date[2]"]) == ("2019-03", "")
    assert (first["urgency"], first["red_flags"]) == ("soon", "strong")
    assert (second[LEG], second["score.leg"], second["urgency"]) == ("asked-unknown", "", "none")


def test_table_goes_on_over_many_transactions(
    database: Database, clinic_id: str, clinician: Staff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("fbss_app.server.services.clinic.exports.sent_batches._AT_ONCE", 2)
    made = [make_submission(database, clinic_id).id for _ in range(5)]

    assert sorted(row["submission_id"] for row in table(database, clinician)) == sorted(made)
    assert len(table(database, clinician, made[:2])) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_no_cell_is_a_command(start: str):
    (row,) = csv.reader(io.StringIO(csv_line([f"{start}1+1", -1, "a"]).decode(), newline=""))
    assert row == [f"'{start}1+1", "-1", "a"]


def test_commands_in_labels_and_answers_are_defused(
    database: Database, clinic_id: str, clinician: Staff
):
    make_submission(database, clinic_id, {"note": "=HYPERLINK(1)"}, label="@cmd")
    (row,) = table(database, clinician)
    assert (row["note"], row["label"]) == ("'=HYPERLINK(1)", "'@cmd")


def test_dictionary_explains_every_column():
    definition = load_questionnaires()[PRIMARY_QUESTIONNAIRE]
    rows = list(
        csv.DictReader(io.StringIO(exports.data_dictionary(definition).decode("utf-8-sig")))
    )
    names = [row["column"] for row in rows]
    assert names == [
        *(column.name for column in columns_of(definition)),
        *(f"score.{score.name}" for score in definition.score),
    ]
    assert len(set(names)) == len(names)
    by_name = {row["column"]: row for row in rows}
    assert "40-to-49 = 40 to 49" in by_name["age-band"]["codes"]
    assert by_name["operation-count"]["type"] == "integer"


def test_bundle_is_valid_fhir(database: Database, clinic_id: str, clinician: Staff):
    made = make_submission(database, clinic_id, {LEG: 9})
    make_submission(database, clinic_id, {"note": "no number"})

    bundle = exports.export_fhir(database, DEFINITIONS, clinician, EVERYTHING, START)

    Bundle.model_validate(bundle)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert sorted(kinds) == [
        "Observation",
        "Questionnaire",
        "QuestionnaireResponse",
        "QuestionnaireResponse",
    ]
    single = exports.export_fhir(database, DEFINITIONS, clinician, [made.id], START)
    *_, response, observation = [entry["resource"] for entry in single["entry"]]
    assert response["status"] == "completed"
    assert observation["code"]["coding"][0]["system"] == "https://example.org/small/score"
    assert observation["derivedFrom"] == [{"reference": f"urn:uuid:{made.id}"}]


def test_scores_bear_the_codes_of_their_instrument(
    database: Database, clinic_id: str, clinician: Staff
):
    definition: Questionnaire = load_questionnaires()[PRIMARY_QUESTIONNAIRE]
    answers = {"peg-pain": 6, "peg-enjoyment": 5, "peg-activity": 7}
    asked = {key: value for key, value in answers.items() if definition.find(key)}
    make_submission(database, clinic_id, asked, questionnaire=definition)
    definitions = {(definition.name, definition.version): definition}

    bundle = exports.export_fhir(database, definitions, clinician, EVERYTHING, START)

    Bundle.model_validate(bundle)
    codings = [
        coding
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "Observation"
        for coding in entry["resource"]["code"]["coding"]
    ]
    assert {"system": "http://loinc.org", "code": "91147-9"} in codings


def test_bundle_that_is_too_large_is_refused(
    database: Database, clinic_id: str, clinician: Staff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exports, "MOST_IN_A_BUNDLE", 1)
    made = [make_submission(database, clinic_id).id for _ in range(2)]
    for chosen in (EVERYTHING, made):
        with pytest.raises(RefusedError, match="at most 1"):
            exports.export_fhir(database, DEFINITIONS, clinician, chosen, START)
