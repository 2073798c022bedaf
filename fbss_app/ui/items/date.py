"""A date that need not be complete: day, month and year in three fields."""

from typing import Literal

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui import words
from fbss_app.ui.events import dom_event
from fbss_app.ui.items import field
from fbss_app.ui.items.view import QuestionView


def _part(
    view: QuestionView,
    name: str,
    label: str,
    *,
    input_id: StringVar,
    input_mode: Literal["numeric", "text"],
) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=input_id, class_name="field-label"),
        rx.el.input(
            type="text",
            name=name,
            value=view.drafted(name),
            on_change=dom_event(view.set_field(name)),
            input_mode=input_mode,
            auto_complete="off",
            id=input_id,
            aria_invalid=field.is_invalid(view),
            class_name="text-input",
        ),
        class_name=f"date-part date-{name}",
    )


def date(view: QuestionView) -> rx.Component:
    """Ask for a date, as far as it is known.

    The month is a plain text field, as people also write it as a name.

    Args:
        view: The question.

    Returns:
        The control.
    """
    return field.group(
        view,
        rx.el.div(
            _part(view, "day", words.DAY, input_id=view.key, input_mode="numeric"),
            _part(
                view,
                "month",
                words.MONTH,
                input_id=(view.key + "-month").to(str),
                input_mode="text",
            ),
            _part(
                view,
                "year",
                words.YEAR,
                input_id=(view.key + "-year").to(str),
                input_mode="numeric",
            ),
            class_name="date-parts",
        ),
        field.not_sure_checkbox(view),
    )
