"""Everything that is kept of a response, to take away: as data, or as a page to read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fbss_app.domain.fhir.questionnaire_response import to_fhir_response
from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.provenance import provenance_of
from fbss_app.server.documents.export_page import ExportedAnswers, export_page
from fbss_app.server.services.access import Participant
from fbss_app.server.services.clinic.submissions.sent_copies import SentCopy
from fbss_app.server.services.saved_answers import Definitions, SavedAnswers, read_saved
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.answer_events import StoredEvent

FORMAT = "after-back-surgery-export"
FORMAT_VERSION = 1


def export_data(
    database: Database, definitions: Definitions, response_id: str, secret: str, now: datetime
) -> Mapping[str, Any]:
    """Give every stored field as JSON data, but for what only keeps others out.

    Raises:
        RefusedError: No link of the response has this secret.
    """
    with database.unit_of_work() as unit:
        saved = read_saved(unit, definitions, response_id, secret, now)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported_at": _time(now),
        "response": {
            "id": saved.response_id,
            "questionnaire": saved.questionnaire.name,
            "questionnaire_url": saved.questionnaire.url,
            "title": saved.questionnaire.title,
            "last_synced_at": _time(saved.last_synced_at),
            "expires_at": _time(saved.expires_at),
        },
        "consent": {
            "version": saved.consent.version,
            "text_sha256": saved.consent.text_sha256,
            "agreed_by": saved.consent.agreed_by,
            "given_at": _time(saved.consent.given_at),
            "received_at": _time(saved.consent.received_at),
        },
        "sent_to": [_sent(each) for each in saved.sent],
        "removed_by": [
            {"clinic": each.clinic, "removed_at": _time(each.removed_at)} for each in saved.removed
        ],
        "participants": [_participant(each) for each in saved.participants],
        "events": [_event(each) for each in saved.events],
    }


def export_fhir(
    database: Database, definitions: Definitions, response_id: str, secret: str, now: datetime
) -> Mapping[str, Any]:
    """Write the current answers as a FHIR R4 QuestionnaireResponse, which names nobody.

    Raises:
        RefusedError: No link of the response has this secret.
    """
    with database.unit_of_work() as unit:
        saved = read_saved(unit, definitions, response_id, secret, now)
    events = saved.valid_events
    evaluation = Evaluation(saved.questionnaire, fold(events), now.date())
    return to_fhir_response(evaluation, provenance_of(events), now, saved.response_id)


def export_html(
    database: Database, definitions: Definitions, response_id: str, secret: str, now: datetime
) -> str:
    """Write a page with every question, its answer, the earlier ones, and who gave each.

    Raises:
        RefusedError: No link of the response has this secret.
    """
    with database.unit_of_work() as unit:
        saved = read_saved(unit, definitions, response_id, secret, now)
    return export_page(_exported(saved), now)


def _exported(saved: SavedAnswers) -> ExportedAnswers:
    return ExportedAnswers(
        questionnaire=saved.questionnaire,
        events=[(each.participant_id, each.event) for each in saved.events],
        helpers=saved.helpers,
        agreed_by=saved.consent.agreed_by,
        agreed_at=saved.consent.received_at,
        expires_at=saved.expires_at,
        sent=[(each.clinic, each.given_name, each.sent_at, each.kept_until) for each in saved.sent],
        removed=[(each.clinic, each.removed_at) for each in saved.removed],
        agreements=[
            (each.name or "the patient", each.agreement.said_at)
            for each in saved.participants
            if each.agreement
        ],
    )


def _sent(copy: SentCopy) -> dict[str, Any]:
    return {
        "clinic": copy.clinic,
        "given_name": copy.given_name or None,
        "first_sent_at": _time(copy.first_sent_at),
        "sent_at": _time(copy.sent_at),
        "kept_until": _time(copy.kept_until),
        "last_sequence": copy.last_sequence,
        "left_out": list(copy.left_out),
        "consent": {
            "version": copy.consent_version,
            "text_sha256": copy.consent_text_sha256,
            "agreed_by": copy.agreed_by,
        },
    }


def _participant(participant: Participant) -> dict[str, Any]:
    agreement = participant.agreement
    return {
        "id": participant.id,
        "role": participant.role,
        "name": participant.name,
        "relationship": participant.relationship,
        "can_manage": participant.can_manage,
        "has_ended": participant.has_ended,
        "agreement": {"said_by": agreement.said_by, "said_at": _time(agreement.said_at)}
        if agreement
        else None,
    }


def _event(stored: StoredEvent) -> dict[str, Any]:
    return {
        **stored.event.model_dump(mode="json"),
        "sequence": stored.sequence,
        "participant": stored.participant_id,
        "questionnaire_version": stored.questionnaire_version,
        "received_at": _time(stored.received_at),
    }


def _time(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")
