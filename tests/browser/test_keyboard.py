"""The journey without a mouse: everything can be reached, and the focus is never lost."""

import json
import re

import pytest
from playwright.sync_api import expect

from fbss_app.domain.questionnaire.model import ItemType
from tests.browser.people import PATIENT
from tests.browser.questions import QUESTIONNAIRE, Questions

HAS_FOCUS = "(element) => element === document.activeElement"
# The focus of a page that has just changed is moved once the page was painted.
FOCUS_IS_LOST = """async () => {
    const isLost = () => document.activeElement === document.body;
    for (let frames = 0; isLost() && frames < 10; frames += 1)
        await new Promise((next) => requestAnimationFrame(next));
    return isLost();
}"""

# One question for each kind of control; the rest of the person's answers are kept already.
ANSWERED_BY_KEYS = {
    "device-owner": "mine",
    "author": "me",
    "signs-legs": ["r6b", "r10"],
    "operation-kind": ["laminectomy", "fusion"],
    "operation-date": "2021-03",
    "pain-now-back": 6,
    "walking-minutes": 20,
    "cause-looked-for": True,
    "main-concern": "My left leg hurts",
    "goal": ["Walk the dog", "Sleep through"],
    "success": "To sit through a meal",
}

# Each of some hundred answers has a link to change it.
MOST_CONTROLS = 150


class Keyboard:
    """A person who only has keys; every press must leave the focus on something."""

    def __init__(self, page):
        self.page = page

    def press(self, key):
        self.page.keyboard.press(key)
        assert not self.page.evaluate(FOCUS_IS_LOST), f"{key} lost the focus"

    def reach(self, target, key="Tab"):
        for _ in range(MOST_CONTROLS):
            if target.evaluate(HAS_FOCUS):
                return
            self.press(key)
        raise AssertionError(f"{key} does not lead to {target}")

    def follow(self, link):
        """Open a link; a page that is loaded anew begins without a focus, as any page does."""
        before = self.page.url
        expect(link).to_be_visible()
        for _ in range(MOST_CONTROLS):
            if link.evaluate(HAS_FOCUS):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")
        expect(self.page).not_to_have_url(before)

    def answer(self, questions, value):
        """Answer the question on the screen and go on."""
        item, form = questions.item, questions.form
        if item.answer_option and item.repeats:
            for one in value:
                self.reach(form.locator(f'input[value="{one}"]'))
                self.press("Space")
        elif item.type is ItemType.DATE:
            year, month = value.split("-")
            self.reach(form.locator("[name=month]"))
            self.page.keyboard.type(month)
            self.press("Tab")
            self.page.keyboard.type(year)
            return self.go_on("Enter")
        elif form.locator("input[type=radio]").count():
            wanted = value if isinstance(value, str) else json.dumps(value)
            self.reach(form.locator("input[type=radio]").first)
            self.press("Space")
            self.reach(form.locator(f'input[value="{wanted}"]'), "ArrowDown")
        else:
            self.reach(form.locator("[name=value]"))
            self.page.keyboard.type("\n".join(value) if item.repeats else str(value))
            if item.type is ItemType.INTEGER:
                return self.go_on("Enter")
        return self.go_on()

    def go_on(self, *keys):
        """Send the form: by a key in the field, or on the Continue button."""
        before = self.page.url
        if not keys:
            self.reach(self.page.get_by_role("button", name="Continue", exact=True))
        self.press("Enter")
        expect(self.page).not_to_have_url(before)
        expect(self.page.locator("main h1")).to_be_focused()


@pytest.fixture
def keyboard(page):
    return Keyboard(page)


def test_keys_alone_lead_from_the_start_to_the_summary(phone_with):
    kept = {key: value for key, value in PATIENT.items() if key not in ANSWERED_BY_KEYS}
    page = phone_with(kept)
    keyboard, questions = Keyboard(page), Questions(page)
    page.goto("/")
    questions.wait_until_ready()
    keyboard.follow(page.get_by_role("link", name="Carry on where I stopped"))
    expect(questions.form).to_have_attribute("data-link-id", "device-owner")
    questions.wait_until_ready()

    for link_id, value in ANSWERED_BY_KEYS.items():
        if questions.link_id != link_id:
            section = QUESTIONNAIRE.placements[link_id].ancestors[0]
            keyboard.follow(page.get_by_role("link", name="See all sections"))
            expect(page.locator("main h1")).to_be_focused()
            keyboard.follow(page.locator("a.task-row").filter(has_text=section.text))
        expect(questions.form).to_have_attribute("data-link-id", link_id)
        keyboard.answer(questions, value)
        if "#urgent" in page.url:
            keyboard.reach(page.get_by_role("button", name="Go on with the questions"))
            keyboard.press("Enter")
            expect(questions.form).to_be_visible()
            expect(page.locator("main h1")).to_be_focused()

    for link_id in ("own-questions", "rmdq-wanted", "phq-4-wanted", "deciding-wanted"):
        expect(questions.form).to_have_attribute("data-link-id", link_id)
        keyboard.go_on()
    expect(page).to_have_url(re.compile("/check-answers$"))
    keyboard.follow(page.get_by_role("link", name="See my summary"))

    summary = page.locator(".summary-page")
    for text in ("Laminectomy", "March 2021", "6 out of 10", "20 minutes", "To sit through a meal"):
        expect(summary).to_contain_text(text)
    keyboard.page.keyboard.press("Tab")
    keyboard.reach(page.get_by_role("button", name="Print or save as PDF"))


