import re

import pytest

from fbss_app.content.loader import load_content
from fbss_app.ui.art.causes.gallery import PLATES, cause_figure, cause_picture
from fbss_app.ui.art.causes.plate import WIDTH
from tests.ui.rendered import named, props, text

DRAWN = [cause for cause in load_content().causes if cause.drawing]
# From the foot of a line to its top.
LETTERS = 14


@pytest.mark.parametrize("cause", DRAWN, ids=lambda cause: cause.drawing.name)
def test_drawing_is_named_by_its_title_and_the_sentence_that_describes_it(cause):
    figure = cause_figure(cause.drawing, cause.title)
    (svg, *_) = named(figure, "svg")
    assert props(svg)["role"] == "img"
    ids = props(svg)["aria-labelledby"].split()
    naming = [*named(figure, "span"), *named(figure, "figcaption")]
    assert [props(node)["id"] for node in naming] == ids
    assert cause.title in text(figure)
    assert cause.drawing.shows in text(figure)


@pytest.mark.parametrize("cause", DRAWN, ids=lambda cause: cause.drawing.name)
def test_each_label_is_real_text(cause):
    figure = cause_figure(cause.drawing, cause.title)
    assert len(named(figure, "text")) == len(cause.drawing.labels)
    words = " ".join(re.findall(r"contents': '\"([^\"]+)", text(figure)))
    for label in cause.drawing.labels.values():
        assert label in words


@pytest.mark.parametrize("cause", DRAWN, ids=lambda cause: cause.drawing.name)
def test_small_drawing_is_decoration_without_words(cause):
    (svg, *_) = named(cause_picture(cause.drawing), "svg")
    assert props(svg)["aria-hidden"] == "true"
    assert not named(cause_picture(cause.drawing), "text")


@pytest.mark.parametrize("name", PLATES)
def test_labels_and_what_they_point_at_lie_on_the_sheet(name):
    plate = PLATES[name]
    for label in plate.labels.values():
        numbers = [float(number) for number in re.findall(r"\d+", label.pointer)]
        assert all(0 <= x <= WIDTH for x in numbers[::2])
        assert all(0 <= y <= plate.height for y in numbers[1::2])
        assert 0 <= label.x <= WIDTH
        assert LETTERS <= label.y <= plate.height
    x, y, width, height = plate.core
    assert x >= 0
    assert y >= 0
    assert x + width <= WIDTH
    assert y + height <= plate.height


@pytest.mark.parametrize("cause", DRAWN, ids=lambda cause: cause.drawing.name)
def test_no_label_reaches_past_the_lower_edge(cause):
    plate = PLATES[cause.drawing.name]
    figure = cause_figure(cause.drawing, cause.title)
    feet = [float(props(span)["y"]) for span in named(figure, "tspan")]
    assert max(feet) <= plate.height - 3
