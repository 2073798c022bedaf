"""No answer is lost in a frame, whether the browser keeps its storage apart or refuses it."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, expect

from fbss_app.domain.questionnaire.model import ItemType
from tests.browser.clinic import SOON
from tests.browser.host_site import FrameQuestions, HostSite
from tests.browser.questions import Questions, plain_answer
from tests.browser.site import OwnServer
from tests.browser.storage import (
    IS_REAL,
    KEEPS_COOKIE,
    OPENS_DATABASE,
    answers_in,
    kept_events,
)
from tests.browser.website import FIRST, NAME, Website, visited_website
from tests.chromium import find_chromium, launch_arguments

HALF_TYPED = "Half a sen"


@pytest.fixture
def refusing(browser: Browser) -> Callable[..., BrowserContext]:
    """A phone that blocks what other sites keep, as Chromium does in a private window."""
    return browser.new_context


@pytest.fixture
def parting(browser: Browser, tmp_path: Path) -> Callable[..., BrowserContext]:
    """A phone that keeps it apart for each site around the frame, as Chromium usually does."""
    # A new profile blocks it; this is what the settings call to allow third-party cookies.
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(
        json.dumps({"profile": {"cookie_controls_mode": 0}})
    )
    launch = browser.browser_type.launch_persistent_context
    return partial(launch, tmp_path, executable_path=find_chromium(), args=launch_arguments())


@pytest.fixture(params=["refusing", "parting"])
def phone(request: pytest.FixtureRequest) -> tuple[str, Callable[..., BrowserContext]]:
    return request.param, request.getfixturevalue(request.param)


@pytest.fixture
def website(
    browser: Browser,
    phone: tuple[str, Callable[..., BrowserContext]],
    own_server: OwnServer,
    host: HostSite,
) -> Iterator[Website]:
    kind, new_context = phone
    with visited_website(browser, own_server, host, new_context=new_context) as website:
        expect_storage(website.frame, kind)
        yield website


def expect_storage(frame: Frame, kind: str) -> None:
    """Expect the browser to do with this frame's storage what the test is about."""
    is_kept = kind == "parting"
    assert frame.evaluate(IS_REAL, "localStorage") is is_kept
    assert frame.evaluate(IS_REAL, "sessionStorage") is is_kept
    assert frame.evaluate(OPENS_DATABASE) is is_kept
    if not is_kept:
        assert not frame.evaluate(KEEPS_COOKIE)


def walk(questions: FrameQuestions, end: str, **others: Any) -> dict[str, Any]:
    """Answer up to a question, and give what was answered."""
    given: dict[str, Any] = {}
    for key in questions.through(end, **others):
        if questions.link_id and questions.item.type is not ItemType.DISPLAY:
            usual = plain_answer(questions.item)
            given[key] = others.get(key.replace("-", "_"), usual)
    return given


def sent_answers(website: Website) -> dict[str, Any]:
    """Give what the clinic can read of the answers that were sent under the usual name."""
    return website.clinic.answers_of(NAME)


def test_a_person_consents_saves_and_sends_without_losing_an_answer(website: Website):
    given = walk(website.begin(), "age-band", **FIRST)
    website.save()
    website.go("/summary")
    website.go("/send")
    website.send()

    assert len(given) > 10
    assert sent_answers(website) == given


def test_a_page_of_its_own_gets_every_answer_and_what_is_half_typed(website: Website):
    questions = website.begin()
    given = walk(questions, "operation-hospital", **FIRST)
    questions.fill(HALF_TYPED)
    website.page.wait_for_timeout(500)

    own = website.leave()

    expect(own).to_have_url(re.compile("/questionnaire#"), timeout=SOON)
    Questions(own).wait_until_ready()
    assert answers_in(kept_events(own, "sessionStorage")) == given
    expect(own.locator('form [name="value"]')).to_have_value(HALF_TYPED)
    # Nothing of it passed through the server.
    assert not [url for url in website.requests if "/api/v1/responses" in url]


def test_the_page_says_where_the_answers_are(website: Website):
    walk(website.begin(), "signs-bladder-bowel", **FIRST)

    status = website.frame.locator("[data-sync]").first
    is_kept = website.frame.evaluate(IS_REAL, "sessionStorage")
    expect(status).to_have_text(
        "Kept until you close this tab" if is_kept else "Not kept: storage is blocked"
    )
