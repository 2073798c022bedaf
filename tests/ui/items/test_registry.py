import pytest
import reflex as rx

from fbss_app.ui.items.registry import CONTROLS, control
from tests.ui.rendered import elements, named, props, text
from tests.ui.views import question_view

FORM_FIELDS = {"value", "values", "other", "day", "month", "year", "not_sure"}


def inputs(component):
    return [
        props(node)
        for node in elements(component)
        if node["name"].strip('"') in {"input", "textarea"}
    ]


def test_every_control_of_the_contract_is_there():
    assert set(CONTROLS) == {
        "body-map",
        "radio",
        "check-box",
        "nrs",
        "text-box",
        "text-area",
        "number",
        "date",
        "open-choice",
        "open-choices",
        "boolean",
        "display",
    }


@pytest.mark.parametrize("name", CONTROLS)
def test_question_is_the_only_first_level_heading(name):
    (heading,) = named(CONTROLS[name](question_view()), "h1")
    assert props(heading)["tabIndex"] == "-1"


@pytest.mark.parametrize("name", CONTROLS)
def test_inputs_can_be_read_from_the_form_before_the_page_is_live(name):
    for field in inputs(CONTROLS[name](question_view())):
        assert field["name"] in FORM_FIELDS
        assert "value" in field


@pytest.mark.parametrize("name", sorted(set(CONTROLS) - {"display"}))
def test_error_link_leads_to_an_input(name):
    fields = inputs(CONTROLS[name](question_view()))
    assert any('question?.["key"]' in field.get("id", "") for field in fields)


@pytest.mark.parametrize("name", sorted(set(CONTROLS) - {"display"}))
def test_hint_and_error_describe_the_question(name):
    assert "aria-describedby" in text(CONTROLS[name](question_view()))


def test_display_asks_for_nothing():
    assert inputs(CONTROLS["display"](question_view())) == []


def test_numbers_are_typed_as_text():
    (field, _) = inputs(CONTROLS["number"](question_view()))
    assert field["type"] == "text"
    assert field["inputMode"] == "decimal"


def test_suggestions_are_a_list_that_the_browser_offers():
    box = CONTROLS["text-box"](question_view())
    (field,) = [each for each in inputs(box) if each["type"] == "text"]
    (suggestions,) = named(box, "datalist")
    assert props(suggestions)["id"] in field["list"]


@pytest.mark.parametrize("name", ["radio", "check-box"])
def test_groups_of_options_have_a_heading(name):
    shown = text(CONTROLS[name](question_view()))
    assert "choice-group" in shown
    assert '["heading"]' in shown


def test_a_text_to_read_links_its_numbers():
    assert "tel:" in text(CONTROLS["display"](question_view()))


def test_control_is_chosen_in_the_browser():
    cases = text(control(question_view(), rx.Var("name").to(str)))
    assert all(name in cases for name in CONTROLS)
