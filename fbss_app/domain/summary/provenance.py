"""Who gave each of the current answers, and when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from fbss_app.domain.questionnaire.answers import AnswerEvent, AuthorRole


class Given(NamedTuple):
    """Who gave an answer, and when by the clock of that phone."""

    role: AuthorRole
    answered_at: datetime


Provenance = Mapping[str, Given]


def provenance_of(events: Iterable[AnswerEvent]) -> dict[str, Given]:
    """Say for each answer key who gave the newest answer; one that was taken back counts too."""
    return {event.key: Given(event.author_role, event.answered_at) for event in events}
