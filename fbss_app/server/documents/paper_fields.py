"""The place to answer one question on paper: boxes to tick, a row of numbers, lines to write on."""

from collections.abc import Sequence

from fbss_app.domain.questionnaire.model import (
    CHOICES,
    NUMBERS,
    OTHER_OPTION,
    WRITTEN,
    AnswerOption,
    Item,
    ItemControl,
    ItemType,
)
from fbss_app.domain.summary.answer_text import NO, YES, number_text

Data = dict[str, object]

BODY_MAP_ALT = "Two outlines of a body to draw on: seen from behind, and from the front."
_BODY_MAP_HINT = (
    "Shade every place that hurts. Mark the worst place as the key below the drawing shows"
)
DATE_HINT = "The year alone is enough"
_CHARACTERS_A_LINE = 125
_MOST_LINES = 7
_LIST_LINES = 3
# Options as short as this stand side by side.
_SHORT = 34
# So many boxes still fit into the cell of a table.
_MOST_IN_CELL = 5


def field(item: Item) -> Data:
    """Say what the place to answer a question looks like."""
    if item.control is ItemControl.BODY_MAP:
        none = [_option(option) for option in item.answer_option if option.exclusive]
        boxes = _boxes([("", none)] if none else [], item, many=True)
        return {**boxes, "kind": "map", "alt": BODY_MAP_ALT}
    if item.type in CHOICES:
        return _options(item)
    if item.type is ItemType.BOOLEAN:
        yes_or_no = [_option(AnswerOption(code=word.lower(), display=word)) for word in (YES, NO)]
        return _boxes([("", yes_or_no)], item, many=False)
    if item.control is ItemControl.NRS:
        return {
            "kind": "numbers",
            "numbers": _numbers(item),
            "low": item.low_label or "",
            "high": item.high_label or "",
            "not_sure": item.not_sure or "",
        }
    if item.type is ItemType.DATE:
        return {"kind": "date", "not_sure": item.not_sure or ""}
    unit = item.unit.display if item.unit else ""
    return {"kind": "lines", "count": _lines(item), "unit": unit, "not_sure": item.not_sure or ""}


def hint(item: Item) -> str:
    """Say how to answer: the question's own hint, and what paper has to add."""
    if item.control is ItemControl.BODY_MAP:
        return _BODY_MAP_HINT
    told = [item.hint] if item.hint else []
    if item.type in CHOICES and not item.options_from and "choose" not in (item.hint or "").lower():
        told.append("Tick all that are true" if item.repeats else "Tick one")
    if item.type is ItemType.DATE:
        told.append(DATE_HINT)
    if item.repeats and item.max_occurs and item.type not in CHOICES:
        told.append(f"Up to {item.max_occurs}")
    if not item.required:
        told.append("You can leave this out")
    return sentences(*dict.fromkeys(told))


def sentences(*texts: str | None) -> str:
    """Join hints, which end without a full stop; the last one keeps what it has."""
    told = [text for text in texts if text]
    return " ".join([*(f"{text.rstrip('.')}." for text in told[:-1]), *told[-1:]])


def narrow(item: Item) -> Data:
    """Say what the place to answer looks like in a third of the width."""
    wide = field(item)
    if wide["kind"] == "options":
        return {**wide, "columns": 1}
    if wide["kind"] == "numbers":
        return {
            "kind": "lines",
            "count": 0,
            "unit": cell(item)["hint"],
            "not_sure": wide["not_sure"],
        }
    return wide


def cell(item: Item) -> Data:
    """Say what a question looks like as a column of a table: few boxes, or room to write."""
    options = _offered(item)
    if item.type is ItemType.BOOLEAN:
        return {"boxes": [YES, NO], "hint": "", "legend": []}
    if 0 < len(options) <= _MOST_IN_CELL and not item.options_from:
        return {"boxes": [option.title for option in options], "hint": "", "legend": []}
    if options and not item.options_from:
        told = "Write the numbers from the list below"
        return {"boxes": [], "hint": told, "legend": [option.title for option in options]}
    if item.control is ItemControl.NRS:
        numbers = _numbers(item)
        ends = [f"{numbers[0]} to {numbers[-1]}"]
        if item.low_label and item.high_label:
            ends = [f"{numbers[0]}: {item.low_label}", f"{numbers[-1]}: {item.high_label}"]
        return {"boxes": [], "hint": "; ".join(ends), "legend": []}
    return {"boxes": [], "hint": item.unit.display if item.unit else "", "legend": []}


def _options(item: Item) -> Data:
    groups: dict[str, list[Data]] = {}
    for option in _offered(item):
        groups.setdefault(option.group or "", []).append(_option(option))
    return _boxes(list(groups.items()), item, many=item.repeats)


def _boxes(groups: Sequence[tuple[str, list[Data]]], item: Item, *, many: bool) -> Data:
    shown = [str(option["display"]) for _, options in groups for option in options]
    has_hints = any(option["hint"] for _, options in groups for option in options)
    return {
        "kind": "options",
        "many": many,
        "groups": [{"title": title, "options": options} for title, options in groups],
        "columns": 1 if has_hints or max(map(len, shown), default=0) > _SHORT else 3,
        "other": OTHER_OPTION.display if item.type is ItemType.OPEN_CHOICE else "",
        "not_sure": item.not_sure or "",
    }


def _offered(item: Item) -> tuple[AnswerOption, ...]:
    return item.answer_option if item.type in CHOICES else ()


def _option(option: AnswerOption) -> Data:
    return {"display": option.display, "hint": option.hint or ""}


def _numbers(item: Item) -> list[str]:
    least = item.min_value if isinstance(item.min_value, int) else 0
    most = item.max_value if isinstance(item.max_value, int) else 10
    return [number_text(number) for number in range(least, most + 1)]


def _lines(item: Item) -> int:
    if item.type in NUMBERS:
        return 0
    if item.repeats:
        return item.max_occurs or _LIST_LINES
    if item.type not in WRITTEN:
        return 1
    return max(1, min(_MOST_LINES, round(item.length_limit / _CHARACTERS_A_LINE)))
