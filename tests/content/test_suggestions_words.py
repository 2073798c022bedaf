"""The list of medicine names: generic, in order, and no word on doses."""

import re

from fbss_app.content.suggestions import load_suggestions

NAMES = load_suggestions()["medicines"]


def test_the_names_are_many_and_in_order():
    assert 140 <= len(NAMES) <= 200
    assert list(NAMES) == sorted(set(NAMES), key=str.lower)


def test_a_name_holds_no_dose_and_fits_the_question():
    for name in NAMES:
        assert not re.search(r"\d+ ?(mg|g|ml|%|micro)", name), name
        assert re.fullmatch(r"[A-Z][a-z]+( [a-z]+)?( \([a-zA-Z0-9, ]+\))?", name), name


def test_an_american_name_stands_beside_the_international_one():
    for name in (
        "Paracetamol (acetaminophen)",
        "Salbutamol (albuterol)",
        "Glibenclamide (glyburide)",
        "Aspirin (acetylsalicylic acid)",
    ):
        assert name in NAMES


def test_the_medicines_that_the_questions_name_can_be_found():
    known = " ".join(NAMES).lower()
    for name in (
        *("ibuprofen", "naproxen", "amitriptyline", "duloxetine", "gabapentin", "pregabalin"),
        *("warfarin", "acenocoumarol", "phenprocoumon", "apixaban", "dabigatran", "edoxaban"),
        *("rivaroxaban", "clopidogrel", "prasugrel", "ticagrelor"),
        *("dalteparin", "enoxaparin", "tinzaparin", "paracetamol", "aspirin"),
    ):
        assert name in known, name
