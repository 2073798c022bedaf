"""What the endpoints have in common: the ids in their addresses, and the errors they can give."""

from typing import Annotated, Any

from fastapi import Path

from fbss_app.server.api.error_schemas import ErrorBody
from fbss_app.server.api.schemas import UUID4_PATTERN

ResponseId = Annotated[
    str, Path(pattern=UUID4_PATTERN, description="A random UUID, made on the phone.")
]
Slug = Annotated[
    str,
    Path(pattern="^[a-z0-9-]{1,60}$", description="What stands in the clinic's addresses."),
]
LinkId = Annotated[
    str, Path(pattern=UUID4_PATTERN, description="A random UUID, made on the phone.")
]
SubmissionId = Annotated[
    str, Path(pattern=UUID4_PATTERN, description="A random UUID, made by the server.")
]

ERRORS: dict[int | str, dict[str, Any]] = {
    403: {
        "model": ErrorBody,
        "description": "The link does not allow this, or another website's page asked for it.",
    },
    404: {"model": ErrorBody, "description": "Nothing opens with this secret, or it has ended."},
    422: {
        "model": ErrorBody,
        "description": "Something in the call is wrong; `problems` says what.",
    },
    500: {"model": ErrorBody, "description": "A mistake of the server; it has a reference number."},
    503: {"model": ErrorBody, "description": "The database is busy or away. Try again soon."},
}
BODY_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorBody, "description": "The body is not valid JSON, or broke off."},
    409: {"model": ErrorBody, "description": "An id was used before for something else."},
    413: {"model": ErrorBody, "description": "The body is too large."},
    415: {"model": ErrorBody, "description": "The body is not JSON in UTF-8."},
}
