"""The tables of the staff side: clinics, their staff, whom they invited, and what reached them.

Every row but a session, a ticket and a clinic itself names the clinic it belongs to. Queries on
them are made in `repositories/clinic/` only, where one place adds that clinic to each of them.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, String, Text
from sqlmodel import Field

from fbss_app.server.storage.tables import Row, UtcDateTime

_ROLES = "role IN ('administrator', 'clinician', 'front-desk')"


def _id() -> Column[str]:
    return Column(String(36), primary_key=True)


def _owner(of: str) -> Column[str]:
    """Name the row that this one is deleted with."""
    return Column(String(36), ForeignKey(of, ondelete="CASCADE"), nullable=False, index=True)


def _key_of(of: str, *, index: bool = False) -> Column[str]:
    """Know this row, or know it in part, by the one that it is deleted with."""
    owner = ForeignKey(of, ondelete="CASCADE")
    return Column(String(36), owner, primary_key=True, index=index)


def _clinic() -> Column[str]:
    return _owner("clinic.id")


def _staff(*, index: bool = False) -> Column[str]:
    return Column(String(36), ForeignKey("staff.id", ondelete="SET NULL"), index=index)


def _time(*, index: bool = False) -> Column[datetime]:
    return Column(UtcDateTime, nullable=False, index=index)


class ClinicRow(Row, table=True):
    """A clinic: a tenant of its own, that sees nothing of any other."""

    __tablename__ = "clinic"  # pyright: ignore[reportAssignmentType]

    id: str = Field(sa_column=_id())
    # What stands in its addresses.
    slug: str = Field(sa_column=Column(String(60), nullable=False, unique=True))
    name: str = Field(sa_column=Column(String(120), nullable=False))
    country: str = Field(sa_column=Column(String(2), nullable=False))
    phone: str = Field(default="", sa_column=Column(String(40), nullable=False))
    accent: str = Field(default="teal", sa_column=Column(String(20), nullable=False))
    retention_days: int = Field(default=365, nullable=False)
    # Whether patients may answer through the clinic's own pages, without an invitation.
    takes_uninvited: bool = Field(default=False, nullable=False)
    # JSON lists: the optional parts its patients are asked, and the sites that may embed the app.
    optional_parts: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    allowed_sites: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    key_id: str = Field(default="", sa_column=Column(String(40), nullable=False, index=True))
    # Where to call when answers arrive, and with which secret; empty where nobody is called.
    sealed_webhook: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = Field(sa_column=_time())


class ClinicLogoRow(Row, table=True):
    """The logo of a clinic. Apart from the clinic, whose row is read with nearly every call."""

    __tablename__ = "clinic_logo"  # pyright: ignore[reportAssignmentType]

    clinic_id: str = Field(sa_column=_key_of("clinic.id"))
    width: int = Field(nullable=False)
    height: int = Field(nullable=False)
    # The beginning of the picture's SHA-256: another picture has another address.
    digest: str = Field(sa_column=Column(String(16), nullable=False))
    png: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    changed_at: datetime = Field(sa_column=_time())


class StaffRow(Row, table=True):
    """One member of a clinic's staff, with a log-in of their own."""

    __tablename__ = "staff"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint(_ROLES, name="role_known"),)

    id: str = Field(sa_column=_id())
    clinic_id: str = Field(sa_column=_clinic())
    # In small letters; one person has one log-in in the whole deployment.
    email: str = Field(sa_column=Column(String(254), nullable=False, unique=True))
    name: str = Field(sa_column=Column(String(120), nullable=False))
    role: str = Field(sa_column=Column(String(20), nullable=False))
    password_hash: str = Field(sa_column=Column(String(255), nullable=False))
    key_id: str = Field(default="", sa_column=Column(String(40), nullable=False, index=True))
    # The secret of the authenticator app; empty until it was set up.
    sealed_totp: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    # The time step of the last code that was taken: no code counts twice.
    totp_step: int = Field(default=0, nullable=False)
    created_at: datetime = Field(sa_column=_time())
    last_log_in_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class RecoveryCodeRow(Row, table=True):
    """A code that stands in once for the authenticator app."""

    __tablename__ = "recovery_code"  # pyright: ignore[reportAssignmentType]

    code_sha256: str = Field(sa_column=Column(String(64), primary_key=True))
    staff_id: str = Field(sa_column=_owner("staff.id"))
    used_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class StaffSessionRow(Row, table=True):
    """One log-in that lasts, known by the hash of its cookie."""

    __tablename__ = "staff_session"  # pyright: ignore[reportAssignmentType]

    token_sha256: str = Field(sa_column=Column(String(64), primary_key=True))
    staff_id: str = Field(sa_column=_owner("staff.id"))
    created_at: datetime = Field(sa_column=_time(index=True))
    last_seen_at: datetime = Field(sa_column=_time())
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class LogInTicketRow(Row, table=True):
    """What a page holds after the log-in, to be changed once and at once for a cookie."""

    __tablename__ = "log_in_ticket"  # pyright: ignore[reportAssignmentType]

    ticket_sha256: str = Field(sa_column=Column(String(64), primary_key=True))
    staff_id: str = Field(sa_column=_owner("staff.id"))
    expires_at: datetime = Field(sa_column=_time(index=True))


