import pytest

from fbss_app.domain.questionnaire.definition_checks import check_definition
from fbss_app.domain.questionnaire.model import Questionnaire
from tests.domain.build import definition, group, question, rule

OPTIONS = {"answer_option": ["a", "b"]}


def findings(*items, **fields):
    made = Questionnaire.model_validate(definition(*items, **fields))
    return {(finding.field, finding.problem) for finding in check_definition(made)}


def only_finding(*items, **fields):
    found = findings(*items, **fields)
    assert len(found) == 1, found
    return found.pop()


PAIN = question("pain", "integer")
LEG = question("leg", "choice", **OPTIONS)
HAD = question("had", "boolean")
WHEN = question("when", "date")
NAME = question("name", "string")
READ = question("read", "display")


def test_a_sound_definition_has_no_findings():
    assert findings(PAIN, LEG, HAD, WHEN, NAME, READ) == set()


@pytest.mark.parametrize(
    ("items", "field", "problem"),
    [
        (
            [group("s", PAIN), group("t", PAIN)],
            "item[1].item[0].link_id",
            "the link_id `pain` is used twice",
        ),
        (
            [group("s", PAIN), HAD],
            "item[1].type",
            "`had` stands at the top level but has the type boolean",
        ),
        ([group("s", PAIN), group("t")], "item[1]", "the group `t` is empty"),
        (
            [group("s", {**HAD, "why": None})],
            "item[0].item[0]",
            "`had` does not say why it is asked",
        ),
        (
            [group("s", {**PAIN, "item": [HAD]})],
            "item[0].item[0].item",
            "`item` has no meaning for the type integer",
        ),
        (
            [group("s", {**HAD, "app_role": "country"}, {**LEG, "app_role": "country"})],
            "item[0].item[1].app_role",
            "a second question has the role `country`",
        ),
    ],
)
def test_the_tree_of_items(items, field, problem):
    assert only_finding(*items) == (field, problem)


@pytest.mark.parametrize(
    ("kind", "fields", "field", "problem"),
    [
        ("choice", {"min_value": 1, **OPTIONS}, ".min_value", "`min_value` has no meaning"),
        ("date", {"max_length": 3}, ".max_length", "`max_length` has no meaning"),
        ("integer", {"max_decimal_places": 1}, ".max_decimal_places", "has no meaning"),
        ("boolean", {"unit": {"display": "x"}}, ".unit", "`unit` has no meaning"),
        ("string", OPTIONS, ".answer_option", "`answer_option` has no meaning"),
        ("display", {"not_sure": "Not sure"}, ".not_sure", "`not_sure` has no meaning"),
        ("display", {"unobservable": True}, ".unobservable", "`unobservable` has no meaning"),
        ("display", {"sensitive": True}, ".sensitive", "`sensitive` has no meaning"),
        ("choice", {}, "", "offers nothing to choose"),
        (
            "choice",
            {"answer_option": ["a", "b", "a"]},
            ".answer_option[2].code",
            "`a` is used twice",
        ),
        ("choice", {"answer_option": ["not-sure"]}, ".answer_option[0].code", "kept for the way"),
        ("open-choice", {"answer_option": ["other"]}, ".answer_option[0].code", "own words"),
        (
            "choice",
            {"answer_option": ["a", {"code": "n", "display": "N", "exclusive": True}]},
            ".answer_option[1].exclusive",
            "only one option can be chosen",
        ),
        ("integer", {"min_value": 5, "max_value": 4}, ".min_value", "is above the greatest"),
        ("date", {"min_value": "2020", "max_value": "2019-12"}, ".min_value", "is above"),
        ("integer", {"min_value": 0.5}, ".min_value", "0.5 is not a whole number"),
        ("decimal", {"max_value": "high"}, ".max_value", "'high' is not a number"),
        ("date", {"min_value": "today"}, ".min_value", "'today' is not a date"),
        ("date", {"max_value": "tomorrow"}, ".max_value", "'tomorrow' is not a date"),
        ("date", {"min_value": 1990}, ".min_value", "1990 is not a date"),
        ("boolean", {"repeats": True}, ".repeats", "a boolean cannot repeat"),
        ("display", {"repeats": True}, ".repeats", "a display cannot repeat"),
        ("integer", {"min_occurs": 1}, ".min_occurs", "needs an item that repeats"),
        ("integer", {"max_occurs": 2}, ".max_occurs", "needs an item that repeats"),
        (
            "integer",
            {"repeats": True, "min_occurs": 3, "max_occurs": 2},
            ".max_occurs",
            "at most 2, but at least 3",
        ),
        ("text", {"item_control": "radio"}, ".item_control", "`radio` does not suit the type text"),
        ("choice", {"item_control": "check-box", **OPTIONS}, ".item_control", "one answer"),
        (
            "choice",
            {"item_control": "radio", "repeats": True, **OPTIONS},
            ".item_control",
            "several answers",
        ),
        ("integer", {"item_control": "nrs", "min_value": 0}, ".item_control", "needs both ends"),
        ("integer", {"low_label": "No pain"}, ".low_label", "ends of a numeric rating scale"),
    ],
)
def test_an_item_by_itself(kind, fields, field, problem):
    found_field, found_problem = only_finding(question("q", kind, **fields))
    assert found_field == f"item[0].item[0]{field}"
    assert problem in found_problem


