"""A new version arrives while a person is in the middle of the questions."""

import pytest
from playwright.sync_api import expect

from tests.browser.questions import Questions
from tests.browser.storage import answers_in, kept_events

BANNER = "A new version of this app is ready. Your answers stay as they are."
# What a browser reports when a person comes back to the tab: the moment the app looks.
COME_BACK = "() => { document.dispatchEvent(new Event('visibilitychange')); }"


@pytest.fixture
def phone(browser, copied_site):
    context = browser.new_context(base_url=copied_site.url, viewport={"width": 360, "height": 740})
    yield context
    context.close()


def half_filled(phone):
    """Open the questions, answer three, and begin with the fourth."""
    page = phone.new_page()
    questions = Questions(page).open()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    questions.walk(until="signs-bladder-bowel", device_owner="mine")
    questions.fill(["r2"])
    return page, questions


def expect_the_same_place(page, questions):
    questions.wait_until_ready()
    expect(questions.form).to_have_attribute("data-link-id", "signs-bladder-bowel")
    expect(questions.form.locator('input[value="r2"]')).to_be_checked()
    assert set(answers_in(kept_events(page))) == {"device-owner", "author", "country"}


def test_new_version_is_offered_and_taken_on_a_tap_without_losing_anything(phone, copied_site):
    page, questions = half_filled(phone)
    loads = []
    page.on("load", lambda _: loads.append(1))
    copied_site.deploy_another_version()

    page.evaluate(COME_BACK)

    expect(page.get_by_text(BANNER)).to_be_visible(timeout=15_000)
    page.wait_for_timeout(500)
    assert loads == []
    expect_the_same_place(page, questions)
    page.get_by_role("button", name="Use the new version").click()
    expect(page.get_by_text(BANNER)).to_have_count(0)
    expect_the_same_place(page, questions)
    page.goto("/")
    expect(page.locator("i", has_text="v2")).to_have_count(1)


def test_other_tab_goes_on_and_may_take_the_new_version_later(phone, copied_site):
    page, questions = half_filled(phone)
    other = phone.new_page()
    Questions(other).open("#country")
    loads = []
    page.on("load", lambda _: loads.append(1))
    copied_site.deploy_another_version()
    other.evaluate(COME_BACK)
    expect(other.get_by_text(BANNER)).to_be_visible(timeout=15_000)

    other.get_by_role("button", name="Use the new version").click()
    expect(other.get_by_text(BANNER)).to_have_count(0)

    expect(page.get_by_text(BANNER)).to_be_visible()
    assert loads == []
    expect_the_same_place(page, questions)
    with page.expect_navigation():
        page.get_by_role("button", name="Use the new version").click()
    expect_the_same_place(page, questions)
    expect(page.get_by_text(BANNER)).to_have_count(0)
