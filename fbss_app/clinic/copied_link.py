"""A link that is shown once, to be handed to somebody."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.copy_button import copy_button
from fbss_app.clinic.view import View
from fbss_app.ui.notice import notice


def copied_link(link: View, whom: View) -> rx.Component:
    """Show a new link, to be copied; nothing where there is none.

    Args:
        link: The link; "" where there is none.
        whom: Whom it is for, and what for.
    """
    return rx.el.div(
        rx.cond(
            link != "",
            notice(
                rx.el.p(
                    rx.el.strong(whom),
                    ". Whoever has the link can use it, so hand it to that person alone. It is "
                    "shown only now.",
                ),
                rx.el.p(link, class_name="link-text"),
                copy_button("Copy the link", link),
                kind="warning",
            ),
        ),
        role="status",
        class_name="copied-link",
    )
