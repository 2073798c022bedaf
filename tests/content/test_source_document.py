"""Every sentence of the client's text lives in the app, and the table that says where is true."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.content.questionnaires import load_questionnaires
from tests.content.reading import blocks_of, runs_of_words

TABLE = Path("docs/source-document.md")
TEXT = Path(__file__).parent / "source_document.md"
CONTENT = load_content()
QUESTIONNAIRE = load_questionnaires()[routes.PRIMARY_QUESTIONNAIRE]
ROW = re.compile(r"^\| “(.+)” \| (\w+) \| `(.+)` \| “(.+)” \|$", re.MULTILINE)
# A shorter quotation could stand anywhere.
ENOUGH_WORDS = 4
PAGES = {
    **{routes.option(option.id): option for option in CONTENT.options},
    **{routes.topic(topic.id): topic for topic in CONTENT.topics},
}
# What must never be repeated as the document has it (clinical-dossier 1.3).
MUST_BE_CORRECTED = {
    "95% success prediction": "/learn/does-surgery-work-in-95-of-100",
    "every other non-invasive treatment option": "/learn/three-groups-of-treatment",
    "to types of broad treatment categories": "/learn/three-groups-of-treatment",
    "Once the real cause is fond": "/learn/first-find-the-cause",
}
FIVE_FACTS = {
    "the kind of surgery was performed": {"operation-kind"},
    "and for what type of condition": {"operation-condition"},
    "before the back pain surgery": {"pain-before-back"},
    "the level of pain after the surgery": {"pain-best-back", "pain-now-back"},
    "the nature of pain": {"pain-words"},
}


class Row(NamedTuple):
    quote: str
    verdict: str
    where: str
    words: str


ROWS = [Row(*found) for found in ROW.findall(TABLE.read_text(encoding="utf-8"))]


def sentences():
    lines = TEXT.read_text(encoding="utf-8").splitlines()
    return [each for line in lines for each in re.split(r"(?<=[.?])\s+", line.strip()) if each]


def covers(row, sentence):
    is_long_enough = len(row.quote.split()) >= ENOUGH_WORDS
    return row.quote == sentence or (is_long_enough and row.quote in sentence)


def words_at(where):
    """Give all words of a page, or of a question."""
    if where.startswith("question "):
        item = QUESTIONNAIRE.placements[where.removeprefix("question ")].item
        return f"{item.text} {item.hint or ''}"
    page = PAGES[where]
    words = " ".join((page.title, page.summary, *runs_of_words(blocks_of(page))))
    return " ".join(words.split())


def test_every_row_of_the_table_is_read():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert len(ROWS) == sum(line.startswith("| “") for line in lines) > 0


@pytest.mark.parametrize("sentence", sentences())
def test_every_sentence_has_its_row(sentence):
    assert any(covers(row, sentence) for row in ROWS)


def test_every_row_quotes_the_document():
    assert [row for row in ROWS if not any(covers(row, each) for each in sentences())] == []
    assert {row.verdict for row in ROWS} == {"keeps", "sharpens", "corrects"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.words)
def test_words_stand_where_the_table_says(row):
    assert row.words in words_at(row.where)


@pytest.mark.parametrize("statement", MUST_BE_CORRECTED)
def test_statement_that_is_not_so_is_corrected(statement):
    corrected = [row for row in ROWS if statement in row.quote and row.verdict == "corrects"]
    assert MUST_BE_CORRECTED[statement] in {row.where for row in corrected}


def test_no_page_but_its_own_speaks_of_95_in_100():
    speaking = [name for name in PAGES if re.search(r"\b95 (in|of) (every )?100\b", words_at(name))]
    assert speaking == ["/learn/does-surgery-work-in-95-of-100"]


@pytest.mark.parametrize("name", ["first-find-the-cause", "three-groups-of-treatment"])
def test_exception_for_emergencies_stands_beside_the_rule(name):
    words = words_at(routes.topic(name))
    assert "Emergencies are the exception" in words
    for emergency in ("leg that gets weaker", "deep infection", "spine that is not stable"):
        assert emergency in words


def test_five_factors_are_asked_and_starred():
    starred = {item for block in QUESTIONNAIRE.summary if block.starred for item in block.item}
    inside = {
        name
        for name, placement in QUESTIONNAIRE.placements.items()
        if starred & {name, *(group.link_id for group in placement.ancestors)}
    }
    for factor, questions in FIVE_FACTS.items():
        rows = {row.where.removeprefix("question ") for row in ROWS if factor in row.quote}
        assert questions <= rows
        assert questions <= inside
    assert sum(block.starred for block in QUESTIONNAIRE.summary) == len(FIVE_FACTS)
