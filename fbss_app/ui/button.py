"""Buttons, and links that look like buttons."""

from typing import Any, Literal

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui.events import Handler, dom_event

Kind = Literal["primary", "secondary", "quiet", "danger"]
Content = rx.Component | StringVar | str


def button(
    *children: Content,
    kind: Kind = "primary",
    type_: Literal["button", "submit"] = "button",
    on_click: Handler | None = None,
    **attributes: Any,
) -> rx.Component:
    """Show a button that does something on this page.

    Args:
        *children: Its words, after an icon if it has one.
        kind: How strongly it stands out; a page has one primary action.
        type_: "submit" in a form.
        on_click: Called with the DOM event.
        **attributes: Further properties, such as `aria_describedby`.

    Returns:
        The button.
    """
    if on_click is not None:
        attributes["on_click"] = dom_event(on_click)
    return rx.el.button(*children, type=type_, class_name=f"button button-{kind}", **attributes)


def link_button(
    *children: Content, href: StringVar | str, kind: Kind = "primary", **attributes: Any
) -> rx.Component:
    """Show a link to another page as a button.

    Args:
        *children: Its words, after an icon if it has one.
        href: Where it leads.
        kind: How strongly it stands out.
        **attributes: Further properties.

    Returns:
        The link.
    """
    return rx.el.a(*children, href=href, class_name=f"button button-{kind}", **attributes)
