"""Scores as they are shown: rounded, or with the reason why there is no number."""

from collections.abc import Collection
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import NamedTuple

from fbss_app.domain.questionnaire import expressions as ex
from fbss_app.domain.questionnaire.answers import answer_key
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire, Score


class ScoreReason(StrEnum):
    """Why a score has no number."""

    NOT_ASKED = "not-asked"
    TOO_FEW_ANSWERS = "too-few-answers"


class ScoreResult(NamedTuple):
    """A score's number, as worked out and as shown, or why it has none.

    It is a self-report only where no answer behind it is another person's.
    """

    score: Score
    value: int | float | None
    shown: str | None
    reason: ScoreReason | None
    is_self_report: bool = True


def round_half_up(number: float, decimals: int) -> str:
    """Round as people do on paper: on the digits the number is written with, a half goes up.

    Binary rounding would show 2.675 as 2.67. In JavaScript the same digits come from
    `Number(Math.round(n + "e" + d) + "e-" + d).toFixed(d)`.
    """
    shifted = Decimal(repr(number)).scaleb(decimals)
    rounded = (shifted + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    return f"{rounded.scaleb(-decimals) + 0:.{decimals}f}"


def score_result(
    evaluation: Evaluation, name: str, by_proxy: Collection[str] = frozenset()
) -> ScoreResult:
    """Work out a score for showing.

    Args:
        evaluation: The answers.
        name: The score.
        by_proxy: The keys of the answers that somebody else gave for the patient.
    """
    score = evaluation.questionnaire.scores[name]
    value = evaluation.score(name)
    behind = [
        (link_id, path)
        for link_id in questions_behind(evaluation.questionnaire, score.value)
        for path in evaluation.paths(link_id)
        if evaluation.enabled(link_id, path)
    ]
    is_self_report = not any(
        answer_key(*place) in by_proxy and evaluation.answer(*place) is not None for place in behind
    )
    if value is not None:
        shown = round_half_up(value, score.decimals)
        return ScoreResult(score, value, shown, None, is_self_report)
    reason = ScoreReason.TOO_FEW_ANSWERS if behind else ScoreReason.NOT_ASKED
    return ScoreResult(score, None, None, reason, is_self_report)


def questions_behind(questionnaire: Questionnaire, expression: ex.Expression) -> list[str]:
    """List the questions an expression looks at, through named conditions and scores too."""
    found: dict[str, None] = {}
    seen: set[tuple[str, str]] = set()
    todo: list[ex.Expression] = [expression]
    while todo:
        for _, part in ex.walk(todo.pop()):
            match part:
                case ex.ConditionReference(condition=name) if ("condition", name) not in seen:
                    seen.add(("condition", name))
                    if name in questionnaire.condition:
                        todo.append(questionnaire.condition[name])
                case ex.ScoreReference(score=name) if ("score", name) not in seen:
                    seen.add(("score", name))
                    if name in questionnaire.scores:
                        todo.append(questionnaire.scores[name].value)
                case _:
                    found.update(dict.fromkeys(ex.questions_named(part)))
    return list(found)
