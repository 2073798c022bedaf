"""The page after an answer that is possible but unlikely: keep it, or change it (FX-14)."""

import reflex as rx

from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.button import button
from fbss_app.ui.question import back_button


def interruption_view(response: ResponseVars) -> rx.Component:
    """Read an unlikely answer back and ask whether it is right. Nothing is called a mistake.

    Args:
        response: The response whose store holds the answer.
    """
    return rx.el.div(
        back_button(response.action("back")),
        rx.el.p(response.slice("odd_caption", "interruption.caption"), class_name="caption"),
        rx.el.div(
            rx.el.h1(
                response.slice("odd_heading", "interruption.text"),
                tab_index=-1,
                class_name="question-title",
            ),
            rx.el.p(response.slice("odd_detail", "interruption.detail")),
            _answer(response),
            class_name="field",
        ),
        rx.el.div(
            button("Yes, that is right", on_click=response.action("keepUnlikelyAnswer")),
            button(
                "Change my answer",
                kind="secondary",
                on_click=response.action("changeUnlikelyAnswer"),
            ),
            class_name="actions",
        ),
        class_name="question",
    )


def _answer(response: ResponseVars) -> rx.Component:
    answers = response.slice("odd_answers", "interruption.answers", list[str])
    return rx.el.dl(
        rx.el.div(
            rx.el.dt(response.slice("odd_label", "interruption.label"), class_name="summary-label"),
            rx.el.dd(
                rx.foreach(answers, lambda answer: rx.el.div(answer)),
                class_name="summary-answers",
            ),
            class_name="summary-row",
        ),
        class_name="summary-list",
    )
