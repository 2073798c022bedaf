"""What a control needs to show one question and to report what is done to it.

The patient half builds a `QuestionView` over its browser store. Controls read the Vars and call the
handlers; they know nothing of the store behind them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from reflex.vars import ArrayVar, BooleanVar, NumberVar, ObjectVar, StringVar

from fbss_app.ui.events import Handler

# The form value of "Not sure" among radio buttons. It is FHIR's code for an answer that was asked
# for and is not known, so that no option of a questionnaire carries it.
NOT_SURE_VALUE = "asked-unknown"

# The form value of "Something else" in an open choice. The text beside it is the field `other`.
OTHER_VALUE = "other"


class OptionRow(TypedDict):
    """One choice: the code that is stored and the words that are shown."""

    value: str
    label: str
    hint: str
    group: str
    heading: str
    exclusive: bool


class Call(TypedDict):
    """A telephone number to call, and whose it is."""

    label: str
    number: str


class PageLink(TypedDict):
    """A page of the app, and the words that lead to it."""

    label: str
    href: str


class Draft(TypedDict):
    """The answer as typed so far, in the shape of the form fields."""

    value: str
    values: list[str]
    other: str
    day: str
    month: str
    year: str
    not_sure: bool


@dataclass(frozen=True)
class QuestionView:
    """One question as Vars, with the handlers that write its draft.

    Texts are "" and lists are empty where the question has none.

    Attributes:
        key: The answer key. It is the id of the first input, so that an error can link to it.
        link_id: The question's link id.
        text: The question.
        hint: One short sentence under the question.
        why: Why the question is asked.
        problem: What is wrong with the draft.
        options: The choices.
        low_label: The words at the low end of a scale.
        high_label: The words at the high end of a scale.
        unit: What a number counts, such as "weeks".
        numbers: The numbers of a scale, lowest first.
        not_sure: The label of the way out.
        suggestions: Words to offer while a text is typed.
        calls: Telephone numbers that belong to a text to read.
        links: Pages that belong to a text to read.
        credit: Whose words the question is in, as their owner wants it said.
        optional: Whether the question may be left unanswered.
        max_length: The greatest length of a text; 0 for no limit.
        detail: Paragraphs under the question.
        by_helper: Whether somebody else answers for the person.
        can_mask: Whether the question can be put aside, for the person alone to answer.
        draft: The answer so far.
        set_field: Gives the handler that writes `event.target.value` to a field of the draft.
        toggle: Gives the handler that adds a value to `values` or takes it out.
        set_flag: Gives the handler that writes `event.target.checked` to a field of the draft.
        mask: Puts the question aside.
    """

    key: StringVar
    link_id: StringVar
    text: StringVar
    hint: StringVar
    why: StringVar
    problem: StringVar
    options: ArrayVar[list[OptionRow]]
    low_label: StringVar
    high_label: StringVar
    unit: StringVar
    numbers: ArrayVar[list[str]]
    not_sure: StringVar
    suggestions: ArrayVar[list[str]]
    calls: ArrayVar[list[Call]]
    links: ArrayVar[list[PageLink]]
    credit: StringVar
    optional: BooleanVar
    max_length: NumberVar[int]
    detail: ArrayVar[list[str]]
    by_helper: BooleanVar
    can_mask: BooleanVar
    draft: ObjectVar[Draft]
    set_field: Callable[[str], Handler]
    toggle: Callable[[StringVar], Handler]
    set_flag: Callable[[str], Handler]
    mask: Handler

    def drafted(self, field: str) -> StringVar:
        """Read a text field of the draft.

        Args:
            field: The name of the field.

        Returns:
            What has been entered so far.
        """
        return self.draft.to(dict[str, str])[field].to(str)

    @property
    def drafted_values(self) -> ArrayVar[list[str]]:
        """The values ticked so far."""
        return self.draft.to(dict[str, list[str]])["values"].to(list[str])

    @property
    def is_not_sure(self) -> BooleanVar:
        """Whether the person chose the way out."""
        return self.draft.to(dict[str, bool])["not_sure"].to(bool)
