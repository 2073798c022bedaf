"""The bodies of calls about invitations and about sending to a clinic."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from fbss_app.server.api.schemas import MAX_SAFE_INTEGER, ConsentBody, UtcTime
from fbss_app.server.services.clinic.settings import ClinicSettings
from fbss_app.server.services.clinic.submissions import OpenedInvitation, SubmissionStatus


class SendingBody(BaseModel):
    """What was agreed to, and how far the answers go that are sent."""

    model_config = ConfigDict(extra="forbid")

    consent: ConsentBody
    last_sequence: Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)] = Field(
        description="The cursor of the phone's last sync: what came later is not sent."
    )


class ClinicReply(BaseModel):
    """What a patient learns of a clinic."""

    name: str
    phone: str
    country: str
    accent: str
    retention_days: int = Field(description="How long it keeps answers after they were last sent.")

    @classmethod
    def from_settings(cls, settings: ClinicSettings) -> Self:
        """Leave out what is the staff's alone."""
        return cls(
            name=settings.name,
            phone=settings.phone,
            country=settings.country,
            accent=settings.accent,
            retention_days=settings.retention_days,
        )


class InvitationReply(BaseModel):
    """What an invitation is for."""

    clinic: ClinicReply
    slug: str
    questionnaire: str
    optional_parts: list[str] = Field(description="The optional parts that the clinic asks for.")
    expires_at: UtcTime
    is_used: bool = Field(description="Whether answers were sent with it.")

    @classmethod
    def from_opened(cls, opened: OpenedInvitation) -> Self:
        """Write down what the service found."""
        return cls(
            clinic=ClinicReply.from_settings(opened.clinic),
            slug=opened.slug,
            questionnaire=opened.questionnaire,
            optional_parts=list(opened.clinic.optional_parts),
            expires_at=opened.expires_at,
            is_used=opened.is_used,
        )


class SubmissionReply(BaseModel):
    """What became of what was sent."""

    clinic: ClinicReply
    first_submitted_at: UtcTime
    submitted_at: UtcTime
    expires_at: UtcTime = Field(description="When it is deleted, unless it is sent again.")
    has_changed: bool = Field(description="Whether answers came since that were not sent.")

    @classmethod
    def from_status(cls, status: SubmissionStatus) -> Self:
        """Write down what the service found."""
        return cls(
            clinic=ClinicReply.from_settings(status.clinic),
            first_submitted_at=status.first_submitted_at,
            submitted_at=status.submitted_at,
            expires_at=status.expires_at,
            has_changed=status.has_changed,
        )
