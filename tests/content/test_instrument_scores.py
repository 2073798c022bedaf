"""Scores of the instruments: worked examples, both ends, every threshold, and what is missing."""

from typing import Any

import pytest

from fbss_app.content.questionnaires import BUILT_IN_FOLDER, load_questionnaire
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import ItemType, Questionnaire, Service
from fbss_app.domain.questionnaire.navigation import steps
from fbss_app.domain.questionnaire.scoring import ScoreReason, score_result

HOW_OFTEN = ["not-at-all", "several-days", "more-than-half", "nearly-every-day"]
PHQ_4 = ["phq-4-nervous", "phq-4-worry", "phq-4-interest", "phq-4-down"]
STATEMENTS = [f"statement-{number}" for number in range(1, 25)]
DECLINED = {"absent": "asked-declined"}


@pytest.fixture(scope="module")
def definition() -> Questionnaire:
    return load_questionnaire(BUILT_IN_FOLDER / "after-back-surgery.yaml")


def shown(definition: Questionnaire, answers: dict[str, Any], name: str) -> str | None:
    return score_result(Evaluation(definition, answers), name).shown


def peg(*numbers: int) -> dict[str, Any]:
    return dict(zip(("peg-pain", "peg-enjoyment", "peg-activity"), numbers, strict=False))


def phq_4(*points: int) -> dict[str, Any]:
    given = {link_id: HOW_OFTEN[each] for link_id, each in zip(PHQ_4, points, strict=False)}
    return {"phq-4-wanted": "yes", **given}


def rmdq(*statements: str) -> dict[str, Any]:
    return {"rmdq-wanted": "yes", "rmdq-statements": list(statements)}


@pytest.mark.parametrize(
    ("numbers", "score"),
    [
        ((0, 0, 0), "0.0"),
        ((10, 10, 10), "10.0"),
        ((7, 6, 6), "6.3"),
        ((6, 7, 7), "6.7"),
        ((1, 0, 0), "0.3"),
        ((4, 5, 6), "5.0"),
    ],
)
def test_peg_is_the_mean_of_its_three_numbers(
    definition: Questionnaire, numbers: tuple[int, ...], score: str
) -> None:
    assert shown(definition, peg(*numbers), "peg") == score


@pytest.mark.parametrize("numbers", [(), (7,), (7, 6)])
def test_peg_has_no_score_when_a_number_is_missing(
    definition: Questionnaire, numbers: tuple[int, ...]
) -> None:
    result = score_result(Evaluation(definition, peg(*numbers)), "peg")
    assert (result.shown, result.reason) == (None, ScoreReason.TOO_FEW_ANSWERS)


@pytest.mark.parametrize(
    ("statements", "score"),
    [
        (STATEMENTS, "24"),
        (STATEMENTS[:1], "1"),
        (STATEMENTS[3:14], "11"),
        (["none"], "0"),
    ],
)
def test_rmdq_counts_the_sentences_that_are_true(
    definition: Questionnaire, statements: list[str], score: str
) -> None:
    assert shown(definition, rmdq(*statements), "rmdq") == score


@pytest.mark.parametrize("statement", STATEMENTS)
def test_each_sentence_of_the_rmdq_counts_one(definition: Questionnaire, statement: str) -> None:
    assert shown(definition, rmdq(statement), "rmdq") == "1"


def test_an_rmdq_that_nobody_answered_is_no_zero(definition: Questionnaire) -> None:
    result = score_result(Evaluation(definition, {"rmdq-wanted": "yes"}), "rmdq")
    assert (result.shown, result.reason) == (None, ScoreReason.TOO_FEW_ANSWERS)


@pytest.mark.parametrize(
    ("points", "scores"),
    [
        ((0, 0, 0, 0), ("0", "0", "0")),
        ((3, 3, 3, 3), ("12", "6", "6")),
        ((1, 2, 0, 0), ("3", "3", "0")),
        ((0, 0, 1, 2), ("3", "0", "3")),
        ((2, 0, 1, 1), ("4", "2", "2")),
    ],
)
def test_phq_4_is_the_sum_of_its_points_and_of_either_half(
    definition: Questionnaire, points: tuple[int, ...], scores: tuple[str, ...]
) -> None:
    names = ("phq-4", "phq-4-first-two", "phq-4-last-two")
    assert tuple(shown(definition, phq_4(*points), name) for name in names) == scores


