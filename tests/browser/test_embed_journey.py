"""A patient answers in a clinic's website, sends, and is found."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.clinic import SOON, Clinic
from tests.browser.host_site import HostSite, until
from tests.browser.site import OwnServer
from tests.browser.website import FIRST, Website

NAME = "Jo Miller, 1961"
IS_KEPT = """async (address) =>
  Boolean(await (await caches.open("clinic-pages")).match(address))"""


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
    happened: list[str] = []

    def break_until_tried_again(route: Route) -> None:
        if happened == ["loaded anew", "broken"]:
            route.continue_()
            return
        if happened:
            happened.append("broken")
        route.abort()

    page.route("**/questionnaire", break_until_tried_again)
    page.goto(f"{own_server.address}/c/{website.slug}")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    happened.append("loaded anew")
    expect(page.locator("html[data-ready]")).to_have_count(1)
    # Also those that were only walked through.
    for path in ("questionnaire", "urgent-help"):
        address = f"/c/{website.slug}/{path}"
        until(lambda address=address: page.evaluate(IS_KEPT, address), page)
    assert happened == ["loaded anew", "broken"]
    page.unroute("**/questionnaire")
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
