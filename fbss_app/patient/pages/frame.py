"""The frame of every patient page: the app's status lines around what the page itself shows."""

from typing import Any

import reflex as rx
from reflex.event import EventChain
from reflex.utils.imports import ImportVar
from reflex.vars import VarData
from reflex.vars.function import FunctionVar

from fbss_app import routes
from fbss_app.patient.client.page_store import response_store
from fbss_app.patient.client.vars import CLIENT, ResponseVars, function_over, npm_packages
from fbss_app.ui.button import button
from fbss_app.ui.icon import icon
from fbss_app.ui.layout import page_frame
from fbss_app.ui.link import in_page_link
from fbss_app.ui.notice import notice
from fbss_app.ui.read_aloud import read_aloud
from fbss_app.ui.status import status_line

_APP_STATUS = f"{CLIENT}/app_status"
_READ_ALOUD = f"{CLIENT}/read_aloud/read_aloud_offer"


def _app_status(name: str, path: str) -> rx.Var[bool]:
    data = VarData(
        hooks={f"const {name} = useAppStatus((state) => state.{path})": None},
        imports={_APP_STATUS: [ImportVar(tag="useAppStatus")]},
    )
    return rx.Var(name, _var_type=bool, _var_data=data).to(bool)


def _follow_app_status(response: ResponseVars) -> rx.Component:
    store = response_store(response)
    # In this order: in another the bundler cuts a first visit into more pieces.
    data = VarData.merge(
        VarData(
            hooks={f"useAppStatusUpdates({store!s})": None},
            imports={_APP_STATUS: [ImportVar(tag="useAppStatusUpdates")], **npm_packages()},
        ),
        store._get_all_var_data(),
    )
    return rx.fragment(rx.Var("null", _var_data=data))


def _went_on() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _app_status("went_on", "wentOn"),
            notice(
                "Your answers went along to a page of their own. Go on there. To take along what "
                "you answer here after that, choose \N{LEFT DOUBLE QUOTATION MARK}Open in its own "
                "page\N{RIGHT DOUBLE QUOTATION MARK} again.",
                kind="warning",
            ),
        ),
        role="status",
    )


def _clinic_band() -> rx.Component:
    """Show whose pages these are, where they are a clinic's own.

    The server writes it into the page, so that it is there at once, and React leaves it alone.
    """
    data = VarData(imports={f"{CLIENT}/page/base": [ImportVar(tag="clinicBand")]})
    return rx.el.aside(
        id=rx.Var.create("clinic-band"),
        class_name="clinic-band",
        aria_label="Whose pages these are",
        custom_attrs={
            "dangerouslySetInnerHTML": rx.Var("{__html: clinicBand()}", _var_data=data),
            "suppressHydrationWarning": True,
        },
    )


def _update_notice() -> rx.Component:
    apply = rx.Var(
        "applyUpdate",
        _var_data=VarData(imports={_APP_STATUS: [ImportVar(tag="applyUpdate")]}),
    ).to(FunctionVar)
    return rx.cond(
        _app_status("has_update", "hasUpdate"),
        notice(
            rx.el.p("A new version of this app is ready. Your answers stay as they are."),
            button(
                "Use the new version",
                kind="secondary",
                on_click=function_over("applyUpdate()", apply),
            ),
        ),
    )


def _notices(response: ResponseVars) -> rx.Component:
    storage = response.slice("storage_notice", "storageNotice")
    expired = response.slice("expired_notice", "expiredNotice")
    return rx.fragment(
        rx.cond(storage, notice(storage, kind="warning")),
        rx.cond(expired, notice(expired)),
    )


def _unsent_offer(response: ResponseVars) -> rx.Component:
    """Offer what could not be sent as a file; a link that has ended says more on its own page."""
    can_export = response.slice("may_export", "canExportUnsent && !state.linkEnded", bool)
    return rx.cond(
        can_export,
        notice(
            rx.el.p("Some answers are on this phone only. You can keep them as a file as well."),
            button(
                "Download unsent answers",
                kind="secondary",
                on_click=response.action("exportUnsent"),
            ),
            kind="warning",
        ),
    )


