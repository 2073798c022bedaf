from datetime import date

import pytest

from fbss_app.domain.questionnaire.model import Item
from fbss_app.domain.questionnaire.validation import Problem, validate_event, validate_value
from tests.domain.build import group, question, questionnaire
from tests.scenario import NOT_SURE, answer_event

NONE = {"code": "none", "display": "None of these", "exclusive": True}
TODAY = date(2026, 1, 31)


def problem(kind, value, **fields):
    item = Item.model_validate(question("q", kind, **fields))
    found = validate_value(item, value, today=TODAY)
    return found and str(found.code)


CHOICES = {"answer_option": ["a", "b", "c", NONE]}
SEVERAL = {**CHOICES, "repeats": True}


@pytest.mark.parametrize(
    ("kind", "value", "fields"),
    [
        ("boolean", False, {}),
        ("integer", 0, {"min_value": 0, "max_value": 10}),
        ("integer", 10.0, {"max_value": 10}),
        ("decimal", 0.25, {"max_decimal_places": 2}),
        ("decimal", 3, {"max_decimal_places": 0}),
        ("date", "2019", {}),
        ("date", "2019-03", {"min_value": "2019-03-07"}),
        ("date", "2020-02-29", {}),
        ("date", "2026", {"max_value": "today"}),
        ("date", "2026-01-31", {"max_value": "today"}),
        ("string", "x" * 200, {}),
        ("text", "x" * 2000, {}),
        ("choice", "a", CHOICES),
        ("choice", ["none"], SEVERAL),
        ("choice", ["a", "b"], SEVERAL),
        ("open-choice", {"other": "a walk"}, CHOICES),
        ("open-choice", ["a", {"other": "a walk"}], SEVERAL),
        ("date", ["2019", "2019"], {"repeats": True}),
        ("integer", NOT_SURE, {"not_sure": "Not sure"}),
        ("choice", NOT_SURE, {**SEVERAL, "not_sure": "Not sure"}),
        ("string", None, {"required": False}),
    ],
)
def test_a_fitting_value_has_no_problem(kind, value, fields):
    assert problem(kind, value, **fields) is None


@pytest.mark.parametrize(
    ("kind", "value", "fields", "code"),
    [
        ("boolean", None, {}, "missing"),
        ("string", "", {}, "missing"),
        ("string", " \n\u00a0", {}, "missing"),
        ("choice", [], SEVERAL, "missing"),
        ("open-choice", {"other": " "}, CHOICES, "missing"),
        ("boolean", 1, {}, "wrong-type"),
        ("boolean", "yes", {}, "wrong-type"),
        ("integer", True, {}, "wrong-type"),
        ("integer", 1.5, {}, "wrong-type"),
        ("integer", "3", {}, "wrong-type"),
        ("decimal", float("nan"), {}, "wrong-type"),
        ("decimal", float("inf"), {}, "wrong-type"),
        ("integer", 10**400, {}, "wrong-type"),
        ("date", 2019, {}, "wrong-type"),
        ("string", 3, {}, "wrong-type"),
        ("choice", 3, CHOICES, "wrong-type"),
        ("choice", "a", SEVERAL, "wrong-type"),
        ("choice", ["a"], CHOICES, "wrong-type"),
        ("choice", ["a", NOT_SURE], SEVERAL, "wrong-type"),
        ("choice", {"absent": "declined"}, {**CHOICES, "not_sure": "Not sure"}, "wrong-type"),
        ("choice", {**NOT_SURE, "x": 1}, {**CHOICES, "not_sure": "Not sure"}, "wrong-type"),
        ("open-choice", {"other": "a", "x": 1}, CHOICES, "wrong-type"),
        ("choice", "d", CHOICES, "unknown-option"),
        ("choice", ["a", "d"], SEVERAL, "unknown-option"),
        ("choice", ["none", "a"], SEVERAL, "exclusive-with-others"),
        ("open-choice", ["none", {"other": "x"}], SEVERAL, "exclusive-with-others"),
        ("integer", -1, {"min_value": 0}, "too-small"),
        ("integer", 11, {"max_value": 10}, "too-large"),
        ("date", "2018-12", {"min_value": "2019"}, "too-small"),
        ("date", "2026-02-01", {"max_value": "today"}, "too-large"),
        ("date", "2027", {"max_value": "today"}, "too-large"),
        ("string", "x" * 201, {}, "too-long"),
        ("string", "xxxx", {"max_length": 3}, "too-long"),
        ("text", "x" * 2001, {}, "too-long"),
        ("open-choice", {"other": "x" * 201}, CHOICES, "too-long"),
        ("decimal", 0.25, {"max_decimal_places": 1}, "too-many-decimals"),
        ("decimal", 1e-7, {"max_decimal_places": 6}, "too-many-decimals"),
        ("choice", ["a"], {**SEVERAL, "min_occurs": 2}, "too-few"),
        ("choice", ["a", "b", "c"], {**SEVERAL, "max_occurs": 2}, "too-many"),
        ("date", "2019-02-29", {}, "not-a-date"),
        ("date", "2019-13", {}, "not-a-date"),
        ("date", "19-01-01", {}, "not-a-date"),
        ("date", "2019-3", {}, "not-a-date"),
        ("date", "0000", {}, "not-a-date"),
        ("date", "٢٠١٩", {}, "not-a-date"),
        ("boolean", NOT_SURE, {}, "not-offered"),
        ("choice", {"other": "x"}, CHOICES, "not-offered"),
        ("choice", ["a", "a"], SEVERAL, "duplicate"),
        ("open-choice", [{"other": "x"}, {"other": "x"}], SEVERAL, "duplicate"),
    ],
)
def test_each_problem_has_its_code(kind, value, fields, code):
    assert problem(kind, value, **fields) == code


def test_a_problem_brings_the_limit_for_its_message():
    item = Item.model_validate(question("q", "integer", min_value=0, max_value=10))
    assert validate_value(item, 11) == Problem("too-large", 10)
    assert validate_value(item, 11).placeholders == {"max": 10}
    assert validate_value(item, None).placeholders == {}


def test_without_a_clock_today_is_the_latest_day_on_earth():
    item = Item.model_validate(question("q", "date", max_value="today"))
    assert validate_value(item, "2019-01-01") is None
    assert validate_value(item, "9999-01-01") == Problem("too-large", "today")


@pytest.fixture
def made():
    return questionnaire(
        group(
            "history",
            question("read", "display"),
            group("operation", question("year", "date"), repeats=True),
            question("pain", "integer"),
        )
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pain", 3),
        ("pain", None),
        ("year@r1", "2019"),
        ("operation@r1", True),
        ("operation@r1", None),
    ],
)
def test_a_fitting_event_has_no_problem(made, key, value):
    assert validate_event(made, answer_event(1, key, value)) is None


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("nothing", 3, "unknown-link-id"),
        ("nothing", None, "unknown-link-id"),
        ("read", True, "not-answerable"),
        ("history", True, "not-answerable"),
        ("history", None, "not-answerable"),
        ("pain@r1", 3, "wrong-path"),
        ("year", "2019", "wrong-path"),
        ("year@R1", "2019", "wrong-path"),
        ("year@r1.r2", "2019", "wrong-path"),
        ("operation", True, "wrong-path"),
        ("operation@r1", False, "wrong-type"),
        ("operation@r1", "yes", "wrong-type"),
        ("pain", "3", "wrong-type"),
        ("year@r1", "soon", "not-a-date"),
    ],
)
def test_each_problem_of_an_event_has_its_code(made, key, value, code):
    assert str(validate_event(made, answer_event(1, key, value)).code) == code
