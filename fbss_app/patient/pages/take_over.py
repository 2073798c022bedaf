"""A page of its own takes over the answers of the frame from which it was opened."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import patient_page
from fbss_app.ui.button import link_button
from fbss_app.ui.page_head import page_head

_TAKE_OVER = PageStore("embed/take_over", "useTakeOver")


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def _without_them(title: str, why: str, *steps: str) -> rx.Component:
    return rx.el.div(
        page_head(title),
        rx.el.p(why),
        rx.el.ol(*(rx.el.li(step) for step in steps), class_name="bullets"),
        rx.el.div(
            link_button("Begin here without them", href=routes.QUESTIONNAIRE, kind="secondary"),
            class_name="actions",
        ),
        class_name="stack",
    )


def _failed() -> rx.Component:
    return _without_them(
        "Your answers stayed where they are",
        "This page could not reach the page that you came from. Nothing is lost: your answers "
        "are still there.",
        "Go back to the page that you came from.",
        f"Choose {_quoted('Save and come back later')} there.",
        "Open the link that you get.",
    )


def _hidden() -> rx.Component:
    return _without_them(
        "Show your answers first",
        "Nobody used the page that you came from for 30 minutes, so it hid the answers. Nothing is "
        "lost. Hidden answers do not come along.",
        "Go back to the page that you came from.",
        f"Choose {_quoted('Summary')} there, and show your answers.",
        f"Choose {_quoted('Open in its own page')} again.",
    )


def take_over_page() -> rx.Component:
    """Wait for the answers, and go on with them."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return patient_page(
        _TAKE_OVER.effect("useTakeOverPage", response_store(response)),
        rx.el.div(
            rx.match(
                _TAKE_OVER.slice("step"),
                ("failed", _failed()),
                ("hidden", _hidden()),
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
