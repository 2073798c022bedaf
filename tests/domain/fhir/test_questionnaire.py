import json

import pytest
from hypothesis import HealthCheck, given, settings

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.fhir.questionnaire import FhirError, from_fhir, to_fhir
from tests.domain.build import group, question, questionnaire, rule
from tests.strategies import questionnaires


def through_json(resource):
    return json.loads(json.dumps(resource))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(questionnaires())
def test_every_definition_survives_fhir(made):
    assert from_fhir(through_json(to_fhir(made))) == made


@pytest.mark.parametrize("made", load_questionnaires().values(), ids=lambda made: made.name)
def test_the_built_in_questionnaires_survive_fhir(made):
    assert from_fhir(through_json(to_fhir(made))) == made


@pytest.fixture
def full():
    """Use every field that a definition can have."""
    wording = {
        "helper_text": "For them?",
        "short_text": "Short",
        "prefix": "1.",
        "hint": "A hint",
        "helper_hint": "Their hint",
        "why": "It helps.",
        "helper_why": "It helps them.",
        "detail": "More.",
        "helper_detail": "More for them.",
        "paper_text": "On paper?",
        "paper_hint": "A hint on paper",
        "paper_detail": "More on paper.",
        "paper_only_if": "Only if so.",
        "on_paper": False,
        "missing": "Answer it",
        "helper_missing": "Answer it for them",
        "source": "S1",
        "code": [{"system": "http://loinc.org", "code": "72514-3", "display": "Pain"}],
    }
    options = [
        {
            "code": "a",
            "display": "A",
            "helper_display": "Their A",
            "paper_display": "A on paper",
            "hint": "About A",
            "ordinal_value": 0,
        },
        {"code": "none", "display": "None", "exclusive": True, "ordinal_value": 1.5},
    ]
    return questionnaire(
        group(
            "s",
            question("read", "display", required=False, code=wording["code"], detail="Read."),
            question(
                "pain",
                "integer",
                min_value=0,
                max_value=10,
                item_control="nrs",
                low_label="None",
                high_label="Worst",
                not_sure="Not sure",
                **wording,
            ),
            question(
                "weight", "decimal", max_decimal_places=1, unit={"display": "kg", "code": "kg"}
            ),
            question("when", "date", min_value="1990-06", max_value="today", item_control="date"),
            question(
                "which",
                "choice",
                repeats=True,
                min_occurs=1,
                max_occurs=2,
                answer_option=options,
                item_control="check-box",
                unit=None,
                app_role="country",
            ),
            question("words", "text", max_length=50, item_control="text-area", required=False),
            question(
                "last",
                "boolean",
                enable_behavior="any",
                enable_when=[
                    rule("pain", "=", "not-sure"),
                    rule("pain", ">", 5),
                    rule("weight", "<", 60.5),
                    rule("when", ">=", "2019-03"),
                    rule("which", "!=", "a"),
                    rule("words", "=", "not-sure"),
                    rule("words", "exists", False),
                ],
            ),
            question("named", "boolean", enable_when=[{"condition": "c"}]),
        ),
        language="en",
        copyright="Ours",
        source="S1",
        condition={"c": {"not": rule("last", "=", True)}},
        score=[{"name": "s", "title": "S", "value": {"sum": ["pain", "which"]}, "maximum": 11}],
        question_to_ask=[{"id": "Q", "text": "Why?", "because": "It was said."}],
        questions_printed=3,
        summary=[{"title": "T", "starred": True, "folded": True, "item": ["s"], "score": ["s"]}],
    )


def test_every_field_survives_fhir(full):
    assert from_fhir(through_json(to_fhir(full))) == full


def element(resource, link_id):
    return next(each for each in resource["item"][0]["item"] if each["linkId"] == link_id)


def test_the_standard_places_are_used_where_there_are_some(full):
    resource = to_fhir(full)
    assert (resource["resourceType"], resource["id"]) == ("Questionnaire", "example")
    assert resource["name"] == "Example"
    pain = element(resource, "pain")
    urls = {each["url"]: each for each in pain["extension"]}
    assert urls["http://hl7.org/fhir/StructureDefinition/maxValue"]["valueInteger"] == 10
    assert pain["required"] is True
    option = element(resource, "which")["answerOption"][1]
    assert option["valueCoding"]["display"] == "None"
    assert {
        "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "valueDecimal": 1.5,
    } in option["extension"]
    assert element(resource, "when")["extension"][0] == {
        "url": "http://hl7.org/fhir/StructureDefinition/minValue",
        "valueDate": "1990-06",
    }


def test_rules_carry_answers_typed_by_their_question(full):
    answers = [
        next(value for key, value in each.items() if key.startswith("answer"))
        for each in element(to_fhir(full), "last")["enableWhen"]
    ]
    kinds = [
        next(key for key in each if key.startswith("answer"))
        for each in element(to_fhir(full), "last")["enableWhen"]
    ]
    assert kinds == [
        "answerCoding",
        "answerInteger",
        "answerDecimal",
        "answerDate",
        "answerCoding",
        "answerString",
        "answerBoolean",
    ]
    assert answers[0]["code"] == "asked-unknown"
    assert answers[4] == {"system": f"{full.url}/option/which", "code": "a"}


def test_code_belongs_to_the_question_it_came_from():
    none = {"code": "none", "display": "None", "exclusive": True}
    made = questionnaire(
        question("tried", "open-choice", repeats=True, answer_option=["a", none]),
        question("best", "choice", options_from="tried", answer_option=["own"]),
        question("again", "choice", options_from="best"),
        question(
            "last",
            "boolean",
            enable_behavior="any",
            enable_when=[
                rule("again", "=", "a"),
                rule("again", "=", "other"),
                rule("again", "=", "own"),
                rule("tried", "=", "none"),
            ],
        ),
    )
    resource = through_json(to_fhir(made))
    assert [
        each["answerCoding"]["system"].rpartition("/")[2]
        for each in element(resource, "last")["enableWhen"]
    ] == ["tried", "tried", "best", "tried"]
    assert from_fhir(resource) == made


def test_our_own_extensions_stand_under_the_url_of_the_questionnaire(full):
    own = [
        each["url"]
        for each in element(to_fhir(full), "pain")["extension"]
        if not each["url"].startswith("http://hl7.org/")
    ]
    assert own
    assert all(url.startswith(f"{full.url}/extension/") for url in own)


def test_a_display_keeps_to_what_fhir_allows_it(full):
    assert not {"required", "repeats", "code"} & set(element(to_fhir(full), "read"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"resourceType": "Patient"}, "not a FHIR Questionnaire"),
        ({"id": None}, "name"),
        ({"item": []}, "item"),
        ({"status": "unknown"}, "status"),
    ],
)
def test_a_resource_that_does_not_fit_is_refused(full, change, message):
    with pytest.raises(FhirError, match=message):
        from_fhir({**to_fhir(full), **change})


def test_a_resource_without_a_url_is_refused(full):
    resource = to_fhir(full)
    del resource["url"]
    with pytest.raises(FhirError, match="lacks url"):
        from_fhir(resource)
