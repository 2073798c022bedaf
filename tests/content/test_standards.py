"""The app says of itself only what is true of it."""

import pytest

from fbss_app import routes
from fbss_app.content.loader import ENGLISH, load_content
from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.content.standards import read_standards
from fbss_app.domain.decision_aid.figure import Difference
from fbss_app.domain.decision_aid.prose import FigureBlock
from fbss_app.domain.decision_aid.standard import Part, Result, tally
from fbss_app.errors import ContentErrors
from tests.browser.pages import EVERY_PAGE
from tests.content.reading import all_pages, blocks_of, sentences_in, words_in
from tests.content.test_option_pages import counts_in
from tests.content.wording import LOADED, NEVER_SAY, NUMBER_FORMS, found

CONTENT = load_content()
ITEMS = {f"{item.part}-{number}": item for item in CONTENT.standards for number in item.numbers}
SECTIONS = {item.link_id for item in load_questionnaires()[routes.PRIMARY_QUESTIONNAIRE].item}
DRAWN = any(
    figure.has_picture and not isinstance(figure, Difference) for figure in CONTENT.figures.values()
)
# A figure has its range, certainty and people, or it does not load; a count in a text may not.
ONLY_FIGURES = not any(
    counts_in([block])
    for page in all_pages(CONTENT).values()
    for block in blocks_of(page)
    if not isinstance(block, FigureBlock)
)
DENOMINATORS = {
    figure.denominator for figure in CONTENT.figures.values() if not isinstance(figure, Difference)
}
# What each of these items rests on. The result follows the fact, in both directions.
FACTS = {
    "certification-5": ONLY_FIGURES,
    "quality-2": routes.COMPARE in EVERY_PAGE,
    "quality-4": ONLY_FIGURES,
    "quality-7": {100} == DENOMINATORS,
    "quality-8": DRAWN,
    "quality-9": "what-matters" in SECTIONS,
    "quality-10": {"what-matters", "where-you-lean"} <= SECTIONS,
}
# They need people: patients, clinicians, a study. No code can meet them.
NEEDS_PEOPLE = [f"quality-{number}" for number in (*range(12, 18), 22, 23)]


def errors_after(tmp_path, old, new):
    text = (ENGLISH / "standards.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "standards.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentErrors) as caught:
        read_standards(file)
    return caught.value.errors


def test_item_that_is_left_out_is_named(tmp_path):
    (error,) = errors_after(tmp_path, "  number: 2\n", "  number: 3\n")[:1]
    assert error.field == "1.number"
    assert "item 2 of qualifying" in error.problem


def test_last_item_left_out_is_named(tmp_path):
    (error,) = errors_after(tmp_path, "  through: 28\n", "  through: 27\n")
    assert "quality has 28 items, and 27 are told" in error.problem


def test_every_item_of_the_standard_is_told():
    assert len(ITEMS) == 44
    applying = {part: tally(CONTENT.standards, part).applying for part in Part}
    assert applying == {Part.QUALIFYING: 6, Part.CERTIFICATION: 6, Part.QUALITY: 23}


@pytest.mark.parametrize("name", FACTS)
def test_item_is_met_exactly_when_the_app_has_it(name):
    assert (ITEMS[name].result is Result.MET) == FACTS[name]


@pytest.mark.parametrize("name", NEEDS_PEOPLE)
def test_nothing_is_claimed_that_needs_people(name):
    assert ITEMS[name].result is Result.NOT_YET


@pytest.mark.parametrize("name", ITEMS)
def test_item_leads_to_pages_that_are_there(name):
    lost = [link.href for link in ITEMS[name].where if link.href not in {*EVERY_PAGE, routes.START}]
    assert lost == []


@pytest.mark.parametrize("name", ITEMS)
def test_item_reads_as_the_pages_do(name):
    texts = [ITEMS[name].asks, ITEMS[name].says]
    sentences = [sentence for text in texts for sentence in sentences_in(text)]
    assert [each for each in sentences if len(words_in(each)) > 20] == []
    assert found((*NEVER_SAY, *LOADED, *NUMBER_FORMS), " ".join(texts)) == []


def test_no_page_says_that_it_is_certified():
    said = " ".join(f"{item.asks} {item.says}" for item in CONTENT.standards)
    assert "certified" not in said