class SetUpLinkRow(Row, table=True):
    """A link that works once: to found a clinic, to join one, or to choose a new password."""

    __tablename__ = "set_up_link"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("purpose IN ('found', 'join', 'reset')", name="purpose_known"),
    )

    token_sha256: str = Field(sa_column=Column(String(64), primary_key=True))
    # What it is called where it is listed; it stays the same when the secret is renewed.
    id: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    purpose: str = Field(sa_column=Column(String(10), nullable=False))
    # None only where it founds a clinic.
    clinic_id: str | None = Field(
        default=None,
        sa_column=Column(String(36), ForeignKey("clinic.id", ondelete="CASCADE"), index=True),
    )
    # Whose password it renews.
    staff_id: str | None = Field(
        default=None,
        sa_column=Column(String(36), ForeignKey("staff.id", ondelete="CASCADE")),
    )
    created_by: str | None = Field(default=None, sa_column=_staff())
    email: str = Field(default="", sa_column=Column(String(254), nullable=False))
    name: str = Field(default="", sa_column=Column(String(120), nullable=False))
    role: str = Field(default="", sa_column=Column(String(20), nullable=False))
    created_at: datetime = Field(sa_column=_time())
    expires_at: datetime = Field(sa_column=_time(index=True))
    used_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class InvitationRow(Row, table=True):
    """A patient who was asked to answer; known to the clinic by a label of its own."""

    __tablename__ = "invitation"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        # With all that says what has become of one: the list counts and skips by it alone.
        Index(
            "ix_invitation_newest",
            *("clinic_id", "created_at", "id"),
            *("erased_at", "answered_at", "revoked_at", "expires_at", "opened_at"),
        ),
    )

    id: str = Field(sa_column=_id())
    clinic_id: str = Field(sa_column=_clinic())
    secret_sha256: str = Field(sa_column=Column(String(64), nullable=False, unique=True))
    questionnaire: str = Field(sa_column=Column(String(100), nullable=False))
    key_id: str = Field(sa_column=Column(String(40), nullable=False, index=True))
    # The label and, where one was given, the e-mail address.
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_by: str | None = Field(default=None, sa_column=_staff())
    created_at: datetime = Field(sa_column=_time())
    # When it was last sent by e-mail.
    sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    opened_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    expires_at: datetime = Field(sa_column=_time(index=True))
    # How long its link works, as the clinic chose; None for those from before this was kept.
    days: int | None = Field(default=None)
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # The response that was sent with it; gone with it.
    response_id: str | None = Field(
        default=None,
        sa_column=Column(String(36), ForeignKey("response.id", ondelete="SET NULL"), index=True),
    )
    # When answers were first sent with it.
    answered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # The patient deleted what they had sent.
    erased_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class LabelMarkRow(Row, table=True):
    """A keyed mark of the beginning of a word of a label, so that a sealed label can be found."""

    __tablename__ = "label_mark"  # pyright: ignore[reportAssignmentType]

    clinic_id: str = Field(sa_column=_key_of("clinic.id"))
    mark: str = Field(sa_column=Column(String(32), primary_key=True))
    invitation_id: str = Field(sa_column=_key_of("invitation.id", index=True))
    key_id: str = Field(sa_column=Column(String(40), nullable=False, index=True))


