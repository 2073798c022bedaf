"""Drives the engine the way a person fills in a questionnaire.

Every verb returns the scenario, so that a test reads as a story. What a person could not do
(answer what is not asked, give an answer that the page refuses) fails the test at once.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from fbss_app.domain.questionnaire.answers import (
    AnswerEvent,
    AuthorRole,
    Perspective,
    fold,
    split_key,
)
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire, Urgency
from fbss_app.domain.questionnaire.navigation import (
    StepKind,
    first_unanswered,
    next_step,
    previous_step,
    section_progress,
    steps,
)
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.domain.safety.red_flag import most_urgent, raised_red_flags
from fbss_app.domain.summary.summary import Summary, build_summary

NOT_SURE = {"absent": "asked-unknown"}
BEGINNING = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)


def uuid4_number(number: int) -> UUID:
    """Make a version 4 id that is the same in every run."""
    return UUID(int=(0x4 << 76) | (0x8 << 60) | number)


def answer_event(
    number: int, key: str, value: Any, role: str = "patient", **fields: Any
) -> AnswerEvent:
    """Make the event that answers a key; `number` orders it and names it.

    A perspective among the further fields says the role too.
    """
    link_id, path = split_key(key)
    if "perspective" in fields:
        role = Perspective(fields["perspective"]).role
    made = {
        "id": uuid4_number(number),
        "link_id": link_id,
        "path": path,
        "value": value,
        "author_id": uuid4_number(10**9),
        "author_role": AuthorRole(role),
        "answered_at": BEGINNING + timedelta(seconds=number),
    }
    return AnswerEvent.model_validate(made | fields)


class Scenario:
    """One person, one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.events: list[AnswerEvent] = []
        self.at: str | None = self.steps[0] if self.steps else None

    @property
    def evaluation(self) -> Evaluation:
        return Evaluation(self.questionnaire, fold(self.events))

    @property
    def steps(self) -> list[str]:
        return [step.key for step in steps(self.evaluation)]

    @property
    def first_unanswered(self) -> str | None:
        step = first_unanswered(self.evaluation)
        return step.key if step else None

    @property
    def progress(self) -> dict[str, str]:
        return {link_id: str(progress) for link_id, progress in section_progress(self.evaluation)}

    @property
    def urgency(self) -> Urgency | None:
        flag = most_urgent(raised_red_flags(self.questionnaire, self.evaluation))
        return flag.urgency if flag else None

    @property
    def summary(self) -> Summary:
        return build_summary(self.questionnaire, self.evaluation)

    def score(self, name: str) -> int | float | None:
        return self.evaluation.score(name)

    def answer(self, key: str, value: Any) -> Self:
        """Go to a question and answer it."""
        assert key in self.steps, f"{key} is not asked; asked are {self.steps}"
        self._record(key, value)
        self.at = key
        return self

    def not_sure(self, key: str) -> Self:
        return self.answer(key, NOT_SURE)

    def clear(self, key: str) -> Self:
        """Take an answer back."""
        return self.answer(key, None)

    def add(self, key: str) -> Self:
        """Add a repetition, named like `operation@r1`."""
        self._record(key, True)
        return self

    def remove(self, key: str) -> Self:
        """Remove a repetition."""
        self._record(key, None)
        return self

    def next(self) -> Self:
        """Press Continue."""
        assert self.at is not None
        owed = next((step for step in steps(self.evaluation) if step.key == self.at), None)
        assert owed is not None, f"{self.at} is no page now"
        item = self.questionnaire.placements[owed.link_id].item
        if owed.kind is StepKind.QUESTION and item.required:
            assert self.at in self.evaluation.answers, f"{self.at} must be answered first"
        following = next_step(self.evaluation, self.at)
        self.at = following.key if following else None
        return self

    def back(self) -> Self:
        """Press Back."""
        assert self.at is not None
        before = previous_step(self.evaluation, self.at)
        self.at = before.key if before else None
        return self

    def _record(self, key: str, value: Any) -> None:
        event = answer_event(len(self.events) + 1, key, value)
        problem = validate_event(self.questionnaire, event)
        assert problem is None, f"{key} = {value!r}: {problem}"
        self.events.append(event)
