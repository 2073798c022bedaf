"""The place to answer one question on paper: boxes to tick, a row of numbers, lines to write on."""

from collections.abc import Mapping, Sequence
from typing import cast

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
DATE_HINT = "The year alone is enough"
_CHARACTERS_A_LINE = 170
_MOST_LINES = 4
_LIST_LINES = 3
_MOST_BLANK_ROWS = 7
# So many options, each of so many characters, still make a question short: two stand side by side.
_MOST_IN_SHORT = 10
_LONGEST_IN_SHORT = 46
_LONGEST_TICKED_IN_SHORT = 65
_LONGEST_SHORT_TEXT = 130
# So many boxes still fit into a row of a table, and so many words into one of its heads.
_MOST_IN_ROW = 5
_LONGEST_IN_SCALE = 26
_YES_OR_NO = tuple(AnswerOption(code=word.lower(), display=word) for word in (YES, NO))


def field(item: Item, tags: Mapping[str, Data]) -> Data:
    """Say what the place to answer a question looks like.

    Args:
        item: The question.
        tags: What stands beside an option, by its code.
    """
    if item.control is ItemControl.BODY_MAP:
        none = [option for option in item.answer_option if option.exclusive]
        return {**_boxes(none, item, tags), "kind": "map", "alt": BODY_MAP_ALT}
    if item.type in CHOICES or item.type is ItemType.BOOLEAN:
        return _boxes(_offered(item), item, tags)
    not_sure = item.not_sure or ""
    if item.control is ItemControl.NRS:
        return {
            "kind": "numbers",
            "numbers": _numbers(item),
            "low": item.low_label or "",
            "high": item.high_label or "",
            "not_sure": not_sure,
        }
    if item.type is ItemType.DATE:
        return {"kind": "date", "not_sure": not_sure}
    unit = item.unit.display if item.unit else ""
    return {"kind": "lines", "count": _lines(item), "unit": unit, "not_sure": not_sure}


def repeated_field(item: Item, count: int) -> Data:
    """Say what the place looks like where a question is answered several times, side by side."""
    columns = [str(number) for number in range(1, count + 1)]
    not_sure = item.not_sure or ""
    if offered := _offered(item):
        rows = [option.display for option in offered]
        return {
            "kind": "ticks",
            "columns": columns,
            "rows": [*rows, *([not_sure] if not_sure else [])],
            "other": OTHER_OPTION.display if item.type is ItemType.OPEN_CHOICE else "",
        }
    unit = item.unit.display if item.unit else ""
    kind = "date" if item.type is ItemType.DATE else "line"
    return {"kind": "each", "columns": columns, "of": kind, "unit": unit, "not_sure": not_sure}


def is_short(question: Data, place: Data) -> bool:
    """Say whether a question is readable in half the width."""
    if len(str(question["text"])) > _LONGEST_SHORT_TEXT or "from" in place:
        return False
    match place["kind"]:
        case "numbers" | "date":
            return True
        case "lines":
            return place["count"] == 0
        case "each":
            return place["of"] == "date"
        case "options":
            return bool(place["may_be_short"])
        case "ticks":
            return _are_short(cast("list[str]", place["rows"]), _LONGEST_TICKED_IN_SHORT)
        case _:
            return False


def _are_short(words: Sequence[str], longest: int) -> bool:
    return len(words) <= _MOST_IN_SHORT and all(len(word) <= longest for word in words)


def scale(item: Item) -> list[str]:
    """List the few words of which one is chosen, the way out among them; else nothing."""
    words = [option.display for option in _offered(item)] + [item.not_sure or ""]
    words = [word for word in words if word]
    is_scale = item.type is ItemType.CHOICE and not item.repeats and not item.options_from
    fits = len(words) <= _MOST_IN_ROW and max(map(len, words), default=0) <= _LONGEST_IN_SCALE
    return words if is_scale and fits else []


