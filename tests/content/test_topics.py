import pytest

from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import Table, cited_sources, link_targets

TOPICS = {topic.id: topic for topic in load_content().topics}
PAGES = load_content().pages


def tables_of(blocks):
    return [block for block in blocks if isinstance(block, Table)]


def first_cells(table):
    return [plain_text(row[0]) for row in table.rows]


def test_finding_the_cause_comes_first():
    assert load_content().topics[0].id == "first-find-the-cause"


@pytest.mark.parametrize("name", TOPICS)
def test_every_listed_source_is_cited(name):
    assert set(cited_sources(TOPICS[name].blocks)) == set(TOPICS[name].sources)


@pytest.mark.parametrize("name", TOPICS)
def test_every_row_fills_every_column(name):
    for table in tables_of(TOPICS[name].blocks):
        assert all(len(row) == len(table.header) for row in table.rows)


def test_groups_of_treatment_lead_to_every_option():
    links = link_targets(TOPICS["three-groups-of-treatment"].blocks)
    options = [f"/options/{option.id}" for option in load_content().options]
    assert [link for link in links if link.startswith("/options/")] == options


def test_time_table_shows_all_four_rows():
    (table,) = tables_of(TOPICS["when-the-pain-came-back"].blocks)
    assert len(table.rows) == 4


def test_cause_table_has_every_row_and_the_rows_without_surgery():
    (table,) = tables_of(TOPICS["fusion-or-decompression"].blocks)
    assert len(table.rows) == 10
    surgery = [plain_text(row[-1]) for row in table.rows]
    assert any("Metal taken out" in text for text in surgery)
    assert sum("Most often none" in text for text in surgery) == 2


@pytest.mark.parametrize(
    "blocks",
    [TOPICS["more-than-one-operation"].blocks, PAGES["before-any-surgery"].blocks],
    ids=["topic", "page on top of surgical options"],
)
def test_estimated_rows_are_marked_and_measured_rows_are_not(blocks):
    (table,) = tables_of(blocks)
    estimated = ["estimate" in cell for cell in first_cells(table)]
    assert estimated == [False, True, True, True, False]
    for row in table.rows:
        well, not_well = (int(plain_text(cell).removeprefix("about ")) for cell in row[1:])
        assert well + not_well == 100


def test_pages_about_the_app_are_all_there():
    assert set(PAGES) >= {
        "about",
        "accessibility",
        "before-any-surgery",
        "privacy",
        "save-consent",
        "urgent-help-intro",
    }
