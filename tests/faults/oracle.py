"""What must be true after a schedule, whatever went wrong in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fbss_app.domain.questionnaire.answers import AnswerEvent, fold
from fbss_app.server.services.unit_of_work import Database

# What makes an event, and what a fold needs of it.
PAYLOAD = ("id", "link_id", "path", "value", "author_id", "author_role", "answered_at")
# About a device, not about the person: each device folds its own.
OF_A_DEVICE = ("device-owner", "author", "relationship")


def stored_events(database: Database, response_id: str) -> list[dict[str, Any]]:
    """Read what the server really has, in its order."""
    with database.unit_of_work() as unit:
        return [
            {"sequence": stored.sequence, **stored.event.model_dump(mode="json")}
            for stored in unit.answer_events.after(response_id)
        ]


class Oracle:
    """Compares what the phones hold and said with what the server has."""

    def __init__(self, record: dict[str, Any], database: Database) -> None:
        self.record = record
        self.problems: list[str] = list(record["problems"])
        self.checks: Counter[str] = Counter({"looks at a screen that said saved": record["looks"]})
        self.stored = self._stored(database)
        if record["erased"]:
            self._erased(database)
            return
        self._each_answer_once()
        self._saved_answers()
        self._nothing_else()
        self._places()
        self._same_answers()

    def _stored(self, database: Database) -> list[dict[str, Any]]:
        ids = {device["response"] for device in self.record["devices"]} - {None}
        self._expect(len(ids) <= 1, f"the devices have different responses: {sorted(ids)}")
        return stored_events(database, ids.pop()) if ids else []

    def _expect(self, is_so: bool, problem: str) -> None:
        if not is_so:
            self.problems.append(problem)

    def _each_answer_once(self) -> None:
        """Every answer made on a device is on the server, once and unchanged."""
        copies = Counter(row["id"] for row in self.stored)
        by_id = {row["id"]: row for row in self.stored}
        for event in self.record["made"]:
            self.checks["answers found on the server once"] += 1
            count = copies[event["id"]]
            self._expect(count == 1, f"{_told(event)} is {count} times on the server")
            if count:
                row = by_id[event["id"]]
                is_same = _comparable(row) == _comparable(event) and _same_view(row, event)
                self._expect(is_same, f"{_told(event)} is on the server as {_told(row)}")

    def _saved_answers(self) -> None:
        """What a screen called saved is on the server."""
        ids = {row["id"] for row in self.stored}
        for event_id in self.record["saved"]:
            self.checks["answers that a screen called saved"] += 1
            self._expect(event_id in ids, f"{event_id} was called saved and is not on the server")

    def _nothing_else(self) -> None:
        """The server has nothing that no phone made."""
        made = {event["id"] for event in self.record["made"] if event["isOwn"]}
        for row in self.stored:
            self._expect(row["id"] in made, f"the server has {_told(row)}, which nobody made")

    def _places(self) -> None:
        """The server counts without gaps."""
        self.checks["orders without gaps"] += 1
        found = [row["sequence"] for row in self.stored]
        self._expect(found == list(range(1, len(found) + 1)), f"the server counts {found}")

    def _same_answers(self) -> None:
        """Both devices and the server come to the same current answers, in the same order."""
        expected = _for_the_person(fold(map(_event, self.stored)).items())
        for device in self.record["devices"]:
            self.checks["devices compared with the server"] += 1
            found = _for_the_person(device["fold"])
            self._expect(
                found == expected,
                f"{device['name']} shows {_brief(found)} and the server has {_brief(expected)}",
            )

    def _erased(self, database: Database) -> None:
        """Nothing is left on the server, and everything on the phone it was made on."""
        self.checks["erased responses"] += 1
        left = stored_events(database, self.record["erased"])
        self._expect(not left, f"{len(left)} answers came back after they were erased")
        devices = {device["name"]: device for device in self.record["devices"]}
        for event in self.record["made"]:
            device = devices[event["device"]]
            # A link that has ended takes along what was saved through it, and nothing else.
            if not device["isLent"] or event["isAfterErasing"]:
                is_held = event["id"] in device["held"]
                self._expect(is_held, f"{_told(event)} left the phone when the server erased it")


def _comparable(event: dict[str, Any]) -> list[Any]:
    at = datetime.fromisoformat(event["answered_at"])
    return [*(event[name] for name in PAYLOAD[:-1]), at]


def _same_view(row: dict[str, Any], event: dict[str, Any]) -> bool:
    """Compare whose view it is, where the phone said so: the server completes what is missing."""
    given = event.get("perspective"), event.get("confirms")
    return given[0] in (None, row["perspective"]) and given[1] == row["confirms"]


def _event(row: dict[str, Any]) -> AnswerEvent:
    return AnswerEvent.model_validate({name: row[name] for name in PAYLOAD})


def _for_the_person(answers: Any) -> list[Sequence[Any]]:
    return [[key, value] for key, value in answers if key not in OF_A_DEVICE]


def _told(event: dict[str, Any]) -> str:
    return f"{event['link_id']} = {_brief(event['value'])} ({event['id']})"


def _brief(value: object) -> str:
    return text if len(text := repr(value)) < 300 else f"{text[:300]}..."
