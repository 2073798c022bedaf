"""One id for all that happens during a request, so that its log lines can be found together."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from uuid import uuid4

from structlog.contextvars import bound_contextvars, get_contextvars

_KEY = "correlation_id"
# What proxies send: 32 hexadecimal digits, or the same written as a UUID.
_FROM_PROXY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_correlation_id() -> str:
    """Make an id of 32 hexadecimal digits."""
    return uuid4().hex


def parse_correlation_id(text: str) -> str | None:
    """Read the id that a proxy gave; None where it is in no form that may stand in a log."""
    return text.replace("-", "") if _FROM_PROXY.fullmatch(text) else None


@contextmanager
def correlated(correlation_id: str) -> Generator[None]:
    """Put the id into every log line of the block, in the threads it starts too."""
    with bound_contextvars(**{_KEY: correlation_id}):
        yield


def current_correlation_id() -> str:
    """Tell the id of the request at work; outside of one, make a new id."""
    return str(get_contextvars().get(_KEY) or new_correlation_id())