def test_shift_tab_goes_back_through_a_question(page, keyboard):
    questions = Questions(page).open()
    questions.answer("device-owner", "mine")

    radio = questions.form.locator("input[type=radio]").first
    keyboard.reach(radio)
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.reach(radio, "Shift+Tab")
    keyboard.reach(page.get_by_role("button", name="Back", exact=True), "Shift+Tab")
    keyboard.press("Enter")

    expect(questions.form).to_have_attribute("data-link-id", "device-owner")
    expect(page.locator("main h1")).to_be_focused()


def test_keys_choose_not_sure_and_other_words(phone_with):
    page = phone_with({"device-owner": "mine", "author": "me", "country": "gb"})
    keyboard, questions = Keyboard(page), Questions(page).open("#pain-before-back")
    page.locator("main").focus()

    keyboard.reach(questions.form.locator("[name=not_sure]"))
    keyboard.press("Space")
    keyboard.go_on()

    questions.open("#pain-words")
    page.locator("main").focus()
    keyboard.reach(questions.form.locator("input[value=other]"))
    keyboard.press("Space")
    keyboard.press("Tab")
    page.keyboard.type("Like a hot wire")
    keyboard.go_on()
    page.goto("/summary")
    expect(page.locator(".summary-page")).to_contain_text("Like a hot wire")
    expect(page.locator(".summary-page")).to_contain_text("Not sure")


def test_keys_move_from_the_error_to_the_field(page, keyboard):
    questions = Questions(page).open()
    questions.next()
    expect(page.locator("#error-summary")).to_be_focused()

    keyboard.press("Tab")
    keyboard.press("Enter")

    expect(questions.form.locator("input").first).to_be_focused()


def test_keys_add_remove_and_bring_back_an_operation(phone_with):
    page = phone_with(PATIENT)
    keyboard, questions = Keyboard(page), Questions(page).open("#operation")
    page.locator("main").focus()

    keyboard.reach(page.get_by_role("button", name="Add another back operation"))
    keyboard.press("Enter")
    expect(questions.form).to_have_attribute("data-link-id", "operation-kind")
    expect(page.locator("main h1")).to_be_focused()

    questions.open("#operation")
    page.locator("main").focus()
    keyboard.reach(page.get_by_role("button", name="Remove Back operation 2"))
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Back operation 2")).to_have_count(0)
    keyboard.reach(page.get_by_role("button", name="Undo"))
    keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Back operation 2")).to_have_count(1)


def test_skip_link_leads_past_the_header(page, keyboard):
    questions = Questions(page).open()

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    expect(questions.form).to_have_attribute("data-link-id", "device-owner")
    assert page.evaluate("() => scrollX") == 0


@pytest.mark.parametrize("path", ["/options", "/learn", "/urgent-help", "/privacy", "/save"])
def test_keys_walk_through_a_page_of_text(page, path):
    page.goto(path)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    links = page.locator("a:visible, button:visible, select:visible, input:visible").count()

    reached = set()
    for _ in range(links):
        page.keyboard.press("Tab")
        name = page.evaluate("() => document.activeElement.outerHTML")
        reached.add(name)

    assert len(reached) > links * 0.8


# The work after a painted frame comes late on a slow phone.
SLOW_FRAMES = """(() => {
  const frame = window.requestAnimationFrame;
  window.requestAnimationFrame = (work) => frame(() => setTimeout(work, 1500));
})()"""


def test_whoever_has_gone_into_a_field_of_a_new_question_stays_there(phone_with):
    page = phone_with(PATIENT)
    page.add_init_script(SLOW_FRAMES)
    page.goto("/questionnaire#main-concern")
    field = page.get_by_role("textbox")
    # The keyboard of a phone would close, and what is typed go nowhere.
    field.focus()
    page.keyboard.type("Half a")
    page.wait_for_timeout(2500)
    page.keyboard.type(" sentence")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile("^Half a sentence"))


def test_new_question_has_the_focus_at_its_heading(phone_with):
    page = phone_with(PATIENT)
    page.add_init_script(SLOW_FRAMES)
    page.goto("/questionnaire#main-concern")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    page.get_by_role("button", name="Continue").click()
    expect(heading).not_to_contain_text("What troubles you most")
    expect(heading).to_be_focused()