@pytest.mark.parametrize("declined", PHQ_4)
def test_a_declined_question_leaves_no_total_and_not_its_own_half(
    definition: Questionnaire, declined: str
) -> None:
    answers = phq_4(1, 1, 1, 1) | {declined: DECLINED}
    first = declined in PHQ_4[:2]
    assert shown(definition, answers, "phq-4") is None
    assert shown(definition, answers, "phq-4-first-two") == (None if first else "2")
    assert shown(definition, answers, "phq-4-last-two") == ("2" if first else None)


@pytest.mark.parametrize(
    ("points", "offered"),
    [
        ((0, 0, 0, 0), False),
        ((2, 0, 0, 0), False),
        ((2, 0, 2, 0), False),
        ((1, 1, 1, 1), False),
        ((3, 0, 0, 0), True),
        ((2, 1, 0, 0), True),
        ((0, 0, 1, 2), True),
        ((0, 0, 0, 3), True),
        ((3, 3, 3, 3), True),
    ],
)
def test_help_is_offered_from_three_points_in_either_half(
    definition: Questionnaire, points: tuple[int, ...], offered: bool
) -> None:
    assert Evaluation(definition, phq_4(*points)).enabled("phq-4-support") == offered


def test_help_is_offered_from_a_total_of_six_and_not_of_five(definition: Questionnaire) -> None:
    condition = definition.condition["phq-4-offers-support"].model_dump(mode="json")
    lines = {
        each["compare"]["score"]: (each["operator"], each["than"]) for each in condition["any"]
    }
    assert lines == {
        "phq-4": (">=", 6),
        "phq-4-first-two": (">=", 3),
        "phq-4-last-two": (">=", 3),
    }
    # A total of 5 has a half of 3 or more too, so the line of the total decides nothing alone.
    assert Evaluation(definition, phq_4(3, 0, 2, 0)).enabled("phq-4-support")


def test_help_is_offered_by_one_half_when_the_other_was_declined(
    definition: Questionnaire,
) -> None:
    answers = phq_4(3, 3) | dict.fromkeys(PHQ_4[2:], DECLINED)
    assert Evaluation(definition, answers).enabled("phq-4-support")
    nothing = phq_4() | dict.fromkeys(PHQ_4, DECLINED)
    assert not Evaluation(definition, nothing).enabled("phq-4-support")


def test_the_page_of_help_offers_the_crisis_line(definition: Questionnaire) -> None:
    page = definition.find("phq-4-support")
    assert page
    assert page.type is ItemType.DISPLAY
    assert page.service is Service.CRISIS
    assert "doctor" in (page.detail or "")


def keys(definition: Questionnaire, answers: dict[str, Any]) -> set[str]:
    return {step.key for step in steps(Evaluation(definition, answers))}


def test_optional_parts_are_asked_only_when_wanted(definition: Questionnaire) -> None:
    for given in ({}, {"rmdq-wanted": "not-now", "phq-4-wanted": "not-now"}):
        asked = keys(definition, given)
        assert {"rmdq-wanted", "phq-4-wanted"} <= asked
        assert not asked & {"rmdq-statements", *PHQ_4, "phq-4-support"}
    assert "rmdq-statements" in keys(definition, {"rmdq-wanted": "yes"})
    assert set(PHQ_4) <= keys(definition, {"phq-4-wanted": "yes"})


def test_a_part_given_up_again_has_no_score_and_offers_no_page(definition: Questionnaire) -> None:
    answers = phq_4(3, 3, 3, 3) | rmdq(*STATEMENTS)
    answers |= {"phq-4-wanted": "not-now", "rmdq-wanted": "not-now"}
    evaluation = Evaluation(definition, answers)
    for name in ("rmdq", "phq-4", "phq-4-first-two", "phq-4-last-two"):
        assert score_result(evaluation, name).reason is ScoreReason.NOT_ASKED
    assert not evaluation.enabled("phq-4-support")


def test_no_score_mixes_instruments(definition: Questionnaire) -> None:
    assert {score.name for score in definition.score} == {
        *("peg", "rmdq", "phq-4", "phq-4-first-two", "phq-4-last-two"),
    }


def test_a_score_says_its_scale_and_judges_nothing(definition: Questionnaire) -> None:
    for score in definition.score:
        assert score.minimum == 0
        assert score.maximum
        assert score.meaning
        for word in ("severe", "mild", "moderate", "normal", "high risk", "disorder"):
            assert word not in score.meaning.lower()
