import pytest
import reflex as rx

from fbss_app import routes
from fbss_app.ui.layout import page_frame
from tests.ui.rendered import elements, named, props, text


def links(current):
    page = page_frame(rx.el.p("words"), current=current)
    return [
        props(node)
        for node in elements(page)
        if node["name"].strip('"') in {"a", "ReactRouterLink"}
    ]


def address(link):
    return link.get("to", link.get("href"))


def test_skip_link_comes_first_and_leads_to_main():
    assert address(links("")[0]) == "#main"
    (main,) = named(page_frame(rx.el.p("words")), "main")
    assert props(main)["id"] == "main"
    assert props(main)["tabIndex"] == "-1"


@pytest.mark.parametrize("current", [routes.QUESTIONNAIRE, routes.SUMMARY, routes.URGENT_HELP, ""])
def test_emergency_signs_stand_in_the_same_place_on_every_page(current):
    assert [address(link) for link in links(current)].index(routes.URGENT_HELP) == 2


def test_current_page_is_marked_once():
    marked = [address(link) for link in links(routes.LEARN) if "aria-current" in link]
    assert marked == [routes.LEARN]


def test_footer_says_that_no_clinician_has_checked_the_words():
    page = text(page_frame(rx.el.p("words")))
    assert "No clinician has checked this yet." in page
    assert "General education, not medical advice." in page
