"""One option that people discuss with their team; all options have the same parts in one order.

Nothing here may depend on a person's answers: all people see all options alike.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, PositiveInt, StringConstraints, model_validator

from fbss_app.domain.decision_aid.certainty import Certainty
from fbss_app.domain.decision_aid.prose import Block, shown_figures
from fbss_app.domain.decision_aid.source import SourceId
from fbss_app.domain.questionnaire.base import Definition, Kebab, Words

# A long title fills a phone's screen before the text begins.
Title = Annotated[str, StringConstraints(min_length=1, max_length=65)]
# More does not fit a column of a table on a phone.
_WORDS_SIDE_BY_SIDE = 20


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


def _is_short(words: str) -> str:
    if len(words.split()) > _WORDS_SIDE_BY_SIDE:
        raise ValueError(f"these are more than {_WORDS_SIDE_BY_SIDE} words")
    return words


FewWords = Annotated[Words, AfterValidator(_is_short)]


class Outcome(Definition):
    """One thing that may come of an option: a figure, or words where there is no good one.

    Attributes:
        figure: The id of a figure that the option's page shows.
        words: What is said in place of a figure.
        about: Which outcome it is, where that is not plain.
    """

    figure: Kebab | None = None
    words: FewWords | None = None
    about: FewWords | None = None

    @model_validator(mode="after")
    def _is_a_figure_or_words(self) -> Self:
        if (self.figure is None) == (self.words is None):
            raise ValueError("give either a figure or words")
        return self


class Comparison(Definition):
    """What is said of every option where options stand side by side, in the same few words.

    Attributes:
        operation: Whether it takes one.
        may_help: The main thing that may get better.
        may_go_wrong: The main thing that may get worse.
        getting_over_it: How long it takes to recover, and from what.
        undo: Whether it can be stopped or undone.
        effort: What it asks for in daily life.
    """

    operation: FewWords
    may_help: Outcome
    may_go_wrong: Outcome
    getting_over_it: FewWords
    undo: FewWords
    effort: FewWords


class Option(Definition):
    """A choice, with what may help and what may go wrong in equal detail."""

    id: Kebab
    dossier: Annotated[str, StringConstraints(pattern=r"^(none|[NDV][1-9][a-z]?)$")]
    family: Family
    title: Title
    summary: Words
    order: PositiveInt
    certainty: Certainty
    compare: Comparison
    sources: tuple[SourceId, ...]
    reviewed_on: date
    sections: tuple[Section, ...]

    @model_validator(mode="after")
    def _has_every_section_in_order(self) -> Self:
        if [section.title for section in self.sections] != list(SectionTitle):
            raise ValueError("the sections are not the fixed ones in their order")
        return self

    @model_validator(mode="after")
    def _explains_what_it_compares(self) -> Self:
        shown = shown_figures(self.blocks)
        for outcome in (self.compare.may_help, self.compare.may_go_wrong):
            if outcome.figure and outcome.figure not in shown:
                raise ValueError(f"compare has {outcome.figure}, which the page does not show")
        return self

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything in the body, in the order of reading."""
        return tuple(block for section in self.sections for block in section.blocks)

    def section(self, title: SectionTitle) -> Section:
        """Return one part of the page."""
        return next(section for section in self.sections if section.title == title)
