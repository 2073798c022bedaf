import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from fbss_app.content.body_map import DRAWINGS, REGIONS, SHEET, Figure, Side, body_map_svg
from fbss_app.content.questionnaires import load_questionnaires
from tests.browser.site import QUESTIONNAIRES

PLACES = load_questionnaires([QUESTIONNAIRES])["sore-places"].find("pain-places")
THEME = Path("assets/theme.css")
GRID = 6
STEPS = 6


def corners(path):
    """Follow an SVG path of cubic curves in short straight steps."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    found, start = [points[0]], points[0]
    for index in range(1, len(points), 3):
        first, second, end = points[index : index + 3]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            found.append(
                tuple(
                    sum(
                        w * p[axis]
                        for w, p in zip(weights, (start, first, second, end), strict=True)
                    )
                    for axis in (0, 1)
                )
            )
        start = end
    return found


def is_inside(point, polygon):
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*polygon, polygon[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1


def size(region):
    xs, ys = zip(*corners(region.path), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def test_there_are_enough_regions_on_both_figures_and_all_sides():
    assert len(REGIONS) >= 44
    assert {(region.figure, region.side) for region in REGIONS} == {
        (figure, side) for figure in Figure for side in Side
    }


def test_codes_and_words_are_unique_and_fit():
    for names in ([r.code for r in REGIONS], [r.label for r in REGIONS]):
        assert not [name for name, times in Counter(names).items() if times > 1]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", r.code) and len(r.code) <= 40 for r in REGIONS)
    assert all(r.code.startswith(f"{r.figure}-") for r in REGIONS)
    assert all(len(r.short) <= len(r.label) for r in REGIONS)


def test_every_side_has_its_twin_with_the_same_words():
    codes = {region.code: region for region in REGIONS}
    for region in REGIONS:
        if region.side is Side.MIDDLE:
            continue
        other = Side.RIGHT if region.side is Side.LEFT else Side.LEFT
        twin = codes[region.code.removesuffix(region.side) + other]
        assert twin.label.lower() == region.label.lower().replace(region.side, other)
        assert twin.centre == pytest.approx((-region.centre[0], region.centre[1]))


@pytest.mark.parametrize(("figure", "side_on_the_right"), [("front", "left"), ("back", "right")])
def test_sides_are_those_of_the_person(figure, side_on_the_right):
    for region in REGIONS:
        if region.figure == figure and region.side is not Side.MIDDLE:
            assert (region.centre[0] > 0) == (region.side == side_on_the_right), region.code


@pytest.mark.parametrize("figure", Figure)
def test_regions_tile_the_figure_without_gap_or_overlap(figure):
    drawing = DRAWINGS[figure]
    body = corners(drawing.outline)
    areas = {region.code: corners(region.path) for region in drawing.regions}
    width, height = SHEET
    checked = 0
    # Off the lattice of the drawing itself, so that no point falls on a line.
    for x in range(-width // 2, width // 2, GRID):
        for y in range(0, height, GRID):
            point = (x + 0.37, y + 0.41)
            hit = [code for code, area in areas.items() if is_inside(point, area)]
            assert len(hit) == is_inside(point, body), (point, hit)
            checked += bool(hit)
    assert checked > 1000


def test_paths_are_closed_and_stay_on_the_sheet():
    width, height = SHEET
    for region in REGIONS:
        assert region.path.startswith("M")
        assert region.path.endswith("Z")
        points = corners(region.path)
        assert points[0] == pytest.approx(points[-1])
        assert all(abs(x) < width / 2 and 0 < y < height for x, y in points)


def test_centre_of_a_region_is_inside_it():
    for region in REGIONS:
        assert is_inside(region.centre, corners(region.path)), region.code


def test_lower_back_and_buttocks_are_large_enough_for_a_thumb():
    # On a screen of 320 px a unit is a pixel; a hit area adds 10 on the outside of the body.
    assert SHEET[0] == 288
    for region in REGIONS:
        if region.around_operation:
            across, down = size(region)
            assert min(down, across + (0 if region.side is Side.MIDDLE else 10)) >= 44, region.code


def test_lower_back_stands_out_and_is_drawn_over_its_neighbours():
    strong = [region.code for region in DRAWINGS[Figure.BACK].layers if region.around_operation]

    assert sorted(strong) == [
        "back-buttock-left",
        "back-buttock-right",
        "back-lower-left",
        "back-lower-middle",
        "back-lower-right",
        "back-tailbone",
    ]
    assert [region.code for region in DRAWINGS[Figure.BACK].layers][-len(strong) :] == strong
    assert not any(region.around_operation for region in DRAWINGS[Figure.FRONT].regions)


def test_options_of_the_instrument_are_the_regions_in_their_order():
    options = [option for option in PLACES.answer_option if not option.exclusive]

    assert [(o.code, o.display, o.title, o.group) for o in options] == [
        (r.code, r.label, r.short, f"{r.figure.capitalize()}, {r.side}") for r in REGIONS
    ]


def test_instrument_offers_no_pain_and_a_way_out():
    exclusive = [option.display for option in PLACES.answer_option if option.exclusive]

    assert exclusive == ["No pain today"]
    assert PLACES.not_sure == "I cannot say exactly"


def test_picture_hatches_what_was_chosen_and_marks_the_worst():
    nothing = body_map_svg([])
    chosen = body_map_svg(["back-lower-left", "front-thigh-left"], "back-lower-left")

    assert chosen.count("url(#hatch)") == nothing.count("url(#hatch)") + 2
    assert chosen.count("<circle") == nothing.count("<circle") + 2


def test_picture_has_the_line_widths_and_the_hatching_of_the_page():
    picture = body_map_svg(["back-lower-left"])
    region = {region.code: region.path for region in REGIONS}

    def on_the_page(name):
        rule = re.search(
            rf"^\.{name} {{(.*?)}}", THEME.read_text("utf-8"), re.DOTALL | re.MULTILINE
        )
        return re.search(r"stroke-width: ([\d.]+)", rule[1])[1]

    def in_the_picture(path):
        return re.findall(rf'<path d="{re.escape(path)}"[^>]*stroke-width="([\d.]+)"', picture)

    around, chosen = on_the_page("body-around-operation"), on_the_page("body-chosen-border")
    assert in_the_picture(region["front-chest-left"]) == [on_the_page("body-region")]
    assert in_the_picture(region["back-lower-right"]) == [around]
    assert in_the_picture(region["back-lower-left"]) == [around, chosen]
    assert in_the_picture(DRAWINGS[Figure.BACK].details) == [on_the_page("body-details")]
    assert in_the_picture(DRAWINGS[Figure.BACK].outline) == [on_the_page("body-outline")]
    assert in_the_picture("M1 0V7") == [on_the_page("body-hatch-line")]


@pytest.mark.parametrize("worst", ["front-thigh-left", "no-region", None])
def test_picture_marks_no_place_that_was_not_chosen(worst):
    assert body_map_svg(["back-lower-left"], worst) == body_map_svg(["back-lower-left"])


def test_picture_ignores_a_code_of_no_region():
    assert body_map_svg(["no-pain"]) == body_map_svg([])
