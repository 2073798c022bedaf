"""Finds, sorts, counts and pages what was sent to one clinic, without opening any of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, tuple_
from sqlmodel import col

from fbss_app.server.storage.clinic_tables import SubmissionRow
from fbss_app.server.storage.repositories.clinic.label_marks import (
    Invitations,
    LabelMarkRepository,
    Marked,
)
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope

NOBODY = "nobody"

_Filtered = TypeVar("_Filtered", bound=Select[Any])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions are meant. What is empty or None leaves nothing out.

    Attributes:
        status: Those of this status.
        urgency: Those of this rank.
        assigned_to: Those of this member of staff, or of `NOBODY`.
        is_uninvited: Those of whoever came without an invitation, or those of all others.
        invitations: Those of the invitations that a search found.
        since: Those sent from then on.
        until: Those sent before then.
        ids: These, as far as they are of this clinic.
    """

    status: str = ""
    urgency: int | None = None
    assigned_to: str | None = None
    is_uninvited: bool | None = None
    invitations: Invitations | None = None
    since: datetime | None = None
    until: datetime | None = None
    ids: Collection[str] | None = None


class InboxRepository:
    """The submissions of one clinic as a list."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope
        self._marks = LabelMarkRepository(scope)

    def counts(self, wanted: Wanted) -> Mapping[str, int]:
        """Count by status what a filter leaves, whatever status it names."""
        found = self._columns(wanted, col(SubmissionRow.status), func.count().label("found"))
        found = self._without_status(found, wanted).group_by(col(SubmissionRow.status))
        return {row.status: row.found for row in self._scope.values(found)}

    def count_up_to(self, most: int, wanted: Wanted) -> int:
        """Count what a filter leaves, and stop at one more than `most`."""
        return self._scope.count(self.up_to(most + 1, wanted))

    def up_to(self, limit: int, wanted: Wanted) -> Select[Any]:
        """Make the statement that finds the ids of so many that a filter leaves, in no order."""
        return self._filtered(wanted).limit(limit)

    def page(self, wanted: Wanted, sort: str, offset: int, limit: int) -> Sequence[SubmissionRow]:
        """Give a stretch of what a filter leaves.

        Args:
            wanted: The filter.
            sort: `urgency`, within which whoever waits longest comes first, `newest` or `oldest`.
            offset: How many to leave out at the start.
            limit: How many at most.
        """
        # The ids come from an index alone; only the rows of this page are read.
        ids = [row[0] for row in self._scope.values(self.page_of_ids(wanted, sort, offset, limit))]
        return self.in_order(ids)

    def page_of_ids(self, wanted: Wanted, sort: str, offset: int, limit: int) -> Select[Any]:
        """Make the statement that finds the ids of a page."""
        return self._filtered(wanted).order_by(*_order(sort)).offset(offset).limit(limit)

    def in_order(self, ids: Sequence[str]) -> Sequence[SubmissionRow]:
        """Give the rows of some ids, in the order of the ids."""
        rows = self._scope.find(SubmissionRow, ids)
        places = {submission_id: place for place, submission_id in enumerate(ids)}
        return sorted(rows, key=lambda row: places[row.id])

    def after(
        self, wanted: Wanted, last: tuple[datetime, str] | None, limit: int
    ) -> Sequence[SubmissionRow]:
        """Give the next batch of what a filter leaves, in the order of sending.

        Args:
            wanted: The filter.
            last: When the last of the batch before it was sent, and its id.
            limit: How many at most.
        """
        found = self._scope.rows(SubmissionRow)
        if wanted.status:
            found = found.where(SubmissionRow.status == wanted.status)
        found = self._without_status(found, wanted)
        if last is not None:
            place = tuple_(col(SubmissionRow.submitted_at), col(SubmissionRow.id))
            found = found.where(place > last)
        return self._scope.all(found.order_by(*_order("oldest")).limit(limit))

    def versions(self, wanted: Wanted) -> Sequence[tuple[str, str]]:
        """List the questionnaires, each with its version, that a filter's submissions answer."""
        found = self._scope.columns(
            SubmissionRow,
            col(SubmissionRow.questionnaire).label("name"),
            col(SubmissionRow.questionnaire_version).label("version"),
        ).distinct()
        if wanted.status:
            found = found.where(col(SubmissionRow.status) == wanted.status)
        rows = self._scope.values(self._without_status(found, wanted))
        return sorted((row.name, row.version) for row in rows)

    def newest_change(self) -> datetime | None:
        """Say when anything was last sent or changed."""
        newest = self._scope.values(
            self._scope.columns(SubmissionRow, func.max(col(SubmissionRow.changed_at)))
        )
        return newest[0][0]

    def _filtered(self, wanted: Wanted) -> Select[Any]:
        found = self._columns(wanted, col(SubmissionRow.id))
        if wanted.status:
            found = found.where(col(SubmissionRow.status) == wanted.status)
        return self._without_status(found, wanted)

    def _columns(self, wanted: Wanted, *columns: Any) -> Select[Any]:
        is_few = wanted.invitations is not None and not isinstance(wanted.invitations, Marked)
        return self._scope.columns(SubmissionRow, *columns, few=is_few)

    def _without_status(self, found: _Filtered, wanted: Wanted) -> _Filtered:
        """Apply everything but the status."""
        conditions: list[ColumnElement[bool]] = []
        if wanted.urgency is not None:
            conditions.append(col(SubmissionRow.urgency) == wanted.urgency)
        if wanted.assigned_to == NOBODY:
            conditions.append(col(SubmissionRow.assigned_to).is_(None))
        elif wanted.assigned_to:
            conditions.append(col(SubmissionRow.assigned_to) == wanted.assigned_to)
        if wanted.is_uninvited is not None:
            conditions.append(col(SubmissionRow.is_uninvited).is_(wanted.is_uninvited))
        if wanted.invitations is not None:
            conditions.append(
                self._marks.among(wanted.invitations, col(SubmissionRow.invitation_id))
            )
        if wanted.since is not None:
            conditions.append(col(SubmissionRow.submitted_at) >= wanted.since)
        if wanted.until is not None:
            conditions.append(col(SubmissionRow.submitted_at) < wanted.until)
        if wanted.ids is not None:
            conditions.append(col(SubmissionRow.id).in_(list(wanted.ids)))
        return found.where(*conditions)


def _order(sort: str) -> tuple[Any, ...]:
    time, last = col(SubmissionRow.submitted_at), col(SubmissionRow.id)
    if sort == "urgency":
        return col(SubmissionRow.urgency), time, last
    if sort == "newest":
        return time.desc(), last.desc()
    return time, last
