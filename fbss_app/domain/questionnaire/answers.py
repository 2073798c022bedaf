"""Answers as append-only events, and the current answers that follow from them.

The current answers are a plain dict from answer key to JSON value, the same on the phone and here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import UUID4, AfterValidator, BaseModel, BeforeValidator, ConfigDict, JsonValue
from pydantic import AwareDatetime as AnyZoneDatetime

Path = tuple[str, ...]
AnswerValue = JsonValue
Answers = Mapping[str, AnswerValue]

ABSENT = "absent"
OTHER = "other"
IMPLIED_REPETITION = "1"


class AbsentReason(StrEnum):
    """Why there is no value though the question was asked: FHIR `data-absent-reason`."""

    ASKED_UNKNOWN = "asked-unknown"
    ASKED_DECLINED = "asked-declined"
    MASKED = "masked"


_REPETITION_ID = re.compile(r"[a-z0-9]{1,12}")
_RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|\+00:00)")


def answer_key(link_id: str, path: Sequence[str] = ()) -> str:
    """Build the key of one answer: `link_id`, `link_id@r1` or `link_id@r1.r2`."""
    return f"{link_id}@{'.'.join(path)}" if path else link_id


def split_key(key: str) -> tuple[str, Path]:
    """Take an answer key apart into its link_id and its path."""
    link_id, _, path = key.partition("@")
    return link_id, tuple(path.split(".")) if path else ()


def is_repetition_id(text: str) -> bool:
    """Say whether this can name a repetition that a person added."""
    return _REPETITION_ID.fullmatch(text) is not None


def is_not_sure(value: AnswerValue) -> bool:
    """Say whether the person took the "not sure" way out."""
    return isinstance(value, dict) and value.get(ABSENT) == AbsentReason.ASKED_UNKNOWN


def is_absent(value: AnswerValue) -> bool:
    """Say whether the person took the way out, whatever its reason."""
    return isinstance(value, dict) and value.get(ABSENT) in tuple(AbsentReason)


def is_masked(value: AnswerValue) -> bool:
    """Say whether the question was put aside for the patient to answer alone."""
    return isinstance(value, dict) and value.get(ABSENT) == AbsentReason.MASKED


def not_sure() -> AnswerValue:
    """Build the value that stands for "not sure"."""
    return {ABSENT: AbsentReason.ASKED_UNKNOWN.value}


def occurrences_of(value: AnswerValue) -> list[AnswerValue]:
    """List what was answered: the elements of a list, or the one value."""
    return value if isinstance(value, list) else [value]


class AuthorRole(StrEnum):
    """Who typed the answer."""

    PATIENT = "patient"
    HELPER = "helper"


def _in_rfc_3339(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _RFC_3339.fullmatch(value)):
        return value
    raise ValueError("is not a time in UTC such as 2026-01-31T09:30:00Z")


def _in_utc(value: datetime) -> datetime:
    if value.utcoffset() != timedelta(0):
        raise ValueError("is not a time in UTC such as 2026-01-31T09:30:00Z")
    return value


Moment = Annotated[AnyZoneDatetime, BeforeValidator(_in_rfc_3339), AfterValidator(_in_utc)]


class AnswerEvent(BaseModel):
    """One answer given, changed or removed. Never edited: a later event supersedes it.

    Whether it suits the questionnaire is for `validation.validate_event` to say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID4
    link_id: str
    path: tuple[str, ...]
    value: JsonValue
    author_id: UUID4
    author_role: AuthorRole
    answered_at: Moment

    @property
    def key(self) -> str:
        """The answer it gives."""
        return answer_key(self.link_id, self.path)


def fold(events: Iterable[AnswerEvent]) -> dict[str, AnswerValue]:
    """Work out the current answers: the newest event of each key, in the order given.

    The dict is in order of each key's first event, which is also the order of repetitions: one that
    is removed and brought back keeps its place.
    """
    newest: dict[str, AnswerValue] = {}
    for event in events:
        newest[event.key] = event.value
    return {key: value for key, value in newest.items() if value is not None}


def hidden_keys(events: Iterable[AnswerEvent]) -> frozenset[str]:
    """List the answers that helpers must not see: once put aside, they stay so."""
    return frozenset(event.key for event in events if is_masked(event.value))


def repetition_ids(
    answers: Answers, link_id: str, path: Path = (), *, implied: bool = False
) -> tuple[str, ...]:
    """List the repetitions of a group that exist within an outer path.

    Args:
        answers: The current answers.
        link_id: The repeating group.
        path: The repetitions around it.
        implied: Whether the group starts with one repetition that nobody had to add.
    """
    found = [
        inner[-1]
        for owner, inner in (split_key(key) for key, value in answers.items() if value is True)
        if owner == link_id and inner and inner[:-1] == path
    ]
    return tuple(found) if found or not implied else (IMPLIED_REPETITION,)
