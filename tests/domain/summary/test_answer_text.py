import pytest

from fbss_app.domain.questionnaire.model import Item
from fbss_app.domain.summary.answer_text import answer_text
from tests.domain.build import question
from tests.scenario import NOT_SURE

OPTIONS = {"answer_option": ["leg", "back"]}


@pytest.mark.parametrize(
    ("kind", "fields", "value", "texts"),
    [
        ("boolean", {}, True, ["Yes"]),
        ("boolean", {}, False, ["No"]),
        ("integer", {}, 7, ["7"]),
        ("integer", {}, 7.0, ["7"]),
        ("integer", {}, 100, ["100"]),
        ("decimal", {}, 2.50, ["2.5"]),
        ("decimal", {}, 1e-7, ["0.0000001"]),
        ("integer", {"unit": {"display": "months", "code": "mo"}}, 6, ["6 months"]),
        ("decimal", {"unit": {"display": "%"}}, 12.5, ["12.5%"]),
        ("date", {}, "2018-08-06", ["6 August 2018"]),
        ("date", {}, "2019-03", ["March 2019"]),
        ("date", {}, "2019", ["2019"]),
        ("date", {"repeats": True}, ["2019", "2020-12-31"], ["2019", "31 December 2020"]),
        ("string", {}, "a walk", ["a walk"]),
        ("choice", OPTIONS, "leg", ["Leg"]),
        ("choice", {**OPTIONS, "repeats": True}, ["back", "leg"], ["Back", "Leg"]),
        ("choice", OPTIONS, "gone", ["gone"]),
        ("open-choice", OPTIONS, {"other": "my foot"}, ["my foot"]),
        ("choice", {**OPTIONS, "not_sure": "I do not know"}, NOT_SURE, ["I do not know"]),
        ("string", {}, None, []),
    ],
)
def test_an_answer_reads_as_a_person_would_write_it(kind, fields, value, texts):
    assert answer_text(Item.model_validate(question("q", kind, **fields)), value) == texts
