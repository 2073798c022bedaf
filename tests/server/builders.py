"""A small questionnaire, and phones that answer it, for the tests of the server."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.encryption import EncryptionKey, KeyRing

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CANARY = "canary-7f3a9c"


_KEYS = KeyRing([EncryptionKey("test", bytes(range(32)))])


def make_keys() -> KeyRing:
    return _KEYS


def make_questionnaire(version: str = "1", name: str = "small") -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "name": name,
            "url": f"https://example.org/{name}",
            "version": version,
            "status": "draft",
            "title": "Small",
            "description": "For tests.",
            "date": "2026",
            "item": [
                {
                    "link_id": "pain",
                    "type": "group",
                    "text": "Your pain",
                    "item": [
                        {
                            "link_id": "leg-pain",
                            "type": "integer",
                            "text": "How strong is your leg pain?",
                            "why": "It guides treatment.",
                            "min_value": 0,
                            "max_value": 10,
                            "not_sure": "Not sure",
                            "sensitive": True,
                        },
                        {
                            "link_id": "note",
                            "type": "text",
                            "text": "What else?",
                            "why": "You know best.",
                            "required": False,
                        },
                        {
                            "link_id": "treatment",
                            "type": "open-choice",
                            "text": "What have you tried?",
                            "why": "It guides treatment.",
                            "repeats": True,
                            "answer_option": [
                                {"code": "exercise", "display": "Exercise"},
                                {"code": "none", "display": "Nothing", "exclusive": True},
                            ],
                        },
                    ],
                },
                {
                    "link_id": "operation",
                    "type": "group",
                    "text": "Your operations",
                    "repeats": True,
                    "item": [
                        {
                            "link_id": "operation-date",
                            "type": "date",
                            "text": "When was it?",
                            "why": "It guides treatment.",
                        }
                    ],
                },
            ],
        }
    )


def an_event(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "link_id": "note",
        "path": [],
        "value": "fine",
        "author_id": str(uuid4()),
        "author_role": "patient",
        "answered_at": "2026-03-01T11:59:00.123Z",
        **changes,
    }


def a_consent(**changes: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "text_sha256": "ab" * 32,
        "given_at": "2026-03-01T11:58:00Z",
        **changes,
    }


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **duration: float) -> None:
        self.time += timedelta(**duration)


class Phone:
    """A device that holds a response's id and secret and calls the API with them."""

    def __init__(
        self, client: TestClient, response_id: str | None = None, secret: str | None = None
    ) -> None:
        self.client = client
        self.response_id = response_id or str(uuid4())
        self.secret = secret or secrets.token_urlsafe(32)
        self.cursor = 0

    @property
    def url(self) -> str:
        return f"/api/v1/responses/{self.response_id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Response-Secret": self.secret}

    def twin(self, **changes: str) -> "Phone":
        """Another device of the same response, or with another id or secret."""
        return Phone(
            self.client,
            changes.get("response_id", self.response_id),
            changes.get("secret", self.secret),
        )

    def body(self, *events: dict[str, Any], **changes: Any) -> dict[str, Any]:
        return {
            "questionnaire": "small",
            "version": "1",
            "cursor": self.cursor,
            "events": list(events),
            **changes,
        }

    def sync(self, *events: dict[str, Any], **changes: Any):
        """Sync, and move the cursor where it worked."""
        reply = self.client.post(
            f"{self.url}/sync", json=self.body(*events, **changes), headers=self.headers
        )
        if reply.status_code == 200:
            self.cursor = reply.json()["cursor"]
        return reply

    def start(self, *events: dict[str, Any]):
        """Make the first call, with consent."""
        reply = self.sync(*events, consent=a_consent())
        assert reply.status_code == 200, reply.text
        return reply

    def erase(self):
        return self.client.delete(self.url, headers=self.headers)


def assert_error(reply: Any, status_code: int, code: str) -> list[dict[str, str]]:
    """Check the one shape of an error and return its problems."""
    assert reply.status_code == status_code, reply.text
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    body = reply.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "problems"}
    assert body["error"]["code"] == code
    assert body["error"]["message"].endswith(".")
    for problem in body["error"]["problems"]:
        assert set(problem) == {"where", "code", "message"}
        assert all(problem.values())
    return body["error"]["problems"]
