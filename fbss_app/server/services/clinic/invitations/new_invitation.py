"""Makes one invitation, whoever asks for it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.labels import mark_label
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import InvitationRow
from fbss_app.server.storage.repositories.clinic.invitations import Invitee

USUAL_DAYS = 60


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation that was just made; its secret is known now and never again."""

    id: str
    label: str
    email: str
    secret: str
    expires_at: datetime


def add_invitation(
    unit: UnitOfWork,
    clinic_id: str,
    questionnaire: str,
    invitee: Invitee,
    now: datetime,
    *,
    days: int = USUAL_DAYS,
    created_by: str | None = None,
    place: int = 0,
) -> NewInvitation:
    """Add an invitation with a secret of its own, to be found by its label.

    Args:
        unit: The unit of work that it is part of.
        clinic_id: The clinic that the answers go to.
        questionnaire: The name of the questionnaire.
        invitee: Whom; their label has 1 to 80 characters.
        now: The time.
        days: How long it works.
        created_by: Who of the staff invites; None where somebody came uninvited, who has it open.
        place: Which of several made at once, from 0 on: the list shows them in this order.
    """
    secret = secrets.token_urlsafe(32)
    row = InvitationRow(
        id=str(uuid4()),
        clinic_id=clinic_id,
        secret_sha256=hash_secret(secret),
        questionnaire=questionnaire,
        key_id="",
        sealed=b"",
        created_by=created_by,
        # The newest stand first in the list.
        created_at=now - timedelta(microseconds=place),
        opened_at=None if created_by else now,
        expires_at=now + timedelta(days=days),
        days=days,
    )
    unit.clinic(clinic_id).invitations.add(row, invitee)
    mark_label(unit, clinic_id, row.id, invitee.label)
    return NewInvitation(row.id, invitee.label, invitee.email, secret, row.expires_at)
