"""What a clinic may choose: its name, what it keeps and asks, and which sites may show the app."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_change_settings
from fbss_app.server.services.clinic.told_views import tell_view
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import ClinicRow

# The colours of the palette, which theme.css has by the same names. A test works out the contrast
# of each with all that it meets, in light and dark.
ACCENTS = {
    "teal": "#0a5458",
    "blue": "#12467f",
    "violet": "#53307c",
    "plum": "#702050",
    "green": "#1f5134",
    "slate": "#36454f",
}
LEAST_DAYS, MOST_DAYS = 30, 3650
LONGEST_NAME = 120
MOST_SITES = 20
_PHONE = re.compile(r"\+?[0-9][0-9 ()/-]{3,38}")


@dataclass(frozen=True, slots=True)
class ClinicSettings:
    """What an administrator sees and changes.

    Attributes:
        name: Shown to patients before they send anything.
        phone: To be called with questions; may be empty.
        country: Two letters; decides which emergency numbers come first.
        accent: One of `ACCENTS`.
        retention_days: How long answers are kept after they were last sent.
        optional_parts: The parts of the questionnaire that its patients are asked beside the rest.
        takes_uninvited: Whether patients may answer through the clinic's own pages, without an
            invitation.
        allowed_sites: The origins that may show those pages in a frame.
    """

    name: str
    phone: str
    country: str
    accent: str
    retention_days: int
    optional_parts: tuple[str, ...]
    takes_uninvited: bool
    allowed_sites: tuple[str, ...]


class SettingsChangedError(RefusedError):
    """Somebody else has changed the settings since they were looked at. Nothing was saved.

    Attributes:
        current: What is set now.
    """

    def __init__(self, current: ClinicSettings) -> None:
        super().__init__(
            "changed-meanwhile",
            "A colleague has changed the settings since you opened them. Look at them again, then "
            "save yours.",
            status_code=409,
        )
        self.current = current


def settings_of(row: ClinicRow) -> ClinicSettings:
    """Read the settings of a clinic."""
    return ClinicSettings(
        row.name,
        row.phone,
        row.country,
        row.accent,
        row.retention_days,
        tuple(json.loads(row.optional_parts)),
        row.takes_uninvited,
        tuple(json.loads(row.allowed_sites)),
    )


def read_settings(database: Database, staff: Staff, now: datetime) -> ClinicSettings:
    """Read one's own clinic's settings and tell the trail, or raise `StaffNotAllowedError`."""
    require(database, staff, may_change_settings, now)
    with database.unit_of_work() as unit:
        tell_view(unit, staff, Action.SETTINGS_VIEWED, now)
        row = unit.clinics.get(staff.clinic_id)
        assert row is not None
        return settings_of(row)


def change_settings(
    database: Database,
    staff: Staff,
    seen: ClinicSettings | None,
    wanted: ClinicSettings,
    known_parts: Sequence[str],
    known_countries: Sequence[str],
    now: datetime,
) -> ClinicSettings:
    """Change the settings of one's own clinic; all of them, or none.

    Args:
        database: Where they lie.
        staff: Who changes them.
        seen: What was set when they looked at them; None where that is not known.
        wanted: What they shall be.
        known_parts: The optional parts of the questionnaire.
        known_countries: The countries whose emergency numbers the app has.
        now: The time.

    Raises:
        RefusedError: Something is wrong; its problems name the fields.
        SettingsChangedError: By now something is set that they have not seen.
        StaffNotAllowedError: They may not.
    """
    require(database, staff, may_change_settings, now)
    wanted = _tidied(wanted)
    problems = list(_problems(wanted, known_parts, known_countries))
    if problems:
        raise RefusedError(
            "invalid-content", "Some settings cannot be used. Nothing changed.", problems=problems
        )
    with database.unit_of_work() as unit:
        # Of two who save at once, the second must see what the first one saved.
        row = unit.clinics.lock(staff.clinic_id)
        assert row is not None
        current = settings_of(row)
        if current not in (seen, wanted):
            raise SettingsChangedError(current)
        row.name, row.phone, row.country = wanted.name, wanted.phone, wanted.country
        row.accent, row.retention_days = wanted.accent, wanted.retention_days
        row.optional_parts = json.dumps(wanted.optional_parts)
        row.takes_uninvited = wanted.takes_uninvited
        row.allowed_sites = json.dumps(wanted.allowed_sites)
        if current != wanted:
            record(
                unit,
                staff.clinic_id,
                staff.id,
                Action.SETTINGS_CHANGED,
                now,
                retention_days=wanted.retention_days,
                **_told(current, wanted),
            )
    return wanted


def _told(before: ClinicSettings, after: ClinicSettings) -> dict[str, str]:
    """Say for the trail what changed, and who can reach patients in the clinic's name by that."""
    old, new = asdict(before), asdict(after)
    added = [site for site in after.allowed_sites if site not in before.allowed_sites]
    removed = [site for site in before.allowed_sites if site not in after.allowed_sites]
    return {
        "changed": ", ".join(sorted(name for name in new if new[name] != old[name])),
        "takes_uninvited": "yes" if after.takes_uninvited else "no",
        "sites_added": ", ".join(added),
        "sites_removed": ", ".join(removed),
    }


