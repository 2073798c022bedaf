"""The colours of the stylesheet as numbers, for each accent of the palette, in light and dark."""

import re
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"
CSS = (ASSETS / "theme.css").read_text(encoding="utf-8")
STAFF_CSS = (ASSETS / "clinic.css").read_text(encoding="utf-8")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_MIX = re.compile(r"color-mix\(in srgb, (.+?) (\d+)%, (.+)\)")
_DARK = "@media screen and (prefers-color-scheme: dark) {"
_ROOT = {":root", "[data-accent]", ".staff-page"}

Colour = tuple[float, float, float]
Schemes = ("light", "dark")


def _rules(css: str) -> list[tuple[set[str], str]]:
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", without_comments)
    return [({each.strip() for each in names.split(",")}, body) for names, body in found]


def brands() -> dict[str, dict[str, str]]:
    """Give what each accent sets, by its name."""
    found: dict[str, dict[str, str]] = {}
    for names, body in _rules(CSS):
        for name in names:
            if accent := re.fullmatch(r'\[data-accent="([a-z]+)"\]', name):
                assert accent[1] not in found, f"{accent[1]} is set twice"
                found[accent[1]] = dict(re.findall(r"--([\w-]+): ([^;]+);", body))
    return found


def tokens(scheme: str, accent: str) -> dict[str, str]:
    """Give every token of a page that has an accent, as it is written; the later rule holds."""
    light, _, rest = CSS.partition("@media (min-width: 40em) {")
    dark = rest.partition(_DARK)[2].partition("\n}\n")[0] if scheme == "dark" else ""
    assert dark or scheme == "light"
    found: dict[str, str] = {}
    for names, body in _rules(f"{light}{STAFF_CSS}{dark}"):
        if names & (_ROOT | {f'[data-accent="{accent}"]'}):
            found |= re.findall(r"--([\w-]+): ([^;]+);", body)
    return found


def colour(value: str, found: dict[str, str]) -> Colour:
    """Work out a colour, with what it refers to and what it is mixed of."""
    if named := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(found[named[1]], found)
    if mixed := _MIX.fullmatch(value):
        part = int(mixed[2]) / 100
        pairs = zip(colour(mixed[1], found), colour(mixed[3], found), strict=True)
        red, green, blue = (a * part + b * (1 - part) for a, b in pairs)
        return red, green, blue
    written = _HEX.fullmatch(value)
    assert written, f"{value} is no colour that this reads"
    digits = written[1]
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def token(name: str, scheme: str, accent: str) -> Colour:
    """Work out the colour of a token."""
    found = tokens(scheme, accent)
    return colour(found[name], found)


def _luminance(rgb: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Give the ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted(_luminance(each) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)