@pytest.mark.parametrize(
    ("when", "field", "problem"),
    [
        (rule("pian", "=", 3), ".question", "there is no item `pian`"),
        (rule("read", "exists", True), ".question", "`read` is a display and has no answer"),
        (rule("section", "exists", True), ".question", "`section` is a group and has no answer"),
        (rule("pain", "exists", 1), ".answer", "1 cannot be compared"),
        (rule("pain", "=", "3"), ".answer", "'3' cannot be compared"),
        (rule("pain", "=", True), ".answer", "True cannot be compared"),
        (rule("pain", "=", "not-sure"), ".answer", "'not-sure' cannot be compared"),
        (rule("pain", ">", "not-sure"), ".answer", "'not-sure' cannot be compared"),
        (rule("leg", "=", "c"), ".answer", "'c' cannot be compared"),
        (rule("leg", "=", "other"), ".answer", "'other' cannot be compared"),
        (rule("leg", ">", "a"), ".operator", "`>` cannot compare"),
        (rule("had", "=", "yes"), ".answer", "'yes' cannot be compared"),
        (rule("had", "<=", True), ".operator", "`<=` cannot compare"),
        (rule("when", ">", 2019), ".answer", "2019 cannot be compared"),
        (rule("when", "=", "2019-13"), ".answer", "'2019-13' cannot be compared"),
        (rule("name", ">=", "a"), ".operator", "`>=` cannot compare"),
        (rule("name", "=", 3), ".answer", "3 cannot be compared"),
        ({"condition": "nope"}, ".condition", "there is no condition `nope`"),
        (
            {"compare": {"score": "nope"}, "operator": ">", "than": 1},
            ".compare.score",
            "there is no score `nope`",
        ),
        (
            {"compare": {"count": [rule("pain", ">", 1)]}, "operator": "exists", "than": 1},
            ".operator",
            "`exists` cannot compare a number",
        ),
        (
            {"compare": {"count_answers": "pian"}, "operator": ">", "than": 1},
            ".compare.count_answers",
            "there is no item `pian`",
        ),
        (
            {"all": [{"any": [{"not": rule("pian", "=", 3)}]}]},
            ".all[0].any[0].not.question",
            "there is no item `pian`",
        ),
    ],
)
def test_a_condition_that_cannot_be_meant(when, field, problem):
    items = [PAIN, LEG, HAD, WHEN, NAME, READ]
    found_field, found_problem = only_finding(*items, condition={"c": when})
    assert found_field == f"condition.c{field}"
    assert problem in found_problem


@pytest.mark.parametrize("place", ["red_flag", "question_to_ask"])
def test_a_rule_is_checked_wherever_it_stands(place):
    made = {
        "red_flag": {
            "id": "R1",
            "urgency": "soon",
            "heading": "H",
            "action": "A",
            "service": "urgent",
        },
        "question_to_ask": {"id": "Q1", "text": "T"},
    }[place]
    field, _ = only_finding(PAIN, **{place: [{**made, "when": rule("pian", "=", 3)}]})
    assert field == f"{place}[0].when.question"


@pytest.mark.parametrize(
    ("value", "field", "problem"),
    [
        ({"sum": ["pain", "pian"]}, ".sum[1]", "there is no item `pian`"),
        ({"mean": ["pain", "had"]}, ".mean[1]", "`had` gives no number"),
        ({"mean": ["leg"]}, ".mean[0]", "`leg` gives no number"),
        ({"sum": ["pain", "pain"]}, ".sum[1]", "`pain` is counted twice"),
        ({"sum": ["pain"], "at_least": 2}, ".at_least", "at least 2 of 1 items"),
    ],
)
def test_a_score_that_cannot_be_worked_out(value, field, problem):
    score = {"name": "s", "title": "S", "value": value}
    found_field, found_problem = only_finding(PAIN, LEG, HAD, score=[score])
    assert found_field == f"score[0].value{field}"
    assert problem in found_problem


