"""Turns an expression into the JavaScript that the phone runs.

Every expression has two interpreters: `Evaluation` in Python and, through `to_var`, a Reflex Var
that calls the functions of `evaluation.js`. tests/patient/test_parity.py proves that both agree.
"""

from collections.abc import Iterable
from typing import Any

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData
from reflex.vars.function import FunctionStringVar

from fbss_app.domain.questionnaire.expressions import (
    AllOf,
    AnyOf,
    ConditionReference,
    Count,
    CountAnswers,
    EnableWhen,
    Expression,
    Mean,
    Not,
    NumberComparison,
    ScoreReference,
    Sum,
    YearsSince,
)

RUNTIME = "./rules/evaluation.js"

_EVALUATION = rx.Var("evaluation")
_PLACE = rx.Var("place")


def _call(name: str, *args: Any) -> rx.Var[Any]:
    data = VarData(imports={RUNTIME: [ImportVar(tag=name)]})
    return FunctionStringVar.create(name, _var_data=data).call(*args)


def _ask(name: str, *args: Any) -> rx.Var[Any]:
    return _call(name, _EVALUATION, _PLACE, *args)


def _all(parts: Iterable[Expression]) -> list[rx.Var[Any]]:
    return [to_var(part) for part in parts]


def to_var(expression: Expression) -> rx.Var[Any]:
    """Compile an expression into JavaScript over `evaluation` and `place`.

    Args:
        expression: A condition or a number.

    Returns:
        A Var that names the functions it needs in its imports. A number that is not known is null.
    """
    match expression:
        case EnableWhen(question=question, operator=operator, answer=answer):
            return _ask("compare", question, operator.value, answer)
        case AllOf(all=several):
            return _call("allOf", *_all(several))
        case AnyOf(any=several):
            return _call("anyOf", *_all(several))
        case Not(not_=part):
            return _call("not", to_var(part))
        case ConditionReference(condition=name):
            return _ask("condition", name)
        case NumberComparison(compare=number, operator=operator, than=than):
            other = than if isinstance(than, int | float) else to_var(than)
            return _call("compareNumber", to_var(number), operator.value, other)
        case Count(count=several):
            return _call("countTrue", *_all(several))
        case CountAnswers(count_answers=question):
            return _ask("countAnswers", question)
        case Sum(sum=questions, at_least=at_least):
            return _ask("sum", list(questions), at_least or len(questions))
        case Mean(mean=questions, at_least=at_least):
            return _ask("mean", list(questions), at_least or len(questions))
        case YearsSince(years_since=question):
            return _ask("yearsSince", question)
        case ScoreReference(score=name):
            return _ask("score", name)
