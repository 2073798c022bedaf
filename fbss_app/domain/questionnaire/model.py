"""The questionnaire definition, in FHIR R4's vocabulary. Says what is there; evaluates nothing.

What a type can refuse is refused here; what takes the whole definition, in `definition_checks.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from fbss_app.domain.questionnaire.answers import OTHER, AbsentReason, Perspective
from fbss_app.domain.questionnaire.base import Definition, Kebab, Name, Number, PageLink, Words
from fbss_app.domain.questionnaire.expressions import (
    BooleanExpression,
    EnableRule,
    NumberExpression,
)
from fbss_app.domain.questionnaire.stage import Stage
from fbss_app.domain.questionnaire.summary_block import SummaryBlock
from fbss_app.domain.questionnaire.vocabulary import (
    AppRole,
    EnableBehavior,
    ItemControl,
    ItemType,
    Service,
    Status,
    Urgency,
)

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]


NUMBERS = frozenset({ItemType.INTEGER, ItemType.DECIMAL})
CHOICES = frozenset({ItemType.CHOICE, ItemType.OPEN_CHOICE})
WRITTEN = frozenset({ItemType.STRING, ItemType.TEXT})
ABOUT_A_DEVICE = (AppRole.DEVICE_OWNER, AppRole.AUTHOR, AppRole.RELATIONSHIP)


class Coding(Definition):
    """A code in a terminology such as LOINC."""

    system: Words
    code: Words
    display: Words | None = None


class Unit(Definition):
    """A unit as shown, and its UCUM code."""

    display: Words
    code: Words | None = None


class AnswerOption(Definition):
    """One thing that can be chosen."""

    code: Kebab
    display: Words
    helper_display: Words | None = None
    paper_display: Words | None = None
    short_display: Words | None = None
    hint: Words | None = None
    group: Words | None = None
    exclusive: bool = False
    ordinal_value: Number | None = None
    perspective: Perspective | None = None

    @property
    def title(self) -> str:
        """The words that name a repetition of the group that repeats for this option."""
        return self.short_display or self.display


OTHER_OPTION = AnswerOption(code=OTHER, display="Something else")


class Item(Definition):
    """A question, a text to read, or a group of items."""

    link_id: Kebab
    type: ItemType
    text: Words
    helper_text: Words | None = None
    paper_text: Words | None = None
    short_text: Words | None = None
    prefix: Words | None = None
    hint: Words | None = None
    helper_hint: Words | None = None
    paper_hint: Words | None = None
    why: Words | None = None
    helper_why: Words | None = None
    detail: Words | None = None
    helper_detail: Words | None = None
    paper_detail: Words | None = None
    paper_only_if: Words | None = None
    on_paper: bool = True
    optional_part: bool = False
    required: bool = True
    repeats: bool = False
    repeats_for: Kebab | None = None
    min_value: Number | str | None = None
    max_value: Number | str | None = None
    max_length: int | None = Field(default=None, ge=1)
    max_decimal_places: int | None = Field(default=None, ge=0, le=10)
    min_occurs: int | None = Field(default=None, ge=0)
    max_occurs: int | None = Field(default=None, ge=1)
    unit: Unit | None = None
    not_sure: Words | None = None
    absent_reason: AbsentReason = AbsentReason.ASKED_UNKNOWN
    missing: Words | None = None
    helper_missing: Words | None = None
    answer_option: tuple[AnswerOption, ...] = ()
    options_from: Kebab | None = None
    suggestions: Kebab | None = None
    item_control: ItemControl | None = None
    low_label: Words | None = None
    high_label: Words | None = None
    enable_when: tuple[EnableRule, ...] = ()
    enable_behavior: EnableBehavior | None = None
    code: tuple[Coding, ...] = ()
    app_role: AppRole | None = None
    unobservable: bool = False
    sensitive: bool = False
    service: Service | None = None
    link: PageLink | None = None
    instrument: Kebab | None = None
    source: Words | None = None
    item: tuple["Item", ...] = ()

    @property
    def label(self) -> str:
        """The wording for the list of answers and the summary."""
        return self.short_text or self.text

    @property
    def control(self) -> ItemControl | None:
        """The look asked for, or the usual one of the type; none for a group or a text to read."""
        if self.item_control:
            return self.item_control
        if self.type in CHOICES:
            return ItemControl.CHECK_BOX if self.repeats else ItemControl.RADIO
        return _USUAL_CONTROL.get(self.type)

    @property
    def length_limit(self) -> int:
        """The most characters a written answer may have."""
        return self.max_length or (2000 if self.type is ItemType.TEXT else 200)

    @property
    def least_occurs(self) -> int:
        """How many occurrences are asked for; without `min_occurs`, one when required."""
        return (1 if self.required else 0) if self.min_occurs is None else self.min_occurs

    def option(self, code: object) -> AnswerOption | None:
        """Find the option with this code."""
        return next((option for option in self.answer_option if option.code == code), None)


_USUAL_CONTROL = {
    ItemType.BOOLEAN: ItemControl.RADIO,
    ItemType.INTEGER: ItemControl.TEXT_BOX,
    ItemType.DECIMAL: ItemControl.TEXT_BOX,
    ItemType.STRING: ItemControl.TEXT_BOX,
    ItemType.TEXT: ItemControl.TEXT_AREA,
    ItemType.DATE: ItemControl.DATE,
}


class Score(Definition):
    """A number worked out from the answers, with the words to show it by."""

    name: Name
    title: Words
    value: NumberExpression
    decimals: int = Field(default=0, ge=0, le=10)
    minimum: Number | None = None
    maximum: Number | None = None
    meaning: Words | None = None
    source: Words | None = None
    code: tuple[Coding, ...] = ()


class Instrument(Definition):
    """Where a set of questions comes from: a published instrument, or one of our own."""

    name: Kebab
    version: Words
    title: Words
    licence: Words
    credit: Words | None = None
    recall_period: Words
    source: Words
    code: tuple[Coding, ...] = ()


class InstrumentDefinition(Instrument):
    """An instrument with its questions, conditions and scores, for any questionnaire to use."""

    item: tuple[Item, ...] = Field(min_length=1)
    condition: dict[Name, BooleanExpression] = Field(default_factory=dict[str, BooleanExpression])
    score: tuple[Score, ...] = ()


class Interruption(Definition):
    """A page that asks whether an unusual answer is meant, right after it was given."""

    id: Kebab
    question: Kebab
    when: BooleanExpression
    heading: Words
    helper_heading: Words | None = None
    text: Words
    helper_text: Words | None = None


class RedFlag(Definition):
    """A finding that must not wait, with its one fixed text."""

    id: Identifier
    urgency: Urgency
    when: BooleanExpression
    heading: Words
    helper_heading: Words | None = None
    action: Words
    helper_action: Words | None = None
    paper_action: Words | None = None
    service: Service
    source: Words | None = None


class QuestionToAsk(Definition):
    """A question for the consultation; without `when` it is offered to everyone.

    The order in the definition is that of importance: the first that are offered are printed.
    """

    id: Identifier
    text: Words
    when: BooleanExpression | None = None
    because: Words | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """An item, its place in reading order and the groups around it, outermost first."""

    item: Item
    position: int
    ancestors: tuple[Item, ...]
    repeating: tuple[str, ...]

    @property
    def parent(self) -> Item | None:
        """The group directly around it."""
        return self.ancestors[-1] if self.ancestors else None


class Questionnaire(Definition):
    """A questionnaire: its sections, and the rules over their answers."""

    name: Annotated[Kebab, StringConstraints(max_length=64)]
    url: Words
    version: Words
    status: Status
    title: Words
    description: Words
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    language: Words = "en"
    copyright: Words | None = None
    source: Words | None = None
    instrument: tuple[Instrument, ...] = ()
    item: tuple[Item, ...] = Field(min_length=1)
    condition: dict[Name, BooleanExpression] = Field(default_factory=dict[str, BooleanExpression])
    score: tuple[Score, ...] = ()
    red_flag: tuple[RedFlag, ...] = ()
    interruption: tuple[Interruption, ...] = ()
    question_to_ask: tuple[QuestionToAsk, ...] = ()
    questions_printed: Annotated[int, Field(strict=True, ge=1, le=8)] = 5
    summary: tuple[SummaryBlock, ...] = ()
    stage: tuple[Stage, ...] = ()

    @cached_property
    def placements(self) -> dict[str, Placement]:
        """Every item by its link_id, in reading order; the first one wins where two share an id.

        A question with `options_from` stands here with every option that it can ever offer.
        """
        found: dict[str, Placement] = {}
        for position, (item, ancestors) in enumerate(_preorder(self._completed, ())):
            repeating = tuple(group.link_id for group in ancestors if group.repeats)
            found.setdefault(item.link_id, Placement(item, position, ancestors, repeating))
        return found

    @cached_property
    def _completed(self) -> tuple[Item, ...]:
        written = {item.link_id: item for item, _ in _preorder(self.item, ())}
        if not any(item.options_from for item in written.values()):
            return self.item
        return tuple(_complete(item, written) for item in self.item)

    @cached_property
    def roles(self) -> dict[AppRole, str]:
        """The question that has each role, by its link_id."""
        items = (placement.item for placement in self.placements.values())
        return {item.app_role: item.link_id for item in items if item.app_role}

    @cached_property
    def device_questions(self) -> frozenset[str]:
        """The questions about a device and who holds it, not about the patient."""
        return frozenset(self.roles[role] for role in ABOUT_A_DEVICE if role in self.roles)

    @cached_property
    def optional_parts(self) -> dict[str, str]:
        """What a clinic may leave out for its patients: the words for it, by link_id."""
        items = (placement.item for placement in self.placements.values())
        return {item.link_id: item.label for item in items if item.optional_part}

    @cached_property
    def scores(self) -> dict[str, Score]:
        """Every score by its name."""
        return {score.name: score for score in self.score}

    def find(self, link_id: str) -> Item | None:
        """Find an item anywhere in the questionnaire."""
        placement = self.placements.get(link_id)
        return placement.item if placement else None


def _preorder(
    items: tuple[Item, ...], ancestors: tuple[Item, ...]
) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    for item in items:
        yield item, ancestors
        yield from _preorder(item.item, (*ancestors, item))


def _complete(item: Item, written: dict[str, Item]) -> Item:
    changes: dict[str, object] = {}
    if item.options_from:
        changes["answer_option"] = _options_of(item, written, frozenset())
    if item.item:
        changes["item"] = tuple(_complete(inner, written) for inner in item.item)
    return item.model_copy(update=changes) if changes else item


def _options_of(
    item: Item, written: dict[str, Item], around: frozenset[str]
) -> tuple[AnswerOption, ...]:
    """List what a question can ever offer: the other question's options first, then its own."""
    source = written.get(item.options_from or "")
    if source is None or source.link_id in around:
        return item.answer_option
    inherited = [
        option
        for option in _options_of(source, written, around | {item.link_id})
        if not option.exclusive
    ]
    if source.type is ItemType.OPEN_CHOICE:
        inherited.append(OTHER_OPTION)
    return (*inherited, *item.answer_option)
