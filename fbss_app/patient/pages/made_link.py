"""A link that was just made: to read, to scan, to copy, to pass on and to print."""

import reflex as rx
from reflex_components_core.el.elements.inline import A

from fbss_app.patient.client.page_store import PageStore
from fbss_app.patient.client.vars import function_over
from fbss_app.ui.button import button
from fbss_app.ui.icon import icon
from fbss_app.ui.notice import notice

MADE_LINK = PageStore("links/made_link", "useMadeLink")
_ID = "made-link"


def qr_code(box: rx.Var[str], path: rx.Var[str], name: str) -> rx.Component:
    """Draw a QR code: always dark on white, or a camera could not read it.

    Args:
        box: The view box, with the white edge.
        path: The dark squares.
        name: What it leads to.
    """
    return rx.el.svg(
        rx.el.rect(width="100%", height="100%", class_name="qr-ground"),
        rx.el.path(d=path, class_name="qr-ink"),
        view_box=box,
        role="img",
        aria_label=name,
        shape_rendering="crispEdges",
        class_name="qr",
    )


def _actions() -> rx.Component:
    return rx.el.div(
        button("Copy the link", kind="secondary", on_click=MADE_LINK.call("copyMadeLink")),
        rx.cond(
            MADE_LINK.slice("canShare", bool),
            button(
                icon("share"),
                "Send it",
                kind="secondary",
                on_click=MADE_LINK.call("shareMadeLink"),
            ),
            A.create(
                icon("share"),
                "Send it by e-mail",
                href=MADE_LINK.slice("mail"),
                class_name="button button-secondary",
            ),
        ),
        button(icon("print"), "Print this", kind="secondary", on_click=function_over("print()")),
        class_name="actions",
    )


def _copied() -> rx.Component:
    return rx.el.p(
        rx.match(
            MADE_LINK.slice("copying"),
            ("copied", "Copied."),
            ("failed", "The link is marked now. Choose “Copy” on your phone."),
            "",
        ),
        role="status",
        class_name="hint no-print",
    )


def made_link(title: rx.Component | str, *lines: rx.Component) -> rx.Component:
    """Show the link that was just made, if there is one.

    Args:
        title: Whose link it is.
        *lines: What to know about it.
    """
    address = MADE_LINK.slice("address")
    return rx.fragment(
        MADE_LINK.effect("useMadeLinkPage"),
        rx.cond(
            address,
            rx.el.section(
                rx.el.h2(
                    title,
                    id=rx.Var.create(_ID),
                    tab_index=-1,
                    class_name="section-title",
                ),
                *lines,
                notice("Whoever has this link can open these answers. Pass it on with care."),
                rx.el.div(
                    rx.el.p(
                        address,
                        id=rx.Var.create(f"{_ID}-text"),
                        translate="no",
                        class_name="link-text",
                    ),
                    _actions(),
                    _copied(),
                    qr_code(
                        MADE_LINK.slice("qrBox"),
                        MADE_LINK.slice("qrPath"),
                        "QR code of this link: point the camera of the other phone at it",
                    ),
                    rx.el.p(
                        "Or point the camera of the other phone at this square.",
                        class_name="hint",
                    ),
                    class_name="stack",
                ),
                rx.el.p("It works until ", MADE_LINK.slice("until"), "."),
                class_name="card made",
            ),
        ),
    )
