import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fbss_app.content.body_map import body_map_svg
from fbss_app.server.documents import typesetting
from fbss_app.server.documents.typesetting import (
    MAX_CHARACTERS,
    DocumentTooLongError,
    Template,
    TypesetterBusyError,
    TypesettingError,
    typeset,
)
from tests.server.documents.conftest import NOW
from tests.server.documents.pdf import Pdf

TEMPLATES = sorted(Path(typesetting.__file__).parent.glob("*.typ"))
HOSTILE = [
    '#eval("1+1") #panic("x") #include "/etc/passwd" #sys.inputs',
    "$x^2$ *bold* _it_ `code` <label> @ref // comment /* */ \\ = Heading\n- item\n+ item",
    '"}]} {"data": "\\u0000',
    "\u202eright to left\u202c שלום مرحبا 😀🙏👩‍👩‍👧 e\u0301\u0327 \u0915\u094d\u0937",
    "x" * 5_000,
    "\n" * 50,
    "",
]


def data_of(*texts: str) -> dict[str, object]:
    """Put texts into every place of the summary that can hold a person's own words."""
    first = texts[0]
    facts = [{"label": text, "answers": [text, text], "note": text} for text in texts]
    return {
        "language": "en",
        "author": "A",
        "title": "T",
        "description": "D",
        "subtitle": "S",
        "origin": "O",
        "star": "",
        "foot": "F",
        "identity": ["Name"],
        "flags": {"title": "Flags", "signs": [{"level": "Soon", "heading": "Sign"}]},
        "parts": [
            {
                "title": "Part",
                "starred": True,
                "facts": facts,
                "tables": [
                    {"columns": ["A", first[:250]], "rows": [[t[:250], t[:250]] for t in texts]}
                ],
                "timeline": None,
                "beside": False,
                "wide": False,
                "picture_alt": "A body",
            }
        ],
        "nothing": "",
        "questions_title": "Questions",
        "questions": ["Why?"],
        "must_say": ["Said."],
        "credits": ["Credit."],
    }


def make(*texts: str) -> Pdf:
    drawing = {"body_map": body_map_svg(())}
    return Pdf.read(typeset(Template.SUMMARY, data_of(*texts), NOW, drawing))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_never_run(text):
    pdf = make(text, "end of the words")

    assert "end of the words" in pdf.text


def test_markup_is_printed_letter_by_letter():
    text = '#eval("1+1") $x$ *bold* <label> @ref \\'

    assert text.replace(" ", "") in make(text).text.replace(" ", "")


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(max_size=40), min_size=1, max_size=30))
def test_any_text_makes_a_document(texts):
    assert make(*texts).reader.pages


def test_too_much_text_is_refused_before_any_work(monkeypatch):
    monkeypatch.setattr(typesetting.subprocess, "run", lambda *_a, **_k: pytest.fail("began"))

    with pytest.raises(DocumentTooLongError):
        make("x " * MAX_CHARACTERS)


def test_longest_text_that_is_taken_stays_within_the_limits():
    most = "word " * (MAX_CHARACTERS // 60)

    assert len(make(most).reader.pages) > 1


def test_a_fault_of_the_typesetter_is_told_without_any_words(caplog):
    with pytest.raises(TypesettingError) as found:
        typeset(Template.SUMMARY, {"title": "canary"}, NOW)

    assert "canary" not in str(found.value) + caplog.text


def test_typesetter_that_takes_too_long_is_stopped(monkeypatch):
    def take_long(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(typesetting.subprocess, "run", take_long)

    with pytest.raises(TypesettingError, match="seconds"):
        make("x")


def test_more_documents_at_once_than_there_are_places_are_refused(monkeypatch):
    monkeypatch.setattr(typesetting, "_SECONDS_IN_LINE", 0)
    for _ in range(2):
        assert typesetting._places.acquire(timeout=0)
    try:
        with pytest.raises(TypesetterBusyError):
            make("x")
    finally:
        typesetting._places.release(2)
    assert make("x").reader.pages


def test_same_data_and_time_give_the_same_bytes():
    drawing = {"body_map": body_map_svg(())}
    first, second = (typeset(Template.SUMMARY, data_of("x"), NOW, drawing) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.stem)
def test_templates_run_no_text_and_fetch_nothing(template):
    source = template.read_text("utf-8")

    assert (
        re.search(r"\beval\b|mode:\s*\"markup\"|@(preview|local)|https?://|plugin\(", source)
        is None
    )
    assert set(re.findall(r"#import \"([^\"]+)\"", source)) <= {"common.typ", "paper_fields.typ"}


def test_job_is_handed_over_as_plain_json(monkeypatch):
    seen = {}

    def keep(command, **options):
        seen.update(json.loads(options["input"]), command=command)
        return subprocess.CompletedProcess(command, 0, b"%PDF", b"")

    monkeypatch.setattr(typesetting.subprocess, "run", keep)
    typeset(Template.SUMMARY, data_of("canary"), NOW)

    assert not any("canary" in part for part in seen["command"])
    assert seen["data"]["parts"][0]["facts"][0]["label"] == "canary"
