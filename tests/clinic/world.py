"""Two clinics that know nothing of each other, each with all that a clinic can have."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, MetaData, select

from fbss_app.server.services.clinic.exports.research_requests import ask_for_research
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings.logos import set_logo
from fbss_app.server.services.clinic.settings.webhooks import set_webhook
from fbss_app.server.services.clinic.staff.colleague_links import list_colleague_links
from fbss_app.server.services.clinic.staff.staff import invite_staff
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.clinic.submissions.review import write_note
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import WebhookDeliveryRow
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START, an_event
from tests.server.logo_files import a_logo
from tests.server.services.clinic.door import make_person
from tests.server.services.clinic.staff import make_clinic
from tests.server.services.clinic.submissions import LEG, Sent, make_submission

# What the patient wrote, what a colleague wrote about it, and what is worked out of it. The front
# desk must get none of them.
ANSWER = "canary-answer-4c1d"
NOTE = "canary-note-9be2"
WARNING = "The worst leg pain"
FINDINGS = (ANSWER, NOTE, WARNING, "worst", "emergency", "Emergency", LEG, "Leg pain")


@dataclass(frozen=True)
class Clinic:
    """A clinic and the ids of what it has."""

    id: str
    administrator: Staff
    clinician: Staff
    front_desk: Staff
    sent: Sent
    invitation: NewInvitation
    label: str
    link_id: str
    research_id: str

    def of(self, role: Role) -> Staff:
        """Who has a role there."""
        people = (self.administrator, self.clinician, self.front_desk)
        return next(each for each in people if each.role is role)


def make_whole_clinic(database: Database, slug: str) -> Clinic:
    """Found a clinic with three people, an answer with a warning sign, a note, and the rest."""
    clinic_id = make_clinic(database, slug)
    people = {
        role: make_person(database, clinic_id, f"{role.value}@{slug}.example", role)
        for role in Role
    }
    administrator, clinician = people[Role.ADMINISTRATOR], people[Role.CLINICIAN]
    label = f"{slug.title()}patient"
    sent = make_submission(
        database,
        clinic_id,
        {LEG: 10},
        events=[an_event(value=ANSWER)],
        label=label,
        assigned_to=clinician.id,
    )
    write_note(database, clinician, sent.id, NOTE, START)
    (invitation,) = invite(
        database, administrator, "small", [Invitee(f"{slug} waiting", "a@b.example")], 30, START
    )
    invite_staff(database, administrator, f"new@{slug}.example", "New", "clinician", START)
    set_logo(database, administrator, a_logo(), START)
    (link,) = list_colleague_links(database, administrator, START)
    research_id = ask_for_research(
        database, clinician, InboxQuery(), f"A study of leg pain at {slug}", START
    )
    set_webhook(database, administrator, "http://127.0.0.1:9/x", START, allow_private=True)
    with database.unit_of_work() as unit:
        unit.clinic(clinic_id).webhooks.add(
            WebhookDeliveryRow(
                id=sent.id,
                clinic_id=clinic_id,
                submission_id=sent.id,
                event="answers-sent",
                created_at=START,
            )
        )
    return Clinic(
        clinic_id,
        administrator,
        clinician,
        people[Role.FRONT_DESK],
        sent,
        invitation,
        label,
        link.id,
        research_id,
    )


def all_but(engine: Engine, clinic: Clinic) -> dict[str, list[Any]]:
    """Every row of every table that is not this clinic's or of a session of its staff."""
    tables = MetaData()
    tables.reflect(engine)
    own_staff = {clinic.administrator.id, clinic.clinician.id, clinic.front_desk.id}
    dump: dict[str, list[Any]] = {}
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            rows = connection.execute(select(table)).mappings()
            dump[table.name] = [
                dict(row)
                for row in rows
                if row.get("clinic_id") != clinic.id
                and row.get("staff_id") not in own_staff
                and not (table.name == "clinic" and row["id"] == clinic.id)
            ]
    return dump