def _read_aloud() -> rx.Component:
    data = VarData(
        hooks={"useReadAloudOffer()": None},
        imports={_READ_ALOUD: [ImportVar(tag="useReadAloudOffer"), ImportVar(tag="readAloud")]},
    )
    return read_aloud(rx.Var("readAloud", _var_data=data).to(FunctionVar, EventChain))


def _status(response: ResponseVars, narrow: bool) -> rx.Component:
    arrived = response.slice("arrived", "arrived")
    return rx.el.section(
        _read_aloud(),
        status_line(
            response.slice("sync", "sync"),
            response.slice("status_text", "statusText"),
        ),
        # Like the line above, on the page from the start.
        rx.el.div(
            rx.cond(arrived, rx.el.p(icon("check"), rx.el.span(arrived), class_name="status")),
            role="status",
        ),
        rx.el.div(
            rx.cond(
                _app_status("is_offline", "isOffline"),
                rx.el.p("You are offline. Everything here still works.", class_name="status"),
            ),
            role="status",
        ),
        _update_notice(),
        _went_on(),
        _notices(response),
        _unsent_offer(response),
        aria_label="Messages",
        class_name="page-status narrow" if narrow else "page-status",
    )


def section(title: str, *children: rx.Component, **attributes: Any) -> rx.Component:
    """Set a part of a page under its own heading.

    Args:
        title: The heading.
        *children: The part.
        **attributes: Further properties of the heading, such as its id.
    """
    return rx.el.section(
        rx.el.h2(title, class_name="section-title", **attributes),
        rx.el.div(*children, class_name="stack"),
        class_name="section",
    )


def contents(parts: list[tuple[str, str]]) -> rx.Component:
    """List the parts of a long page: under its title, or beside it where the screen is wide enough.

    Args:
        parts: The id of each heading, and its words.
    """
    return rx.el.nav(
        rx.el.p("On this page", class_name="note", aria_hidden="true"),
        rx.el.ul(
            *(rx.el.li(in_page_link(words, href=f"#{anchor}")) for anchor, words in parts),
            class_name="contents-list",
        ),
        aria_label="On this page",
        class_name="contents",
    )


def parent_link(label: str, address: str) -> rx.Component:
    """Lead back to the index a page belongs to.

    Args:
        label: What the index is called.
        address: Where it is.
    """
    return rx.el.p(
        rx.el.a(icon("back"), label, href=address, class_name="back"), class_name="back-row"
    )


def patient_page(
    *children: rx.Component,
    current: str = "",
    narrow: bool = True,
    response: ResponseVars | None = None,
    effect: str = "useResponsePage",
    shows_answers: bool = False,
) -> rx.Component:
    """Put a page of the patient half into its frame.

    Args:
        *children: The page, with one h1.
        current: The address that the main navigation marks as this page.
        narrow: Whether the page is one column of text.
        response: The response the page is about; the app's own unless said otherwise.
        effect: The hook of page_effects.js that the page runs.
        shows_answers: Whether the page goes while the answers are hidden. hidden_answers.js fills
            the place it leaves.
    """
    own = response or ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    if shows_answers:
        children = (
            rx.cond(
                own.slice("are_hidden", "hidden", bool),
                # The key keeps React from filling a part of the page into the same element.
                rx.el.div(
                    id=rx.Var.create("hidden-answers"),
                    key="hidden-answers",
                    class_name="stack-large",
                ),
                rx.fragment(*children),
            ),
        )
    return rx.fragment(
        _follow_app_status(own),
        own.effect(effect),
        page_frame(
            *children,
            current=current,
            narrow=narrow,
            status=_status(own, narrow),
            above=_clinic_band(),
        ),
    )
