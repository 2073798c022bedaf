from fbss_app.domain.decision_aid.glossary import GlossaryEntry
from fbss_app.domain.decision_aid.inline import Term, Text
from fbss_app.domain.decision_aid.prose import Paragraph
from fbss_app.ui.glossary import word_list, words_on_this_page
from fbss_app.ui.prose import prose
from tests.ui.rendered import named, props, text

ENTRY = GlossaryEntry(
    term="disc herniation", definition="A disc slipped.", variants=("herniated disc",)
)


def shown():
    words = (Text(text="A "), Term(text="herniated disc", entry=ENTRY), Text(text=" hurts."))
    return prose([Paragraph(children=words)])


def test_word_is_a_button_for_its_closed_definition():
    (word,) = named(shown(), "a")
    (definition,) = named(shown(), "span")

    assert props(word)["role"] == "button"
    assert props(word)["aria-expanded"] == "false"
    assert props(word)["aria-controls"] == props(definition)["id"]
    assert props(definition)["hidden"] == "true"
    assert "A disc slipped." in text(shown())


def test_without_scripts_a_word_leads_to_the_list_of_the_page():
    (word,) = named(shown(), "a")
    (_, entry) = named(words_on_this_page([ENTRY]), "div")[-2:]

    assert props(word)["href"] == f"#{props(entry)['id']}"


def test_list_names_the_other_words_that_an_entry_explains():
    assert "Also: herniated disc" in text(word_list([ENTRY]))


def test_page_that_explains_nothing_has_no_list():
    assert named(words_on_this_page([]), "details") == []
