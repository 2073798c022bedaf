"""The endpoints of invitations and of sending. They check, delegate and answer, no more."""

from fastapi import APIRouter, Response

from fbss_app.domain.questionnaire.answers import AuthorRole
from fbss_app.server.api.context import Context
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.api.schemas import EmptyBody
from fbss_app.server.api.security import InvitationSecret, ResponseSecret
from fbss_app.server.api.sending_schemas import (
    InvitationReply,
    OwnInvitationBody,
    OwnInvitationReply,
    RemovalReply,
    SendingBody,
    SubmissionReply,
    SubmissionsReply,
)
from fbss_app.server.api.v1.described import BODY_ERRORS, ERRORS, ResponseId, Slug, SubmissionId
from fbss_app.server.services.clinic.invitations.own_pages import invite_oneself
from fbss_app.server.services.clinic.submissions.removal import removals
from fbss_app.server.services.clinic.submissions.submissions import (
    SendingCall,
    open_invitation,
    send_to_clinic,
    submission_status,
    submission_statuses,
)
from fbss_app.server.services.clinic.submissions.taking_back import take_back
from fbss_app.server.services.sync import Consent

router = APIRouter(
    prefix="/api/v1", tags=["clinics"], route_class=GuardedRoute, redirect_slashes=False
)


@router.post("/invitations/open", responses={**ERRORS, **BODY_ERRORS})
def open_with_invitation(
    secret: InvitationSecret, body: EmptyBody, context: Context
) -> InvitationReply:
    """Tell which clinic asks for what. Opening it uses nothing up."""
    return InvitationReply.from_opened(open_invitation(context.database, secret, context.now()))


@router.post("/clinics/{slug}/invitations", responses={**ERRORS, **BODY_ERRORS})
def ask_for_invitation(slug: Slug, body: OwnInvitationBody, context: Context) -> OwnInvitationReply:
    """Give an invitation to whoever answers through a clinic's own pages, as they send."""
    made = invite_oneself(
        context.database,
        context.questionnaires,
        slug,
        body.questionnaire,
        body.label,
        context.now(),
    )
    return OwnInvitationReply.from_made(made)


@router.put("/responses/{response_id}/submission", responses={**ERRORS, **BODY_ERRORS})
def send(
    response_id: ResponseId,
    secret: ResponseSecret,
    invitation: InvitationSecret,
    body: SendingBody,
    context: Context,
) -> SubmissionReply:
    """Send the answers to the clinic of an invitation. Sending the same again changes nothing."""
    given = body.consent
    consent = Consent(given.version, given.text_sha256, given.given_at, AuthorRole(given.agreed_by))
    call = SendingCall(
        response_id, secret, invitation, consent, body.last_sequence, body.optional_parts
    )
    status = send_to_clinic(context.database, context.questionnaires, call, context.now())
    return SubmissionReply.from_status(status)


@router.get("/responses/{response_id}/submission", responses=ERRORS)
def sent(response_id: ResponseId, secret: ResponseSecret, context: Context) -> SubmissionReply:
    """Tell the clinic that the answers were sent to last, when, and until when they are kept."""
    status = submission_status(context.database, response_id, secret, context.now())
    return SubmissionReply.from_status(status)


@router.delete(
    "/responses/{response_id}/submission",
    status_code=204,
    response_class=Response,
    responses=ERRORS,
)
def undo(response_id: ResponseId, secret: ResponseSecret, context: Context) -> None:
    """Take back what was sent to any clinic: it leaves their side at once. Answers stay saved."""
    take_back(context.database, response_id, secret, context.settings.draft_days, context.now())


@router.get("/responses/{response_id}/submissions", responses=ERRORS)
def sent_to_each(
    response_id: ResponseId, secret: ResponseSecret, context: Context
) -> SubmissionsReply:
    """Tell each clinic that the answers were sent to, when, and until when they are kept.

    Besides, which clinics removed them.
    """
    found = submission_statuses(context.database, response_id, secret, context.now())
    removed = removals(context.database, response_id, secret, context.now())
    return SubmissionsReply(
        submissions=[SubmissionReply.from_status(each) for each in found],
        removed=[RemovalReply.from_removal(each) for each in removed],
    )


@router.delete(
    "/responses/{response_id}/submissions/{submission_id}",
    status_code=204,
    response_class=Response,
    responses=ERRORS,
)
def undo_one(
    response_id: ResponseId, submission_id: SubmissionId, secret: ResponseSecret, context: Context
) -> None:
    """Take back what was sent to one clinic. What others have stays there."""
    draft_days = context.settings.draft_days
    take_back(context.database, response_id, secret, draft_days, context.now(), submission_id)
