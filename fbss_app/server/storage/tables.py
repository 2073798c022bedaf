"""The tables: filled-in questionnaires, the ways into them, and every answer ever given.

Answers are only added, never changed, and lie sealed. Rows stay inside the server room.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Fixed names let a later migration address a constraint on SQLite, which names none by itself.
_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A time that is UTC in the database and aware in Python; SQLite alone would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone and turn any other into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(SQLModel):
    """Base of every table, so that the naming rules hold for all of them."""

    metadata = MetaData(naming_convention=_NAMING)


class ResponseRow(Row, table=True):
    """One filled-in questionnaire, with the consent under which its answers are kept."""

    __tablename__ = "response"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("consent_agreed_by IN ('patient', 'helper')", name="agreed_by_known"),
    )

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    questionnaire: str = Field(sa_column=Column(String(100), nullable=False))
    questionnaire_version: str = Field(sa_column=Column(String(50), nullable=False))
    consent_version: str = Field(sa_column=Column(String(50), nullable=False))
    consent_text_sha256: str = Field(sa_column=Column(String(64), nullable=False))
    consent_agreed_by: str = Field(sa_column=Column(String(10), nullable=False))
    consent_given_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    consent_received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_synced_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    last_sequence: int = Field(default=0, nullable=False)


class AccessLinkRow(Row, table=True):
    """One way into a response: what the holder of a secret may do, and until when."""

    __tablename__ = "access_link"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("role IN ('patient', 'helper', 'read')", name="role_known"),)

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    response_id: str = Field(
        sa_column=Column(
            String(36), ForeignKey("response.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    # The link whose code made this one: it ends with it.
    parent_id: str | None = Field(default=None, sa_column=Column(String(36), nullable=True))
    secret_sha256: str = Field(sa_column=Column(String(64), nullable=False, unique=True))
    role: str = Field(sa_column=Column(String(10), nullable=False))
    can_manage: bool = Field(nullable=False)
    key_id: str = Field(default="", sa_column=Column(String(40), nullable=False, index=True))
    # The holder's name and relationship, put in by the repository.
    sealed: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_used_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # None: as long as the response.
    expires_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    # Where a helper made the link: their own link, and when they said that the patient agrees.
    agreement_said_by: str | None = Field(default=None, sa_column=Column(String(36)))
    agreement_said_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class ReturnCodeRow(Row, table=True):
    """A short code to come back with, for one link; it opens only with the year of birth."""

    __tablename__ = "return_code"  # pyright: ignore[reportAssignmentType]

    access_link_id: str = Field(
        sa_column=Column(
            String(36), ForeignKey("access_link.id", ondelete="CASCADE"), primary_key=True
        )
    )
    key_id: str = Field(sa_column=Column(String(40), nullable=False, index=True))
    code_mark: str = Field(sa_column=Column(String(64), nullable=False, unique=True))
    year_mark: str = Field(sa_column=Column(String(64), nullable=False))
    wrong_tries: int = Field(default=0, nullable=False)
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))


class AnswerEventRow(Row, table=True):
    """One answer as it was given; `sequence` is the order in which the server took it."""

    __tablename__ = "answer_event"  # pyright: ignore[reportAssignmentType]
    # Ids are unique within a response only: a clash with another response must not show.
    __table_args__ = (UniqueConstraint("response_id", "id"),)

    response_id: str = Field(
        sa_column=Column(
            String(36), ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
        )
    )
    # Counted for each response, so that a cursor tells nothing about other people's answers.
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: str = Field(sa_column=Column(String(36), nullable=False))
    # The link it came through; that row stays as long as the response.
    participant_id: str = Field(sa_column=Column(String(36), nullable=False))
    questionnaire_version: str = Field(sa_column=Column(String(50), nullable=False))
    key_id: str = Field(sa_column=Column(String(40), nullable=False, index=True))
    # The question too: that it was asked, and within which treatment, tells what was answered.
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class ErasedResponseRow(Row, table=True):
    """That there was a response of this id: a call that comes late must not bring it back."""

    __tablename__ = "erased_response"  # pyright: ignore[reportAssignmentType]

    id_sha256: str = Field(sa_column=Column(String(64), primary_key=True))
    erased_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))


class RetentionRunRow(Row, table=True):
    """What one run of the retention job deleted; only runs that found something are kept."""

    __tablename__ = "retention_run"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    ran_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    responses_deleted: int = Field(nullable=False)
    codes_deleted: int = Field(nullable=False)
    submissions_deleted: int = Field(
        default=0, nullable=False, sa_column_kwargs={"server_default": "0"}
    )
    invitations_deleted: int = Field(
        default=0, nullable=False, sa_column_kwargs={"server_default": "0"}
    )
