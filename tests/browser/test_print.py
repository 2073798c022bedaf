import re

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.browser.people import BEGUN
from tests.browser.questions import QUESTIONNAIRE

PAGE = re.compile(rb"/Type\s*/Page\b")
MEDIA_BOX = re.compile(rb"MediaBox\s*\[0 0 (\S+) (\S+)\]")
TREATMENTS = [
    "physiotherapy",
    "everyday-pain-medicines",
    "nerve-pain-medicines",
    "opioids",
    "injections",
]
WORDS = "It began in the left hip and went down to the foot. "


def with_operations(answers, count):
    """Give a person as many operations, each like the first but years apart."""
    first = {key[:-2]: value for key, value in answers.items() if re.match(r"operation-.*@1$", key)}
    others = {key: value for key, value in answers.items() if not re.match("operation.*@", key)}
    made = {"operation-count": count}
    for number in range(1, count + 1):
        made[f"operation@{number}"] = True
        made |= {f"{key}@{number}": value for key, value in first.items()}
        made[f"operation-date@{number}"] = str(2010 + number)
    return {**others, **made}


def typical():
    """Give two operations, five treatments, three medicines, a body map, scores."""
    answers = {
        **typical_answers(QUESTIONNAIRE),
        "treatments-tried": TREATMENTS,
        **{f"treatment-helped@{treatment}": 4 for treatment in TREATMENTS},
        **{f"treatment-when@{treatment}": "2023, 3 months" for treatment in TREATMENTS},
        "medicine@3": True,
        "medicine-name@3": "Gabapentin",
        "medicine-dose@3": "300 mg 3 times a day",
        "medicine-helps@3": "a-little",
    }
    asked = QUESTIONNAIRE.placements
    known = {key: value for key, value in answers.items() if key.partition("@")[0] in asked}
    return with_operations(known, 2)


HOSTILE = {
    "main-concern": "<script>document.title = 'taken'</script><b>bold</b> \u202e سجل الألم",
    "goal": ["😀" * 60, "שלום " * 20],
    "success": "W" * 150,
    "own-questions": (WORDS * 50)[:2000],
    "operation-hospital@1": "K" * 120,
    "operation-kind@2": [{"other": "Z" * 100}],
    "medicine-name@1": "Q" * 90,
    "medicine-dose@1": "<img src=x onerror=alert(1)> \u202e gm 5",
}


def opened(page):
    page.goto(routes.SUMMARY)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    expect(page.locator(".summary-block").first).to_be_visible()
    return page


def printed(page):
    return opened(page).pdf(prefer_css_page_size=True)


def pages(sheet):
    return len(PAGE.findall(sheet))


def test_typical_person_fits_one_sheet_of_a4(phone_with):
    sheet = printed(phone_with(typical()))
    assert pages(sheet) == 1
    width, height = map(float, MEDIA_BOX.search(sheet).groups())
    assert (round(width), round(height)) == (595, 842)


def test_person_with_much_to_say_gets_a_second_sheet_and_no_third(phone_with):
    wordy = {"main-concern": WORDS * 9, "own-questions": WORDS * 9}
    assert pages(printed(phone_with({**with_operations(typical(), 6), **wordy}))) == 2


def test_person_who_only_began_gets_one_sheet(phone_with):
    assert pages(printed(phone_with(BEGUN))) == 1


def test_hostile_texts_break_neither_page_nor_sheet(phone_with):
    page = phone_with({**with_operations(typical(), 6), **HOSTILE}, viewport=PHONE)
    assert pages(printed(page)) <= 3
    assert "taken" not in page.title()
    expect(page.locator(".summary-page :is(script, img, b)")).to_have_count(0)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "the page must not scroll sideways"
    page.emulate_media(media="print")
    over = page.locator(".summary-page").evaluate(
        "(sheet) => [...sheet.querySelectorAll('dd, td, .bullets li')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)"
        ".map((one) => one.textContent)"
    )
    assert over == []


PHONE = {"width": 320, "height": 700}


@pytest.mark.parametrize("count", [1, 2, 6])
def test_labels_of_the_timeline_do_not_touch(phone_with, count):
    page = opened(phone_with(with_operations(typical(), count), viewport=PHONE))
    overlaps = page.locator(".timeline > svg").evaluate(
        """(drawing) => {
          const texts = [...drawing.querySelectorAll("text")];
          const boxes = texts.map((text) => [text.textContent, text.getBBox()]);
          const touch = (a, b) =>
            a.x < b.x + b.width && b.x < a.x + a.width &&
            a.y + 4 < b.y + b.height - 4 && b.y + 4 < a.y + a.height - 4;
          return boxes.flatMap(([one, a], index) =>
            boxes.slice(index + 1).filter(([, b]) => touch(a, b)).map(([two]) => [one, two]));
        }"""
    )
    assert overlaps == []
    expect(page.locator(".timeline .time-operation")).to_have_count(count)


def test_sheet_leaves_out_what_only_a_screen_needs(phone_with):
    page = phone_with(typical())
    printed(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Date of birth")).to_be_visible()
    for hidden in ("header", "nav", ".button", ".status"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)
