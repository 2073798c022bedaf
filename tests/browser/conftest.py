import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.clinic import Desk
from tests.browser.engine_website import running_engine
from tests.browser.engines.shown import Engine
from tests.browser.host_site import HostSite, running_host
from tests.browser.kept import kept_answers
from tests.browser.sharing import Person
from tests.browser.site import BUILT_SITE, CopiedSite, OwnServer, running_server
from tests.browser.website import Website, visited_website
from tests.chromium import find_chromium, launch_arguments

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=launch_arguments()
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def own_server(tmp_path_factory):
    """Run the app, built from these sources, with a database that tests may reach."""
    data_dir: Path = tmp_path_factory.mktemp("data")
    said: list[str] = []
    with running_server(data_dir, said=said) as address:
        yield OwnServer(address, data_dir, said)


@pytest.fixture(scope="session")
def site(request):
    """Give the address of the running app, built from these sources, or of one that is named."""
    if named := os.environ.get("FBSS_TEST_ADDRESS"):
        return named.rstrip("/")
    return request.getfixturevalue("own_server").address


@pytest.fixture
def desks(browser: Browser, own_server: OwnServer):
    """Give a function that makes desks in clinics, each with a browser of its own."""
    made: list[Desk] = []

    def desk(**options: Any) -> Desk:
        made.append(Desk(browser, own_server.address, **options))
        return made[-1]

    yield desk
    for one in made:
        one.context.close()


@pytest.fixture(scope="module")
def host(own_server: OwnServer) -> Iterator[HostSite]:
    """Serve a clinic's website on another origin than the app."""
    with running_host(own_server.address) as site:
        yield site


@pytest.fixture(params=["Firefox", "WebKit"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Run each of the other engines, where it is installed."""
    with running_engine(request.param) as engine:
        yield engine


@pytest.fixture
def website(browser: Browser, own_server: OwnServer, host: HostSite) -> Iterator[Website]:
    """Give a clinic with such a website, and a phone that is on it."""
    with visited_website(browser, own_server, host) as website:
        yield website


@pytest.fixture
def context(browser: Browser, site: str) -> BrowserContext:
    """Give a phone that has never been here."""
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def phone_with(browser: Browser, site: str):
    """Give a function that opens a page of a phone on which answers are kept already."""
    contexts: list[BrowserContext] = []

    def open_phone(answers: dict[str, Any], **options: Any) -> Page:
        options = {"viewport": {"width": 360, "height": 740}, **options}
        context = browser.new_context(
            base_url=site, storage_state=kept_answers(site, answers), **options
        )
        contexts.append(context)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()


@pytest.fixture
def people(browser: Browser, site: str):
    """Give a function that makes people, each with a phone of their own."""
    made: list[Person] = []

    def person(answers: dict[str, Any] | None = None, **options: Any) -> Person:
        made.append(Person(browser, site, answers, **options))
        return made[-1]

    yield person
    for one in made:
        one.context.close()


@pytest.fixture
def copied_site(tmp_path):
    assert BUILT_SITE.exists(), "build the site first: python -m fbss_app build"
    copy = CopiedSite(tmp_path)
    yield copy
    with contextlib.suppress(OSError):
        copy.stop()
