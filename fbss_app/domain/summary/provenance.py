"""Who gave each of the current answers, how, and when, and what someone else has confirmed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from fbss_app.domain.questionnaire.answers import (
    AnswerEvent,
    AnswerValue,
    AuthorRole,
    Device,
    Perspective,
    is_masked,
    that_count,
)


class Confirmation(NamedTuple):
    """Who took an answer over, and when by the clock of that phone."""

    role: AuthorRole
    at: datetime


class Given(NamedTuple):
    """Who gave an answer and in whose view, and when by the clock of that phone.

    `name` is what the person who gave it is called, "" where nobody says.
    """

    role: AuthorRole
    perspective: Perspective
    answered_at: datetime
    confirmed: Confirmation | None = None
    name: str = ""

    @property
    def is_confirmed_by_patient(self) -> bool:
        """Whether the patient took over what a helper said."""
        return self.confirmed is not None and self.confirmed.role is AuthorRole.PATIENT

    @property
    def is_self_report(self) -> bool:
        """Whether the patient stands behind it."""
        return self.role is AuthorRole.PATIENT or self.is_confirmed_by_patient


Provenance = Mapping[str, Given]


class _Newest(NamedTuple):
    value: AnswerValue
    given: Given


def provenance_of(
    events: Iterable[AnswerEvent],
    device: Device | None = None,
    names: Mapping[UUID, str] | None = None,
) -> dict[str, Given]:
    """Say for each answer key who gave the newest answer; one that was taken back counts too.

    What was put aside for the patient alone has no entry. A confirmation leaves the answer with the
    one who gave it, unless it does not confirm the value it names. One in the role of who gave it
    takes a confirmation back: the answer is again as it was given.

    Args:
        events: Everything that was answered, in order.
        device: As for `fold`.
        names: What the author of an event is called, by the id of the event.
    """
    names = names or {}
    known: dict[UUID, tuple[str, _Newest]] = {}
    newest: dict[str, Given] = {}
    for event in that_count(events, device):
        given = Given(
            event.author_role, event.perspective, event.answered_at, name=names.get(event.id, "")
        )
        key, confirmed = known.get(event.confirms, (None, None)) if event.confirms else (None, None)
        if confirmed is not None and key == event.key and confirmed.value == event.value:
            is_taken_back = confirmed.given.role is event.author_role
            confirmation = (
                None if is_taken_back else Confirmation(event.author_role, event.answered_at)
            )
            given = confirmed.given._replace(confirmed=confirmation)
        known[event.id] = (event.key, _Newest(event.value, given))
        newest.pop(event.key, None)
        if not is_masked(event.value):
            newest[event.key] = given
    return newest


def proxied(provenance: Provenance) -> frozenset[str]:
    """List the keys of the answers behind which the patient does not stand."""
    return frozenset(key for key, given in provenance.items() if not given.is_self_report)
