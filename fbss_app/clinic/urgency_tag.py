"""How urgent a warning sign is, as a word on a colour."""

from __future__ import annotations

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui.icon import icon


def urgency_tag(urgency: StringVar | str, words: StringVar | str) -> rx.Component:
    """Show a class of urgency.

    Args:
        urgency: `emergency`, `same-day` or `soon`; decides the colour only.
        words: What it is called.
    """
    return rx.el.span(
        icon("warning"), rx.el.span(words), class_name="urgency-tag", data_urgency=urgency
    )
