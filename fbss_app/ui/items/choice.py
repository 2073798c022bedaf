"""One answer out of a few: radio buttons, one row each."""

import reflex as rx
from reflex.vars import BooleanVar, NumberVar, ObjectVar, StringVar

from fbss_app.ui.events import Handler, dom_event
from fbss_app.ui.items import field
from fbss_app.ui.items.view import NOT_SURE_VALUE, OptionRow, QuestionView


def input_id(view: QuestionView, index: NumberVar[int]) -> StringVar:
    """Name the input of one option; the first has the key itself, as errors link to it."""
    return rx.cond(index == 0, view.key, view.key + "-" + index.to_string()).to(str)


def radio_row(
    *label: rx.Component | StringVar | str,
    value: StringVar | str,
    checked: BooleanVar,
    on_change: Handler,
    input_id: StringVar,
) -> rx.Component:
    """Show one choice as a row that can be tapped anywhere.

    Args:
        *label: The words of the choice, with its hint.
        value: The form value.
        checked: Whether it is the answer so far.
        on_change: Called with the DOM event when it is chosen.
        input_id: The id of the radio button.

    Returns:
        The row.
    """
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="value",
            value=value,
            checked=checked,
            on_change=dom_event(on_change),
            id=input_id,
            class_name="choice-input",
        ),
        rx.el.span(*label, class_name="choice-label"),
        class_name="choice-row",
    )


def option_label(option: ObjectVar[OptionRow]) -> rx.Component:
    """Show the words of an option and the hint under them."""
    hint = option["hint"].to(str)
    return rx.fragment(
        option["label"].to(str),
        rx.cond(hint, rx.el.span(hint, class_name="choice-hint")),
    )


def option_heading(option: ObjectVar[OptionRow]) -> rx.Component:
    """Show the heading over an option that begins a group."""
    heading = option["heading"].to(str)
    return rx.cond(heading, rx.el.h2(heading, class_name="choice-group"))


def option_rows(view: QuestionView) -> rx.Component:
    """Show the options of the question as radio rows."""
    return rx.foreach(
        view.options,
        lambda option, index: rx.fragment(
            option_heading(option),
            radio_row(
                option_label(option),
                value=option["value"].to(str),
                checked=view.drafted("value") == option["value"].to(str),
                on_change=view.set_field("value"),
                input_id=input_id(view, index),
            ),
        ),
    )


def not_sure_row(view: QuestionView) -> rx.Component:
    """Offer the way out as one more radio row."""
    return rx.cond(
        view.not_sure != "",
        radio_row(
            view.not_sure,
            value=NOT_SURE_VALUE,
            checked=view.is_not_sure,
            on_change=view.set_flag("not_sure"),
            input_id=(view.key + "-not-sure").to(str),
        ),
    )


def choice(view: QuestionView) -> rx.Component:
    """Ask for one answer out of a few; nothing is chosen beforehand.

    Args:
        view: The question.

    Returns:
        The control.
    """
    return field.group(
        view,
        rx.el.div(option_rows(view), not_sure_row(view), class_name="choices"),
    )
