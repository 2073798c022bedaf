"""A page of text between questions; it asks for nothing."""

import reflex as rx

from fbss_app.ui.items import field
from fbss_app.ui.items.view import QuestionView


def display(view: QuestionView) -> rx.Component:
    """Show a text with its paragraphs.

    Args:
        view: The text, in the shape of a question.

    Returns:
        The text.
    """
    return rx.el.div(
        field.heading(view),
        field.details(view),
        field.hint(view),
        class_name="field",
    )
