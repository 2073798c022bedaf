"""The page to take to the specialist: on the phone, and on one sheet of A4."""

from typing import Any

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.patient.client.definitions import questionnaires
from fbss_app.patient.client.vars import CLIENT, ResponseVars, function_over
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.confirm_link import confirm_link
from fbss_app.patient.pages.frame import patient_page, section
from fbss_app.patient.pages.link_ended import link_ended_notice
from fbss_app.patient.pages.pdf_download import pdf_download, pdf_needs_saving
from fbss_app.patient.pages.send_link import send_link
from fbss_app.ui import words
from fbss_app.ui.art.empty import no_summary
from fbss_app.ui.button import button
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.icon import icon
from fbss_app.ui.page_head import page_head
from fbss_app.ui.summary_block import folding_part, summary_block


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


def _question(question: Any) -> rx.Component:
    because = question["because"].to(str)
    return rx.el.li(
        question["text"].to(str),
        rx.cond(
            because, rx.el.div("Why you see this: ", because, class_name="summary-note no-print")
        ),
    )


def _questions(response: ResponseVars) -> rx.Component:
    first = response.slice("to_ask", "summary.questions", list[dict[str, str]])
    more = response.slice("more_to_ask", "summary.moreQuestions", list[dict[str, str]])
    return folding_part(
        "Questions to ask",
        rx.el.ul(rx.foreach(first, _question), class_name="bullets"),
        rx.cond(
            more.length() > 0,
            rx.el.div(
                disclosure(
                    "More questions you could ask",
                    rx.el.ul(rx.foreach(more, _question), class_name="bullets"),
                ),
                class_name="no-print",
            ),
        ),
        is_folded=True,
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


def _open_all() -> rx.Component:
    imports = {f"{CLIENT}/review/folding": [ImportVar(tag="openAll")]}
    source = rx.Var("openAll", _var_data=VarData(imports=imports))
    return rx.el.div(
        rx.el.button(
            "Open all parts",
            type="button",
            on_click=function_over("openAll()", source),
            class_name="row-action",
        ),
        class_name="summary-open-all no-print",
    )


def _credits(response: ResponseVars) -> rx.Component:
    definition = questionnaires()[response.questionnaire]
    # Sets of questions bear their own credit; a definition that uses none has one for the whole.
    credit = None if definition.instrument else definition.copyright
    instruments = response.slice("instruments", "summary.instruments")
    credits = response.slice("credits", "summary.credits", list[str])
    return disclosure(
        "About the questions",
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
        folds=True,
    )


def _sheet(response: ResponseVars) -> rx.Component:
    """Show the sheet, or its place until review.js has worked it out."""
    return rx.cond(
        response.slice("summary_version", "summary.version"),
        _worked_out(response),
        rx.el.div(
            rx.el.p("Working out your summary\N{HORIZONTAL ELLIPSIS}", class_name="hint"),
            class_name="summary-page summary-waiting",
        ),
    )


def _worked_out(response: ResponseVars) -> rx.Component:
    blocks = response.slice("summary_blocks", "summary.blocks", list[dict[str, Any]])
    return rx.el.div(
        _origin(response),
        _identity(),
        _warning_signs(response),
        _open_all(),
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
        link_ended_notice(response),
        rx.cond(
            response.slice("has_answers", "hasAnswers", bool),
            rx.fragment(
                rx.el.p(
                    "Take this page with you. A star marks the five facts that specialists weigh.",
                    class_name="no-print",
                ),
                rx.el.div(
                    button(
                        icon("print"), "Print or save as PDF", on_click=function_over("print()")
                    ),
                    class_name="actions no-print",
                ),
                pdf_download(response),
                rx.el.div(confirm_link(response), send_link(response), class_name="no-print"),
                _sheet(response),
                _after_the_sheet(response, pages["checkAnswers"]),
                response.effect("useFolding", "review/folding"),
            ),
            nothing_yet(
                response,
                "Once you have answered, one page for the specialist stands here.",
                no_summary(),
            ),
        ),
        response.effect("useReview"),
        current=routes.SUMMARY,
        narrow=False,
        response=response,
        shows_answers=True,
    )


def _after_the_sheet(response: ResponseVars, check_answers: str) -> rx.Component:
    next_steps = [rx.el.a("Change my answers", href=check_answers)]
    if response.questionnaire == routes.PRIMARY_QUESTIONNAIRE:
        next_steps += [
            rx.el.a("Read about the options", href=routes.OPTIONS),
            rx.fragment(
                rx.el.a("Save my answers on the server", href=routes.SAVE),
                pdf_needs_saving(response),
            ),
            rx.el.a("Let someone help or read", href=routes.HELPERS),
            rx.el.a("Download or delete my answers", href=routes.YOUR_DATA),
            rx.el.a("Clear this phone", href=f"{routes.PRIVACY}#clear"),
        ]
    return rx.el.div(
        section(
            "What you can do next",
            rx.el.ul(*(rx.el.li(step) for step in next_steps), class_name="bullets"),
        ),
        class_name="no-print",
    )
