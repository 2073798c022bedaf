"""Conditions and numbers as data: the whole expression language, with no idea how it is evaluated.

An expression is told apart by its keys: `{all: [...]}`, `{question, operator, answer}` and so on.
`evaluate.py` runs it here; the phone runs the same data compiled to JavaScript.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, cast

from pydantic import Discriminator, Field, StrictBool, StrictStr, Tag

from fbss_app.domain.questionnaire.base import Definition, Kebab, Name, Number

NOT_SURE = "not-sure"


class Operator(StrEnum):
    """FHIR R4 `questionnaire-enable-operator`."""

    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    GREATER_OR_EQUAL = ">="
    LESS_OR_EQUAL = "<="


Operand = StrictBool | Number | StrictStr


class EnableWhen(Definition):
    """Compares the answers to one question with a fixed value."""

    question: Kebab
    operator: Operator
    answer: Operand


class AllOf(Definition):
    """True when every part is."""

    all: tuple["BooleanExpression", ...] = Field(min_length=1)


class AnyOf(Definition):
    """True when at least one part is."""

    any: tuple["BooleanExpression", ...] = Field(min_length=1)


class Not(Definition):
    """True when its part is not. `not` is a word of Python's own, hence the underscore."""

    not_: "BooleanExpression" = Field(alias="not")


class ConditionReference(Definition):
    """Stands for a named condition of the questionnaire."""

    condition: Name


class NumberComparison(Definition):
    """Compares a number with another one; false while either is absent."""

    compare: "NumberExpression"
    operator: Operator
    than: "NumberOrExpression"


class Count(Definition):
    """How many of these conditions hold."""

    count: tuple["BooleanExpression", ...] = Field(min_length=1)


class CountAnswers(Definition):
    """How many options were chosen ("none of these" not counted), or occurrences answered."""

    count_answers: Kebab


class Sum(Definition):
    """The sum of the items' numbers; absent when fewer than `at_least` are known."""

    sum: tuple[Kebab, ...] = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=1)


class Mean(Definition):
    """The mean of the items' numbers; absent when fewer than `at_least` are known."""

    mean: tuple[Kebab, ...] = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=1)


class YearsSince(Definition):
    """Whole years from a date to today; absent while the date is not known.

    By year alone when only the year is known. Of several dates, the latest counts.
    """

    years_since: Kebab


class ScoreReference(Definition):
    """Stands for a named score of the questionnaire."""

    score: Name


_BOOLEAN_KINDS: dict[str, type[Definition]] = {
    "question": EnableWhen,
    "all": AllOf,
    "any": AnyOf,
    "not": Not,
    "condition": ConditionReference,
    "compare": NumberComparison,
}
_NUMBER_KINDS: dict[str, type[Definition]] = {
    "count": Count,
    "count_answers": CountAnswers,
    "sum": Sum,
    "mean": Mean,
    "years_since": YearsSince,
    "score": ScoreReference,
}


def _kind(value: Any, kinds: dict[str, type[Definition]]) -> str | None:
    """Name the class that a piece of data, or a ready expression, belongs to."""
    if isinstance(value, Mapping):
        keys = cast("Mapping[object, object]", value)
        return next((cls.__name__ for key, cls in kinds.items() if key in keys), None)
    name = type(value).__name__
    return name if any(cls.__name__ == name for cls in kinds.values()) else None


def _boolean_kind(value: Any) -> str | None:
    return _kind(value, _BOOLEAN_KINDS)


def _number_kind(value: Any) -> str | None:
    return _kind(value, _NUMBER_KINDS)


def _number_or_kind(value: Any) -> str | None:
    is_expression = isinstance(value, Mapping | Definition)
    return _number_kind(value) if is_expression else "Number"


def _rule_kind(value: Any) -> str | None:
    return _kind(value, {"question": EnableWhen, "condition": ConditionReference})


BooleanExpression = Annotated[
    Annotated[EnableWhen, Tag("EnableWhen")]
    | Annotated[AllOf, Tag("AllOf")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[Not, Tag("Not")]
    | Annotated[ConditionReference, Tag("ConditionReference")]
    | Annotated[NumberComparison, Tag("NumberComparison")],
    Discriminator(
        _boolean_kind,
        custom_error_type="expression_kind",
        custom_error_message="is not a condition: it needs one of the keys "
        "question, all, any, not, condition, compare",
    ),
]
_NumberKinds = (
    Annotated[Count, Tag("Count")]
    | Annotated[CountAnswers, Tag("CountAnswers")]
    | Annotated[Sum, Tag("Sum")]
    | Annotated[Mean, Tag("Mean")]
    | Annotated[YearsSince, Tag("YearsSince")]
    | Annotated[ScoreReference, Tag("ScoreReference")]
)
NumberExpression = Annotated[
    _NumberKinds,
    Discriminator(
        _number_kind,
        custom_error_type="expression_kind",
        custom_error_message="is not a number: it needs one of the keys "
        "count, count_answers, sum, mean, years_since, score",
    ),
]
NumberOrExpression = Annotated[
    Annotated[Number, Tag("Number")] | _NumberKinds,
    Discriminator(
        _number_or_kind,
        custom_error_type="expression_kind",
        custom_error_message="is not a number: write one, or one of the keys "
        "count, count_answers, sum, mean, years_since, score",
    ),
]
EnableRule = Annotated[
    Annotated[EnableWhen, Tag("EnableWhen")]
    | Annotated[ConditionReference, Tag("ConditionReference")],
    Discriminator(
        _rule_kind,
        custom_error_type="expression_kind",
        custom_error_message="is not a rule: it needs the keys question, operator and answer, "
        "or the key condition",
    ),
]
Expression = (
    EnableWhen
    | AllOf
    | AnyOf
    | Not
    | ConditionReference
    | NumberComparison
    | Count
    | CountAnswers
    | Sum
    | Mean
    | YearsSince
    | ScoreReference
)
FieldPath = tuple[str | int, ...]

for _model in (AllOf, AnyOf, Not, NumberComparison, Count):
    _model.model_rebuild()


def parts(expression: Expression) -> Iterator[tuple[FieldPath, Expression]]:
    """Yield an expression's direct parts with the field each stands in."""
    match expression:
        case AllOf(all=several):
            yield from ((("all", index), part) for index, part in enumerate(several))
        case AnyOf(any=several):
            yield from ((("any", index), part) for index, part in enumerate(several))
        case Count(count=several):
            yield from ((("count", index), part) for index, part in enumerate(several))
        case Not(not_=part):
            yield ("not",), part
        case NumberComparison(compare=part, than=than):
            yield ("compare",), part
            if isinstance(than, Definition):
                yield ("than",), than
        case _:
            return


def walk(expression: Expression, at: FieldPath = ()) -> Iterator[tuple[FieldPath, Expression]]:
    """Yield an expression and everything inside it, each with its field path."""
    yield at, expression
    for field, part in parts(expression):
        yield from walk(part, (*at, *field))


def questions_named(expression: Expression) -> tuple[str, ...]:
    """List the questions that an expression names itself, not counting its parts."""
    match expression:
        case (
            EnableWhen(question=link_id)
            | CountAnswers(count_answers=link_id)
            | YearsSince(years_since=link_id)
        ):
            return (link_id,)
        case Sum(sum=link_ids) | Mean(mean=link_ids):
            return link_ids
        case _:
            return ()
