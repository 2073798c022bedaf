"""Who may do what with a response: whoever holds the secret of one of its links, until it ends.

Everything that a role may do is a predicate in this file.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from fbss_app.domain.questionnaire.answers import AuthorRole, hidden_keys, is_masked
from fbss_app.server.services.refusal import NotAllowedError, UnknownResponseError
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.repositories.answer_events import StoredEvent
from fbss_app.server.storage.tables import AccessLinkRow, ResponseRow

PATIENT = "patient"
HELPER = AuthorRole.HELPER.value
READ = "read"

_NO_HASH = "0" * 64


class Access(NamedTuple):
    """A response that is open, and the link it was opened with."""

    response: ResponseRow
    link: AccessLinkRow


@dataclass(frozen=True, slots=True)
class Agreement:
    """That somebody said that the patient agrees to a link: the id of their own link, and when."""

    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who holds, or held, a link to a response.

    Attributes:
        agreement: Where a helper made the link, what they said; None where the patient made it.
    """

    id: str
    role: str
    name: str
    relationship: str
    can_manage: bool
    has_ended: bool
    agreement: Agreement | None = None


def may_answer(link: AccessLinkRow) -> bool:
    """Say whether the holder may give, change and confirm answers."""
    return link.role in (PATIENT, HELPER)


def may_answer_as_patient(link: AccessLinkRow) -> bool:
    """Say whether answers and confirmations may come as the patient's own.

    On the phone of a helper who began, the patient may have answered too; whoever was let in to
    help answers as a helper, whatever their phone says.
    """
    return link.role == PATIENT or link.can_manage


def may_manage(link: AccessLinkRow) -> bool:
    """Say whether the holder may make and end links, make a code, and erase everything."""
    return link.can_manage


def may_see_all(link: AccessLinkRow) -> bool:
    """Say whether the holder sees what the patient put aside to answer alone."""
    return link.role != HELPER


def hash_secret(secret: str) -> str:
    """Turn a secret into what is stored. 32 random bytes need neither salt nor slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_response(
    unit: UnitOfWork,
    response_id: str,
    secret: str,
    now: datetime,
    may: Callable[[AccessLinkRow], bool] | None = None,
) -> Access:
    """Lock the response and find the link, or refuse in the same way whatever the reason.

    Args:
        unit: The transaction.
        response_id: The response.
        secret: The secret of one of its links.
        now: The time of the call.
        may: What the holder must be allowed to do.

    Raises:
        UnknownResponseError: There is no such response, or the link is wrong or has ended.
        NotAllowedError: The link is right, but not for this.
    """
    response = unit.responses.lock(response_id)
    links = unit.access_links.of_response(response_id) if response else ()
    link = _matching(links, secret)
    if response is None or link is None or response.expires_at <= now or has_ended(link, now):
        raise UnknownResponseError
    if may and not may(link):
        raise NotAllowedError
    return Access(response, link)


def open_link(unit: UnitOfWork, secret: str, now: datetime) -> Access:
    """Find the response that a secret alone opens, and lock it, or raise `UnknownResponseError`."""
    link = unit.access_links.find(hash_secret(secret))
    return open_response(unit, link.response_id if link else "", secret, now)


def has_ended(link: AccessLinkRow, now: datetime) -> bool:
    """Say whether a link no longer opens anything."""
    is_over = link.expires_at is not None and link.expires_at <= now
    return is_over or link.revoked_at is not None


def participants(unit: UnitOfWork, response_id: str, now: datetime) -> tuple[Participant, ...]:
    """List everyone who holds or held a link, the first one first."""
    return tuple(
        Participant(
            link.id,
            link.role,
            holder.name,
            holder.relationship,
            link.can_manage,
            has_ended(link, now),
            _agreement(link),
        )
        for link in unit.access_links.of_response(response_id)
        for holder in (unit.access_links.holder(link),)
    )


def _agreement(link: AccessLinkRow) -> Agreement | None:
    if link.agreement_said_by is None or link.agreement_said_at is None:
        return None
    return Agreement(link.agreement_said_by, link.agreement_said_at)


def visible_to(link: AccessLinkRow, events: Iterable[StoredEvent]) -> list[StoredEvent]:
    """Leave out what the holder of a link may not see.

    Args:
        link: The link.
        events: All events of the response: what is hidden can stand anywhere among them.
    """
    listed = list(events)
    if may_see_all(link):
        return listed
    hidden = hidden_keys(stored.event for stored in listed)
    return [
        stored
        for stored in listed
        if stored.event.key not in hidden or is_masked(stored.event.value)
    ]


def _matching(links: Iterable[AccessLinkRow], secret: str) -> AccessLinkRow | None:
    """Find the link of a secret, in a time that tells nothing of how much of it was right."""
    wanted = hash_secret(secret)
    found = None
    hmac.compare_digest(_NO_HASH, wanted)
    for link in links:
        if hmac.compare_digest(link.secret_sha256, wanted):
            found = link
    return found
