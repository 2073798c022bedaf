"""What a page shows that has nothing to show yet: a drawing, a sentence and a way on."""

import reflex as rx
from reflex.vars import StringVar


def empty_state(
    picture: rx.Component, heading: StringVar | str, *children: rx.Component
) -> rx.Component:
    """Show that there is nothing yet, and what to do about it.

    Args:
        picture: A drawing from `ui.art.empty`.
        heading: What is not there yet.
        *children: What it will show, and a link or button.

    Returns:
        The block.
    """
    return rx.el.div(
        picture, rx.el.h2(heading, class_name="section-title"), *children, class_name="empty"
    )
