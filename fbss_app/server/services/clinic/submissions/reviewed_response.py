"""A submission with everything that was sent in it, and what the clinic made of it."""

from dataclasses import dataclass
from datetime import datetime

from fbss_app.domain.questionnaire.model import Questionnaire, RedFlag
from fbss_app.domain.questionnaire.scoring import ScoreResult
from fbss_app.domain.summary.summary import Summary
from fbss_app.server.documents.summary_document import FilledIn
from fbss_app.server.services.clinic.submissions.answer_history import ReviewedAnswer, answers_of
from fbss_app.server.services.clinic.submissions.sent_answers import SentAnswers
from fbss_app.server.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Note:
    """What a member of staff wrote down; the name is "" where they are no longer known."""

    id: str
    text: str
    written_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AgreedTo:
    """The consent under which the answers were sent."""

    version: str
    text_sha256: str
    agreed_by: str


@dataclass(frozen=True, slots=True)
class ReviewedResponse:
    """A submission with everything that was sent in it.

    Attributes:
        is_uninvited: The label is what the patient wrote, so nobody has checked whose answers these
            are.
        changed_at: To be handed back with every change, so that nobody overwrites another's.
        changed_since_sending: Whether the patient has answered more, or otherwise, since. What,
            is not the clinic's to know before it is sent.
        filled_in: What the page for the specialist is made of, on paper and on the screen.
    """

    submission_id: str
    label: str
    is_uninvited: bool
    status: str
    changed_at: datetime
    started_at: datetime
    first_submitted_at: datetime
    submitted_at: datetime
    expires_at: datetime
    was_updated: bool
    changed_since_sending: bool
    assigned_to: str | None
    assigned_to_name: str
    reviewed_by_name: str
    reviewed_at: datetime | None
    consent: AgreedTo
    questionnaire: Questionnaire
    questionnaire_version: str
    red_flags: tuple[RedFlag, ...]
    scores: tuple[ScoreResult, ...]
    summary: Summary
    filled_in: FilledIn
    answers: tuple[ReviewedAnswer, ...]
    notes: tuple[Note, ...]


def reviewed_response(unit: UnitOfWork, sent: SentAnswers) -> ReviewedResponse:
    """Put together what was sent with what the clinic made of it."""
    row = sent.submission
    clinic = unit.clinic(row.clinic_id)
    names = {each.id: each.name for each in clinic.staff.all()}
    invitation = clinic.invitations.get(row.invitation_id) if row.invitation_id else None
    return ReviewedResponse(
        submission_id=row.id,
        label=invitation.invitee.label if invitation else "",
        is_uninvited=row.is_uninvited,
        status=row.status,
        changed_at=row.changed_at,
        started_at=row.started_at,
        first_submitted_at=row.first_submitted_at,
        submitted_at=row.submitted_at,
        expires_at=row.expires_at,
        was_updated=row.submitted_at != row.first_submitted_at,
        changed_since_sending=unit.responses.last_sequence(row.response_id) > row.last_sequence,
        assigned_to=row.assigned_to,
        assigned_to_name=names.get(row.assigned_to or "", ""),
        reviewed_by_name=names.get(row.reviewed_by or "", ""),
        reviewed_at=row.reviewed_at,
        consent=AgreedTo(row.consent_version, row.consent_text_sha256, row.agreed_by),
        questionnaire=sent.questionnaire,
        questionnaire_version=row.questionnaire_version,
        red_flags=sent.red_flags,
        scores=sent.scores,
        summary=sent.summary,
        filled_in=FilledIn(sent.questionnaire, sent.evaluation, sent.summary),
        answers=answers_of(sent),
        notes=tuple(
            Note(
                each.row.id,
                each.text,
                names.get(each.row.written_by or "", ""),
                each.row.created_at,
            )
            for each in clinic.notes.of_submission(row.id)
        ),
    )
