"""The pages of a questionnaire, in order, for one set of answers, and how far along they are."""

from enum import StrEnum
from typing import NamedTuple

from fbss_app.domain.questionnaire.answers import AuthorRole, Path, answer_key
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Interruption, Item, ItemType


class StepKind(StrEnum):
    """What a page is."""

    QUESTION = "question"
    DISPLAY = "display"
    REPETITIONS = "repetitions"


class Step(NamedTuple):
    """One page: a question, a text to read, or "add another" for a repeating group."""

    link_id: str
    path: Path
    kind: StepKind

    @property
    def key(self) -> str:
        """The answer key, which also names the page."""
        return answer_key(self.link_id, self.path)


class Progress(StrEnum):
    """How far along a section is."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


class SectionProgress(NamedTuple):
    """A section of the task list with its progress."""

    link_id: str
    progress: Progress


def steps(evaluation: Evaluation) -> list[Step]:
    """List the pages in order; where a helper answers, without what is still for the patient."""
    return _steps_in(evaluation, evaluation.questionnaire.item, ())


def _steps_in(evaluation: Evaluation, items: tuple[Item, ...], path: Path) -> list[Step]:
    found: list[Step] = []
    for item in items:
        if not evaluation.enabled(item.link_id, path) or _is_withheld(evaluation, item, path):
            continue
        if item.type is ItemType.GROUP and item.repeats:
            for repetition in evaluation.repetitions(item.link_id, path):
                found += _steps_in(evaluation, item.item, (*path, repetition))
            if item.repeats_for is None:
                found.append(Step(item.link_id, path, StepKind.REPETITIONS))
        elif item.type is ItemType.GROUP:
            found += _steps_in(evaluation, item.item, path)
        else:
            display = item.type is ItemType.DISPLAY
            kind = StepKind.DISPLAY if display else StepKind.QUESTION
            found.append(Step(item.link_id, path, kind))
    return found


def _is_withheld(evaluation: Evaluation, item: Item, path: Path) -> bool:
    by_helper = evaluation.perspective.role is AuthorRole.HELPER
    return by_helper and evaluation.masked(item.link_id, path)


def next_step(evaluation: Evaluation, key: str) -> Step | None:
    """Give the page after this one; None after the last, or when this one is not a page now."""
    return _neighbour(evaluation, key, +1)


def previous_step(evaluation: Evaluation, key: str) -> Step | None:
    """Give the page before this one; None before the first, or when this one is not a page now."""
    return _neighbour(evaluation, key, -1)


def _neighbour(evaluation: Evaluation, key: str, distance: int) -> Step | None:
    pages = steps(evaluation)
    place = next((index for index, step in enumerate(pages) if step.key == key), None)
    if place is None or not 0 <= place + distance < len(pages):
        return None
    return pages[place + distance]


def first_unanswered(evaluation: Evaluation) -> Step | None:
    """Give the first page with a question that must be answered and is not.

    Texts, "add another" and optional questions are passed over: the engine does not know which of
    them were seen, and must not send a person back to them for ever.
    """
    return next((step for step in steps(evaluation) if _is_owed(evaluation, step)), None)


def _is_answered(evaluation: Evaluation, step: Step) -> bool:
    return step.key in evaluation.alone or evaluation.answer(step.link_id, step.path) is not None


def _is_owed(evaluation: Evaluation, step: Step) -> bool:
    required = evaluation.questionnaire.placements[step.link_id].item.required
    return step.kind is StepKind.QUESTION and required and not _is_answered(evaluation, step)


def interruptions_after(
    evaluation: Evaluation, link_id: str, path: Path = ()
) -> list[Interruption]:
    """List the interruptions that the answer to a question calls for, in its own repetition.

    Whether the person has confirmed this very answer before is for the caller to know.
    """
    if evaluation.answer(link_id, path) is None:
        return []
    scope = evaluation.scope_of(link_id, path)
    return [
        interruption
        for interruption in evaluation.questionnaire.interruption
        if interruption.question == link_id and evaluation.holds(interruption.when, scope)
    ]


def section_progress(evaluation: Evaluation) -> list[SectionProgress]:
    """Give the progress of every enabled section, in order.

    A section is completed when nothing that must be answered is open and something was answered,
    or when it asks nothing.
    """
    return [
        SectionProgress(section.link_id, _progress(evaluation, section))
        for section in evaluation.questionnaire.item
        if evaluation.enabled(section.link_id)
    ]


def _progress(evaluation: Evaluation, section: Item) -> Progress:
    questions = [
        step for step in _steps_in(evaluation, (section,), ()) if step.kind is StepKind.QUESTION
    ]
    if not questions:
        return Progress.COMPLETED
    if not any(_is_answered(evaluation, step) for step in questions):
        return Progress.NOT_STARTED
    if any(_is_owed(evaluation, step) for step in questions):
        return Progress.IN_PROGRESS
    return Progress.COMPLETED
