import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from fbss_app.domain.fhir.questionnaire import FhirError, to_fhir
from fbss_app.domain.fhir.questionnaire_response import from_fhir_response, to_fhir_response
from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import ItemType
from fbss_app.domain.summary.provenance import provenance_of
from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import answer_event
from tests.strategies import filled_in

NOW = datetime(2026, 3, 7, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 7)


def through_json(resource):
    return json.loads(json.dumps(resource, allow_nan=False))


def written(made, events):
    evaluation = Evaluation(made, fold(events), TODAY)
    return through_json(to_fhir_response(evaluation, provenance_of(events), NOW))


def what_counts(evaluation):
    """List every answer to what is asked now, and every repetition there is."""
    found = {}
    for link_id, placement in evaluation.questionnaire.placements.items():
        item = placement.item
        for path in evaluation.paths(link_id):
            key = f"{link_id}@{'.'.join(path)}" if path else link_id
            if not evaluation.enabled(link_id, path) or item.type is ItemType.DISPLAY:
                continue
            if item.type is not ItemType.GROUP:
                value = evaluation.answer(link_id, path)
                found[key] = evaluation.answers[key] if evaluation.masked(link_id, path) else value
            elif item.repeats and not item.repeats_for:
                for each in evaluation.repetitions(link_id, path):
                    found[f"{link_id}@{'.'.join((*path, each))}"] = True
    return {key: value for key, value in found.items() if value is not None}


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(filled_in())
def test_all_answers_that_count_survive_fhir(made):
    resource = written(made.questionnaire, made.events)
    evaluation = Evaluation(made.questionnaire, made.answers, TODAY)

    answers = from_fhir_response(made.questionnaire, resource)

    assert answers == what_counts(evaluation)
    again = Evaluation(made.questionnaire, answers, TODAY)
    assert what_counts(again) == answers


MADE = questionnaire(
    group(
        "section",
        question("sore", "boolean"),
        question("pain", "integer"),
        question("dose", "decimal"),
        question("when", "date"),
        question("word", "string", not_sure="Not sure"),
        question("mood", "integer", sensitive=True),
        question(
            "tried",
            "open-choice",
            repeats=True,
            not_sure="Rather not say",
            absent_reason="asked-declined",
            answer_option=["pills", "heat"],
        ),
        question("best", "choice", options_from="tried", answer_option=["nothing"]),
        question("never", "string", enable_when=[rule("pain", ">", 9)]),
        group(
            "operation",
            question("year", "string", text="{repetition}: when?"),
            text="Operations",
            short_text="Operation",
            repeats=True,
            required=False,
        ),
    )
)


def resource_of(*answers):
    return written(MADE, [answer_event(number, *one) for number, one in enumerate(answers, 1)])


def items_of(resource):
    (section,) = resource["item"]
    return {item["linkId"]: item for item in section["item"]}


def answers_of(resource, link_id):
    return items_of(resource)[link_id]["answer"]


def test_the_resource_says_what_was_answered_and_for_whom():
    resource = resource_of(("pain", 3))

    assert resource["resourceType"] == "QuestionnaireResponse"
    assert resource["questionnaire"] == f"{MADE.url}|{MADE.version}"
    assert resource["status"] == "in-progress"
    assert resource["authored"] == "2026-03-07T09:30:00Z"
    assert resource["contained"] == [{"resourceType": "Patient", "id": "patient"}]
    for element in ("subject", "author", "source"):
        assert resource[element] == {"reference": "#patient"}


def test_each_type_has_its_value():
    resource = resource_of(
        *(("sore", False), ("pain", 3), ("dose", 0.5), ("when", "2019-03"), ("word", "hot"))
    )

    assert {link_id: item["answer"] for link_id, item in items_of(resource).items()} == {
        "sore": [{"valueBoolean": False}],
        "pain": [{"valueInteger": 3}],
        "dose": [{"valueDecimal": 0.5}],
        "when": [{"valueDate": "2019-03"}],
        "word": [{"valueString": "hot"}],
    }


