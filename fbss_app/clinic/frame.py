"""The frame of every staff page: the clinic, the ways to go, who is logged in, how to log out.

Nothing of a page is shown before the database has said who is there.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.vars import BooleanVar
from reflex_components_core.el.elements.inline import A

from fbss_app import routes
from fbss_app.clinic.form import posted_form
from fbss_app.clinic.page_hooks import page_hooks
from fbss_app.clinic.staff_state import StaffState
from fbss_app.ui import words
from fbss_app.ui.art.mark import mark
from fbss_app.ui.button import button
from fbss_app.ui.clinic_logo import clinic_logo
from fbss_app.ui.icon import icon
from fbss_app.ui.link import in_page_link
from fbss_app.ui.notice import notice

_STYLES = "/clinic.css"
# Whatever clinic has asked a patient in the same browser.
_OWN_ACCENT = "teal"
_FOR_ALL = (("Inbox", routes.CLINIC), ("Invitations", routes.CLINIC_INVITATIONS))
_FOR_CLINICIANS = (("Numbers", routes.CLINIC_DASHBOARD), ("Exports", routes.CLINIC_EXPORTS))
_FOR_ADMINISTRATORS = (
    ("Staff", routes.CLINIC_STAFF),
    ("Settings", routes.CLINIC_SETTINGS),
    ("Audit trail", routes.CLINIC_AUDIT),
)


def _me(field: str) -> Any:
    return StaffState.me[field]  # pyright: ignore[reportOptionalSubscript, reportIndexIssue]


def sees_answers() -> BooleanVar:
    """Say whether whoever is logged in sees what patients answered."""
    return _me("sees_answers").to(bool)


def is_administrator() -> BooleanVar:
    """Say whether whoever is logged in runs the clinic's side of the app."""
    return _me("is_administrator").to(bool)


def has_logo() -> BooleanVar:
    """Say whether the clinic of whoever is logged in has a logo."""
    return (_me("logo").to(str) != "").bool()


def own_logo(*, is_beside_name: bool) -> rx.Component:
    """Show the logo of the clinic of whoever is logged in; nothing where it has none.

    Args:
        is_beside_name: Whether the name of the clinic stands beside it.
    """
    return clinic_logo(
        _me("logo").to(str),
        _me("logo_width").to(int),
        _me("logo_height").to(int),
        name="" if is_beside_name else _me("clinic").to(str),
    )


def _links(links: tuple[tuple[str, str], ...], current: str) -> list[rx.Component]:
    here: dict[str, Any] = {"aria_current": "page"}
    return [
        rx.el.li(
            rx.el.a(
                label, href=address, class_name="nav-link", **(here if address == current else {})
            )
        )
        for label, address in links
    ]


def _header(current: str) -> rx.Component:
    known = StaffState.me
    return rx.el.header(
        rx.el.div(
            rx.el.a(
                rx.cond(known, rx.cond(has_logo(), own_logo(is_beside_name=True), mark()), mark()),
                rx.el.span(rx.cond(known, _me("clinic").to(str), words.APP_NAME)),
                href=routes.CLINIC,
                class_name="brand staff-brand",
            ),
            rx.cond(
                known,
                rx.el.div(
                    rx.el.a(
                        rx.el.span(_me("name").to(str), class_name="staff-name"),
                        rx.el.span(_me("role").to(str), class_name="staff-role"),
                        href=routes.CLINIC_ACCOUNT,
                        class_name="staff-me",
                    ),
                    posted_form(
                        rx.el.button("Log out", type="submit", class_name="button button-quiet"),
                        action=routes.CLINIC_LOG_OUT,
                    ),
                    class_name="staff-who",
                ),
            ),
            rx.cond(
                known,
                rx.el.nav(
                    rx.el.ul(
                        *_links(_FOR_ALL, current),
                        rx.cond(sees_answers(), rx.fragment(*_links(_FOR_CLINICIANS, current))),
                        rx.cond(
                            is_administrator(),
                            rx.fragment(*_links(_FOR_ADMINISTRATORS, current)),
                        ),
                        class_name="nav-list staff-nav",
                    ),
                    aria_label="Main",
                ),
            ),
            class_name="frame staff-header",
        ),
        class_name="page-header",
    )


def messages() -> rx.Component:
    """Show what went wrong, or what was done; read out as it appears."""
    return rx.el.div(
        rx.el.div(
            rx.cond(StaffState.alert != "", notice(StaffState.alert, kind="warning")),
            rx.cond(StaffState.problem != "", notice(StaffState.problem, kind="warning")),
            role="alert",
        ),
        rx.el.div(
            rx.cond(
                StaffState.done != "",
                rx.el.p(icon("check"), rx.el.span(StaffState.done), class_name="status staff-done"),
            ),
            role="status",
        ),
        class_name="staff-messages",
    )


def _page(
    *children: rx.Component, header: rx.Component, narrow: bool, accent: Any = _OWN_ACCENT
) -> rx.Component:
    return rx.el.div(
        page_hooks(),
        rx.el.link(rel="stylesheet", href=_STYLES, custom_attrs={"precedence": "default"}),
        in_page_link(words.SKIP_TO_CONTENT, href="#main", class_name="skip-link"),
        header,
        rx.el.div(
            rx.el.main(
                *children,
                id=rx.Var.create("main"),
                tab_index=-1,
                class_name="page-main narrow" if narrow else "page-main staff-main",
            ),
            class_name="frame staff-frame page-body",
        ),
        class_name="page staff-page",
        data_accent=accent,
    )


def staff_page(
    title: rx.Component | rx.Var[str] | str,
    *children: rx.Component,
    current: str = "",
    beside_title: rx.Component | None = None,
) -> rx.Component:
    """Set a page for staff into its frame.

    Args:
        title: Its heading.
        *children: The page; built for whoever `checked_staff` found, and shown only then.
        current: The address that the navigation marks as this page.
        beside_title: What stands beside the heading, such as the page's main action.
    """
    return _page(
        rx.el.div(
            rx.el.h1(title, class_name="page-title"),
            beside_title or rx.fragment(),
            class_name="staff-title-row",
        ),
        messages(),
        rx.cond(
            StaffState.me,
            rx.fragment(*children),
            rx.el.p("Loading\N{HORIZONTAL ELLIPSIS}", class_name="staff-loading", role="status"),
        ),
        header=_header(current),
        narrow=False,
        accent=rx.cond(StaffState.me, _me("accent").to(str), _OWN_ACCENT),
    )


def door_page(*children: rx.Component) -> rx.Component:
    """Set a page before the log-in into its frame.

    Args:
        *children: The page, with one h1.
    """
    header = rx.el.header(
        rx.el.div(
            # The plain element, which loads a document: a page for patients keeps no websocket.
            A.create(
                mark(),
                rx.el.span(words.APP_NAME, class_name="brand-name"),
                href=routes.START,
                class_name="brand",
            ),
            rx.el.p("For clinics", class_name="staff-role"),
            class_name="frame staff-header",
        ),
        class_name="page-header",
    )
    return _page(messages(), *children, header=header, narrow=True)


def more_button(label: str, on_click: Any, **attributes: Any) -> rx.Component:
    """Show a quiet button that brings more of a list."""
    return button(label, kind="secondary", on_click=on_click, **attributes)
