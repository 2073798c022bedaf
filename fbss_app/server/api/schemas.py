"""The API's JSON, in and out. Strict: an unknown field or a value of another type is refused."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self, cast
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from fbss_app.domain.questionnaire.answers import AbsentReason, AnswerEvent, AuthorRole
from fbss_app.server.api.limits import MAX_SAFE_INTEGER

MAX_LIST_ENTRIES = 100
UUID4_PATTERN = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
_UTC = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)"


def _parse_utc(value: object) -> datetime:
    # Only UTC: turning another zone into UTC can leave the years a datetime can hold.
    try:
        if isinstance(value, datetime):
            return value
        if isinstance(value, str) and re.fullmatch(_UTC, value, re.ASCII):
            return datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        pass
    raise PydanticCustomError("not-a-time", "not a time in UTC")


Uuid4 = Annotated[str, Field(pattern=UUID4_PATTERN)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
RepetitionId = Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
UtcTime = Annotated[
    datetime,
    BeforeValidator(_parse_utc),
    PlainSerializer(lambda time: time.isoformat().replace("+00:00", "Z"), return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "pattern": f"^{_UTC}$",
            "description": "RFC 3339, in UTC.",
        }
    ),
]

_ONE_VALUE: list[dict[str, Any]] = [
    {"type": "boolean"},
    {"type": "number", "minimum": -MAX_SAFE_INTEGER, "maximum": MAX_SAFE_INTEGER},
    {"type": "string"},
    {
        "type": "object",
        "properties": {"other": {"type": "string"}},
        "required": ["other"],
        "additionalProperties": False,
    },
]


def _of_bearable_length(value: Any) -> Any:
    # The rules compare the entries of a list with each other: a long one would take minutes.
    if _is_too_long(value):
        raise PydanticCustomError("too_long", "too many entries")
    return value


def _is_too_long(value: object) -> bool:
    return isinstance(value, list) and len(cast("list[object]", value)) > MAX_LIST_ENTRIES


# Described for the reader only: what a value must be depends on its question.
AnswerValue = Annotated[
    Any,
    BeforeValidator(_of_bearable_length),
    WithJsonSchema(
        {
            "title": "Value",
            "anyOf": [
                {"type": "null"},
                *_ONE_VALUE,
                {
                    "type": "object",
                    "properties": {"absent": {"enum": [reason.value for reason in AbsentReason]}},
                    "required": ["absent"],
                    "additionalProperties": False,
                },
                {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MAX_LIST_ENTRIES,
                    "items": {"anyOf": _ONE_VALUE},
                },
            ],
            "description": "The answer, of the type its question asks for. null removes it.",
        }
    ),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class AnswerEventBody(_Body):
    """One answer, as it was given on a phone."""

    id: Uuid4
    link_id: Annotated[str, Field(min_length=1, max_length=200)]
    path: Annotated[list[RepetitionId], Field(max_length=8)] = Field(
        description="Ids of the repetitions around the question, the outermost first."
    )
    value: AnswerValue
    author_id: Uuid4
    author_role: Literal["patient", "helper"]
    answered_at: UtcTime

    def to_event(self) -> AnswerEvent:
        """Turn it into the domain's event."""
        return AnswerEvent(
            id=UUID(self.id),
            link_id=self.link_id,
            path=tuple(self.path),
            value=self.value,
            author_id=UUID(self.author_id),
            author_role=AuthorRole(self.author_role),
            answered_at=self.answered_at,
        )

    @classmethod
    def from_event(cls, event: AnswerEvent) -> Self:
        """Write the domain's event as JSON has it."""
        return cls(
            id=str(event.id),
            link_id=event.link_id,
            path=list(event.path),
            value=event.value,
            author_id=str(event.author_id),
            author_role=event.author_role.value,
            answered_at=event.answered_at,
        )


class ConsentBody(_Body):
    """What the person agreed to, and when."""

    version: Annotated[str, Field(min_length=1, max_length=50)]
    text_sha256: Sha256
    given_at: UtcTime


class SyncBody(_Body):
    """The answers the server has not confirmed yet, and how far this device has read."""

    questionnaire: Annotated[str, Field(min_length=1, max_length=100)]
    version: Annotated[str, Field(min_length=1, max_length=50)]
    consent: ConsentBody | None = Field(
        default=None, description="Must be there in the first call; optional afterwards."
    )
    cursor: Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)]
    events: list[AnswerEventBody]


class SyncReply(BaseModel):
    """What is now stored for good, and what others added.

    While `events` is not empty, call again with the new cursor: there may be more. An event can
    come twice; its id tells.
    """

    confirmed: list[Uuid4]
    events: list[AnswerEventBody]
    cursor: int


class ProblemBody(BaseModel):
    """One thing that is wrong, and where."""

    where: str
    code: str
    message: str


class ErrorContent(BaseModel):
    """A stable code, a plain sentence, and the places that are wrong."""

    code: str
    message: str
    problems: list[ProblemBody]


class ErrorBody(BaseModel):
    """The shape of every error."""

    error: ErrorContent
