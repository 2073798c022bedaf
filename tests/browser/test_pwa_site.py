"""The running site: its headers in a real browser, and whether it can be installed."""

import json
from urllib.request import urlopen

import pytest

from tests.chromium import find_chromium, launch_arguments

PATHS = ["/", "/questionnaire", "/check-answers", "/summary", "/options", "/learn", "/no-such-page"]


@pytest.mark.parametrize("path", PATHS)
def test_page_runs_under_its_own_policy(page, site, path):
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    origins = set()
    page.on("request", lambda request: origins.add("/".join(request.url.split("/")[:3])))

    response = page.goto(path)
    page.wait_for_load_state("networkidle")

    assert "script-src 'self' 'sha256-" in response.headers["content-security-policy"]
    assert [text for text in messages if "Policy" in text] == []
    assert origins <= {site, "data:"}


@pytest.mark.parametrize("path", ["/open", "/invited", "/clinic/log-in", "/", "/options"])
def test_search_engines_are_kept_from_pages_that_a_secret_or_a_log_in_opens(page, path):
    page.goto(path)
    is_for_all = path in ("/", "/options")
    assert page.locator('meta[name="robots"][content="noindex"]').count() == (not is_for_all)


def test_patient_page_opens_no_websocket(page):
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))

    page.goto("/questionnaire")
    page.wait_for_load_state("networkidle")

    assert sockets == []


def test_page_is_answered_at_its_clean_address(page, site):
    response = page.goto("/summary")

    assert response.request.redirected_from is None
    assert response.url == f"{site}/summary"
    assert page.goto("/summary/").url == f"{site}/summary"


@pytest.mark.parametrize(
    ("path", "caching"),
    [("/", "no-cache"), ("/sw.js", "no-cache"), ("/manifest.webmanifest", "no-cache")],
)
def test_what_changes_with_a_version_is_asked_for_again(site, path, caching):
    with urlopen(site + path) as response:
        assert response.headers["Cache-Control"] == caching


def test_hashed_files_are_kept_for_a_year(page):
    with page.expect_response("**/assets/entry.client-*.js") as caught:
        page.goto("/")

    assert "immutable" in caught.value.headers["cache-control"]


def test_manifest_and_all_it_names_are_served(site):
    with urlopen(f"{site}/manifest.webmanifest") as response:
        assert response.headers["Content-Type"] == "application/manifest+json"
        manifest = json.load(response)

    named = [manifest["start_url"], *(icon["src"] for icon in manifest["icons"])]
    named += [shot["src"] for shot in manifest.get("screenshots", [])]
    named += [shortcut["url"] for shortcut in manifest["shortcuts"]]
    for path in named:
        with urlopen(site + path) as response:
            assert response.status == 200


def test_browser_finds_nothing_against_installing(browser, tmp_path, site):
    # Installing is off in a private window, which is what a new context is.
    with browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=find_chromium(), args=launch_arguments()
    ) as context:
        page = context.pages[0]
        page.goto(site)
        session = context.new_cdp_session(page)

        errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
        manifest = session.send("Page.getAppManifest")

    assert errors == []
    assert manifest["errors"] == []
    assert manifest["url"] == f"{site}/manifest.webmanifest"
