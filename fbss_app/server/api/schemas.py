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
    model_validator,
)
from pydantic_core import PydanticCustomError

from fbss_app.domain.questionnaire.answers import (
    AbsentReason,
    AnswerEvent,
    AuthorRole,
    Perspective,
    usual_perspective,
)
from fbss_app.server.api.limits import MAX_SAFE_INTEGER
from fbss_app.server.services.access import Participant
from fbss_app.server.services.links import MAX_DAYS, Link, OpenedLink
from fbss_app.server.services.return_codes import OpenedWithCode
from fbss_app.server.services.saved_answers import StoredEvent

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
Role = Literal["patient", "helper", "read"]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
LinkId = Annotated[str, Field(min_length=1, max_length=200)]
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
    link_id: LinkId
    path: Annotated[list[RepetitionId], Field(max_length=8)] = Field(
        description="Ids of the repetitions around the question, the outermost first."
    )
    value: AnswerValue
    author_id: Uuid4
    author_role: Literal["patient", "helper"]
    answered_at: UtcTime
    perspective: Literal["self", "self-assisted", "proxy-own-view", "proxy-patient-view"] | None = (
        Field(
            default=None,
            description=(
                "By the patient; by the patient with help; by a helper as they see it; by a helper "
                "as the patient would say. Without it: self, or for a helper proxy-own-view."
            ),
        )
    )
    confirms: Uuid4 | None = Field(
        default=None,
        description="An earlier event of the same answer, whose value its author takes over.",
    )

    @model_validator(mode="after")
    def _has_a_perspective_of_its_role(self) -> Self:
        if self.perspective and Perspective(self.perspective).role != self.author_role:
            raise PydanticCustomError("wrong-perspective", "no perspective of this role")
        return self

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
            perspective=self._perspective(),
            confirms=UUID(self.confirms) if self.confirms else None,
        )

    def _perspective(self) -> Perspective:
        if self.perspective:
            return Perspective(self.perspective)
        return usual_perspective(AuthorRole(self.author_role))

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
            perspective=event.perspective.value,
            confirms=str(event.confirms) if event.confirms else None,
        )


class ConsentBody(_Body):
    """What was agreed to, when, and by whom."""

    version: Annotated[str, Field(min_length=1, max_length=50)]
    text_sha256: Sha256
    given_at: UtcTime
    agreed_by: Literal["patient", "helper"] = Field(
        default="patient",
        description="`helper`: the person who is helped has agreed, as the helper says.",
    )


class SyncBody(_Body):
    """The answers the server has not confirmed yet, and how far this device has read."""

    questionnaire: Annotated[str, Field(min_length=1, max_length=100)]
    version: Annotated[str, Field(min_length=1, max_length=50)]
    consent: ConsentBody | None = Field(
        default=None, description="Must be there in the first call; optional afterwards."
    )
    cursor: Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)]
    events: list[AnswerEventBody]


class KeptEventBody(AnswerEventBody):
    """One answer as the server keeps it."""

    sequence: int = Field(description="Its place in the order in which the server took it.")
    participant: Uuid4 = Field(description="The id of the link it came through.")

    @classmethod
    def from_stored(cls, stored: StoredEvent) -> Self:
        """Write what is stored as JSON has it."""
        body = AnswerEventBody.from_event(stored.event)
        return cls(
            **body.model_dump(exclude={"answered_at"}),
            answered_at=stored.event.answered_at,
            sequence=stored.sequence,
            participant=stored.participant_id,
        )


class ParticipantBody(BaseModel):
    """Someone who holds, or held, a link to the response."""

    id: Uuid4
    role: Role
    name: str = Field(description="As it was typed by whoever made the link; may be empty.")
    relationship: str
    can_manage: bool
    has_ended: bool

    @classmethod
    def from_participant(cls, participant: Participant) -> Self:
        """Write a participant as JSON has it."""
        return cls(
            id=participant.id,
            role=cast("Role", participant.role),
            name=participant.name,
            relationship=participant.relationship,
            can_manage=participant.can_manage,
            has_ended=participant.has_ended,
        )


