"""What there is to do as tasks: what is done, what is left, in the stages of the whole way."""

from collections.abc import Callable
from typing import Any, TypedDict

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from fbss_app.ui.events import Handler, dom_event
from fbss_app.ui.icon import icon

COMPLETED = "Completed"
IN_PROGRESS = "In progress"
NOT_STARTED = "Not yet started"
CANNOT_START = "Cannot start yet"


class TaskRow(TypedDict):
    """One task. Without `href` it cannot be started and is no link."""

    title: str
    status: str
    href: str


class StageRow(TypedDict):
    """Some tasks under a title; `text` says more. Both may be ""."""

    title: str
    text: str
    tasks: list[TaskRow]


def _task(
    task: ObjectVar[TaskRow], on_open: Callable[[ObjectVar[TaskRow]], Handler] | None
) -> rx.Component:
    status = task["status"].to(str)
    href = task["href"].to(str)
    content = (
        rx.el.span(task["title"].to(str), class_name="task-title"),
        rx.el.span(
            rx.cond(status == COMPLETED, icon("check")),
            status,
            data_status=status,
            class_name="task-status",
        ),
    )
    handler: dict[str, Any] = {"on_click": dom_event(on_open(task))} if on_open else {}
    return rx.el.li(
        rx.cond(
            href != "",
            rx.el.a(*content, href=href, class_name="task-row", **handler),
            rx.el.div(*content, class_name="task-row"),
        ),
        class_name="task",
    )


def task_list(
    tasks: ArrayVar[list[TaskRow]], on_open: Callable[[ObjectVar[TaskRow]], Handler] | None = None
) -> rx.Component:
    """Show tasks, each a link that takes the whole row.

    Args:
        tasks: The tasks, in order. The status is the text that is shown.
        on_open: Gives the handler of a task's link, called with the DOM event.

    Returns:
        The list.
    """
    return rx.el.ul(
        rx.foreach(tasks, lambda task: _task(task, on_open)),
        class_name="task-list",
    )


def stage_list(stages: ArrayVar[list[StageRow]], heading: int = 2) -> rx.Component:
    """Show tasks in stages, each under its title.

    Args:
        stages: The stages, in order.
        heading: The level of the titles, 2 or 3.

    Returns:
        The stages.
    """
    element = rx.el.h3 if heading == 3 else rx.el.h2

    def stage(row: ObjectVar[StageRow]) -> rx.Component:
        title, text = row["title"].to(str), row["text"].to(str)
        return rx.el.div(
            rx.cond(title != "", element(title, class_name="stage-title")),
            rx.cond(text != "", rx.el.p(text, class_name="note")),
            task_list(row["tasks"].to(list[TaskRow])),
            class_name="stage",
        )

    return rx.el.div(rx.foreach(stages, stage), class_name="stages")
