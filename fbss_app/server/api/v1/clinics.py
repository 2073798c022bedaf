"""The endpoint of what everybody may see of a clinic: its logo."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from fbss_app.server.api.context import Context
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.api.v1.described import ERRORS, Slug
from fbss_app.server.services.clinic.settings.logos import read_logo_picture

# A day: whoever knows an address of before sees another logo, or that it is gone, by then.
_KEPT = "public, max-age=86400"
_ASKED_AGAIN = "no-cache"
_NOT_MODIFIED = 304

router = APIRouter(
    prefix="/api/v1/clinics", tags=["clinics"], route_class=GuardedRoute, redirect_slashes=False
)


@router.get(
    "/{slug}/logo",
    response_class=Response,
    responses={
        **{code: ERRORS[code] for code in (422, 500, 503)},
        200: {
            "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
            "description": "A picture of at most 480 x 160 pixels.",
        },
        304: {"description": "The picture is the one that the caller has."},
        404: {**ERRORS[404], "description": "There is no logo here, or no such clinic."},
    },
)
def logo(
    slug: Slug,
    context: Context,
    v: Annotated[
        str,
        Query(max_length=64, description="As the address has it that other replies give."),
    ] = "",
    if_none_match: Annotated[str, Header(max_length=2000)] = "",
) -> Response:
    """Give the logo of a clinic."""
    picture = read_logo_picture(context.database, slug)
    tag = f'"{picture.digest}"'
    headers = {"ETag": tag, "Cache-Control": _KEPT if v == picture.digest else _ASKED_AGAIN}
    if _has(if_none_match, tag):
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    headers["Content-Disposition"] = "inline"
    return Response(picture.png, media_type="image/png", headers=headers)


def _has(known: str, tag: str) -> bool:
    """Say whether a tag is among those of a header If-None-Match."""
    tags = {each.strip().removeprefix("W/") for each in known.split(",")}
    return "*" in tags or tag in tags
