"""All answers on one page before they are used: read, change, and go on."""

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.confirm_link import confirm_link
from fbss_app.patient.pages.frame import patient_page
from fbss_app.patient.pages.link_ended import link_ended_notice
from fbss_app.ui.art.empty import no_answers
from fbss_app.ui.button import link_button
from fbss_app.ui.empty import empty_state
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.summary_list import summary_list


def _group(group: Any) -> rx.Component:
    title = group["title"].to(str)
    return rx.fragment(
        rx.cond(title, rx.el.h3(rx.el.bdi(title), class_name="summary-list-title")),
        summary_list(group["rows"].to(list[dict[str, Any]])),
    )


def _section(section: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(section["title"].to(str), class_name="section-title"),
        rx.foreach(section["groups"].to(list[dict[str, Any]]), _group),
        class_name="section",
    )


def nothing_yet(
    response: ResponseVars, then: str, picture: rx.Component | None = None
) -> rx.Component:
    """Say that there is no answer yet, and where to start.

    Args:
        response: The response that is still empty.
        then: What this page will show once there are answers.
        picture: A drawing of it; a blank form unless said otherwise.
    """
    pages = routes.questionnaire_pages(response.questionnaire)
    return empty_state(
        picture or no_answers(),
        "There are no answers on this phone yet",
        rx.el.p(then),
        link_button("Answer the questions", href=pages["questionnaire"]),
    )


def check_answers_page(name: str) -> rx.Component:
    """Read the answers to one questionnaire back.

    Args:
        name: The name of the definition.
    """
    response = ResponseVars(name)
    pages = routes.questionnaire_pages(name)
    sections = response.slice("check_sections", "checkSections", list[dict[str, Any]])
    return patient_page(
        page_head("Check your answers"),
        link_ended_notice(response),
        rx.cond(
            response.slice("has_answers", "hasAnswers", bool),
            rx.fragment(
                rx.cond(
                    response.slice("is_complete", "isComplete", bool),
                    rx.fragment(),
                    notice(
                        rx.el.p(
                            "Some questions have no answer yet. You can leave them out, or ",
                            rx.el.a("carry on with the questions", href=pages["questionnaire"]),
                            ".",
                        )
                    ),
                ),
                confirm_link(response),
                rx.foreach(sections, _section),
                rx.el.div(
                    link_button("See my summary", href=pages["summary"]),
                    class_name="actions",
                ),
            ),
            nothing_yet(response, "Here you will read each answer again, and can change it."),
        ),
        response.effect("useReview"),
        response=response,
        shows_answers=True,
    )
