"""What matters to people in the choice, and how each option does on it.

No number stands here and nothing is added up: which of these counts most is the person's to say.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from fbss_app.domain.questionnaire.base import Definition, Kebab, Words

MOST_WORDS = 15


class HowSure(StrEnum):
    """How sure we are of how an option does.

    `by-nature` is for what the option is, such as that an operation is one; the others are the
    steps that GRADE uses, that experts disagree, and that nothing is known.
    """

    BY_NATURE = "by-nature"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    EXPERTS_DISAGREE = "experts-disagree"
    NOT_KNOWN = "not-known"


def _few_words(text: str) -> str:
    if len(text.split()) > MOST_WORDS:
        raise ValueError(f"there are more than {MOST_WORDS} words")
    return text


class HowItDoes(Definition):
    """How one option does on one thing that matters, in few plain words."""

    words: Annotated[Words, AfterValidator(_few_words)]
    how_sure: HowSure


class Value(Definition):
    """One thing that can matter, and how every option does on it, by the option's id."""

    id: Kebab
    title: Words
    option: Mapping[Kebab, HowItDoes]


class Values(Definition):
    """All that can matter, in the order in which everyone is asked about it."""

    reviewed_on: date
    # So many differences can be weighed, and fewer would leave some out.
    value: Annotated[tuple[Value, ...], Field(min_length=5, max_length=9)]
