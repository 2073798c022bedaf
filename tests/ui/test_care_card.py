import pytest
import reflex as rx

from fbss_app.ui.care_card import call_link, care_card
from tests.ui.rendered import elements, named, props, text


@pytest.mark.parametrize("urgency", ["emergency", "same-day", "soon"])
def test_urgency_is_marked_on_the_card(urgency):
    (card,) = named(care_card(urgency, "Call now"), "section")
    assert props(card)["data-urgency"] == urgency


@pytest.mark.parametrize("level", [1, 2, 3])
def test_heading_has_the_level_that_the_page_needs(level):
    assert len(named(care_card("soon", "Tell your team", level=level), f"h{level}")) == 1


def test_level_is_spoken_for_an_urgency_known_only_in_the_browser():
    card = text(care_card(rx.Var("flag.urgency").to(str), rx.Var("flag.heading").to(str)))
    assert all(spoken in card for spoken in ("Emergency: ", "Today: ", "Soon: "))


def test_number_is_dialled():
    (link, *_) = elements(call_link("999", "Call 999"))
    assert "tel:999" in str(link["props"])
