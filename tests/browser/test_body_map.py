"""The body map by thumb, by keys and for a screen reader: one state behind drawing and list."""

import re

import pytest
from playwright.sync_api import Page, expect

from fbss_app.content.body_map import DRAWINGS, REGIONS, SHEET
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
# Asks of every pixel of both figures which region a tap on it would reach. Gives for each region
# the width and height of what can be tapped, and the side of the largest square inside it.
MEASURE = """() => {
  const reached = {};
  for (const svg of document.querySelectorAll(".body-figure > svg")) {
    scrollTo(0, svg.getBoundingClientRect().top + scrollY - 8);
    const box = svg.getBoundingClientRect();
    let above = [];
    for (let y = Math.ceil(box.top); y < box.bottom; y += 1) {
      const row = [];
      for (let x = Math.ceil(box.left); x < box.right; x += 1) {
        const hit = document.elementFromPoint(x, y);
        const code = hit?.dataset.region ?? (hit?.closest(".body-hits") && hit.id.slice(5));
        const sizes = [row.at(-1), above[row.length], above[row.length - 1]]
          .map((one) => (one && one.code === code ? one.size : 0));
        const size = 1 + Math.min(...sizes);
        row.push({ code, size });
        if (!code) continue;
        const found = (reached[code] ??= { left: x, top: y, right: x, bottom: y, square: 0 });
        found.left = Math.min(found.left, x);
        found.right = Math.max(found.right, x);
        found.bottom = y;
        found.square = Math.max(found.square, size);
      }
      above = row;
    }
  }
  return Object.fromEntries(Object.entries(reached).map(([code, found]) =>
    [code, [found.right - found.left + 1, found.bottom - found.top + 1, found.square]]));
}"""


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
    tap(phone, "back-upper-arm-right", aside=20)
    expect(phone.locator('input[value="back-upper-arm-right"]')).to_be_checked()


def test_every_region_is_large_enough_for_a_thumb_on_the_smallest_phone(phone):
    open_map(phone)
    # High enough for a whole figure: what is off the screen cannot be asked.
    phone.set_viewport_size({"width": 320, "height": 1400})

    reached = phone.evaluate(MEASURE)

    assert set(reached) == {region.code for region in REGIONS}
    assert not {code: sizes for code, sizes in reached.items() if min(sizes[:2]) < 44}
    # A slanting region is wide in its box and narrow on the way through.
    assert not {code: sizes for code, sizes in reached.items() if sizes[2] < 24}


def test_sides_are_named_in_sight_on_both_ends_of_a_figure(phone):
    open_map(phone)
    expect(phone.locator(".body-back .body-side")).to_have_text(["Your left", "Your right"])
    expect(phone.locator(".body-front .body-side")).to_have_text(["Your right", "Your left"])
    title, beside, figure = (
        phone.locator(f".body-back {part}").first.evaluate("(one) => one.getBoundingClientRect()")
        for part in (".body-title", ".body-side", "> svg")
    )
    assert beside["bottom"] - title["top"] < PHONE["viewport"]["height"]
    assert figure["bottom"] - beside["top"] < PHONE["viewport"]["height"]


def test_chosen_border_lies_on_top_of_its_neighbours(phone):
    open_map(phone)
    tap(phone, "back-mid-left")
    border = phone.locator(".body-chosen-border")
    expect(border).to_have_count(1)
    assert border.evaluate(
        "(one) => [...one.parentNode.querySelectorAll('.body-region')]"
        ".every((other) => other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)"
    )
    tap(phone, "back-mid-left")
    expect(border).to_have_count(0)


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
