"""A clinic's website in Firefox or WebKit, with the verbs of somebody who answers there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fbss_app.domain.questionnaire.model import CHOICES, ItemControl, ItemType
from tests.browser.engines import firefox, webkit
from tests.browser.engines.shown import Engine, Shown, until
from tests.browser.host_site import HostSite
from tests.browser.questions import QUESTIONNAIRE, plain_answer

GIVEN = {"device-owner": "mine", "author": "me", "country": "gb"}
# The window that is 320 pixels wide within, upright and turned (see `as_on_a_narrow_phone`).
UPRIGHT, TURNED = (447, 640), (767, 320)

ADDRESS = "() => location.href"
CLINIC = "() => document.documentElement.dataset.clinic ?? null"
READY = "() => document.documentElement.hasAttribute('data-ready')"
TEXT = "() => document.body.innerText"
QUESTION = "() => document.querySelector('form[data-link-id]')?.dataset.linkId ?? ''"
FRAME_TOP = "() => document.querySelector('iframe').getBoundingClientRect().top"

_MOVED = """(before) => location.href !== before &&
  document.querySelector("form[data-link-id], main .actions button") !== null"""
_OUTSIDE = """() => {
  const { height, bottom } = document.querySelector("iframe").getBoundingClientRect();
  return { height, isToTheEdge: bottom >= innerHeight - 5 };
}"""
_INSIDE = """() => {
  const { scrollHeight, scrollWidth } = document.scrollingElement;
  return {
    height: document.body.getBoundingClientRect().height,
    isScrolled: scrollHeight > innerHeight + 4 || scrollWidth > innerWidth,
    hasBar: innerWidth > document.documentElement.clientWidth,
  };
}"""


@contextmanager
def running_engine(name: str, *, blocks: bool = False, dark: bool = False) -> Iterator[Engine]:
    """Run an engine until the block ends; skip the test where it is not installed.

    Args:
        name: "Firefox" or "WebKit".
        blocks: It keeps from a frame all storage that it can be told to.
        dark: The person prefers the dark scheme.
    """
    if name == "WebKit":
        if (found := webkit.find_webkit()) is None:
            pytest.skip("WebKit is not installed: no WebKitWebDriver, MiniBrowser or Xvfb")
        arguments = [*(webkit.BLOCKING if blocks else ()), *(webkit.DARK if dark else ())]
        with webkit.running_webkit(*found, arguments) as engine:
            yield engine
        return
    if (binary := firefox.find_firefox()) is None:
        pytest.skip("Firefox is not installed: no firefox-esr or firefox on the path")
    preferences = {**(firefox.BLOCKING if blocks else {}), **(firefox.DARK if dark else {})}
    with firefox.running_firefox(binary, preferences) as engine:
        yield engine


def as_on_a_phone(html: str) -> str:
    """Make the page narrow: no window of WebKit's small browser is."""
    return html.replace("body { margin: 0;", "body { width: 360px; margin: 0;")


def as_on_a_narrow_phone(html: str) -> str:
    """Make the page 127 pixels narrower than the window, so that it turns with the window."""
    return html.replace("body { margin: 0;", "body { width: calc(100vw - 127px); margin: 0;")


def ready_frame(page: Shown, number: int = 0) -> Shown:
    """Give a frame of the page, once it answers by itself."""
    until(lambda: page.frame(number).run(READY), "the questionnaire in the page")
    return page.frame(number)


def open_website(
    engine: Engine, host: HostSite, clinic: str, *, change: Callable[[str], str] = as_on_a_phone
) -> tuple[Shown, Shown]:
    """Open the page with the frame of a clinic, and give both."""
    (page,) = engine.pages
    page.open(host.page(clinic, change=change))
    return page, ready_frame(page)


def height(page: Shown) -> float:
    """Give the height of the first frame."""
    return page.run(_OUTSIDE)["height"]


def expect_fit(page: Shown, frame: Shown) -> None:
    """Expect the height of the content, or what is left of the screen, and one scroll bar."""

    def fits() -> bool:
        outside, inside = page.run(_OUTSIDE), frame.run(_INSIDE)
        more = outside["height"] - inside["height"]
        return (abs(more) < 5 or (more > 0 and outside["isToTheEdge"])) and not (
            inside["isScrolled"] or inside["hasBar"]
        )

    until(fits, "a frame as high as its content")


def begin(frame: Shown) -> str:
    """Start the questions, and give the first one."""
    frame.click('main a[href$="/questionnaire"]')
    return frame.wait_for(QUESTION)


def choose(frame: Shown, selector: str) -> None:
    """Click on a box or a round, and wait until it is ticked."""
    frame.click(selector)
    frame.wait_for("(selector) => document.querySelector(selector).checked", selector)


def answer(frame: Shown, given: dict[str, Any]) -> str:
    """Answer the question on the screen, or leave a warning, and give the next question, if any."""
    before, link_id = frame.run(ADDRESS), frame.run(QUESTION)
    if link_id:
        _fill(frame, link_id, given)
        frame.click('form[data-link-id] [type="submit"]')
    else:
        frame.click("main .actions button")
    frame.wait_for(_MOVED, before)
    return frame.run(QUESTION)


def _fill(frame: Shown, link_id: str, given: dict[str, Any]) -> None:
    item = QUESTIONNAIRE.placements[link_id].item
    if item.type is ItemType.DISPLAY:
        return
    # The places of the body map stand in lists that open and close.
    frame.run("() => document.querySelectorAll('form details').forEach((e) => { e.open = true; })")
    value = given.get(link_id, plain_answer(item))
    if item.type in CHOICES:
        for code in value if item.repeats else [value]:
            choose(frame, f'form input[value="{code}"]')
    elif item.type is ItemType.BOOLEAN:
        choose(frame, f'form input[value="{str(value).lower()}"]')
    elif item.control is ItemControl.NRS:
        choose(frame, f'form input[type=radio][value="{value}"]')
    elif item.type is ItemType.DATE:
        for name, text in zip(("year", "month", "day"), value.split("-"), strict=False):
            frame.write(f'[name="{name}"]', text)
    elif value is not None:
        frame.write('[name="value"]', "\n".join(value) if item.repeats else str(value))


def walk(page: Shown, frame: Shown, end: str = "age-band", **given: Any) -> list[str]:
    """Start the questions and go up to one of them, with a frame that fits at each; list them.

    `given` names answers with underscores; the others are plain.
    """
    answers = {**GIVEN, **{name.replace("_", "-"): value for name, value in given.items()}}
    questions = [begin(frame)]
    while questions[-1] != end:
        assert len(questions) < 100, "the questions do not end"
        expect_fit(page, frame)
        questions.append(answer(frame, answers))
    return questions
