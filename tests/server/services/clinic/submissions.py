"""Made-up answers that patients have sent, with everything that a real submission has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from fbss_app.domain.questionnaire.answers import AnswerEvent, fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.domain.safety.red_flag import raised_red_flags, urgency_rank
from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.labels import mark_label
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import InvitationRow, SubmissionRow
from fbss_app.server.storage.repositories.access_links import Holder
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.server.storage.repositories.clinic.submissions import Findings
from fbss_app.server.storage.tables import AccessLinkRow, ResponseRow
from tests.server.builders import START, an_event, make_questionnaire
from tests.server.services.clinic.staff import make_staff

LEG = "leg-pain"
NO_URGENCY = 3


def clinical_questionnaire(version: str = "1") -> Questionnaire:
    """The small questionnaire with warning signs, a score and a summary."""
    small = make_questionnaire(version)
    return Questionnaire.model_validate(
        {
            **small.model_dump(mode="json", exclude_defaults=True),
            "score": [
                {
                    "name": "leg",
                    "title": "Leg pain",
                    "value": {"sum": [LEG]},
                    "minimum": 0,
                    "maximum": 10,
                }
            ],
            "red_flag": [
                {
                    "id": "worst",
                    "urgency": "emergency",
                    "when": {"question": LEG, "operator": "=", "answer": 10},
                    "heading": "The worst leg pain",
                    "action": "Get emergency help now.",
                    "service": "emergency",
                },
                {
                    "id": "strong",
                    "urgency": "soon",
                    "when": {"question": LEG, "operator": ">=", "answer": 8},
                    "heading": "Strong leg pain",
                    "action": "Talk to your surgeon soon.",
                    "service": "surgical-team",
                },
            ],
            "summary": [{"title": "Pain", "item": ["pain", "operation"], "score": ["leg"]}],
        }
    )


DEFINITIONS = {("small", "1"): clinical_questionnaire()}


@dataclass(frozen=True)
class Sent:
    """The ids of what was made."""

    id: str
    response_id: str
    invitation_id: str
    helper_link_id: str


def make_submission(
    database: Database,
    clinic_id: str,
    answers: Mapping[str, Any] | None = None,
    *,
    events: Sequence[dict[str, Any]] = (),
    later: Sequence[dict[str, Any]] = (),
    label: str = "Patient 1",
    is_uninvited: bool = False,
    status: str = "new",
    assigned_to: str | None = None,
    now: datetime = START,
    minutes: float = 15,
    helper: str = "Ann",
    questionnaire: Questionnaire | None = None,
) -> Sent:
    """Send answers to a clinic.

    Args:
        database: Where they go.
        clinic_id: To whom.
        answers: The patient's own answers.
        events: Further events; one with `author_role: helper` comes through the helper's link.
        later: What is answered after it was sent.
        label: What the clinic calls the patient.
        is_uninvited: The patient came by the clinic's own pages, and wrote the label.
        status: What the clinic has done about it.
        assigned_to: Who looks after it.
        now: When it is sent.
        minutes: How long it took.
        helper: What the helper is called.
        questionnaire: The definition; the clinical one of this module without it.
    """
    created_by = _somebody_of(database, clinic_id)
    definition = questionnaire or DEFINITIONS["small", "1"]
    made = Sent(*(str(uuid4()) for _ in range(4)))
    own = [
        an_event(link_id=key, value=value)
        for key, value in ({LEG: 4} if answers is None else answers).items()
    ]
    first, after = [
        [AnswerEvent.model_validate(event) for event in listed]
        for listed in ([*own, *events], later)
    ]
    evaluation = Evaluation(definition, fold(first), now.date())
    flags = raised_red_flags(definition, evaluation)
    with database.unit_of_work() as unit:
        response = ResponseRow(
            id=made.response_id,
            questionnaire=definition.name,
            questionnaire_version=definition.version,
            consent_version="1",
            consent_text_sha256="ab" * 32,
            consent_agreed_by="patient",
            consent_given_at=now,
            consent_received_at=now,
            last_synced_at=now,
            expires_at=now + timedelta(days=400),
        )
        assert unit.responses.add_if_absent(response)
        stored = unit.responses.lock(made.response_id)
        assert stored
        links = {"patient": str(uuid4()), "helper": made.helper_link_id}
        for role, link_id in links.items():
            unit.access_links.add_if_absent(
                AccessLinkRow(
                    id=link_id,
                    response_id=made.response_id,
                    secret_sha256=hash_secret(link_id),
                    role=role,
                    can_manage=role == "patient",
                    created_at=now,
                    key_id="",
                    sealed=b"",
                ),
                Holder(helper if role == "helper" else "", ""),
            )
        for event in first:
            unit.answer_events.add(stored, links[event.author_role], [event], now)
        last_sequence = stored.last_sequence
        for event in after:
            unit.answer_events.add(stored, links[event.author_role], [event], now)
        clinic = unit.clinic(clinic_id)
        clinic.invitations.add(
            InvitationRow(
                id=made.invitation_id,
                clinic_id=clinic_id,
                secret_sha256=hash_secret(made.invitation_id),
                questionnaire=definition.name,
                key_id="",
                sealed=b"",
                created_by=None if is_uninvited else created_by,
                created_at=now - timedelta(days=1),
                opened_at=now - timedelta(hours=1),
                expires_at=now + timedelta(days=30),
                response_id=made.response_id,
                answered_at=now,
            ),
            Invitee(label),
        )
        mark_label(unit, clinic_id, made.invitation_id, label)
        clinic.submissions.add(
            SubmissionRow(
                id=made.id,
                clinic_id=clinic_id,
                response_id=made.response_id,
                invitation_id=made.invitation_id,
                is_uninvited=is_uninvited,
                questionnaire=definition.name,
                questionnaire_version=definition.version,
                consent_version="1",
                consent_text_sha256="cd" * 32,
                agreed_by="patient",
                last_sequence=last_sequence,
                urgency=urgency_rank(flags[0].urgency) if flags else NO_URGENCY,
                status=status,
                key_id="",
                sealed=b"",
                started_at=now - timedelta(minutes=minutes),
                first_submitted_at=now,
                submitted_at=now,
                changed_at=now,
                assigned_to=assigned_to,
                expires_at=now + timedelta(days=365),
            ),
            Findings(
                [flag.id for flag in flags],
                {name: evaluation.score(name) for name in definition.scores},
            ),
        )
    return made


def _somebody_of(database: Database, clinic_id: str) -> str:
    with database.unit_of_work() as unit:
        known = [each.id for each in unit.clinic(clinic_id).staff.all()]
    return known[0] if known else make_staff(database, clinic_id).id
