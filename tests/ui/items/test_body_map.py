import json

import reflex as rx

from fbss_app.content.body_map import REGIONS
from fbss_app.ui.art.body_map import body_map_to_read
from fbss_app.ui.art.body_shapes import SHAPES_MODULE, shapes_source
from fbss_app.ui.items.body_map import body_map
from tests.ui.rendered import named, props, text
from tests.ui.views import question_view


def test_drawing_is_hidden_and_the_checkboxes_are_the_control():
    control = body_map(question_view())

    (drawing,) = [
        node for node in named(control, "div") if props(node).get("className") == "body-map"
    ]
    assert props(drawing)["aria-hidden"] == "true"
    assert 'type:"checkbox"' not in str(drawing)
    assert {props(node)["type"] for node in named(control, "input")} == {"checkbox"}


def test_tap_on_a_region_and_tick_of_a_checkbox_call_the_same_handler():
    control = body_map(question_view())
    tapped = [
        props(node)["onClick"]
        for node in (*named(control, "path"), *named(control, "use"))
        if "onClick" in props(node)
    ]

    assert len(tapped) == 4
    assert all("toggle_" in handler for handler in tapped)
    assert any("toggle_" in props(node).get("onChange", "") for node in named(control, "input"))


def test_every_region_is_in_the_module_that_the_drawing_imports():
    imports = body_map(question_view())._get_all_imports()

    assert {one.tag for one in imports[f"$/{SHAPES_MODULE}"]} == {"body_back", "body_front"}
    assert all(json.dumps(region.path) in shapes_source() for region in REGIONS)


def test_remove_button_names_its_place():
    (button,) = named(body_map(question_view()), "button")

    assert props(button)["type"] == "button"
    assert "Remove" in str(button)
    assert "label" in str(button)


def test_status_is_there_before_anything_is_chosen():
    assert [
        node
        for node in named(body_map(question_view()), "p")
        if props(node).get("role") == "status"
    ]


def test_sides_are_said_to_the_person_or_to_the_helper():
    drawn = text(body_map(question_view()))

    assert "Your left" in drawn
    assert "Their left" in drawn


def test_drawing_to_read_takes_no_taps():
    drawing = body_map_to_read(rx.Var("places").to(list[str]), rx.Var("worst").to(str))

    assert "onClick" not in text(drawing)
    assert "Worst pain" in text(drawing)
