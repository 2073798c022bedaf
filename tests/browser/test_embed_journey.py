"""A patient answers in a clinic's website, sends, goes on in a page of its own, and is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.browser.clinic import SOON, Clinic
from tests.browser.host_site import FrameQuestions, HostSite, frame_of, running_host, until
from tests.browser.questions import Questions
from tests.browser.site import OwnServer

NAME = "Jo Miller, 1961"
FIRST = {"device_owner": "shared", "author": "me", "country": "gb"}
ANSWERS = "after-back-surgery:event:"


@pytest.fixture(scope="module")
def host(own_server: OwnServer) -> Iterator[HostSite]:
    with running_host(own_server.address) as site:
        yield site


@dataclass(frozen=True)
class Website:
    """A clinic with its website, and a phone that is on it."""

    clinic: Clinic
    slug: str
    context: BrowserContext
    page: Page
    requests: list[str]

    @property
    def frame(self) -> Frame:
        """The questionnaire in the page."""
        return frame_of(self.page, self.slug)

    def begin(self) -> FrameQuestions:
        """Start the questions."""
        self.frame.get_by_role("link", name="Start the questions").click()
        return FrameQuestions(self.frame)

    def tap(self, name: str) -> None:
        """Press a button in the frame."""
        self.frame.get_by_role("button", name=name, exact=True).first.click()

    def go(self, path: str) -> None:
        """Follow a link of the frame to another page."""
        before = self.frame.url
        self.frame.locator(f'a[href$="{path}"]').first.click()
        until(lambda: self.frame.url != before, self.page)

    def save(self) -> None:
        """Agree to saving, and wait until it is done."""
        self.go("/save")
        self.frame.get_by_label("I agree to this").check()
        self.tap("Save my answers")
        line = self.frame.locator(".status[data-sync]")
        expect(line).to_have_attribute("data-sync", "saved", timeout=SOON)

    def leave(self) -> Page:
        """Open the answers in a page of its own."""
        with self.context.expect_page() as opened:
            self.frame.get_by_role("link", name="Open in its own page").click()
        return opened.value


def asking_for_completed(html: str) -> str:
    return html.replace("data-fbss", "data-fbss data-fbss-completed", 1)


@pytest.fixture
def website(browser: Browser, own_server: OwnServer, host: HostSite) -> Iterator[Website]:
    clinic = Clinic(own_server, "Meadow Clinic")
    slug = clinic.open_own_pages(host.origin, accent="plum", phone="+44 20 7946 0001")
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url))
    page.goto(host.page(slug, change=asking_for_completed))
    yield Website(clinic, slug, context, page, requests)
    context.close()


def kept_of(page: Page) -> list[str]:
    names = page.evaluate("() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)]")
    return [name for name in names if ANSWERS in name]


def test_from_the_website_to_the_inbox(website: Website, desks: Any, own_server: OwnServer):
    website.page.evaluate(
        "() => { window.done = []; document.addEventListener('fbss:completed',"
        " (event) => window.done.push([event.target.nodeName, event.detail])); }"
    )
    website.begin().walk(until="age-band", signs_bladder_bowel=["r1"], **FIRST)
    assert website.page.evaluate("window.done") == []
    website.frame.get_by_role("link", name="Summary", exact=True).click()
    expect(website.frame.locator(".summary-page")).to_be_visible()
    website.go("/send")
    expect(website.frame.get_by_text("What Meadow Clinic gets")).to_be_visible()

    # A name is asked for, and nothing is sent without it.
    website.tap("Send my answers")
    expect(website.frame.locator("#error-summary")).to_contain_text("Enter your name")
    website.frame.get_by_label("Your name, as the clinic knows you").fill(NAME)
    website.frame.get_by_label("I agree to this", exact=True).check()
    website.frame.get_by_label("I agree that my answers are saved on the server").check()
    website.tap("Send my answers")
    expect(website.frame.get_by_text("Your answers are with Meadow Clinic")).to_be_visible(
        timeout=SOON
    )
    assert website.page.evaluate("window.done") == [["IFRAME", None]]

    desk = desks().sit_down(website.clinic)
    desk.open("/clinic")
    expect(desk.row(NAME)).to_contain_text("Emergency signs", timeout=SOON)
    desk.open("/clinic/invitations")
    expect(desk.page.locator(".member", has_text=NAME)).to_contain_text("through your own pages")

    # Nothing but the app and the website was asked for anything; nobody kept a cookie or a worker.
    assert not [
        url
        for url in website.requests
        if not url.startswith((own_server.address, host_of(website)))
    ]
    assert not [url for url in website.requests if "sw.js" in url or url.startswith("ws")]
    assert website.context.cookies() == []
    assert website.context.service_workers == []


def host_of(website: Website) -> str:
    return re.sub(r"/\d+$", "", website.page.url)


def test_answers_that_were_never_saved_come_along_to_a_page_of_their_own(website: Website):
    website.begin().walk(until="age-band", **FIRST)
    before = len(website.requests)
    own = website.leave()
    expect(own).to_have_url(re.compile(rf"/c/{website.slug}/questionnaire#age-band$"))
    questions = Questions(own)
    questions.wait_until_ready()
    assert questions.link_id == "age-band"
    assert len(kept_of(own)) > 10
    assert not [url for url in website.requests[before:] if "/api/" in url]
    expect(own.locator(".clinic-band")).to_have_text("Meadow Clinic")
    assert own.evaluate("document.documentElement.dataset.accent") == "plum"
    expect(
        website.frame.get_by_text("Your answers went along to a page of their own")
    ).to_be_visible()
    # They outlive a new load there.
    own.reload()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible()
    questions.wait_until_ready()
    own.goto(re.sub(r"/questionnaire.*", "/check-answers", own.url))
    questions.wait_until_ready()
    expect(own.get_by_text("It is shared or borrowed")).to_be_visible()
    assert own.url.endswith(f"/c/{website.slug}/check-answers")


def test_answers_that_are_hidden_do_not_leave_the_frame(website: Website):
    website.begin().walk(until="author", **FIRST)
    website.context.clock.install()
    website.context.clock.fast_forward("35:00")
    own = website.leave()
    expect(own.get_by_role("heading", level=1)).to_have_text(
        "Your answers stayed where they are", timeout=SOON
    )
    assert kept_of(own) == []


def test_saved_answers_go_on_in_both_places(website: Website):
    questions = website.begin()
    questions.walk(until="age-band", **FIRST)
    website.save()
    own = website.leave()
    expect(own).to_have_url(re.compile(rf"/c/{website.slug}/"))
    line = own.locator(".status[data-sync]")
    expect(line).to_have_attribute("data-sync", "saved", timeout=SOON)


def test_back_does_not_take_the_answers_over_again(website: Website):
    website.begin().walk(until="age-band", **FIRST)
    own = website.leave()
    questions = Questions(own)
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible(timeout=SOON)
    questions.answer_plainly()
    questions.next()
    expect(own.locator('form[data-link-id="age-band"]')).to_have_count(0)
    kept = kept_of(own)
    own.go_back()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible()
    assert own.evaluate("history.length") <= 2
    assert kept_of(own) == kept
    assert not [name for name in kept if ":aside:" in name]


def test_second_time_brings_along_what_is_new_and_loses_nothing(website: Website):
    mine = {**FIRST, "device_owner": "mine"}
    website.begin().walk(until="age-band", **mine)
    own = website.leave()
    expect(own.locator('form[data-link-id="age-band"]')).to_be_visible(timeout=SOON)
    questions = Questions(own)
    questions.answer_plainly()
    questions.next()
    expect(own.locator('form[data-link-id="age-band"]')).to_have_count(0)
    kept = kept_of(own)
    own.close()
    # The frame still holds what it held, and less than the page has by now.
    again = website.leave()
    expect(again).to_have_url(re.compile(r"/questionnaire#"), timeout=SOON)
    Questions(again).wait_until_ready()
    assert set(kept_of(again)) == set(kept)
    assert again.locator('form[data-link-id="age-band"]').count() == 0


def test_who_tries_again_to_send_is_invited_once(website: Website):
    website.begin().walk(until="age-band", **FIRST)
    website.save()
    website.go("/summary")
    website.go("/send")
    refusals = iter([503])

    def refuse(route: Any) -> None:
        status = next(refusals, None)
        if route.request.method == "PUT" and status:
            route.fulfill(status=status, body="{}")
        else:
            route.fallback()

    website.context.route("**/submission", refuse)
    website.frame.get_by_label("Your name, as the clinic knows you").fill(NAME)
    website.frame.get_by_label("I agree to this", exact=True).check()
    website.tap("Send my answers")
    trouble = website.frame.get_by_text("The server could not do it just now")
    expect(trouble).to_be_visible(timeout=SOON)
    website.tap("Send my answers")
    expect(website.frame.get_by_text("Your answers are with Meadow Clinic")).to_be_visible(
        timeout=SOON
    )
    asked = [url for url in website.requests if url.endswith(f"/{website.slug}/invitations")]
    assert len(asked) == 1


def test_page_whose_opener_cannot_be_reached_says_so(website: Website, own_server: OwnServer):
    page = website.context.new_page()
    page.goto(f"{own_server.address}/c/{website.slug}/take-over")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers stayed where they are")
    assert kept_of(page) == []


def test_page_of_another_origin_gets_and_gives_no_answer(website: Website, own_server: OwnServer):
    """A website may open that page, but is not the frame that holds the answers."""
    with website.context.expect_page() as opened:
        website.page.evaluate(
            "(address) => { window.heard = [];"
            " window.addEventListener('message', ({ data }) => window.heard.push(data));"
            " window.other = window.open(address); }",
            f"{own_server.address}/c/{website.slug}/take-over",
        )
    own = opened.value
    expect(own.locator("html[data-ready]")).to_have_count(1)
    entry = [
        "after-back-surgery:event:00000001:x",
        {"link_id": "age-band", "path": [], "value": "x"},
    ]
    website.page.evaluate(
        "(entries) => window.other.postMessage({ v: 1, type: 'fbss:answers', entries }, '*')",
        [entry],
    )
    expect(own.get_by_role("heading", level=1)).to_have_text(
        "Your answers stayed where they are", timeout=SOON
    )
    assert kept_of(own) == []
    assert [one for one in website.page.evaluate("window.heard") if "entries" in one] == []


def test_link_to_come_back_opens_the_clinics_own_page_never_the_frame(
    website: Website, own_server: OwnServer, people: Any
):
    website.begin().walk(until="age-band", **FIRST)
    website.save()
    website.go("/come-back")
    website.tap("Make a link for me")
    link = website.frame.locator("#made-link-text")
    expect(link).to_have_text(
        re.compile(rf"^{own_server.address}/c/{website.slug}/open#[\w-]{{43}}$"), timeout=SOON
    )
    other = people()
    other.page.goto(link.inner_text())
    expect(other.page.get_by_role("link", name="Carry on")).to_be_visible(timeout=SOON)
    assert other.page.url.endswith(f"/c/{website.slug}/open")
    other.page.goto(f"{own_server.address}/c/{website.slug}/send")
    expect(other.page.get_by_text("What Meadow Clinic gets")).to_be_visible(timeout=SOON)


def test_other_sites_and_papers_get_a_page_of_their_own(website: Website, own_server: OwnServer):
    # The browser of the tests saves a PDF that it is to show, from the page that was opened for it.
    before = website.frame.url
    with website.context.expect_page():
        website.frame.get_by_role("link", name="The questions on paper").click()
    assert website.frame.url == before
    website.frame.get_by_role("link", name="About", exact=True).click()
    website.frame.get_by_role("link", name="sources", exact=False).first.click()
    outside = website.frame.locator('a[href^="https://"]').first
    expect(outside).to_be_visible()
    # No test asks the internet: the website stands for what the link leads to.
    elsewhere = website.page.url
    outside.evaluate("(link, address) => { link.href = address; }", elsewhere)
    with website.context.expect_page() as opened:
        website.frame.locator(f'a[href="{elsewhere}"]').click()
    expect(opened.value).to_have_url(elsewhere)
    assert website.frame.url.startswith(own_server.address)


def test_clinic_and_consent_are_there_before_the_scripts(website: Website, own_server: OwnServer):
    page = website.context.new_page()
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto(f"{own_server.address}/c/{website.slug}/send")
    expect(page.locator(".clinic-band")).to_have_text("Meadow Clinic")
    expect(page.get_by_role("heading", name="What Meadow Clinic gets")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.accent") == "plum"
    # The scripts take the page over as it is.
    page.unroute("**/assets/*.js")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.reload()
    expect(page.locator("html[data-ready]")).to_have_count(1)
    expect(page.get_by_text("So there is nothing to send yet.")).to_be_visible()
    assert wrong == []


def test_host_page_reads_in_its_order(website: Website):
    website.frame.get_by_role("link", name="Start the questions").wait_for()
    order = re.findall(
        r"heading|iframe|link|paragraph", website.page.locator("main").aria_snapshot()
    )
    assert order[:2] == ["heading", "paragraph"]
    assert order[-2:] == ["paragraph", "link"]
    assert "iframe" in order
    inside = website.frame.locator("body").aria_snapshot()
    places = [inside.index(name) for name in ("Skip to main content", "Meadow Clinic", "main:")]
    assert places == sorted(places)


def test_printing_from_the_frame_prints_the_summary_alone(website: Website):
    website.begin().walk(until="age-band", **FIRST)
    website.frame.get_by_role("link", name="Summary", exact=True).click()
    expect(website.frame.locator(".summary-page")).to_be_visible()
    website.page.emulate_media(media="print")
    for around in (".clinic-band", ".page-header", ".page-footer nav", ".button"):
        assert not any(one.is_visible() for one in website.frame.locator(around).all()), around
    expect(website.frame.locator(".summary-page")).to_be_visible()
    website.page.emulate_media(media="screen")


def test_numbers_of_another_country_are_never_shown(
    browser: Browser, own_server: OwnServer, host: HostSite
):
    clinic = Clinic(own_server, "Prairie Clinic")
    slug = clinic.open_own_pages(host.origin, country="us")
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.add_init_script(
        "window.seen = new Set(); const look = () => { for (const link of"
        " document.querySelectorAll('a[href^=\"tel:\"]')) if (link.checkVisibility({"
        " visibilityProperty: true })) window.seen.add(link.getAttribute('href'));"
        " requestAnimationFrame(look); }; look();"
    )
    page.goto(f"{own_server.address}/c/{slug}/urgent-help")
    expect(page.locator("html[data-ready]")).to_have_count(1)
    expect(page.locator('a[href="tel:911"]').first).to_be_visible()
    assert "tel:999" not in page.evaluate("[...window.seen]")
    context.close()


def test_clinics_own_page_is_there_without_a_connection(website: Website, own_server: OwnServer):
    page = website.context.new_page()
    page.goto(f"{own_server.address}/c/{website.slug}")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    expect(page.locator("html[data-ready]")).to_have_count(1)
    # Also those that were only walked through.
    page.wait_for_function(
        "async (path) => Boolean(await (await caches.open('clinic-pages')).match(path))",
        arg=f"/c/{website.slug}/urgent-help",
    )
    website.context.set_offline(True)
    page.reload()
    expect(page.locator(".clinic-band")).to_have_text("Meadow Clinic")
    page.get_by_role("link", name="Start the questions").click()
    expect(page.locator("form[data-link-id]")).to_be_visible()
    page.reload()
    expect(page.locator(".clinic-band")).to_have_text("Meadow Clinic")
    expect(page.locator("html[data-ready]")).to_have_count(1)
    expect(page.locator("form[data-link-id]")).to_be_visible()
    website.context.set_offline(False)


def test_unknown_clinic_and_page_are_told(page: Page, website: Website):
    reply = page.goto("/c/no-such-clinic")
    assert reply
    assert reply.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    reply = page.goto(f"/c/{website.slug}/no-such-page")
    assert reply
    assert reply.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
