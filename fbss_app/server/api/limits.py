"""Reads a request body that nobody has vouched for.

Ordinary parsers accept NaN, 1e999, lone surrogates and endless nesting, and each of those turns
into a crash further in. Here they become a sentence about what is wrong.
"""

import json
from collections.abc import Iterator
from email.message import Message
from typing import Any, NoReturn

from starlette.requests import Request

from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.storable_text import is_storable

MAX_DEPTH = 8
MAX_PROBLEMS = 20
# Beyond this a browser no longer tells one whole number from the next.
MAX_SAFE_INTEGER = 2**53 - 1
_LONGEST_NUMBER = 40
_LONGEST_WHERE = 120


async def read_json(request: Request, max_bytes: int) -> tuple[bytes, Any]:
    """Return the body as sent and as parsed, or raise `RefusedError`."""
    _require_json(request)
    body = await _read_body(request, max_bytes)
    value = _parse(body)
    if problems := list(_first(MAX_PROBLEMS, _unusable(value, "", 1))):
        raise RefusedError(
            "invalid-content",
            "Some parts of the request cannot be used. Nothing was saved. See the problems.",
            problems=problems,
        )
    return body, value


def child(where: str, key: str | int) -> str:
    """Extend a place such as `events[3]` by a key or an index."""
    if isinstance(key, int):
        return f"{where}[{key}]"
    # The key may be anything a stranger typed, and goes back out in the reply.
    name = key.encode("ascii", "backslashreplace").decode("ascii").replace("\0", "\\0")
    return (f"{where}.{name}" if where else name)[:_LONGEST_WHERE]


def _require_json(request: Request) -> None:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    charset = header.get_content_charset("utf-8")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if header.get_content_type() != "application/json" or charset != "utf-8":
        raise RefusedError(
            "unsupported-media-type",
            "The request must be JSON in UTF-8. Send it with the header "
            "'Content-Type: application/json'.",
            status_code=415,
        )
    if encoding != "identity":
        raise RefusedError(
            "unsupported-media-type",
            "The request is compressed. Send it without the header 'Content-Encoding'.",
            status_code=415,
        )


async def _read_body(request: Request, max_bytes: int) -> bytes:
    # Counted while it arrives: a Content-Length may be absent or untrue.
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise RefusedError(
                "too-large",
                f"The request is larger than {max_bytes} bytes. Send the answers in several calls.",
                status_code=413,
            )
    return bytes(body)


def _parse(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode("utf-8"),
            parse_int=_parse_integer,
            parse_constant=_refuse_constant,
            object_pairs_hook=_parse_object,
        )
    except UnicodeDecodeError as error:
        _malformed(f"it is not UTF-8 at byte {error.start}")
    except json.JSONDecodeError as error:
        _malformed(f"there is a mistake at line {error.lineno}, column {error.colno}")
    except RecursionError:
        _malformed("lists or objects are nested too deeply")


def _malformed(reason: str) -> NoReturn:
    raise RefusedError(
        "malformed-json",
        f"The request is not valid JSON: {reason}. Nothing was saved. Correct it and try again.",
        status_code=400,
    ) from None


def _refuse_constant(name: str) -> NoReturn:
    _malformed(f"{name} is not a JSON number")


def _parse_integer(digits: str) -> int | float:
    # Python refuses to convert thousands of digits; as infinity it is reported with its place.
    return int(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")


def _parse_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _malformed("the same name is used twice in one object")
    return found


def _unusable(value: Any, where: str, depth: int) -> Iterator[FieldProblem]:
    if isinstance(value, str):
        if not is_storable(value):
            yield FieldProblem(
                where or "body",
                "unusable-text",
                f"{where or 'The text'} holds a character that is not text. Remove it.",
            )
    elif isinstance(value, int | float):
        if not -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            yield FieldProblem(
                where or "body",
                "number-out-of-range",
                f"{where or 'The number'} is too large to be stored exactly. Use a smaller number.",
            )
    elif value is not None:
        if depth > MAX_DEPTH:
            yield FieldProblem(
                where or "body", "too-deep", f"{where or 'The body'} is nested too deeply."
            )
            return
        for key, part in _children(value):
            if isinstance(key, str):
                yield from _unusable(key, child(where, key), depth)
            yield from _unusable(part, child(where, key), depth + 1)


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    return iter(value.items()) if isinstance(value, dict) else enumerate(value)  # pyright: ignore


def _first(count: int, problems: Iterator[FieldProblem]) -> Iterator[FieldProblem]:
    for _, problem in zip(range(count), problems, strict=False):
        yield problem
