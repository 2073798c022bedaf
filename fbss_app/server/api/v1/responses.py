"""The endpoints of a response: sync, erase, summary. They check, delegate and answer, no more."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.api.context import ApiContext, Context
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.api.schemas import (
    UUID4_PATTERN,
    AnswerEventBody,
    ConsentBody,
    ErrorBody,
    SyncBody,
    SyncReply,
)
from fbss_app.server.api.security import ResponseSecret
from fbss_app.server.services.erasure import erase_response
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.summary_pdf import summary_pdf
from fbss_app.server.services.sync import Consent, SyncCall, sync_response

router = APIRouter(
    prefix="/api/v1/responses", tags=["responses"], route_class=GuardedRoute, redirect_slashes=False
)

ResponseId = Annotated[
    str, Path(pattern=UUID4_PATTERN, description="A random UUID, made on the phone.")
]
_ERRORS: dict[int | str, dict[str, Any]] = {
    403: {"model": ErrorBody, "description": "The call came from another website's page."},
    404: {"model": ErrorBody, "description": "No response for this id and secret, or it expired."},
    422: {
        "model": ErrorBody,
        "description": "Something in the call is wrong; `problems` says what.",
    },
    500: {"model": ErrorBody, "description": "A mistake of the server; it has a reference number."},
    503: {"model": ErrorBody, "description": "The database is busy or away. Try again soon."},
}
_BODY_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorBody, "description": "The body is not valid JSON, or broke off."},
    409: {"model": ErrorBody, "description": "An event id was used before for another answer."},
    413: {"model": ErrorBody, "description": "The body is too large."},
    415: {"model": ErrorBody, "description": "The body is not JSON in UTF-8."},
}


@router.post("/{response_id}/sync", responses={**_ERRORS, **_BODY_ERRORS})
def sync(
    response_id: ResponseId, secret: ResponseSecret, body: SyncBody, context: Context
) -> SyncReply:
    """Save answers and fetch those that others added.

    The first call creates the response: it must bring the consent, and its secret is the one that
    every later call needs. All events of a call are saved, or none. Sending an event again is
    harmless.
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
        events=[AnswerEventBody.from_event(event) for event in result.events],
        cursor=result.cursor,
    )


@router.delete("/{response_id}", status_code=204, response_class=Response, responses=_ERRORS)
def erase(response_id: ResponseId, secret: ResponseSecret, context: Context) -> None:
    """Delete the response with all its answers, for good."""
    erase_response(context.database, response_id, secret, context.now())


@router.get(
    "/{response_id}/summary.pdf",
    response_class=Response,
    responses={
        **_ERRORS,
        200: {
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
            "description": "An accessible PDF (PDF/UA-1) on A4.",
        },
        503: {"model": ErrorBody, "description": "Too busy just now. Try again soon."},
    },
)
def summary(response_id: ResponseId, secret: ResponseSecret, context: Context) -> Response:
    """Make the page for the specialist from the saved answers, as a PDF."""
    pdf = summary_pdf(context.database, context.questionnaires, response_id, secret, context.now())
    # The name says nothing of health: it may stand in a list that others see.
    headers = {"Content-Disposition": 'attachment; filename="summary.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def _consent(body: ConsentBody | None) -> Consent | None:
    return Consent(body.version, body.text_sha256, body.given_at) if body else None


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