def test_a_question_to_ask_that_is_never_printed():
    everyone = [{"id": f"Q{number}", "text": "Why?"} for number in range(3)]
    some = {"id": "some", "text": "When?", "when": rule("pain", ">", 3)}
    field, problem = only_finding(PAIN, question_to_ask=[*everyone, some], questions_printed=3)
    assert field == "question_to_ask[3]"
    assert "`some` is never printed" in problem
    assert findings(PAIN, question_to_ask=[some, *everyone], questions_printed=4) == set()


def test_a_sum_over_repetitions_may_ask_for_more_answers_than_items():
    made = group("s", group("g", PAIN, repeats=True))
    score = {"name": "s", "title": "S", "value": {"sum": ["pain"], "at_least": 2}}
    assert findings(made, score=[score]) == set()


def test_not_sure_may_be_compared_where_it_is_offered():
    made = question("q", "boolean", not_sure="Not sure")
    assert findings(made, condition={"c": rule("q", "=", "not-sure")}) == set()


def test_other_may_be_compared_with_an_open_choice():
    made = question("q", "open-choice", **OPTIONS)
    assert findings(made, condition={"c": rule("q", "=", "other")}) == set()


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([{**PAIN, "enable_when": [rule("had", "=", True)]}, HAD], "[0].enable_when[0].question"),
        ([{**HAD, "enable_when": [rule("had", "=", True)]}], "[0].enable_when[0].question"),
        (
            [group("g", HAD, enable_when=[rule("had", "=", True)])],
            "[0].enable_when[0].question",
        ),
        ([{**PAIN, "enable_when": [{"condition": "c"}]}, HAD], "[0].enable_when[0].condition"),
    ],
)
def test_an_item_may_depend_on_earlier_ones_only(items, field):
    condition = {
        "c": {"compare": {"score": "s"}, "operator": ">", "than": 0},
        "had-it": rule("had", "=", True),
    }
    score = {"name": "s", "title": "S", "value": {"count": [{"condition": "had-it"}]}}
    found_field, problem = only_finding(group("top", *items), condition=condition, score=[score])
    assert found_field == f"item[0].item{field}"
    assert "which is not before it" in problem


def test_a_rule_from_outside_may_name_an_item_in_a_repeating_group():
    made = [
        group("s", group("g", HAD, repeats=True)),
        group("t", {**PAIN, "enable_when": [rule("had", "=", True)]}),
    ]
    assert findings(*made) == set()


def test_several_rules_must_say_whether_all_or_any():
    rules = [rule("had", "=", True), rule("had", "exists", True)]
    field, problem = only_finding(HAD, {**PAIN, "enable_when": rules})
    assert field == "item[0].item[1].enable_when"
    assert "all or any" in problem
    assert findings(HAD, {**PAIN, "enable_when": rules, "enable_behavior": "any"}) == set()


@pytest.mark.parametrize(
    ("condition", "score"),
    [
        ({"a": {"condition": "a"}}, []),
        ({"a": {"not": {"condition": "b"}}, "b": {"condition": "a"}}, []),
        ({}, [{"score": "s0"}]),
        ({}, [{"score": "s1"}, {"score": "s0"}]),
        (
            {"a": {"compare": {"score": "s0"}, "operator": ">", "than": 0}},
            [{"count": [{"condition": "a"}]}],
        ),
    ],
)
def test_a_circle_is_found(condition, score):
    scores = [
        {"name": f"s{place}", "title": "S", "value": value} for place, value in enumerate(score)
    ]
    _, problem = only_finding(HAD, condition=condition, score=scores)
    assert "circle" in problem


