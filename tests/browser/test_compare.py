"""Options side by side: as many as fit, in the same rows, with and without scripts."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.content.loader import load_content

OPTIONS = load_content().options
FIGURES = load_content().figures
FIRST, SECOND, THIRD, FOURTH = OPTIONS[0], OPTIONS[3], OPTIONS[-4], OPTIONS[-1]


def name(option):
    return option.title.partition(" (")[0]


def helped(option):
    return option.compare.may_help.figure


def box(page, option):
    return page.get_by_role("checkbox", name=re.compile(f"^{re.escape(name(option))}( \\(|$)"))


def tick(page, *options):
    for option in options:
        box(page, option).check()


def columns(page):
    """List the options that stand side by side, in the order of reading."""
    shown = page.locator(".compare-table tbody tr").first.locator("td:visible")
    return shown.evaluate_all("(cells) => cells.map((cell) => cell.dataset.label)")


@pytest.fixture
def compare(page):
    page.goto(routes.COMPARE)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    return page


def test_chosen_options_stand_in_the_fixed_order(compare):
    tick(compare, THIRD, FIRST)

    assert columns(compare) == [name(FIRST), name(THIRD)]
    rows = compare.locator(".compare-table tbody tr")
    for row in rows.all():
        cells = row.locator("td:visible")
        assert cells.count() == 2
        assert all(text.strip() for text in cells.all_inner_texts())


def test_nothing_is_taken_away_when_too_many_are_chosen(compare):
    tick(compare, FIRST, SECOND, THIRD, FOURTH)

    expect(compare.get_by_role("status").filter(has_text="more than 3")).to_be_visible()
    assert columns(compare) == [name(option) for option in (FIRST, SECOND, THIRD)]
    expect(compare.get_by_role("checkbox", checked=True)).to_have_count(4)

    box(compare, SECOND).uncheck()
    assert columns(compare) == [name(option) for option in (FIRST, THIRD, FOURTH)]
    expect(compare.get_by_text("more than 3")).to_have_count(0)


def test_page_says_what_is_missing(compare):
    expect(compare.get_by_text("You have not chosen an option yet.")).to_be_visible()
    assert columns(compare) == []
    tick(compare, FIRST)
    expect(compare.get_by_text("Choose one more")).to_be_visible()
    tick(compare, SECOND)
    expect(compare.get_by_text("Choose one more")).to_have_count(0)


def test_medical_words_of_the_table_are_listed(compare):
    compare.get_by_text("Words on this page").click()
    expect(compare.locator("#word-physiotherapy")).to_be_visible()
    expect(compare.locator(".compare-table .term")).to_have_count(0)


def test_row_says_when_its_figures_are_over_different_times(compare):
    times = {option: FIGURES[figure].horizon for option in OPTIONS if (figure := helped(option))}
    without = next(option for option in OPTIONS if option not in times)
    one, other = next(pair for pair in combinations(times, 2) if len({*map(times.get, pair)}) == 2)
    note = compare.locator("[data-other-times]").first

    tick(compare, one, without)
    expect(note).not_to_be_visible()
    tick(compare, other)
    expect(note).to_be_visible()
    expect(note).to_contain_text("These figures are over different times")


def test_choice_outlives_a_reload_and_can_be_led_to(compare):
    tick(compare, FIRST, SECOND)
    compare.reload()
    expect(compare.locator("html[data-ready]")).to_have_count(1)
    assert columns(compare) == [name(FIRST), name(SECOND)]

    compare.goto(routes.option(THIRD.id))
    compare.get_by_role("link", name="Compare this option").click()
    expect(compare).to_have_url(re.compile(f"{routes.COMPARE}#{THIRD.id}$"))
    expect(compare.locator(".compare-table tbody tr").first.locator("td:visible")).to_have_count(1)
    assert columns(compare) == [name(THIRD)]


def test_keyboard_alone_is_enough(compare):
    box(compare, FIRST).focus()
    compare.keyboard.press("Space")
    compare.keyboard.press("Tab")
    compare.keyboard.press("Space")
    assert columns(compare) == [name(OPTIONS[0]), name(OPTIONS[1])]


def test_every_option_is_there_without_scripts(browser, site):
    context = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    paper = context.new_page()
    paper.goto(routes.COMPARE)
    assert columns(paper) == [name(option) for option in OPTIONS]
    expect(paper.get_by_role("checkbox")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_three_columns_never_scroll_sideways(compare, width):
    compare.set_viewport_size({"width": width, "height": 800})
    tick(compare, FIRST, SECOND, THIRD)
    assert compare.evaluate("document.documentElement.scrollWidth") == width
