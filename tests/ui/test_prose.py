from fbss_app.domain.decision_aid.glossary import GlossaryEntry
from fbss_app.domain.decision_aid.inline import SourceReference, Strong, Term, Text
from fbss_app.domain.decision_aid.prose import BulletList, Heading, Paragraph, Table
from fbss_app.domain.decision_aid.source import Source
from fbss_app.ui.prose import lead, prose, source_list
from tests.ui.rendered import named, props, text


def words(content):
    return (Text(text=content),)


def test_blocks_become_their_elements():
    page = prose(
        [
            Heading(text="What it is"),
            Paragraph(children=(Text(text="A "), Strong(text="trial"), Text(text="."))),
            BulletList(items=(words("one"), words("two"))),
        ]
    )
    assert [len(named(page, name)) for name in ("h2", "p", "strong", "li")] == [1, 1, 1, 2]


def test_table_cells_carry_their_column_for_narrow_screens():
    table = Table(
        header=(words("Operation"), words("Out of 100")), rows=((words("A"), words("5")),)
    )
    page = prose([table])
    (cell,) = named(page, "td")
    assert props(cell)["data-label"] == "Out of 100"
    row_header = named(page, "th")[-1]
    assert props(row_header)["scope"] == "row"


def test_only_a_table_of_short_cells_stays_one_on_a_phone():
    def kind(*cells):
        table = Table(header=(words("A"), words("B")), rows=(tuple(map(words, cells)),))
        (shown,) = named(prose([table]), "table")
        return props(shown)["className"].strip('"')

    assert kind("4 or more", "about 22") == "table"
    assert kind("4 or more", "more room for a nerve") == "table table-cards"


def test_lead_explains_its_terms_in_place():
    entry = GlossaryEntry(term="fusion", definition="Joins bones.")
    line = lead((Text(text="A "), Term(text="fusion", entry=entry), Text(text=".")))
    (paragraph,) = named(line, "p")
    assert props(named(paragraph, "a")[0])["role"] == "button"
    assert "Joins bones." in text(line)


def test_reference_is_numbered_by_the_source_list_and_leads_to_it():
    paragraph = Paragraph(children=(Text(text="Half did well. "), SourceReference(source_id="S64")))
    page = prose([paragraph], sources=["S63", "S64"])
    (link,) = named(page, "a")
    assert props(link)["href"] == "#source-S64"
    assert '"2"' in text(page)
    assert "Half did well. " not in text(page)


def test_source_list_is_the_target_of_references():
    entries = named(source_list([Source(id="S64", citation="A study.", seen="full")]), "li")
    assert props(entries[0])["id"] == "source-S64"
    assert props(entries[0])["tabIndex"] == "-1"
