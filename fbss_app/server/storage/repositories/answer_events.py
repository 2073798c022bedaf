"""Every query on the `answer_event` table. Rows are added and read; only their seal is renewed.

Answers go in and come out open; in the table they lie sealed.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from fbss_app.domain.questionnaire.answers import AnswerEvent
from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.storage.tables import AnswerEventRow, ResponseRow


class StoredEvent(NamedTuple):
    """An answer event as it is kept.

    Attributes:
        sequence: Its place in the order of arrival, 1 for the first of a response.
        participant_id: The access link it came through.
        questionnaire_version: The version of the definition that was answered.
        received_at: When the server took it.
        event: The answer.
    """

    sequence: int
    participant_id: str
    questionnaire_version: str
    received_at: datetime
    event: AnswerEvent


class AnswerEventRepository:
    """Answer events as the current transaction sees them."""

    def __init__(self, session: Session, keys: KeyRing) -> None:
        self._session = session
        self._keys = keys

    def find(self, response_id: str, ids: Iterable[UUID]) -> dict[UUID, StoredEvent]:
        """Find those of the ids that this response already has."""
        rows = self._session.exec(
            select(AnswerEventRow).where(
                AnswerEventRow.response_id == response_id,
                col(AnswerEventRow.id).in_([str(each) for each in ids]),
            )
        )
        return {stored.event.id: stored for stored in map(self._open, rows)}

    def add(
        self,
        response: ResponseRow,
        participant_id: str,
        events: Sequence[AnswerEvent],
        received_at: datetime,
    ) -> list[StoredEvent]:
        """Store events in the order given; the response must be locked, for it counts them."""
        added: list[StoredEvent] = []
        for event in events:
            response.last_sequence += 1
            plain = event.model_dump_json(exclude={"id"}).encode()
            sealed = self._keys.seal(plain, _place(response.id, str(event.id)))
            row = AnswerEventRow(
                response_id=response.id,
                sequence=response.last_sequence,
                id=str(event.id),
                participant_id=participant_id,
                questionnaire_version=response.questionnaire_version,
                key_id=sealed.key_id,
                sealed=sealed.sealed,
                received_at=received_at,
            )
            self._session.add(row)
            added.append(_stored(row, event))
        return added

    def after(self, response_id: str, cursor: int = 0) -> Iterable[StoredEvent]:
        """Give the events after a place in the order of arrival, the oldest first."""
        rows = self._session.exec(
            select(AnswerEventRow)
            .where(AnswerEventRow.response_id == response_id, AnswerEventRow.sequence > cursor)
            .order_by(col(AnswerEventRow.sequence))
        )
        return map(self._open, rows)

    def up_to(self, response_id: str, last: int) -> list[StoredEvent]:
        """List the events as far as a place in the order of arrival, the oldest first."""
        rows = self._session.exec(
            select(AnswerEventRow)
            .where(AnswerEventRow.response_id == response_id, AnswerEventRow.sequence <= last)
            .order_by(col(AnswerEventRow.sequence))
        )
        return [self._open(row) for row in rows]

    def seal_anew(self, limit: int) -> int:
        """Seal with the newest key up to so many events that another one sealed; say how many."""
        newest = self._keys.newest.key_id
        rows = self._session.exec(
            select(AnswerEventRow).where(AnswerEventRow.key_id != newest).limit(limit)
        ).all()
        for row in rows:
            place = _place(row.response_id, row.id)
            again = self._keys.seal(self._keys.open(_sealed(row), place), place)
            row.key_id, row.sealed = again.key_id, again.sealed
        return len(rows)

    def key_ids(self) -> set[str]:
        """List the keys that sealed anything here."""
        return set(self._session.exec(select(AnswerEventRow.key_id).distinct()))

    def _open(self, row: AnswerEventRow) -> StoredEvent:
        plain = self._keys.open(_sealed(row), _place(row.response_id, row.id))
        event = AnswerEvent.model_validate({**json.loads(plain), "id": row.id})
        return _stored(row, event)


def _stored(row: AnswerEventRow, event: AnswerEvent) -> StoredEvent:
    return StoredEvent(
        row.sequence, row.participant_id, row.questionnaire_version, row.received_at, event
    )


def _sealed(row: AnswerEventRow) -> Sealed:
    # Some drivers give a view of the bytes instead of the bytes.
    return Sealed(row.key_id, bytes(row.sealed))


def _place(response_id: str, event_id: str) -> str:
    return f"answer_event:{response_id}:{event_id}"
