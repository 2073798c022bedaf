"""A numerical rating scale, such as pain from 0 to 10: one button a number, no slider.

The numbers have no colour of their own, as a colour would judge the answer.
"""

import reflex as rx
from reflex.vars import NumberVar, StringVar

from fbss_app.ui.events import dom_event
from fbss_app.ui.items import field
from fbss_app.ui.items.choice import input_id
from fbss_app.ui.items.view import QuestionView


def _number(view: QuestionView, number: StringVar, index: NumberVar[int]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="value",
            value=number,
            checked=view.drafted("value") == number,
            on_change=dom_event(view.set_field("value")),
            id=input_id(view, index),
            class_name="nrs-input",
        ),
        rx.el.span(number, class_name="nrs-number"),
        class_name="nrs-cell",
    )


def nrs(view: QuestionView) -> rx.Component:
    """Ask for a number on a scale whose ends are named.

    Args:
        view: The question.

    Returns:
        The control.
    """
    first = view.numbers[0].to(str)
    last = view.numbers[view.numbers.length() - 1].to(str)
    ends = rx.el.p(
        rx.el.span(rx.el.b(first), " ", view.low_label, class_name="nrs-end"),
        rx.el.span(rx.el.b(last), " ", view.high_label, class_name="nrs-end"),
        class_name="nrs-ends",
    )
    return field.group(
        view,
        ends,
        rx.el.div(
            rx.foreach(view.numbers, lambda number, index: _number(view, number, index)),
            class_name="nrs-grid",
        ),
        field.not_sure_checkbox(view),
    )
