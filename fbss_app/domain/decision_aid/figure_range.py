"""How far off a figure may be, or why nobody can say: one of the two belongs to every figure."""

import math
from typing import Annotated, Literal

from pydantic import Field, PositiveInt, StringConstraints

from fbss_app.domain.questionnaire.base import Definition

# The 95 in 100 quantile of the normal distribution, both sides.
_Z = 1.959964


class SampleRange(Definition):
    """The range follows from the number of people counted (Wilson's 95% interval)."""

    kind: Literal["sample"]
    people: PositiveInt
    about: bool = False


class SourceRange(Definition):
    """The source reports the range, or several studies span it."""

    kind: Literal["reported", "studies"]


class NoRange(Definition):
    """No range can be given.

    Attributes:
        source: Completes "We cannot give a range: what we read ..." with what is left out there.
    """

    kind: Literal["none"]
    source: Annotated[str, StringConstraints(pattern=r"^does not [^.]*[^. ]$")]


Range = Annotated[SampleRange | SourceRange | NoRange, Field(discriminator="kind")]


def check_bounds(range_: Range, low: int | None, high: int | None) -> None:
    """See that a figure has both bounds or the reason why it has none.

    Raises:
        ValueError: A bound is missing, or stands beside the reason why there is none.
    """
    if (low is None) != (high is None) or isinstance(range_, NoRange) != (low is None):
        raise ValueError(
            "give low and high, or a range of the kind none that says what the source leaves out"
        )


def wilson_range(n: int, denominator: int, people: int) -> tuple[int, int]:
    """Give the range that a count has because only so many people were counted.

    Args:
        n: How many out of the denominator.
        denominator: 100 or 1,000.
        people: How many people were counted in truth.

    Returns:
        The bounds of Wilson's 95% interval, rounded outwards, out of the denominator.
    """
    share = n / denominator
    spread = _Z**2 / people
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / people + spread / (4 * people)) / (1 + spread)
    low = math.floor((middle - half) * denominator + 1e-9)
    high = math.ceil((middle + half) * denominator - 1e-9)
    return max(low, 0), min(high, denominator)
