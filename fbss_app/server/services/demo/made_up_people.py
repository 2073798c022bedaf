"""Made-up people and what they answer: for the demo clinic, and for tests. None of them is real."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fbss_app.domain.questionnaire.answers import AnswerEvent, AuthorRole, split_key
from fbss_app.domain.questionnaire.model import Questionnaire

TREATMENTS = ["physiotherapy", "everyday-pain-medicines", "opioids", "injections"]
TESTS = ["x-ray", "mri"]


def typical_answers(questionnaire: Questionnaire) -> dict[str, Any]:
    """Answer as a person whom specialists often see: a whole run without the optional parts.

    Returns:
        The answers by answer key: one operation, four treatments, two tests, two medicines.
    """
    signs = questionnaire.placements["warning-signs"].item.item
    return {
        "device-owner": "mine",
        "author": "me",
        "country": "gb",
        **{item.link_id: ["none"] for item in signs if item.repeats},
        "thoughts-of-self-harm": "no",
        "age-band": "50-to-59",
        "operation-count": 1,
        "operation-kind@1": ["laminectomy", "fusion"],
        "operation-condition@1": ["stenosis"],
        "operation-date@1": "2021-03",
        "operation-levels@1": ["l4-l5"],
        "operation-side@1": "both",
        "operation-implants@1": ["screws-rods"],
        "operation-complications@1": ["none"],
        "operation-hospital@1": "City Hospital",
        "pain-before-duration": "1-to-5-years",
        "pain-before-back": 7,
        "pain-before-leg": 8,
        "pain-now-back": 6,
        "pain-now-leg": 7,
        "pain-before-side": "left",
        "pain-change": "a-little-better",
        "pain-free-interval": "under-6-months",
        "pain-return": "slowly",
        "pain-best-back": 3,
        "pain-best-leg": 2,
        "pain-pattern": "constant-with-peaks",
        "pain-trend": "same",
        "pain-places": [
            "back-lower-left",
            "back-buttock-left",
            "back-thigh-left",
            "back-calf-left",
        ],
        "pain-places-more": "not-now",
        "worst-place": "back-calf-left",
        "leg-or-back": "mostly-leg",
        "pain-words": ["aching", "burning", "electric-shocks"],
        "numb-or-weak": ["numb-area"],
        "peg-pain": 6,
        "peg-enjoyment": 7,
        "peg-activity": 7,
        "pain-worse-with": ["sitting", "standing", "walking"],
        "pain-eased-by": ["lying"],
        "walking-distance": "100-to-500-metres",
        "walking-minutes": 10,
        "walking-aid": ["none"],
        "sleep": "some-nights",
        "work": "less",
        "work-hours": 20,
        "health-conditions": ["smoked"],
        "fear-of-movement": "sometimes",
        "stress": "sometimes",
        "support-at-home": "sometimes",
        "claim": "no",
        "cause-looked-for": False,
        "tests-done": TESTS,
        **{f"test-when-where@{test}": "City Hospital, 2024" for test in TESTS},
        "mri-contrast": False,
        "tests-images": ["at-hospital"],
        "treatments-tried": TREATMENTS,
        **{f"treatment-helped@{treatment}": 3 for treatment in TREATMENTS},
        **{f"treatment-stopped@{treatment}": "planned-end" for treatment in TREATMENTS},
        "treatment-when@physiotherapy": "2023, 6 weeks",
        "treatment-when@injections": "2024",
        "takes-medicines": "list-now",
        "medicine@1": True,
        "medicine@2": True,
        "medicine-name@1": "Paracetamol",
        "medicine-dose@1": "1 g 4 times a day",
        "medicine-helps@1": "a-little",
        "medicine-name@2": "Amlodipine",
        "medicine-dose@2": "5 mg in the morning",
        "medicine-helps@2": "not-for-pain",
        "blood-thinners": ["none"],
        "allergies": ["none-known"],
        "main-concern": "My left leg hurts when I walk",
        "goal": ["Walk to the shop", "Sleep through"],
        "success": "To sit through a meal",
        "own-questions": "Is the screw loose?",
        "rmdq-wanted": "not-now",
        "phq-4-wanted": "not-now",
        "deciding-wanted": "not-now",
    }


@dataclass(frozen=True)
class MadeUpPerson:
    """Somebody who could be a patient.

    Attributes:
        label: What a clinic could call them; no name.
        answers: What they answer, by answer key.
        minutes: How long they take.
        helper: The name of a relative who answers for them, or "".
    """

    label: str
    answers: Mapping[str, Any]
    minutes: int
    helper: str = ""


# The warning signs that some of them report; most report none.
_SIGNS: tuple[dict[str, Any], ...] = (
    {"signs-bladder-bowel": ["r1", "r3"]},
    {},
    {"signs-falls": ["r12b"]},
    {},
    {},
    {"signs-slow-changes": ["r13b-weight"]},
    {},
    {"signs-wound-head": ["r8"]},
    {},
    {},
)
_CONCERNS = (
    "My left leg hurts when I walk",
    "I cannot sit long enough to work",
    "The pain wakes me at night",
    "I am afraid that the screws are loose",
    "Whether another operation is worth it",
)
_HELPERS = ("", "", "", "Sam", "", "", "", "Alex", "", "")


def made_up_people(questionnaire: Questionnaire, count: int) -> list[MadeUpPerson]:
    """Make up people, the same ones in every run.

    Args:
        questionnaire: The app's own questionnaire.
        count: How many.
    """
    return [_person(questionnaire, number) for number in range(count)]


def _person(questionnaire: Questionnaire, number: int) -> MadeUpPerson:
    chance = random.Random(number)  # noqa: S311 (nothing here is a secret)
    back, leg = chance.randint(2, 9), chance.randint(1, 9)
    changes: dict[str, Any] = {
        "pain-now-back": back,
        "pain-now-leg": leg,
        "pain-best-back": min(back, 3),
        "pain-best-leg": min(leg, 2),
        "peg-pain": max(back, leg),
        "peg-enjoyment": chance.randint(3, 9),
        "peg-activity": chance.randint(3, 9),
        "age-band": chance.choice(("40-to-49", "50-to-59", "60-to-69", "70-to-79")),
        "operation-date@1": f"{chance.randint(2017, 2024)}-0{chance.randint(1, 9)}",
        "main-concern": chance.choice(_CONCERNS),
        "sleep": chance.choice(("some-nights", "most-nights")),
        **_SIGNS[number % len(_SIGNS)],
    }
    helper = _HELPERS[number % len(_HELPERS)]
    return MadeUpPerson(
        f"Demo {1000 + number}",
        typical_answers(questionnaire) | changes,
        chance.randint(18, 75),
        helper,
    )


def answer_events_of(person: MadeUpPerson, begun_at: datetime) -> list[AnswerEvent]:
    """Give a person's answers as a phone sends them, spread over the time they took.

    Args:
        person: Who answers.
        begun_at: When they began, by the clock of their phone.
    """
    chance = random.Random(person.label)  # noqa: S311 (nothing here is a secret)
    step = timedelta(minutes=person.minutes) / max(1, len(person.answers))
    author = UUID(int=chance.getrandbits(128), version=4)
    role = AuthorRole.HELPER if person.helper else AuthorRole.PATIENT
    events: list[AnswerEvent] = []
    for number, (key, value) in enumerate(person.answers.items()):
        link_id, path = split_key(key)
        told = {
            "id": UUID(int=chance.getrandbits(128), version=4),
            "link_id": link_id,
            "path": path,
            "value": value,
            "author_id": author,
            "author_role": role,
            "answered_at": begun_at + step * number,
        }
        events.append(AnswerEvent.model_validate(told))
    return events
