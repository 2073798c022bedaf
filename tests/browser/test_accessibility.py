import contextlib
import re

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.domain.questionnaire.model import CHOICES, Item, ItemType
from tests.browser.audit import (
    SCREENS,
    axe_problems,
    colour_problems,
    layout_problems,
    problems,
)
from tests.browser.pages import EVERY_PAGE
from tests.browser.people import (
    BEGUN,
    DECIDING,
    EARLIER_OPERATION,
    HELPER,
    PATIENT,
    PHQ_4,
    RMDQ,
    by_name,
)
from tests.browser.questions import QUESTIONNAIRE, Questions

# Sees every question: a helper who goes through the optional parts too.
EVERYTHING = {
    **HELPER,
    **RMDQ,
    **PHQ_4,
    **DECIDING,
    "check-count": "fewer",
    "treatments-tried": ["injections", {"other": "A belt"}],
}
URGENT = {
    "emergency": ("signs-bladder-bowel", "r1"),
    "same-day": ("signs-wound-head", "r8"),
    "soon": ("signs-slow-changes", "r13b"),
}
LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 6
WORDY = {**PATIENT, "main-concern": LONG, "success": "W" * 120, "goal": [LONG[:150]]}
WARNED = {
    **BEGUN,
    "signs-bladder-bowel": ["r1"],
    "signs-wound-head": ["r8"],
    "cause-looked-for": False,
}
# Shown after a warning sign only.
ADVICE = {"support-offered", "signs-chosen"}
# Shown to who leans to an operation or to medicines, after they were to be avoided.
OTHER_LEANINGS = {"look-again-tablets", "look-again-undo"}
# Not asked of somebody who works.
UNSEEN = {*ADVICE, *OTHER_LEANINGS, "work-off-since"}
# How far around a control its focus may be drawn.
RING = 8


@pytest.fixture(scope="module")
def tour(browser, site):
    """Give a page that goes from route to route, without the worker fetching all of them."""
    context = browser.new_context(
        base_url=site, viewport={"width": 360, "height": 740}, service_workers="block"
    )
    yield context.new_page()
    context.close()


def wait_until_ready(page):
    expect(page.locator("html[data-ready]")).to_have_count(1)


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def where_focus_came(page) -> str:
    """Give where the focus is once the next question has been painted; it moves only then."""
    with contextlib.suppress(AssertionError):
        expect(page.locator("h1:focus, #question:focus")).to_have_count(1)
    return focused(page)


def wrong_answer(item: Item) -> str | None:
    """Give what the app refuses for a question that may stay empty."""
    if item.required:
        return None
    if item.repeats:
        return "\n".join(map(str, range((item.max_occurs or 99) + 1)))
    return "W" * ((item.max_length or 2000) + 1)


@pytest.mark.parametrize("route", [*EVERY_PAGE, "/no-such-page"])
def test_page_serves_everyone(tour, route):
    tour.goto(route)
    wait_until_ready(tour)
    assert problems(tour) == []


def test_every_question_serves_everyone_with_and_without_an_error(page):
    questions = Questions(page).open()
    asked, refused_controls, found = set(), set(), []
    for key in questions.through(**by_name(EVERYTHING)):
        where, isnt_first = questions.link_id or "list", len(asked) > 0
        asked.add(where)
        if isnt_first and (focus := where_focus_came(page)) not in ("H1", "question"):
            found.append(f"{key}: the focus is on {focus}")
        found += [f"{key}: {problem}" for problem in problems(page, "main")]
        if not questions.link_id or questions.item.type is ItemType.DISPLAY:
            continue
        if not questions.item.required and questions.item.type in CHOICES:
            # Nothing that can be tapped there is wrong.
            continue
        if refused := wrong_answer(questions.item):
            questions.form.locator('[name="value"]').fill(refused)
        questions.next()
        expect(page.locator("#error-summary")).to_be_focused()
        found += [f"{key}, refused: {problem}" for problem in axe_problems(page, within="main")]
        if questions.item.control not in refused_controls:
            refused_controls.add(questions.item.control)
            found += [f"{key}, refused: {problem}" for problem in colour_problems(page, "main")]
        found += [f"{key}, refused: {p}" for p in layout_problems(page, SCREENS[:1])]
        page.get_by_role("alert").get_by_role("link").click()
        if focused(page) in ("BODY", "error-summary"):
            found.append(f"{key}: the error leads nowhere")
        if refused:
            questions.form.locator('[name="value"]').fill("")
    assert found == []
    every = {one.item.link_id for one in QUESTIONNAIRE.placements.values()}
    groups = {one for one in every if QUESTIONNAIRE.placements[one].item.type is ItemType.GROUP}
    assert every - groups - asked == UNSEEN


@pytest.mark.parametrize("urgency", URGENT)
def test_urgent_page_serves_everyone(phone_with, urgency):
    link_id, code = URGENT[urgency]
    page = phone_with(BEGUN)
    questions = Questions(page).open(f"#{link_id}")
    questions.answer(link_id, [code])
    card = page.locator(f'main [data-urgency="{urgency}"]')
    expect(card.get_by_role("heading", level=1)).to_be_focused()
    assert problems(page) == []


def test_advice_after_a_sign_serves_everyone(phone_with):
    page = phone_with(
        {**PATIENT, "signs-wound-head": ["r8"], "thoughts-of-self-harm": "rather-not-say"}
    )
    for link_id in ADVICE:
        page.goto("about:blank")
        questions = Questions(page).open(f"#{link_id}")
        expect(questions.form).to_have_attribute("data-link-id", link_id)
        assert problems(page) == [], link_id


