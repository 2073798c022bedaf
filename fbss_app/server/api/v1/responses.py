"""The endpoints of a response: sync, erase, take away. They check, delegate and answer, no more."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from fbss_app.domain.questionnaire.answers import AuthorRole
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.api.context import ApiContext, Context
from fbss_app.server.api.error_schemas import ErrorBody
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.api.schemas import (
    ConsentBody,
    KeptEventBody,
    LinkId,
    ParticipantBody,
    SyncBody,
    SyncReply,
)
from fbss_app.server.api.security import ResponseSecret
from fbss_app.server.api.v1.described import BODY_ERRORS, ERRORS, ResponseId
from fbss_app.server.services.erasure import erase_response
from fbss_app.server.services.export import export_data, export_fhir, export_html
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.summary_pdf import summary_pdf
from fbss_app.server.services.sync import Consent, SyncCall, sync_response

router = APIRouter(
    prefix="/api/v1/responses", tags=["responses"], route_class=GuardedRoute, redirect_slashes=False
)


@router.post("/{response_id}/sync", responses={**ERRORS, **BODY_ERRORS})
def sync(
    response_id: ResponseId, secret: ResponseSecret, body: SyncBody, context: Context
) -> SyncReply:
    """Save answers and fetch those that others added.

    The first call creates the response and its first link: it must bring the consent. Every later
    call needs the secret of one of the response's links. All events of a call are saved, or none.
    Sending an event again is harmless.
    """
    call = SyncCall(
        response_id=response_id,
        secret=secret,
        questionnaire=_questionnaire(context, body),
        consent=_consent(body.consent),
        cursor=body.cursor,
        events=[event.to_event() for event in body.events],
    )
    result = sync_response(context.database, context.settings, call, context.now())
    return SyncReply(
        confirmed=[str(each) for each in result.confirmed],
        sequences=list(result.sequences),
        events=[KeptEventBody.from_stored(each) for each in result.events],
        cursor=result.cursor,
        participants=[ParticipantBody.from_participant(each) for each in result.participants],
        me=result.me,
        expires_at=result.expires_at,
    )


@router.delete("/{response_id}", status_code=204, response_class=Response, responses=ERRORS)
def erase(response_id: ResponseId, secret: ResponseSecret, context: Context) -> None:
    """Delete the response with all its answers, links and codes, for good.

    This is also how a consent is taken back.
    """
    erase_response(context.database, response_id, secret, context.now())


@router.get(
    "/{response_id}/summary.pdf",
    response_class=Response,
    responses={
        **ERRORS,
        200: {
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
            "description": "An accessible PDF (PDF/UA-1) on A4.",
        },
        503: {"model": ErrorBody, "description": "Too busy just now. Try again soon."},
    },
)
def summary(
    response_id: ResponseId,
    secret: ResponseSecret,
    context: Context,
    left_out: Annotated[
        list[LinkId],
        Query(
            default_factory=list,
            max_length=100,
            description="The optional parts that the phone does not ask: nothing of them is on the "
            "page.",
        ),
    ],
) -> Response:
    """Make the page for the specialist from the saved answers, as a PDF."""
    pdf = summary_pdf(
        context.database, context.questionnaires, response_id, secret, context.now(), left_out
    )
    # The name says nothing of health: it may stand in a list that others see.
    headers = {"Content-Disposition": 'attachment; filename="summary.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.get("/{response_id}/export.json", responses=ERRORS)
def export_as_json(
    response_id: ResponseId, secret: ResponseSecret, context: Context
) -> dict[str, Any]:
    """Give everything that is stored of the response, as data."""
    return dict(
        export_data(context.database, context.questionnaires, response_id, secret, context.now())
    )


@router.get("/{response_id}/questionnaire-response.json", responses=ERRORS)
def export_as_fhir(
    response_id: ResponseId, secret: ResponseSecret, context: Context
) -> dict[str, Any]:
    """Give the current answers as a FHIR R4 QuestionnaireResponse."""
    return dict(
        export_fhir(context.database, context.questionnaires, response_id, secret, context.now())
    )


@router.get(
    "/{response_id}/export.html",
    response_class=Response,
    responses={
        **ERRORS,
        200: {
            "content": {"text/html": {"schema": {"type": "string"}}},
            "description": "A page to read.",
        },
    },
)
def export_as_page(response_id: ResponseId, secret: ResponseSecret, context: Context) -> Response:
    """Give every question with its answers, as a page that needs no app."""
    page = export_html(context.database, context.questionnaires, response_id, secret, context.now())
    headers = {"Content-Disposition": 'attachment; filename="my-answers.html"'}
    return HTMLResponse(page, headers=headers)


def _consent(body: ConsentBody | None) -> Consent | None:
    if body is None:
        return None
    agreed_by = AuthorRole(body.agreed_by)
    return Consent(body.version, body.text_sha256, body.given_at, agreed_by)


def _questionnaire(context: ApiContext, body: SyncBody) -> Questionnaire:
    found = context.questionnaires.get((body.questionnaire, body.version))
    if found:
        return found
    is_known = any(name == body.questionnaire for name, _ in context.questionnaires)
    if is_known:
        problem = FieldProblem(
            "version",
            "unknown-version",
            "version is not one this server knows. Update the app and send the answers again.",
        )
    else:
        problem = FieldProblem(
            "questionnaire",
            "unknown-questionnaire",
            "questionnaire is not one this server knows. Check its name.",
        )
    raise RefusedError(
        problem.code,
        "The server does not know this questionnaire or this version of it. Nothing was saved.",
        problems=[problem],
    )
