"""Medical terms in plain words, and where a text uses one."""

import re
from collections.abc import Iterator

from fbss_app.domain.questionnaire.base import Definition, Words


class GlossaryEntry(Definition):
    """A term, what it means, and the other words that the same entry explains."""

    term: Words
    definition: Words
    variants: tuple[Words, ...] = ()

    @property
    def id(self) -> str:
        """The entry's name in addresses and ids, such as "disc-herniation"."""
        return re.sub(r"[^a-z0-9]+", "-", self.term.lower()).strip("-")


class Glossary:
    """Finds the words that entries explain, the longest first, whole and in any case.

    An abbreviation counts in capitals only: ACT must not explain the word "act".
    """

    def __init__(self, entries: tuple[GlossaryEntry, ...]) -> None:
        self._entries = {
            word.casefold(): entry for entry in entries for word in (entry.term, *entry.variants)
        }
        words = (word for entry in entries for word in (entry.term, *entry.variants))
        alternatives = "|".join(_pattern(word) for word in sorted(words, key=len, reverse=True))
        self._uses = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")

    def uses(self, text: str) -> Iterator[tuple[re.Match[str], GlossaryEntry]]:
        """Yield each use of a term in a text, in order, with the entry that explains it."""
        for found in self._uses.finditer(text):
            yield found, self._entries[found.group().casefold()]

    def without_terms(self, text: str, neutral: str) -> str:
        """Put a neutral word in place of each term."""
        return self._uses.sub(neutral, text)


def _pattern(word: str) -> str:
    return re.escape(word) if word.isupper() else f"(?i:{re.escape(word)})"
