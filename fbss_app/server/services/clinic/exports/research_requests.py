"""Files for research need two people: a clinician asks, for a purpose; an administrator approves.

Whoever asked takes the file, and nobody approves what they asked for themselves. The file is made
as it is first taken, of what was sent before it was approved, and kept until the approval is over:
taking it again gives the same file, for two that differ would tell of whoever is in one alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import uuid4

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.fields import FieldsError, require_none, text_problems
from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import Staff, may_approve_research, may_export
from fbss_app.server.services.clinic.submissions.inbox import STATUSES, InboxQuery, Status
from fbss_app.server.services.clinic.told_views import tell_view
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import ResearchRequestRow

SHORTEST_PURPOSE, LONGEST_PURPOSE = 10, 500
ASKED_LASTS = timedelta(days=30)
DECIDED_LASTS = timedelta(days=14)
Decision = Literal["", "approved", "refused"]


class OwnRequestError(RefusedError):
    """Whoever asks is not the one to approve."""

    def __init__(self) -> None:
        super().__init__(
            "own-request",
            "Whoever asks for a file cannot approve it. Another administrator has to.",
            status_code=409,
        )


class NotApprovedError(RefusedError):
    """Nobody approved the file, or that is over."""

    def __init__(self) -> None:
        super().__init__(
            "research-not-approved",
            "No administrator has approved this file, or it was too long ago. Ask for it anew.",
            status_code=409,
        )


@dataclass(frozen=True, slots=True)
class ResearchRequest:
    """What somebody asked for.

    Attributes:
        id: Its id.
        purpose: What the file is for.
        query: Which submissions it is about.
        asked_by: The id of whoever asked.
        asked_by_name: What they are called; "" where that is not known.
        asked_at: When.
        decision: What was decided; "" where nothing was yet.
        decided_by_name: Who decided; "" where nobody has, or that is not known.
        decided_at: When.
        expires_at: Until when it waits, or until when the file can be taken.
    """

    id: str
    purpose: str
    query: InboxQuery
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    decision: Decision
    decided_by_name: str
    decided_at: datetime | None
    expires_at: datetime


def ask_for_research(
    database: Database, staff: Staff, query: InboxQuery, purpose: str, now: datetime
) -> str:
    """Ask for a file for research, and give the id of the request.

    Args:
        database: Where it is kept.
        staff: Who asks, and will take the file.
        query: Which submissions; its status and urgency count.
        purpose: What it is for, in 10 to 500 characters; the trail keeps it.
        now: The time.

    Raises:
        FieldsError: The purpose is too short or too long, or no text.
    """
    require(database, staff, may_export, now)
    words = " ".join(purpose.split())
    require_none(text_problems("purpose", words))
    if not SHORTEST_PURPOSE <= len(words) <= LONGEST_PURPOSE:
        message = f"Say what the file is for, in {SHORTEST_PURPOSE} to {LONGEST_PURPOSE} characters"
        raise FieldsError([FieldProblem("purpose", "length", message)])
    row = ResearchRequestRow(
        id=str(uuid4()),
        clinic_id=staff.clinic_id,
        asked_by=staff.id,
        asked_at=now,
        purpose=words,
        status=query.status,
        urgency=str(query.urgency or ""),
        expires_at=now + ASKED_LASTS,
    )
    with database.unit_of_work() as unit:
        unit.clinic(staff.clinic_id).research_requests.add(row)
        told = {"purpose": words, "status": row.status, "urgency": row.urgency}
        record(unit, staff.clinic_id, staff.id, Action.RESEARCH_ASKED, now, row.id, **told)
        return row.id


def list_research_requests(
    database: Database, staff: Staff, now: datetime
) -> Sequence[ResearchRequest]:
    """List what is not over, the newest first: their own, and for administrators everybody's."""
    require(database, staff, may_export, now)
    asked_by = "" if may_approve_research(staff) else staff.id
    with database.unit_of_work() as unit:
        tell_view(unit, staff, Action.RESEARCH_VIEWED, now)
        clinic = unit.clinic(staff.clinic_id)
        names = {row.id: row.name for row in clinic.staff.all()}
        rows = clinic.research_requests.open(now, asked_by=asked_by)
        return [
            ResearchRequest(
                row.id,
                row.purpose,
                query_of(row),
                row.asked_by or "",
                names.get(row.asked_by or "", ""),
                row.asked_at,
                _decision_of(row),
                names.get(row.decided_by or "", ""),
                row.decided_at,
                row.expires_at,
            )
            for row in rows
        ]


def approve_research(database: Database, staff: Staff, request_id: str, now: datetime) -> None:
    """Let whoever asked take the file, for 14 days.

    Raises:
        NotFoundError: Nothing of this id waits for a decision.
        OwnRequestError: They asked themselves.
    """
    _decide(database, staff, request_id, "approved", Action.RESEARCH_APPROVED, now)


def refuse_research(database: Database, staff: Staff, request_id: str, now: datetime) -> None:
    """Refuse the file; raises as `approve_research`."""
    _decide(database, staff, request_id, "refused", Action.RESEARCH_REFUSED, now)


def approved_research(
    unit: UnitOfWork, staff: Staff, request_id: str, now: datetime
) -> ResearchRequestRow | None:
    """Find what they asked for, if the clinic has it, and keep other transactions off it.

    Raises:
        NotApprovedError: It is not theirs to take, or not now.
    """
    row = unit.clinic(staff.clinic_id).research_requests.get(request_id, lock=True)
    if row is None:
        return None
    if row.asked_by != staff.id or row.decision != "approved" or row.expires_at <= now:
        raise NotApprovedError
    return row


def query_of(row: ResearchRequestRow) -> InboxQuery:
    """Give which submissions were asked for."""
    return read_query(row.status, row.urgency)


def read_query(status: str, urgency: str) -> InboxQuery:
    """Read a status and an urgency from wherever; what is unknown leaves nothing out."""
    found_status: Status | Literal["all"] = "all"
    for each in STATUSES:
        if each == status:
            found_status = each
    if urgency == "none":
        return InboxQuery(found_status, "none")
    return InboxQuery(found_status, next((each for each in Urgency if each == urgency), None))


def _decide(
    database: Database,
    staff: Staff,
    request_id: str,
    decision: Decision,
    action: Action,
    now: datetime,
) -> None:
    require(database, staff, may_approve_research, now, request_id)
    with database.unit_of_work() as unit:
        row = unit.clinic(staff.clinic_id).research_requests.get(request_id, lock=True)
        if row is not None and not row.decision and row.expires_at > now:
            if row.asked_by == staff.id:
                raise OwnRequestError
            row.decision, row.decided_by, row.decided_at = decision, staff.id, now
            row.expires_at = now + DECIDED_LASTS
            record(unit, staff.clinic_id, staff.id, action, now, row.id)
            return
    raise not_found(database, staff, "research-request", request_id, now)


def _decision_of(row: ResearchRequestRow) -> Decision:
    if row.decision == "approved":
        return "approved"
    return "refused" if row.decision == "refused" else ""
