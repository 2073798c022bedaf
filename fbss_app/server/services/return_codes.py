"""Short codes to come back with, for whoever cannot use a link: read out, written down, typed in.

A code has about 50 bits, fewer than a link's secret. So it opens only together with a year of
birth, and not at all after a few wrong years.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import (
    has_ended,
    hash_secret,
    may_manage,
    open_response,
)
from fbss_app.server.services.links import MAX_DAYS, OpenedLink, opened
from fbss_app.server.services.refusal import RefusedError, UnknownResponseError
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.repositories.access_links import Holder
from fbss_app.server.storage.tables import AccessLinkRow, ReturnCodeRow

logger = get_logger(__name__)

# Without 0 and O, 1, I and L, which people mistake for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
MAX_WRONG_TRIES = 5
CODE_DAYS = 30
_SECRET_BYTES = 32


class UnknownCodeError(RefusedError):
    """No code and year like these. It must never tell which of the two is wrong."""

    def __init__(self) -> None:
        super().__init__(
            "unknown-code",
            "This code and year of birth do not open any answers. Check both. After "
            f"{MAX_WRONG_TRIES} wrong tries a code stops working, and a new one is needed.",
            status_code=404,
        )


@dataclass(frozen=True)
class ReturnCode:
    """A new code, said this one time only, and when it ends."""

    code: str
    expires_at: datetime


@dataclass(frozen=True)
class OpenedWithCode:
    """What a phone gets that came with a code: a link of its own."""

    secret: str
    link: OpenedLink


def make_code(
    database: Database, response_id: str, secret: str, year_of_birth: int, now: datetime
) -> ReturnCode:
    """Make a code for the caller's link in place of its earlier one, or raise `RefusedError`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    expires_at = now + timedelta(days=CODE_DAYS)
    with database.unit_of_work() as unit:
        link = open_response(unit, response_id, secret, now, may_manage).link
        key = database.keys.newest
        unit.return_codes.replace(
            ReturnCodeRow(
                access_link_id=link.id,
                key_id=key.key_id,
                code_mark=key.mark(_code_text(code)),
                year_mark=key.mark(_year_text(link.id, year_of_birth)),
                expires_at=expires_at,
            )
        )
    logger.info("code-made", response=response_id)
    return ReturnCode(code, expires_at)


def open_with_code(
    database: Database, code: str, year_of_birth: int, now: datetime
) -> OpenedWithCode:
    """Make a link for the phone that came with a code and the right year.

    Raises:
        UnknownCodeError: The code or the year is wrong, or the code has ended or is locked.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with database.unit_of_work() as unit:
        link = _right_link(database, unit, _tidy(code), year_of_birth, now)
        found = _let_in(unit, link, secret, now) if link else None
    # Raised only now: a wrong try must be counted, not undone.
    if found is None:
        raise UnknownCodeError
    logger.info("opened-with-code", response=found.response_id)
    return OpenedWithCode(secret, found)


def _right_link(
    database: Database, unit: UnitOfWork, code: str, year_of_birth: int, now: datetime
) -> AccessLinkRow | None:
    row = unit.return_codes.lock(database.keys.marks(_code_text(code)))
    if row is None or row.wrong_tries >= MAX_WRONG_TRIES or row.expires_at <= now:
        return None
    year_mark = database.keys.marks(_year_text(row.access_link_id, year_of_birth))[row.key_id]
    if not hmac.compare_digest(row.year_mark, year_mark):
        row.wrong_tries += 1
        return None
    row.wrong_tries = 0
    return unit.access_links.get(row.access_link_id)


def _let_in(unit: UnitOfWork, link: AccessLinkRow, secret: str, now: datetime) -> OpenedLink | None:
    if has_ended(link, now):
        return None
    own = AccessLinkRow(
        id=str(uuid4()),
        response_id=link.response_id,
        parent_id=link.id,
        secret_sha256=hash_secret(secret),
        role=link.role,
        can_manage=link.can_manage,
        created_at=now,
        last_used_at=now,
        expires_at=now + timedelta(days=MAX_DAYS),
    )
    holder = unit.access_links.holder(link)
    unit.access_links.add_if_absent(own, Holder(holder.name, holder.relationship))
    try:
        access = open_response(unit, link.response_id, secret, now)
    except UnknownResponseError:
        return None
    return opened(unit, access, now)


def _tidy(code: str) -> str:
    """Take out what people add when they copy a code: spaces, dashes, small letters."""
    return "".join(char for char in code.upper() if char.isalnum())


def _code_text(code: str) -> str:
    return f"code:{code}"


def _year_text(link_id: str, year_of_birth: int) -> str:
    return f"year:{link_id}:{year_of_birth}"
