"""What matters to people: complete for every option, in plain words, and asked about alike."""

import re
import shutil

import pytest
import textstat

from fbss_app.content.loader import ENGLISH, load_content, read_content
from fbss_app.content.questionnaires import BUILT_IN_FOLDER, load_questionnaire
from fbss_app.domain.decision_aid.value import HowSure
from fbss_app.errors import ContentErrors
from tests.content.reading import as_plain_text, sentences_in, without_terms, words_in
from tests.content.wording import LOADED, NEVER_SAY, NUMBER_FORMS, found

CONTENT = load_content()
VALUES = CONTENT.values.value
CELLS = [
    (value.id, option_id, does) for value in VALUES for option_id, does in value.option.items()
]
SENTENCES = [sentence for _, _, does in CELLS for sentence in sentences_in(does.words)]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(ENGLISH, tmp_path / "en")


def errors_after(folder, old, new):
    file = folder / "values.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentErrors) as caught:
        read_content(folder)
    return caught.value.errors


def test_questionnaire_asks_about_the_same_values_in_the_same_order():
    questionnaire = load_questionnaire(BUILT_IN_FOLDER / "after-back-surgery.yaml")
    most = questionnaire.placements["matters-most"].item
    offered = [
        (option.code, option.display) for option in most.answer_option if not option.exclusive
    ]
    rated = [
        (item.link_id.removeprefix("matters-"), item.short_text)
        for item in questionnaire.placements["deciding"].item.item
        if item.link_id.startswith("matters-") and not item.repeats
    ]
    assert offered == rated == [(value.id, value.title) for value in VALUES]


def test_every_value_says_how_every_option_does():
    for value in VALUES:
        assert set(value.option) == {option.id for option in CONTENT.options}, value.id


def test_missing_option_is_named_with_its_line(folder):
    error = errors_after(folder, "      carry-on-as-now:\n", "      carry-on:\n")
    assert [(each.field, each.problem) for each in error] == [
        ("value.0.option", "carry-on-as-now is missing"),
        ("value.0.option.carry-on", "carry-on is no option"),
    ]
    assert all(each.line for each in error)


def test_missing_value_is_named(folder):
    (error,) = errors_after(folder, "        how_sure: by-nature\n", "")
    assert error.field == "value.0.option.carry-on-as-now.how_sure"


def test_more_words_than_fit_are_refused(folder):
    (error,) = errors_after(folder, "words: No operation.", f"words: {'no ' * 16}")
    assert "more than 15 words" in error.problem


def test_value_given_twice_is_refused(folder):
    (error,) = errors_after(folder, "id: less-leg-pain", "id: avoid-operation")
    assert error.problem == "avoid-operation is there twice"


@pytest.mark.parametrize(("value_id", "option_id", "does"), CELLS)
def test_words_are_plain_and_do_not_steer(value_id, option_id, does):
    assert not found((*NEVER_SAY, *LOADED, *NUMBER_FORMS), does.words)
    assert not re.search(r"\b(you should|only|just|unfortunately|luckily)\b(?! slowly)", does.words)


def test_unknown_is_said_as_unknown():
    for value_id, option_id, does in CELLS:
        if does.words.startswith("We do not know."):
            assert does.how_sure is HowSure.NOT_KNOWN, (value_id, option_id)


def test_figures_stay_on_the_pages_of_the_options():
    assert not [words for _, _, does in CELLS for words in re.findall(r"\d+ out of", does.words)]


def test_page_reads_at_grade_6_or_lower():
    assert all(len(words_in(sentence)) <= 20 for sentence in SENTENCES)
    text = without_terms(as_plain_text(SENTENCES), CONTENT)
    assert textstat.flesch_kincaid_grade(text) <= 6.0
    assert textstat.flesch_reading_ease(text) >= 80
