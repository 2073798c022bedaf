"""Links within a page. Links to pages are `rx.el.a`, which changes pages without a reload."""

import reflex as rx
from reflex.event import EventChain
from reflex.vars import StringVar
from reflex.vars.function import FunctionVar
from reflex_components_core.el.elements.inline import A

from fbss_app.ui.events import dom_event

_FOCUS_TARGET = """((event) => {
    const id = decodeURIComponent(event.currentTarget.hash.slice(1));
    const target = document.getElementById(id);
    if (!target) return;
    event.preventDefault();
    (target.closest("[data-field]") ?? target).scrollIntoView();
    target.focus({ preventScroll: true });
})"""


def in_page_link(
    *children: rx.Component | StringVar | str, href: StringVar | str, class_name: str = ""
) -> rx.Component:
    """Lead to an element of the same page: bring it into view and give it the focus.

    Each question has its own history entry, so this link adds none; an input comes into view with
    the question it belongs to. It is the plain element, as the link of the router puts the path of
    the page before the fragment, and is then no skip link to the tools that look for one.

    Args:
        *children: Its words.
        href: "#" and the id of the element, which must be able to take the focus.
        class_name: Further classes.

    Returns:
        The link.
    """
    return A.create(
        *children,
        href=href,
        on_click=dom_event(rx.Var(_FOCUS_TARGET).to(FunctionVar, EventChain)),
        class_name=class_name,
    )
