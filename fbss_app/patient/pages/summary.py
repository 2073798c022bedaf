"""The page to take to the specialist: on the phone, and on one sheet of A4."""

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.patient.client.definitions import questionnaires
from fbss_app.patient.client.vars import ResponseVars, function_over
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.frame import patient_page, section
from fbss_app.patient.pages.pdf_download import pdf_download
from fbss_app.ui import words
from fbss_app.ui.art.empty import no_summary
from fbss_app.ui.button import button, link_button
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.icon import icon
from fbss_app.ui.link import in_page_link
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


def _identity() -> rx.Component:
    """Give lines to write on: the app asks for no name, but a sheet in a file needs one."""
    lines = ("Name", "Date of birth", "Hospital number")
    return rx.el.div(
        *(rx.el.p(line, class_name="summary-line") for line in lines),
        class_name="summary-identity print-only",
    )


def _origin(response: ResponseVars) -> rx.Component:
    signs_answered_on = response.slice("signs_answered_on", "summary.signsAnsweredOn")
    return rx.el.p(
        "Reported by ",
        response.slice("reported_by", "summary.by"),
        " on ",
        response.slice("printed_on", "printedOn"),
        ". Not checked by a clinician.",
        rx.cond(
            signs_answered_on,
            rx.fragment(" Warning signs last answered on ", signs_answered_on, "."),
        ),
        " ",
        response.slice("helper_marks", "summary.marks"),
        class_name="summary-origin",
    )


def _contents(blocks: Any) -> rx.Component:
    """Lead to the parts: on a phone the page is several screens long."""
    return rx.el.div(
        disclosure(
            "What is on this page",
            rx.el.ul(
                rx.foreach(
                    blocks,
                    lambda block: rx.el.li(
                        in_page_link(
                            block["title"].to(str), href=("#" + block["id"].to(str)).to(str)
                        )
                    ),
                ),
                class_name="summary-contents",
            ),
        ),
        class_name="no-print",
    )


def _credits(response: ResponseVars) -> rx.Component:
    definition = questionnaires()[response.questionnaire]
    # Sets of questions bear their own credit; a definition that uses none has one for the whole.
    credit = None if definition.instrument else definition.copyright
    instruments = response.slice("instruments", "summary.instruments")
    credits = response.slice("credits", "summary.credits", list[str])
    return rx.fragment(
        rx.el.p(
            "Questionnaire: ",
            definition.title,
            ", version ",
            response.slice("summary_version", "summary.version"),
            ".",
            *([f" {credit}"] if credit else []),
        ),
        rx.cond(instruments, rx.el.p("Sets of questions: ", instruments, ".")),
        rx.foreach(credits, lambda line: rx.el.p(line)),
    )


def _sheet(response: ResponseVars) -> rx.Component:
    blocks = response.slice("summary_blocks", "summary.blocks", list[dict[str, Any]])
    return rx.el.div(
        _origin(response),
        _identity(),
        _contents(blocks),
        _warning_signs(response),
        rx.el.div(
            rx.foreach(blocks, summary_block), _questions(response), class_name="summary-blocks"
        ),
        rx.el.footer(
            *(rx.el.p(line) for line in load_content().messages.must_always_be_said),
            _credits(response),
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
                pdf_download(response),
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
