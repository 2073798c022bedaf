"""The whole journey, from the first page to the page for the specialist."""

import re

from playwright.sync_api import expect

from fbss_app.content.loader import load_content
from tests.browser.people import BEGUN, EARLIER_OPERATION, HELPER, NO_SIGNS, PATIENT, by_name
from tests.browser.questions import QUESTIONNAIRE, Questions
from tests.browser.summary import block, facts, opened

# Those that everyone is asked.
SECTIONS = [section.link_id for section in QUESTIONNAIRE.item if not section.enable_when]
STARRED = [block.title for block in QUESTIONNAIRE.summary if block.starred]

STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    const isShown = box.width > 1 && box.height > 1 && getComputedStyle(element).opacity !== "0";
    return isShown && (box.right > innerWidth + 1 || box.left < -1);
  })
  .map((element) => element.outerHTML.slice(0, 120))"""


def section_of(link_id):
    return QUESTIONNAIRE.placements[link_id].ancestors[0].link_id


def label_of(link_id):
    return QUESTIONNAIRE.placements[link_id].item.label


class Noting(Questions):
    """Keeps what stands in the fields of each question when Continue is pressed."""

    def __init__(self, page):
        super().__init__(page)
        self.left_with = {}

    def next(self):
        self.left_with[self.key] = self.fields
        return super().next()

    def go_through(self, until="", **answers):
        """Walk, and look at each page whether anything sticks out of the screen."""
        seen = []
        for key in self.through(until, **answers):
            seen.append(key)
            assert self.page.evaluate(STICKING_OUT) == [], key
        return seen


def go_from_the_start_page_to_the_end(page, width):
    """Answer everything as a patient with two operations; list the keys that came."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/")
    assert page.evaluate(STICKING_OUT) == []
    page.get_by_role("link", name="Start the questions").click()
    questions = Noting(page)
    expect(questions.form).to_have_attribute("data-link-id", "device-owner")
    questions.wait_until_ready()
    keys = questions.go_through(until="operation", **by_name(PATIENT))
    page.get_by_role("button", name="Add another back operation").click()
    expect(questions.form).to_have_attribute("data-link-id", "operation-kind")
    keys += ["operation", *questions.go_through(until="operation", **by_name(EARLIER_OPERATION))]
    keys += questions.go_through(**by_name(PATIENT))
    return questions, keys


