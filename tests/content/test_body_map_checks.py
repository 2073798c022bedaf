"""Loads questions that a body map draws: those that fit its regions, and those that do not."""

import pytest

from fbss_app.content.body_map import REGIONS
from fbss_app.content.instruments import BUILT_IN_INSTRUMENTS, read_instruments
from fbss_app.content.questionnaires import load_questionnaire
from fbss_app.errors import ContentError, ContentErrors

HEAD = """\
name: example
url: https://clinic.example/questionnaire/example
version: "1"
status: draft
title: Example
description: An example.
date: 2026-01-31
item:
"""
A_FEW_PLACES = (
    HEAD
    + """\
  - link_id: pain
    type: group
    text: Your pain
    item:
      - link_id: places
        type: choice
        repeats: true
        item_control: body-map
        text: Where is it?
        why: It helps.
        answer_option:
          - {code: back-lower-left, display: Left}
          - {code: back-lower-right, display: Right}
          - {code: no-pain, display: No pain, exclusive: true}
"""
)
DRAWN_ON_THE_SUMMARY = A_FEW_PLACES.replace("body-map", "check-box") + (
    "summary:\n  - {title: Pain, picture: body-map, places: places, item: [places]}\n"
)
WHOLE = (
    HEAD
    + """\
  - link_id: pain
    type: group
    text: Your pain
    instrument: body-map
"""
)


@pytest.fixture
def load(tmp_path):
    def _load(text, instruments=None):
        file = tmp_path / "example.yaml"
        file.write_text(text, encoding="utf-8")
        return load_questionnaire(file, instruments)

    return _load


@pytest.fixture
def load_with_body_map(load, tmp_path):
    """Give a function that loads the whole body map after a change to its file."""

    def _load(old, new):
        file = tmp_path / "body-map.yaml"
        text = (BUILT_IN_INSTRUMENTS / file.name).read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        folder = tmp_path / "instruments"
        folder.mkdir()
        return load(WHOLE, read_instruments([file.rename(folder / file.name).parent]))

    return _load


@pytest.mark.parametrize("text", [A_FEW_PLACES, DRAWN_ON_THE_SUMMARY, WHOLE])
def test_options_that_are_regions_load(load, text):
    assert load(text).find("places" if text != WHOLE else "pain-places")


@pytest.mark.parametrize("text", [A_FEW_PLACES, DRAWN_ON_THE_SUMMARY])
def test_an_option_that_is_no_region_is_named_with_its_line(load, text):
    with pytest.raises(ContentError) as caught:
        load(text.replace("back-lower-left", "back-lower-lefft"))

    error = caught.value
    assert error.file.endswith("example.yaml")
    assert error.line == 1 + text[: text.index("back-lower-left")].count("\n")
    assert error.field == "item[0].item[0].answer_option[0].code"
    assert error.problem == "`back-lower-lefft` is no region of the body map"
    assert error.what_to_do == (
        "Did you mean `back-lower-left`? The regions are in fbss_app/content/body_map/figures.py."
    )


def test_options_taken_over_by_a_body_map_are_regions_too(load):
    sources = A_FEW_PLACES.replace("item_control: body-map", "item_control: check-box") + (
        "      - link_id: again\n        type: choice\n        repeats: true\n"
        "        item_control: body-map\n        options_from: places\n"
        "        text: Where again?\n        why: It helps.\n"
    )
    assert load(sources)
    with pytest.raises(ContentError, match="`left` is no region"):
        load(sources.replace("code: back-lower-left", "code: left"))


def test_other_questions_may_have_any_options(load):
    assert load(A_FEW_PLACES.replace("body-map", "check-box").replace("back-lower-left", "left"))


def test_a_misspelt_option_of_the_instrument_is_both_no_region_and_a_region_left_out(
    load_with_body_map,
):
    with pytest.raises(ContentErrors) as caught:
        load_with_body_map("code: back-tailbone", "code: back-tail")

    left_out, no_region = caught.value.errors
    assert all(error.file.endswith("body-map.yaml") for error in caught.value.errors)
    assert left_out.field == "item[0].answer_option"
    assert left_out.problem == "no option for these regions of the body map: `back-tailbone`"
    assert "Add an option for each" in left_out.what_to_do
    assert no_region.problem == "`back-tail` is no region of the body map"
    assert left_out.line < no_region.line


def test_the_instrument_offers_every_region(load):
    options = load(WHOLE).find("pain-places").answer_option

    assert {o.code for o in options if not o.exclusive} == {region.code for region in REGIONS}
