import re

from fbss_app.ui.clinic_logo import clinic_logo
from tests.ui.rendered import named, props
from tests.ui.theme_colours import CSS


def test_logo_keeps_its_room_and_says_whose_it_is():
    (picture,) = named(clinic_logo("/logo?v=1", 480, 160, name="North Clinic"), "img")
    found = props(picture)
    assert found["src"] == "/logo?v=1"
    assert found["alt"] == "North Clinic"
    assert (found["width"], found["height"]) == ("480", "160")
    assert "--logo-width" in found["style"]
    # One that does not load takes its plate along.
    assert "parentElement.hidden = true" in found["onError"]


def test_stylesheet_works_out_the_room_from_what_the_picture_says():
    rule = re.search(r"\.clinic-logo > img \{(.*?)\n\}", CSS, flags=re.DOTALL)
    assert rule
    for token in ("--logo-width", "--logo-height", "--logo-wide", "--logo-high"):
        assert token in rule[1]
    assert re.search(r"\.clinic-logo\[hidden\] \{\s*display: none;", CSS)
