"""A longer text, with the line that says nobody reads it as it is written."""

import reflex as rx

from fbss_app.content.loader import load_content
from fbss_app.ui import words
from fbss_app.ui.events import dom_event
from fbss_app.ui.items import field
from fbss_app.ui.items.view import QuestionView


def free_text_note() -> rx.Component:
    """Say beside a free text that it is not watched, and where help is."""
    return rx.el.p(load_content().messages.free_text_note, class_name="free-text-note")


def length_note(view: QuestionView) -> rx.Component:
    """Count down once three quarters of the allowed length are used.

    The text is never cut off: a limit in the input would silently drop the end of a pasted or
    dictated answer. Only a text that is too long is announced, not every key.
    """
    length = view.drafted("value").length()
    limit = view.max_length
    left = rx.cond(
        length * 4 > limit * 3,
        rx.el.p(words.CHARACTERS_LEFT, limit - length, class_name="length-note"),
    )
    over = rx.el.span(words.TOO_MANY_CHARACTERS, length - limit)
    return rx.cond(
        limit > 0,
        rx.el.div(
            rx.cond(length > limit, rx.fragment(), left),
            rx.el.p(rx.cond(length > limit, over), role="status", class_name="length-over"),
        ),
    )


def text_area(view: QuestionView) -> rx.Component:
    """Ask for a text in the person's own words.

    Args:
        view: The question.

    Returns:
        The control.
    """
    return field.single(
        view,
        rx.el.textarea(
            name="value",
            value=view.drafted("value"),
            on_change=dom_event(view.set_field("value")),
            auto_complete="off",
            rows="5",
            id=view.key,
            aria_describedby=field.described_by(view),
            aria_invalid=field.is_invalid(view),
            class_name="text-input text-area",
        ),
        length_note(view),
        free_text_note(),
        field.not_sure_checkbox(view),
    )
