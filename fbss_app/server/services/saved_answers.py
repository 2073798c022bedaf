"""What is saved of a response, as the holder of a link may see it: for documents and exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fbss_app.domain.questionnaire.answers import AnswerEvent, AuthorRole, answered_alone, fold
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.server.services.access import (
    HELPER,
    Participant,
    may_see_all,
    open_response,
    participants,
    visible_to,
)
from fbss_app.server.services.clinic.submissions.sent_copies import (
    RemovedCopy,
    SentCopy,
    removed_copies,
    sent_copies,
)
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.repositories.answer_events import StoredEvent

Definitions = Mapping[tuple[str, str], Questionnaire]


@dataclass(frozen=True)
class KeptConsent:
    """What was agreed to, by whom, and when by the phone's clock and by the server's."""

    version: str
    text_sha256: str
    agreed_by: str
    given_at: datetime
    received_at: datetime


@dataclass(frozen=True)
class SavedAnswers:
    """A response as one of those sees it who take part in it.

    Attributes:
        response_id: The response.
        consent: What was agreed to.
        last_synced_at: When a phone last saved something.
        expires_at: When it ends unless it is used again.
        questionnaire: The definition that was answered.
        events: The events that the viewer may see, in order.
        participants: Everyone who takes part.
        viewer: Whether the viewer sees what is the patient's alone.
        alone: The keys of what the patient answered alone, where the viewer may not see it.
        sent: What clinics hold of it.
        removed: The clinics that removed what they were sent of it.
    """

    response_id: str
    consent: KeptConsent
    last_synced_at: datetime
    expires_at: datetime
    questionnaire: Questionnaire
    events: Sequence[StoredEvent]
    participants: tuple[Participant, ...]
    viewer: AuthorRole
    alone: frozenset[str]
    sent: tuple[SentCopy, ...] = ()
    removed: tuple[RemovedCopy, ...] = ()

    @property
    def valid_events(self) -> list[AnswerEvent]:
        """The events that fit the definition as it is now.

        An answer to a question that is no longer asked like that counts nowhere, as on the phone.
        """
        return [
            stored.event
            for stored in self.events
            if validate_event(self.questionnaire, stored.event) is None
        ]

    @property
    def helpers(self) -> dict[str, str]:
        """What each helper is called, by the id of their link, as the phone says it too."""
        return {
            each.id: f"{each.name} ({each.relationship.lower()})"
            if each.relationship
            else each.name
            for each in self.participants
            if each.role == HELPER and each.name
        }

    @property
    def names(self) -> dict[UUID, str]:
        """What the helper who gave an event is called, by the id of the event."""
        called = self.helpers
        return {stored.event.id: called.get(stored.participant_id, "") for stored in self.events}


def read_saved(
    unit: UnitOfWork, definitions: Definitions, response_id: str, secret: str, now: datetime
) -> SavedAnswers:
    """Read a response with any of its links, or raise `RefusedError`."""
    row, link = open_response(unit, response_id, secret, now)
    link.last_used_at = now
    stored = list(unit.answer_events.after(row.id))
    events = [each.event for each in stored]
    consent = KeptConsent(
        row.consent_version,
        row.consent_text_sha256,
        row.consent_agreed_by,
        row.consent_given_at,
        row.consent_received_at,
    )
    return SavedAnswers(
        row.id,
        consent,
        row.last_synced_at,
        row.expires_at,
        definition_of(definitions, row.questionnaire, row.questionnaire_version),
        visible_to(link, stored),
        participants(unit, row.id, now),
        AuthorRole.PATIENT if may_see_all(link) else AuthorRole.HELPER,
        frozenset() if may_see_all(link) else answered_alone(fold(events), events),
        sent_copies(unit, row.id),
        removed_copies(unit, row.id),
    )


def definition_of(definitions: Definitions, name: str, version: str) -> Questionnaire:
    """Find the version that was answered, or else the one that is in use now."""
    same_name = [each for each in definitions.values() if each.name == name]
    if not same_name:
        raise RefusedError(
            "unknown-questionnaire",
            "The server no longer has this questionnaire. Use the copy on the phone.",
        )
    return definitions.get((name, version), same_name[-1])
