"""What is wrong with a page as it stands on the screen: axe's rules, and what axe cannot see."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# The rules whose outcome another colour scheme can change.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}

OTHER_COLOURS = ({"color_scheme": "dark"}, {"forced_colors": "active"})
USUAL_COLOURS = {"color_scheme": "light", "forced_colors": "none"}

# Narrow phone, phone, tablet, desk, and a phone on its side.
SCREENS = ((320, 640), (360, 740), (768, 1024), (1280, 800), (640, 320))
STAFF_SCREENS = ((320, 640), (360, 740), (1280, 800))
# Where pages for staff become others: cards in place of tables, and a bar in place of a menu.
WITH_RULES = (360, 1280)
SMALLEST_TARGET = 48

# Needs AXE_SCRIPT in the document.
RUN_AXE = """async ([within, options]) =>
  (await axe.run(within, options)).violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 140)}`))"""

# A control counts with the label or the row that is tapped with it. Links in running text, and
# those that only assistive technology shows, have no size of their own to keep.
_LOOK = """(smallest) => {
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 140)}`);
  const width = document.documentElement.clientWidth;
  const hidden = ".visually-hidden, .skip-link, thead";
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !element.closest(hidden) && element.checkVisibility();
  };

  if (document.documentElement.scrollWidth > width) found.push("the page scrolls sideways");
  for (const element of document.querySelectorAll("body *")) {
    if (!shown(element) || element.closest("svg")?.parentElement?.closest("svg")) continue;
    const box = element.getBoundingClientRect();
    if (box.right > width + 1 || box.left < -1) say("sticks out", element);
    const style = getComputedStyle(element);
    if (element.matches("input, textarea")) continue;
    const isClipped = (way) => ["hidden", "clip"].includes(style[`overflow${way}`]);
    if (isClipped("X") && element.scrollWidth > element.clientWidth + 1) say("cut off", element);
    if (isClipped("Y") && element.scrollHeight > element.clientHeight + 1) say("cut off", element);
  }

  const runningText = "p, li, dd, td, th, sup";
  const isInText = (link) =>
    link.matches("a") && getComputedStyle(link).display === "inline" && link.closest(runningText);
  const tapped = (control) => control.closest(".card-link") ?? control.closest("label") ?? control;
  const controls = "a[href], button, input, select, textarea, summary";
  for (const control of document.querySelectorAll(controls)) {
    if (!shown(control) || isInText(control)) continue;
    const { width, height } = tapped(control).getBoundingClientRect();
    if (Math.min(width, height) < smallest - 0.5) say(`${width} by ${height}`, control);
  }

  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
  const levels = headings.map((heading) => Number(heading.tagName[1]));
  const pageHeadings = levels.filter((level) => level === 1).length;
  if (pageHeadings !== 1) found.push(`${pageHeadings} h1`);
  const fromTitle = levels.slice(levels.indexOf(1));
  fromTitle.forEach((level, index) => {
    if (index && level > fromTitle[index - 1] + 1) found.push(`h${level} after a skipped level`);
  });

  const links = [...document.querySelectorAll(controls)].map((link) => link.getAttribute("href"));
  if (links.indexOf("/urgent-help") !== 2) found.push("the help link is not in its place");
  return found;
}"""

# A page may clip what is too wide for it, so what sticks out is looked for as well; what scrolls
# by itself may hold more than is seen.
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const found = document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : [];
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const isInScroller = (element) => {
    for (let each = element.parentElement; each; each = each.parentElement)
      if (scrolls(each)) return true;
    return false;
  };
  for (const element of document.querySelectorAll(".staff-page *")) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.right <= width + 1 || isInScroller(element)) continue;
    found.push(`sticks out: ${element.outerHTML.slice(0, 140)}`);
  }
  return found;
}"""

_SPACED = """line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important"""
_READERS_STYLE = f"* {{ {_SPACED} }} p {{ margin-bottom: 2em !important }}"


def axe_problems(
    page: Page, options: dict[str, Any] = ALL_RULES, within: str = "html"
) -> list[str]:
    """Run axe on the page as it stands.

    Args:
        page: The page; axe is put into each document once.
        options: Which rules.
        within: Which part of the page.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN_AXE, [within, options])


def colour_problems(page: Page, within: str = "html") -> list[str]:
    """Look at the colours of the dark scheme and of a reader's own, in a part of the page."""
    found = []
    for colours in OTHER_COLOURS:
        page.emulate_media(**{**USUAL_COLOURS, **colours})
        found += [f"{colours}: {problem}" for problem in axe_problems(page, COLOUR_RULES, within)]
    page.emulate_media(**USUAL_COLOURS)
    return found


def layout_problems(page: Page, screens: tuple[tuple[int, int], ...] = SCREENS) -> list[str]:
    """Look for what does not fit, is too small to tap or stands in the wrong place."""
    found = []
    before = page.viewport_size
    for width, height in screens:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} wide: {problem}" for problem in page.evaluate(_LOOK, SMALLEST_TARGET)]
    page.set_viewport_size(before)
    return found


def large_text_problems(page: Page) -> list[str]:
    """Look at the page with text twice as large, and with the spacing that a reader may set."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = [f"large text, {problem}" for problem in layout_problems(page, ((640, 740),))]
    page.evaluate("document.documentElement.style.fontSize = ''")
    style = page.add_style_tag(content=_READERS_STYLE)
    found += [f"wide text, {problem}" for problem in layout_problems(page, ((320, 640),))]
    style.evaluate("(element) => element.remove()")
    return found


def problems(page: Page, within: str = "html") -> list[str]:
    """Look at everything on the page as it stands; at the colours in a part of it."""
    return [
        *axe_problems(page),
        *colour_problems(page, within),
        *layout_problems(page),
        *large_text_problems(page),
    ]


def staff_problems(page: Page) -> list[str]:
    """Look at a page for staff as it stands, resized and in other colours, loaded once.

    They are denser than those for patients, and have tables that scroll.
    """
    found: list[str] = []
    before = page.viewport_size
    for width, height in STAFF_SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} wide: {problem}" for problem in page.evaluate(_TOO_WIDE)]
        if width in WITH_RULES:
            rules = [*axe_problems(page), *colour_problems(page)]
            found += [f"{width} wide: {problem}" for problem in rules]
    if before:
        page.set_viewport_size(before)
    return found
