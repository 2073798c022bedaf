"""The frame of every patient page: header, main and footer, in the same order everywhere."""

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.ui import words
from fbss_app.ui.art.mark import mark
from fbss_app.ui.icon import icon
from fbss_app.ui.link import in_page_link

_NAVIGATION = (
    ("Questions", routes.QUESTIONNAIRE),
    ("Options", routes.OPTIONS),
    ("Learn", routes.LEARN),
    ("Summary", routes.SUMMARY),
)
_FOOTER = (
    ("About", routes.ABOUT),
    ("Privacy", routes.PRIVACY),
    ("Accessibility", routes.ACCESSIBILITY),
)


def _marked(path: str, current: str) -> dict[str, Any]:
    return {"aria_current": "page"} if path == current else {}


def _header(current: str) -> rx.Component:
    links = [
        rx.el.li(
            rx.el.a(
                label,
                href=path,
                class_name="nav-link",
                **_marked(path, current),
            )
        )
        for label, path in _NAVIGATION
    ]
    return rx.el.header(
        rx.el.div(
            rx.el.a(
                mark(),
                rx.el.span(words.APP_NAME, class_name="brand-name"),
                href=routes.START,
                class_name="brand",
            ),
            rx.el.a(
                icon("warning"),
                rx.el.span(words.EMERGENCY_SIGNS),
                href=routes.URGENT_HELP,
                class_name="emergency-link",
                **_marked(routes.URGENT_HELP, current),
            ),
            rx.el.nav(rx.el.ul(*links, class_name="nav-list"), aria_label="Main"),
            class_name="frame header-grid",
        ),
        class_name="page-header",
    )


def _footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.p(
                rx.el.strong(words.NO_CLINICIAN_CHECKED),
                " ",
                words.NOT_MEDICAL_ADVICE,
                class_name="footer-note",
            ),
            rx.el.nav(
                rx.el.ul(
                    *(rx.el.li(rx.el.a(label, href=path)) for label, path in _FOOTER),
                    class_name="footer-list",
                ),
                aria_label="About this app",
            ),
            class_name="frame",
        ),
        class_name="page-footer",
    )


def page_frame(
    *children: rx.Component,
    current: str = "",
    narrow: bool = True,
    status: rx.Component | None = None,
    above: rx.Component | None = None,
) -> rx.Component:
    """Put a page between the header and the footer.

    Args:
        *children: The page, which has one `h1`.
        current: The path of the page, to mark its link in the navigation.
        narrow: Whether the page is one column of text; otherwise it may use the full width.
        status: The line that says whether answers are saved; stands above the page.
        above: What stands above the header.

    Returns:
        The whole page.
    """
    return rx.el.div(
        in_page_link(words.SKIP_TO_CONTENT, href="#main", class_name="skip-link"),
        above or rx.fragment(),
        _header(current),
        rx.el.div(
            status or rx.fragment(),
            rx.el.main(
                *children,
                id=rx.Var.create("main"),
                tab_index=-1,
                class_name="page-main narrow" if narrow else "page-main wide",
            ),
            class_name="frame page-body",
        ),
        _footer(),
        class_name="page",
    )
