"""The audit trail as administrators see it: filtered, a page at a time, or as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.services.clinic.audit import (
    NOBODY,
    OPERATOR,
    PATIENT,
    SYSTEM,
    Action,
    Entry,
    entry_of,
    record,
)
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_see_audit_trail
from fbss_app.server.services.unit_of_work import Database

PAGE_SIZE = 50
_ACTORS = {
    PATIENT: "A patient",
    SYSTEM: "The app itself",
    OPERATOR: "Whoever runs this app",
    NOBODY: "Nobody known",
}


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries to show.

    Attributes:
        actor: Only those of this member of staff, or of `patient`, `system`, `operator`,
            `nobody`.
        action: Only those of this kind.
        since: Only those from then on.
        until: Only those before then.
        before: Only those with a lower number, for the next page.
    """

    actor: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries, the newest first.

    Attributes:
        entries: The entries.
        actors: What everyone is called who may stand in them, by the id in the entries.
        next_before: What to ask for the next page with; None where there is none.
    """

    entries: tuple[Entry, ...]
    actors: Mapping[str, str]
    next_before: int | None


def read_audit_trail(
    database: Database, staff: Staff, query: AuditQuery, now: datetime
) -> AuditPage:
    """Read a page of the clinic's trail, which tells of that too, once for the first page."""
    require(database, staff, may_see_audit_trail, now)
    with database.unit_of_work() as unit:
        clinic = unit.clinic(staff.clinic_id)
        rows = clinic.audit.page(
            before=query.before,
            limit=PAGE_SIZE + 1,
            actor=query.actor,
            action=query.action,
            since=query.since,
            until=query.until,
        )
        entries = tuple(entry_of(row) for row in rows[:PAGE_SIZE])
        actors = {each.id: each.name for each in clinic.staff.all()} | _ACTORS
        if query.before is None:
            record(
                unit,
                staff.clinic_id,
                staff.id,
                Action.AUDIT_VIEWED,
                now,
                whose=query.actor[:36],
                what=query.action if query.action in set(Action) else "",
            )
    more = len(rows) > PAGE_SIZE
    return AuditPage(entries, actors, entries[-1].sequence if more else None)


def export_audit_trail(database: Database, staff: Staff, now: datetime) -> Iterator[str]:
    """Write the whole trail as CSV, a line at a time, the oldest entry first.

    Its marks are in it, so that whoever has the keys can check the file as well.
    """
    require(database, staff, may_see_audit_trail, now)
    with database.unit_of_work() as unit:
        record(unit, staff.clinic_id, staff.id, Action.EXPORTED, now, format="audit-csv")
    return _lines(database, staff.clinic_id)


def _lines(database: Database, clinic_id: str) -> Iterator[str]:
    yield _line("sequence", "at", "actor", "action", "subject", "details", "key_id", "mark")
    with database.unit_of_work() as unit:
        for row in unit.clinic(clinic_id).audit.in_order():
            yield _line(
                str(row.sequence),
                row.at.isoformat(),
                row.actor,
                row.action,
                row.subject,
                row.details,
                row.key_id,
                row.mark,
            )


def _line(*cells: str) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
