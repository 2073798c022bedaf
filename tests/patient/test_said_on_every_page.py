"""What no patient may miss: on the built pages, and where a person begins, ends and prints."""

import re
from html import unescape
from pathlib import Path

import pytest

from fbss_app import routes
from fbss_app.content.loader import load_content
from tests.browser.pages import EVERY_PAGE

BUILD = Path(".web/build/client")
CONTENT = load_content()
MUST_SAY = CONTENT.messages.must_always_be_said
CHECKED = re.compile(
    r"checked on \d{1,2} [A-Z][a-z]+ \d{4}\. No clinician has checked this page yet\."
)
# Questions and what comes of them bear no date of review (experience-standards 0.1).
WITHOUT_DATE = {
    *routes.questionnaire_pages(routes.PRIMARY_QUESTIONNAIRE).values(),
    routes.SAVE,
    routes.COME_BACK,
    routes.OPEN,
    routes.HELPERS,
    routes.CONFIRM_ANSWERS,
    routes.YOUR_DATA,
}
TO_READ = [address for address in EVERY_PAGE if address not in WITHOUT_DATE]

pytestmark = pytest.mark.browser


def text_of(address):
    html = (BUILD / f"{address.strip('/') or 'index'}.html").read_text(encoding="utf-8")
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def plain(words):
    return " ".join(words.split())


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_says_that_no_clinician_has_checked_it(address):
    assert "No clinician has checked this yet. General education, not medical advice." in text_of(
        address
    )


@pytest.mark.parametrize("address", TO_READ)
def test_every_page_to_read_says_when_it_was_checked(address):
    assert CHECKED.search(text_of(address))


@pytest.mark.parametrize("address", [routes.START, *TO_READ])
def test_what_must_be_said_stands_at_the_start_and_on_every_page_to_print(address):
    text = text_of(address)
    assert [line for line in MUST_SAY if plain(line) not in text] == []


def test_page_about_the_app_says_who_has_not_reviewed_it_and_who_paid():
    text = text_of(routes.ABOUT)
    assert "not yet reviewed by a clinician or by patients" in text
    assert "Nobody has paid for it so far" in text
    assert re.search(r"next check is due by \d{1,2} [A-Z][a-z]+ \d{4}\.", text)


def test_every_source_is_listed_once_with_the_pages_that_use_it():
    text = text_of(routes.ABOUT_SOURCES)
    assert [each.id for each in CONTENT.sources.values() if plain(each.citation) not in text] == []
    html = (BUILD / "about/sources.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="(/(?:learn|options)/[^"]+)"', html))
    using = {routes.cause(each.id) for each in CONTENT.causes if each.sources}
    using |= {routes.topic(each.id) for each in CONTENT.topics if each.sources}
    using |= {routes.option(each.id) for each in CONTENT.options if each.sources}
    assert linked == using


def test_results_are_counted():
    assert "Met: 6 of 6 that apply." in text_of(routes.ABOUT_STANDARDS)


def test_every_page_has_its_scores():
    text = text_of(routes.ABOUT_READING)
    for grade in CONTENT.reading_grades.values():
        assert f"{grade.grade:.1f} {grade.ease:.1f} {grade.grade_with_terms:.1f}" in text
