"""The bodies of calls about invitations and about sending to a clinic."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from fbss_app import routes
from fbss_app.server.api.schemas import MAX_SAFE_INTEGER, ConsentBody, LinkId, UtcTime
from fbss_app.server.services.clinic.invitations.own_pages import OwnInvitation
from fbss_app.server.services.clinic.settings.logos import Logo
from fbss_app.server.services.clinic.settings.settings import ClinicSettings
from fbss_app.server.services.clinic.submissions.removal import Removal
from fbss_app.server.services.clinic.submissions.submissions import (
    OpenedInvitation,
    SubmissionStatus,
)


class SendingBody(BaseModel):
    """What was agreed to, and how far the answers go that are sent."""

    model_config = ConfigDict(extra="forbid")

    consent: ConsentBody
    last_sequence: Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)] = Field(
        description="The cursor of the phone's last sync: what came later is not sent."
    )
    optional_parts: Annotated[list[LinkId], Field(max_length=100)] | None = Field(
        default=None,
        description="The optional parts that the phone asked for this clinic: nothing of others is "
        "sent. Without it they are those that the clinic asks now.",
    )


class LogoReply(BaseModel):
    """A clinic's logo, with the size that a page keeps free for it."""

    address: str = Field(description="Within this site; another picture has another address.")
    width: int = Field(description="In pixels of the picture, 480 at most.")
    height: int = Field(description="In pixels of the picture, 160 at most.")


class ClinicReply(BaseModel):
    """What a patient learns of a clinic."""

    name: str
    phone: str
    country: str
    accent: str = Field(description="The name of the colour of its links and buttons.")
    logo: LogoReply | None
    retention_days: int = Field(description="How long it keeps answers after they were last sent.")

    @classmethod
    def from_settings(cls, settings: ClinicSettings, slug: str, logo: Logo | None) -> Self:
        """Leave out what is the staff's alone."""
        return cls(
            name=settings.name,
            phone=settings.phone,
            country=settings.country,
            accent=settings.accent,
            logo=logo
            and LogoReply(
                address=routes.clinic_logo(slug, logo.digest), width=logo.width, height=logo.height
            ),
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
            clinic=ClinicReply.from_settings(opened.clinic, opened.slug, opened.logo),
            slug=opened.slug,
            questionnaire=opened.questionnaire,
            optional_parts=list(opened.clinic.optional_parts),
            expires_at=opened.expires_at,
            is_used=opened.is_used,
        )


class OwnInvitationBody(BaseModel):
    """Who wants to send answers without having been invited, and the answers to what."""

    model_config = ConfigDict(extra="forbid")

    questionnaire: Annotated[str, Field(min_length=1, max_length=100)]
    label: Annotated[str, Field(max_length=200)] = Field(
        description="Who they are, in their own words: the clinic sees it, nobody else."
    )


class OwnInvitationReply(BaseModel):
    """An invitation for whoever asked for one."""

    secret: str = Field(description="Told this once; the server keeps its SHA-256 hash.")
    expires_at: UtcTime
    clinic: ClinicReply
    slug: str
    optional_parts: list[str]

    @classmethod
    def from_made(cls, made: OwnInvitation) -> Self:
        """Write down what the service made."""
        settings = made.pages.settings
        return cls(
            secret=made.secret,
            expires_at=made.expires_at,
            clinic=ClinicReply.from_settings(settings, made.pages.slug, made.pages.logo),
            slug=made.pages.slug,
            optional_parts=list(settings.optional_parts),
        )


class SubmissionReply(BaseModel):
    """What became of what was sent to one clinic."""

    id: str
    clinic: ClinicReply
    slug: str = Field(description="What stands for the clinic in addresses.")
    first_submitted_at: UtcTime
    submitted_at: UtcTime
    expires_at: UtcTime = Field(description="When it is deleted, unless it is sent again.")
    has_changed: bool = Field(description="Whether answers came since that were not sent.")

    @classmethod
    def from_status(cls, status: SubmissionStatus) -> Self:
        """Write down what the service found."""
        return cls(
            clinic=ClinicReply.from_settings(status.clinic, status.slug, status.logo),
            id=status.id,
            slug=status.slug,
            first_submitted_at=status.first_submitted_at,
            submitted_at=status.submitted_at,
            expires_at=status.expires_at,
            has_changed=status.has_changed,
        )


class RemovalReply(BaseModel):
    """That a clinic removed what it was sent: it takes whoever sent it not to be its patient."""

    clinic: ClinicReply
    slug: str = Field(description="What stands for the clinic in addresses.")
    removed_at: UtcTime

    @classmethod
    def from_removal(cls, removal: Removal) -> Self:
        """Write down what the service found."""
        return cls(
            clinic=ClinicReply.from_settings(removal.clinic, removal.slug, removal.logo),
            slug=removal.slug,
            removed_at=removal.removed_at,
        )


class SubmissionsReply(BaseModel):
    """What became of it at each clinic, the one that got it first at the top."""

    submissions: list[SubmissionReply]
    removed: list[RemovalReply] = Field(
        description="The clinics that removed what they were sent, until it is sent there again."
    )
