import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fbss_app.server.documents.printable_text import LONGEST_WORD, printable, printable_text


@pytest.mark.parametrize(
    "text", ["Zoë Łącki", "Ελλάδα", "Київ", "שלום", "مرحبا", "नमस्ते", "½ “ok” 7 °C"]
)
def test_what_the_fonts_can_draw_stays_as_it_is(text):
    assert printable_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("thank you 🙏", "thank you [person with folded hands]"),
        ("中文字", "[CJK text]"),
        ("I take বাংলা ভাষা daily", "I take [Bengali text] daily"),
        ("\ue000", "[a character that cannot be shown]"),
    ],
)
def test_what_no_font_can_draw_is_named_once(text, shown):
    assert printable_text(text) == shown


def test_characters_that_steer_the_layout_are_left_out():
    assert printable_text("a\u202eb\u2066c\u200b\x07d") == "abc d"


@pytest.mark.parametrize("private", ["\uf6c5", "\ue000", "\U000f0000"])
def test_private_characters_are_named_even_where_a_font_draws_something(private):
    assert printable_text(f"a{private}b") == "a[a character that cannot be shown]b"


def test_line_ends_of_every_kind_are_kept_as_one_kind():
    assert printable_text("a\r\nb\rc\u2028d\ne") == "a\nb\nc\nd\ne"


def test_a_long_word_gets_places_to_break_and_a_short_one_does_not():
    assert "\u200b" in printable_text("x" * (LONGEST_WORD + 1))
    assert "\u200b" not in printable_text("x" * LONGEST_WORD)


def test_a_mark_that_the_font_of_its_letter_lacks_is_dropped_and_the_letter_stays():
    assert printable_text("ש\u0940") == "ש"


def test_data_keeps_its_shape():
    assert printable({"a": ["🙏", 1, None, True], "b": {"c": "x"}}) == {
        "a": ["[person with folded hands]", 1, None, True],
        "b": {"c": "x"},
    }


@given(st.text())
def test_any_text_becomes_characters_without_control(text):
    shown = printable_text(text)

    kinds = {unicodedata.category(each) for each in shown if each not in "\n\u200b\u200c\u200d"}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn"})
