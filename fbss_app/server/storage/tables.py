"""The tables: one row for a filled-in questionnaire, one for each answer ever given in it.

Answers are only added, never changed. Rows stay inside the server room.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
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

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    questionnaire: str = Field(sa_column=Column(String(100), nullable=False))
    questionnaire_version: str = Field(sa_column=Column(String(50), nullable=False))
    secret_sha256: str = Field(sa_column=Column(String(64), nullable=False))
    consent_version: str = Field(sa_column=Column(String(50), nullable=False))
    consent_text_sha256: str = Field(sa_column=Column(String(64), nullable=False))
    consent_given_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    consent_received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_synced_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    last_sequence: int = Field(default=0, nullable=False)


class AnswerEventRow(Row, table=True):
    """One answer as it was given; `sequence` is the order in which the server took it."""

    __tablename__ = "answer_event"  # pyright: ignore[reportAssignmentType]
    # Ids are unique within a response only: a clash with another response must not show.
    __table_args__ = (
        UniqueConstraint("response_id", "id"),
        CheckConstraint("author_role IN ('patient', 'helper')", name="author_role_known"),
    )

    response_id: str = Field(
        sa_column=Column(
            String(36), ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
        )
    )
    # Counted for each response, so that a cursor tells nothing about other people's answers.
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: str = Field(sa_column=Column(String(36), nullable=False))
    questionnaire_version: str = Field(sa_column=Column(String(50), nullable=False))
    link_id: str = Field(sa_column=Column(String(100), nullable=False))
    path: list[str] = Field(sa_column=Column(JSON, nullable=False))
    # JSON null means that the answer was removed.
    value: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    author_id: str = Field(sa_column=Column(String(36), nullable=False))
    author_role: str = Field(sa_column=Column(String(10), nullable=False))
    answered_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
