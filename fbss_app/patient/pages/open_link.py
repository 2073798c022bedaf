"""Open the answers of a link or a code on this phone."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import patient_page, section
from fbss_app.patient.pages.link_script import clean_address
from fbss_app.patient.pages.page_styles import sharing_styles
from fbss_app.ui.button import button, link_button, working_button
from fbss_app.ui.error_summary import ProblemLink, error_summary
from fbss_app.ui.events import dom_event
from fbss_app.ui.form_field import text_field
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head

_OPENING = PageStore("links/opening", "useOpening")


def _code_form(response: ResponseVars) -> rx.Component:
    problems = _OPENING.slice("problems", list[ProblemLink])
    is_opening = _OPENING.slice("isBusy", bool)
    return rx.el.form(
        text_field(
            "open-code",
            "The code",
            name="code",
            hint="10 letters and numbers, such as ABCDE-23456. Small or large letters.",
            problems=problems,
            auto_capitalize="characters",
            spell_check=False,
            input_class="code-input",
        ),
        text_field(
            "open-year",
            "Year of birth",
            name="year",
            hint="Of the person whose answers they are.",
            problems=problems,
            input_mode="numeric",
            input_class="number-input",
        ),
        rx.el.div(
            working_button(
                "Open the answers",
                "Opening…",
                is_opening,
                type_="submit",
            ),
            class_name="actions",
        ),
        on_submit=dom_event(
            _OPENING.call(
                "openWithCode", response_name(response), response_store(response), "event.target"
            )
        ),
        method="dialog",
        no_validate=True,
        class_name="form-fields",
    )


def _form(response: ResponseVars) -> rx.Component:
    return rx.el.div(
        rx.el.p("If you have a link, open it again: it brings you here by itself."),
        rx.el.p("If you have a code on paper, type it here."),
        _code_form(response),
        class_name="stack",
    )


def _heading(text: str, anchor: str) -> rx.Component:
    return rx.el.h2(text, id=rx.Var.create(anchor), tab_index=-1, class_name="section-title")


def _failed(response: ResponseVars) -> rx.Component:
    again = rx.el.div(
        button(
            "Try again",
            on_click=_OPENING.call("tryAgain", response_name(response), response_store(response)),
        ),
        class_name="actions",
    )
    wait = _OPENING.slice("wait")
    return rx.fragment(
        rx.match(
            _OPENING.slice("failure"),
            (
                "refused",
                rx.el.div(
                    _heading("This link does not open any answers", "failed"),
                    rx.el.p(
                        "It may have been ended, its time may have run out, or a part of it is "
                        "missing. Ask the person who gave it to you for a new one."
                    ),
                    section("If you have a code", _code_form(response)),
                    class_name="stack",
                ),
            ),
            (
                "offline",
                rx.el.div(
                    _heading("There is no connection", "failed"),
                    rx.el.p("Your link is safe. Go online, and try again on this page."),
                    again,
                    class_name="stack",
                ),
            ),
            (
                "other",
                rx.el.div(
                    _heading("Other answers are hidden in this tab", "failed"),
                    rx.el.p(
                        "Nobody used them for 30 minutes, so we hid them. Your link opens "
                        "different ones. Open your link in a new tab."
                    ),
                    class_name="stack",
                ),
            ),
            (
                "too-many",
                rx.el.div(
                    _heading("There were too many tries", "failed"),
                    rx.el.p("Wait ", wait, ", and try again on this page."),
                    again,
                    class_name="stack",
                ),
            ),
            rx.el.div(
                _heading("The server is busy", "failed"),
                rx.el.p("Your link is safe. Wait a moment, and try again on this page."),
                again,
                class_name="stack",
            ),
        )
    )


def _as_whom() -> rx.Component:
    name, relationship = _OPENING.slice("name"), _OPENING.slice("relationship")
    you = rx.cond(
        name,
        rx.el.p(
            "The link was made for ",
            rx.el.strong(rx.el.bdi(name)),
            rx.cond(relationship, rx.fragment(" (", rx.el.bdi(relationship), ")")),
            ".",
        ),
    )
    return rx.fragment(
        rx.match(
            _OPENING.slice("role"),
            (
                "helper",
                rx.fragment(
                    rx.el.p(
                        "These are the answers of the person you help. You open them as a ",
                        rx.el.strong("helper"),
                        ". You can read them, add answers and change some.",
                    ),
                    you,
                ),
            ),
            (
                "read",
                rx.fragment(
                    rx.el.p(
                        "These are the answers of the person who gave you the link. "
                        "You open them to ",
                        rx.el.strong("read only"),
                        ". You cannot change them.",
                    ),
                    you,
                ),
            ),
            rx.el.p(
                "These are ",
                rx.el.strong("your own answers"),
                ". You can go on, change them and let others in, as on your first phone.",
            ),
        )
    )


def _choose(response: ResponseVars) -> rx.Component:
    return rx.el.div(
        _heading("This phone already holds other answers", "choose"),
        _as_whom(),
        rx.el.p(
            "Which do you want to use now? Both stay on this phone. "
            "You can change over later on the save page."
        ),
        rx.el.div(
            button(
                "Use the ones from the link",
                on_click=_OPENING.call("openHere", response_store(response)),
            ),
            button(
                "Stay with the ones on this phone",
                kind="secondary",
                on_click=_OPENING.call("stayHere"),
            ),
            class_name="actions",
        ),
        class_name="stack",
    )


def _go_on() -> rx.Component:
    return rx.el.div(
        rx.match(
            _OPENING.slice("role"),
            ("helper", link_button("Start: say who you are", href=routes.QUESTIONNAIRE)),
            ("read", link_button("Read the summary", href=routes.SUMMARY)),
            link_button("Carry on with the questions", href=routes.QUESTIONNAIRE),
        ),
        class_name="actions",
    )


def _opened() -> rx.Component:
    return rx.cond(
        _OPENING.slice("stays", bool),
        rx.el.div(
            _heading("You stay with the answers on this phone", "opened"),
            rx.el.p("The others wait on this phone too. You find them on the save page."),
            rx.el.div(
                link_button("Carry on with the questions", href=routes.QUESTIONNAIRE),
                class_name="actions",
            ),
            class_name="stack",
        ),
        rx.el.div(
            _heading("The answers are open", "opened"),
            _as_whom(),
            rx.el.p("The link works until ", _OPENING.slice("until"), "."),
            _go_on(),
            class_name="stack",
        ),
    )


def _already() -> rx.Component:
    return rx.el.div(
        _heading("These answers are on this phone already", "opened"),
        rx.el.p("You do not need the link here. Nothing has changed."),
        rx.el.div(
            link_button("Carry on with the questions", href=routes.QUESTIONNAIRE),
            class_name="actions",
        ),
        class_name="stack",
    )


def open_page() -> rx.Component:
    """Exchange a link or a code for the answers it leads to."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return patient_page(
        clean_address(),
        sharing_styles(),
        _OPENING.effect("useOpeningPage", response_store(response), response_name(response)),
        error_summary(_OPENING.slice("problems", list[ProblemLink])),
        page_head("Open the answers"),
        rx.el.noscript(
            rx.el.style(".opening { display: none }"),
            notice(
                "This page needs JavaScript, which is switched off here. Switch it on, and open "
                "your link again. Nothing has been used up: the link still works.",
                kind="warning",
            ),
        ),
        rx.el.div(
            rx.match(
                _OPENING.slice("step"),
                ("form", _form(response)),
                ("failed", _failed(response)),
                ("choose", _choose(response)),
                ("already", _already()),
                ("opened", _opened()),
                rx.el.p("Opening the answers…", role="status", class_name="needs-script"),
            ),
            tab_index=-1,
            class_name="opening",
        ),
        response=response,
    )
