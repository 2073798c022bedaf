"""Asks once more before something is done that cannot simply be undone."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.view import View
from fbss_app.ui.button import button


def confirmation(
    is_asked: View,
    *question: rx.Component,
    do: str,
    on_do: View,
    leave: str = "Keep it",
    on_leave: View,
    is_harmless: bool = False,
) -> rx.Component:
    """Show the question with its two answers; nothing while it is not asked.

    Args:
        is_asked: Whether it is asked.
        *question: What is asked, and what follows from it.
        do: The words of the button that does it.
        on_do: What that button calls.
        leave: The words of the button that leaves everything as it is.
        on_leave: What that button calls.
        is_harmless: Whether nothing is lost by it.
    """
    return rx.cond(
        is_asked,
        rx.el.div(
            *question,
            rx.el.div(
                button(do, kind="primary" if is_harmless else "danger", on_click=on_do),
                button(leave, kind="quiet", on_click=on_leave),
                class_name="actions",
            ),
            role="alert",
            class_name="confirmation is-harmless" if is_harmless else "confirmation",
        ),
    )