def test_patient_goes_from_the_start_page_to_the_summary(page):
    _, keys = go_from_the_start_page_to_the_end(page, width=320)

    sections = [section_of(key.split("@")[0]) for key in keys]
    assert list(dict.fromkeys(sections)) == SECTIONS
    assert "relationship" not in keys

    expect(page.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    assert page.evaluate(STICKING_OUT) == []
    expect(page.locator("main")).not_to_contain_text("Some questions have no answer yet")
    row = page.locator(".summary-row").filter(has_text="Back operation 2: Side")
    expect(row).to_contain_text("Left")

    page.get_by_role("link", name="See my summary").click()
    expect(page.locator(".summary-page")).to_contain_text("Reported by the patient on")
    assert page.evaluate(STICKING_OUT) == []


def test_back_leads_through_every_question_with_its_answer(page):
    """The phone's own Back, as far as the browser remembers; from there on the app's button."""
    questions, keys = go_from_the_start_page_to_the_end(page, width=360)
    by_browser = 0

    first_list = keys.index("operation")
    for place, key in reversed([*enumerate(keys)]):
        if page.evaluate("() => navigation.canGoBack"):
            page.go_back()
            by_browser += 1
        elif place == first_list:
            # It has grown since: the list now comes after all that is on it.
            continue
        else:
            page.get_by_role("button", name="Back", exact=True).click()
        expect(page).to_have_url(re.compile(f"#{key.split('@')[0]}(@|$)"))
        assert questions.key == key
        if key in questions.left_with:
            expect(questions.form).to_have_attribute("data-link-id", key.split("@")[0])
            assert questions.fields == questions.left_with[key], key

    # Browsers remember 50 pages; a person with two operations sees more.
    assert by_browser == 49
    assert len(keys) > by_browser


def test_summary_holds_what_a_specialist_needs(phone_with):
    page = phone_with(PATIENT)
    page.goto("/summary")
    opened(page)

    expect(page.locator(".summary-block.starred .summary-block-title")).to_have_text(STARRED)
    shown = facts(page)
    assert shown[label_of("operation-count")] == "2"
    operation = page.get_by_role("row", name="Back operation 1")
    expect(operation).to_contain_text("Laminectomy; Fusion")
    expect(operation).to_contain_text("March 2021")
    assert shown[label_of("pain-now-back")] == "6 out of 10"
    assert shown[label_of("pain-before-leg")] == "8 out of 10"
    assert "Like a hot wire" in shown[label_of("pain-words")]
    expect(page.locator(".summary-page")).to_contain_text("Made things worse")
    assert shown[label_of("goal")].split("; ") == PATIENT["goal"]
    assert shown[label_of("own-questions")] == PATIENT["own-questions"]
    assert shown["PEG score"].startswith("6.7 on a scale of 0 to 10")

    asked = block(page, "Questions to ask")
    asked.get_by_text("More questions you could ask").click()
    for name in ("target", "came-back", "fusion-joined", "several-operations", "not-helped"):
        ask = next(one for one in QUESTIONNAIRE.question_to_ask if one.id == name)
        expect(asked.get_by_role("listitem").filter(has_text=ask.text)).to_contain_text(ask.because)
    nobody_looked = next(one for one in QUESTIONNAIRE.question_to_ask if one.id == "cause")
    expect(asked).not_to_contain_text(nobody_looked.text)

    for line in load_content().messages.must_always_be_said:
        expect(page.locator(".summary-must-say")).to_contain_text(line)


def test_helper_answers_for_another_person(page):
    questions = Questions(page).open()

    worded = {}
    for _ in questions.through(**by_name(HELPER)):
        if questions.link_id:
            worded[questions.link_id] = questions.form.locator("h1").inner_text()

    assert "relationship" in worded
    for link_id, heading in worded.items():
        item = QUESTIONNAIRE.placements[link_id].item
        assert (item.helper_text or item.text).replace("{repetition}", "") in heading, link_id
    spoken_to = [text for text in worded.values() if re.search(r"\byour?\b", text)]
    assert all("Ask the person" in text or "you are helping" in text for text in spoken_to)
    assert sum("the person you are helping" in text for text in worded.values()) > 5

    page.get_by_role("link", name="See my summary").click()
    expect(page.locator(".summary-origin")).to_contain_text("a helper for the patient")
    expect(block(page, "About the person")).to_contain_text("Son or daughter")


def test_back_button_on_the_page_leads_to_the_question_before(page):
    questions = Noting(page).open()
    keys = questions.walk(until="signs-wound-head", **by_name(PATIENT))

    for key in reversed(keys):
        page.get_by_role("button", name="Back", exact=True).click()
        expect(questions.form).to_have_attribute("data-link-id", key)
        assert questions.fields == questions.left_with[key]
    page.go_forward()
    expect(questions.form).to_have_attribute("data-link-id", "author")
    page.go_back()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page).to_have_url(re.compile("/$"))


def test_back_button_works_on_a_question_opened_by_its_address(phone_with):
    page = phone_with({**BEGUN, **NO_SIGNS})
    questions = Questions(page).open("#age-band")

    page.get_by_role("button", name="Back", exact=True).click()
    expect(questions.form).to_have_attribute("data-link-id", "signs-not-chosen")
    page.get_by_role("button", name="Back", exact=True).click()

    expect(questions.form).to_have_attribute("data-link-id", "thoughts-of-self-harm")
    assert questions.fields == [["value", "no"]]


def test_reload_keeps_the_question_and_what_was_typed(phone_with):
    page = phone_with(BEGUN)
    questions = Questions(page)
    typed = {
        "signs-legs": ["none"],
        "operation-kind@1": [{"other": "Cement"}],
        "operation-date@1": "2021-03",
        "pain-now-back": 6,
        "walking-minutes": 20,
        "success": "To sleep",
    }

    for key, value in typed.items():
        questions.open(f"#{key}")
        expect(questions.form).to_have_attribute("data-link-id", key.split("@")[0])
        before = questions.fill(value).fields
        page.reload()
        questions.wait_until_ready()

        expect(questions.form).to_have_attribute("data-link-id", key.split("@")[0])
        assert questions.fields == before


def test_coming_back_later_goes_on_where_it_stopped(phone_with):
    page = phone_with({**BEGUN, **NO_SIGNS})
    page.goto("/")

    page.get_by_role("link", name="Carry on where I stopped").click()

    expect(Questions(page).form).to_have_attribute("data-link-id", "age-band")
