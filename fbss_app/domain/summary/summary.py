"""Builds the one-page summary: what was answered, in neutral words, in the order it is laid out.

It reports and never interprets; how it looks is for whoever shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fbss_app.domain.questionnaire.answers import AuthorRole, Path, answer_key
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import (
    Instrument,
    Item,
    ItemType,
    Questionnaire,
    SummaryBlock,
)
from fbss_app.domain.questionnaire.scoring import ScoreResult, questions_behind, score_result
from fbss_app.domain.questionnaire.summary_block import Picture
from fbss_app.domain.questionnaire.wording import repetition_title, with_repetition
from fbss_app.domain.summary.answer_text import answer_text
from fbss_app.domain.summary.body_map import BodyMap, body_map
from fbss_app.domain.summary.given_words import (
    ANSWERED_ALONE,
    FOR_THE_PATIENT_ALONE,
    NOT_ANSWERED_YET,
    mark_words,
    origin_notes,
    reported_by,
    usual_words,
)
from fbss_app.domain.summary.provenance import Given, Provenance, proxied
from fbss_app.domain.summary.questions import QuestionsToAsk, questions_to_ask
from fbss_app.domain.summary.timeline import Timeline, timeline


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A question that was asked, and its answer; no texts when it has none.

    Attributes:
        link_id: The question.
        path: The repetitions it stands in.
        label: What is asked, in short; what a block names for itself names its repetitions too.
        answers: The answer in words, one text per thing answered.
        given: Who answered, and how; None without an answer, or where nobody keeps it.
        none_of_these: Whether the answer is the option that excludes all others.
        by_proxy: Whether somebody else answered what only the patient can feel or know.
    """

    link_id: str
    path: Path
    label: str
    answers: tuple[str, ...]
    given: Given | None = None
    none_of_these: bool = False
    by_proxy: bool = False

    @property
    def key(self) -> str:
        """The answer key, for a link back to the question."""
        return answer_key(self.link_id, self.path)


@dataclass(frozen=True, slots=True)
class SummaryRepetitions:
    """A repeating group, with the title and the lines of each repetition in order."""

    link_id: str
    path: Path
    label: str
    repetitions: tuple["SummaryLines", ...]
    titles: tuple[str, ...]


# So many lines may say "none of these" each for itself; more of them become one.
_MOST_NONES = 2

