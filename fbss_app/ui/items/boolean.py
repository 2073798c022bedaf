"""Yes or no."""

import reflex as rx

from fbss_app.ui import words
from fbss_app.ui.items import field
from fbss_app.ui.items.choice import not_sure_row, radio_row
from fbss_app.ui.items.view import QuestionView


def boolean(view: QuestionView) -> rx.Component:
    """Ask for yes or no; the form values are "true" and "false".

    Args:
        view: The question.

    Returns:
        The control.
    """
    yes = radio_row(
        words.YES,
        value="true",
        checked=view.drafted("value") == "true",
        on_change=view.set_field("value"),
        input_id=view.key,
    )
    no = radio_row(
        words.NO,
        value="false",
        checked=view.drafted("value") == "false",
        on_change=view.set_field("value"),
        input_id=(view.key + "-no").to(str),
    )
    return field.group(view, rx.el.div(yes, no, not_sure_row(view), class_name="choices"))
