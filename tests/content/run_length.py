"""How long a run takes, from what has to be read, tapped and typed; the rates are assumptions.

A text that comes again, such as the ends of a scale, is read once. Of a question with one answer
the options are read down to the one that is chosen; on the body map only the places chosen.
Deciding is taken to happen while reading, and "why we ask" to stay closed.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fbss_app.domain.questionnaire.answers import is_absent, occurrences_of
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import CHOICES, Item, ItemControl, Questionnaire
from fbss_app.domain.questionnaire.navigation import StepKind, steps

WORDS_PER_MINUTE = 240
SECONDS_PER_TAP = 1.0
SECONDS_PER_LETTER = 0.3
_TAPPED = frozenset({ItemControl.NRS, ItemControl.RADIO, ItemControl.CHECK_BOX})


class RunLength(NamedTuple):
    """One run through the questions."""

    pages: int
    questions: int
    taps: int
    words: int
    letters: int

    @property
    def minutes(self) -> float:
        """Minutes at the assumed rates."""
        tapping = self.taps * SECONDS_PER_TAP + self.letters * SECONDS_PER_LETTER
        return self.words / WORDS_PER_MINUTE + tapping / 60

    def __str__(self) -> str:
        return (
            f"{self.questions} questions on {self.pages} pages, {self.taps} taps, "
            f"{self.words} words to read, {self.letters} letters to type: "
            f"{self.minutes:.1f} minutes"
        )


def run_length(questionnaire: Questionnaire, answers: dict[str, Any]) -> RunLength:
    """Add up a run with these answers, by answer key; what has none is passed over.

    Every page takes a tap on Continue; a box to type in takes one before typing.
    """
    pages = steps(Evaluation(questionnaire, answers))
    read: set[str] = set()
    taps = letters = 0
    for page in pages:
        item, value = questionnaire.placements[page.link_id].item, answers.get(page.key)
        read.update(_texts(item, value))
        taps += 1 + len(occurrences_of(value)) if value is not None else 1
        letters += sum(_letters(item, each) for each in occurrences_of(value))
    return RunLength(
        pages=len(pages),
        questions=sum(page.kind is StepKind.QUESTION for page in pages),
        taps=taps,
        words=sum(len(text.split()) for text in read),
        letters=letters,
    )


def _texts(item: Item, value: Any) -> Iterator[str]:
    yield from (text for text in (item.text, item.hint, item.detail) if text)
    chosen = [option for option in item.answer_option if option.code in occurrences_of(value)]
    if item.control is ItemControl.BODY_MAP:
        options = chosen
    elif chosen and not item.repeats:
        options = list(item.answer_option[: item.answer_option.index(chosen[0]) + 1])
    else:
        options = list(item.answer_option)
    for option in options:
        yield f"{option.display} {option.hint or ''}"


def _letters(item: Item, value: Any) -> int:
    if value is None or is_absent(value):
        return 0
    if isinstance(value, dict):
        return len(value["other"])
    return 0 if item.type in CHOICES or item.control in _TAPPED else len(str(value))