class SyncReply(BaseModel):
    """What is now stored for good, what others added, and who takes part.

    While `events` is not empty, call again with the new cursor: there may be more. An event can
    come twice; its id tells.
    """

    confirmed: list[Uuid4]
    sequences: list[int] = Field(description="The place of each confirmed event, in that order.")
    events: list[KeptEventBody]
    cursor: int
    participants: list[ParticipantBody]
    me: Uuid4 = Field(description="The id of the caller's own link.")
    expires_at: UtcTime


class EmptyBody(_Body):
    """Nothing: the header says it all."""


class CodeBody(_Body):
    """What is needed to make a code, or to open with one."""

    year_of_birth: Annotated[int, Field(ge=1900, le=2100)]


class OpenWithCodeBody(CodeBody):
    """A code as a person typed it, and the year that goes with it."""

    code: Annotated[str, Field(min_length=1, max_length=40)]


class CodeReply(BaseModel):
    """A new code. It is said this once; only marks of it are kept."""

    code: str
    expires_at: UtcTime


class OpenedLinkReply(BaseModel):
    """What a link leads to, and what its holder may do."""

    response_id: Uuid4
    questionnaire: str
    version: str
    participant: Uuid4
    role: Role
    name: str
    can_manage: bool
    expires_at: UtcTime
    participants: list[ParticipantBody]

    @classmethod
    def from_opened(cls, opened: OpenedLink) -> Self:
        """Write what was opened as JSON has it."""
        return cls(**_opened_fields(opened))


class OpenedWithCodeReply(OpenedLinkReply):
    """The same, with the secret of a link made for this phone."""

    secret: str

    @classmethod
    def from_opened_with_code(cls, opened: OpenedWithCode) -> Self:
        """Write what was opened as JSON has it."""
        return cls(**_opened_fields(opened.link), secret=opened.secret)


class LinkBody(_Body):
    """A link to be made. Its secret stays on the phone; this is only its hash."""

    role: Role
    name: Annotated[str, Field(max_length=80)]
    relationship: Annotated[str, Field(max_length=80)] = ""
    secret_sha256: Sha256
    days: Annotated[int, Field(ge=1, le=MAX_DAYS)]
    patient_agreed: bool = Field(
        default=False,
        description="Whether the patient agrees to this link; must be true from a helper's link.",
    )
    is_return: bool = Field(
        default=False, description="Whether it is for another phone of the one who makes it."
    )


class AgreementBody(BaseModel):
    """That a helper said that the patient agrees to a link, and when by the server's clock."""

    said_by: Uuid4 = Field(description="The id of the link of whoever said it.")
    said_at: UtcTime


class LinkReply(ParticipantBody):
    """A link, with its times."""

    created_at: UtcTime
    last_used_at: UtcTime | None
    expires_at: UtcTime
    revoked_at: UtcTime | None
    is_mine: bool
    agreement: AgreementBody | None = Field(description="Null where the patient made the link.")

    @classmethod
    def from_link(cls, link: Link) -> Self:
        """Write a link as JSON has it."""
        return cls(
            **ParticipantBody.from_participant(link.participant).model_dump(),
            created_at=link.created_at,
            last_used_at=link.last_used_at,
            expires_at=link.expires_at,
            revoked_at=link.revoked_at,
            is_mine=link.is_mine,
            agreement=_agreement_of(link),
        )


def _agreement_of(link: Link) -> AgreementBody | None:
    said = link.participant.agreement
    return AgreementBody(said_by=said.said_by, said_at=said.said_at) if said else None


class LinksReply(BaseModel):
    """Every link of a response, ended ones too, the oldest first."""

    links: list[LinkReply]


def _opened_fields(opened: OpenedLink) -> dict[str, Any]:
    return {
        "response_id": opened.response_id,
        "questionnaire": opened.questionnaire,
        "version": opened.questionnaire_version,
        "participant": opened.me.id,
        "role": opened.me.role,
        "name": opened.me.name,
        "can_manage": opened.me.can_manage,
        "expires_at": opened.expires_at,
        "participants": [ParticipantBody.from_participant(one) for one in opened.participants],
    }
