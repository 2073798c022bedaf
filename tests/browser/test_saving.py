"""Saving to the server: only after consent, each answer once, and "saved" only when it is."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.kept import kept_answers
from tests.browser.people import BEGUN
from tests.browser.questions import QUESTIONNAIRE, Questions
from tests.browser.storage import answers_in, kept_entries, kept_events

SYNC = re.compile("/api/v1/responses/[^/]+/sync$")
RECORD = "abs:after-back-surgery:response"
SECRET_WORDS = "Canary tablets twice a day"
ANSWERS = {**BEGUN, "main-concern": SECRET_WORDS}


class Saver:
    """A person with answers, on the way to the server; keeps every request the phone makes."""

    def __init__(self, context):
        self.page = context.new_page()
        self.requests = []
        self.page.on("request", lambda one: self.requests.append(one))

    @property
    def calls(self):
        """The requests to the API so far."""
        return [request for request in self.requests if "/api/" in request.url]

    @property
    def sent(self):
        """The bodies of those that brought answers to the server."""
        bodies = [request.post_data_json for request in self.calls if SYNC.search(request.url)]
        return [body for body in bodies if body["events"]]

    def erase(self):
        """Take the consent back, without loading a page anew."""
        self.page.get_by_role("link", name="Your answers", exact=True).click()
        self.page.get_by_role("button", name="Erase from the server").click()
        self.page.get_by_role("button", name="Yes, erase it from the server").click()

    @property
    def record(self):
        """What the phone knows of the response: its id and its secret."""
        return kept_entries(self.page).get(RECORD, {})

    def agree(self):
        """Give consent on the save page."""
        self.page.goto("/save")
        self.page.get_by_label("I agree to this").check()
        self.page.get_by_role("button", name="Save my answers").click()

    def save(self):
        """Give consent, and wait until the server has confirmed."""
        self.agree()
        self.expect_status("saved")
        return self

    def expect_status(self, status, text=""):
        """Expect the line that says where the answers are."""
        line = self.page.locator("[data-sync]")
        expect(line).to_have_attribute("data-sync", status, timeout=20_000)
        expect(line).to_contain_text(text)

    def answer(self, value):
        """Change an answer, from the page where all are read."""
        questions = Questions(self.page).open("#change/country")
        questions.answer("country", value)
        return self

    def on_the_server(self, record=None):
        """Read all events back, as another device with the same secret would."""
        record = record or self.record
        reply = self.page.request.post(
            f"/api/v1/responses/{record['id']}/sync",
            headers={"X-Response-Secret": record["secret"]},
            data={"questionnaire": "after-back-surgery", "version": "1", "cursor": 0, "events": []},
        )
        return reply.json()["events"] if reply.ok else reply.status

    def assert_each_event_is_there_once(self):
        """Compare the server's events with the phone's, by id and value."""
        kept = [(event["id"], event["value"]) for event in kept_events(self.page)]
        assert [(event["id"], event["value"]) for event in self.on_the_server()] == kept


@pytest.fixture
def context(browser, site):
    context = browser.new_context(
        base_url=site, storage_state=kept_answers(site, ANSWERS), service_workers="block"
    )
    yield context
    context.close()


@pytest.fixture
def saver(context):
    return Saver(context)


def test_nothing_is_sent_before_consent(saver):
    saver.answer("ie")
    for path in ("/", "/check-answers", "/summary", "/options", "/save"):
        saver.page.goto(path)
        expect(saver.page.locator("html[data-ready]")).to_have_count(1)
        saver.expect_status("local", "Kept on this phone")

    saver.page.get_by_role("button", name="Save my answers").click()
    expect(saver.page.get_by_text("Tick the box to agree").first).to_be_visible()

    assert saver.calls == []
    assert not [one for one in saver.requests if one.method != "GET" or one.post_data]
    assert "consent" not in saver.record


def test_saved_answers_are_on_the_server_and_later_ones_follow(saver):
    saver.save()
    expect(saver.page.get_by_text("The server has confirmed every answer.")).to_be_visible()
    saver.assert_each_event_is_there_once()

    saver.answer("ie")
    saver.expect_status("saved", "Saved")

    saver.assert_each_event_is_there_once()
    assert answers_in(saver.on_the_server())["country"] == "ie"
    # Once the server knows the response, no call could bring an erased one back.
    assert [body.get("consent") is not None for body in saver.sent] == [True, False]
    saver.page.reload()
    saver.expect_status("saved", "Saved")
    assert len(saver.sent) == 2


def test_secret_and_answers_travel_in_no_address(saver):
    saver.save().answer("ie").expect_status("saved")
    saver.page.goto("/")

    record = saver.record
    assert len(record["secret"]) >= 43
    for request in saver.requests:
        seen = request.url + request.headers.get("referer", "")
        assert record["secret"] not in seen
        assert "Canary" not in seen
        is_call = "/api/" in request.url
        assert (request.headers.get("x-response-secret") == record["secret"]) == is_call


def test_answers_given_offline_are_saved_when_the_connection_is_back(saver, context):
    saver.save()
    questions = Questions(saver.page).open("#country")
    context.set_offline(True)
    questions.answer("country", "ie")
    saver.expect_status("offline", "Not saved yet")
    questions.answer("signs-bladder-bowel", ["none"])
    assert answers_in(kept_events(saver.page))["country"] == "ie"

    context.set_offline(False)

    saver.expect_status("saved")
    saver.assert_each_event_is_there_once()


def test_consent_given_offline_is_kept_until_there_is_a_connection(saver, context):
    saver.page.goto("/save")
    saver.page.get_by_label("I agree to this").check()
    context.set_offline(True)
    saver.page.get_by_role("button", name="Save my answers").click()
    saver.expect_status("offline", "Not saved yet")
    expect(saver.page.get_by_text("The server has confirmed every answer.")).to_have_count(0)

    context.set_offline(False)

    saver.expect_status("saved")
    saver.assert_each_event_is_there_once()


def test_lost_reply_is_asked_for_again_and_doubles_nothing(saver):
    lost = []

    def lose_the_first(route):
        if lost:
            return route.fallback()
        lost.append(route.fetch())
        return route.abort()

    saver.page.route(SYNC, lose_the_first)
    saver.agree()
    saver.expect_status("offline", "Not saved yet")

    saver.expect_status("saved")
    assert lost[0].ok
    assert saver.calls[0].post_data_json["events"]
    saver.assert_each_event_is_there_once()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_server_in_trouble_is_asked_again(saver, status):
    replies = [status]
    body = json.dumps({"error": {"code": "x", "message": "internal", "problems": []}})

    def fail_once(route):
        if replies:
            return route.fulfill(status=replies.pop(), body=body, content_type="application/json")
        return route.fallback()

    saver.page.route(SYNC, fail_once)
    saver.agree()
    saver.expect_status("offline", "Not saved yet")

    saver.expect_status("saved")
    saver.assert_each_event_is_there_once()


def test_refusal_is_told_in_plain_words_and_not_repeated_by_itself(saver):
    body = json.dumps({"error": {"code": "invalid-content", "message": "events[0]: bad"}})
    saver.page.route(SYNC, lambda route: route.fulfill(status=422, body=body))
    saver.agree()
    saver.expect_status("error", "Not saved: the server did not accept an answer.")
    saver.page.wait_for_timeout(3000)
    assert len(saver.calls) == 1

    saver.page.unroute(SYNC)
    saver.page.get_by_role("button", name="Save now").click()

    saver.expect_status("saved")
    saver.assert_each_event_is_there_once()


def test_erased_answers_are_gone_from_the_server_and_stay_on_the_phone(saver):
    saver.save()
    old = saver.record
    kept = answers_in(kept_events(saver.page))

    with saver.page.expect_response(lambda reply: reply.request.method == "DELETE") as reply:
        saver.erase()
    assert reply.value.status == 204
    expect(saver.page.get_by_text("Erased. The server holds no answers of yours.")).to_be_visible()
    saver.expect_status("local", "Kept on this phone")
    assert saver.on_the_server(old) == 404
    assert answers_in(kept_events(saver.page)) == kept
    assert not {"id", "secret", "consent"} & set(saver.record)

    count = len(saver.calls)
    saver.answer("ie").expect_status("local")
    assert len(saver.calls) == count
    saver.save()
    saver.assert_each_event_is_there_once()
    assert saver.record["id"] != old["id"]


def test_erasing_during_the_first_save_leaves_nothing_on_the_server(saver):
    held = []
    saver.page.route(SYNC, lambda route: held.append(route))
    saver.agree()
    saver.expect_status("saving")
    record = saver.record

    saver.erase()
    held[0].continue_()

    expect(saver.page.get_by_text("Erased. The server holds no answers of yours.")).to_be_visible()
    assert saver.on_the_server(record) == 404


def test_erasing_that_fails_says_so(saver, context):
    saver.save()
    saver.page.get_by_role("link", name="Your answers", exact=True).click()
    expect(saver.page.get_by_role("heading", name="Your answers", level=1)).to_be_visible()
    context.set_offline(True)
    saver.page.get_by_role("button", name="Erase from the server").click()
    saver.page.get_by_role("button", name="Yes, erase it from the server").click()
    saver.expect_status("error", "The server did not answer, so your answers are still on it.")

    context.set_offline(False)

    assert saver.on_the_server()


def test_answers_that_the_server_no_longer_has_need_a_new_consent(saver):
    saver.save()
    old = saver.record
    reply = saver.page.request.delete(
        f"/api/v1/responses/{old['id']}", headers={"X-Response-Secret": old["secret"]}
    )
    assert reply.status == 204

    saver.page.goto("/check-answers")
    saver.expect_status("error", "The server no longer has your answers.")
    saver.answer("ie").expect_status("local")
    assert saver.on_the_server(old) == 404

    saver.save()
    saver.assert_each_event_is_there_once()


def test_reply_that_comes_after_the_phone_was_cleared_brings_nothing_back(saver):
    held = []
    saver.page.route(SYNC, lambda route: held.append(route))
    saver.agree()
    saver.expect_status("saving")
    saver.page.get_by_role("link", name="Privacy", exact=True).click()
    saver.page.get_by_role("button", name="Clear this phone").click()
    saver.page.get_by_role("button", name="Yes, remove everything").click()
    expect(saver.page.get_by_text("Done. There are no answers on this phone.")).to_be_visible()

    with saver.page.expect_response(SYNC):
        held[0].continue_()

    saver.expect_status("local")
    assert kept_entries(saver.page) == {}
    assert kept_entries(saver.page, "sessionStorage") == {}


def test_other_tab_shows_what_was_saved_and_erased(saver, context):
    other = Saver(context)
    other.page.goto("/save")
    expect(other.page.get_by_label("I agree to this")).to_be_visible()

    saver.save()
    other.expect_status("saved")
    other.answer("ie").expect_status("saved")
    saver.assert_each_event_is_there_once()

    saver.page.goto("/save")
    saver.erase()
    saver.expect_status("local")
    other.expect_status("local")
    other.save()
    other.assert_each_event_is_there_once()


def test_another_devices_older_answer_does_not_hide_a_newer_one(saver):
    """The server took the other answer first, so the one given here is the current one."""
    saver.save()
    record = saver.record
    mine = kept_events(saver.page)[-1]
    other = {
        **{name: mine[name] for name in ("author_id", "author_role", "answered_at", "path")},
        "id": "7b0c8f7e-1f0e-4a54-9a51-0e6b7a0a2c11",
        "link_id": "country",
        "value": "us",
    }
    reply = saver.page.request.post(
        f"/api/v1/responses/{record['id']}/sync",
        headers={"X-Response-Secret": record["secret"]},
        data={
            "questionnaire": "after-back-surgery",
            "version": "1",
            "cursor": 0,
            "events": [other],
        },
    )
    assert reply.ok

    saver.answer("ie").expect_status("saved")

    assert answers_in(kept_events(saver.page))["country"] == "ie"
    saver.assert_each_event_is_there_once()


@pytest.mark.parametrize("count", [45, 130])
def test_many_long_answers_are_saved(browser, site, count):
    """More than a browser lets outlive its page, and more than one call takes."""
    long = "Ä" * (QUESTIONNAIRE.placements["main-concern"].item.length_limit - 3)
    state = kept_answers(site, ANSWERS)
    entries = state["origins"][0]["localStorage"]
    pattern = json.loads(next(e["value"] for e in entries if ":event:" in e["name"]))
    for number in range(count):
        event = {
            **pattern,
            "id": f"00000000-0000-4000-8000-{number:012d}",
            "link_id": "main-concern",
            "value": f"{long}{number:03d}",
            "order": f"00000{number:05d}",
        }
        name = f"abs:after-back-surgery:event:{event['order']}:{event['id']}"
        entries.append({"name": name, "value": json.dumps(event)})
    context = browser.new_context(base_url=site, storage_state=state, service_workers="block")
    saver = Saver(context)

    saver.save()

    assert {event["id"] for event in saver.on_the_server()} == {
        event["id"] for event in kept_events(saver.page)
    }
    context.close()
