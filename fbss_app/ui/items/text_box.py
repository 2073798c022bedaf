"""A short text on one line."""

import reflex as rx

from fbss_app.ui.events import dom_event
from fbss_app.ui.items import field
from fbss_app.ui.items.text_area import free_text_note, length_note
from fbss_app.ui.items.view import QuestionView


def text_box(view: QuestionView) -> rx.Component:
    """Ask for a short text.

    Args:
        view: The question.

    Returns:
        The control.
    """
    list_id = (view.key + "-suggestions").to(str)
    has_suggestions = view.suggestions.length() > 0
    return field.single(
        view,
        rx.el.input(
            type="text",
            name="value",
            value=view.drafted("value"),
            on_change=dom_event(view.set_field("value")),
            auto_complete="off",
            id=view.key,
            list=rx.cond(has_suggestions, list_id, rx.Var("undefined").to(str)),
            aria_describedby=field.described_by(view),
            aria_invalid=field.is_invalid(view),
            class_name="text-input",
        ),
        rx.cond(
            has_suggestions,
            rx.el.datalist(
                rx.foreach(view.suggestions, lambda each: rx.el.option(value=each)),
                id=list_id,
            ),
        ),
        length_note(view),
        free_text_note(),
        field.not_sure_checkbox(view),
    )