SummaryLines = tuple[SummaryLine | SummaryRepetitions, ...]


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """One block of the summary as filled in.

    Attributes:
        title: What it is about.
        starred: Whether it is one of the facts a specialist looks for first.
        folded: Whether a small screen shows its title alone until it is opened.
        lines: The questions asked, with and without an answer.
        scores: The scores.
        table: Whether the repetitions among the lines are to be shown as tables.
        none_of_these: Several questions that were all answered "none of these". They are not
            among the lines, or warning signs that nobody has would fill the sheet.
        body_map: The drawing of the places of pain.
        timeline: The drawing of operations and pain.
    """

    title: str
    starred: bool
    folded: bool
    lines: SummaryLines
    scores: tuple[ScoreResult, ...]
    table: bool = False
    none_of_these: tuple[SummaryLine, ...] = ()
    body_map: BodyMap | None = None
    timeline: Timeline | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole summary.

    Attributes:
        title: The title of the questionnaire.
        version: The version of the questionnaire that was answered.
        blocks: The blocks in order.
        questions: The questions to ask.
        reported_by: Everyone who gave one of the answers on it, in words, the patient first.
        unmarked: What `mark` leaves unsaid, as it is true of most answers.
        notes: What the marks and the sign beside the answers mean, in sentences.
        signs_answered_at: When a question about warning signs was last answered.
        instruments: The instruments of which at least one question was answered.
    """

    title: str
    version: str
    blocks: tuple[SummaryPart, ...]
    questions: QuestionsToAsk
    reported_by: str = ""
    unmarked: str = ""
    notes: tuple[str, ...] = ()
    signs_answered_at: datetime | None = None
    instruments: tuple[Instrument, ...] = ()

    def mark(self, line: SummaryLine) -> str:
        """Say who gave an answer and how, where that is not true of most; else ""."""
        words = mark_words(line.given) if line.given else ""
        return "" if words == self.unmarked else words


def build_summary(
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    provenance: Provenance | None = None,
    viewer: AuthorRole = AuthorRole.PATIENT,
) -> Summary:
    """Fill in the summary blocks of a questionnaire. Disabled questions leave no trace.

    What a block names for itself is left out of the groups that other blocks name, so that nothing
    stands on the page twice; so is what the drawing of a body shows.

    Args:
        questionnaire: The definition.
        evaluation: The answers.
        provenance: Who gave each answer and when; without it nobody is named.
        viewer: Who is to see it. What was put aside for the patient alone is named to the patient
            only; of a warning sign everyone sees that it is not answered yet.
    """
    builder = _Builder(evaluation, provenance or {}, viewer)
    blocks = tuple(builder.part(block) for block in questionnaire.summary)
    lines = [line for block in blocks for line in (*leaves(block.lines), *block.none_of_these)]
    givens = [line.given for line in lines if line.given]
    signed = any(line.by_proxy for line in lines) or any(
        block.body_map and block.body_map.by_proxy for block in blocks
    )
    return Summary(
        questionnaire.title,
        questionnaire.version,
        blocks,
        questions_to_ask(evaluation),
        reported_by(givens),
        usual_words(givens),
        origin_notes(givens, signed=signed),
        _signs_answered_at(questionnaire, builder.provenance),
        _instruments(evaluation),
    )


def _instruments(evaluation: Evaluation) -> tuple[Instrument, ...]:
    answered = {
        group.instrument
        for link_id, placement in evaluation.questionnaire.placements.items()
        for group in placement.ancestors
        if group.instrument
        and any(evaluation.answer(link_id, path) is not None for path in evaluation.paths(link_id))
    }
    return tuple(one for one in evaluation.questionnaire.instrument if one.name in answered)


def _signs_answered_at(questionnaire: Questionnaire, provenance: Provenance) -> datetime | None:
    asked = _signs(questionnaire)
    times = [
        given.answered_at for key, given in provenance.items() if key.partition("@")[0] in asked
    ]
    return max(times, default=None)


def _signs(questionnaire: Questionnaire) -> frozenset[str]:
    """List the questions about warning signs."""
    return frozenset(
        link_id
        for flag in questionnaire.red_flag
        for link_id in questions_behind(questionnaire, flag.when)
    )


def leaves(lines: SummaryLines) -> Iterator[SummaryLine]:
    """Give every question among lines, those in repetitions included."""
    for line in lines:
        if isinstance(line, SummaryLine):
            yield line
        else:
            for repetition in line.repetitions:
                yield from leaves(repetition)


class _Builder:
    """Fills in blocks from one set of answers."""

    def __init__(self, evaluation: Evaluation, provenance: Provenance, viewer: AuthorRole) -> None:
        self.provenance = provenance
        self._by_proxy = proxied(provenance)
        self._viewer = viewer
        self._signs = _signs(evaluation.questionnaire)
        self._evaluation = evaluation
        blocks = evaluation.questionnaire.summary
        self._drawn = {
            link_id
            for block in blocks
            for link_id in (block.places, block.kinds, block.worst)
            if link_id
        }
        self._elsewhere = self._drawn.union(*(block.item for block in blocks))

    def part(self, block: SummaryBlock) -> SummaryPart:
        """Fill in one block."""
        in_rows = self._in_rows(block)
        lines = tuple(
            line
            for link_id in block.item
            if link_id not in self._drawn and link_id not in in_rows
            for path in self._evaluation.paths(link_id)
            for line in self._lines(link_id, path, named=True)
        )
        none = [line for line in lines if isinstance(line, SummaryLine) and line.none_of_these]
        none = none if len(none) > _MOST_NONES else []
        shows_places = block.picture is Picture.BODY_MAP
        dated = block.date if block.picture is Picture.TIMELINE else None
        return SummaryPart(
            block.title,
            block.starred,
            block.folded,
            tuple(line for line in lines if line not in none),
            tuple(score_result(self._evaluation, name, self._by_proxy) for name in block.score),
            block.table,
            tuple(none),
            body_map(block, self._evaluation, self._by_proxy) if shows_places else None,
            timeline(block, self._evaluation, self._titles_of(dated), self._by_proxy)
            if dated
            else None,
        )

    def _in_rows(self, block: SummaryBlock) -> set[str]:
        """List the questions whose answers are the rows of a table in the same block."""
        if not block.table:
            return set()
        items = [self._evaluation.questionnaire.placements[one].item for one in block.item]
        asked = {item.repeats_for for item in items if item.repeats_for in block.item}
        return {one for one in asked if one and self._evaluation.chosen(one)}

    def _titles_of(self, link_id: str) -> list[str]:
        """Name what surrounds each occurrence of a question; the question itself without one."""
        label = self._evaluation.questionnaire.placements[link_id].item.label
        paths = self._evaluation.paths(link_id)
        return [[label, *self._titles_around(link_id, path)][-1] for path in paths]

    def _titles_around(self, link_id: str, path: Path) -> list[str]:
        """Name the repetitions that a question stands in, outermost first."""
        groups = self._evaluation.questionnaire.placements[link_id].repeating
        return [
            repetition_title(self._evaluation, group, path[: depth + 1])
            for depth, group in enumerate(groups)
        ]

    def _lines(self, link_id: str, path: Path, *, named: bool = False) -> SummaryLines:
        item = self._evaluation.questionnaire.placements[link_id].item
        if item.type is ItemType.DISPLAY or not self._evaluation.enabled(link_id, path):
            return ()
        if item.type is not ItemType.GROUP:
            return (self._line(item, path, named=named),)
        if not item.repeats:
            return self._inside(item, path, named=named)
        paths = [(*path, each) for each in self._evaluation.repetitions(link_id, path)]
        return (
            SummaryRepetitions(
                link_id,
                path,
                item.label,
                tuple(self._inside(item, inner) for inner in paths),
                tuple(repetition_title(self._evaluation, link_id, inner) for inner in paths),
            ),
        )

    def _inside(self, group: Item, path: Path, *, named: bool = False) -> SummaryLines:
        return tuple(
            line
            for item in group.item
            if item.link_id not in self._elsewhere
            for line in self._lines(item.link_id, path, named=named)
        )

    def _line(self, item: Item, path: Path, *, named: bool) -> SummaryLine:
        value = self._evaluation.answer(item.link_id, path)
        key = answer_key(item.link_id, path)
        around = self._titles_around(item.link_id, path) if named else []
        exclusive = [option.code for option in item.answer_option if option.exclusive]
        asked = self._evaluation.asked(item.link_id, path)
        return SummaryLine(
            item.link_id,
            path,
            ": ".join([*around, with_repetition(self._evaluation, item.link_id, path, item.label)]),
            tuple(answer_text(asked, value, short=True)) or self._instead(item, path),
            None if value is None else self.provenance.get(key),
            isinstance(value, list) and bool(value) and value[0] in exclusive,
            item.unobservable and value is not None and key in self._by_proxy,
        )

    def _instead(self, item: Item, path: Path) -> tuple[str, ...]:
        """Say what stands there in place of an answer that was put aside."""
        if answer_key(item.link_id, path) in self._evaluation.alone:
            return (ANSWERED_ALONE,)
        if not self._evaluation.masked(item.link_id, path):
            return ()
        open_sign = (NOT_ANSWERED_YET,) if item.link_id in self._signs else ()
        alone = (FOR_THE_PATIENT_ALONE,) if self._viewer is AuthorRole.PATIENT else ()
        return (*open_sign, *alone)
