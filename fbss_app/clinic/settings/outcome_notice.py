"""What came of something that was tried out in the settings."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.view import View
from fbss_app.ui.notice import notice


def outcome_notice(words: View, *, is_good: View) -> rx.Component:
    """Say it, also to a screen reader; nothing where `words` is empty."""
    return rx.el.div(
        rx.cond(
            words != "",
            rx.cond(is_good, notice(words, kind="info"), notice(words, kind="warning")),
        ),
        role="status",
    )
