"""The patient goes through what a helper answered: confirm it, or change it."""

from typing import Any

import reflex as rx
from reflex.vars import NumberVar

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.confirm_link import unconfirmed_count
from fbss_app.patient.pages.frame import parent_link, patient_page
from fbss_app.patient.pages.page_styles import sharing_styles
from fbss_app.ui.button import button, link_button
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.summary_list import answer_texts

_CONFIRMING = PageStore("review/confirming", "useConfirming")


def _row(response: ResponseVars, row: Any) -> rx.Component:
    key, label, note = row["key"].to(str), row["label"].to(str), row["note"].to(str)
    named = rx.el.span(": ", label, class_name="visually-hidden")
    return rx.el.li(
        rx.el.div(
            rx.el.h3(label, id="answer-" + key, tab_index=-1, class_name="repetition-title"),
            answer_texts(row["answers"].to(list[str])),
            rx.cond(note, rx.el.p(note, class_name="summary-note")),
            class_name="confirmable-answer",
        ),
        rx.el.div(
            rx.el.button(
                "Confirm",
                named,
                type="button",
                on_click=_CONFIRMING.call(
                    "confirmAnswers", response_store(response), rx.Var.create([key])
                ),
                class_name="row-action",
            ),
            rx.el.a("Change", named, href=row["href"].to(str), class_name="row-action"),
            class_name="row-actions",
        ),
        class_name="confirmable",
    )


def _section(response: ResponseVars, section: Any) -> rx.Component:
    rows = section["rows"].to(list[dict[str, Any]])
    return rx.el.section(
        rx.el.h2(section["title"].to(str), class_name="section-title"),
        rx.el.ul(rx.foreach(rows, lambda row: _row(response, row)), class_name="confirmable-list"),
        rx.cond(
            rows.length() > 1,
            rx.el.div(
                button(
                    "Confirm these ",
                    rows.length().to_string(),
                    rx.el.span(": ", section["title"].to(str), class_name="visually-hidden"),
                    kind="secondary",
                    on_click=_CONFIRMING.call("confirmRows", response_store(response), rows),
                ),
                class_name="actions",
            ),
        ),
        class_name="section",
    )


def _outcome(response: ResponseVars, count: NumberVar[int]) -> rx.Component:
    done = _CONFIRMING.slice("done", int)
    return rx.el.div(
        rx.el.div(
            rx.cond(
                done > 0,
                rx.el.p(
                    rx.cond(done == 1, "1 answer", rx.fragment(done, " answers")),
                    " confirmed. Left: ",
                    count,
                    ".",
                ),
            ),
            rx.cond(_CONFIRMING.slice("undone", bool), rx.el.p("Undone. They wait for you again.")),
            role="status",
        ),
        rx.cond(
            done > 0,
            button(
                "Undo",
                kind="quiet",
                on_click=_CONFIRMING.call("undoConfirming", response_store(response)),
            ),
        ),
        id=rx.Var.create("confirmed"),
        tab_index=-1,
        class_name="outcome-bar",
    )


def _list(response: ResponseVars, count: NumberVar[int]) -> rx.Component:
    sections = response.slice("unconfirmed_sections", "unconfirmed.sections", list[dict[str, Any]])
    note = response.slice("unconfirmed_note", "unconfirmed.note")
    return rx.fragment(
        rx.cond(
            count > 0,
            rx.fragment(
                rx.cond(note, rx.el.p(note, ".")),
                rx.el.div(
                    button(
                        rx.cond(
                            count == 1,
                            "Confirm this answer",
                            rx.Var(f'"Confirm all " + {count!s} + " shown"', _var_type=str),
                        ).to(str),
                        on_click=_CONFIRMING.call("confirmAll", response_store(response)),
                    ),
                    class_name="actions",
                ),
                rx.foreach(sections, lambda section: _section(response, section)),
            ),
            rx.fragment(
                rx.el.p("There is nothing left to confirm."),
                rx.el.div(link_button("See my summary", href=routes.SUMMARY), class_name="actions"),
            ),
        ),
        _outcome(response, count),
    )


def _not_for_helpers() -> rx.Component:
    return rx.fragment(
        notice(
            "Only the person whose answers they are can confirm them. They can do it on their "
            "own phone. Or they can say on this one that they answer themselves."
        ),
        rx.el.div(
            link_button(
                "Say who is answering now", href=f"{routes.QUESTIONNAIRE}#author", kind="secondary"
            ),
            class_name="actions",
        ),
    )


def confirm_answers_page() -> rx.Component:
    """Let the patient confirm or change what a helper answered."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return patient_page(
        sharing_styles(),
        response.effect("useReview"),
        _CONFIRMING.effect("useConfirmingPage"),
        parent_link("Check your answers", routes.CHECK_ANSWERS),
        page_head(
            "Confirm what a helper answered",
            lead="Confirm what is right. Change what is not. Your summary says which is which.",
        ),
        rx.cond(
            response.slice("has_answers", "hasAnswers", bool),
            rx.cond(
                response.slice("by_helper", "helper", bool),
                _not_for_helpers(),
                _list(response, unconfirmed_count(response)),
            ),
            nothing_yet(response, "Here you can confirm what a helper answered for you."),
        ),
        response=response,
        shows_answers=True,
    )
