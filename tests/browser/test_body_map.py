"""The body map by thumb, by keys and for a screen reader: one state behind drawing and list."""

import re

import pytest
from playwright.sync_api import Page, expect

from fbss_app.content.body_map import DRAWINGS, SHEET
from fbss_app.content.questionnaires import load_questionnaires
from tests.browser.audit import axe_problems, layout_problems
from tests.browser.questions import Questions
from tests.browser.site import QUESTIONNAIRES

PLACES = load_questionnaires([QUESTIONNAIRES])["sore-places"]
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
# A few on each side, the narrow ones, and those where the operation was.
TAPPED = [
    "back-lower-left",
    "back-lower-middle",
    "back-buttock-right",
    "back-tailbone",
    "back-lower-arm-left",
    "front-groin-right",
    "front-foot-left",
]


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(base_url=site, **PHONE)
    yield context.new_page()
    context.close()


def open_map(page: Page) -> Questions:
    questions = Questions(page, PLACES).open()
    expect(questions.form).to_have_attribute("data-link-id", "pain-places")
    return questions


def tap(page: Page, code: str, aside: float = 0) -> None:
    """Tap the middle of a region as it is drawn, or so many units of the drawing beside it."""
    figure, region = next(
        (figure, region)
        for figure, drawing in DRAWINGS.items()
        for region in drawing.regions
        if region.code == code
    )
    svg = page.locator(f".body-{figure} > svg")
    svg.evaluate(
        "(svg, part) => scrollTo(0, svg.getBoundingClientRect().y + scrollY"
        " + svg.clientHeight * part - innerHeight / 2)",
        region.centre[1] / SHEET[1],
    )
    box = svg.bounding_box()
    assert box
    scale = box["width"] / SHEET[0]
    x, y = region.centre
    page.touchscreen.tap(box["x"] + (x + aside + SHEET[0] / 2) * scale, box["y"] + y * scale)


def ticked(page: Page) -> list[str]:
    return page.locator("input[name=values]:checked").evaluate_all(
        "(all) => all.map((one) => one.value)"
    )


def hatched(page: Page) -> list[str]:
    return page.locator(".body-chosen").evaluate_all(
        "(all) => all.map((one) => one.dataset.region)"
    )


def test_thumb_taps_regions_on_the_smallest_phone(phone):
    open_map(phone)
    widths = phone.locator(".body-figure > svg").evaluate_all(
        "(all) => all.map((one) => one.clientWidth)"
    )
    assert min(widths) >= 288

    for number, code in enumerate(TAPPED, start=1):
        tap(phone, code)
        expect(phone.locator(".body-chosen")).to_have_count(number)
        expect(phone.locator(f'input[value="{code}"]')).to_be_checked()

    expect(phone.locator(".body-front .body-tapped").first).to_have_text("Top of left foot")
    assert sorted(hatched(phone)) == sorted(ticked(phone)) == sorted(TAPPED)
    tap(phone, TAPPED[0])
    expect(phone.locator(f'input[value="{TAPPED[0]}"]')).not_to_be_checked()
    # Just outside the arm still counts as the arm.
    tap(phone, "back-upper-arm-right", aside=22)
    expect(phone.locator('input[value="back-upper-arm-right"]')).to_be_checked()


def test_chosen_places_are_echoed_and_can_be_removed(phone):
    open_map(phone)
    status = phone.get_by_role("status").filter(has_text="chosen")
    expect(status).to_have_text("No place chosen yet")
    tap(phone, "back-lower-left")
    tap(phone, "front-thigh-left")
    expect(status).to_have_text("2 places chosen")

    phone.get_by_role("button", name="Remove Lower back, left side", exact=True).tap()

    expect(status).to_have_text("1 place chosen")
    expect(phone.locator(".body-echo")).to_be_focused()
    assert hatched(phone) == ["front-thigh-left"]
    phone.get_by_label("No pain today").check()
    expect(status).to_have_text("No place chosen yet")
    assert hatched(phone) == []
    phone.get_by_label("I cannot say exactly").check()
    expect(phone.get_by_label("No pain today")).not_to_be_checked()


def test_keys_reach_the_list_and_never_the_drawing(page):
    questions = open_map(page)
    page.locator("main").focus()
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.tagName"))
        if page.evaluate(
            "() => document.activeElement.matches('summary') "
            "&& document.activeElement.textContent === 'Back, left'"
        ):
            break
    assert set(reached) <= {"BUTTON", "SUMMARY", "INPUT"}
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    expect(page.locator('input[value="back-shoulder-left"]')).to_be_checked()
    assert hatched(page) == ["back-shoulder-left"]
    questions.next()
    expect(page.locator("main dd").first).to_have_text("Back of left shoulder")


def test_screen_reader_finds_groups_of_checkboxes_and_no_drawing(page):
    open_map(page)
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")

    expect(
        page.get_by_role("group", name="Where do you feel pain today?")
    ).to_match_aria_snapshot("""
      - group "Where do you feel pain today?":
        - heading "Chosen places" [level=2]
        - status: No place chosen yet
        - heading "List of places" [level=2]
    """)
    for group in ("Back, middle", "Back, left", "Back, right", "Front, left"):
        expect(
            page.get_by_role("group", name=group, exact=True).get_by_role("checkbox").first
        ).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("^Lower back, left side"))).to_have_count(1)
    expect(page.get_by_role("img")).to_have_count(0)


def test_kind_of_pain_and_worst_place_are_asked_of_the_chosen_ones_alone(page):
    questions = open_map(page)
    questions.answer("pain-places", ["back-lower-left", "back-calf-left"])
    questions.answer("pain-places-more", "yes")
    for place in ("Lower back, left", "Left calf"):
        expect(questions.form.locator("h1")).to_have_text(f"{place}: what kind of pain is it?")
        questions.answer("pain-place-kind", ["burning"])

    expect(questions.form).to_have_attribute("data-link-id", "worst-place")
    labels = questions.form.locator(".choice-label").all_inner_texts()
    assert [label.splitlines()[0] for label in labels] == [
        "Lower back, left side",
        "Back of left lower leg (calf)",
        "I cannot say which",
    ]


@pytest.mark.parametrize("colours", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_chosen_region_shows_in_other_colours(browser, site, colours):
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740}, **colours)
    page = context.new_page()
    open_map(page)
    region = page.locator('[data-region="back-lower-left"]')
    before = region.evaluate("(one) => [getComputedStyle(one).fill, getComputedStyle(one).stroke]")
    region.click()
    expect(region).to_have_class(re.compile("body-chosen"))
    after = region.evaluate("(one) => [getComputedStyle(one).fill, getComputedStyle(one).stroke]")

    assert "body-hatch-back" in after[0]
    assert before != after
    assert not axe_problems(page)
    assert not layout_problems(page, ((320, 640), (1280, 800)))
    context.close()
