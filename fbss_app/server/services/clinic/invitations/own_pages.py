"""A clinic's own pages, open to anybody: what they show of it, and how answers get there.

Whoever comes through them has no invitation. They get one as they send, under the name they give.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.logs import get_logger
from fbss_app.server.services.clinic.audit import PATIENT, Action, record
from fbss_app.server.services.clinic.invitations.invitation_list import label_problems
from fbss_app.server.services.clinic.invitations.new_invitation import add_invitation
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_change_settings
from fbss_app.server.services.clinic.settings.logos import Logo, logo_of
from fbss_app.server.services.clinic.settings.settings import ClinicSettings, settings_of
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.saved_answers import Definitions
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import ClinicRow
from fbss_app.server.storage.repositories.clinic.invitations import Invitee

logger = get_logger(__name__)

# They send within seconds, or once there is a connection again. Who gives up has left a name with a
# clinic that gets no answers: it must not lie there for as long as an invitation that was mailed.
UNINVITED_DAYS = 7


class NoOwnPagesError(RefusedError):
    """No clinic has pages at this address. It never tells whether there is a clinic at all."""

    def __init__(self) -> None:
        super().__init__(
            "no-such-clinic",
            "This clinic takes no answers without an invitation. Ask it for one.",
            status_code=404,
        )


@dataclass(frozen=True, slots=True)
class OwnPages:
    """What a clinic's own pages show of it."""

    slug: str
    settings: ClinicSettings
    logo: Logo | None


@dataclass(frozen=True, slots=True)
class OwnInvitation:
    """An invitation that somebody got who came without one; its secret is known now only."""

    secret: str
    expires_at: datetime
    pages: OwnPages


def own_pages(database: Database, slug: str) -> OwnPages:
    """Give what the pages of a clinic show, or raise `NoOwnPagesError`."""
    with database.unit_of_work(reads_only=True) as unit:
        return _shown(unit, _clinic(unit, slug))


def read_own_pages(database: Database, staff: Staff, now: datetime) -> OwnPages | None:
    """Give the pages of one's own clinic, if it has any, or raise `StaffNotAllowedError`."""
    require(database, staff, may_change_settings, now)
    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(staff.clinic_id)
        if clinic is None or not clinic.takes_uninvited:
            return None
        return _shown(unit, clinic)


def invite_oneself(
    database: Database,
    definitions: Definitions,
    slug: str,
    questionnaire: str,
    label: str,
    now: datetime,
) -> OwnInvitation:
    """Give an invitation to somebody who answers through a clinic's own pages.

    Args:
        database: Where it is kept.
        definitions: The questionnaires there are.
        slug: What stands in the clinic's addresses.
        questionnaire: The name of the questionnaire.
        label: Who they are, in their own words: 1 to 80 characters.
        now: The time.

    Raises:
        NoOwnPagesError: The clinic has no such pages.
        RefusedError: The name cannot be used, or there is no such questionnaire.
    """
    label = " ".join(_without_marks(label).split())
    if problems := [FieldProblem("label", "label", each) for each in label_problems(label)]:
        raise RefusedError("invalid-content", "This name cannot be used.", problems=problems)
    if questionnaire not in {name for name, _ in definitions}:
        raise RefusedError("other-questionnaire", "There is no such questionnaire.")
    with database.unit_of_work() as unit:
        clinic = _clinic(unit, slug)
        new = add_invitation(
            unit, clinic.id, questionnaire, Invitee(label, ""), now, days=UNINVITED_DAYS
        )
        record(unit, clinic.id, PATIENT, Action.CAME_UNINVITED, now, new.id)
        made = OwnInvitation(new.secret, new.expires_at, _shown(unit, clinic))
    logger.info("patient-came-uninvited")
    return made


def _without_marks(text: str) -> str:
    """Leave out signs that nobody types or sees: phones put marks of direction around a name."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _shown(unit: UnitOfWork, clinic: ClinicRow) -> OwnPages:
    return OwnPages(clinic.slug, settings_of(clinic), logo_of(unit, clinic.id))


def _clinic(unit: UnitOfWork, slug: str) -> ClinicRow:
    clinic = unit.clinics.find(slug)
    if clinic is None or not clinic.takes_uninvited:
        raise NoOwnPagesError
    return clinic
