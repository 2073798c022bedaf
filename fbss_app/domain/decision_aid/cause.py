"""A reason that a specialist may consider; all causes have the same parts in one order.

Nothing here may depend on a person's answers, and no page may say which cause a reader has.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from fbss_app.domain.decision_aid.option import Title
from fbss_app.domain.decision_aid.prose import Block
from fbss_app.domain.decision_aid.source import SourceId
from fbss_app.domain.questionnaire.base import Definition, Kebab, Words


class Phase(StrEnum):
    """When a cause began, declared in the order of showing."""

    BEFORE = "before"
    LINKED = "linked"
    AFTER = "after"


_PHASE_BY_LETTER = {"P": Phase.BEFORE, "O": Phase.LINKED, "A": Phase.AFTER}


class CauseSectionTitle(StrEnum):
    """The parts of every cause's page, declared in the order of showing."""

    WHAT_IT_IS = "What it is"
    WHAT_PEOPLE_NOTICE = "What people typically notice"
    TESTS = "Tests a specialist may use"
    LEADS_TO = "What it may lead to"
    HOW_OFTEN = "How often it was found"


class CauseSection(Definition):
    """One part of a cause's page; none may be empty."""

    title: CauseSectionTitle
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]


# At most two short lines beside a drawing that is as wide as a phone's column.
LabelWords = Annotated[str, StringConstraints(min_length=1, max_length=32)]


class CauseDrawing(Definition):
    """Which drawing shows the cause, and the words that go with it.

    Attributes:
        name: The drawing.
        shows: What there is to see, for people who look at it and for those who hear it.
        labels: What each label says, by what it names.
    """

    name: Kebab
    shows: Words
    labels: Annotated[Mapping[Kebab, LabelWords], Field(min_length=2, max_length=4)]


class Cause(Definition):
    """A reason for pain after back surgery, as a specialist may consider it.

    Attributes:
        dossier: Its place in the list of causes: P before, O linked to, A after the operation.
        drawing: Its picture; None where a drawing would not make it clearer.
    """

    id: Kebab
    dossier: Annotated[str, StringConstraints(pattern=r"^([PO][1-9]|A([1-9]|10))$")]
    title: Title
    summary: Words
    order: PositiveInt
    drawing: CauseDrawing | None = None
    sources: tuple[SourceId, ...]
    reviewed_on: date
    sections: tuple[CauseSection, ...]

    @model_validator(mode="after")
    def _has_every_section_in_order(self) -> Self:
        if [section.title for section in self.sections] != list(CauseSectionTitle):
            raise ValueError("the sections are not the fixed ones in their order")
        return self

    @property
    def phase(self) -> Phase:
        """When the cause began, seen from the operation."""
        return _PHASE_BY_LETTER[self.dossier[0]]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything in the body, in the order of reading."""
        return tuple(block for section in self.sections for block in section.blocks)
