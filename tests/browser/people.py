"""The people of the browser tests, as their answers; None leaves an optional question empty."""

from typing import Any

from fbss_app.domain.questionnaire.answers import not_sure
from fbss_app.domain.questionnaire.model import ItemType
from tests.browser.questions import QUESTIONNAIRE, plain_answer

NOT_SURE = not_sure()

SIGN_PAGES = [
    item
    for item in QUESTIONNAIRE.placements["warning-signs"].item.item
    if item.type is ItemType.CHOICE
]
NO_SIGNS: dict[str, Any] = {item.link_id: plain_answer(item) for item in SIGN_PAGES}

BEGUN: dict[str, Any] = {"device-owner": "mine", "author": "me", "country": "gb"}

# Two operations, pain in back and leg, several treatments: what a specialist often sees.
PATIENT: dict[str, Any] = {
    **BEGUN,
    **NO_SIGNS,
    "operation-count": "two",
    "operation-kind": ["laminectomy", "fusion"],
    "operation-condition": ["stenosis"],
    "operation-date": "2021-03",
    "operation-levels": ["l4-l5", "l5-s1"],
    "operation-side": "both",
    "operation-complications": "A small leak that was closed at once",
    "pain-before-back": 7,
    "pain-before-leg": 8,
    "pain-now-back": 6,
    "pain-now-leg": 5,
    "pain-change": "a-little-better",
    "pain-free-interval": "under-6-months",
    "pain-return": "slowly",
    "pain-best-back": 3,
    "pain-best-leg": 2,
    "pain-pattern": "constant",
    "leg-or-back": "mostly-leg",
    "pain-side": "left",
    "pain-below-knee": True,
    "pain-words": ["burning", "electric-shocks", "tight", {"other": "Like a hot wire"}],
    "numb-or-weak": ["numb-area"],
    "peg-pain": 6,
    "peg-enjoyment": 7,
    "peg-activity": 7,
    "pain-worse-with": ["sitting", "standing", "walking"],
    "pain-eased-by": ["lying"],
    "walking-minutes": 20,
    "cause-looked-for": True,
    "cause-told": "Scar around the nerve, perhaps a worn joint above the fusion",
    "tests-done": ["x-ray", "mri"],
    "tests-place": "City Hospital, 2024 and 2025",
    "treatments-tried": ["physiotherapy", "everyday-pain-medicines", "opioids", "injections"],
    "helped-physiotherapy": "a-little",
    "helped-everyday-pain-medicines": "no",
    "helped-opioids": "made-it-worse",
    "helped-injections": NOT_SURE,
    "medicines-now": "Paracetamol 1 g four times a day, amlodipine 5 mg. Allergic to penicillin.",
    "goal": ["Walk to the shop and back", "Sleep through the night"],
    "success": "To sit through a meal with my family",
    "own-questions": "Is the screw at the bottom loose? Could it be the joint above?",
}

EARLIER_OPERATION: dict[str, Any] = {
    "operation-kind": ["discectomy"],
    "operation-condition": ["disc-herniation"],
    "operation-date": "2015",
    "operation-levels": NOT_SURE,
    "operation-side": "left",
    "operation-complications": None,
}

HELPER: dict[str, Any] = {**PATIENT, "author": "helper", "relationship": "child"}


def by_name(answers: dict[str, Any]) -> dict[str, Any]:
    """Give answers as the keyword arguments of `Questions.walk`."""
    return {link_id.replace("-", "_"): value for link_id, value in answers.items()}
