"""A figure with all that it takes to be read rightly: range, time, people, comparison, source.

The parts follow what IPDAS asks of probabilities (experience-standards DA-P1 to DA-P7): a natural
frequency out of 100 or 1,000, both sides, the range, who it is about, and how sure it is.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from fbss_app.domain.decision_aid.certainty import Certainty
from fbss_app.domain.decision_aid.figure_range import (
    NoRange,
    Range,
    SampleRange,
    check_bounds,
    wilson_range,
)
from fbss_app.domain.decision_aid.source import SourceId
from fbss_app.domain.questionnaire.base import Definition, Kebab, Words

# Of a time that was not in what was read of the source.
NOT_SEEN = "not-seen"


class Against(Definition):
    """What the figure is compared with, and the count there if one was seen."""

    label: Words
    n: NonNegativeInt | None = None
    does: Words = "did"


class NoComparison(Definition):
    """Why there is nothing to compare with."""

    none: Words


class _Evidence(Definition):
    """What every figure has, of whatever kind."""

    id: Kebab
    range: Range
    horizon: Words
    population: Words
    comparison: Against | NoComparison
    certainty: Certainty
    rated_by: Literal["review", "us"]
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    reviewed_on: date
    note: Words | None = None

    @model_validator(mode="after")
    def _has_one_certainty(self) -> Self:
        if self.certainty is Certainty.MIXED:
            raise ValueError("a single figure has one certainty, not a mixed one")
        return self

    @property
    def has_picture(self) -> bool:
        """Whether it may be drawn.

        Numbers that are hardly known, or that could be off by who knows how much, must not look
        exact (DA-C5, DA-P6).
        """
        return self.certainty is not Certainty.VERY_LOW and not isinstance(self.range, NoRange)


class _Frequency(_Evidence):
    """How many people out of 100 or 1,000 something happened to."""

    unit: Literal["people", "operations"]
    group: Words | None = None
    outcome: Words
    otherwise: Words
    denominator: Literal[100, 1000]
    extra: bool = False

    @model_validator(mode="after")
    def _is_compared_out_of_the_same(self) -> Self:
        if isinstance(self.comparison, Against) and (self.comparison.n or 0) > self.denominator:
            raise ValueError("the count compared with is larger than the denominator")
        return self

    @model_validator(mode="after")
    def _is_more_than_something(self) -> Self:
        if self.extra and isinstance(self.comparison, NoComparison):
            raise ValueError("`extra` people need something that they are more than")
        return self


class Share(_Frequency):
    """One best estimate and its range: 48 out of 100, 35 to 62."""

    kind: Literal["share"]
    n: NonNegativeInt
    low: NonNegativeInt | None = None
    high: NonNegativeInt | None = None

    @model_validator(mode="after")
    def _lies_in_its_range(self) -> Self:
        check_bounds(self.range, self.low, self.high)
        low = self.n if self.low is None else self.low
        high = self.n if self.high is None else self.high
        _check_order(low, high, self.denominator)
        if not low <= self.n <= high:
            raise ValueError("n does not lie between low and high")
        if isinstance(self.range, SampleRange):
            expected = wilson_range(self.n, self.denominator, self.range.people)
            if (low, high) != expected:
                raise ValueError(f"the range for so many people is {expected[0]} to {expected[1]}")
        return self


class Spread(_Frequency):
    """The lowest and the highest of several studies, without a best estimate between them.

    `of` names what there are several of, if not studies.
    """

    kind: Literal["spread"]
    of: Words = "several studies"
    low: NonNegativeInt
    high: NonNegativeInt

    @model_validator(mode="after")
    def _spans_studies(self) -> Self:
        if self.range.kind != "studies":
            raise ValueError("the range of a spread is that of several studies")
        _check_order(self.low, self.high, self.denominator)
        return self


class Difference(_Evidence):
    """By how many points groups differed on a scale."""

    kind: Literal["difference"]
    measure: Words
    points: PositiveInt
    direction: Literal["lower", "higher", "better", "worse"]
    scale: tuple[NonNegativeInt, PositiveInt]
    low: NonNegativeInt | None = None
    high: NonNegativeInt | None = None
    matters_from: PositiveInt | None = None

    @model_validator(mode="after")
    def _has_a_range_or_says_so(self) -> Self:
        if isinstance(self.range, SampleRange):
            raise ValueError("the number of people does not give the range of a difference")
        check_bounds(self.range, self.low, self.high)
        low = self.points if self.low is None else self.low
        high = self.points if self.high is None else self.high
        if not low <= self.points <= high:
            raise ValueError("points does not lie between low and high")
        return self

    @model_validator(mode="after")
    def _is_a_difference_from_something(self) -> Self:
        if isinstance(self.comparison, NoComparison):
            raise ValueError("a difference needs something that it differs from")
        if self.points > self.scale[1] - self.scale[0]:
            raise ValueError("points is larger than the scale")
        return self


Frequency = Share | Spread
Figure = Annotated[Share | Spread | Difference, Field(discriminator="kind")]


def _check_order(low: int, high: int, denominator: int) -> None:
    if not low <= high <= denominator:
        raise ValueError("low, high and the denominator are not in this order")
