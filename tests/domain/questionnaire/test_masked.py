"""A question that was put aside for the patient alone: no answer, and never a "no"."""

import pytest

from fbss_app.domain.questionnaire.answers import answered_alone
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.navigation import first_unanswered, section_progress, steps
from fbss_app.domain.questionnaire.validation import ProblemCode, validate_event
from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import answer_event

MASKED = {"absent": "masked"}
WHO = question(
    "author",
    "choice",
    app_role="author",
    answer_option=[
        {"code": perspective, "display": perspective, "perspective": perspective}
        for perspective in ("self", "self-assisted", "proxy-own-view", "proxy-patient-view")
    ],
)
MADE = questionnaire(
    group(
        "section",
        WHO,
        question("pain", "integer"),
        question("mood", "integer", sensitive=True, not_sure="Not sure"),
        question("why", "string", enable_when=[rule("mood", "exists", True)]),
    ),
    condition={
        "low": rule("mood", "<", 3),
        "unsure": rule("mood", "=", "not-sure"),
        "unknown": rule("mood", "exists", False),
    },
    score=[{"name": "sum", "title": "Sum", "value": {"sum": ["pain", "mood"]}}],
)


def seen_by(perspective, **answers):
    return Evaluation(MADE, {"author": perspective, "pain": 3, "mood": MASKED, **answers})


def test_it_counts_as_no_answer():
    evaluation = seen_by("self")

    assert evaluation.masked("mood")
    assert evaluation.answer("mood") is None
    assert evaluation.score("sum") is None
    assert [evaluation.condition(name) for name in MADE.condition] == [False, False, True]
    assert not evaluation.enabled("why")


@pytest.mark.parametrize("perspective", ["self", "self-assisted"])
def test_it_stays_to_be_answered_where_the_patient_answers(perspective):
    evaluation = seen_by(perspective)

    assert first_unanswered(evaluation).key == "mood"
    assert [each.progress for each in section_progress(evaluation)] == ["in-progress"]


@pytest.mark.parametrize("perspective", ["proxy-own-view", "proxy-patient-view"])
def test_it_is_not_asked_where_a_helper_answers(perspective):
    evaluation = seen_by(perspective)

    assert [step.key for step in steps(evaluation)] == ["author", "pain"]
    assert first_unanswered(evaluation) is None
    assert [each.progress for each in section_progress(evaluation)] == ["completed"]


def test_once_the_patient_has_answered_it_is_an_answer_like_others():
    evaluation = seen_by("self", mood=2)

    assert not evaluation.masked("mood")
    assert (evaluation.score("sum"), evaluation.condition("low")) == (5, True)


@pytest.mark.parametrize(
    ("key", "problem"),
    [("mood", None), ("pain", ProblemCode.NOT_OFFERED), ("author", ProblemCode.NOT_OFFERED)],
)
def test_only_sensitive_questions_can_be_put_aside(key, problem):
    found = validate_event(MADE, answer_event(1, key, MASKED))
    assert (found and found.code) == problem


def test_without_a_question_about_it_the_patient_answers():
    made = questionnaire(question("mood", "integer", sensitive=True))
    assert Evaluation(made, {}).perspective == "self"


def test_who_answers_is_said_by_the_definition_alone():
    assert Evaluation(MADE, {}).perspective == "self"
    assert seen_by("proxy-patient-view").perspective == "proxy-patient-view"


@pytest.mark.parametrize("perspective", ["proxy-own-view", "proxy-patient-view"])
def test_what_the_patient_answered_alone_is_asked_as_answered_and_counts_nowhere(perspective):
    answers = {"author": perspective, "pain": 3, "mood": 2}
    events = [answer_event(1, "mood", MASKED), answer_event(2, "mood", 2)]
    evaluation = Evaluation(MADE, answers, alone=answered_alone(answers, events))

    assert "mood" in [step.key for step in steps(evaluation)]
    assert first_unanswered(evaluation) is None
    assert [each.progress for each in section_progress(evaluation)] == ["completed"]
    assert (evaluation.answer("mood"), evaluation.score("sum")) == (None, None)
    assert not evaluation.condition("low")
    assert not evaluation.enabled("why")


@pytest.mark.parametrize("value", [None, MASKED])
def test_what_is_still_put_aside_was_not_answered_alone(value):
    answers = {} if value is None else {"mood": value}

    assert answered_alone(answers, [answer_event(1, "mood", MASKED)]) == frozenset()
