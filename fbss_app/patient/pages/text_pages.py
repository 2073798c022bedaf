"""Pages about the app itself: about, privacy with "clear this phone", accessibility."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.prose import filled_in
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import patient_page, section
from fbss_app.settings import Settings
from fbss_app.ui.button import button
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import prose


def _text_page(page_id: str, *after: rx.Component) -> rx.Component:
    page = load_content().pages[page_id]
    return patient_page(
        page_head(page.title, lead=page.summary),
        prose(filled_in(page.blocks, draft_days=Settings().draft_days)),
        *after,
        current=f"/{page_id}",
    )


def about_page() -> rx.Component:
    """Say what this is, who made it and what it rests on."""
    return _text_page("about")


def accessibility_page() -> rx.Component:
    """Say what works for whom, and where to report what does not."""
    return _text_page("accessibility")


def _clear_phone() -> rx.Component:
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return section(
        "Clear this phone",
        rx.el.p(
            "This removes every answer from this phone at once. It cannot be undone. "
            "What you saved on the server stays there until you erase it."
        ),
        rx.cond(
            response.slice("has_consent", "hasConsent", bool),
            rx.el.p(
                "To erase the copy on the server as well, do that first: ",
                rx.el.a("erase it from the server", href=routes.SAVE),
                ". This phone holds the only key to it.",
            ),
        ),
        rx.el.div(
            rx.cond(
                response.slice("clearing", "isClearing", bool),
                rx.el.div(
                    rx.el.p(rx.el.strong("Remove all answers from this phone?")),
                    rx.el.div(
                        button(
                            "Yes, remove everything",
                            kind="danger",
                            on_click=response.action("clearPhone"),
                        ),
                        button(
                            "Keep my answers",
                            kind="secondary",
                            on_click=response.action("keepPhone"),
                        ),
                        class_name="actions",
                    ),
                ),
                button("Clear this phone", kind="danger", on_click=response.action("askToClear")),
            ),
            tab_index=-1,
        ),
        rx.el.div(
            rx.cond(
                response.slice("cleared", "cleared", bool),
                notice("Done. There are no answers on this phone."),
            ),
            role="status",
        ),
        id="clear",
    )


def privacy_page() -> rx.Component:
    """Say what is kept where, and let a person clear the phone."""
    return _text_page("privacy", _clear_phone())
