"""Any number of answers out of a few: checkboxes, the excluding one last."""

import reflex as rx
from reflex.vars import NumberVar, ObjectVar, StringVar

from fbss_app.ui.events import dom_event
from fbss_app.ui.items import field
from fbss_app.ui.items.choice import input_id, option_heading, option_label
from fbss_app.ui.items.view import OptionRow, QuestionView


def checkbox_row(
    view: QuestionView,
    *label: rx.Component | str,
    value: StringVar,
    input_id: StringVar,
) -> rx.Component:
    """Show one choice as a row that can be tapped anywhere.

    Args:
        view: The question.
        *label: The words of the choice, with its hint.
        value: The form value.
        input_id: The id of the checkbox.

    Returns:
        The row.
    """
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="values",
            value=value,
            checked=view.drafted_values.contains(value),
            on_change=dom_event(view.toggle(value)),
            id=input_id,
            class_name="choice-input",
        ),
        rx.el.span(*label, class_name="choice-label"),
        class_name="choice-row",
    )


def option_rows(view: QuestionView) -> rx.Component:
    """Show the options that go together."""
    return rx.foreach(
        view.options,
        lambda option, index: rx.cond(
            option["exclusive"].to(bool),
            rx.fragment(),
            rx.fragment(option_heading(option), _option_row(view, option, index)),
        ),
    )


def exclusive_rows(view: QuestionView) -> rx.Component:
    """Show the options that exclude all others, set apart by "or"."""
    return rx.foreach(
        view.options,
        lambda option, index: rx.cond(
            option["exclusive"].to(bool),
            rx.fragment(field.or_divider(), _option_row(view, option, index)),
        ),
    )


def _option_row(
    view: QuestionView, option: ObjectVar[OptionRow], index: NumberVar[int]
) -> rx.Component:
    return checkbox_row(
        view,
        option_label(option),
        value=option["value"].to(str),
        input_id=input_id(view, index),
    )


def choices(view: QuestionView) -> rx.Component:
    """Ask for all the answers that apply.

    Args:
        view: The question.

    Returns:
        The control.
    """
    return field.group(
        view,
        rx.el.div(option_rows(view), exclusive_rows(view), class_name="choices"),
        field.not_sure_checkbox(view),
    )
