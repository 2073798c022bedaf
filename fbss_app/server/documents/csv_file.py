"""Writes lines of a CSV file (RFC 4180) that no spreadsheet takes for commands."""

import csv
import io
from collections.abc import Sequence

Cell = str | int | float | None

# Without it some spreadsheets read UTF-8 as something else.
BYTE_ORDER_MARK = "\ufeff".encode()
# A spreadsheet works out a cell that begins so; the wide forms are read as the narrow ones.
_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def csv_line(cells: Sequence[Cell]) -> bytes:
    """Write one line."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([_safe(cell) for cell in cells])
    return text.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_COMMANDS):
        return f"'{cell}"
    return "" if cell is None else cell