class SubmissionRow(Row, table=True):
    """Answers that a patient sent to a clinic, as they stood when they were sent."""

    __tablename__ = "submission"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("status IN ('new', 'in-progress', 'reviewed')", name="status_known"),
        # One for each order of the inbox, with and without a status. Each holds whatever a filter
        # looks at, so that counting and skipping pages never touch the rows themselves.
        Index(
            "ix_submission_status_urgency",
            *("clinic_id", "status", "urgency", "submitted_at", "id"),
            *("assigned_to", "invitation_id", "is_uninvited"),
        ),
        Index(
            "ix_submission_status_time",
            *("clinic_id", "status", "submitted_at", "id"),
            *("urgency", "assigned_to", "invitation_id", "is_uninvited"),
        ),
        Index(
            "ix_submission_urgency",
            *("clinic_id", "urgency", "submitted_at", "id"),
            *("status", "assigned_to", "invitation_id", "is_uninvited"),
        ),
        Index(
            "ix_submission_time",
            *("clinic_id", "submitted_at", "id"),
            *("status", "urgency", "assigned_to", "invitation_id", "is_uninvited"),
        ),
        Index("ix_submission_changed", "clinic_id", "changed_at"),
        Index("uq_submission_clinic_id_response_id", "clinic_id", "response_id", unique=True),
    )

    id: str = Field(sa_column=_id())
    clinic_id: str = Field(sa_column=_clinic())
    response_id: str = Field(sa_column=_owner("response.id"))
    invitation_id: str | None = Field(
        default=None,
        sa_column=Column(String(36), ForeignKey("invitation.id", ondelete="SET NULL"), index=True),
    )
    # Whether nobody of the staff made that invitation. Here too, so that the indexes can hold it.
    is_uninvited: bool = Field(default=False, nullable=False)
    questionnaire: str = Field(sa_column=Column(String(100), nullable=False))
    questionnaire_version: str = Field(sa_column=Column(String(50), nullable=False))
    consent_version: str = Field(sa_column=Column(String(50), nullable=False))
    consent_text_sha256: str = Field(sa_column=Column(String(64), nullable=False))
    agreed_by: str = Field(sa_column=Column(String(10), nullable=False))
    # How far the answers go that were sent: what came later is not the clinic's to see.
    last_sequence: int = Field(nullable=False)
    # 0 is the most urgent, 3 none raised. The only thing here that says anything of health: the
    # inbox must sort by it.
    urgency: int = Field(nullable=False)
    status: str = Field(default="new", sa_column=Column(String(20), nullable=False))
    key_id: str = Field(sa_column=Column(String(40), nullable=False, index=True))
    # The warning signs and the scores, worked out when it was sent.
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    started_at: datetime = Field(sa_column=_time())
    first_submitted_at: datetime = Field(sa_column=_time())
    submitted_at: datetime = Field(sa_column=_time())
    changed_at: datetime = Field(sa_column=_time())
    assigned_to: str | None = Field(default=None, sa_column=_staff(index=True))
    reviewed_by: str | None = Field(default=None, sa_column=_staff())
    reviewed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    expires_at: datetime = Field(sa_column=_time(index=True))


class RemovedSubmissionRow(Row, table=True):
    """A clinic removed what it was sent of a response: told to the patient, until sent again."""

    __tablename__ = "removed_submission"  # pyright: ignore[reportAssignmentType]

    clinic_id: str = Field(sa_column=_key_of("clinic.id"))
    response_id: str = Field(sa_column=_key_of("response.id", index=True))
    removed_at: datetime = Field(sa_column=_time())


