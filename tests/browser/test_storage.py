"""What a phone keeps, where, for how long; and what happens when its storage fails."""

import json
import re
import time
from uuid import uuid4

import pytest
from playwright.sync_api import Error, expect

from tests.browser.kept import kept_answers
from tests.browser.people import BEGUN, PATIENT
from tests.browser.questions import Questions
from tests.browser.storage import answers_in, fill_up, kept_entries, kept_events, put

CANARY = "Canary tablets twice a day"
GIVEN = {key: value for key, value in PATIENT.items() if value is not None}
DAY = 24 * 60 * 60 * 1000
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
"""
NOTHING_KEPT = "There are no answers on this phone yet"


@pytest.fixture
def a_phone(browser, site):
    """Give a maker of phones on which these answers were given before."""
    contexts = []

    def make(answers=None, **options):
        state = kept_answers(site, answers) if answers else None
        contexts.append(browser.new_context(base_url=site, storage_state=state, **options))
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


def until(condition, seconds=5):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def test_half_typed_text_survives_a_reload_and_a_crash(a_phone):
    phone = a_phone(GIVEN)
    page = phone.new_page()
    questions = Questions(page).open("#main-concern")
    given = kept_events(page)
    questions.fill("Half a sen")

    page.reload()
    questions.wait_until_ready()
    expect(questions.form.locator("textarea")).to_have_value("Half a sen")
    questions.form.locator("textarea").press_sequentially("tence")
    with pytest.raises(Error):
        page.goto("chrome://crash")

    page = phone.new_page()
    page.goto("/questionnaire#main-concern")
    # A crash may take scripts of the next page with it, which is then loaded once more by itself.
    expect(page.locator("html[data-ready]")).to_have_count(1, timeout=30_000)
    questions = Questions(page)
    expect(questions.form.locator("textarea")).to_have_value(re.compile("tence|^Half a sen"))
    assert kept_events(page) == given


def test_own_phone_keeps_answers_after_the_tab_is_closed(context, page):
    Questions(page).open().walk(until="country", device_owner="mine")
    assert kept_entries(page, "sessionStorage") == {}
    page.close()

    page = context.new_page()
    assert Questions(page).open().link_id == "country"
    assert answers_in(kept_events(page)) == {"device-owner": "mine", "author": "me"}


def test_shared_phone_keeps_answers_in_its_tab_only(context, page):
    questions = Questions(page).open()
    questions.walk(until="country", device_owner="shared")
    questions.fill("ie")
    page.reload()
    questions.wait_until_ready()
    expect(questions.form.locator('input[value="ie"]')).to_be_checked()
    assert answers_in(kept_events(page, "sessionStorage")) == {
        "device-owner": "shared",
        "author": "me",
    }
    assert kept_entries(page) == {}
    page.close()

    page = context.new_page()
    assert Questions(page).open().link_id == "device-owner"
    assert kept_entries(page) == {}
    assert kept_events(page, "sessionStorage") == []


@pytest.mark.parametrize(
    ("first", "second", "emptied", "filled"),
    [
        ("mine", "shared", "localStorage", "sessionStorage"),
        ("shared", "mine", "sessionStorage", "localStorage"),
    ],
)
def test_saying_whose_phone_it_is_anew_moves_everything(page, first, second, emptied, filled):
    questions = Questions(page).open()
    questions.walk(until="signs-bladder-bowel", device_owner=first, country="ie")
    questions.fill(["r1"])
    questions.open("#change/device-owner").answer("device-owner", second)

    expect(page).to_have_url(re.compile("/check-answers$"))
    assert kept_entries(page, emptied) == {}
    assert answers_in(kept_events(page, filled)) == {
        "device-owner": second,
        "author": "me",
        "country": "ie",
    }
    questions.open("#signs-bladder-bowel")
    expect(questions.form.locator('input[value="r1"]')).to_be_checked()


def test_full_storage_says_so_keeps_what_it_holds_and_goes_on(a_phone):
    phone = a_phone(GIVEN)
    page = phone.new_page()
    fill_up(page)
    given = answers_in(kept_events(page))

    questions = Questions(page).open("#change/pain-now-back")
    questions.answer("pain-now-back", 9)

    expect(page.get_by_text("The storage of this phone is full.")).to_be_visible()
    expect(page.locator("[data-sync]")).to_have_text("Not kept: storage is full")
    page.get_by_role("link", name="See my summary").click()
    expect(page.get_by_text("Is the screw at the bottom loose?").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Is the screw at the bottom loose?").first).to_be_visible()
    questions.open("#change/pain-now-back")
    expect(questions.form.locator('input[value="9"]')).to_be_checked()

    page.evaluate("""() => Object.keys(localStorage)
      .filter((key) => key.startsWith("filler")).forEach((key) => localStorage.removeItem(key))""")
    page.reload()
    questions.wait_until_ready()
    expect(page.get_by_text("The storage of this phone is full.")).to_have_count(0)
    assert answers_in(kept_events(page)) == {**given, "pain-now-back": 9}
    assert kept_entries(page, "sessionStorage") == {}


def test_full_storage_takes_new_answers_into_the_tab(page):
    fill_up(page)

    questions = Questions(page).open()
    questions.walk(until="signs-bladder-bowel", device_owner="mine", country="gb")

    expect(page.get_by_text("The storage of this phone is full.")).to_be_visible()
    page.reload()
    questions.wait_until_ready()
    assert answers_in(kept_events(page, "sessionStorage")) == {
        "device-owner": "mine",
        "author": "me",
        "country": "gb",
    }
    page.goto("/check-answers")
    expect(page.get_by_text("United Kingdom")).to_be_visible()


def test_blocked_storage_says_so_and_goes_on(page):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(NO_STORAGE)
    questions = Questions(page).open()
    expect(page.get_by_text("This browser does not let the app keep your answers.")).to_be_visible()

    questions.walk(until="signs-bladder-bowel", country="ie")
    page.go_back()
    expect(questions.form.locator('input[value="ie"]')).to_be_checked()
    expect(page.locator("[data-sync]")).to_have_text("Not kept: storage is blocked")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Summary").click()
    expect(page.get_by_role("heading", name="Questions to ask")).to_be_visible()
    page.get_by_role("link", name="Change my answers").click()

    expect(page.get_by_text("Ireland").first).to_be_visible()
    assert errors == []


@pytest.mark.parametrize(("age", "is_kept"), [(30 * DAY + 60_000, False), (29 * DAY, True)])
def test_answers_are_removed_30_days_after_the_last_use(a_phone, age, is_kept):
    page = a_phone(GIVEN).new_page()
    now = time.time() * 1000
    put(page, {"abs:device": json.dumps({"owner": "mine", "usedAt": now - age})})

    page.goto("/summary")

    expect(page.locator("html[data-ready]")).to_have_count(1)
    gone = page.get_by_text("Your answers were kept on this phone for 30 days.")
    expect(gone).to_have_count(0 if is_kept else 1)
    if is_kept:
        expect(page.get_by_text("Is the screw at the bottom loose?").first).to_be_visible()
        assert kept_entries(page)["abs:device"]["usedAt"] > now - DAY
    else:
        expect(page.get_by_text(NOTHING_KEPT)).to_be_visible()
        assert kept_entries(page) == {}


def test_two_tabs_show_each_others_answers_and_lose_none(a_phone):
    phone = a_phone(BEGUN)
    one, other = phone.new_page(), phone.new_page()
    in_one = Questions(one).open("#signs-bladder-bowel")
    in_other = Questions(other).open("#signs-legs")

    in_one.answer("signs-bladder-bowel", ["none"])
    in_other.answer("signs-legs", ["r6b"])
    in_one.open("#operation-count").answer("operation-count", 2)
    one.goto("/check-answers")
    expect(one.get_by_text("New dragging or tripping of one foot")).to_be_visible()
    Questions(other).open("#pain-change").answer("pain-change", "much-worse")

    everything = {
        **BEGUN,
        "signs-bladder-bowel": ["none"],
        "signs-legs": ["r6b"],
        "operation-count": 2,
        "pain-change": "much-worse",
    }
    assert answers_in(kept_events(one)) == everything
    # The page that was open all the time shows what the other tab has just added.
    expect(one.get_by_text("Much worse")).to_be_visible()


def test_two_fresh_tabs_lose_nothing_when_both_say_that_the_phone_is_theirs(context):
    one, other = context.new_page(), context.new_page()
    in_one, in_other = Questions(one).open(), Questions(other).open()

    in_one.walk(until="signs-bladder-bowel", country="ie")
    in_other.walk(until="author")

    kept = answers_in(kept_events(other))
    assert kept == {"device-owner": "mine", "author": "me", "country": "ie"}
    other.goto("/check-answers")
    expect(other.get_by_text("Ireland").first).to_be_visible()


def test_question_that_another_tab_took_away_leads_to_one_that_is_asked(a_phone):
    helper = {"device-owner": "mine", "author": "helper"}
    phone = a_phone(helper)
    one, other = phone.new_page(), phone.new_page()
    in_one = Questions(one).open("#relationship")
    Questions(other).open("#author").answer("author", "me")

    until(lambda: "author" in answers_in(kept_events(one)))
    expect(one.locator("[data-sync]")).to_have_text("Kept on this phone")
    one.wait_for_timeout(200)
    in_one.fill("child").next()

    expect(in_one.form).to_have_attribute("data-link-id", "country")


def test_clearing_the_phone_leaves_no_answer_anywhere(a_phone):
    phone = a_phone({**GIVEN, "main-concern": CANARY})
    watching = phone.new_page()
    watching.goto("/check-answers")
    expect(watching.get_by_text(CANARY)).to_be_visible()
    page = phone.new_page()
    Questions(page).open("#own-questions").fill(f"Half typed {CANARY}")
    page.goto("/privacy")

    page.get_by_role("button", name="Clear this phone").click()
    page.get_by_role("button", name="Yes, remove everything").click()

    expect(page.get_by_text("Done. There are no answers on this phone.")).to_be_visible()
    held = page.evaluate(
        """async () => ({
          storages: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
          databases: await indexedDB.databases(),
          cookies: document.cookie,
        })"""
    )
    assert CANARY not in held["storages"]
    assert "abs:" not in held["storages"]
    assert held["databases"] == []
    assert held["cookies"] == "backend-enabled=false"
    # Another tab that was open forgets as well, and brings nothing back.
    expect(watching.get_by_text(NOTHING_KEPT)).to_be_visible()
    questions = Questions(watching).open()
    assert questions.link_id == "device-owner"
    questions.answer("device-owner", "mine")
    assert answers_in(kept_events(page)) == {"device-owner": "mine"}
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Summary").click()
    expect(page.locator("body")).not_to_contain_text(CANARY)


def test_caches_hold_public_files_only(a_phone):
    page = a_phone({**GIVEN, "main-concern": CANARY}).new_page()
    for path in ("/questionnaire", "/check-answers", "/summary"):
        page.goto(path)
        page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")

    cached = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              const reply = await cache.match(request);
              found.push([new URL(request.url).pathname, await reply.text()]);
            }
          }
          return found;
        }"""
    )

    assert len(cached) > 20
    assert not [path for path, text in cached if path.startswith("/api") or CANARY in text]


