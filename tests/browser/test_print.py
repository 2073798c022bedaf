import re

from playwright.sync_api import expect

from fbss_app import routes
from tests.browser.people import EARLIER_OPERATION, PATIENT

PAGE = re.compile(rb"/Type\s*/Page\b")
TWO_OPERATIONS = {
    **PATIENT,
    "operation@1": True,
    "operation@2": True,
    **{f"{link_id}@2": value for link_id, value in EARLIER_OPERATION.items()},
}


def printed(page):
    page.goto(routes.SUMMARY)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    expect(page.locator(".summary-block").first).to_be_visible()
    return page.pdf(prefer_css_page_size=True)


def test_summary_of_two_operations_fits_one_sheet_of_a4(phone_with):
    sheet = printed(phone_with(TWO_OPERATIONS))
    assert len(PAGE.findall(sheet)) == 1
    width, height = map(float, re.search(rb"MediaBox\s*\[0 0 (\S+) (\S+)\]", sheet).groups())
    assert (round(width), round(height)) == (595, 842)


def test_summary_of_a_person_with_much_to_say_goes_on_overleaf(phone_with):
    words = "It began in the left hip and went down to the foot. " * 9
    wordy = dict.fromkeys(("operation-complications", "medicines-now", "success"), words)
    assert len(PAGE.findall(printed(phone_with({**PATIENT, **wordy})))) == 2


def test_sheet_leaves_out_what_only_a_screen_needs(phone_with):
    page = phone_with(PATIENT)
    printed(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Date of birth")).to_be_visible()
    for hidden in ("header", "nav", ".button", ".status"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)
