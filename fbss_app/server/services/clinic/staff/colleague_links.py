"""Links with which colleagues join a clinic: which ones wait, ending one, making it anew."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import Role, Staff, may_manage_staff
from fbss_app.server.services.clinic.staff.colleagues import staff_locked
from fbss_app.server.services.clinic.staff.set_up_links import INVITATION_LASTS, renew_link
from fbss_app.server.services.clinic.told_views import tell_view
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import SetUpLinkRow


@dataclass(frozen=True, slots=True)
class ColleagueLink:
    """A link that nobody has used yet.

    Attributes:
        id: Its id, which opens nothing.
        name: Whom it is for.
        email: What they will log in with.
        role: The role that they will have.
        expires_at: Until when it works.
        made_by_name: Who made it, or made it anew; "" where that is not known.
    """

    id: str
    name: str
    email: str
    role: Role
    expires_at: datetime
    made_by_name: str


def list_colleague_links(
    database: Database, staff: Staff, now: datetime
) -> Sequence[ColleagueLink]:
    """List the links that still let a colleague in, the newest first, and tell the trail."""
    require(database, staff, may_manage_staff, now)
    with database.unit_of_work() as unit:
        tell_view(unit, staff, Action.STAFF_VIEWED, now)
        clinic = unit.clinic(staff.clinic_id)
        names = {row.id: row.name for row in clinic.staff.all()}
        return [
            ColleagueLink(
                row.id,
                row.name,
                row.email,
                Role(row.role),
                row.expires_at,
                names.get(row.created_by or "", ""),
            )
            for row in clinic.set_up_links.waiting(now)
        ]


def end_colleague_link(database: Database, staff: Staff, link_id: str, now: datetime) -> None:
    """End a link: it lets nobody in any more.

    Raises:
        NotFoundError: No such link waits, perhaps because it was just used.
    """
    require(database, staff, may_manage_staff, now, link_id)
    with _waiting_link(database, staff, link_id, now) as (unit, row):
        unit.clinic(staff.clinic_id).set_up_links.remove(row)
        record(unit, staff.clinic_id, staff.id, Action.STAFF_LINK_ENDED, now, row.id, role=row.role)


def renew_colleague_link(database: Database, staff: Staff, link_id: str, now: datetime) -> str:
    """Make a link anew, for another 7 days, and give its secret; the old one ends.

    Raises:
        NotFoundError: No such link waits, perhaps because it was just used.
    """
    require(database, staff, may_manage_staff, now, link_id)
    with _waiting_link(database, staff, link_id, now) as (unit, row):
        secret = renew_link(row, now + INVITATION_LASTS)
        row.created_by = staff.id
        record(
            unit, staff.clinic_id, staff.id, Action.STAFF_LINK_RENEWED, now, row.id, role=row.role
        )
        return secret


@contextmanager
def _waiting_link(
    database: Database, staff: Staff, link_id: str, now: datetime
) -> Generator[tuple[UnitOfWork, SetUpLinkRow]]:
    with staff_locked(database, staff, now, link_id) as (unit, _):
        waiting = unit.clinic(staff.clinic_id).set_up_links.waiting(now)
        if row := next((each for each in waiting if each.id == link_id), None):
            yield unit, row
            return
    # Only now: the trail is told in a transaction of its own.
    raise not_found(database, staff, "set-up-link", link_id, now)
