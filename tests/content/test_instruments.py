"""Instruments stand in files of their own; what is wrong in one names that file."""

from pathlib import Path

import pytest

from fbss_app.content.questionnaires import load_questionnaire, load_questionnaires
from fbss_app.content.suggestions import load_suggestions, read_suggestions
from fbss_app.errors import ContentError, ContentErrors

FORM = """\
name: form
url: https://clinic.example/questionnaire/form
version: "1"
status: draft
title: Form
description: A form.
date: 2026-01-31
item:
  - link_id: scale
    type: group
    text: A scale
    instrument: strength
score:
  - {name: own, title: Own, value: {sum: [strength-now]}}
"""
STRENGTH = """\
name: strength
version: "2"
title: Strength of pain
licence: Free to use.
recall_period: now
source: Own
item:
  - link_id: strength-now
    type: integer
    text: How strong is it?
    why: It helps.
condition:
  strong: {question: strength-now, operator: ">", answer: 6}
score:
  - name: strength
    title: Strength
    value: {sum: [strength-now]}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "instruments").mkdir()
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    write(tmp_path, STRENGTH)
    return tmp_path


def write(folder, text, name="strength.yaml"):
    (folder / "instruments" / name).write_text(text, encoding="utf-8")


def errors_of(folder):
    with pytest.raises(ContentError) as caught:
        load_questionnaires([folder])
    return [
        (Path(error.file).name, error.line, error.field, error.problem)
        for error in getattr(caught.value, "errors", (caught.value,))
    ]


def test_an_instrument_is_put_where_a_group_names_it(folder):
    made = load_questionnaire(folder / "form.yaml")
    assert [item.link_id for item in made.find("scale").item] == ["strength-now"]
    assert list(made.scores) == ["own", "strength"]
    assert list(made.condition) == ["strong"]
    (instrument,) = made.instrument
    assert (instrument.name, instrument.version, instrument.credit) == ("strength", "2", None)


def test_the_shipped_questionnaire_lists_its_instruments():
    made = load_questionnaires()["after-back-surgery"]
    named = {one.item.instrument for one in made.placements.values() if one.item.instrument}
    assert named == {instrument.name for instrument in made.instrument} != set()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("licence:", "lisence:", ("strength.yaml", 4, "lisence", "unknown key `lisence`")),
        (
            "    type: integer",
            "    type: number",
            ("strength.yaml", 9, "item[0].type", "`number` is not known here"),
        ),
        (
            "    why: It helps.",
            "    prefix: a",
            ("strength.yaml", 8, "item[0]", "`strength-now` does not say why it is asked"),
        ),
        (
            "{sum: [strength-now]}",
            "{sum: [strength]}",
            ("strength.yaml", 17, "score[0].value.sum[0]", "there is no item `strength`"),
        ),
        (
            "{question: strength-now,",
            "{question: strength,",
            ("strength.yaml", 13, "condition.strong.question", "there is no item `strength`"),
        ),
        (
            "name: strength\nversion",
            "name: power\nversion",
            ("strength.yaml", 1, "name", "`power` is not the name of the file"),
        ),
    ],
)
def test_a_mistake_in_an_instrument_names_its_file_and_line(folder, old, new, expected):
    assert old in STRENGTH
    write(folder, STRENGTH.replace(old, new, 1))
    assert expected in errors_of(folder)


@pytest.mark.parametrize(
    ("more", "field", "problem"),
    [
        (
            "  - {link_id: other, type: group, text: Other, instrument: strenght}\n",
            "item[1].instrument",
            "there is no instrument `strenght`",
        ),
        (
            "  - {link_id: other, type: group, text: Other, instrument: strength}\n",
            "item[1].instrument",
            "the instrument `strength` is used twice",
        ),
    ],
)
def test_a_group_that_names_no_free_instrument_is_refused(folder, more, field, problem):
    (folder / "form.yaml").write_text(FORM.replace("score:\n", more + "score:\n"))
    assert [error[2:] for error in errors_of(folder)] == [(field, problem)]


def test_a_group_has_an_instrument_or_items_of_its_own(folder):
    (folder / "form.yaml").write_text(FORM.replace("score:\n", "    item: []\nscore:\n"))
    assert [error[2] for error in errors_of(folder)] == ["item[0].item"]


def test_a_condition_cannot_be_written_twice(folder):
    more = "condition:\n  strong: {question: strength-now, operator: exists, answer: true}\n"
    (folder / "form.yaml").write_text(FORM + more)
    ((_, _, field, problem),) = errors_of(folder)
    assert (field, problem) == (
        "item[0].instrument",
        "the instrument has a condition `strong` of its own",
    )


def test_an_instrument_cannot_replace_a_built_in_one(folder):
    write(folder, STRENGTH.replace("name: strength", "name: peg", 1), "peg.yaml")
    assert [error[3] for error in errors_of(folder)] == [
        "another folder already holds an instrument `peg`"
    ]


def test_suggestions_must_be_there(folder):
    text = STRENGTH.replace("type: integer", "type: string\n    suggestions: medicine")
    write(folder, text)
    found = errors_of(folder)
    assert ("strength.yaml", 10, "item[0].suggestions") in [error[:3] for error in found]


def test_suggestions_are_lists_of_words_each_once(tmp_path):
    (tmp_path / "words.yaml").write_text("- one\n- 2\n- one\n- two\n")
    with pytest.raises(ContentErrors) as caught:
        read_suggestions(tmp_path)
    assert [(error.line, error.field) for error in caught.value.errors] == [(2, "[1]"), (3, "[2]")]
    (tmp_path / "words.yaml").write_text("- one\n- two\n")
    assert read_suggestions(tmp_path) == {"words": ("one", "two")}


def test_the_shipped_suggestions_are_sound():
    assert "Paracetamol (acetaminophen)" in load_suggestions()["medicines"]
