import re

import pytest

from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.option import Family, SectionTitle
from fbss_app.domain.decision_aid.prose import Heading, cited_sources
from tests.content.reading import (
    all_pages,
    blocks_of,
    runs_of_words,
    runs_shown,
    sentences_of,
    words_in,
)
from tests.content.wording import LOADED, NEVER_SAY, NUMBER_FORMS, found

OPTIONS = {option.id: option for option in load_content().options}
PAGES = all_pages(load_content())
FAMILY_BY_LETTER = {
    "n": Family.NO_CHANGE,
    "N": Family.NON_SURGICAL,
    "D": Family.IN_BETWEEN,
    "V": Family.SURGICAL,
}
OUT_OF_100 = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?: to (?P<high>\d+(?:\.\d+)?))?(?: more)? out of 100 (?!points)"
)


def words_of(option, title):
    return sum(len(words_in(text)) for text in runs_shown(option.section(title).blocks))


def figures_without_their_other_side(text):
    """Find each "48 out of 100 people" that does not tell of the other 52 close by."""
    missing = []
    for match in OUT_OF_100.finditer(text):
        low, high = match["low"], match["high"] or match["low"]
        others = [f"{100 - float(bound):g}" for bound in (high, low)]
        other = " to ".join(dict.fromkeys(others))
        if not re.search(rf"(?<![\d.]){other}(?![\d.]\d)", text):
            missing.append(match.group())
    return missing


def test_every_option_of_the_dossier_has_its_page():
    expected = {"none", *(f"N{n}" for n in (1, 2, 3, 4, 6, 7)), "D1", "D2"}
    expected |= {f"N5{letter}" for letter in "abcd"}
    expected |= {f"V{n}" for n in range(1, 5)}
    assert {option.dossier for option in OPTIONS.values()} == expected
    assert len(OPTIONS) == len(expected)


@pytest.mark.parametrize("name", OPTIONS)
def test_option_stands_in_the_family_of_its_kind(name):
    assert OPTIONS[name].family == FAMILY_BY_LETTER[OPTIONS[name].dossier[0]]


def test_families_come_one_after_the_other():
    families = [option.family for option in load_content().options]
    assert list(dict.fromkeys(families)) == list(Family)
    assert families == sorted(families, key=list(Family).index)


@pytest.mark.parametrize("name", OPTIONS)
def test_help_and_harm_are_told_at_like_length(name):
    lengths = [words_of(OPTIONS[name], title) for title in (SectionTitle.HELP, SectionTitle.HARM)]
    assert max(lengths) <= 1.25 * min(lengths), lengths


@pytest.mark.parametrize("name", OPTIONS)
def test_every_listed_source_is_cited(name):
    assert set(cited_sources(OPTIONS[name].blocks)) == set(OPTIONS[name].sources)


def counts_in(blocks):
    return [match.group() for text in runs_of_words(blocks) for match in OUT_OF_100.finditer(text)]


def test_counts_in_words_are_found():
    assert counts_in([Heading(text="Of whom 48 out of 100 people had it")]) == ["48 out of 100 "]


@pytest.mark.parametrize("name", OPTIONS)
def test_every_count_is_a_figure_with_its_range_and_source(name):
    assert not counts_in(block for block in OPTIONS[name].blocks if block.kind != "figure")


MEDICINES = [option.id for option in OPTIONS.values() if option.dossier.startswith("N5")]


@pytest.mark.parametrize("name", MEDICINES)
def test_every_medicine_says_to_start_stop_or_change_nothing(name):
    said = " ".join(sentences_of(OPTIONS[name]))
    assert "Do not start, stop or change a medicine because of this app." in said
    assert "Ask the person who prescribes it, or a pharmacist." in said


def in_the_comparison(option):
    compare = option.compare
    yield from (compare.operation, compare.getting_over_it, compare.undo, compare.effort)
    for outcome in (compare.may_help, compare.may_go_wrong):
        yield from (words for words in (outcome.words, outcome.about) if words)


@pytest.mark.parametrize("name", OPTIONS)
def test_comparison_is_in_plain_words_without_loose_numbers(name):
    for words in in_the_comparison(OPTIONS[name]):
        assert not found((*NEVER_SAY, *LOADED, *NUMBER_FORMS), words)
        assert not OUT_OF_100.search(words)


@pytest.mark.parametrize("name", PAGES)
def test_every_count_out_of_100_tells_both_sides(name):
    page = PAGES[name]
    sides = [
        figure
        for text in runs_of_words(blocks_of(page))
        for figure in figures_without_their_other_side(text)
    ]
    assert not sides


def test_both_sides_check_finds_a_lone_figure():
    assert figures_without_their_other_side("48 out of 100 people had it.")
    assert not figures_without_their_other_side("48 out of 100 people had it. 52 did not.")
    assert not figures_without_their_other_side("7 to 16 out of 100 people. 84 to 93 did not.")
    assert not figures_without_their_other_side("11 points out of 100 points.")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_promises_ranks_or_diagnoses(name):
    assert not found(NEVER_SAY, " ".join(sentences_of(PAGES[name])))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_loaded_words(name):
    assert not found(LOADED, " ".join(sentences_of(PAGES[name])))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_percentage_or_one_in_x(name):
    assert not found(NUMBER_FORMS, " ".join(sentences_of(PAGES[name])))


def test_stimulation_page_gives_both_views():
    option = next(option for option in OPTIONS.values() if option.dossier == "D1")
    cited = set(cited_sources(option.section(SectionTitle.HELP).blocks))
    assert {"S63", "S64", "S68", "S69b"} <= cited


def test_injection_page_gives_both_views():
    option = next(option for option in OPTIONS.values() if option.dossier == "N6")
    cited = set(cited_sources(option.section(SectionTitle.HELP).blocks))
    assert {"S58", "S59", "S59b"} <= cited


def test_every_source_is_used_somewhere():
    used = {source for page in PAGES.values() for source in cited_sources(blocks_of(page))}
    assert used == set(load_content().sources)
