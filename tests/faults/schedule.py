"""A schedule: what two people do on their devices, and what goes wrong meanwhile."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Step = list[Any]

PAGES = ["A1", "A1", "A2", "B1", "B1"]
DEVICES = ["A", "B"]
WAYS = ["same secret", "patient", "helper"]
# Milliseconds: within one reply, within a person's next tap, and past each kind of waiting.
WAITS = [30, 150, 700, 2_500, 8_000, 40_000, 70_000]
LATE = [300, 4_000, 20_000, 50_000, 200_000]
# One schedule in so many meets a real SIGKILL, and one in so many is erased at the end.
KILLED_IN = 20
ERASED_IN = 15


@dataclass(frozen=True)
class Schedule:
    """One schedule; the seed alone makes it."""

    seed: int
    steps: list[Step]


class _Writer:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.steps: list[Step] = []

    def pick(self, options: list[Any]) -> Any:
        return self.chance.choice(options)

    def add(self, *step: Any) -> None:
        self.steps.append(list(step))

    def wait(self) -> None:
        self.add("wait", self.pick(WAITS))

    def answer(self, page: str | None = None) -> None:
        key, draft = self.pick(
            [
                ("leg-pain", {"value": str(self.chance.randrange(11))}),
                ("leg-pain", {"not_sure": True}),
                ("night-pain", {"value": self.pick(["true", "false"])}),
                ("note", {"value": self._text()}),
                ("note", {"value": ""}),
                ("author", {"value": self.pick(["me", "helper"])}),
                ("tried", {"values": self._codes()}),
                ("tried", {"values": ["other"], "other": self._number()}),
            ]
        )
        self.add("answer", page or self.pick(PAGES), key, draft)

    def same_question_on_both(self) -> None:
        for page in self.chance.sample(["A1", "B1"], 2):
            self.add("answer", page, "leg-pain", {"value": str(self.chance.randrange(11))})
            if self.chance.random() < 0.5:
                self.wait()

    def operation(self) -> None:
        change = self.pick(["add", "add", "remove", "undo"])
        year = str(self.chance.randrange(1990, 2026))
        self.add("operation", self.pick(PAGES), change, self.chance.randrange(5), year)

    def lost(self) -> None:
        kind = self.pick(["lost request", "lost reply", "lost reply"])
        for _ in range(self.pick([1, 1, 2, 3])):
            self.fault(kind=kind, silent=self.chance.random() < 0.3)

    def too_often(self) -> None:
        self.fault(kind="refused as too many calls", moment="too-many-calls")

    def late(self) -> None:
        kind = self.pick(["late request", "late reply", "duplicated request"])
        self.fault(kind=kind, delay=self.pick(LATE))

    def kill(self) -> None:
        moment = self.pick(["kill-after-commit", "kill-after-commit", "kill-before-commit"])
        self.fault(kind=f"killed, {moment[5:]}", moment=moment, down=self.chance.randrange(3))

    def fault(self, **fault: Any) -> None:
        self.add("fault", self.pick(DEVICES), fault)

    def connection(self) -> None:
        device = self.pick(DEVICES)
        away, back = self.pick([("offline", "online"), ("dead", "alive")])
        self._around(device, away, back)

    def database(self) -> None:
        self.add("database", self.pick(["locked", "full"]))
        for _ in range(self.pick([1, 2, 4])):
            self.add("answer", self.pick(PAGES), "note", {"value": self._long_text()})
        self.wait()
        self._few()
        self.add("database", "well")

    def page(self) -> None:
        change = self.pick(["reload", "crash", "crash", "open-tab", "close-tab"])
        page = self.pick(["A2", "B2"]) if change == "open-tab" else self.pick(PAGES)
        self.add(change, page)

    def visibility(self) -> None:
        self._around(self.pick(PAGES), "hide", "show")

    def clock(self) -> None:
        self.add("clock", self.pick(DEVICES), self.pick([-10, -3, -1, 0, 1, 3, 10]))

    def load(self) -> None:
        self.add("fail-load", self.pick(DEVICES))

    def _around(self, name: str, away: str, back: str) -> None:
        self.add(away, name)
        self._few()
        self.add(back, name)

    def _few(self) -> None:
        for _ in range(self.chance.randrange(4)):
            self.pick([self.answer, self.answer, self.wait, self.operation, self.page])()

    def _text(self) -> str:
        return self._long_text() if self.chance.random() < 0.3 else self._number()

    def _number(self) -> str:
        return str(self.chance.randrange(10**6))

    def _long_text(self) -> str:
        # So long that a database without room for another page refuses it.
        return f"{self._number()} {'ab ' * 500}"

    def _codes(self) -> list[str]:
        return self.chance.sample(["exercise", "rest", "heat"], self.pick([1, 2, 3]))


def make_schedule(seed: int) -> Schedule:
    """Write the schedule of a seed."""
    writer = _Writer(seed)
    chance = writer.chance
    weighed: list[tuple[Callable[[], None], int]] = [
        (writer.answer, 30),
        (writer.same_question_on_both, 10),
        (writer.operation, 8),
        (writer.wait, 16),
        (writer.lost, 10),
        (writer.late, 8),
        (writer.too_often, 2),
        (writer.connection, 6),
        (writer.database, 4),
        (writer.page, 9),
        (writer.visibility, 3),
        (writer.clock, 3),
        (writer.load, 2),
    ]
    actions, weights = zip(*weighed, strict=True)
    mine = chance.random() < 0.9
    writer.add("answer", "A1", "device-owner", {"value": "mine" if mine else "shared"})
    for _ in range(chance.randrange(4)):
        writer.answer("A1")
    for number in range(chance.randrange(6, 20)):
        if number % 4 == 1:
            writer.add("save", "A1")
            writer.add("wait", 400)
            owner = "mine" if chance.random() < 0.9 else "shared"
            writer.add("join", owner, writer.pick(WAYS))
        chance.choices(actions, weights)[0]()
        if chance.random() < 0.4:
            writer.wait()
    if seed % KILLED_IN == 0:
        writer.steps.insert(chance.randrange(len(writer.steps) // 2, len(writer.steps)), [])
        _insert_kill(writer)
    if seed % ERASED_IN == 7:
        writer.add("erase", "A1")
    return Schedule(seed, writer.steps)


def _insert_kill(writer: _Writer) -> None:
    """Put a kill, and an answer that meets it, into the place that was made for it."""
    place = writer.steps.index([])
    later = writer.steps[place + 1 :]
    del writer.steps[place:]
    device = writer.pick(DEVICES)
    writer.kill()
    writer.steps[-1][1] = device
    writer.answer(f"{device}1")
    writer.steps += later
