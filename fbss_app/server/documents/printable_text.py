"""Makes any text fit to be printed with the fonts that come with the app.

Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and Devanagari are drawn as written.
What no font here can draw is named instead, such as "[folded hands]" or "[Thai text]": an empty
box would hide that there was something, and PDF/UA forbids it.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs]

FONTS = Path(__file__).parent / "fonts"
_FAMILIES = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"),
)
# An unbroken word longer than this gets places where its line may end.
LONGEST_WORD = 28
_BREAK = "\u200b"
_JOINERS = "\u200c\u200d"
_LINE_ENDS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"})


def printable(value: object) -> object:
    """Make every text in plain data printable, keys left as they are."""
    if isinstance(value, str):
        return printable_text(value)
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return {key: printable(entry) for key, entry in entries.items()}
    if isinstance(value, Sequence):
        return [printable(entry) for entry in cast("Sequence[object]", value)]
    return value


def printable_text(text: str) -> str:
    """Write a text with characters that can be drawn, and with lines that can be broken."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_LINE_ENDS)
    shown = "".join(_shown(list(_clusters(text))))
    return "\n".join(_breakable(line) for line in shown.split("\n"))


def _code_points(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        points = opened.getBestCmap() or ()
        # A font's own signs in the private areas mean nothing that anybody could have meant.
        return frozenset(point for point in points if unicodedata.category(chr(point)) != "Co")


@cache
def _families() -> tuple[frozenset[int], ...]:
    """List what each family can draw in both its weights."""
    return tuple(
        frozenset[int].intersection(*(_code_points(FONTS / name) for name in family))
        for family in _FAMILIES
    )


def _clusters(text: str) -> Iterator[str]:
    """Split a text into what is drawn as one: a letter with the marks and joiners on it.

    Characters that steer the writing direction or the layout are left out: typed by a stranger,
    they could turn round the words beside them.
    """
    cluster = ""
    for character in text:
        kind = unicodedata.category(character)
        if character in _JOINERS or kind.startswith("M"):
            cluster += character if cluster else ""
            continue
        if cluster:
            yield cluster
        cluster = ""
        if character == "\n" or kind == "Zs":
            yield "\n" if character == "\n" else " "
        elif kind == "Cc":
            yield " "
        elif kind != "Cf":
            cluster = character
    if cluster:
        yield cluster


def _shown(clusters: Sequence[str]) -> Iterator[str]:
    """Draw each cluster with one font, and name a run of what no font has once."""
    run = spaces = ""
    for cluster in clusters:
        drawn = cluster if cluster.isspace() else _drawn(cluster)
        name = "" if drawn else _name(cluster)
        if run and drawn == " ":
            # Within foreign words a space does not end the run; after them it is kept.
            spaces += drawn
            continue
        if name != run:
            yield spaces
            yield f"[{name}]" if name else ""
        yield drawn
        run, spaces = name, ""
    yield spaces


def _drawn(cluster: str) -> str:
    """Leave out marks that the letter's own font cannot draw; "" where none has the letter."""
    points = [ord(character) for character in cluster]
    for family in _families():
        if family.issuperset(points):
            return cluster
    for family in _families():
        if points[0] in family:
            return "".join(chr(point) for point in points if point in family)
    return ""


def _name(cluster: str) -> str:
    name = unicodedata.name(cluster[0], "")
    if not name:
        return "a character that cannot be shown"
    if unicodedata.category(cluster[0]).startswith("L"):
        script = name.split()[0]
        return f"{script if script == 'CJK' else script.title()} text"
    return name.lower()


def _breakable(line: str) -> str:
    words = line.split(" ")
    return " ".join(word if len(word) <= LONGEST_WORD else _broken(word) for word in words)


def _broken(word: str) -> str:
    clusters = list(_clusters(word))
    size = LONGEST_WORD // 4
    pieces = ("".join(clusters[at : at + size]) for at in range(0, len(clusters), size))
    return _BREAK.join(pieces)
