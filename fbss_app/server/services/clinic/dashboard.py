"""How many patients were invited, answered and were reviewed, how long it took, and their scores.

Counts are shown as they are: whoever sees them may open each submission anyway. A mean of fewer
than three people is not shown, for on a screen that others see it is close to one person's value.
Files that leave the clinic follow `small_numbers` instead.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean, median
from types import MappingProxyType

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_see_dashboard
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.saved_answers import Definitions
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.inbox import Wanted
from fbss_app.server.storage.repositories.clinic.submissions import StoredSubmission

FEWEST_FOR_A_MEAN = 3
_MOST_MONTHS = 120
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """What happened in a month such as `2026-03`, in UTC."""

    month: str
    invited: int
    opened: int
    sent: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class MonthMean:
    """The mean of a score over those who sent it in a month; None for fewer than three."""

    month: str
    mean: float | None
    people: int


@dataclass(frozen=True, slots=True)
class ScoreOverTime:
    """A score, month by month; months in which nobody had it are there too."""

    name: str
    title: str
    months: tuple[MonthMean, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The work of a clinic in a time.

    Attributes:
        since: Its beginning.
        until: Its end, which is not in it.
        invited: How many were invited then.
        opened: How many invitations were first opened then.
        sent: How many submissions were sent, or sent again, then.
        reviewed: How many were reviewed then.
        median_minutes: From the first answer to the first sending, of those sent then.
        months: The same by month, without gaps.
        scores: The scores by month.
    """

    since: datetime
    until: datetime
    invited: int
    opened: int
    sent: int
    reviewed: int
    median_minutes: float | None
    months: tuple[MonthCounts, ...]
    scores: tuple[ScoreOverTime, ...]


def read_dashboard(
    database: Database,
    staff: Staff,
    since: datetime,
    until: datetime,
    now: datetime,
    definitions: Definitions = MappingProxyType({}),
) -> Dashboard:
    """Work out the dashboard of a time, and tell the trail.

    Args:
        database: Where the work lies.
        staff: Who looks.
        since: The beginning.
        until: The end, which is not in it.
        now: The time.
        definitions: Where scores get their titles from; without it they show their names.
    """
    require(database, staff, may_see_dashboard, now)
    months = list(_months(since, until))
    if not months or len(months) > _MOST_MONTHS:
        raise RefusedError("date-range", "Choose a beginning, and a later end, within ten years.")
    with database.unit_of_work() as unit:
        times = unit.clinic(staff.clinic_id).dashboard
        invited, opened, reviewed = (
            _by_month(find(since, until)) for find in (times.invited, times.opened, times.reviewed)
        )
        facts = {"since": since.isoformat(), "until": until.isoformat()}
        clinic_id = staff.clinic_id
        record(unit, clinic_id, staff.id, Action.DASHBOARD_VIEWED, now, **facts)
    sent: Counter[str] = Counter()
    minutes: list[float] = []
    values: dict[str, dict[str, list[float]]] = {}
    # Sealed, the scores can only be gone through; the durations come along at no cost.
    for when, took, scores in _sent(database, staff, Wanted(since=since, until=until)):
        month = _month(when)
        sent[month] += 1
        minutes.append(took)
        for name, value in scores.items():
            values.setdefault(name, {})
            if value is not None:
                values[name].setdefault(month, []).append(value)
    titles = {score.name: score.title for each in definitions.values() for score in each.score}
    return Dashboard(
        since,
        until,
        invited.total(),
        opened.total(),
        sent.total(),
        reviewed.total(),
        median(minutes) if minutes else None,
        tuple(
            MonthCounts(month, invited[month], opened[month], sent[month], reviewed[month])
            for month in months
        ),
        tuple(
            ScoreOverTime(
                name,
                titles.get(name, name),
                tuple(_mean(month, by_month.get(month, [])) for month in months),
            )
            for name, by_month in sorted(values.items())
        ),
    )


def _sent(
    database: Database, staff: Staff, wanted: Wanted
) -> Iterator[tuple[datetime, float, dict[str, float | None]]]:
    last: tuple[datetime, str] | None = None
    while True:
        with database.unit_of_work() as unit:
            clinic = unit.clinic(staff.clinic_id)
            opened = [
                clinic.submissions.open(row) for row in clinic.inbox.after(wanted, last, _AT_ONCE)
            ]
            batch = [
                (each.row.submitted_at, _minutes(each), each.findings.scores) for each in opened
            ]
            last = (opened[-1].row.submitted_at, opened[-1].row.id) if opened else None
        yield from batch
        if len(batch) < _AT_ONCE:
            return


def _minutes(stored: StoredSubmission) -> float:
    return (stored.row.first_submitted_at - stored.row.started_at).total_seconds() / 60


def _mean(month: str, values: Sequence[float]) -> MonthMean:
    mean = fmean(values) if len(values) >= FEWEST_FOR_A_MEAN else None
    return MonthMean(month, mean, len(values))


def _by_month(times: Sequence[datetime]) -> Counter[str]:
    return Counter(map(_month, times))


def _month(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m}"


def _months(since: datetime, until: datetime) -> Iterator[str]:
    if since >= until:
        return
    first, end = since.astimezone(UTC), until.astimezone(UTC)
    year, month = first.year, first.month
    while datetime(year, month, 1, tzinfo=UTC) < end:
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
