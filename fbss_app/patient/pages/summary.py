"""The page to take to the specialist: on the phone, and on one sheet of A4."""

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.patient.client.definitions import questionnaires
from fbss_app.patient.client.vars import ResponseVars, function_over
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.frame import patient_page, section
from fbss_app.ui import words
from fbss_app.ui.art.empty import no_summary
from fbss_app.ui.button import button, link_button
from fbss_app.ui.icon import icon
from fbss_app.ui.page_head import page_head
from fbss_app.ui.summary_block import summary_block


def _warning_signs(response: ResponseVars) -> rx.Component:
    flags = response.slice("summary_flags", "summary.flags", list[dict[str, str]])
    return rx.cond(
        flags.length() > 0,
        rx.el.section(
            rx.el.h2(
                icon("warning"),
                "Warning signs that were reported",
                class_name="summary-block-title",
            ),
            rx.el.ul(rx.foreach(flags, _warning_sign), class_name="bullets"),
            class_name="summary-block summary-flags",
        ),
    )


def _warning_sign(flag: Any) -> rx.Component:
    urgency = flag["urgency"].to(str)
    level = rx.match(urgency, *words.URGENCY_LEVEL.items(), words.URGENCY_LEVEL["soon"])
    return rx.el.li(rx.el.strong(level, ": "), flag["heading"].to(str), data_urgency=urgency)


def _questions(response: ResponseVars) -> rx.Component:
    questions = response.slice("to_ask", "summary.questions", list[dict[str, str]])
    return rx.el.section(
        rx.el.h2("Questions to ask", class_name="summary-block-title"),
        rx.el.ul(
            rx.foreach(
                questions,
                lambda question: rx.el.li(
                    question["text"],
                    rx.cond(
                        question["because"],
                        rx.el.div(
                            "Why you see this: ", question["because"], class_name="note no-print"
                        ),
                    ),
                ),
            ),
            class_name="bullets",
        ),
        class_name="summary-block",
    )


def _block(block: Any) -> rx.Component:
    return summary_block(
        block["title"].to(str),
        block["facts"].to(list[dict[str, Any]]),
        block["starred"].to(bool),
    )


def _identity() -> rx.Component:
    """Give lines to write on: the app asks for no name, but a sheet in a file needs one."""
    lines = ("Name", "Date of birth", "Hospital number")
    return rx.el.div(
        *(rx.el.p(line, class_name="summary-line") for line in lines),
        class_name="summary-identity print-only",
    )


def _sheet(response: ResponseVars) -> rx.Component:
    blocks = response.slice("summary_blocks", "summary.blocks", list[dict[str, Any]])
    by_helper = response.slice("by_helper", "summary.byHelper", bool)
    signs_answered_on = response.slice("signs_answered_on", "summary.signsAnsweredOn")
    credit = questionnaires()[response.questionnaire].copyright
    return rx.el.div(
        rx.el.p(
            "Reported by ",
            rx.cond(by_helper, "a helper for the patient", "the patient"),
            " on ",
            response.slice("printed_on", "printedOn"),
            ". Not checked by a clinician.",
            rx.cond(
                signs_answered_on,
                rx.fragment(" Warning signs last answered on ", signs_answered_on, "."),
            ),
            class_name="summary-origin",
        ),
        _identity(),
        _warning_signs(response),
        rx.el.div(
            rx.foreach(blocks, lambda block: rx.cond(block["starred"], _block(block))),
            class_name="summary-blocks summary-first",
        ),
        rx.el.div(
            rx.foreach(
                blocks, lambda block: rx.cond(block["starred"], rx.fragment(), _block(block))
            ),
            _questions(response),
            class_name="summary-blocks",
        ),
        rx.el.footer(
            *(rx.el.p(line) for line in load_content().messages.must_always_be_said),
            *([rx.el.p(f"Questions: {credit}")] if credit else []),
            class_name="summary-must-say",
        ),
        class_name="summary-page",
    )


def summary_page(name: str) -> rx.Component:
    """Show the summary of the answers to one questionnaire.

    Args:
        name: The name of the definition.
    """
    response = ResponseVars(name)
    pages = routes.questionnaire_pages(name)
    return patient_page(
        page_head("My summary for the specialist"),
        rx.cond(
            response.slice("has_answers", "hasAnswers", bool),
            rx.fragment(
                rx.el.p(
                    "Take this page with you. A star marks the five facts that specialists weigh.",
                    class_name="lead no-print",
                ),
                rx.el.div(
                    button(
                        icon("print"), "Print or save as PDF", on_click=function_over("print()")
                    ),
                    link_button("Change my answers", href=pages["checkAnswers"], kind="secondary"),
                    class_name="actions no-print",
                ),
                _sheet(response),
                _after_the_sheet(response),
            ),
            nothing_yet(
                response,
                "Once you have answered, one page for the specialist stands here.",
                no_summary(),
            ),
        ),
        current=routes.SUMMARY,
        narrow=False,
        response=response,
    )


def _after_the_sheet(response: ResponseVars) -> rx.Component:
    if response.questionnaire != routes.PRIMARY_QUESTIONNAIRE:
        return rx.fragment()
    return rx.el.div(
        section(
            "What you can do next",
            rx.el.ul(
                rx.el.li(rx.el.a("Read about the options", href=routes.OPTIONS)),
                rx.el.li(rx.el.a("Save my answers on the server", href=routes.SAVE)),
                rx.el.li(rx.el.a("Clear this phone", href=f"{routes.PRIVACY}#clear")),
                class_name="bullets",
            ),
        ),
        class_name="no-print",
    )
