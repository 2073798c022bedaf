"""A page of its own takes over the answers of the frame from which it was opened."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import patient_page
from fbss_app.ui.button import link_button
from fbss_app.ui.page_head import page_head

_TAKE_OVER = PageStore("take_over", "useTakeOver")


def _failed() -> rx.Component:
    return rx.el.div(
        page_head("Your answers stayed where they are"),
        rx.el.p(
            "This page could not reach the page that you came from. Nothing is lost: your answers "
            "are still there."
        ),
        rx.el.ol(
            rx.el.li("Go back to the page that you came from."),
            rx.el.li(
                "Choose \N{LEFT DOUBLE QUOTATION MARK}Save and come back later"
                "\N{RIGHT DOUBLE QUOTATION MARK} there."
            ),
            rx.el.li("Open the link that you get."),
            class_name="bullets",
        ),
        rx.el.div(
            link_button("Begin here without them", href=routes.QUESTIONNAIRE, kind="secondary"),
            class_name="actions",
        ),
        class_name="stack",
    )


def take_over_page() -> rx.Component:
    """Wait for the answers, and go on with them."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return patient_page(
        _TAKE_OVER.effect("useTakeOverPage", response_store(response)),
        rx.el.div(
            rx.cond(
                _TAKE_OVER.slice("step") == "failed",
                _failed(),
                rx.el.div(
                    page_head("Your answers come along"),
                    rx.el.p("One moment\N{HORIZONTAL ELLIPSIS}", role="status"),
                ),
            ),
            id=rx.Var.create("take-over"),
            tab_index=-1,
        ),
        response=response,
    )
