"""Turns whatever goes wrong into the one error shape, and logs it without people's words."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from fbss_app import routes
from fbss_app.server.api.context import context_of
from fbss_app.server.api.error_schemas import ErrorBody, ErrorContent, ProblemBody
from fbss_app.server.api.limits import MAX_PROBLEMS, child, read_json
from fbss_app.server.api.rate_limits import TooManyCallsError, rate_limits_of
from fbss_app.server.api.rate_table import require_rates
from fbss_app.server.api.security import is_own_path, refuse_cross_site
from fbss_app.server.correlation import current_correlation_id
from fbss_app.server.logs import frames_of, get_logger
from fbss_app.server.services.refusal import FieldProblem, RefusedError

logger = get_logger(__name__)

_INVALID = "Some parts of the request are missing or wrong. Nothing was saved. See the problems."
_NOT_FOUND = "There is nothing at this address. Check it against /api/openapi.json."
_METHOD = "This address does not take that kind of request. Check it against /api/openapi.json."
_OTHER = "The request could not be handled. Check it against /api/openapi.json."

_HEADER_NAMES = {
    "headers.x-response-secret": "headers.X-Response-Secret",
    "headers.x-invitation-secret": "headers.X-Invitation-Secret",
}
_ADVICE: Mapping[str, str] = {
    "missing": "is missing. Add it.",
    "extra_forbidden": "is not part of this request. Remove it.",
    "string_type": "must be text.",
    "string_pattern_mismatch": "is not written as /api/openapi.json describes it.",
    "string_too_short": "is too short.",
    "string_too_long": "is too long.",
    "int_type": "must be a whole number.",
    "greater_than_equal": "is too small.",
    "less_than_equal": "is too large.",
    "too_long": "holds too many entries.",
    "list_type": "must be a list.",
    "model_attributes_type": "must be a JSON object.",
    "model_type": "must be a JSON object.",
    "dict_type": "must be a JSON object.",
    "literal_error": "is not one of the values the API knows.",
    "wrong-perspective": "has a perspective that its author_role does not have.",
    "not-a-time": "must be a time in UTC, such as 2026-01-31T09:30:00Z.",
}
_TOO_MANY_CALLS: Mapping[str, Any] = {
    "model": ErrorBody,
    "description": "Called too often. Try again later.",
    "headers": {
        "Retry-After": {
            "description": "After how many seconds.",
            "schema": {"type": "integer", "minimum": 1},
        }
    },
}


class CheckedRequest(Request):
    """A request whose body was read and parsed by `read_json`; FastAPI must not do it again."""

    def __init__(self, request: Request, body: bytes, value: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._checked = (body, value)

    async def body(self) -> bytes:
        """Return the body as it was sent."""
        return self._checked[0]

    async def json(self) -> Any:
        """Return the body as it was parsed."""
        return self._checked[1]


class GuardedRoute(APIRoute):
    """A route that checks the caller and the body first and lets no error out unshaped.

    It cannot be made without its rate limits, and describes what comes of them.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if path.startswith(f"{routes.API}/"):
            options["responses"] = {429: _TOO_MANY_CALLS, **(options.get("responses") or {})}
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's own handler."""
        handle = super().get_route_handler()
        require_rates(self.path, self.methods or ())

        async def guarded(request: Request) -> Response:
            try:
                rates = rate_limits_of(request)
                await rates.admit(request, self.path)
                refuse_cross_site(request)
                if self.body_field is not None:
                    limit = context_of(request).settings.max_body_bytes
                    body, value = await read_json(request, limit)
                    await rates.admit_body(request, self.path, value)
                    request = CheckedRequest(request, body, value)
                async with rates.against_guessing(request, self.path):
                    return await handle(request)
            except RefusedError as error:
                return refusal(error)
            except ClientDisconnect:
                return error_response(
                    400, "incomplete-body", "The request broke off. Send it again."
                )
            except (HTTPException, RequestValidationError):
                raise
            except Exception as error:
                return unexpected(error)

        return guarded


def add_error_handlers(api: FastAPI) -> None:
    """Shape the errors that arise outside a route; leave those of the rest of the site alone."""
    api.add_exception_handler(RequestValidationError, _invalid_request)
    api.add_exception_handler(HTTPException, _http_error)


def error_response(
    status_code: int,
    code: str,
    message: str,
    problems: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Build a reply in the one error shape."""
    listed = [ProblemBody(where=p.where, code=p.code, message=p.message) for p in problems]
    body = ErrorBody(error=ErrorContent(code=code, message=message, problems=listed))
    return JSONResponse(body.model_dump(), status_code=status_code, headers=headers)


def refusal(error: RefusedError) -> JSONResponse:
    """Build the reply for a call that was refused."""
    headers = {"Retry-After": "5"} if error.status_code == 503 else None
    if isinstance(error, TooManyCallsError):
        headers = {"Retry-After": str(error.retry_after)}
    return error_response(error.status_code, error.code, error.message, error.problems, headers)


def unexpected(error: Exception) -> JSONResponse:
    """Log a mistake of ours, and build a reply whose reference leads to its log lines."""
    reference = current_correlation_id()
    # Neither the message nor the locals: both can hold an answer.
    logger.error(
        "unexpected-error",
        reference=reference,
        exception=type(error).__name__,
        frames=frames_of(error),
    )
    return error_response(
        500,
        "unexpected-error",
        "Something went wrong on the server. What was saved before is safe. Try again later. "
        f"If you report it, give the reference {reference}.",
    )


async def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found: Sequence[Mapping[str, Any]] = error.errors()
    problems = [_field_problem(entry) for entry in found[:MAX_PROBLEMS]]
    return error_response(422, "invalid-content", _INVALID, problems)


def _field_problem(entry: Mapping[str, Any]) -> FieldProblem:
    place, *rest = entry["loc"]
    where = {"header": "headers", "path": "path", "query": "query"}.get(place, "")
    for key in rest:
        where = child(where, key)
    where = _HEADER_NAMES.get(where, where)
    kind = str(entry["type"])
    # Pydantic's own sentence can quote what was sent, so it is never passed on.
    advice = _ADVICE.get(kind, "is not what /api/openapi.json describes.")
    return FieldProblem(
        where or "body",
        kind.replace("_", "-"),
        f"{where or 'The body'} {advice}",
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if not is_own_path(request.scope["path"]):
        return await http_exception_handler(request, error)
    code, message = {404: ("not-found", _NOT_FOUND), 405: ("method-not-allowed", _METHOD)}.get(
        error.status_code, ("request-refused", _OTHER)
    )
    return error_response(error.status_code, code, message, headers=error.headers)
