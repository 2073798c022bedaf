import gzip
import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "assets" / "theme.css"
CSS = THEME.read_text(encoding="utf-8")
HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
MIX = re.compile(r"color-mix\(in srgb, (.+?) (\d+)%, (.+?)\)")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in ("paper", "surface", "sunken")),
    *(("accent", ground) for ground in ("paper", "surface", "sunken")),
    ("accent-deep", "accent-wash"),
    ("ink", "accent-wash"),
    ("ink", "amber-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-red", "red-fill"),
    ("red", "paper"),
    ("red", "red-wash"),
    ("amber", "paper"),
]
CONTROL_PAIRS = [
    *(("edge", ground) for ground in ("paper", "surface")),
    ("accent", "surface"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("amber-line", "paper"),
]


def tokens(scheme):
    blocks = re.findall(r":root \{(.*?)\n\s*\}", CSS, flags=re.DOTALL)
    light = next(block for block in blocks if "--brand" in block)
    dark = CSS.split("prefers-color-scheme: dark")[1].split("}")[0]
    found = dict(re.findall(r"--([\w-]+): ([^;]+);", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): ([^;]+);", dark))
    return found


def colour(value, found):
    if named := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(found[named[1]], found)
    if value.startswith("color-mix"):
        first, share, second = MIX.fullmatch(value).groups()
        part = int(share) / 100
        pairs = zip(colour(first, found), colour(second, found), strict=True)
        return tuple(a * part + b * (1 - part) for a, b in pairs)
    digits = HEX.fullmatch(value)[1]
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return tuple(int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))


def luminance(rgb):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other, scheme, **changed):
    found = tokens(scheme) | changed
    lights = sorted(luminance(colour(found[name], found)) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_a_contrast_of_seven(ink, ground, scheme):
    assert contrast(ink, ground, scheme) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), CONTROL_PAIRS)
def test_controls_have_a_contrast_of_three(mark, ground, scheme):
    assert contrast(mark, ground, scheme) >= 3


@pytest.mark.parametrize("brand", ["#14427a", "#5a2a6b", "#7a1f3d", "#2c4a1e", "#333333"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"), [("accent", "paper"), ("on-accent", "accent"), ("ink", "accent-wash")]
)
def test_another_dark_brand_colour_keeps_the_contrast(brand, scheme, ink, ground):
    assert contrast(ink, ground, scheme, brand=brand) >= 7


def test_stylesheet_stays_within_its_budget():
    assert len(gzip.compress(CSS.encode())) <= 12 * 1024


def test_nothing_is_fixed_but_the_panel_that_a_listener_asked_for_and_that_not_in_a_frame():
    without_comments = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{[^{}]*position:\s*(?:fixed|sticky)", without_comments)

    assert [rule.strip() for rule in rules] == ["html:not([data-framed]) .listen-panel"]
    # What has the focus must not lie under it.
    assert re.search(r"\[data-listening\] \{\s*scroll-padding-bottom:", CSS)


def test_colours_are_written_only_as_tokens():
    rules = re.sub(r"--[\w-]+:[^;]+;", "", CSS)
    rules = rules.split("@media print")[0]
    assert HEX.findall(rules) == ["fff"], "only the bones of the mark are always white"


def test_nothing_comes_from_elsewhere():
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "@font-face" not in CSS
