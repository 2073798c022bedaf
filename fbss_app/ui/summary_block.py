"""One block of the page for the specialist; on paper the blocks fill two columns."""

from typing import TypedDict

import reflex as rx
from reflex.vars import ArrayVar, BooleanVar, ObjectVar, StringVar

from fbss_app.ui.icon import icon
from fbss_app.ui.summary_list import answer_texts


class Fact(TypedDict):
    """One line of a block. `note` is "" where there is nothing to add."""

    label: str
    answers: list[str]
    note: str


def _fact(fact: ObjectVar[Fact]) -> rx.Component:
    note = fact["note"].to(str)
    return rx.el.div(
        rx.el.dt(fact["label"].to(str)),
        rx.el.dd(
            answer_texts(fact["answers"].to(list[str])),
            rx.cond(note, rx.el.div(note, class_name="summary-note")),
        ),
        class_name="fact",
    )


def summary_block(
    title: StringVar | str, facts: ArrayVar[list[Fact]], starred: BooleanVar | bool = False
) -> rx.Component:
    """Show one block of facts.

    Args:
        title: What the block is about.
        facts: The lines.
        starred: Whether it is one of the facts a specialist looks for first.

    Returns:
        The block, for a parent with the class `summary-page`.
    """
    return rx.el.section(
        rx.el.h2(rx.cond(starred, icon("star")), title, class_name="summary-block-title"),
        rx.el.dl(rx.foreach(facts, _fact), class_name="facts"),
        class_name=rx.cond(starred, "summary-block starred", "summary-block"),
    )
