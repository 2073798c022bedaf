"""Makes a demo clinic with staff and made-up patients, all through the use cases themselves."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from fbss_app import routes
from fbss_app.domain.questionnaire.answers import AuthorRole
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings.settings import change_settings, read_settings
from fbss_app.server.services.clinic.staff import (
    set_up,
    staff,
)
from fbss_app.server.services.clinic.staff.sessions import staff_of
from fbss_app.server.services.clinic.submissions import review
from fbss_app.server.services.clinic.submissions.submissions import (
    SendingCall,
    open_invitation,
    send_to_clinic,
)
from fbss_app.server.services.demo.made_up_people import (
    MadeUpPerson,
    answer_events_of,
    made_up_people,
)
from fbss_app.server.services.saved_answers import Definitions
from fbss_app.server.services.sync import Consent, SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings

PEOPLE = 20
_NAME = "Demo Spine Clinic"
_COLLEAGUES = (
    (Role.CLINICIAN, "Dr Bea Demo", "bea@demo.example"),
    (Role.FRONT_DESK, "Cal Demo", "cal@demo.example"),
)
_ADMINISTRATOR = ("Ann Demo", "ann@demo.example")
_WAITING = ("Demo 2001", "Demo 2002", "Demo 2003")
_NOTE = "Called. Comes in tomorrow at nine."
_NO_TEXT = "0" * 64


@dataclass(frozen=True)
class DemoLogIn:
    """How a made-up member of staff logs in."""

    role: Role
    email: str


@dataclass(frozen=True)
class DemoClinic:
    """What somebody needs who tries the app.

    Attributes:
        log_ins: The staff.
        password: Their password, the same for all; made anew with each demo.
        invitation_secret: Of an invitation that nobody has opened yet.
    """

    log_ins: tuple[DemoLogIn, ...]
    password: str
    invitation_secret: str


def make_demo_clinic(
    database: Database, settings: Settings, definitions: Definitions, now: datetime
) -> DemoClinic | None:
    """Make the demo clinic; None where there is a clinic already.

    Args:
        database: An empty, migrated one.
        settings: Those that syncs work by.
        definitions: Every questionnaire by name and version.
        now: The time; the patients have sent in the months before it.
    """
    began = now - timedelta(days=120)
    secret = set_up.make_first_link(database, now)
    if secret is None:
        return None
    password = secrets.token_urlsafe(18)
    name, email = _ADMINISTRATOR
    founding = set_up.Founding(_NAME, settings.country, email, name, password)
    administrator = _staff(database, set_up.found_clinic(database, secret, founding, now).staff_id)
    colleagues = [
        _join(database, administrator, role, name, email, password, now)
        for role, name, email in _COLLEAGUES
    ]
    definition = _newest(definitions)
    _ask_all_parts(database, administrator, definition, settings, now)
    people = made_up_people(definition, PEOPLE)
    for number, person in enumerate(people):
        sent_at = max(began, now - timedelta(hours=7.5 * number * number))
        _answer(database, settings, definitions, colleagues[0], person, sent_at)
    _look_after(database, colleagues[0], now)
    invitees = [Invitee(label) for label in _WAITING]
    made = invite(database, colleagues[1], definition.name, invitees, 60, now)
    open_invitation(database, made[1].secret, now)
    log_ins = (DemoLogIn(Role.ADMINISTRATOR, email), *(DemoLogIn(r, e) for r, _, e in _COLLEAGUES))
    return DemoClinic(log_ins, password, made[0].secret)


def _newest(definitions: Mapping[tuple[str, str], Questionnaire]) -> Questionnaire:
    found = [
        each for (name, _), each in definitions.items() if name == routes.PRIMARY_QUESTIONNAIRE
    ]
    return found[-1]


def _staff(database: Database, staff_id: str) -> Staff:
    with database.unit_of_work() as unit:
        row = unit.log_ins.staff(staff_id)
        assert row is not None
        return staff_of(row)


def _join(
    database: Database,
    administrator: Staff,
    role: Role,
    name: str,
    email: str,
    password: str,
    now: datetime,
) -> Staff:
    link = staff.invite_staff(database, administrator, email, name, role.value, now)
    return _staff(database, set_up.join_clinic(database, link, name, password, now).staff_id)


def _ask_all_parts(
    database: Database,
    administrator: Staff,
    definition: Questionnaire,
    settings: Settings,
    now: datetime,
) -> None:
    parts = tuple(definition.optional_parts)
    before = read_settings(database, administrator, now)
    wanted = type(before)(
        name=before.name,
        phone="+44 20 7946 0000",
        country=before.country,
        accent=before.accent,
        retention_days=before.retention_days,
        optional_parts=parts,
        takes_uninvited=True,
        allowed_sites=(),
    )
    change_settings(database, administrator, before, wanted, parts, (settings.country,), now)


def _answer(
    database: Database,
    settings: Settings,
    definitions: Definitions,
    inviting: Staff,
    person: MadeUpPerson,
    sent_at: datetime,
) -> None:
    """Let a made-up person open an invitation, answer on a phone, and send."""
    definition = _newest(definitions)
    asked_at = sent_at - timedelta(days=2)
    (invitation,) = invite(
        database, inviting, definition.name, [Invitee(person.label)], 60, asked_at
    )
    open_invitation(database, invitation.secret, asked_at + timedelta(days=1))
    response_id, secret = str(uuid4()), secrets.token_urlsafe(32)
    role = AuthorRole.HELPER if person.helper else AuthorRole.PATIENT
    consent = Consent("demo", _NO_TEXT, sent_at, role)
    events = answer_events_of(person, sent_at - timedelta(minutes=person.minutes))
    cursor = 0
    for start in range(0, len(events), settings.max_events_per_call):
        part = events[start : start + settings.max_events_per_call]
        call = SyncCall(
            response_id, secret, definition, consent if not cursor else None, cursor, part
        )
        cursor = sync_response(database, settings, call, sent_at).cursor
    send_to_clinic(
        database,
        definitions,
        SendingCall(response_id, secret, invitation.secret, consent, cursor),
        sent_at,
    )


def _look_after(database: Database, clinician: Staff, now: datetime) -> None:
    """Let the clinician have worked on what came first, so that no list is empty."""
    with database.unit_of_work() as unit:
        found = unit.clinic(clinician.clinic_id).submissions.all_in_order()
        sent = [(each.id, each.changed_at) for each in found]
    for number, (submission_id, changed_at) in enumerate(sent[: PEOPLE // 2]):
        seen = review.assign(database, clinician, submission_id, clinician.id, changed_at, now)
        if number % 4:
            review.mark_reviewed(database, clinician, submission_id, seen, now)
        else:
            review.set_status(database, clinician, submission_id, "in-progress", seen, now)
            review.write_note(database, clinician, submission_id, _NOTE, now)
