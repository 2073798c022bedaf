"""The endpoints of access links and codes. They check, delegate and answer, no more."""

from fastapi import APIRouter, Response

from fbss_app.server.api.context import Context
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.api.schemas import (
    CodeBody,
    CodeReply,
    EmptyBody,
    LinkBody,
    LinkReply,
    LinksReply,
    OpenedLinkReply,
    OpenedWithCodeReply,
    OpenWithCodeBody,
)
from fbss_app.server.api.security import ResponseSecret
from fbss_app.server.api.v1.described import BODY_ERRORS, ERRORS, LinkId, ResponseId
from fbss_app.server.services.links import (
    NewLink,
    list_links,
    make_link,
    open_with_secret,
    revoke_link,
)
from fbss_app.server.services.return_codes import make_code, open_with_code

router = APIRouter(
    prefix="/api/v1", tags=["links"], route_class=GuardedRoute, redirect_slashes=False
)


@router.post("/links/open", responses={**ERRORS, **BODY_ERRORS})
def open_link(secret: ResponseSecret, body: EmptyBody, context: Context) -> OpenedLinkReply:
    """Tell what the secret of a link leads to. Opening it uses nothing up."""
    return OpenedLinkReply.from_opened(open_with_secret(context.database, secret, context.now()))


@router.post("/links/open-with-code", responses={**ERRORS, **BODY_ERRORS})
def open_code(body: OpenWithCodeBody, context: Context) -> OpenedWithCodeReply:
    """Give a phone a link of its own for a code and the year of birth that goes with it."""
    found = open_with_code(context.database, body.code, body.year_of_birth, context.now())
    return OpenedWithCodeReply.from_opened_with_code(found)


@router.get("/responses/{response_id}/links", responses=ERRORS)
def links(response_id: ResponseId, secret: ResponseSecret, context: Context) -> LinksReply:
    """List the links of a response, for whoever may manage them."""
    found = list_links(context.database, response_id, secret, context.now())
    return LinksReply(links=[LinkReply.from_link(each) for each in found])


@router.put("/responses/{response_id}/links/{link_id}", responses={**ERRORS, **BODY_ERRORS})
def make(
    response_id: ResponseId,
    link_id: LinkId,
    secret: ResponseSecret,
    body: LinkBody,
    context: Context,
) -> LinkReply:
    """Make a link. Making the same one again changes nothing."""
    new = NewLink(
        link_id,
        body.role,
        body.name,
        body.relationship,
        body.secret_sha256,
        body.days,
        body.patient_agreed,
        body.is_return,
    )
    return LinkReply.from_link(make_link(context.database, response_id, secret, new, context.now()))


@router.delete(
    "/responses/{response_id}/links/{link_id}",
    status_code=204,
    response_class=Response,
    responses=ERRORS,
)
def revoke(
    response_id: ResponseId, link_id: LinkId, secret: ResponseSecret, context: Context
) -> None:
    """End a link at once, with every link that a code of it has made."""
    revoke_link(context.database, response_id, secret, link_id, context.now())


@router.put("/responses/{response_id}/code", responses={**ERRORS, **BODY_ERRORS})
def code(
    response_id: ResponseId, secret: ResponseSecret, body: CodeBody, context: Context
) -> CodeReply:
    """Make a code for the caller's own link; it takes the place of the earlier one."""
    made = make_code(context.database, response_id, secret, body.year_of_birth, context.now())
    return CodeReply(code=made.code, expires_at=made.expires_at)