def _tidied(wanted: ClinicSettings) -> ClinicSettings:
    return ClinicSettings(
        " ".join(wanted.name.split()),
        " ".join(wanted.phone.split()),
        wanted.country,
        wanted.accent,
        wanted.retention_days,
        tuple(dict.fromkeys(wanted.optional_parts)),
        wanted.takes_uninvited,
        tuple(dict.fromkeys(_origin(site) for site in wanted.allowed_sites)),
    )


def _origin(site: str) -> str:
    """Write a site as browsers compare it: in small letters, without the port that goes unsaid."""
    site = site.strip().rstrip("/").lower()
    usual = {"https": ":443", "http": ":80"}.get(site.partition("://")[0], "")
    return site.removesuffix(usual)


def _problems(
    wanted: ClinicSettings, known_parts: Sequence[str], known_countries: Sequence[str]
) -> Iterator[FieldProblem]:
    if not 2 <= len(wanted.name) <= LONGEST_NAME:
        yield FieldProblem(
            "name", "length", f"Enter the name of the clinic in 2 to {LONGEST_NAME} characters"
        )
    elif not wanted.name.isprintable():
        yield FieldProblem("name", "unusable-text", "Leave out signs that nobody can see")
    if wanted.phone and not _PHONE.fullmatch(wanted.phone):
        yield FieldProblem(
            "phone", "not-a-number", "Enter a telephone number, such as +44 20 7946 0000, or none"
        )
    if wanted.country not in known_countries:
        yield FieldProblem("country", "unknown", "Choose one of the countries")
    if wanted.accent not in ACCENTS:
        yield FieldProblem("accent", "unknown", "Choose one of the colours")
    if not LEAST_DAYS <= wanted.retention_days <= MOST_DAYS:
        yield FieldProblem(
            "retention-days", "range", f"Enter a number of days from {LEAST_DAYS} to {MOST_DAYS}"
        )
    if unknown := set(wanted.optional_parts) - set(known_parts):
        yield FieldProblem(
            "optional-parts", "unknown", f"Leave out {', '.join(sorted(unknown))}: no such part"
        )
    if len(wanted.allowed_sites) > MOST_SITES:
        yield FieldProblem("allowed-sites", "too-many", f"Enter {MOST_SITES} sites at most")
    for site in wanted.allowed_sites:
        if not is_site(site):
            yield FieldProblem(
                "allowed-sites",
                "not-a-site",
                f"Write {site[:80]} as a whole address without a path, such as "
                "https://www.example.org",
            )


def is_site(text: str) -> bool:
    """Say whether a text is the origin of a site: https, a host, perhaps a port, nothing else."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    is_here = parts.scheme == "http" and host in ("localhost", "127.0.0.1")
    written = f"{parts.scheme}://{host}{'' if port is None else f':{port}'}"
    is_name = re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host) is not None
    return (parts.scheme == "https" or is_here) and is_name and text == written
