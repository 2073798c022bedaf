"""A repeating group of the summary as a table; one card a row on a narrow screen."""

from typing import Any, TypedDict

import reflex as rx
from reflex.vars import NumberVar, ObjectVar


class Cell(TypedDict):
    """One answer, with the label of its column; `text` is "" where there is none.

    `isShort` says that it fits one line, `isLong` that a word in it is too long to be kept whole.
    """

    label: str
    text: str
    isShort: bool
    isLong: bool


class Row(TypedDict):
    """One repetition; `notes` stand under it over the whole width.

    `number` is what stands for the title where the column is narrow.
    """

    title: str
    number: str
    cells: list[Cell]
    notes: list[Cell]


class TableView(TypedDict):
    """A table, with the labels of its columns after that of the rows."""

    label: str
    columns: list[str]
    numbered: bool
    rows: list[Row]


def summary_table(table: ObjectVar[TableView]) -> rx.Component:
    """Show a table.

    Args:
        table: Its texts.

    Returns:
        A native table with its roles named: what is laid out as cards loses them in some browsers.
    """
    columns = table["columns"].to(list[str])
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(
                        rx.el.span(table["label"].to(str), class_name="row-title"),
                        scope="col",
                        role="columnheader",
                    ),
                    rx.foreach(
                        columns,
                        lambda column: rx.el.th(column, scope="col", role="columnheader"),
                    ),
                    role="row",
                ),
                role="rowgroup",
            ),
            rx.foreach(
                table["rows"].to(list[dict[str, Any]]),
                lambda row: _row(row, columns.length() + 1),
            ),
            role="table",
            class_name="summary-table",
        ),
        class_name=rx.cond(
            table["numbered"].to(bool), "summary-table-frame numbered", "summary-table-frame"
        ),
    )


def _row(row: ObjectVar[Row], width: NumberVar[Any]) -> rx.Component:
    notes = row["notes"].to(list[dict[str, Any]])
    return rx.el.tbody(
        rx.el.tr(
            rx.el.th(
                rx.el.span(rx.el.bdi(row["title"].to(str)), class_name="row-title"),
                rx.el.span(row["number"].to(str), aria_hidden="true", class_name="row-number"),
                scope="row",
                role="rowheader",
            ),
            rx.foreach(row["cells"].to(list[dict[str, Any]]), _cell),
            role="row",
        ),
        rx.cond(
            notes.length() > 0,
            rx.el.tr(
                rx.el.td(rx.foreach(notes, _note), col_span=width, role="cell"),
                role="row",
                class_name="summary-notes",
            ),
        ),
        role="rowgroup",
    )


def _cell(cell: ObjectVar[Cell]) -> rx.Component:
    text = cell["text"].to(str)
    return rx.el.td(
        rx.el.bdi(text),
        role="cell",
        custom_attrs={
            "data-label": cell["label"].to(str),
            "data-empty": text == "",
            "data-short": cell["isShort"].to(bool),
            "data-long": cell["isLong"].to(bool),
        },
    )


def _note(note: ObjectVar[Cell]) -> rx.Component:
    return rx.el.div(rx.el.span(note["label"].to(str), ": "), rx.el.bdi(note["text"].to(str)))