def hint(item: Item) -> str:
    """Say how to answer: the question's own hint, and what paper has to add."""
    told = [item.hint] if item.hint else []
    own = (item.hint or "").lower()
    is_choice = item.type in CHOICES and item.control is not ItemControl.BODY_MAP
    if is_choice and not item.options_from and "choose" not in own:
        told.append("Tick all that are true" if item.repeats else "Tick one")
    if item.type is ItemType.DATE and "year" not in own:
        told.append(DATE_HINT)
    is_limited = item.max_occurs and str(item.max_occurs) not in item.text
    if item.repeats and is_limited and item.type not in CHOICES:
        told.append(f"Up to {item.max_occurs}")
    if not item.required:
        told.append("Optional")
    return sentences(*dict.fromkeys(told))


def sentences(*texts: str | None) -> str:
    """Join hints, which end without a full stop; the last one keeps what it has."""
    told = [text for text in texts if text]
    return " ".join([*(f"{text.rstrip('.')}." for text in told[:-1]), *told[-1:]])


def fits_a_row(items: Sequence[Item]) -> bool:
    """Say whether all questions of a repeating group can be answered in one row of a table."""
    ticked = [item for item in items if scale(item)]
    written = [item for item in items if item.type in (ItemType.STRING, *NUMBERS, ItemType.DATE)]
    rules = any(item.enable_when for item in items)
    return not rules and len(ticked) <= 1 and 0 < len(items) == len(ticked) + len(written) <= 4


def blank_rows(item: Item) -> int:
    """Say for how many repetitions of a group there is a row."""
    return min(item.max_occurs or _MOST_BLANK_ROWS, _MOST_BLANK_ROWS)


def column(item: Item) -> Data:
    """Say what a question looks like as a column of a table: few boxes, or room to write."""
    text = item.label.replace("{repetition}: ", "").replace("{repetition}", "it").strip()
    head: Data = {"title": text[:1].upper() + text[1:], "boxes": [], "hint": "", "legend": []}
    if item.type is ItemType.BOOLEAN:
        return head | {"boxes": [YES, NO], "width": "medium"}
    if words := scale(item):
        return head | {"boxes": words, "width": "wide"}
    if item.type in CHOICES and not item.options_from:
        legend = [option.title for option in item.answer_option]
        told = "Write the numbers" if item.repeats else "Write its number"
        width = "wide" if item.repeats else "narrow"
        return head | {"legend": legend, "hint": f"{told}: see above", "width": width}
    if item.control is ItemControl.NRS:
        numbers = _numbers(item)
        ends = [f"{numbers[0]} to {numbers[-1]}"]
        if item.low_label and item.high_label:
            ends = [f"{numbers[0]}: {item.low_label}", f"{numbers[-1]}: {item.high_label}"]
        return head | {"hint": "; ".join(ends), "width": "narrow"}
    return head | {"hint": item.unit.display if item.unit else "", "width": "wide"}


def _boxes(offered: Sequence[AnswerOption], item: Item, tags: Mapping[str, Data]) -> Data:
    groups: dict[str, list[Data]] = {}
    for option in offered:
        one: Data = {"display": option.display, "hint": option.hint or "", "tag": {}}
        groups.setdefault(option.group or "", []).append(one | {"tag": tags.get(option.code, {})})
    words = [f"{option.display} {option.hint or ''}".strip() for option in offered]
    return {
        "kind": "options",
        "groups": [{"title": title, "options": options} for title, options in groups.items()],
        "other": OTHER_OPTION.display if item.type is ItemType.OPEN_CHOICE else "",
        "not_sure": item.not_sure or "",
        "may_be_short": not tags and _are_short(words, _LONGEST_IN_SHORT),
    }


def _offered(item: Item) -> Sequence[AnswerOption]:
    if item.type is ItemType.BOOLEAN:
        return _YES_OR_NO
    return item.answer_option if item.type in CHOICES else ()


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
