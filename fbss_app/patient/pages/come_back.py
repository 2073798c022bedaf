"""Come back later: on this phone, on another one, or with a code on paper."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars, function_over
from fbss_app.patient.pages.frame import parent_link, patient_page, section
from fbss_app.patient.pages.made_link import MADE_LINK, made_link
from fbss_app.patient.pages.only_managers import for_managers
from fbss_app.patient.pages.page_styles import sharing_styles
from fbss_app.patient.pages.server_trouble import server_trouble
from fbss_app.ui.button import button, working_button
from fbss_app.ui.error_summary import ProblemLink, error_summary
from fbss_app.ui.events import dom_event
from fbss_app.ui.form_field import text_field, tick_field
from fbss_app.ui.icon import icon
from fbss_app.ui.page_head import page_head

_MAKING = PageStore("links/link_making", "useLinkMaking")
_CODE = PageStore("links/return_code", "useReturnCode")
_COPY = PageStore("saving/server_copy", "useServerCopy")


def _on_this_phone() -> rx.Component:
    return section(
        "On this phone",
        rx.el.p("There is nothing to do. Open this app again, and go on where you stopped."),
    )


def _link(response: ResponseVars) -> rx.Component:
    busy = _MAKING.slice("isBusy", bool)
    return section(
        "On another phone or computer",
        rx.el.p("Make a link, and send it to yourself. It opens your answers there."),
        rx.cond(
            MADE_LINK.slice("address"),
            rx.fragment(),
            rx.el.div(
                rx.cond(
                    response.slice("role", "role") == "helper",
                    tick_field(
                        "return-agreed",
                        "The person I am helping has agreed to this",
                        name="agreed",
                        problems=_MAKING.slice("problems", list[ProblemLink]),
                    ),
                ),
                working_button(
                    "Make a link for me",
                    "Making the link…",
                    busy,
                    on_click=_MAKING.call(
                        "makeReturnLink", response_name(response), response_store(response)
                    ),
                ),
                class_name="actions",
            ),
        ),
        server_trouble(
            _MAKING.slice("failure"),
            "The server did not make a link. Your answers are safe.",
        ),
        made_link(
            "Your link to come back",
            rx.el.p("Keep it as you would keep a key. You can end it at any time."),
        ),
    )


def _made_code() -> rx.Component:
    code = _CODE.slice("code")
    return rx.cond(
        code,
        rx.el.section(
            rx.el.h3("Your code", id=rx.Var.create("made-code"), tab_index=-1),
            rx.el.p(code, translate="no", class_name="code-text"),
            rx.el.p(
                "Open this page on the other phone. Type the code and your year of birth there."
            ),
            rx.el.p(
                _CODE.slice("place"),
                translate="no",
                class_name="link-text",
            ),
            rx.el.p(
                "The code works until ",
                _CODE.slice("until"),
                ". After 5 wrong tries it stops. A new code ends this one.",
            ),
            rx.el.div(
                button(
                    icon("print"),
                    "Print this",
                    kind="secondary",
                    on_click=function_over("print()"),
                ),
                class_name="actions",
            ),
            class_name="card made",
        ),
    )


def _code(response: ResponseVars) -> rx.Component:
    problems = _CODE.slice("problems", list[ProblemLink])
    busy = _CODE.slice("isBusy", bool)
    return section(
        "With a code on paper",
        rx.el.p("If you cannot use a link, write down a short code instead."),
        rx.el.form(
            text_field(
                "code-year",
                "Your year of birth",
                name="year",
                hint="So that a lost paper opens nothing. "
                "Only a mark of it is kept, and only for this code.",
                problems=problems,
                input_mode="numeric",
                input_class="number-input",
            ),
            rx.el.div(
                working_button(
                    "Make a code",
                    "Making the code…",
                    busy,
                    kind="secondary",
                    type_="submit",
                ),
                class_name="actions",
            ),
            on_submit=dom_event(_CODE.call("makeCode", response_name(response), "event.target")),
            method="dialog",
            no_validate=True,
            class_name="no-print",
        ),
        server_trouble(
            _CODE.slice("failure"),
            "The server did not make a code. Your answers are safe.",
        ),
        _made_code(),
    )


def come_back_page() -> rx.Component:
    """Give a person a way back to their answers."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    until = _COPY.slice("until")
    return patient_page(
        sharing_styles(),
        _COPY.effect("useServerCopyUpdates", response_store(response), response_name(response)),
        _CODE.effect("useReturnCodePage"),
        parent_link("Saved answers", routes.SAVE),
        error_summary(_CODE.slice("problems", list[ProblemLink])),
        page_head(
            "Come back later",
            rx.cond(until, rx.el.p("Your answers are on the server until ", until, ".")),
            lead="Stop when you like. Choose how you will come back.",
        ),
        for_managers(
            response,
            rx.el.div(_on_this_phone(), class_name="no-print"),
            _link(response),
            _code(response),
        ),
        response=response,
        shows_answers=True,
    )
