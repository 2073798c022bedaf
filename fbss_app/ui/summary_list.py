"""Answers read back, each with a link to change it."""

from collections.abc import Callable
from typing import Any, TypedDict

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from fbss_app.ui import words
from fbss_app.ui.events import Handler, dom_event


class AnswerRow(TypedDict):
    """One question with its answers.

    `answers` is empty where nothing was said; `note` is a line under them, such as who answered,
    or ""; `hidden` completes the link "Change" for a screen reader.
    """

    label: str
    answers: list[str]
    note: str
    href: str
    hidden: str


def answer_texts(answers: ArrayVar[list[str]]) -> rx.Component:
    """Show answers one under the other, or that there is none."""
    return rx.cond(
        answers.length() > 0,
        rx.foreach(answers, lambda answer: rx.el.div(answer)),
        words.NOT_PROVIDED,
    )


def _row(
    row: ObjectVar[AnswerRow], on_open: Callable[[ObjectVar[AnswerRow]], Handler] | None
) -> rx.Component:
    note = row["note"].to(str)
    href = row["href"].to(str)
    handler: dict[str, Any] = {"on_click": dom_event(on_open(row))} if on_open else {}
    change = rx.el.a(
        words.CHANGE,
        rx.el.span(" ", row["hidden"].to(str), class_name="visually-hidden"),
        href=href,
        **handler,
    )
    return rx.el.div(
        rx.el.dt(row["label"].to(str), class_name="summary-label"),
        rx.el.dd(
            answer_texts(row["answers"].to(list[str])),
            rx.cond(note, rx.el.div(note, class_name="summary-note")),
            class_name="summary-answers",
        ),
        rx.cond(href, rx.el.dd(change, class_name="summary-change")),
        class_name="summary-row",
    )


def summary_list(
    rows: ArrayVar[list[AnswerRow]],
    on_open: Callable[[ObjectVar[AnswerRow]], Handler] | None = None,
) -> rx.Component:
    """Read answers back.

    Args:
        rows: The questions, in order.
        on_open: Gives the handler of a row's "Change" link, called with the DOM event.

    Returns:
        The list.
    """
    return rx.el.dl(rx.foreach(rows, lambda row: _row(row, on_open)), class_name="summary-list")
