import re
import shutil

import pytest

from fbss_app import routes
from fbss_app.content.loader import ENGLISH, load_content
from fbss_app.domain.decision_aid.cause import CauseSectionTitle
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import (
    FigureBlock,
    Table,
    cited_sources,
    inline_groups,
    link_targets,
)
from fbss_app.ui.art.causes.gallery import PLATES
from tests.content.reading import sentences_of
from tests.content.test_loader import errors_after

CAUSES = {cause.id: cause for cause in load_content().causes}
BY_CODE = {cause.dossier: cause for cause in CAUSES.values()}
TOPICS = {topic.id: topic for topic in load_content().topics}
IN_ORDER = [
    *(f"P{n}" for n in range(1, 4)),
    *(f"O{n}" for n in range(1, 6)),
    *(f"A{n}" for n in range(1, 11)),
]
# The rows of the dossier's tables 2.5 and 2.4.
LEADS_TO = ["A1", "O1", "A3", "A2", "A5", "O4", "A6", "A7", "O3 A4", "P1 P2 A8 A9"]
PAIN_FREE = ["P1 O1 O2 O3", "A6 A1 O4 O5", "A4 A2 A7", "A1 A3 A2 A5 A7 A10"]
FILE = "causes/scar-around-a-nerve.md"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(ENGLISH, tmp_path / "en")


def links_by_row(topic):
    (table,) = (block for block in TOPICS[topic].blocks if isinstance(block, Table))
    return [
        [part.href for cell in row for part in cell if part.kind == "link"] for row in table.rows
    ]


def pages_of(codes):
    return [routes.cause(BY_CODE[code].id) for code in codes.split()]


def test_every_cause_of_the_dossier_has_its_page_in_its_order():
    assert [cause.dossier for cause in load_content().causes] == IN_ORDER


@pytest.mark.parametrize("name", CAUSES)
def test_every_listed_source_is_cited(name):
    assert set(cited_sources(CAUSES[name].blocks)) == set(CAUSES[name].sources)


@pytest.mark.parametrize("name", CAUSES)
def test_no_page_says_which_cause_a_reader_has(name):
    text = " ".join(sentences_of(CAUSES[name]))
    assert not re.search(r"\byour cause\b|\byou (probably |may |might )?have\b", text, re.I)


@pytest.mark.parametrize("name", CAUSES)
def test_page_tells_what_people_describe_and_leads_to_the_table_of_causes(name):
    noticed, _, leads_to = CAUSES[name].sections[1:4]
    assert noticed.title == CauseSectionTitle.WHAT_PEOPLE_NOTICE
    text = " ".join(plain_text(words) for block in noticed.blocks for words in inline_groups(block))
    assert "people describe" in text.lower() or "people often describe" in text.lower()
    assert routes.topic("fusion-or-decompression") in link_targets(leads_to.blocks)


@pytest.mark.parametrize("name", CAUSES)
def test_frequency_is_a_figure_or_says_that_there_is_none(name):
    how_often = CAUSES[name].sections[-1]
    text = " ".join(
        plain_text(words) for block in how_often.blocks for words in inline_groups(block)
    )
    has_figure = any(isinstance(block, FigureBlock) for block in how_often.blocks)
    assert has_figure or cited_sources(how_often.blocks) or "do not have a good figure" in text


def test_every_drawing_is_used_once_with_words_for_each_of_its_labels():
    drawings = [cause.drawing for cause in CAUSES.values() if cause.drawing]
    assert sorted(drawing.name for drawing in drawings) == sorted(PLATES)
    for drawing in drawings:
        assert set(drawing.labels) == set(PLATES[drawing.name].labels)


def test_table_of_causes_leads_to_the_pages_of_each_row():
    rows = links_by_row("fusion-or-decompression")
    assert rows == [pages_of(codes) for codes in LEADS_TO]


def test_time_table_leads_to_the_pages_of_each_row():
    rows = links_by_row("when-the-pain-came-back")
    assert rows == [pages_of(codes) for codes in PAIN_FREE]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("dossier: A4", "dossier: A44", "dossier"),
        ("id: scar-around-a-nerve", "id: scar", "id"),
        ("order: 12", "order: 11", "order"),
        ("  shows: ", "  show: ", "drawing.shows"),
        ("sources: [S13, S62]", "sources: [S13, S62, S999]", "sources"),
        ("## Tests a specialist may use", "## Tests", "sections"),
        ("(/options/loosening-scar)", "(/learn/causes/loosening-scar)", "link"),
    ],
)
def test_mistake_in_a_cause_is_named(folder, old, new, field):
    errors = errors_after(folder, FILE, old, new)
    assert field in {error.field for error in errors}
    assert all(error.what_to_do for error in errors)


def test_link_to_no_cause_is_refused(folder):
    (error,) = errors_after(
        folder, "topics/why-pain-can-stay.md", "(/learn/causes)", "(/learn/causes/magic)"
    )
    assert error.field == "link"


def test_page_that_cannot_be_read_is_not_said_to_leave_figures_out(folder):
    (error,) = errors_after(folder, "causes/infection-after-surgery.md", "order: 14", "order: x")
    assert error.field == "order"