def test_list_of_operations_serves_everyone(phone_with):
    page = phone_with(PATIENT)
    questions = Questions(page).open("#operation")
    page.get_by_role("button", name="Add another back operation").click()
    questions.walk(until="operation", **by_name(EARLIER_OPERATION))
    expect(page.get_by_role("button", name="Remove Back operation 2")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Remove Back operation 2").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.locator("body")).not_to_be_focused()
    assert problems(page) == []


@pytest.mark.parametrize(
    ("person", "address"),
    [
        *(
            (WORDY, address)
            for address in (
                "/",
                "/questionnaire#sections",
                "/check-answers",
                "/summary",
                "/privacy",
            )
        ),
        *(({**PATIENT, **DECIDING}, address) for address in (routes.WHAT_MATTERS, "/summary")),
        *((WARNED, address) for address in ("/", "/check-answers", "/summary", "/options")),
    ],
)
def test_page_with_answers_serves_everyone(phone_with, person, address):
    page = phone_with(person)
    page.goto(address)
    wait_until_ready(page)
    expect(page.locator(".status[data-sync]")).not_to_be_empty()
    assert problems(page) == []


def test_saving_serves_everyone_from_consent_to_erasing(phone_with):
    page = phone_with(PATIENT)
    page.goto(routes.SAVE)
    wait_until_ready(page)
    page.get_by_role("button", name="Save my answers").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert problems(page) == []
    page.get_by_label("I agree to this").check()
    page.get_by_role("button", name="Save my answers").click()
    expect(page.locator('[data-sync="saved"]')).to_be_visible()
    expect(page.locator("body")).not_to_be_focused()
    assert problems(page) == []
    page.get_by_role("link", name="Your answers", exact=True).click()
    page.get_by_role("button", name="Erase from the server").click()
    page.get_by_role("button", name="Yes, erase it from the server").click()
    expect(page.get_by_text("Erased. The server")).to_be_visible()
    expect(page.locator("body")).not_to_be_focused()
    assert problems(page) == []


def test_clearing_the_phone_serves_everyone(phone_with):
    page = phone_with(PATIENT)
    page.goto(routes.PRIVACY)
    wait_until_ready(page)
    page.get_by_role("button", name="Clear this phone").click()
    expect(page.get_by_role("button", name="Yes, remove everything")).to_be_visible()
    expect(page.locator("body")).not_to_be_focused()
    assert problems(page) == []
    page.get_by_role("button", name="Yes, remove everything").click()
    expect(page.get_by_text("Done. There are no answers on this phone.")).to_be_visible()
    expect(page.locator("body")).not_to_be_focused()
    assert problems(page) == []


def test_link_to_another_page_moves_the_focus_to_its_title(page):
    page.goto(routes.START)
    wait_until_ready(page)
    for name in ("Options", "Questions", "Summary", "Emergency signs"):
        page.get_by_role("banner").get_by_role("link", name=name).click()
        expect(page.locator("main h1")).to_be_focused()


@pytest.mark.parametrize(
    ("address", "forced_colors"),
    [
        ("/options", "none"),
        ("/urgent-help", "none"),
        ("/questionnaire#operation-kind@1", "none"),
        ("/questionnaire#operation-kind@1", "active"),
        ("/questionnaire#operation-date@1", "none"),
        ("/questionnaire#pain-now-back", "none"),
        ("/questionnaire#pain-now-back", "active"),
    ],
)
def test_focus_shows_on_every_control(phone_with, address, forced_colors):
    page = phone_with(PATIENT, forced_colors=forced_colors, reduced_motion="reduce")
    page.goto(address)
    wait_until_ready(page)
    if "#" in address:
        # The question of the address has taken the place of the first one, and the focus.
        expect(page.locator("main h1")).to_be_focused()
    seen = []
    while len(seen) < 12:
        page.keyboard.press("Tab")
        control = page.evaluate_handle("document.activeElement").as_element()
        if control.evaluate("element => element === document.body"):
            break
        shape = control.evaluate_handle(
            "element => element.closest('.card-link, .choice-row, .nrs-cell') ?? element"
        ).as_element()
        box = shape.bounding_box()
        clip = {
            "x": max(box["x"] - RING, 0),
            "y": max(box["y"] - RING, 0),
            "width": box["width"] + 2 * RING,
            "height": box["height"] + 2 * RING,
        }
        with_focus = page.screenshot(clip=clip, caret="hide")
        control.evaluate("element => element.blur()")
        without = page.screenshot(clip=clip, caret="hide")
        name = control.evaluate("element => element.outerHTML.slice(0, 120)")
        assert with_focus != without, name
        if name in seen:
            break
        seen.append(name)
    assert len(seen) > 5


def test_nothing_moves_for_a_person_who_wants_no_motion(phone_with):
    moving = """() => [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        const durations = `${style.transitionDuration}, ${style.animationDuration}`.split(", ");
        return durations.some((duration) => parseFloat(duration) > 0);
    }).map((element) => element.outerHTML.slice(0, 80))"""
    page = phone_with(PATIENT, reduced_motion="reduce")
    Questions(page).open("#pain-words")
    assert page.evaluate(moving) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) != []


def test_each_place_has_a_title_of_its_own_that_says_when_something_is_wrong(phone_with):
    page = phone_with(BEGUN)
    questions = Questions(page).open("#signs-legs")
    title = page.title()
    legs, section, app = title.split(" \N{EN DASH} ")
    assert legs.startswith("Legs and walking")
    assert re.fullmatch(r"Section 2 of \d+: .+", section)
    assert app == "After Back Surgery"
    questions.next()
    expect(page).to_have_title(f"Error: {title}")
