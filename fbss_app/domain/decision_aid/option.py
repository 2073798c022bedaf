"""One option that people discuss with their team; all options have the same parts in one order.

Nothing here may depend on a person's answers: all people see all options alike.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from fbss_app.domain.decision_aid.certainty import Certainty
from fbss_app.domain.decision_aid.prose import Block
from fbss_app.domain.decision_aid.source import SourceId
from fbss_app.domain.questionnaire.base import Definition, Kebab, Words

# A long title fills a phone's screen before the text begins.
Title = Annotated[str, StringConstraints(min_length=1, max_length=65)]


class Family(StrEnum):
    """The group that an option is shown in, declared in the order of showing."""

    NO_CHANGE = "no-change"
    NON_SURGICAL = "non-surgical"
    IN_BETWEEN = "in-between"
    SURGICAL = "surgical"


class SectionTitle(StrEnum):
    """The parts of every option page, declared in the order of showing."""

    WHAT_IT_IS = "What it is"
    WHAT_HAPPENS = "What happens"
    FOR_WHOM = "Who it is usually considered for"
    HELP = "What may help"
    HARM = "What may go wrong"
    DAILY_LIFE = "What it is like"
    OTHER_CHOICES = "Other choices"
    CERTAINTY = "How sure we are"


class Section(Definition):
    """One part of an option page; none may be empty."""

    title: SectionTitle
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]


class Option(Definition):
    """A choice, with what may help and what may go wrong in equal detail."""

    id: Kebab
    dossier: Annotated[str, StringConstraints(pattern=r"^(none|[NDV][1-9])$")]
    family: Family
    title: Title
    summary: Words
    order: PositiveInt
    certainty: Certainty
    sources: tuple[SourceId, ...]
    reviewed_on: date
    sections: tuple[Section, ...]

    @model_validator(mode="after")
    def _has_every_section_in_order(self) -> Self:
        if [section.title for section in self.sections] != list(SectionTitle):
            raise ValueError("the sections are not the fixed ones in their order")
        return self

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything in the body, in the order of reading."""
        return tuple(block for section in self.sections for block in section.blocks)

    def section(self, title: SectionTitle) -> Section:
        """Return one part of the page."""
        return next(section for section in self.sections if section.title == title)
