import pytest

from fbss_app.domain.decision_aid.glossary import Glossary, GlossaryEntry

ENTRIES = (
    GlossaryEntry(
        term="disc herniation", definition="A disc slipped.", variants=("herniated disc",)
    ),
    GlossaryEntry(term="epidural", definition="Around the nerves."),
    GlossaryEntry(term="epidural adhesiolysis", definition="Loosens scar."),
    GlossaryEntry(term="acceptance therapy", definition="A talking therapy.", variants=("ACT",)),
)
GLOSSARY = Glossary(ENTRIES)


def found(text):
    return [(use.group(), entry.id) for use, entry in GLOSSARY.uses(text)]


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("Disc Herniation hurts.", [("Disc Herniation", "disc-herniation")]),
        ("a herniated disc", [("herniated disc", "disc-herniation")]),
        ("epidural adhesiolysis", [("epidural adhesiolysis", "epidural-adhesiolysis")]),
        ("an epidural.", [("epidural", "epidural")]),
        ("epidurals, non-epidural", []),
        ("They act on ACT.", [("ACT", "acceptance-therapy")]),
    ],
)
def test_words_are_found_whole_and_the_longest_first(text, uses):
    assert found(text) == uses


def test_each_use_is_replaced_by_a_neutral_word():
    assert GLOSSARY.without_terms("Epidural, then an epidural.", "part") == "part, then an part."