def test_naming_one_condition_twice_is_no_circle():
    condition = {
        "a": rule("had", "=", True),
        "b": {"all": [{"condition": "a"}, {"not": {"condition": "a"}}]},
        "c": {"any": [{"condition": "b"}, {"condition": "a"}]},
    }
    assert findings(HAD, condition=condition) == set()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"summary": [{"title": "T"}]}, "summary[0]"),
        ({"summary": [{"title": "T", "item": ["pain", "pian"]}]}, "summary[0].item[1]"),
        ({"summary": [{"title": "T", "item": ["read"]}]}, "summary[0].item[0]"),
        ({"summary": [{"title": "T", "score": ["s"]}]}, "summary[0].score[0]"),
        (
            {"question_to_ask": [{"id": "Q", "text": "A"}, {"id": "Q", "text": "B"}]},
            "question_to_ask[1].id",
        ),
        (
            {
                "score": [
                    {"name": "s", "title": "S", "value": {"sum": ["pain"]}, "minimum": 1},
                    {"name": "s", "title": "S", "value": {"sum": ["pain"]}, "maximum": 1},
                ]
            },
            "score[1].name",
        ),
        (
            {
                "score": [
                    {
                        "name": "s",
                        "title": "S",
                        "value": {"sum": ["pain"]},
                        "minimum": 1,
                        "maximum": 1,
                    }
                ]
            },
            "score[0].minimum",
        ),
    ],
)
def test_names_and_the_summary(fields, field):
    found_field, _ = only_finding(PAIN, READ, **fields)
    assert found_field == field


def test_every_finding_says_what_to_do():
    made = Questionnaire.model_validate(
        definition(
            {**PAIN, "why": None, "enable_when": [rule("pian", "=", 3), rule("had", "=", 3)]},
            HAD,
            condition={"c": rule("hda", "=", True)},
        )
    )
    found = check_definition(made)
    assert len(found) == 6
    assert all(finding.what_to_do.endswith((".", "?")) for finding in found)
    assert any(finding.what_to_do == "Did you mean `had`?" for finding in found)


CHOICE = question("tried", "choice", repeats=True, answer_option=["a", "b"])
SOME = {"heading": "H", "text": "T", "when": rule("pain", "exists", True)}


@pytest.mark.parametrize(
    ("items", "fields", "field", "problem"),
    [
        (
            [group("s", CHOICE, group("g", PAIN, repeats_for="tried"))],
            {},
            "item[0].item[1].repeats_for",
            "`repeats_for` needs a group that repeats",
        ),
        (
            [group("s", CHOICE, group("g", PAIN, repeats=True, repeats_for="tired"))],
            {},
            "item[0].item[1].repeats_for",
            "there is no item `tired`",
        ),
        (
            [group("s", PAIN, group("g", HAD, repeats=True, repeats_for="pain"))],
            {},
            "item[0].item[1].repeats_for",
            "`pain` is a integer and has no options",
        ),
        (
            [group("s", group("g", PAIN, repeats=True, repeats_for="tried"), CHOICE)],
            {},
            "item[0].item[0].repeats_for",
            "`g` would follow `tried`, which is not before it",
        ),
        (
            [
                group("s", CHOICE),
                group("g", PAIN, repeats=True, repeats_for="tried", max_occurs=2),
            ],
            {},
            "item[1].max_occurs",
            "the chosen options say how often the group repeats",
        ),
        (
            [
                group("g", CHOICE, repeats=True),
                group("s", question("best", "choice", options_from="tried")),
            ],
            {},
            "item[1].item[0].options_from",
            "`tried` stands in the repeating group `g`, and `best` does not",
        ),
        (
            [CHOICE, question("best", "choice", options_from="tried", answer_option=["a"])],
            {},
            "item[0].item[1].answer_option[0].code",
            "`a` is an option of `tried` already",
        ),
        (
            [{**HAD, "absent_reason": "asked-declined"}],
            {},
            "item[0].item[0].absent_reason",
            "there is no way out that it could be the reason of",
        ),
        (
            [{**NAME, "suggestions": "medicines", "repeats": True}],
            {},
            "item[0].item[0].suggestions",
            "only a text of one line can have suggestions",
        ),
        (
            [{**HAD, "link": {"text": "More", "address": "/options"}}],
            {},
            "item[0].item[0].link",
            "`link` has no meaning for the type boolean",
        ),
        (
            [PAIN],
            {"stage": [{"title": "T", "section": ["setcion"]}]},
            "stage[0].section[0]",
            "there is no section `setcion`",
        ),
        (
            [PAIN],
            {"stage": [{"title": "T", "section": ["section"]}] * 2},
            "stage[1].section[0]",
            "the section `section` is in two stages",
        ),
        (
            [group("a", PAIN), group("b", LEG)],
            {"stage": [{"title": "T", "section": ["a"]}]},
            "stage",
            "the section `b` is in no stage",
        ),
        (
            [PAIN],
            {"stage": [{"title": "T"}]},
            "stage[0]",
            "`T` needs either sections or a page",
        ),
        (
            [{**HAD, "service": "crisis"}],
            {},
            "item[0].item[0].service",
            "`service` has no meaning for the type boolean",
        ),
        (
            [
                question(
                    "where",
                    "choice",
                    answer_option=[
                        {"code": "a", "display": "A", "group": "Back"},
                        {"code": "b", "display": "B", "group": "Leg"},
                        {"code": "c", "display": "C", "group": "Back"},
                    ],
                )
            ],
            {},
            "item[0].item[0].answer_option[2].group",
            "the options of the group `Back` do not stand together",
        ),
        (
            [{**HAD, "text": "{repetition}?"}],
            {},
            "item[0].item[0].text",
            "`had` is in no repeating group that {repetition} could name",
        ),
        (
            [group("g", {**HAD, "hint": "{repetitoin}"}, repeats=True)],
            {},
            "item[0].item[0].hint",
            "nothing can be put in for {repetitoin}",
        ),
        (
            [group("g", HAD, instrument="peg")],
            {},
            "item[0].instrument",
            "there is no instrument `peg`",
        ),
        (
            [PAIN],
            {"interruption": [{"id": "odd", "question": "pian", **SOME}]},
            "interruption[0].question",
            "there is no item `pian`",
        ),
        (
            [PAIN],
            {"interruption": [{"id": "odd", "question": "pain", **SOME}] * 2},
            "interruption[1].id",
            "`odd` is used twice",
        ),
        (
            [PAIN],
            {"score": [{"name": "s", "title": "S", "value": {"years_since": "pain"}}]},
            "score[0].value.years_since",
            "`pain` is a integer and no date",
        ),
        (
            [PAIN],
            {
                "condition": {
                    "c": {"compare": {"sum": ["pain"]}, "operator": "=", "than": {"sum": ["x"]}}
                }
            },
            "condition.c.than.sum[0]",
            "there is no item `x`",
        ),
        (
            [PAIN],
            {"summary": [{"title": "T", "item": ["pain"], "table": True}]},
            "summary[0].table",
            "there is no repeating group whose repetitions could be its rows",
        ),
        (
            [PAIN],
            {"summary": [{"title": "T", "item": ["pain"], "places": "pain"}]},
            "summary[0].places",
            "`places` belongs to the picture body-map",
        ),
        (
            [PAIN],
            {"summary": [{"title": "T", "picture": "timeline"}]},
            "summary[0].picture",
            "the picture timeline has nothing to draw",
        ),
    ],
)
def test_what_names_another_question_is_checked(items, fields, field, problem):
    assert (field, problem) in findings(*items, **fields)


