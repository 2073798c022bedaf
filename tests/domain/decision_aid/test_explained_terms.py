from fbss_app.domain.decision_aid.explained_terms import ExplainedTerms
from fbss_app.domain.decision_aid.figure_words import figure_words
from fbss_app.domain.decision_aid.glossary import Glossary, GlossaryEntry
from fbss_app.domain.decision_aid.inline import Link, Strong, Term, Text, plain_text
from fbss_app.domain.decision_aid.prose import (
    BulletList,
    FigureBlock,
    Heading,
    Paragraph,
    Table,
    inline_groups,
)
from tests.domain.decision_aid.figures import share

FUSION = GlossaryEntry(term="fusion", definition="Joins bones.")
STENOSIS = GlossaryEntry(term="stenosis", definition="A tight space.")


def page():
    return ExplainedTerms(Glossary((STENOSIS, FUSION)))


def paragraph(*parts):
    return Paragraph(children=tuple(Text(text=p) if isinstance(p, str) else p for p in parts))


def terms(blocks):
    return [
        part.text
        for block in blocks
        for inlines in inline_groups(block)
        for part in inlines
        if isinstance(part, Term)
    ]


def test_first_use_on_the_page_is_marked_and_no_later_one():
    terms_of_page = page()
    first = terms_of_page.mark([paragraph("After fusion, a fusion.")])
    second = terms_of_page.mark([paragraph("Fusion and stenosis.")])

    assert first[0].children == (
        Text(text="After "),
        Term(text="fusion", entry=FUSION),
        Text(text=", a fusion."),
    )
    assert terms(second) == ["stenosis"]
    assert terms_of_page.entries == (FUSION, STENOSIS)


def test_words_stay_as_they_were():
    blocks = (
        paragraph("Fusion ", Strong(text="or"), " stenosis"),
        BulletList(items=((Text(text="stenosis"),),)),
    )

    marked = page().mark(blocks)

    groups = [inlines for block in blocks for inlines in inline_groups(block)]
    groups_after = [inlines for block in marked for inlines in inline_groups(block)]
    assert [plain_text(group) for group in groups] == [plain_text(group) for group in groups_after]
    assert terms(marked) == ["Fusion", "stenosis"]


def test_headings_links_and_names_of_columns_are_left_alone():
    fusion = (Text(text="fusion"),)
    blocks = (
        Heading(text="Fusion"),
        paragraph(Link(text="fusion", href="/options")),
        Table(header=(fusion, fusion), rows=((fusion, fusion),)),
    )

    marked = page().mark(blocks)

    assert marked[:2] == blocks[:2]
    assert [isinstance(cell[0], Term) for cell in marked[2].rows[0]] == [True, False]
    assert terms([marked[2].model_copy(update={"rows": ()})]) == []


def test_bold_words_are_marked_and_stay_bold():
    (marked,) = page().mark([paragraph(Strong(text="After a fusion."))])

    assert marked.children == (
        Strong(text="After a "),
        Term(text="fusion", entry=FUSION, strong=True),
        Strong(text="."),
    )


def test_lead_is_marked_before_what_follows():
    terms_of_page = page()
    lead = terms_of_page.mark_line("A fusion joins bones.")

    assert [part.text for part in lead if isinstance(part, Term)] == ["fusion"]
    assert terms(terms_of_page.mark([paragraph("A fusion.")])) == []


def test_sentences_of_a_figure_are_marked_but_not_its_number():
    operations = GlossaryEntry(term="operations", definition="Work of surgeons.")
    terms_of_page = ExplainedTerms(Glossary((operations, STENOSIS)))
    figure = share(unit="operations", population="a study of stenosis")

    (marked,) = terms_of_page.mark([FigureBlock(figure=figure)])

    assert terms([marked]) == ["stenosis"]
    assert plain_text(marked.words.statement) == plain_text(figure_words(figure).statement)
