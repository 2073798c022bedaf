"""Goes through many submissions of a clinic, a few in each transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import Staff, may_export
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery, facts_of, wanted_of
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers, read_sent
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.saved_answers import Definitions
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.inbox import Wanted

Chosen = InboxQuery | Sequence[str]

MOST_IDS = 500
_AT_ONCE = 50


class Selection(NamedTuple):
    """What is taken out: a filter, how many it leaves, and the versions that they answer."""

    wanted: Wanted
    size: int
    versions: Sequence[tuple[str, str]]


def select_for_export(
    database: Database,
    staff: Staff,
    chosen: Chosen,
    now: datetime,
    *,
    form: str,
    until: datetime | None = None,
    subject: str = "",
    most: int | None = None,
    why: Mapping[str, str] | None = None,
) -> Selection:
    """Find what is to be taken out, and tell the trail before any of it leaves.

    Args:
        database: Where it lies.
        staff: Who takes it.
        chosen: A query of the inbox, whose page and order do not matter, or ids.
        now: The time.
        form: What it becomes, such as `csv`.
        until: Only what was sent before then.
        subject: The id of what asks for it; that of the submission where it is one alone.
        most: More than so many are refused.
        why: Further facts for the trail, such as what it is for.

    Raises:
        NotFoundError: Some of the ids are not of the clinic.
        RefusedError: It is too much at once.
    """
    require(database, staff, may_export, now)
    ids = None if isinstance(chosen, InboxQuery) else sorted(set(chosen))
    limit = min(most or MOST_IDS, MOST_IDS) if ids is not None else most
    if ids is not None and limit is not None and len(ids) > limit:
        raise _too_many(limit)
    with database.unit_of_work() as unit:
        inbox = unit.clinic(staff.clinic_id).inbox
        if isinstance(chosen, InboxQuery):
            wanted, facts = wanted_of(unit, staff, chosen), facts_of(chosen)
            wanted = replace(wanted, until=until)
        else:
            wanted, facts = Wanted(ids=ids), {"chosen": "by id"}
        counts = inbox.counts(wanted)
        count = counts.get(wanted.status, 0) if wanted.status else sum(counts.values())
        if limit is not None and count > limit:
            raise _too_many(limit)
        if ids is None or count == len(ids):
            subject = ids[0] if ids and len(ids) == 1 else subject
            told: dict[str, str | int] = {"format": form, "count": count, **facts, **(why or {})}
            clinic = staff.clinic_id
            record(unit, clinic, staff.id, Action.EXPORTED, now, subject=subject, **told)  # pyright: ignore[reportArgumentType]
            return Selection(wanted, count, inbox.versions(wanted))
    missing = ids[0] if len(ids) == 1 else ""
    raise not_found(database, staff, "submission", missing, now)


def sent_in_batches(
    database: Database, definitions: Definitions, staff: Staff, wanted: Wanted, now: datetime
) -> Iterator[tuple[str, SentAnswers]]:
    """Give the label and the answers of each, in the order of sending.

    No transaction is open while one of them is being worked on.
    """
    last: tuple[datetime, str] | None = None
    while True:
        with database.unit_of_work(reads_only=True) as unit:
            clinic = unit.clinic(staff.clinic_id)
            rows = clinic.inbox.after(wanted, last, _AT_ONCE)
            invited = clinic.invitations.find(
                {row.invitation_id for row in rows if row.invitation_id}
            )
            batch = [
                (
                    invited[row.invitation_id].invitee.label if row.invitation_id else "",
                    read_sent(unit, definitions, clinic.submissions.open(row), now),
                )
                for row in rows
            ]
            last = (rows[-1].submitted_at, rows[-1].id) if rows else None
        yield from batch
        if len(batch) < _AT_ONCE:
            return


def _too_many(most: int) -> RefusedError:
    return RefusedError("export-too-large", f"This takes at most {most} at once. Choose fewer.")
