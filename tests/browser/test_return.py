"""Coming back: with a link, a QR code or a short code, on this phone or another."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.audit import problems
from tests.browser.people import BEGUN
from tests.browser.sharing import LINK
from tests.browser.storage import kept_entries

CANARY = "Canary walks every day"
ANSWERS = {**BEGUN, "main-concern": CANARY}
YEAR = "1961"
OPEN_CALL = "**/api/v1/links/open"
CODE_CALL = "**/api/v1/links/open-with-code"


@pytest.fixture
def saved(people):
    """Give somebody whose answers are on the server."""
    return people(ANSWERS).save()


def refuse(status, headers=None):
    body = json.dumps({"error": {"code": "x", "message": "x", "problems": []}})
    return lambda route: route.fulfill(
        status=status, body=body, headers=headers or {}, content_type="application/json"
    )


# The save page and what it leads to.


def test_saved_answers_lead_to_coming_back_helping_and_rights(saved):
    until = saved.page.get_by_text("The server keeps them until")
    expect(until).to_contain_text(re.compile(r"until \d+ \w+ \d{4}"))
    for name in ("Come back later", "Let someone help", "Your answers"):
        expect(saved.page.get_by_role("link", name=name, exact=True)).to_be_visible()
    assert problems(saved.page) == []


@pytest.mark.parametrize("fragment", ["", "#country", "#sections"])
def test_every_page_of_questions_offers_to_save_and_come_back(people, fragment):
    person = people(BEGUN)
    person.open(f"/questionnaire{fragment}")

    person.page.get_by_role("link", name="Save and come back later").click()

    expect(person.page.get_by_role("heading", level=1)).to_have_text(
        "Save your answers to the server"
    )


def test_nothing_saved_offers_saving_instead_of_a_link(people):
    person = people(BEGUN)
    for address in ("/come-back", "/helpers"):
        person.open(address)
        expect(person.page.get_by_text("Your answers are not on the server")).to_be_visible()
        expect(person.page.get_by_role("link", name="Save my answers")).to_be_visible()
        expect(person.page.get_by_role("button", name="Make")).to_have_count(0)
        assert problems(person.page) == []


# Making a link.


def test_return_link_of_a_helper_who_began_opens_as_a_helper_who_may_manage(people):
    began = people({**ANSWERS, "author": "helper"}).save(for_other=True)
    began.open("/come-back")
    began.page.get_by_label("The person I am helping has agreed").check()
    began.tap("Make a link for me")

    other = people()
    other.open_link(began.made_link)
    expect(other.page.locator("main")).to_contain_text("You open them as a helper")

    assert (other.record["role"], other.record["can_manage"]) == ("helper", True)
    began.open("/helpers")
    expect(began.page.get_by_role("heading", name="Another phone of a helper")).to_be_visible()


def test_return_link_is_shown_as_text_and_as_a_dark_code_on_white(saved, site):
    address = saved.make_return_link()

    assert address.startswith(f"{site}/open#")
    expect(saved.page.locator("#made-link")).to_be_focused()
    expect(saved.page.get_by_text("Whoever has this link can open these answers.")).to_be_visible()
    code = saved.page.get_by_role("img", name="QR code of this link")
    for scheme in ("light", "dark"):
        saved.page.emulate_media(color_scheme=scheme)
        fills = code.evaluate(
            "(svg) => [...svg.children].map((part) => getComputedStyle(part).fill)"
        )
        assert fills == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert problems(saved.page) == []


def test_qr_code_has_its_edge_and_its_three_corners(saved):
    saved.make_return_link()
    code = saved.page.get_by_role("img", name="QR code of this link")
    size = int(code.get_attribute("viewBox").split()[2])
    path = code.locator("path").get_attribute("d")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
    dark = {(int(x) + i, int(y)) for x, y, length in runs for i in range(int(length))}

    assert {min(x for x, _ in dark), min(y for _, y in dark)} == {4}
    assert {max(x for x, _ in dark), max(y for _, y in dark)} == {size - 5}
    for left, top in ((4, 4), (size - 11, 4), (4, size - 11)):
        ring = {(left + i, top) for i in range(7)} | {(left, top + i) for i in range(7)}
        assert ring <= dark
        assert (left + 1, top + 1) not in dark
        assert (left + 3, top + 3) in dark


def test_link_is_copied_where_the_phone_allows_it_and_marked_where_not(saved):
    saved.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = saved.make_return_link()
    saved.tap("Copy the link")
    expect(saved.page.get_by_text("Copied.")).to_be_visible()
    assert saved.page.evaluate("navigator.clipboard.readText()") == address

    saved.page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }"
    )
    saved.tap("Copy the link")

    expect(saved.page.get_by_text("The link is marked now.")).to_be_visible()
    assert saved.page.evaluate("getSelection().toString()") == address


def test_link_is_handed_to_the_phones_own_way_of_sending(saved):
    saved.page.add_init_script(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve(); }"
    )
    address = saved.make_return_link()

    saved.tap("Send it")

    assert saved.page.evaluate("window.shared")["url"] == address


def test_link_is_handed_to_the_mail_app_where_there_is_no_such_way(saved):
    saved.page.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined })")
    address = saved.make_return_link()

    mail = saved.page.get_by_role("link", name="Send it by e-mail").get_attribute("href")

    assert mail.startswith("mailto:?")
    assert parse_qs(urlsplit(mail).query)["body"] == [address]


def test_secret_of_a_link_reaches_the_server_only_as_a_mark(saved):
    secret = LINK.search(saved.make_return_link())[1]

    (made,) = [one for one in saved.requests if one.method == "PUT"]
    assert re.fullmatch("[0-9a-f]{64}", made.post_data_json["secret_sha256"])
    assert not [one for one in saved.requests if secret in one.url + (one.post_data or "")]
    assert secret not in json.dumps(kept_entries(saved.page))
    saved.page.get_by_role("link", name="Saved answers").click()
    expect(saved.page.get_by_role("heading", level=1)).to_have_text("Your saved answers")
    assert secret not in saved.page.content()


def test_link_that_cannot_be_made_says_so_and_can_be_tried_again(saved):
    saved.open("/come-back")
    saved.context.set_offline(True)
    saved.tap("Make a link for me")
    expect(saved.page.get_by_text("There is no connection. Go online")).to_be_visible()
    assert saved.page.locator(".qr").count() == 0

    saved.context.set_offline(False)
    saved.tap("Make a link for me")

    assert LINK.search(saved.made_link)


# Opening a link.


def test_link_opens_everything_on_another_phone_and_cleans_the_address(saved, people, site):
    address = saved.make_return_link()
    secret = LINK.search(address)[1]
    other = people()
    seen = []
    other.page.on("framenavigated", lambda frame: seen.append(frame.url))

    other.open_link(address)

    assert other.page.url == f"{site}/open"
    expect(other.page.locator("#opened")).to_be_focused()
    expect(other.page.get_by_text("your own answers")).to_be_visible()
    assert problems(other.page) == []
    assert not [one for one in other.requests if secret in one.url + (one.post_data or "")]
    other.page.get_by_role("link", name="Carry on with the questions").click()
    other.open("/check-answers")
    expect(other.page.get_by_text(CANARY)).to_be_visible()
    assert other.record["id"] == saved.record["id"]
    other.page.go_back()
    assert secret not in other.page.url


def test_address_is_clean_before_any_script_of_the_app_has_come(saved, people, site):
    address = saved.make_return_link()
    other = people()
    held = []
    other.page.route("**/*.js", lambda route: held.append(route))

    other.page.goto(address, wait_until="commit")

    expect(other.page.get_by_role("heading", level=1)).to_have_text("Open the answers")
    assert other.page.url == f"{site}/open"
    for route in held:
        route.abort()


def test_link_opens_a_second_third_and_tenth_time(saved, people):
    address = saved.make_return_link()
    for _ in range(10):
        other = people()
        other.open_link(address)
        expect(other.page.locator("#opened")).to_have_text("The answers are open")
        other.context.close()


def test_own_link_changes_nothing_on_the_phone_that_made_it(saved):
    address = saved.make_return_link()
    before = saved.record

    saved.open_link(address)

    expect(saved.page.locator("#opened")).to_have_text("These answers are on this phone already")
    assert saved.record["secret"] == before["secret"]


@pytest.mark.parametrize("secret", ["A" * 43, "A" * 30])
def test_link_that_opens_nothing_says_so_and_offers_the_code(people, secret):
    person = people()

    person.open_link(f"/open#{secret}")

    expect(person.page.locator("#failed")).to_have_text("This link does not open any answers")
    expect(person.page.get_by_label("The code")).to_be_visible()
    assert problems(person.page) == []


def test_link_opened_offline_is_kept_until_it_is_tried_again(saved, people):
    address = saved.make_return_link()
    other = people()
    other.page.route(OPEN_CALL, lambda route: route.abort())
    other.open_link(address)
    expect(other.page.locator("#failed")).to_have_text("There is no connection")
    assert LINK.search(address)[1] not in other.page.content()

    other.page.unroute(OPEN_CALL)
    other.tap("Try again")

    expect(other.page.locator("#opened")).to_have_text("The answers are open")


@pytest.mark.parametrize(
    ("status", "headers", "heading", "text"),
    [
        (503, {}, "The server is busy", "Your link is safe."),
        (429, {"Retry-After": "540"}, "There were too many tries", "Wait about 9 minutes"),
    ],
)
def test_server_that_cannot_open_a_link_just_now(saved, people, status, headers, heading, text):
    address = saved.make_return_link()
    other = people()
    other.page.route(OPEN_CALL, refuse(status, headers))
    other.open_link(address)
    expect(other.page.locator("#failed")).to_have_text(heading)
    expect(other.page.get_by_text(text)).to_be_visible()
    assert problems(other.page) == []


def test_another_link_opened_on_the_same_page_is_taken_in(saved, people):
    address = saved.make_return_link()
    other = people()
    other.open_link(f"/open#{'A' * 43}")

    other.page.evaluate("(hash) => { location.hash = hash; }", address.partition("#")[2])

    expect(other.page.locator("#opened")).to_have_text("The answers are open")


def test_without_scripts_the_page_says_what_to_do(people):
    person = people(java_script_enabled=False)
    person.page.goto("/open")

    words = person.page.locator("main noscript p")
    expect(words).to_be_visible()
    expect(words).to_contain_text("This page needs JavaScript")
    expect(words).to_contain_text("the link still works")
    expect(person.page.get_by_text("Opening the answers")).to_be_hidden()


# A phone that holds other answers.


OWN_WORDS = "Canary of this phone"


@pytest.fixture
def keeper(people):
    """Give somebody whose phone holds answers that were never saved."""
    return people({**BEGUN, "main-concern": OWN_WORDS})


def answers_shown(person):
    person.open("/check-answers")
    expect(person.page.get_by_role("link", name="See my summary")).to_be_visible()
    return person.page.locator("main").inner_text()


def test_phone_with_other_answers_asks_which_to_use_and_keeps_both(saved, keeper):
    address = saved.make_return_link()
    keeper.open_link(address)
    expect(keeper.page.locator("#choose")).to_be_focused()
    expect(keeper.page.get_by_text("Both stay on this phone.")).to_be_visible()
    assert problems(keeper.page) == []

    keeper.tap("Use the ones from the link")

    expect(keeper.page.locator("#opened")).to_have_text("The answers are open")
    assert CANARY in answers_shown(keeper)
    keeper.open("/")
    expect(keeper.page.get_by_text("You have two sets of answers on this phone")).to_be_visible()
    assert problems(keeper.page) == []
    keeper.tap("Use these now")
    expect(keeper.page.locator("#held")).to_be_focused()
    keeper.expect_status("local")
    assert OWN_WORDS in answers_shown(keeper)
    keeper.open("/save")
    keeper.tap("Use these now")
    expect(keeper.page.get_by_role("heading", level=1)).to_have_text("Your saved answers")
    assert CANARY in answers_shown(keeper)


def test_answers_of_the_link_wait_where_the_phone_stays_with_its_own(saved, keeper):
    keeper.open_link(saved.make_return_link())

    keeper.tap("Stay with the ones on this phone")

    expect(keeper.page.locator("#opened")).to_have_text("You stay with the answers on this phone")
    assert OWN_WORDS in answers_shown(keeper)
    keeper.open("/save")
    keeper.tap("Use these now")
    keeper.expect_status("saved")
    assert CANARY in answers_shown(keeper)


def test_removing_waiting_answers_asks_first_and_says_what_was_never_sent(saved, keeper):
    keeper.open_link(saved.make_return_link())
    keeper.tap("Use the ones from the link")
    expect(keeper.page.locator("#opened")).to_be_visible()
    keeper.open("/save")

    keeper.tap("Remove", exact=True)
    expect(keeper.page.get_by_text("They would be lost.")).to_be_visible()
    assert problems(keeper.page) == []
    keeper.tap("Keep them")
    keeper.tap("Remove", exact=True)
    keeper.tap("Yes, remove them")

    expect(keeper.page.get_by_text("Removed from this phone.")).to_be_visible()
    expect(keeper.page.get_by_text("You have two sets")).to_have_count(0)
    assert OWN_WORDS not in json.dumps(kept_entries(keeper.page))
    assert CANARY in answers_shown(keeper)


# The short code.


def test_code_and_year_open_the_answers_however_they_are_typed(saved, people):
    code = saved.make_code(YEAR)
    assert re.fullmatch("[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}", code)
    expect(saved.page.locator("#made-code")).to_be_focused()
    assert problems(saved.page) == []
    other = people()
    other.open("/open")

    other.page.get_by_label("The code").fill(f" {code.lower().replace('-', ' ')} ")
    other.page.get_by_label("Year of birth").fill(YEAR)
    other.tap("Open the answers")

    expect(other.page.locator("#opened")).to_have_text("The answers are open")
    assert other.record["id"] == saved.record["id"]
    assert other.record["secret"] != saved.record["secret"]
    assert not [one for one in other.requests if code in one.url]


def test_code_form_says_what_is_missing(people):
    person = people()
    person.open("/open")

    person.tap("Open the answers")

    expect(person.page.locator("#error-summary")).to_be_focused()
    expect(person.page).to_have_title(re.compile("^Error: "))
    assert problems(person.page) == []
    person.page.get_by_role("alert").get_by_role("link").first.click()
    expect(person.page.get_by_label("The code")).to_be_focused()
    person.page.get_by_label("The code").fill("ABCDE23456")
    person.page.get_by_label("Year of birth").fill("61")
    person.tap("Open the answers")
    expect(person.page.get_by_role("alert").get_by_role("link")).to_have_text(
        re.compile("Enter the year of birth")
    )
    expect(person.page.get_by_label("The code")).to_have_value("ABCDE23456")


def test_wrong_code_and_wrong_year_get_the_same_words(saved, people):
    code = saved.make_code(YEAR)
    other = people()
    said = []
    for typed, year in (("22222-22222", YEAR), (code, "1962")):
        other.open("/open")
        other.page.get_by_label("The code").fill(typed)
        other.page.get_by_label("Year of birth").fill(year)
        other.tap("Open the answers")
        expect(other.page.locator("#error-summary")).to_be_focused()
        said.append(other.page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
    assert "open no answers" in said[0]


def test_code_that_was_tried_with_five_wrong_years_opens_nothing_any_more(saved, people):
    code = saved.make_code(YEAR)
    other = people()
    for year in ("1950", "1951", "1952", "1953", "1954", YEAR):
        other.open("/open")
        other.page.get_by_label("The code").fill(code)
        other.page.get_by_label("Year of birth").fill(year)
        other.tap("Open the answers")
        expect(other.page.locator("#error-summary")).to_be_focused()
    assert other.record == {}
    reply = other.context.request.post(
        "/api/v1/links/open-with-code", data={"code": code, "year_of_birth": int(YEAR)}
    )
    assert reply.status in {404, 429}


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (refuse(429, {"Retry-After": "120"}), "Wait about 2 minutes, and try again"),
        (refuse(500), "The server could not do it just now"),
        (lambda route: route.abort(), "There is no connection"),
    ],
)
def test_code_that_cannot_be_tried_just_now_stays_in_its_field(people, answer, text):
    person = people()
    person.page.route(CODE_CALL, answer)
    person.open("/open")
    person.page.get_by_label("The code").fill("ABCDE-23456")
    person.page.get_by_label("Year of birth").fill(YEAR)
    person.tap("Open the answers")

    expect(person.page.get_by_role("alert")).to_contain_text(text)
    expect(person.page.get_by_label("The code")).to_have_value("ABCDE-23456")


def test_new_code_ends_the_earlier_one(saved, people):
    first = saved.make_code(YEAR)
    assert saved.make_code(YEAR) != first
    other = people()
    other.open("/open")
    other.page.get_by_label("The code").fill(first)
    other.page.get_by_label("Year of birth").fill(YEAR)
    other.tap("Open the answers")

    expect(other.page.get_by_role("alert")).to_contain_text("open no answers")


def test_year_is_needed_for_a_code(saved):
    saved.open("/come-back")
    saved.page.get_by_label("Your year of birth").fill("1899")
    saved.tap("Make a code")

    expect(saved.page.locator("#error-summary")).to_be_focused()
    expect(saved.page.get_by_label("Your year of birth")).to_have_value("1899")
    assert problems(saved.page) == []


def test_link_and_code_are_what_is_printed(saved):
    saved.make_return_link()
    saved.page.emulate_media(media="print")

    expect(saved.page.locator("#made-link-text")).to_be_visible()
    expect(saved.page.locator(".qr")).to_be_visible()
    expect(saved.page.get_by_role("button")).to_have_count(0)
    expect(saved.page.get_by_text("There is nothing to do.")).to_be_hidden()
