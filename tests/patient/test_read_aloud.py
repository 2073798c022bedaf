"""What is said while a page is read aloud, in which pieces and with which voice."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.patient.node_process import CLIENT, NODE

SCRIPT = Path(__file__).with_name("read_aloud.mjs")
DEFAULT = {"name": "usual", "lang": "en-US", "default": True}
BRITISH = {"name": "british", "lang": "en_GB"}
OTHER = {"name": "other", "lang": "en-AU"}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("read_aloud")
    shutil.copy(CLIENT / "read_aloud/read_aloud_speech.js", folder)
    (folder / "package.json").write_text('{"type": "module"}')

    def ask(case: Any) -> Any:
        done = subprocess.run(
            [NODE, SCRIPT, folder], input=json.dumps(case), capture_output=True, text=True
        )
        assert done.stderr == ""
        return json.loads(done.stdout)

    return ask


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("It fell to 3.7 points. Then", ["It fell to 3.7 points.", "Then"]),
        ("He said “no.” Then he left", ["He said “no.”", "Then he left"]),
        ("", []),
    ],
)
def test_text_is_said_sentence_by_sentence(ask, text, parts):
    assert ask({"text": text}) == parts


def test_long_sentence_is_broken_at_a_comma_or_a_space_and_loses_nothing(ask):
    with_commas, without = "some words that go on, " * 20, "word " * 90

    for text in (with_commas, without, "x" * 400):
        parts = ask({"text": text})
        assert all(len(part) <= 180 for part in parts)
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert all(part.endswith(",") for part in ask({"text": with_commas}))


@pytest.mark.parametrize(
    ("voices", "chosen"),
    [
        ([OTHER, BRITISH, DEFAULT], "usual"),
        ([OTHER, BRITISH], "british"),
        ([OTHER], "other"),
        ([], None),
    ],
)
def test_voice_is_the_one_that_the_owner_is_used_to(ask, voices, chosen):
    assert ask({"voices": voices}) == chosen


def test_parts_are_shown_and_said_one_after_the_other(ask):
    told = ask({"texts": ["One.", "Two."], "steps": ["play", "begins", "ends", "begins", "ends"]})

    assert told == {
        "log": [
            "shows One.",
            "says One. at 1 with own",
            "shows Two.",
            "says Two. at 1 with own",
            "end",
        ],
        "isPlaying": False,
    }


def said(told: Any) -> list[str]:
    return [line for line in told["log"] if not line.startswith("shows")]


def test_pause_goes_on_with_the_sentence_that_was_broken_off(ask):
    steps = ["play", "ends", "pause", "play"]
    told = ask({"texts": ["One.", "Two.", "Three."], "steps": steps})

    assert said(told) == [f"says {text} at 1 with own" for text in ("One.", "Two.", "Two.")]
    assert told["isPlaying"]


def test_another_speed_counts_at_once_and_wakes_no_paused_voice(ask):
    playing = ask({"texts": ["One."], "steps": ["play", "faster"]})
    paused = ask({"texts": ["One."], "steps": ["play", "pause", "faster"]})
    resumed = ask({"texts": ["One."], "steps": ["play", "pause", "faster", "play"]})

    assert said(playing) == said(resumed) == [f"says One. at {rate} with own" for rate in (1, 1.25)]
    assert said(paused) == ["says One. at 1 with own"]
    assert not paused["isPlaying"]


@pytest.mark.parametrize("how", ["fails", "time passes"])
def test_voice_that_fails_or_never_begins_is_reported_once(ask, how):
    told = ask({"texts": ["One.", "Two."], "steps": ["play", how, "time passes"]})

    assert said(told) == ["says One. at 1 with own", "failure"]
    assert not told["isPlaying"]


def test_voice_that_has_begun_may_take_its_time(ask):
    told = ask({"texts": ["One."], "steps": ["play", "begins", "time passes"]})

    assert told["isPlaying"]