def test_who_would_rather_not_answer_cannot_be_compared_with_not_sure():
    declines = {**HAD, "not_sure": "No, thank you", "absent_reason": "asked-declined"}
    field, _ = only_finding(declines, condition={"c": rule("had", "=", "not-sure")})
    assert field == "condition.c.answer"


def test_a_published_instrument_needs_its_credit_line():
    about = {
        "name": "peg",
        "version": "1",
        "title": "PEG",
        "licence": "Free.",
        "recall_period": "past week",
        "source": "Somewhere",
        "code": [{"system": "http://loinc.org", "code": "1"}],
    }
    made = group("g", PAIN, instrument="peg")
    field, problem = only_finding(made, instrument=[about])
    assert (field, problem) == (
        "instrument[0]",
        "`peg` is a published instrument without a credit line",
    )
    assert findings(made, instrument=[{**about, "credit": "By someone"}]) == set()


def author(*perspectives, **fields):
    options = [
        {"code": f"option-{place}", "display": "Me", "perspective": perspective}
        for place, perspective in enumerate(perspectives)
    ]
    return question("author", "choice", answer_option=options, **fields)


def test_every_answer_to_who_is_answering_says_whose_view_it_is():
    assert findings(author("self", "proxy-own-view", app_role="author")) == set()
    assert only_finding(author("self", None, app_role="author")) == (
        "item[0].item[0].answer_option[1]",
        "`option-1` does not say whose view the answers are then",
    )


def test_no_other_question_says_whose_view_the_answers_are():
    assert only_finding(author("self")) == (
        "item[0].item[0].answer_option[0].perspective",
        "only the answer to who is answering is a perspective",
    )


def test_a_question_is_not_put_aside_by_its_way_out():
    field, problem = only_finding({**HAD, "not_sure": "Later", "absent_reason": "masked"})
    assert field == "item[0].item[0].absent_reason"
    assert "was put aside" in problem
