"""What a person does before the page's scripts have arrived: kept, never lost, never sent."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kept import kept_answers
from tests.browser.people import BEGUN
from tests.browser.questions import Questions
from tests.browser.storage import answers_in, kept_events

# 1.6 Mbit/s, 150 ms, a processor four times slower: a cheap phone on a train.
SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}

# Half a second in place of the ten that a page waits for its scripts.
NO_LONG_WAIT = """(() => {
  const wait = window.setTimeout;
  window.setTimeout = (call, time, ...rest) => wait(call, time === 10_000 ? 500 : time, ...rest);
})()"""


class SlowPage:
    """A page on a slow phone, whose scripts come when the test lets them."""

    def __init__(self, context):
        self.page = context.new_page()
        self.requests = []
        self._held = []
        self._is_holding = True
        self.page.on("request", lambda one: self.requests.append(one))
        devtools = context.new_cdp_session(self.page)
        devtools.send("Network.emulateNetworkConditions", SLOW_NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        self.page.route("**/*.js", self._hold)

    def _hold(self, route):
        if self._is_holding:
            self._held.append(route)
        else:
            route.continue_()

    def open(self, path):
        """Open a page as far as it comes without scripts."""
        self.page.goto(path, wait_until="commit")
        expect(self.page.locator("h1")).to_have_count(1)
        return Questions(self.page)

    def let_scripts_arrive(self):
        """Let them, and wait until the page answers by itself."""
        self._is_holding = False
        for route in self._held:
            route.continue_()
        expect(self.page.locator("html[data-ready]")).to_have_count(1, timeout=30_000)

    def assert_nothing_was_sent(self):
        """Check that no request carried an answer: none but plain reading, none with a query."""
        assert not [one for one in self.requests if one.method != "GET" or one.post_data]
        # Only Reflex's own probes for a page may ask with a query; no form field is in any.
        assert not [one.url for one in self.requests if "value=" in one.url or "mine" in one.url]


@pytest.fixture
def slow(browser, site):
    context = browser.new_context(base_url=site, service_workers="block")
    yield SlowPage(context)
    context.close()


@pytest.mark.parametrize("fragment", ["", "#device-owner"])
def test_answer_and_continue_before_the_scripts_are_taken_once(slow, fragment):
    questions = slow.open(f"/questionnaire{fragment}")
    questions.fill("mine").next()
    questions.next()
    expect(questions.form.locator('input[value="mine"]')).to_be_checked()

    slow.let_scripts_arrive()

    expect(questions.form).to_have_attribute("data-link-id", "author")
    expect(slow.page).to_have_url(re.compile("/questionnaire#author$"))
    expect(questions.form.locator("input:checked")).to_have_count(0)
    events = kept_events(slow.page)
    assert [(event["link_id"], event["value"]) for event in events] == [("device-owner", "mine")]
    slow.assert_nothing_was_sent()
    slow.page.go_back()
    expect(questions.form.locator('input[value="mine"]')).to_be_checked()


def test_choice_before_the_scripts_stays_chosen(slow):
    questions = slow.open("/questionnaire")
    questions.fill("mine")
    questions.fill("shared")

    slow.let_scripts_arrive()

    expect(questions.form.locator('input[value="shared"]')).to_be_checked()
    assert kept_events(slow.page, "sessionStorage") == []
    questions.next()
    expect(questions.form).to_have_attribute("data-link-id", "author")
    assert answers_in(kept_events(slow.page, "sessionStorage")) == {"device-owner": "shared"}
    slow.assert_nothing_was_sent()


def test_continue_before_the_scripts_without_an_answer_is_refused_afterwards(slow):
    questions = slow.open("/questionnaire").next()

    slow.let_scripts_arrive()

    expect(slow.page.locator("#error-summary")).to_be_focused()
    expect(questions.form).to_have_attribute("data-link-id", "device-owner")
    slow.assert_nothing_was_sent()


def test_person_who_returns_is_not_shown_the_first_question(browser, site):
    context = browser.new_context(
        base_url=site, service_workers="block", storage_state=kept_answers(site, BEGUN)
    )
    slow = SlowPage(context)
    questions = slow.open("/questionnaire")
    expect(questions.form).to_have_attribute("data-link-id", "device-owner")
    expect(questions.form).not_to_be_visible()

    slow.let_scripts_arrive()

    expect(questions.form).to_be_visible()
    expect(questions.form).to_have_attribute("data-link-id", "signs-bladder-bowel")
    context.close()


@pytest.mark.parametrize("path", ["/check-answers", "/summary", "/save"])
def test_person_who_returns_is_not_told_that_there_are_no_answers(browser, site, path):
    context = browser.new_context(
        base_url=site, service_workers="block", storage_state=kept_answers(site, BEGUN)
    )
    slow = SlowPage(context)
    slow.open(path)
    expect(slow.page.get_by_text("There are no answers on this phone yet")).not_to_be_visible()

    slow.let_scripts_arrive()

    expect(slow.page.get_by_text("There are no answers on this phone yet")).to_have_count(0)
    context.close()


def test_without_scripts_no_answer_leaves_the_page(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/questionnaire")
    requests = []
    page.on("request", lambda one: requests.append(one))

    page.locator('form[data-link-id] input[value="mine"]').check()
    page.get_by_role("button", name="Continue", exact=True).click(no_wait_after=True)
    page.wait_for_timeout(500)

    assert "mine" not in page.url
    assert not [one.url for one in requests if "mine" in one.url or one.method != "GET"]
    context.close()


@pytest.mark.parametrize("breaks", ["once", "always", "once, after something was filled in"])
def test_page_whose_script_breaks_off_is_loaded_once_more_and_no_more(page, breaks):
    page.add_init_script(NO_LONG_WAIT)
    loads = []

    def break_off(route):
        if not loads or breaks == "always":
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/entry.client*.js", break_off)
    page.on("load", lambda _: loads.append(1))
    page.goto("/questionnaire", wait_until="commit")
    if "filled in" in breaks:
        page.locator('input[value="mine"]').check()
    if breaks == "once":
        expect(page.locator("html[data-ready]")).to_have_count(1, timeout=20_000)
    page.wait_for_timeout(3000)
    assert len(loads) == (1 if "filled in" in breaks else 2)
    if "filled in" in breaks:
        expect(page.locator('input[value="mine"]')).to_be_checked()
    else:
        expect(page.locator("html[data-ready]")).to_have_count(1 if breaks == "once" else 0)
