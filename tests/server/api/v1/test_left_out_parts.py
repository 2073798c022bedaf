"""What a patient gets of their own answers where a clinic leaves optional parts out."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from fbss_app.server.api.app import create_api
from fbss_app.settings import Settings
from tests.server.builders import Clock, Phone, a_consent, an_event, assert_error, make_keys
from tests.server.documents.pdf import Pdf
from tests.server.services.clinic.test_left_out_parts import ANSWERS, DEFINITION, OWN_WORDS, PART

OF_THE_PART = (OWN_WORDS, "Very low", "Mood score")
ALWAYS = ("Strong leg pain", "Leg score")
MASKED = {"absent": "masked"}


@pytest.fixture
def api(settings: Settings, clock: Clock) -> Iterator[FastAPI]:
    api = create_api(settings, [DEFINITION], load_keys=make_keys, now=clock)
    yield api
    api.state.context.database.close()


def saved(phone: Phone, answers: dict[str, Any]) -> Phone:
    events = [an_event(link_id=key, value=value) for key, value in answers.items()]
    reply = phone.sync(*events, consent=a_consent(), questionnaire=DEFINITION.name)
    assert reply.status_code == 200, reply.text
    return phone


def get(phone: Phone, name: str, *left_out: str):
    query = {"left_out": list(left_out)}
    return phone.client.get(f"{phone.url}/{name}", params=query, headers=phone.headers)


def words_of(phone: Phone, *left_out: str) -> str:
    reply = get(phone, "summary.pdf", *left_out)
    assert reply.status_code == 200, reply.text
    return Pdf.read(reply.content).text


@pytest.mark.parametrize("left_out", [(), ("pet",), ("of-a-later-version",)])
def test_pdf_has_the_parts_that_were_asked(phone: Phone, left_out: tuple[str, ...]):
    text = words_of(saved(phone, ANSWERS), *left_out)

    assert [each for each in (*OF_THE_PART, *ALWAYS) if each not in text] == []


def test_pdf_has_nothing_of_a_part_that_was_not_asked(phone: Phone):
    text = words_of(saved(phone, ANSWERS), PART, "pet")

    assert [each for each in OF_THE_PART if each in text] == []
    assert [each for each in ALWAYS if each not in text] == []


def test_question_put_aside_in_a_part_left_out_is_not_told_as_open(phone: Phone):
    saved(phone, {"leg-pain": 8, PART: True, "mood": MASKED})

    assert "Not answered yet" in words_of(phone)
    assert "Not answered yet" not in words_of(phone, PART)


def test_only_optional_parts_can_be_left_out(phone: Phone):
    text = words_of(saved(phone, ANSWERS), "pain", "leg-pain", "mood")

    assert [each for each in (*OF_THE_PART, *ALWAYS) if each not in text] == []


def test_list_of_parts_is_limited(phone: Phone):
    saved(phone, ANSWERS)

    assert_error(get(phone, "summary.pdf", *["x"] * 101), 422, "invalid-content")
    assert_error(get(phone, "summary.pdf", "x" * 201), 422, "invalid-content")


@pytest.mark.parametrize("name", ["export.json", "export.html", "questionnaire-response.json"])
def test_download_keeps_a_part_that_was_answered_and_tells_of_none_that_was_not(
    phone: Phone, name: str
):
    text = get(saved(phone, ANSWERS), name).text

    assert OWN_WORDS in text
    assert "pet" not in text
