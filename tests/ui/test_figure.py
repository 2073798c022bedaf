import pytest

from fbss_app.domain.decision_aid.figure_words import figure_words
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import FigureBlock
from fbss_app.ui.art.icon_array import icon_array
from fbss_app.ui.prose import prose
from tests.domain.decision_aid.figures import NO_RANGE, difference, share, spread
from tests.ui.rendered import named, props, text


def shown(figure):
    return prose([FigureBlock(figure=figure)])


def classes(element):
    return props(element).get("className", "").strip('"').split()


def dots(path):
    """Count the dots of a path: one at the start of each line and one every 10 units."""
    lines = props(path)["d"].strip('"').split("M")[1:]
    return sum(int(float(line.split("h")[1])) // 10 + 1 for line in lines)


def drawn(picture):
    """Count the dots of each kind, by the class that draws them."""
    return {props(path)["className"].strip('"'): dots(path) for path in named(picture, "path")}


def test_count_and_what_it_is_compared_with_stand_beside_each_other():
    pictures = named(shown(share()), "svg")
    assert [drawn(picture)["dot-paper"] for picture in pictures] == [52, 91]


def test_picture_is_named_by_its_sentence():
    words = figure_words(share())
    names = [props(picture)["aria-label"].strip('"') for picture in named(shown(share()), "svg")]
    assert names == [plain_text(words.statement), plain_text(words.comparison)]


def framed(*figures):
    page = prose([FigureBlock(figure=figure) for figure in figures])
    return [div for div in named(page, "div") if classes(div) == ["figure"]]


def test_figures_of_the_same_people_share_a_frame_and_say_whom_they_are_about_once():
    note = "The maker paid for this study."
    shared, alone = framed(share(id="one", note=note), share(id="two", note=note), spread())

    assert [len(named(frame, "svg")) for frame in (shared, alone)] == [4, 1]
    assert str(shared).count("How sure we are: low") == 1
    assert str(shared).count(note) == 1
    assert str(alone).count("The studies had no group to compare with.") == 1


def test_notes_that_differ_stand_under_their_own_figures():
    (frame,) = framed(share(id="one", note="One left."), share(id="two"))

    first, second = [div for div in named(frame, "div") if classes(div) == ["figure-one"]]
    assert "One left." in str(first)
    assert "One left." not in str(second)


def test_figure_without_a_range_says_why_and_is_not_drawn():
    frame = shown(share(**NO_RANGE))
    assert not named(frame, "svg")
    assert "does not say how many people were counted" in text(frame)


def test_spread_marks_those_of_whom_it_is_not_known():
    (picture,) = named(shown(spread()), "svg")
    assert drawn(picture) == {"dot-ring": 100, "dot-paper": 93, "dot-point": 9}


@pytest.mark.parametrize("figure", [difference(), share(certainty="very-low")])
def test_what_is_no_count_or_hardly_known_is_not_drawn(figure):
    assert not named(shown(figure), "svg")


@pytest.mark.parametrize(("count", "denominator"), [(0, 100), (10, 100), (99, 100), (401, 1000)])
def test_grid_has_a_dot_for_each_of_the_denominator(count, denominator):
    picture = icon_array(count, denominator=denominator, name="So many.")
    assert drawn(picture) == {"dot-ring": denominator, "dot-paper": denominator - count}
