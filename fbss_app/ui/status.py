"""The line that says where the answers are: on this phone, being saved, saved, offline."""

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui.icon import icon


def status_line(sync: StringVar, text: StringVar) -> rx.Component:
    """Tell where the answers are.

    The element is on the page from the start, or a screen reader would not announce its changes.

    Args:
        sync: "local", "saving", "saved", "offline" or "error".
        text: What it says; "" says nothing.

    Returns:
        The line.
    """
    return rx.el.div(
        rx.cond(
            text != "",
            rx.fragment(
                rx.match(
                    sync,
                    ("saved", icon("check")),
                    ("offline", icon("offline")),
                    ("error", icon("warning")),
                    ("saving", icon("clock")),
                    icon("lock"),
                ),
            ),
        ),
        rx.el.span(text),
        role="status",
        data_sync=sync,
        class_name="status",
    )
