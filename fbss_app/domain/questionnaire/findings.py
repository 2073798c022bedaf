"""What a check of a definition has to say, and where."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from fbss_app.domain.questionnaire.expressions import FieldPath


class Finding(NamedTuple):
    """One thing wrong with a definition."""

    path: FieldPath
    problem: str
    what_to_do: str

    @property
    def field(self) -> str:
        """The place as people write it: `item[2].enable_when[0].question`."""
        return field_name(self.path)


def field_name(path: FieldPath) -> str:
    """Write a field path in one piece."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, as a sentence."""
    near = get_close_matches(word, list(known), n=1)
    return f"Did you mean `{near[0]}`?" if near else "Check the spelling."


def repeated(words: Iterable[str]) -> list[int]:
    """List the places at which a word comes up again."""
    seen: set[str] = set()
    places: list[int] = []
    for place, word in enumerate(words):
        if word in seen:
            places.append(place)
        seen.add(word)
    return places
