"""The page after the repetitions of a repeating group: what there is, change, remove, add."""

from typing import Any

import reflex as rx

from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.button import button
from fbss_app.ui.icon import icon
from fbss_app.ui.question import back_button


def _row(response: ResponseVars, row: Any) -> rx.Component:
    title = row["title"].to(str)
    return rx.el.li(
        rx.el.h2(title, class_name="repetition-title"),
        rx.foreach(row["lines"].to(list[str]), lambda line: rx.el.p(line)),
        rx.el.div(
            rx.el.a(
                "Change",
                rx.el.span(" ", title, class_name="visually-hidden"),
                href=row["href"].to(str),
                on_click=response.action_with("openRepetition", row["first"]),
                class_name="row-action",
            ),
            rx.cond(
                response.slice("can_remove", "repetitions.canRemove", bool),
                rx.el.button(
                    icon("bin"),
                    "Remove",
                    rx.el.span(" ", title, class_name="visually-hidden"),
                    type="button",
                    on_click=response.action_with("removeRepetition", row["id"]),
                    class_name="row-action",
                ),
            ),
            class_name="row-actions",
        ),
        class_name="repetition",
    )


def repetitions_view(response: ResponseVars) -> rx.Component:
    """List the repetitions of the group the person stands at.

    Args:
        response: The response whose store holds the list.
    """
    name = response.slice("repetition_name", "repetitions.name")
    rows = response.slice("repetition_rows", "repetitions.rows", list[dict[str, Any]])
    return rx.el.div(
        back_button(response.action("back")),
        rx.el.p(response.slice("repetition_caption", "repetitions.caption"), class_name="caption"),
        rx.el.h1(
            response.slice("repetition_text", "repetitions.text"),
            tab_index=-1,
            class_name="question-title",
        ),
        rx.el.div(
            rx.cond(
                response.slice("removed", "removed"),
                rx.el.p(
                    "Removed. ",
                    rx.el.button(
                        "Undo",
                        type="button",
                        on_click=response.action("undoRemove"),
                        class_name="row-action",
                    ),
                ),
            ),
            role="status",
        ),
        rx.el.ul(
            rx.foreach(rows, lambda row: _row(response, row)),
            class_name="repetition-list",
        ),
        rx.cond(
            response.slice("can_add", "repetitions.canAdd", bool),
            button(
                icon("plus"),
                "Add another ",
                name,
                kind="secondary",
                on_click=response.action("addRepetition"),
            ),
        ),
        rx.el.div(
            button("Continue", on_click=response.action("continueAfterList")),
            class_name="actions",
        ),
        class_name="question",
    )
