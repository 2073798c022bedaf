"""Servers that are wrong on purpose, to see that the suite notices.

Each wraps the real API and does one thing that must never happen, to every third sync that was
answered with "confirmed".
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import make_url

from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.answer_events import StoredEvent
from tests.server.builders import make_keys


class Breakage:
    """Takes each third successful reply of a sync in hand before it goes out."""

    def __init__(self, app: Any, database_url: str) -> None:
        self._app = app
        self._path = make_url(database_url).database
        self._database = Database(database_url, make_keys)
        self._replies = count(1)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/sync"):
            return await self._app(scope, receive, send)
        parts: list[Any] = []

        async def keep(message: Any) -> None:
            parts.append(message)

        await self._app(scope, receive, keep)
        reply = json.loads(b"".join(part.get("body", b"") for part in parts[1:]))
        if parts[0]["status"] == 200 and self.suits(reply) and next(self._replies) % 3 == 0:
            self.damage(reply, scope["path"].split("/")[-2])
        body = json.dumps(reply).encode()
        headers = [one for one in parts[0]["headers"] if one[0].lower() != b"content-length"]
        await send({**parts[0], "headers": headers})
        return await send({"type": "http.response.body", "body": body})

    def suits(self, reply: Any) -> bool:
        """Say whether this reply can be damaged."""
        return bool(reply["confirmed"])

    def damage(self, reply: Any, response_id: str) -> None:
        """Do what must never happen."""
        raise NotImplementedError

    def _forget(self, event_id: str) -> None:
        assert self._path
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute("DELETE FROM answer_event WHERE id = ?", (event_id,))

    def _find(self, response_id: str, event_id: str) -> StoredEvent:
        with self._database.unit_of_work() as unit:
            return unit.answer_events.find(response_id, [UUID(event_id)])[UUID(event_id)]

    def _keep(self, response_id: str, stored: StoredEvent, **changes: Any) -> None:
        event = stored.event.model_copy(update=changes)
        with self._database.unit_of_work() as unit:
            response = unit.responses.lock(response_id)
            assert response
            unit.answer_events.add(response, stored.participant_id, [event], stored.received_at)


class Forgetting(Breakage):
    """Confirms an answer and does not keep it."""

    def damage(self, reply: Any, response_id: str) -> None:
        self._forget(reply["confirmed"][-1])


class Altering(Breakage):
    """Keeps another value than the one it was sent."""

    def damage(self, reply: Any, response_id: str) -> None:
        stored = self._find(response_id, reply["confirmed"][-1])
        self._forget(reply["confirmed"][-1])
        self._keep(response_id, stored, value="altered")


class Repeating(Breakage):
    """Keeps an answer twice."""

    def damage(self, reply: Any, response_id: str) -> None:
        stored = self._find(response_id, reply["confirmed"][-1])
        self._keep(response_id, stored, id=uuid4())


class Withholding(Breakage):
    """Never tells one device what the other one answered."""

    def suits(self, reply: Any) -> bool:
        return bool(reply["events"])

    def damage(self, reply: Any, response_id: str) -> None:
        reply["events"] = []


BREAKAGES: dict[str, Callable[[Any, str], Breakage]] = {
    "forgetting": Forgetting,
    "altering": Altering,
    "repeating": Repeating,
    "withholding": Withholding,
}
