import pytest

from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.scoring import questions_behind, round_half_up, score_result
from tests.domain.build import question, questionnaire, rule


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        (7, 0, "7"),
        (2.5, 0, "3"),
        (-2.5, 0, "-2"),
        (0.5, 0, "1"),
        (-0.4, 0, "0"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (19 / 3, 1, "6.3"),
        (6.25, 1, "6.3"),
        (4.0, 1, "4.0"),
        (1e-7, 2, "0.00"),
    ],
)
def test_a_half_goes_up_on_the_digits_as_written(number, decimals, shown):
    assert round_half_up(number, decimals) == shown


@pytest.fixture
def made():
    return questionnaire(
        question("had", "boolean"),
        question("p", "integer", enable_when=[rule("had", "=", True)]),
        question("q", "integer", enable_when=[{"condition": "had-it"}]),
        condition={"had-it": rule("had", "=", True)},
        score=[
            {"name": "mean", "title": "Mean", "value": {"mean": ["p", "q"]}, "decimals": 1},
            {"name": "again", "title": "Again", "value": {"score": "mean"}},
            {"name": "count", "title": "Count", "value": {"count": [{"condition": "had-it"}]}},
        ],
    )


def test_a_score_shows_its_number(made):
    result = score_result(Evaluation(made, {"had": True, "p": 3, "q": 4}), "mean")
    assert (result.value, result.shown, result.reason) == (3.5, "3.5", None)


def test_a_score_without_enough_answers_says_so(made):
    result = score_result(Evaluation(made, {"had": True, "p": 3}), "mean")
    assert (result.value, result.shown, result.reason) == (None, None, "too-few-answers")


def test_a_score_whose_questions_are_not_asked_says_so(made):
    evaluation = Evaluation(made, {"had": False, "p": 3, "q": 4})
    assert score_result(evaluation, "mean").reason == "not-asked"
    assert score_result(evaluation, "again").reason == "not-asked"


def test_the_questions_behind_an_expression_are_found_through_names(made):
    assert questions_behind(made, made.scores["again"].value) == ["p", "q"]
    assert questions_behind(made, made.scores["count"].value) == ["had"]


@pytest.mark.parametrize(
    ("by_proxy", "is_self_report"), [(set(), True), ({"had"}, True), ({"q"}, False)]
)
def test_a_score_is_a_self_report_unless_an_answer_to_it_is_another_persons(
    made, by_proxy, is_self_report
):
    evaluation = Evaluation(made, {"had": True, "p": 3, "q": 4})
    assert score_result(evaluation, "mean", by_proxy).is_self_report is is_self_report
    assert score_result(evaluation, "again", by_proxy).is_self_report is is_self_report


def test_an_answer_that_does_not_count_makes_no_score_another_persons(made):
    evaluation = Evaluation(made, {"had": False, "p": 3, "q": 4})
    assert score_result(evaluation, "mean", {"q"}).is_self_report
