"""Buttons, and links that look like buttons."""

from typing import Any, Literal

import reflex as rx
from reflex.vars import BooleanVar, StringVar
from reflex_components_core.el.elements.inline import A

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


def working_button(
    label: str, working: str, is_working: BooleanVar, *, kind: Kind = "primary", **attributes: Any
) -> rx.Component:
    """Show a button whose work takes a moment; it keeps the focus meanwhile.

    Args:
        label: Its words.
        working: Its words while it works. Whatever it calls must ignore a second press.
        is_working: Whether it works.
        kind: How strongly it stands out.
        **attributes: Further properties, such as `type_` or `on_click`.

    Returns:
        The button.
    """
    return button(
        rx.cond(is_working, working, label).to(str),
        kind=kind,
        aria_disabled=rx.cond(is_working, "true", "false"),
        **attributes,
    )


def link_button(
    *children: Content, href: StringVar | str, kind: Kind = "primary", **attributes: Any
) -> rx.Component:
    """Show a link to another page, or to a file, as a button.

    Args:
        *children: Its words, after an icon if it has one.
        href: Where it leads.
        kind: How strongly it stands out.
        **attributes: Further properties, such as `download` for a file.

    Returns:
        The link.
    """
    # The router takes every address for a page. A file needs the plain element.
    create = A.create if attributes.get("download") else rx.el.a
    return create(*children, href=href, class_name=f"button button-{kind}", **attributes)
