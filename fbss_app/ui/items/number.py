"""A number, typed."""

import reflex as rx

from fbss_app.ui.events import dom_event
from fbss_app.ui.items import field
from fbss_app.ui.items.view import QuestionView


def number(view: QuestionView) -> rx.Component:
    """Ask for a number.

    The input is a text with a number keypad: a number input drops what it does not understand and
    changes its value when a page is scrolled.

    Args:
        view: The question.

    Returns:
        The control.
    """
    unit_id = (view.key + "-unit").to(str)
    return field.single(
        view,
        rx.el.div(
            rx.el.input(
                type="text",
                name="value",
                value=view.drafted("value"),
                on_change=dom_event(view.set_field("value")),
                input_mode="decimal",
                auto_complete="off",
                id=view.key,
                aria_describedby=field.described_by(view),
                aria_invalid=field.is_invalid(view),
                class_name="text-input number-input",
            ),
            rx.cond(view.unit != "", rx.el.span(view.unit, id=unit_id, class_name="unit")),
            class_name="number-row",
        ),
        field.not_sure_checkbox(view),
    )
