import pytest
import textstat

from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.inline import Strong, plain_text
from fbss_app.domain.decision_aid.prose import BulletList, Paragraph
from tests.content.reading import (
    all_pages,
    as_plain_text,
    blocks_of,
    sentences_in,
    sentences_of,
    without_terms,
    words_in,
)

PAGES = all_pages(load_content())
# Below this length the scores mean nothing.
ENOUGH_WORDS = 100
LONG_ENOUGH = [
    name
    for name, page in PAGES.items()
    if sum(len(words_in(sentence)) for sentence in sentences_of(page)) >= ENOUGH_WORDS
]


def without_label(inlines):
    """Take away the bold words that only name what a paragraph is about."""
    first, *rest = inlines
    return rest if rest and isinstance(first, Strong) and first.text.endswith(".") else inlines


def test_every_page_is_long_enough_to_score():
    assert set(PAGES) == set(LONG_ENOUGH)


@pytest.mark.parametrize("name", LONG_ENOUGH)
def test_page_reads_at_grade_8_or_lower_with_medical_terms(name):
    text = as_plain_text(sentences_of(PAGES[name]))
    assert textstat.flesch_kincaid_grade(text) <= 8.0


@pytest.mark.parametrize("name", LONG_ENOUGH)
def test_page_reads_at_grade_6_or_lower_without_medical_terms(name):
    text = without_terms(as_plain_text(sentences_of(PAGES[name])), load_content())
    assert textstat.flesch_kincaid_grade(text) <= 6.0


@pytest.mark.parametrize("name", LONG_ENOUGH)
def test_page_reads_easily_without_medical_terms(name):
    text = without_terms(as_plain_text(sentences_of(PAGES[name])), load_content())
    assert textstat.flesch_reading_ease(text) >= 80


@pytest.mark.parametrize("name", PAGES)
def test_no_sentence_has_more_than_20_words(name):
    long = [text for text in sentences_of(PAGES[name]) if len(words_in(text)) > 20]
    assert not long


@pytest.mark.parametrize("name", PAGES)
def test_sentences_have_12_words_or_fewer_on_average(name):
    sentences = sentences_of(PAGES[name])
    assert sum(len(words_in(text)) for text in sentences) / len(sentences) <= 12


@pytest.mark.parametrize("name", PAGES)
def test_no_paragraph_has_more_than_3_sentences(name):
    paragraphs = [
        plain_text(without_label(block.children))
        for block in blocks_of(PAGES[name])
        if isinstance(block, Paragraph)
    ]
    assert not [text for text in paragraphs if len(sentences_in(text)) > 3]


@pytest.mark.parametrize("name", PAGES)
def test_no_list_has_more_than_6_items(name):
    lists = [block for block in blocks_of(PAGES[name]) if isinstance(block, BulletList)]
    assert all(len(block.items) <= 6 for block in lists)


def test_glossary_is_short():
    glossary = load_content().glossary
    assert len(glossary) <= 40
    assert all(len(sentences_in(entry.definition)) <= 2 for entry in glossary)
    assert all(
        len(words_in(text)) <= 20 for entry in glossary for text in sentences_in(entry.definition)
    )


def test_no_term_is_in_the_glossary_twice():
    words = [
        word.lower() for entry in load_content().glossary for word in (entry.term, *entry.variants)
    ]
    assert len(words) == len(set(words))


def test_abbreviation_is_replaced_only_in_capitals():
    assert without_terms("They act on ACT.", load_content()) == "They act on part."


def test_decimal_point_ends_no_sentence():
    assert as_plain_text(["Pain fell to 3.7"]) == "Pain fell to 37."
