"""Medical words explained: in place, where the text uses one, and as a list."""

from collections.abc import Iterable, Sequence

import reflex as rx
from reflex_components_core.el.elements.inline import A

from fbss_app.domain.decision_aid.glossary import GlossaryEntry
from fbss_app.domain.decision_aid.inline import Inline, Term
from fbss_app.ui import words
from fbss_app.ui.disclosure import disclosure

# One handler for all words of a text. What it changes, React never draws again.
_TOGGLE = """((event) => {
    const term = event.target.closest(".term");
    const isUnused = event.type === "keydown" && event.key !== " " && event.key !== "Escape";
    if (!term || isUnused) return;
    event.preventDefault();
    const definition = document.getElementById(term.getAttribute("aria-controls"));
    definition.hidden = event.key === "Escape" || !definition.hidden;
    term.setAttribute("aria-expanded", String(!definition.hidden));
})"""


def explained_text(*children: rx.Component, class_name: str) -> rx.Component:
    """Hold text whose words open their definitions: by a press, and close by another or Escape.

    Args:
        *children: The text.
        class_name: Its classes.
    """
    toggle = rx.Var(_TOGGLE)
    # Reflex knows no key events of a `div`.
    handlers = {"onClick": toggle, "onKeyDown": toggle}
    return rx.el.div(*children, custom_attrs=handlers, class_name=class_name)


def term(part: Term) -> rx.Component:
    """Show a word of the running text that opens its definition.

    It is a link in the role of a button: it breaks over lines as words do, and without scripts it
    leads to the list of words on the page.

    Args:
        part: The word.
    """
    return A.create(
        part.text,
        href=f"#{_entry_id(part.entry)}",
        role="button",
        aria_expanded="false",
        aria_controls=_definition_id(part.entry),
        class_name="term",
    )


def definitions(inlines: Sequence[Inline]) -> Iterable[rx.Component]:
    """Make the definitions of a paragraph, item or cell, closed; they stand at its end.

    Args:
        inlines: The words in it.
    """
    for part in inlines:
        if isinstance(part, Term):
            yield rx.el.span(
                rx.el.b(part.entry.term),
                f": {part.entry.definition}",
                id=rx.Var.create(_definition_id(part.entry)),
                hidden=True,
                class_name="definition",
            )


def word_list(entries: Iterable[GlossaryEntry]) -> rx.Component:
    """List words with what they mean.

    Args:
        entries: The words, in the order of showing.
    """
    return rx.el.dl(
        *(
            rx.el.div(
                rx.el.dt(entry.term),
                *([rx.el.dd(_also(entry), class_name="note")] if entry.variants else []),
                rx.el.dd(entry.definition),
                id=rx.Var.create(_entry_id(entry)),
            )
            for entry in entries
        ),
        class_name="word-list",
    )


def words_on_this_page(entries: Sequence[GlossaryEntry], *after: rx.Component) -> rx.Component:
    """List the words that a page explains; without scripts this is where to read them.

    Args:
        entries: The words, in the order of showing; none shows nothing.
        *after: What stands under the list.
    """
    if not entries:
        return rx.fragment()
    return rx.el.div(
        disclosure(words.WORDS_ON_THIS_PAGE, word_list(entries), *after),
        class_name="section words-on-page",
    )


def _entry_id(entry: GlossaryEntry) -> str:
    return f"word-{entry.id}"


def _definition_id(entry: GlossaryEntry) -> str:
    return f"definition-{entry.id}"


def _also(entry: GlossaryEntry) -> str:
    return f"{words.ALSO}{', '.join(entry.variants)}"
