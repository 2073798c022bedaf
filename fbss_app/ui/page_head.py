"""The top of a page that is not a question: its title and what it is for."""

import reflex as rx
from reflex.vars import StringVar


def page_head(
    title: StringVar | str, *children: rx.Component, lead: StringVar | str = ""
) -> rx.Component:
    """Show the title of a page.

    Args:
        title: The title; the only `h1` of the page. It can take the focus when the page changes.
        *children: Further lines, such as a date.
        lead: What the page is for, in one or two sentences.

    Returns:
        The head of the page.
    """
    return rx.el.div(
        rx.el.h1(title, tab_index=-1, class_name="page-title"),
        rx.cond(lead != "", rx.el.p(lead, class_name="lead")),
        *children,
        class_name="page-head",
    )
