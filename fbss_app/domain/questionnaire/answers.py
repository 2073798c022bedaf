"""Answers as append-only events, and the current answers that follow from them.

The current answers are a plain dict from answer key to JSON value, the same on the phone and here.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self
from uuid import UUID

from pydantic import (
    UUID4,
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    model_validator,
)
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


class Perspective(StrEnum):
    """Whose view an answer is: by me; by me with help; for them, as I see it; as they would say.

    The literature on patient-reported outcomes calls them self-report, assisted self-report,
    proxy-proxy and proxy-patient perspective.
    """

    SELF = "self"
    SELF_ASSISTED = "self-assisted"
    PROXY_OWN_VIEW = "proxy-own-view"
    PROXY_PATIENT_VIEW = "proxy-patient-view"

    @property
    def role(self) -> AuthorRole:
        """Who types an answer in this perspective."""
        is_self = self in (Perspective.SELF, Perspective.SELF_ASSISTED)
        return AuthorRole.PATIENT if is_self else AuthorRole.HELPER


def usual_perspective(role: AuthorRole) -> Perspective:
    """Give the perspective of an answer that says only who typed it."""
    return Perspective.SELF if role is AuthorRole.PATIENT else Perspective.PROXY_OWN_VIEW


def _in_rfc_3339(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _RFC_3339.fullmatch(value)):
        return value
    raise ValueError("is not a time in UTC such as 2026-01-31T09:30:00Z")


def _in_utc(value: datetime) -> datetime:
    if value.utcoffset() != timedelta(0):
        raise ValueError("is not a time in UTC such as 2026-01-31T09:30:00Z")
    return value


Moment = Annotated[AnyZoneDatetime, BeforeValidator(_in_rfc_3339), AfterValidator(_in_utc)]


def _perspective_of(fields: dict[str, Any]) -> Perspective:
    return usual_perspective(fields["author_role"])


class AnswerEvent(BaseModel):
    """One answer given, changed or removed. Never edited: a later event supersedes it.

    `confirms` names an earlier event of the same answer whose value its author takes over. Whether
    an event suits the questionnaire is for `validation.validate_event` to say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID4
    link_id: str
    path: tuple[str, ...]
    value: JsonValue
    author_id: UUID4
    author_role: AuthorRole
    answered_at: Moment
    perspective: Perspective = Field(default_factory=_perspective_of)
    confirms: UUID4 | None = None

    @model_validator(mode="after")
    def _has_a_perspective_of_its_role(self) -> Self:
        if self.perspective.role is not self.author_role:
            raise ValueError(f"{self.perspective} is no perspective of a {self.author_role}")
        return self

    @property
    def key(self) -> str:
        """The answer it gives."""
        return answer_key(self.link_id, self.path)


class Device(NamedTuple):
    """One device among several: the questions about it, and the authors who answer on it."""

    questions: Collection[str]
    authors: Collection[UUID]


def that_count(events: Iterable[AnswerEvent], device: Device | None) -> Iterator[AnswerEvent]:
    """Leave out the events that count for nothing.

    What was put aside for the patient is theirs from then on: a helper's later event, as from a
    phone that did not know of it yet, does not count. Nor does what another device answered about
    itself, where a device is given.
    """
    put_aside: set[str] = set()
    for event in events:
        if is_masked(event.value):
            put_aside.add(event.key)
        elif event.key in put_aside and event.author_role is AuthorRole.HELPER:
            continue
        is_about_another = (
            device is not None
            and event.link_id in device.questions
            and event.author_id not in device.authors
        )
        if not is_about_another:
            yield event


def fold(events: Iterable[AnswerEvent], device: Device | None = None) -> dict[str, AnswerValue]:
    """Work out the current answers: the newest event of each key, in the order given.

    The dict is in order of each key's first event, which is also the order of repetitions: one that
    is removed and brought back keeps its place.

    Args:
        events: Everything that was answered.
        device: Whose answers about itself count; without it, as on the server, the newest do.
    """
    newest: dict[str, AnswerValue] = {}
    for event in that_count(events, device):
        newest[event.key] = event.value
    return {key: value for key, value in newest.items() if value is not None}


def hidden_keys(events: Iterable[AnswerEvent]) -> frozenset[str]:
    """List the answers that helpers must not see: once put aside, they stay so."""
    return frozenset(event.key for event in events if is_masked(event.value))


def answered_alone(answers: Answers, events: Iterable[AnswerEvent]) -> frozenset[str]:
    """List what of the answers that were put aside is answered now.

    A helper may see that it is, and no more.
    """
    return frozenset(
        key for key in hidden_keys(events) if key in answers and not is_masked(answers[key])
    )


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
