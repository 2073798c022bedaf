"""The endpoints of the staff side that give files. They check, delegate and answer, no more."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.responses import StreamingResponse

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.routes import PRIMARY_QUESTIONNAIRE
from fbss_app.server.api.clinic.download_route import DownloadRoute
from fbss_app.server.api.clinic.guard import CurrentStaff
from fbss_app.server.api.context import Context
from fbss_app.server.api.error_schemas import ErrorBody
from fbss_app.server.api.schemas import UUID4_PATTERN
from fbss_app.server.services.clinic.audit_view import export_audit_trail
from fbss_app.server.services.clinic.exports import (
    exports,
    research,
)
from fbss_app.server.services.clinic.exports.sent_batches import Chosen
from fbss_app.server.services.clinic.permission import NotFoundError
from fbss_app.server.services.clinic.submissions.inbox import Came, InboxQuery, Status
from fbss_app.server.services.clinic.submissions.review import response_pdf

_MOST_IDS = 100
_CSV = "text/csv; charset=utf-8"


SubmissionId = Annotated[str, Path(pattern=UUID4_PATTERN, description="A submission.")]
_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorBody, "description": "Nobody is logged in."},
    403: {"model": ErrorBody, "description": "The role does not include this."},
    404: {"model": ErrorBody, "description": "The clinic has nothing of this id."},
    422: {"model": ErrorBody, "description": "Something in the call is wrong."},
    500: {"model": ErrorBody, "description": "A mistake of the server; it has a reference."},
    503: {"model": ErrorBody, "description": "Too busy just now. Try again soon."},
}


def _chosen(
    status: Annotated[Status | Literal["all"], Query(description="Only this status.")] = "all",
    urgency: Annotated[
        Urgency | Literal["none", "all"] | None, Query(description="Only this urgency.")
    ] = None,
    assigned_to: Annotated[
        str | None,
        Query(
            pattern=f"{UUID4_PATTERN}|^nobody$",
            description="Only those of this member of staff, or of `nobody`.",
        ),
    ] = None,
    came: Annotated[
        Came | Literal["all"] | None,
        Query(description="Only whoever was invited, or only whoever came by themselves."),
    ] = None,
    ids: Annotated[
        list[Annotated[str, Query(pattern=UUID4_PATTERN)]] | None,
        Query(alias="id", max_length=_MOST_IDS, description="These alone; no filter counts then."),
    ] = None,
) -> Chosen:
    """Read which submissions are meant. What a search looks for could be a name: no part of it."""
    return ids or InboxQuery(
        status,
        None if urgency == "all" else urgency,
        assigned_to,
        None if came == "all" else came,
    )


ChosenSubmissions = Annotated[Chosen, Depends(_chosen)]

router = APIRouter(
    prefix="/api/clinic", tags=["clinic"], route_class=DownloadRoute, redirect_slashes=False
)


def _described(media_type: str) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "string", "format": "binary"}
    content = {media_type.partition(";")[0]: {"schema": schema}}
    return {**_ERRORS, 200: {"content": content, "description": "The file."}}


@router.get(
    "/responses/{submission_id}.pdf",
    response_class=Response,
    responses=_described("application/pdf"),
)
def pdf(submission_id: SubmissionId, staff: CurrentStaff, context: Context) -> Response:
    """Give the page for the specialist of what was sent, as an accessible PDF."""
    now = context.now()
    made = response_pdf(context.database, context.questionnaires, staff, submission_id, now)
    return _file(made, "application/pdf", "answers", "pdf", now)


@router.get("/exports/responses.csv", response_class=Response, responses=_described(_CSV))
def responses_csv(chosen: ChosenSubmissions, staff: CurrentStaff, context: Context) -> Response:
    """Give a table with a line for each submission."""
    now = context.now()
    pieces = exports.export_csv(context.database, context.questionnaires, staff, chosen, now)
    return StreamingResponse(pieces, media_type=_CSV, headers=_named("answers", "csv", now))


@router.get("/audit-trail", response_class=Response, responses=_described(_CSV))
def audit_trail(staff: CurrentStaff, context: Context) -> Response:
    """Give the whole audit trail of the clinic, with the marks by which it can be checked."""
    now = context.now()
    lines = export_audit_trail(context.database, staff, now)
    return StreamingResponse(lines, media_type=_CSV, headers=_named("audit-trail", "csv", now))


@router.get("/exports/dictionary.csv", response_class=Response, responses=_described(_CSV))
def dictionary_csv(
    staff: CurrentStaff,
    context: Context,
    questionnaire: Annotated[str, Query(max_length=100)] = PRIMARY_QUESTIONNAIRE,
    version: Annotated[str, Query(max_length=50, description="The newest without it.")] = "",
) -> Response:
    """Say what the columns of the table mean."""
    now = context.now()
    found = [
        each
        for (name, known), each in context.questionnaires.items()
        if name == questionnaire and version in ("", known)
    ]
    if not found:
        raise NotFoundError
    made = exports.export_dictionary(context.database, staff, found[-1], now)
    return _file(made, _CSV, "columns", "csv", now)


@router.get("/exports/bundle.json", responses=_ERRORS)
def bundle_json(
    chosen: ChosenSubmissions, staff: CurrentStaff, context: Context, response: Response
) -> dict[str, Any]:
    """Give a FHIR R4 Bundle with questionnaires, responses and scores."""
    now = context.now()
    made = exports.export_fhir(context.database, context.questionnaires, staff, chosen, now)
    response.headers.update(_named("answers-fhir", "json", now))
    return made


@router.get("/exports/counts.csv", response_class=Response, responses=_described(_CSV))
def counts_csv(chosen: ChosenSubmissions, staff: CurrentStaff, context: Context) -> Response:
    """Give how often each answer was chosen; small numbers are hidden."""
    now = context.now()
    made = research.export_counts(context.database, context.questionnaires, staff, chosen, now)
    return _file(made, _CSV, "counts", "csv", now)


@router.get(
    "/exports/research.csv",
    response_class=Response,
    responses={
        **_described(_CSV),
        409: {"model": ErrorBody, "description": "It is not approved, or is not theirs to take."},
    },
)
def research_csv(
    staff: CurrentStaff,
    context: Context,
    request: Annotated[
        str, Query(pattern=UUID4_PATTERN, description="What was asked for, and approved.")
    ],
) -> Response:
    """Give a line for each submission that can stand among enough others."""
    now = context.now()
    known = context.questionnaires
    made = research.export_research(context.database, known, staff, request, now)
    return _file(made, _CSV, "research", "csv", now)


def _file(made: bytes, media_type: str, name: str, ending: str, now: datetime) -> Response:
    return Response(made, media_type=media_type, headers=_named(name, ending, now))


def _named(name: str, ending: str, now: datetime) -> dict[str, str]:
    # The name says nothing of whose answers they are: it may stand in a list that others see.
    return {"Content-Disposition": f'attachment; filename="{name}-{now:%Y-%m-%d}.{ending}"'}
