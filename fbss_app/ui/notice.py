"""Notices: a remark that stands apart from the text. Not for urgent care; see `care_card`."""

from typing import Literal

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui.icon import icon

_NAMES = {"info": "Note: ", "warning": "Take care: "}


def notice(
    *children: rx.Component | StringVar | str, kind: Literal["info", "warning"] = "info"
) -> rx.Component:
    """Set a remark apart.

    Args:
        *children: The remark; plain texts become paragraphs.
        kind: Whether it informs or warns.

    Returns:
        The notice. Its kind is spoken, as a screen reader shows neither colour nor icon.
    """
    body = [child if isinstance(child, rx.Component) else rx.el.p(child) for child in children]
    return rx.el.div(
        icon(kind),
        rx.el.div(
            rx.el.span(_NAMES[kind], class_name="visually-hidden"),
            *body,
            class_name="notice-body",
        ),
        class_name=f"notice notice-{kind}",
    )
