"""The items of a standard for decision aids, and how far this app meets each (IPDAS version 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pydantic import PositiveInt, model_validator

from fbss_app.domain.decision_aid.inline import Link
from fbss_app.domain.questionnaire.base import Definition, Words


class Part(StrEnum):
    """What an item is for, declared in the order of showing."""

    QUALIFYING = "qualifying"
    CERTIFICATION = "certification"
    QUALITY = "quality"


# How many items each part of the standard has (experience-standards 1.1).
PART_SIZES = {Part.QUALIFYING: 6, Part.CERTIFICATION: 10, Part.QUALITY: 28}


class Result(StrEnum):
    """How far the app meets an item, judged by its makers."""

    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not-yet"
    DOES_NOT_APPLY = "does-not-apply"


class StandardItem(Definition):
    """One item in our own words, or several alike that are told as one.

    Attributes:
        part: What the item is for.
        number: Its number within the part, from 1.
        through: The last number, where several items are told as one.
        asks: What it asks of a decision aid.
        result: How far the app meets it.
        says: How the app meets it, or what is missing.
        where: The pages that show it.
    """

    part: Part
    number: PositiveInt
    through: PositiveInt | None = None
    asks: Words
    result: Result
    says: Words
    where: tuple[Link, ...] = ()

    @model_validator(mode="after")
    def _shows_where_it_is_met(self) -> Self:
        if self.result in {Result.MET, Result.PARTLY} and not self.where:
            raise ValueError("an item that is met, or partly met, names the page that shows it")
        if self.result is Result.DOES_NOT_APPLY and self.where:
            raise ValueError("an item that does not apply names no page")
        return self

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if self.through is not None and self.through <= self.number:
            raise ValueError("through is not larger than number")
        return self

    @property
    def numbers(self) -> range:
        """The numbers of the standard's items that this one tells about."""
        return range(self.number, (self.through or self.number) + 1)


@dataclass(frozen=True)
class Tally:
    """How many items of a part are met, of how many that apply."""

    met: int
    partly: int
    applying: int


def tally(items: Iterable[StandardItem], part: Part) -> Tally:
    """Count the items of one part by their results."""
    counts = dict.fromkeys(Result, 0)
    for item in items:
        if item.part is part:
            counts[item.result] += len(item.numbers)
    applying = sum(counts.values()) - counts[Result.DOES_NOT_APPLY]
    return Tally(counts[Result.MET], counts[Result.PARTLY], applying)
