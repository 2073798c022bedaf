"""The task list: every section in the stage it belongs to, with how far it has come."""

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.button import link_button
from fbss_app.ui.task_list import stage_list


def section_tasks(response: ResponseVars, heading: int = 2) -> rx.Component:
    """List the sections as tasks, in the stages that the definition names.

    Args:
        response: The response whose store knows the progress.
        heading: The level of the stages' titles, 2 or 3.
    """
    return stage_list(response.slice("stages", "stages", list[dict[str, Any]]), heading)


def sections_view(response: ResponseVars) -> rx.Component:
    """Show the task list as a view of the questionnaire page.

    Args:
        response: The response whose store knows the progress.
    """
    pages = routes.questionnaire_pages(response.questionnaire)
    return rx.el.div(
        rx.el.div(
            rx.el.h1("Your progress", tab_index=-1, class_name="question-title"),
            rx.el.p("You can do the sections in any order, stop at any time and come back."),
            section_tasks(response),
            class_name="field",
        ),
        rx.el.div(
            link_button("Check your answers", href=pages["checkAnswers"]),
            class_name="actions",
        ),
        class_name="question",
    )
