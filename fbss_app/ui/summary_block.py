"""One block of the page for the specialist; on paper the blocks fill two columns.

On a phone a block folds to its title. It is written open, so that it is so wherever nothing folds
it.
"""

from typing import Any, TypedDict

import reflex as rx
from reflex.vars import BooleanVar, ObjectVar, StringVar

from fbss_app.ui.art.body_map import body_map_to_read
from fbss_app.ui.art.timeline import Drawing, timeline
from fbss_app.ui.icon import icon
from fbss_app.ui.summary_table import TableView, summary_table


class Fact(TypedDict):
    """One line of a block. `note` is "" where there is nothing to add."""

    label: str
    answers: list[str]
    note: str


class Block(TypedDict):
    """A block: `places` and `worst` are codes of the body map, empty where it has none.

    `folded` says that it begins as its title alone on a small screen.
    """

    title: str
    starred: bool
    folded: bool
    facts: list[Fact]
    tables: list[TableView]
    isWide: bool
    places: list[str]
    worst: str
    timeline: Drawing


def _fact(fact: ObjectVar[Fact]) -> rx.Component:
    note = fact["note"].to(str)
    return rx.el.div(
        rx.el.dt(fact["label"].to(str)),
        rx.el.dd(
            # What people write may run from right to left; it must not turn the line around it.
            rx.foreach(
                fact["answers"].to(list[str]),
                lambda answer, index: rx.fragment(rx.cond(index > 0, "; ", ""), rx.el.bdi(answer)),
            ),
            rx.cond(note, rx.el.div(note, class_name="summary-note")),
        ),
        class_name="fact",
    )


def _timeline(drawing: ObjectVar[Drawing]) -> rx.Component:
    note = drawing["note"].to(str)
    return rx.fragment(
        rx.cond(drawing["isDrawn"].to(bool), timeline(drawing)),
        rx.el.ol(
            rx.foreach(drawing["sentences"].to(list[str]), lambda one: rx.el.li(rx.el.bdi(one))),
            class_name=rx.cond(
                drawing["isDrawn"].to(bool), "time-sentences time-drawn", "time-sentences"
            ),
        ),
        rx.cond(note, rx.el.p(note, class_name="time-note")),
    )


def folding_part(
    title: rx.Component | StringVar | str,
    *children: rx.Component,
    is_folded: BooleanVar | bool,
    class_name: StringVar | str = "",
) -> rx.Component:
    """Set a part of the page under a title that opens and closes it.

    Args:
        title: Its title.
        *children: The part.
        is_folded: Whether it begins closed on a small screen.
        class_name: Further classes.

    Returns:
        The part, for a parent with the class `summary-page`.
    """
    return rx.el.details(
        rx.el.summary(
            rx.el.h2(title, class_name="summary-block-title"),
            icon("chevron", "disclosure-mark"),
        ),
        rx.el.div(*children, class_name="summary-body"),
        open=True,
        data_folded=is_folded,
        class_name=f"summary-block summary-part {class_name}".strip(),
    )


def summary_block(block: ObjectVar[Block]) -> rx.Component:
    """Show one block.

    Args:
        block: Its texts and drawings.

    Returns:
        The block, for a parent with the class `summary-page`. Tables take the whole width.
    """
    starred = block["starred"].to(bool)
    facts = block["facts"].to(list[dict[str, Any]])
    tables = block["tables"].to(list[dict[str, Any]])
    places = block["places"].to(list[str])
    drawing = block["timeline"].to(Drawing)
    sentences = drawing["sentences"].to(list[str])
    return folding_part(
        rx.fragment(rx.cond(starred, icon("star")), block["title"].to(str)),
        rx.foreach(tables, summary_table),
        rx.cond(sentences.length() > 0, _timeline(drawing)),
        rx.cond(places.length() > 0, body_map_to_read(places, block["worst"].to(str))),
        rx.cond(facts.length() > 0, rx.el.dl(rx.foreach(facts, _fact), class_name="facts")),
        is_folded=block["folded"].to(bool),
        class_name=(
            rx.cond(starred, "starred", "").to(str)
            + rx.cond(block["isWide"].to(bool), " summary-wide", "").to(str)
        ).to(str),
    )
