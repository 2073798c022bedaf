"""Builds the one-page summary: what was answered, in neutral words, in the order it is laid out.

It reports and never interprets; how it looks is for whoever shows it.
"""

from dataclasses import dataclass

from fbss_app.domain.questionnaire.answers import Path, answer_key
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire, SummaryBlock
from fbss_app.domain.questionnaire.scoring import ScoreResult, score_result
from fbss_app.domain.summary.answer_text import answer_text


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A question that was asked, and its answer; no texts when it has none."""

    link_id: str
    path: Path
    label: str
    answers: tuple[str, ...]

    @property
    def key(self) -> str:
        """The answer key, for a link back to the question."""
        return answer_key(self.link_id, self.path)


@dataclass(frozen=True, slots=True)
class SummaryRepetitions:
    """A repeating group, with the lines of each repetition in order."""

    link_id: str
    path: Path
    label: str
    repetitions: tuple["SummaryLines", ...]


SummaryLines = tuple[SummaryLine | SummaryRepetitions, ...]


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """One block of the summary as filled in."""

    title: str
    starred: bool
    lines: SummaryLines
    scores: tuple[ScoreResult, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole summary."""

    title: str
    blocks: tuple[SummaryPart, ...]


def build_summary(questionnaire: Questionnaire, evaluation: Evaluation) -> Summary:
    """Fill in the summary blocks of a questionnaire. Disabled questions leave no trace.

    What a block names for itself is left out of the groups that other blocks name, so that nothing
    stands on the page twice.
    """
    named = frozenset(link_id for block in questionnaire.summary for link_id in block.item)
    blocks = tuple(_part(block, evaluation, named) for block in questionnaire.summary)
    return Summary(questionnaire.title, blocks)


def _part(block: SummaryBlock, evaluation: Evaluation, named: frozenset[str]) -> SummaryPart:
    placements = evaluation.questionnaire.placements
    lines = [
        line
        for link_id in block.item
        for path in evaluation.paths(link_id)
        for line in _lines(placements[link_id].item, path, evaluation, named)
    ]
    scores = tuple(score_result(evaluation, name) for name in block.score)
    return SummaryPart(block.title, block.starred, tuple(lines), scores)


def _lines(item: Item, path: Path, evaluation: Evaluation, named: frozenset[str]) -> SummaryLines:
    if item.type is ItemType.DISPLAY or not evaluation.enabled(item.link_id, path):
        return ()
    if item.type is not ItemType.GROUP:
        texts = tuple(answer_text(item, evaluation.answer(item.link_id, path)))
        return (SummaryLine(item.link_id, path, item.label, texts),)
    if not item.repeats:
        return _lines_of_all(item, path, evaluation, named)
    repetitions = tuple(
        _lines_of_all(item, (*path, repetition), evaluation, named)
        for repetition in evaluation.repetitions(item.link_id, path)
    )
    return (SummaryRepetitions(item.link_id, path, item.label, repetitions),)


def _lines_of_all(
    group: Item, path: Path, evaluation: Evaluation, named: frozenset[str]
) -> SummaryLines:
    return tuple(
        line
        for item in group.item
        if item.link_id not in named
        for line in _lines(item, path, evaluation, named)
    )