def test_a_code_keeps_the_system_of_the_question_that_offers_it_first():
    resource = resource_of(("tried", ["heat", {"other": "Tape"}]), ("best", "heat"))
    of_questions = {each["linkId"]: each for each in to_fhir(MADE)["item"][0]["item"]}
    (system,) = {
        option["valueCoding"]["system"] for option in of_questions["tried"]["answerOption"]
    }

    coding = {"system": system, "code": "heat", "display": "Heat"}
    assert answers_of(resource, "tried") == [{"valueCoding": coding}, {"valueString": "Tape"}]
    assert answers_of(resource, "best") == [{"valueCoding": coding}]
    own = resource_of(("tried", ["heat"]), ("best", "nothing"))
    assert answers_of(own, "best")[0]["valueCoding"]["system"] != system


@pytest.mark.parametrize(
    ("link_id", "element", "reason"),
    [
        ("word", "_valueString", "asked-unknown"),
        ("tried", "valueCoding", "asked-declined"),
        ("mood", "_valueInteger", "masked"),
    ],
)
def test_a_way_out_is_an_absent_value_with_its_reason(link_id, element, reason):
    resource = resource_of((link_id, {"absent": reason}))

    (answer,) = answers_of(resource, link_id)
    assert answer == {
        element: {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                    "valueCode": reason,
                }
            ]
        }
    }


def test_repetitions_are_groups_with_ids():
    resource = resource_of(("operation@b", True), ("operation@a", True), ("year@a", "2019"))
    first, second = [item for item in resource["item"][0]["item"] if item["linkId"] == "operation"]

    assert (first["id"], second["id"]) == ("operation@b", "operation@a")
    assert "item" not in first
    (year,) = second["item"]
    assert (year["text"], year["answer"]) == ("Operation 2: when?", [{"valueString": "2019"}])


def test_what_is_not_asked_is_not_in_it():
    assert "never" not in items_of(resource_of(("pain", 3), ("never", "x")))


def test_a_helper_is_a_related_person_without_a_name():
    resource = resource_of(("pain", 3, "helper"))

    assert resource["contained"][1] == {
        "resourceType": "RelatedPerson",
        "id": "helper",
        "patient": {"reference": "#patient"},
    }
    assert resource["source"] == resource["author"] == {"reference": "#helper"}
    assert resource["subject"] == {"reference": "#patient"}


def test_each_answer_says_who_gave_it_and_who_confirmed_it():
    theirs = answer_event(1, "pain", 3, perspective="proxy-patient-view")
    events = [
        theirs,
        answer_event(2, "word", "hot"),
        answer_event(3, "pain", 3, confirms=theirs.id),
    ]
    resource = written(MADE, events)

    author, given_ = items_of(resource)["pain"]["extension"]
    assert author["url"].endswith("/questionnaireresponse-author")
    assert author["valueReference"] == {"reference": "#helper"}
    assert given_["url"] == f"{MADE.url}/extension/given"
    assert [list(part.values()) for part in given_["extension"]] == [
        ["perspective", "proxy-patient-view"],
        ["answered-at", "2026-01-31T09:00:01Z"],
        ["confirmed-by", {"reference": "#patient"}],
        ["confirmed-at", "2026-01-31T09:00:03Z"],
    ]
    assert resource["source"] == {"reference": "#patient"}, "the patient answered too"


def test_repetitions_of_a_resource_made_elsewhere_are_counted():
    resource = resource_of(("operation@b", True), ("operation@a", True), ("year@a", "2019"))
    for item in resource["item"][0]["item"]:
        del item["id"]

    assert from_fhir_response(MADE, resource) == {
        "operation@1": True,
        "operation@2": True,
        "year@2": "2019",
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"resourceType": "Questionnaire"}, "not a FHIR QuestionnaireResponse"),
        ({"questionnaire": "https://elsewhere.example/q|1"}, "does not answer"),
        ({"item": [{"linkId": "else"}]}, "no item else"),
        ({"item": [{"answer": []}]}, "lacks linkId"),
        (
            {
                "item": [
                    {
                        "linkId": "pain",
                        "answer": [
                            {
                                "_valueInteger": {
                                    "extension": [
                                        {
                                            "url": "http://hl7.org/fhir/StructureDefinition/"
                                            "data-absent-reason",
                                            "valueCode": "error",
                                        }
                                    ]
                                }
                            }
                        ],
                    }
                ]
            },
            "error is no reason",
        ),
    ],
)
def test_another_resource_is_refused_with_a_reason(changes, words):
    with pytest.raises(FhirError, match=words):
        from_fhir_response(MADE, {**resource_of(("pain", 3)), **changes})
