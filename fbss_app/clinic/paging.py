"""The ways to the next page of a long list and back."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.vars import NumberVar

from fbss_app.ui.button import button


def paging(page: NumberVar | Any, pages: NumberVar | Any, turn: Any) -> rx.Component:
    """Lead through the pages of a list; nothing where one page is all.

    Args:
        page: The page that is shown, from 1.
        pages: How many there are.
        turn: The handler to call with 1 or -1.
    """
    return rx.cond(
        pages > 1,
        rx.el.nav(
            rx.cond(page > 1, button("Newer page", kind="secondary", on_click=turn(-1))),
            rx.el.span("Page ", page, " of ", pages, class_name="note"),
            rx.cond(page < pages, button("Older page", kind="secondary", on_click=turn(1))),
            aria_label="Pages of the list",
            class_name="paging",
        ),
    )
