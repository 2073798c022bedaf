"""Medical words, explained where they stand and on a page of their own."""

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.content.loader import load_content
from tests.browser.audit import problems

CONTENT = load_content()
READING = routes.option("more-room-for-a-nerve")
SMALLEST_TARGET = 24


def opened(page, path=READING):
    page.goto(path)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    return page


def word(page, name="stenosis"):
    return page.locator(".term", has_text=name).first


def definition(page, name="stenosis"):
    return page.locator(f"#definition-{name}")


def test_press_opens_the_definition_under_the_words_and_another_closes_it(page):
    opened(page)
    expect(definition(page)).not_to_be_visible()
    below = word(page).locator("xpath=ancestor::p/following-sibling::*").first
    from_the_word = below.bounding_box()["y"] - word(page).bounding_box()["y"]

    word(page).click()

    expect(definition(page)).to_have_text("stenosis: A tight space that presses on nerves.")
    expect(word(page)).to_have_attribute("aria-expanded", "true")
    assert word(page).get_attribute("aria-controls") == definition(page).get_attribute("id")
    top = word(page).bounding_box()["y"]
    assert 0 < definition(page).bounding_box()["y"] - top <= from_the_word
    assert below.bounding_box()["y"] - top > from_the_word
    assert "#" not in page.url

    word(page).click()
    expect(definition(page)).not_to_be_visible()
    expect(word(page)).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys_open_and_escape_closes(page, key):
    opened(page)
    word(page).focus()

    page.keyboard.press(key)
    expect(definition(page)).to_be_visible()
    page.keyboard.press("Escape")

    expect(definition(page)).not_to_be_visible()
    expect(word(page)).to_be_focused()
    expect(word(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(definition(page)).not_to_be_visible()


def test_each_word_is_explained_once_on_a_page(page):
    opened(page)

    controlled = page.locator(".term").evaluate_all(
        "(terms) => terms.map((term) => term.getAttribute('aria-controls'))"
    )

    assert len(controlled) > 8
    assert len(set(controlled)) == len(controlled)
    assert page.locator(".term:is(a a, button *, summary *, h1 *, h2 *, thead *)").count() == 0


@pytest.mark.parametrize(
    ("path", "place", "term"),
    [
        (routes.option("exercise-and-physiotherapy"), ".lead", "physiotherapy"),
        (routes.option("joining-bones"), "strong", "sacroiliac-joint"),
        (routes.cause("problem-with-metal"), ".figure", "fusion"),
        (routes.topic("fusion-or-decompression"), "tbody th", "stenosis"),
    ],
)
def test_word_is_explained_wherever_it_comes_first(page, path, place, term):
    opened(page, path)
    page.locator(f"{place} .term[aria-controls=definition-{term}]").click()
    expect(definition(page, term)).to_be_visible()


def test_open_definitions_serve_everyone(page):
    opened(page, routes.topic("when-the-pain-came-back"))
    for term in page.locator(".term").all():
        term.click()
    page.get_by_text("Words on this page").click()

    assert page.locator(".definition:visible").count() == page.locator(".term").count() > 8
    assert problems(page) == []


def test_words_are_tall_enough_to_tap_and_keep_the_lines_apart(page):
    opened(page)
    heights = word(page).evaluate("(term) => [...term.getClientRects()].map((box) => box.height)")
    assert min(heights) >= SMALLEST_TARGET

    paragraph = word(page).locator("xpath=ancestor::p").element_handle()
    before = paragraph.bounding_box()["height"]
    paragraph.evaluate("(p) => p.querySelectorAll('.term').forEach((t) => t.replaceWith(t.text))")
    assert paragraph.bounding_box()["height"] == before


def test_only_open_definitions_are_printed(page):
    opened(page)
    word(page).click()
    page.emulate_media(media="print")

    expect(page.locator(".definition:visible")).to_have_count(1)
    expect(page.locator(".word-list")).not_to_be_visible()


def test_word_leads_to_the_list_of_the_page_without_scripts(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(READING)

    word(page).click()

    expect(page.locator("#word-stenosis")).to_be_visible()
    expect(page.locator("#word-stenosis")).to_contain_text("A tight space that presses on nerves.")
    context.close()


def test_glossary_lists_every_word_from_a_to_z(page):
    opened(page, routes.LEARN)
    page.get_by_role("link", name="All words explained").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Words explained")
    terms = page.locator("main dt").all_inner_texts()
    assert sorted(entry.term for entry in CONTENT.glossary) == sorted(terms)
    assert terms == sorted(terms, key=str.casefold)
