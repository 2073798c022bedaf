import gzip
import re

import pytest

from fbss_app.server.services.clinic.settings.settings import ACCENTS
from fbss_app.server.storage.clinic_tables import ClinicRow
from tests.ui.theme_colours import CSS, Schemes, brands, contrast, token

HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
GROUNDS = ("paper", "surface", "sunken")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent") for ground in GROUNDS),
    # What the pointer is on.
    *(("accent-deep", ground) for ground in (*GROUNDS, "accent-wash")),
    ("ink", "accent-wash"),
    ("ink-soft", "accent-wash"),
    ("ink", "tint"),
    ("ink", "amber-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-red", "red-fill"),
    ("red", "paper"),
    ("red", "red-wash"),
    ("amber", "paper"),
    # The bones of the mark.
    ("plate", "brand"),
]
# Links and buttons that stand within something that is washed in the accent.
TEXT_PAIRS_AA = [("accent", "accent-wash")]
CONTROL_PAIRS = [
    *(("edge", ground) for ground in (*GROUNDS, "accent-wash")),
    *(("accent", ground) for ground in (*GROUNDS, "accent-wash", "tint")),
    *(("focus", ground) for ground in (*GROUNDS, "accent-wash", "tint")),
    *((f"chart-{number}", "surface") for number in (1, 2, 3, 4)),
    ("amber-line", "paper"),
]


@pytest.fixture(params=ACCENTS)
def accent(request):
    return request.param


@pytest.fixture(params=Schemes)
def scheme(request):
    return request.param


def contrast_of(pair, scheme, accent):
    one, other = (token(name, scheme, accent) for name in pair)
    return contrast(one, other)


@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=" on ".join)
def test_text_has_a_contrast_of_seven_in_every_accent(pair, scheme, accent):
    assert contrast_of(pair, scheme, accent) >= 7


@pytest.mark.parametrize("pair", TEXT_PAIRS_AA, ids=" on ".join)
def test_text_in_a_wash_of_its_own_colour_has_a_contrast_of_four_and_a_half(pair, scheme, accent):
    assert contrast_of(pair, scheme, accent) >= 4.5


@pytest.mark.parametrize("pair", CONTROL_PAIRS, ids=" on ".join)
def test_controls_have_a_contrast_of_three_in_every_accent(pair, scheme, accent):
    assert contrast_of(pair, scheme, accent) >= 3


def test_the_palette_and_the_stylesheet_hold_the_same_accents():
    found = brands()

    assert {name: each["brand"] for name, each in found.items()} == ACCENTS
    assert all(each.keys() == {"brand", "glow"} for each in found.values())
    # A page of no clinic looks like one of a clinic that has chosen nothing.
    assert re.search(r':root,\n\[data-accent="teal"\] \{', CSS)
    assert ClinicRow.model_fields["accent"].default == "teal"


def test_accents_can_be_told_apart(scheme):
    colours = [token("accent", scheme, accent) for accent in ACCENTS]

    for place, one in enumerate(colours):
        for other in colours[:place]:
            assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 0.1


def test_a_plate_is_white_in_light_and_dark(scheme, accent):
    assert token("plate", scheme, accent) == (1, 1, 1)


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
