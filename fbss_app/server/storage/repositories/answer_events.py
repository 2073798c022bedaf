"""Every query on the `answer_event` table. Rows are added and read, never changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from fbss_app.domain.questionnaire.answers import AnswerEvent, AuthorRole
from fbss_app.server.storage.tables import AnswerEventRow, ResponseRow


class AnswerEventRepository:
    """Answer events as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, response_id: str, ids: Iterable[UUID]) -> dict[UUID, AnswerEvent]:
        """Find those of the ids that this response already has."""
        rows = self._session.exec(
            select(AnswerEventRow).where(
                AnswerEventRow.response_id == response_id,
                col(AnswerEventRow.id).in_([str(each) for each in ids]),
            )
        )
        return {event.id: event for event in map(_to_event, rows)}

    def add(
        self, response: ResponseRow, events: Sequence[AnswerEvent], received_at: datetime
    ) -> None:
        """Store events in the order given; the response must be locked, for it counts them."""
        for event in events:
            response.last_sequence += 1
            self._session.add(
                AnswerEventRow(
                    response_id=response.id,
                    sequence=response.last_sequence,
                    id=str(event.id),
                    questionnaire_version=response.questionnaire_version,
                    link_id=event.link_id,
                    path=list(event.path),
                    value=event.value,
                    author_id=str(event.author_id),
                    author_role=event.author_role.value,
                    answered_at=event.answered_at,
                    received_at=received_at,
                )
            )

    def after(
        self, response_id: str, cursor: int, without: Iterable[UUID], limit: int
    ) -> list[tuple[int, AnswerEvent]]:
        """List the events after a cursor with their sequence numbers, the oldest first."""
        rows = self._session.exec(
            select(AnswerEventRow)
            .where(
                AnswerEventRow.response_id == response_id,
                AnswerEventRow.sequence > cursor,
                col(AnswerEventRow.id).not_in([str(each) for each in without]),
            )
            .order_by(col(AnswerEventRow.sequence))
            .limit(limit)
        )
        return [(row.sequence, _to_event(row)) for row in rows]


def _to_event(row: AnswerEventRow) -> AnswerEvent:
    return AnswerEvent(
        id=UUID(row.id),
        link_id=row.link_id,
        path=tuple(row.path),
        value=row.value,
        author_id=UUID(row.author_id),
        author_role=AuthorRole(row.author_role),
        answered_at=row.answered_at,
    )