class NoteRow(Row, table=True):
    """What a member of staff wrote down about a submission, for the clinic only."""

    __tablename__ = "note"  # pyright: ignore[reportAssignmentType]

    id: str = Field(sa_column=_id())
    clinic_id: str = Field(sa_column=_clinic())
    submission_id: str = Field(sa_column=_owner("submission.id"))
    written_by: str | None = Field(default=None, sa_column=_staff())
    key_id: str = Field(sa_column=Column(String(40), nullable=False, index=True))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = Field(sa_column=_time())


class ResearchRequestRow(Row, table=True):
    """A file for research that somebody asked for, and what an administrator decided."""

    __tablename__ = "research_request"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("decision IN ('', 'approved', 'refused')", name="decision_known"),
    )

    id: str = Field(sa_column=_id())
    clinic_id: str = Field(sa_column=_clinic())
    asked_by: str | None = Field(default=None, sa_column=_staff())
    asked_at: datetime = Field(sa_column=_time())
    purpose: str = Field(sa_column=Column(Text, nullable=False))
    # Which submissions: a status or `all`; an urgency, `none`, or empty for all.
    status: str = Field(sa_column=Column(String(20), nullable=False))
    urgency: str = Field(default="", sa_column=Column(String(20), nullable=False))
    decision: str = Field(default="", sa_column=Column(String(10), nullable=False))
    decided_by: str | None = Field(default=None, sa_column=_staff())
    decided_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    expires_at: datetime = Field(sa_column=_time(index=True))


class ResearchFileRow(Row, table=True):
    """A file for research as it was first taken. Apart from the request, which lists read whole."""

    __tablename__ = "research_file"  # pyright: ignore[reportAssignmentType]

    request_id: str = Field(sa_column=_key_of("research_request.id"))
    clinic_id: str = Field(sa_column=_clinic())
    made_at: datetime = Field(sa_column=_time())
    # Of how many submissions it was made.
    submissions: int = Field(nullable=False)
    key_id: str = Field(sa_column=Column(String(40), nullable=False, index=True))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class AuditEntryRow(Row, table=True):
    """One thing that somebody did or saw; each entry vouches for the one before it."""

    __tablename__ = "audit_entry"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_audit_entry_action", "clinic_id", "action", "sequence"),
        Index("ix_audit_entry_actor", "clinic_id", "actor", "sequence"),
    )

    # No foreign key: the trail outlives what it tells of. Empty for what belongs to no clinic.
    clinic_id: str = Field(sa_column=Column(String(36), primary_key=True))
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_column=_time())
    # The id of a member of staff, or `patient`, `system`, `operator` or `nobody`.
    actor: str = Field(sa_column=Column(String(36), nullable=False))
    action: str = Field(sa_column=Column(String(40), nullable=False))
    subject: str = Field(default="", sa_column=Column(String(60), nullable=False))
    # A JSON object of plain facts: never an answer, a label, a name or a secret.
    details: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    key_id: str = Field(sa_column=Column(String(40), nullable=False))
    mark: str = Field(sa_column=Column(String(64), nullable=False))


class AuditHeadRow(Row, table=True):
    """How long the trail of a clinic is and how it ends, so that a missing end shows."""

    __tablename__ = "audit_head"  # pyright: ignore[reportAssignmentType]

    clinic_id: str = Field(sa_column=Column(String(36), primary_key=True))
    sequence: int = Field(nullable=False)
    key_id: str = Field(default="", sa_column=Column(String(40), nullable=False))
    mark: str = Field(default="", sa_column=Column(String(64), nullable=False))


class WebhookDeliveryRow(Row, table=True):
    """A call to a clinic's own system that still has to be made, or was."""

    __tablename__ = "webhook_delivery"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_webhook_delivery_due", "delivered_at", "next_try_at"),)

    id: str = Field(sa_column=_id())
    clinic_id: str = Field(sa_column=_clinic())
    submission_id: str = Field(sa_column=Column(String(36), nullable=False))
    event: str = Field(sa_column=Column(String(40), nullable=False))
    created_at: datetime = Field(sa_column=_time())
    # None: given up.
    next_try_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    tries: int = Field(default=0, nullable=False)
    delivered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    last_problem: str = Field(default="", sa_column=Column(String(60), nullable=False))
