import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from tests.browser.people import PATIENT, by_name
from tests.browser.questions import QUESTIONNAIRE, Questions

SECRET = "Zanzibar"
TEXTS = {
    "operation-hospital": f"{SECRET} one",
    "cause-told": f"{SECRET} two",
    "medicine-name": f"{SECRET} three",
    "main-concern": f"{SECRET} four",
    "goal": [f"{SECRET} five"],
    "success": f"{SECRET} six",
    "own-questions": f"{SECRET} seven",
}
ANSWERS = {**PATIENT, **TEXTS}


class Listener:
    """Keeps what a page says and asks for."""

    def __init__(self, page):
        self.requests, self.sockets, self.messages = [], [], []
        page.context.on("request", lambda request: self.requests.append(request))
        page.on("websocket", lambda socket: self.sockets.append(socket.url))
        page.on("console", self._keep)
        page.on("pageerror", lambda error: self.messages.append(str(error)))

    def _keep(self, message):
        if message.type in ("error", "warning"):
            self.messages.append(message.text)


@pytest.fixture
def listener(page):
    return Listener(page)


def chosen_words():
    """Give the words of every option that was chosen, but for a yes and what a question says."""
    words = set()
    for key, value in ANSWERS.items():
        item = QUESTIONNAIRE.placements[key.split("@")[0]].item
        codes = value if isinstance(value, list) else [value]
        words |= {option.display for option in item.answer_option if option.code in codes}
    asked = "\n".join(placement.item.text for placement in QUESTIONNAIRE.placements.values())
    return {word for word in words if len(word) > 6 and word not in asked}


def test_answers_stay_out_of_titles_addresses_and_requests_until_consent(page, listener, site):
    page.goto(routes.START)
    questions = Questions(page).open()
    titles, addresses = set(), set()
    for key in questions.through(**by_name(ANSWERS)):
        # A place among several is told by its number, not by what was chosen.
        name = re.escape(key.partition("@")[0])
        assert re.fullmatch(rf"{site}{routes.QUESTIONNAIRE}#{name}(@[\d.]+)?", page.url)
        titles.add(page.title())
    for address in (routes.CHECK_ANSWERS, routes.SUMMARY, routes.SAVE, routes.OPTIONS):
        page.goto(address)
        expect(page.locator("html[data-ready]")).to_have_count(1)
        titles.add(page.title())
        addresses.add(page.url)
    assert len(titles) > 40
    told = {word for title in titles for word in (SECRET, *chosen_words()) if word in title}
    assert told == set()
    assert [url for url in addresses if SECRET in url or "#" in url] == []
    assert {request.method for request in listener.requests} == {"GET"}
    foreign = {urlsplit(request.url).netloc for request in listener.requests}
    assert foreign - {urlsplit(site).netloc} == set()
    queries = {urlsplit(request.url).query for request in listener.requests}
    assert not [query for query in queries if SECRET in query]
    assert listener.sockets == []
    assert listener.messages == []


def test_saved_answers_go_to_the_own_server_and_in_the_body_only(phone_with, site):
    page = phone_with(ANSWERS)
    listener = Listener(page)
    page.goto(routes.SAVE)
    page.get_by_label("I agree to this").check()
    page.get_by_role("button", name="Save my answers").click()
    expect(page.locator('[data-sync="saved"]')).to_be_visible()
    posts = [request for request in listener.requests if request.method == "POST"]
    assert posts
    assert {request.url.rpartition("/responses/")[0] for request in posts} == {f"{site}/api/v1"}
    assert SECRET in posts[0].post_data
    assert not [request.url for request in listener.requests if SECRET in request.url]
    assert listener.sockets == []
    assert listener.messages == []


def test_reading_asks_nobody_else_and_opens_no_socket(page, listener, site):
    for address in (
        routes.START,
        routes.OPTIONS,
        routes.option("joining-bones"),
        routes.LEARN,
        routes.topic("first-find-the-cause"),
        routes.URGENT_HELP,
        routes.PRIVACY,
    ):
        page.goto(address)
        expect(page.locator("html[data-ready]")).to_have_count(1)
    assert {urlsplit(request.url).netloc for request in listener.requests} == {
        urlsplit(site).netloc
    }
    assert listener.sockets == []
    assert listener.messages == []
