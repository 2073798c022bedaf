"""A patient who saves answers, sends them to clinics, and takes them back."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from fbss_app.domain.questionnaire.answers import AnswerEvent
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.invitations.own_pages import OwnInvitation, invite_oneself
from fbss_app.server.services.clinic.submissions.submissions import (
    SendingCall,
    SubmissionStatus,
    send_to_clinic,
    submission_status,
    submission_statuses,
)
from fbss_app.server.services.clinic.submissions.taking_back import take_back
from fbss_app.server.services.erasure import erase_response
from fbss_app.server.services.sync import Consent, SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import START, an_event
from tests.server.services.clinic.submissions import DEFINITIONS

CONSENT = Consent("1", "ab" * 32, START)
DRAFT_DAYS = 30


class Patient:
    """Saves answers and sends them."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.response_id, self.secret = str(uuid4()), token_urlsafe(32)
        self.cursor = 0
        self.time = START

    def answer(self, answers: Mapping[str, Any], **changes: Any) -> datetime:
        """Save answers, and say until when they are kept."""
        events = [an_event(link_id=key, value=value, **changes) for key, value in answers.items()]
        call = SyncCall(
            self.response_id,
            self.secret,
            DEFINITIONS["small", "1"],
            CONSENT,
            self.cursor,
            [AnswerEvent.model_validate(each) for each in events],
        )
        result = sync_response(self.database, self.settings, call, self.time)
        self.cursor = result.cursor
        return result.expires_at

    def come(self, slug: str = "north", name: str = "Jo Miller") -> OwnInvitation:
        """Get an invitation through a clinic's own pages, which the clinic opens for it."""
        with self.database.unit_of_work() as unit:
            clinic = unit.clinics.find(slug)
            assert clinic
            clinic.takes_uninvited = True
        return invite_oneself(self.database, DEFINITIONS, slug, "small", name, self.time)

    def send(
        self, made: NewInvitation | OwnInvitation, cursor: int | None = None
    ) -> SubmissionStatus:
        last = self.cursor if cursor is None else cursor
        call = SendingCall(self.response_id, self.secret, made.secret, CONSENT, last)
        return send_to_clinic(self.database, DEFINITIONS, call, self.time)

    def status(self) -> SubmissionStatus:
        return submission_status(self.database, self.response_id, self.secret, self.time)

    def statuses(self) -> dict[str, SubmissionStatus]:
        found = submission_statuses(self.database, self.response_id, self.secret, self.time)
        return {each.slug: each for each in found}

    def take_back(self, submission_id: str | None = None) -> None:
        take_back(
            self.database, self.response_id, self.secret, DRAFT_DAYS, self.time, submission_id
        )

    def erase(self) -> None:
        erase_response(self.database, self.response_id, self.secret, self.time)
