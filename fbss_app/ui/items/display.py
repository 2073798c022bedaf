"""A page of text between questions; it asks for nothing."""

import reflex as rx

from fbss_app.ui import words
from fbss_app.ui.care_card import call_link
from fbss_app.ui.items import field
from fbss_app.ui.items.view import QuestionView


def display(view: QuestionView) -> rx.Component:
    """Show a text with its paragraphs, the numbers to call and the page to read.

    Args:
        view: The text, in the shape of a question.

    Returns:
        The text.
    """
    return rx.el.div(
        field.heading(view),
        field.details(view),
        field.hint(view),
        rx.foreach(
            view.calls,
            lambda call: call_link(call["number"].to(str), words.CALL, " ", call["label"].to(str)),
        ),
        rx.foreach(
            view.links,
            lambda link: rx.el.p(rx.el.a(link["label"].to(str), href=link["href"].to(str))),
        ),
        class_name="field",
    )
