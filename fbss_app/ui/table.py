"""A table that becomes one labelled card a row where the screen is narrow."""

from collections.abc import Iterable, Sequence

import reflex as rx

Cell = Sequence[rx.Component | str]


def table(
    header: Sequence[Cell],
    labels: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    is_short: bool = False,
) -> rx.Component:
    """Set rows under a header. It must stand in running text (`prose`), whose width it follows.

    Args:
        header: The heads of the columns.
        labels: The same in plain words, for the cards; the first is not shown.
        rows: The rows; the first cell of each says what the row is about.
        is_short: Whether a phone has room for the rows as they are.

    Returns:
        The table.
    """
    heads = (
        rx.el.th(*cell, custom_attrs={"scope": "col", "role": "columnheader"}) for cell in header
    )
    # The roles are said again because a phone shows the rows as cards, and an element that is no
    # longer laid out as a table loses its role in some browsers.
    return rx.el.table(
        rx.el.thead(rx.el.tr(*heads, role="row"), role="rowgroup"),
        rx.el.tbody(*(_row(row, labels) for row in rows), role="rowgroup"),
        role="table",
        class_name="table" if is_short else "table table-cards",
    )


def _row(row: Sequence[Cell], labels: Sequence[str]) -> rx.Component:
    first, *others = row
    return rx.el.tr(
        rx.el.th(*first, custom_attrs={"scope": "row", "role": "rowheader"}),
        *(
            rx.el.td(*cell, role="cell", data_label=label)
            for cell, label in zip(others, labels[1:], strict=False)
        ),
        role="row",
    )