def event(**changes):
    author = "0f8fad5b-d9cb-469f-a165-70867728950e"
    return {
        "id": str(uuid4()),
        "link_id": "country",
        "path": [],
        "value": "ie",
        "author_id": author,
        "author_role": "patient",
        "answered_at": "2026-01-01T00:00:00.000Z",
        "order": "0000000900",
        **changes,
    }


def kept_event(**changes):
    made = event(**changes)
    return {f"abs:after-back-surgery:event:{made['order']}:{made['id']}": json.dumps(made)}


DAMAGED = {
    "device that is no JSON": {"abs:device": "{"},
    "device that is no object": {"abs:device": "5"},
    "device without a date": {"abs:device": '{"owner": "mine"}'},
    "device with a wrong date": {"abs:device": '{"owner": "mine", "usedAt": "x"}'},
    "event that is null": {"abs:after-back-surgery:event:0000000900:a": "null"},
    "event that is empty": {"abs:after-back-surgery:event:0000000900:a": "{}"},
    "event cut off": {"abs:after-back-surgery:event:0000000900:a": '{"id": "a", "link_'},
    "event of a question that is gone": kept_event(link_id="no-longer-asked", value="x"),
    "event named as something of JavaScript": kept_event(link_id="constructor"),
    "event of a section": kept_event(link_id="warning-signs", value=True),
    "event in a repetition that is none": kept_event(path=["1"]),
    "event with another type": kept_event(link_id="main-concern", value=5),
    "event with a list": kept_event(value=["ie"]),
    "event without an author": kept_event(author_id=None),
    "event without an order": kept_event(order="~"),
    "place that is gone": {"abs:after-back-surgery:response": '{"place": "no-longer-asked"}'},
    "response that is a list": {"abs:after-back-surgery:response": "[1]"},
    "drafts that are text": {"abs:after-back-surgery:draft": '"x"'},
    "draft of another shape": {
        "abs:after-back-surgery:draft": '{"signs-bladder-bowel": {"values": 5, "value": null}}'
    },
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_storage_harms_nothing_else(a_phone, damage):
    answers = {**BEGUN, "signs-legs": ["r6b"]}
    page = a_phone(answers).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    put(page, DAMAGED[damage])

    questions = Questions(page).open()
    assert questions.link_id == "signs-bladder-bowel"
    questions.answer("signs-bladder-bowel", ["none"])
    page.goto("/check-answers")
    expect(page.get_by_text("New dragging or tripping of one foot")).to_be_visible()
    page.get_by_role("link", name="See my summary").click()
    expect(page.get_by_role("heading", name="Questions to ask")).to_be_visible()

    assert errors == []


def test_answer_that_the_questionnaire_no_longer_offers_is_asked_again(a_phone):
    page = a_phone({"device-owner": "mine", "author": "me"}).new_page()
    put(page, kept_event(value="atlantis"))

    questions = Questions(page).open()
    assert questions.link_id == "country"
    questions.answer("country", "ie")
    page.goto("/check-answers")

    expect(page.get_by_text("atlantis")).to_have_count(0)
    expect(page.get_by_text("Ireland")).to_be_visible()
    # What was said once stays in the history, though it counts nowhere.
    assert [event["value"] for event in kept_events(page)][2:] == ["atlantis", "ie"]


def test_answers_are_taken_where_the_app_is_not_served_over_https(page):
    page.add_init_script("Object.defineProperty(crypto, 'randomUUID', { value: undefined });")

    Questions(page).open().walk(until="country", device_owner="mine")

    assert answers_in(kept_events(page)) == {"device-owner": "mine", "author": "me"}


@pytest.mark.parametrize(
    "fragment", ["#%", "#%E0%A4%A", "#no-such-question", "#change/", "#urgent/"]
)
def test_strange_address_leads_to_the_question_that_is_next(a_phone, fragment):
    page = a_phone(BEGUN).new_page()

    assert Questions(page).open(fragment).link_id == "signs-bladder-bowel"


def test_address_of_a_warning_that_is_over_shows_its_question(a_phone):
    page = a_phone({**BEGUN, "signs-bladder-bowel": ["none"]}).new_page()

    questions = Questions(page).open("#urgent/signs-bladder-bowel")

    expect(questions.form).to_have_attribute("data-link-id", "signs-bladder-bowel")
    expect(page.locator("[data-urgency]")).to_have_count(0)
