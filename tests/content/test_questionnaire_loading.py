"""Loads definitions from files: the good ones whole, the bad ones with the line to look at."""

from pathlib import Path

import pytest

from fbss_app.content.questionnaires import (
    BUILT_IN_FOLDER,
    load_questionnaire,
    load_questionnaires,
)
from fbss_app.errors import ContentError, ContentErrors, FbssError

SOUND = """\
name: example
url: https://clinic.example/questionnaire/example
version: "1"
status: draft
title: Example
description: An example.
date: 2026-01-31
item:
  - link_id: pain
    type: group
    text: Your pain
    item:
      - link_id: had
        type: boolean
        text: Do you have pain?
        why: &why It helps.
      - link_id: strength
        type: integer
        text: How strong is it?
        why: *why
        max_value: 10
        enable_when:
          - {question: had, operator: =, answer: true}
      - link_id: since
        type: date
        text: Since when?
        why: *why
        max_value: today
condition:
  strong: {question: strength, operator: ">", answer: 6}
"""


@pytest.fixture
def write(tmp_path):
    def _write(text, name="example.yaml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return _write


def line_with(text, fragment):
    return next(
        number for number, line in enumerate(text.splitlines(), start=1) if fragment in line
    )


def test_a_sound_file_loads(write):
    questionnaire = load_questionnaire(write(SOUND))
    assert questionnaire.date == "2026-01-31"
    assert list(questionnaire.placements) == ["pain", "had", "strength", "since"]
    strength = questionnaire.find("strength")
    assert strength.why == "It helps."
    assert (strength.max_value, type(strength.max_value)) == (10, int)
    assert strength.enable_when[0].operator == "="


def test_the_built_in_questionnaires_load():
    loaded = load_questionnaires()
    assert "after-back-surgery" in loaded
    assert {f"{name}.yaml" for name in loaded} == {file.name for file in BUILT_IN_FOLDER.iterdir()}


@pytest.mark.parametrize(
    ("old", "new", "where", "field", "problem"),
    [
        ("max_value: 10", "max_valeu: 10", "max_valeu", "item[0].item[1].max_valeu", "unknown key"),
        ("status: draft", "status: finished", "status", "status", "`finished` is not known"),
        (
            "type: boolean",
            "type: yes-no",
            "yes-no",
            "item[0].item[0].type",
            "`yes-no` is not known",
        ),
        ("        type: boolean\n", "", "link_id: had", "item[0].item[0].type", "is missing"),
        ("title: Example\n", "", "name:", "title", "`title` is missing"),
        ('version: "1"', "version: 1", "version", "version", "`1` is not text"),
        ("max_value: today", "max_value: [1]", "[1]", "item[0].item[2].max_value", "is not"),
        ("link_id: had", "link_id: Had It", "Had It", "item[0].item[0].link_id", "right form"),
        ("date: 2026-01-31", "date: soon", "date: soon", "date", "right form"),
        ("title: Example", "title: ''", "title", "title", "`title` is empty"),
        (
            "question: had, ",
            "question: hda, ",
            "hda",
            "item[0].item[1].enable_when[0].question",
            "there is no item `hda`",
        ),
        (
            "operator: =",
            "operator: like",
            "like",
            "item[0].item[1].enable_when[0].operator",
            "like",
        ),
        ("question: had, ", "", "answer: true", "item[0].item[1].enable_when[0]", "is not a rule"),
        ("answer: 6", "answer: six", "strong:", "condition.strong.answer", "'six'"),
        ('operator: ">", answer: 6', "foo: 1", "strong:", "condition.strong.operator", "missing"),
        ("strong: {question: strength,", "strong: {", "strong:", "condition.strong", "not a condi"),
        ("  strong:", "  Strong One:", "Strong One", "condition.Strong One", "right form"),
        ("name: example", "name: other", "name: other", "name", "is not the name of the file"),
        (
            "        why: *why\n        max_value: 10\n",
            "",
            "link_id: strength",
            "item[0].item[1]",
            "why",
        ),
        ("link_id: since", "link_id: had", "type: date", "item[0].item[2].link_id", "used twice"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_field(write, old, new, where, field, problem):
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    with pytest.raises(ContentError) as caught:
        load_questionnaire(write(text))
    errors = getattr(caught.value, "errors", (caught.value,))
    error = next(each for each in errors if each.field == field)
    expected = line_with(text, where) - (1 if where == "type: date" else 0)
    assert (Path(error.file).name, error.line) == ("example.yaml", expected)
    assert problem in error.problem
    assert error.what_to_do


@pytest.mark.parametrize(
    ("old", "new", "line_of", "problem"),
    [
        ("status: draft", "status: draft\ntitle: Again", "title: Example", "written twice"),
        ("    type: group", "     type: group", "type: group", "not valid YAML"),
        ("    type: group", "\ttype: group", "type: group", "not valid YAML"),
        ('operator: ">"', "operator: >=", "operator: >=", "not valid YAML"),
        (
            '{question: strength, operator: ">", answer: 6}',
            "\n    question: strength\n    operator: !=\n    answer: 6",
            "operator: !=",
            "read as a YAML tag",
        ),
        ("title: Example", "title: Example: more", "Example: more", "not valid YAML"),
        ("why: &why It helps.", "why: *gone", "*gone", "not valid YAML"),
    ],
)
def test_yaml_that_cannot_be_read_names_its_line(write, old, new, line_of, problem):
    text = SOUND.replace(old, new, 1)
    with pytest.raises(ContentError) as caught:
        load_questionnaire(write(text))
    assert caught.value.line == line_with(text, line_of)
    assert problem in caught.value.problem


def test_everything_wrong_in_a_file_is_told_at_once_in_the_order_of_its_lines(write):
    text = SOUND.replace("status: draft", "status: x").replace("type: date", "type: y")
    with pytest.raises(ContentErrors) as caught:
        load_questionnaire(write(text))
    errors = caught.value.errors
    assert [error.field for error in errors] == ["status", "item[0].item[2].type"]
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{errors[0].file}:4: status: `x` is not known here. Use ")
    assert caught.value.line == 4


def test_a_part_that_fails_does_not_make_its_list_look_empty(write):
    text = SOUND.replace("text: Your pain", "txet: Your pain")
    with pytest.raises(ContentErrors) as caught:
        load_questionnaire(write(text))
    assert {error.field for error in caught.value.errors} == {"item[0].txet", "item[0].text"}


def test_an_empty_list_is_named(write):
    text = SOUND.replace(
        'strong: {question: strength, operator: ">", answer: 6}', "strong: {all: []}"
    )
    with pytest.raises(ContentError, match="`all` is empty"):
        load_questionnaire(write(text))


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_a_file_without_a_questionnaire_is_refused(write, text):
    with pytest.raises(ContentError, match="does not hold a questionnaire"):
        load_questionnaire(write(text))


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(ContentError, match="cannot be read"):
        load_questionnaire(tmp_path / "gone.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"name: caf\xe9\n")
    with pytest.raises(ContentError, match="not UTF-8"):
        load_questionnaire(tmp_path / "latin.yaml")


def test_an_alias_inside_what_it_repeats_is_refused(write):
    with pytest.raises(ContentError, match="alias"):
        load_questionnaire(write("name: &name\n  again: *name\n"))


def test_a_content_error_is_one_line_with_a_stable_code(write):
    with pytest.raises(FbssError) as caught:
        load_questionnaire(write("name: [\n"))
    assert "\n" not in str(caught.value)
    assert (caught.value.code, caught.value.status_code) == ("content-error", 500)


def test_a_further_folder_adds_its_questionnaires(write):
    file = write(SOUND)
    loaded = load_questionnaires([BUILT_IN_FOLDER, file.parent])
    assert {"after-back-surgery", "example"} <= set(loaded)


def test_a_further_folder_cannot_replace_a_questionnaire(write, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "example.yaml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(ContentError, match="another folder already holds"):
        load_questionnaires([write(SOUND).parent, other])


def test_all_bad_files_are_told_together(write):
    write("", name="a.yaml")
    write(SOUND.replace("status: draft", "status: x"), name="example.yaml")
    file = write(SOUND, name="b.yml")
    with pytest.raises(ContentErrors) as caught:
        load_questionnaires([file.parent, file.parent / "gone"])
    assert {Path(error.file).name for error in caught.value.errors} == {
        "a.yaml",
        "example.yaml",
        "b.yml",
        "gone",
    }
