"""Nothing lost: two tabs, a page that goes, a crash, the worker, two people at once."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.browser.people import BEGUN
from tests.browser.questions import Questions
from tests.browser.sharing import RECORD
from tests.browser.storage import answers_in, kept_entries, kept_events

SYNC = re.compile("/api/v1/responses/[^/]+/sync$")
LEFT = """async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (!names.includes("abs")) return null;
  const database = await new Promise((done) => {
    const opening = indexedDB.open("abs", 1);
    // It was just deleted: looking must not make it anew.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
  });
  if (!database) return null;
  const read = (name) => new Promise((done) => {
    const asked = database.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const found = { requests: await read("requests"), replies: await read("replies") };
  database.close();
  return found;
}"""
WITH_WORKER = {"service_workers": "allow"}
HALF = "half a sen"


def until(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def values_on_the_server(person, record=None):
    """Read back which answers the server has, as another device with the same secret would."""
    record = record or person.record
    reply = person.context.request.post(
        f"/api/v1/responses/{record['id']}/sync",
        headers={"X-Response-Secret": record["secret"]},
        data={"questionnaire": "after-back-surgery", "version": "1", "cursor": 0, "events": []},
    )
    assert reply.ok, reply.text()
    return [(event["link_id"], event["value"]) for event in reply.json()["events"]]


def has_left(page):
    """Say whether a call is in the database, or its reply: the worker may be woken at once."""
    found = page.evaluate(LEFT)
    return bool(found and (found["requests"] or found["replies"]))


def sent_ids(person):
    calls = [one for one in person.requests if SYNC.search(one.url)]
    return [event["id"] for call in calls for event in call.post_data_json["events"]]


def test_a_first_visit_loads_nothing_of_saving(people):
    person = people(BEGUN)
    Questions(person.open("/questionnaire")).open("#country").answer("country", "ie")
    loaded = {Path(one.url).name.split("-")[0] for one in person.requests}
    assert not loaded & {"saving", "shelf", "outbox", "unsent_file"}

    person.save()

    loaded = {Path(one.url).name.split("-")[0] for one in person.requests}
    assert "saving" in loaded


def test_two_tabs_that_answer_at_once_send_each_answer_once(people):
    person = people(BEGUN).save()
    other = person.context.new_page()
    other.on("request", lambda one: person.requests.append(one))
    in_one, in_other = Questions(person.page).open("#country"), Questions(other).open("#signs-legs")
    person.page.route(SYNC, lambda route: (time.sleep(0.5), route.continue_()))

    in_one.fill("ie").next()
    in_other.fill(["r6b"]).next()

    for page in (person.page, other):
        expect(page.locator(".status[data-sync]")).to_have_attribute("data-sync", "saved")
    ids = sent_ids(person)
    assert len(ids) == len(set(ids))
    values = values_on_the_server(person)
    assert ("country", "ie") in values
    assert ("signs-legs", ["r6b"]) in values


def test_a_crash_with_answers_that_were_not_sent_loses_none(people):
    person = people(BEGUN).save()
    questions = Questions(person.page).open("#country")
    is_away = [True]
    person.context.route(SYNC, lambda route: route.abort() if is_away else route.continue_())
    questions.answer("country", "ie")
    person.expect_status("offline")
    is_away.clear()
    with pytest.raises(Error):
        person.page.goto("chrome://crash")

    person.page = person.context.new_page()
    person.open("/questionnaire")

    person.expect_status("saved")
    assert ("country", "ie") in values_on_the_server(person)


def test_a_page_that_goes_sends_what_it_still_has(people):
    person = people(BEGUN).save()
    record = person.record
    questions = Questions(person.page).open("#country")
    # A browser that says it has no connection waits, and is wrong.
    person.page.evaluate(
        "Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })"
    )
    questions.answer("country", "ie")
    person.expect_status("offline")

    person.page.goto("/icon.svg")

    until(lambda: ("country", "ie") in values_on_the_server(person, record))


def test_what_a_page_left_is_sent_by_the_service_worker(people):
    person = people(BEGUN, **WITH_WORKER).save()
    page, record = person.page, person.record
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    questions = Questions(page).open("#country")
    cdp = person.context.new_cdp_session(page)
    registrations = []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda one: registrations.append(one))
    cdp.send("ServiceWorker.enable")
    person.page.route(SYNC, lambda route: route.abort())
    questions.answer("country", "ie")
    person.expect_status("offline")
    until(lambda: has_left(page))
    page.goto("/icon.svg")
    until(lambda: registrations and registrations[0]["registrations"])
    registration = registrations[0]["registrations"][0]

    cdp.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": registration["scopeURL"].rstrip("/"),
            "registrationId": registration["registrationId"],
            "tag": "abs-send",
            "lastChance": False,
        },
    )

    until(lambda: ("country", "ie") in values_on_the_server(person, record))
    until(lambda: page.evaluate(LEFT)["replies"])
    assert not kept_events(page)[-1].get("confirmed")
    # The page takes the reply in, and sends nothing again.
    person.requests.clear()
    page.unroute(SYNC)
    person.open("/questionnaire")
    person.expect_status("saved")
    until(lambda: page.evaluate(LEFT) == {"requests": [], "replies": []})
    assert sent_ids(person) == []
    assert values_on_the_server(person).count(("country", "ie")) == 1


@pytest.fixture
def left(people):
    """Give somebody whose page has left a call for the service worker."""
    person = people(BEGUN, **WITH_WORKER).save()
    person.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    questions = Questions(person.page).open("#country")
    person.page.route(SYNC, lambda route: route.abort())
    questions.answer("country", "ie")
    person.expect_status("offline")
    until(lambda: has_left(person.page))
    return person


def test_clearing_the_phone_deletes_what_was_left_for_the_worker(left):
    page = left.open("/privacy")
    page.get_by_role("button", name="Clear this phone").click()
    page.get_by_role("button", name="Yes, remove everything").click()
    expect(page.get_by_text("Done. There are no answers on this phone.")).to_be_visible()

    until(lambda: page.evaluate(LEFT) in (None, {"requests": [], "replies": []}))
    assert kept_entries(page) == {}


def test_a_phone_that_became_a_shared_one_leaves_nothing_for_the_worker(left):
    Questions(left.page).open("#change/device-owner").answer("device-owner", "shared")

    left.expect_status("offline")
    until(lambda: left.page.evaluate(LEFT) in (None, {"requests": [], "replies": []}))
    left.page.wait_for_timeout(500)
    assert left.page.evaluate(LEFT) in (None, {"requests": [], "replies": []})


def test_a_shared_phone_leaves_nothing_outside_of_its_tab(people):
    person = people(**WITH_WORKER)
    questions = Questions(person.open("/questionnaire"))
    questions.walk(until="country", device_owner="shared")
    person.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    person.save()
    questions = Questions(person.page).open("#country")
    person.page.route(SYNC, lambda route: route.abort())
    questions.answer("country", "ie")
    person.expect_status("offline")
    person.page.wait_for_timeout(500)

    assert person.page.evaluate(LEFT) is None
    assert kept_entries(person.page) == {}


def test_answers_of_another_person_arrive_by_themselves_and_disturb_nobody(people):
    patient = people({**BEGUN, "signs-legs": ["none"]}).save()
    link = patient.make_helper_link("Ana")
    helper = people()
    helper.open_link(link)
    questions = Questions(patient.page).open("#main-concern")
    questions.fill(HALF)
    focused = "() => document.activeElement.name"
    questions.form.locator("textarea").focus()
    record = helper.record
    assert record["role"] == "helper"
    event = {
        "id": "7b0c8f7e-1f0e-4a54-9a51-0e6b7a0a2c11",
        "link_id": "age-band",
        "path": [],
        "value": "50-to-59",
        "author_id": "8b0c8f7e-1f0e-4a54-9a51-0e6b7a0a2c11",
        "author_role": "helper",
        "answered_at": "2026-01-01T00:00:00.000Z",
    }
    reply = helper.context.request.post(
        f"/api/v1/responses/{record['id']}/sync",
        headers={"X-Response-Secret": record["secret"]},
        data={
            "questionnaire": "after-back-surgery",
            "version": "1",
            "cursor": 0,
            "events": [event],
        },
    )
    assert reply.ok, reply.text()

    arrived = patient.page.get_by_role("status").filter(
        has_text="New answers from Ana have arrived"
    )
    expect(arrived).to_be_visible(timeout=30_000)
    assert patient.page.evaluate(focused) == "value"
    expect(questions.form.locator("textarea")).to_have_value(HALF)
    assert answers_in(kept_events(patient.page))["age-band"] == "50-to-59"
    patient.expect_status("saved")


def test_answers_that_cannot_be_sent_can_be_taken_along_as_a_file(people):
    person = people({**BEGUN, "main-concern": "Screws <b>& bolts</b>"}).save()
    Questions(person.page).open("#country")
    refusal = '{"error": {"code": "invalid-content", "message": "x", "problems": []}}'
    person.page.route(SYNC, lambda route: route.fulfill(status=422, body=refusal))
    Questions(person.page).open("#main-concern").answer("main-concern", "Loose <i>screw</i>")
    person.expect_status("error")

    with person.page.expect_download() as download:
        person.tap("Download unsent answers")

    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == "unsent-answers.html"
    page = person.context.new_page()
    page.set_content(text)
    expect(page.get_by_text("Loose <i>screw</i>")).to_be_visible()
    assert page.locator("dt").count() == 1
    data = page.locator("script[type='application/json']").text_content()
    assert '"link_id": "main-concern"' in data
    assert RECORD not in text
    assert person.record["secret"] not in text
