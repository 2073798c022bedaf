import pytest

from fbss_app.server.documents.skip_words import SkipWords
from tests.domain.build import group, question, questionnaire, rule

NUMBERS = {"yes-no": 1, "one": 2, "many": 3, "number": 4, "date": 5, "named": 6}
OPTIONS = [
    {"code": "a", "display": "Apple"},
    {"code": "b", "display": "Bread"},
    {"code": "none", "display": "None", "exclusive": True},
]


def instruction(*rules, condition=None, numbers=NUMBERS, **changes):
    made = questionnaire(
        group(
            "first",
            question("yes-no", "boolean"),
            question("one", "open-choice", answer_option=OPTIONS[:2], not_sure="I forgot"),
            question("many", "choice", repeats=True, answer_option=OPTIONS),
            question("number", "integer", unit={"display": "minutes"}),
            question("date", "date"),
            question("unseen", "boolean"),
            question("last", "string", enable_when=list(rules), **changes),
        ),
        condition=condition or {},
    )
    return SkipWords(made, numbers).instruction(made.placements["last"].item)


@pytest.mark.parametrize(
    ("one_rule", "words"),
    [
        (rule("yes-no", "=", True), "Only if you chose “Yes” in question 1."),
        (rule("yes-no", "!=", True), "Only if you did not choose “Yes” in question 1."),
        (rule("one", "=", "a"), "Only if you chose “Apple” in question 2."),
        (rule("one", "=", "other"), "Only if you chose “Something else” in question 2."),
        (rule("one", "=", "not-sure"), "Only if you chose “I forgot” in question 2."),
        (rule("one", "exists", True), "Only if you answered question 2."),
        (rule("number", ">", 5), "Only if your answer to question 4 is more than 5 minutes."),
        (rule("date", "<", "2019"), "Only if your answer to question 5 is before 2019."),
        (rule("unseen", "=", True), ""),
    ],
)
def test_one_rule_is_one_sentence(one_rule, words):
    assert instruction(one_rule) == words


def test_question_without_rules_says_nothing():
    assert instruction() == ""


def test_several_rules_are_joined_as_they_count():
    rules = rule("yes-no", "=", True), rule("number", ">", 5)

    assert instruction(*rules, enable_behavior="all") == (
        "Only if you chose “Yes” in question 1, "
        "and your answer to question 4 is more than 5 minutes."
    )
    assert ", or your answer" in instruction(*rules, enable_behavior="any")


def test_options_of_one_question_are_said_at_once():
    any_of = {"any": [rule("many", "=", "a"), rule("many", "=", "b")]}

    assert instruction({"condition": "c"}, condition={"c": any_of}) == (
        "Only if you chose “Apple” or “Bread” in question 3."
    )


def test_not_turns_any_into_all():
    any_of = {"any": [rule("yes-no", "=", True), rule("one", "=", "a")]}

    assert instruction({"condition": "c"}, condition={"c": {"not": any_of}}) == (
        "Only if you did not choose “Yes” in question 1, "
        "and you did not choose “Apple” in question 2."
    )


def test_count_of_answers_names_what_stands_alone():
    some = {"compare": {"count_answers": "many"}, "operator": ">", "than": 0}

    assert instruction({"condition": "c"}, condition={"c": some}) == (
        "Only if you chose anything but “None” in question 3."
    )
    assert instruction({"condition": "c"}, condition={"c": {"not": some}}) == (
        "Only if you chose “None” in question 3."
    )


def test_group_of_rules_within_others_stands_in_brackets():
    inner = {"all": [rule("yes-no", "=", True), rule("number", ">", 5)]}
    condition = {"c": {"any": [inner, rule("one", "=", "a")]}}

    assert instruction({"condition": "c"}, condition=condition) == (
        "Only if (you chose “Yes” in question 1, and your answer to question 4 is more than "
        "5 minutes), or you chose “Apple” in question 2."
    )


def test_nobody_adds_up_answers_on_paper():
    high = {"compare": {"sum": ["number"]}, "operator": ">", "than": 3}
    made = questionnaire(
        group(
            "first",
            question("number", "integer"),
            question("support", "display", enable_when=[{"condition": "high"}]),
        ),
        condition={"high": high},
    )

    words = SkipWords(made, {"number": 1}).instruction(made.placements["support"].item)
    assert words == "Read this if it fits you."
