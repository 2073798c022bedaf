"""A button that copies a text, and says whether it did. `page_hooks` does it in the browser."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.view import View


def copy_button(
    words: str, text: View, *, whose: View | None = None, is_in_row: bool = False
) -> rx.Component:
    """Offer to copy a text that is shown beside it.

    Args:
        words: What the button says.
        text: What is copied.
        whose: What tells it from the same button of another row, for a screen reader; None where
            there is one alone.
        is_in_row: Whether it stands among a row's other actions.

    Returns:
        The button, and the place where it says "Copied".
    """
    return rx.el.span(
        rx.el.button(
            words,
            *([rx.el.span(": ", whose, class_name="visually-hidden")] if whose is not None else []),
            type="button",
            data_copies=text,
            class_name="row-action" if is_in_row else "button button-secondary",
        ),
        rx.el.span(role="status", class_name="copied"),
        class_name="copy",
    )
