"""The page of questions: one at a time, with what a warning sign opens and the task list."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import patient_page
from fbss_app.patient.pages.interruption import interruption_view
from fbss_app.patient.pages.repetitions import repetitions_view
from fbss_app.patient.pages.sections import sections_view
from fbss_app.patient.pages.urgent import urgent_view
from fbss_app.ui.question import question_frame


def _question(response: ResponseVars) -> rx.Component:
    return question_frame(
        response.question(),
        caption=response.slice("caption", "question.caption"),
        control_name=response.slice("control", "question.control"),
        on_continue=response.action("continueOn"),
        on_back=response.action("back"),
        after=_after_question(response),
    )


def _after_question(response: ResponseVars) -> rx.Component:
    address = routes.questionnaire_pages(response.questionnaire)["questionnaire"]
    return rx.cond(
        response.slice("has_answers", "hasAnswers", bool),
        rx.el.p(
            rx.el.a("See all sections", href=f"{address}#sections"),
            class_name="after-question",
        ),
        rx.el.p(
            "After 30 minutes without use we hide the answers. Nothing is lost.",
            class_name="hint after-question",
        ),
    )


def _save_link(name: str) -> rx.Component:
    """Lead to saving, from under every view of the page; only the app's own answers are saved."""
    if name != routes.PRIMARY_QUESTIONNAIRE:
        return rx.fragment()
    return rx.el.p(
        rx.el.a("Save and come back later", href=routes.SAVE), class_name="after-question"
    )


def questionnaire_page(name: str) -> rx.Component:
    """Ask the questions of one questionnaire.

    Args:
        name: The name of the definition.
    """
    response = ResponseVars(name)
    return patient_page(
        rx.el.noscript(
            rx.el.p(
                "The questions need JavaScript, which is switched off here. "
                "You can still read every page under Options and Learn."
            ),
        ),
        rx.fragment(
            rx.match(
                response.slice("view", "view"),
                ("urgent", urgent_view(response)),
                ("interruption", interruption_view(response)),
                ("repetitions", repetitions_view(response)),
                ("sections", sections_view(response)),
                _question(response),
            ),
        ),
        _save_link(name),
        current=routes.QUESTIONNAIRE,
        response=response,
        effect="useQuestionnairePage",
        shows_answers=True,
    )
