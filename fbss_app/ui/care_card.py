"""Care cards: what to do now, in three levels of urgency."""

from typing import Any

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui import words
from fbss_app.ui.icon import icon

_ICONS = {"emergency": "phone", "same-day": "warning", "soon": "calendar"}


def care_card(
    urgency: StringVar | str,
    heading: StringVar | str,
    *children: rx.Component,
    level: int = 2,
) -> rx.Component:
    """Say what to do and how soon.

    Args:
        urgency: "emergency", "same-day" or "soon".
        heading: The action, complete in itself.
        *children: When it applies, and how to do it.
        level: The level of the heading: 1 where the card is the page, 2 or 3 elsewhere.

    Returns:
        The card. The level is part of the heading for those who see neither colour nor icon.
    """
    heading_element = {1: rx.el.h1, 2: rx.el.h2, 3: rx.el.h3}[level]
    focusable: dict[str, Any] = {"tab_index": -1} if level == 1 else {}
    soon = "soon"
    mark = rx.match(
        urgency,
        *((name, icon(drawing)) for name, drawing in _ICONS.items() if name != soon),
        icon(_ICONS[soon]),
    )
    spoken = rx.match(
        urgency,
        *((name, f"{text}: ") for name, text in words.URGENCY_LEVEL.items() if name != soon),
        f"{words.URGENCY_LEVEL[soon]}: ",
    )
    return rx.el.section(
        heading_element(
            mark,
            rx.el.span(rx.el.span(spoken, class_name="visually-hidden"), heading),
            class_name="care-heading",
            **focusable,
        ),
        rx.el.div(*children, class_name="care-body"),
        data_urgency=urgency,
        class_name="care-card",
    )


def call_link(number: StringVar | str, *words_: StringVar | str) -> rx.Component:
    """Show a telephone number that is dialled when it is tapped.

    Args:
        number: The number, as it is dialled.
        *words_: What the link says, such as "Call 999".

    Returns:
        The link.
    """
    return rx.el.a(icon("phone"), rx.el.span(*words_), href="tel:" + number, class_name="call")
