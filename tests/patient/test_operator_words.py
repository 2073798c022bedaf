"""The privacy page and the consent name who answers for the data, or that nobody has said."""

from typing import Any

import pytest

from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import inline_groups
from fbss_app.patient.pages.operator_words import operator_words
from fbss_app.patient.pages.save import consent_text, consent_text_sha256
from fbss_app.patient.pages.text_pages import privacy_page
from fbss_app.settings import Settings

NAME, CONTACT = 'North "Spine" <Trust>', "data@north.example"
UNNAMED = "It has not said yet who it is"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPERATOR_NAME", "OPERATOR_CONTACT"):
        monkeypatch.delenv(f"FBSS_{name}", raising=False)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FBSS_OPERATOR_NAME", NAME)
    monkeypatch.setenv("FBSS_OPERATOR_CONTACT", CONTACT)


def consent() -> str:
    lines = ["".join(plain_text(one)) for block in consent_text() for one in inline_groups(block)]
    return "\n".join(lines)


def privacy() -> str:
    return _words(privacy_page().render()).replace("\\", "")


def _words(rendered: Any) -> str:
    if isinstance(rendered, dict):
        return "\n".join(_words(each) for each in rendered.values())
    if isinstance(rendered, list | tuple):
        return "\n".join(_words(each) for each in rendered)
    return str(rendered)


@pytest.mark.usefixtures("named")
def test_the_name_and_the_way_to_reach_them_stand_in_both():
    assert f"the server of {NAME}." in consent()
    for words in (consent(), privacy()):
        assert f"How to reach {NAME}: {CONTACT}" in words
        assert UNNAMED not in words
        assert "{operator" not in words


def test_unset_both_say_that_nobody_has_said():
    for words in (consent(), privacy()):
        assert UNNAMED in words
        assert "{operator" not in words


def test_the_notice_tells_both_cases_apart():
    words = privacy()
    assert "You save your answers yourself:" in words
    assert "the controller is the organisation that runs this copy of the app" in words
    assert "that clinic is the controller" in words


def test_another_operator_is_another_consent(monkeypatch: pytest.MonkeyPatch):
    before = consent_text_sha256()
    monkeypatch.setenv("FBSS_OPERATOR_NAME", NAME)
    monkeypatch.setenv("FBSS_OPERATOR_CONTACT", CONTACT)
    assert consent_text_sha256() != before


def test_half_a_setting_names_nobody():
    half = Settings(_env_file=None).model_copy(update={"operator_name": NAME})  # pyright: ignore[reportCallIssue]
    assert UNNAMED in operator_words(half)["operator_contact"]
