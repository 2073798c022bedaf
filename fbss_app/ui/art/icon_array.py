"""A hundred people as a hundred dots, so that a count can be seen as part of a whole."""

import reflex as rx

_COLUMNS = {100: 10, 1000: 40}
# Dots are dashes of no length with round ends; the end is drawn only if the line passes it.
_PAST_THE_LAST_DOT = 0.1


def icon_array(count: int, *, denominator: int, name: str, perhaps: int = 0) -> rx.Component:
    """Draw a count as dots in rows, filled from the upper left corner.

    The same grid serves every figure. A dot is filled, a ring, or, where it is not known which, a
    ring with a point in it, so that no meaning rests on colour.

    Args:
        count: How many are filled.
        denominator: How many there are, 100 or 1,000.
        name: The sentence that says the same.
        perhaps: How many more may be filled.

    Returns:
        The picture, which grows with its column.
    """
    columns = _COLUMNS[denominator]
    rows = denominator // columns
    return rx.el.svg(
        rx.el.path(d=_dots(0, denominator, columns), class_name="dot-ring"),
        rx.el.path(d=_dots(count, denominator, columns), class_name="dot-paper"),
        *(
            [rx.el.path(d=_dots(count, count + perhaps, columns), class_name="dot-point")]
            if perhaps
            else []
        ),
        view_box=f"0 0 {columns * 10} {rows * 10}",
        role="img",
        aria_label=name,
        class_name="icon-array",
        custom_attrs={"focusable": "false"},
    )


def _dots(first: int, end: int, columns: int) -> str:
    """Draw the dots from one place up to another, one line a row."""
    lines: list[str] = []
    place = first
    while place < end:
        row, column = divmod(place, columns)
        in_row = min(columns - column, end - place)
        length = (in_row - 1) * 10 + _PAST_THE_LAST_DOT
        lines.append(f"M{column * 10 + 5} {row * 10 + 5}h{length:g}")
        place += in_row
    return "".join(lines)
