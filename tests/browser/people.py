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

# Two operations, pain in back and leg, several treatments: what a specialist often sees. An answer
# inside a treatment, a test or a place of pain stands under its whole key.
PATIENT: dict[str, Any] = {
    **BEGUN,
    **NO_SIGNS,
    "age-band": "50-to-59",
    "operation-count": 2,
    "operation-kind": ["laminectomy", "fusion"],
    "operation-condition": ["stenosis"],
    "operation-date": "2021-03",
    "operation-levels": ["l4-l5", "l5-s1"],
    "operation-side": "both",
    "operation-implants": ["screws-rods", "cage"],
    "operation-complications": ["leak"],
    "operation-effect": "better-for-a-time",
    "operation-hospital": "City Hospital, Dr Novak",
    "pain-before-duration": "1-to-5-years",
    "pain-before-back": 7,
    "pain-before-leg": 8,
    "pain-now-back": 6,
    "pain-now-leg": 5,
    "pain-before-side": "left",
    "pain-change": "a-little-better",
    "pain-free-interval": "under-6-months",
    "pain-return": "slowly",
    "pain-best-back": 3,
    "pain-best-leg": 2,
    "pain-pattern": "constant",
    "pain-trend": "up-and-down",
    "pain-places": ["back-lower-left", "back-calf-left"],
    "pain-places-more": "yes",
    "pain-place-kind@back-lower-left": ["aching"],
    "pain-place-kind@back-calf-left": ["burning", "electric-shocks"],
    "worst-place": "back-calf-left",
    "leg-or-back": "mostly-leg",
    "pain-words": ["burning", "electric-shocks", "tight", {"other": "Like a hot wire"}],
    "numb-or-weak": ["numb-area"],
    "peg-pain": 6,
    "peg-enjoyment": 7,
    "peg-activity": 7,
    "pain-worse-with": ["sitting", "standing", "walking"],
    "pain-eased-by": ["lying"],
    "walking-distance": "500-metres-to-1-km",
    "walking-minutes": 20,
    "walking-aid": ["stick"],
    "sleep": "some-nights",
    "work": "less",
    "work-hours": 20,
    "health-conditions": ["diabetes", "smoked"],
    "fear-of-movement": "sometimes",
    "stress": "often",
    "support-at-home": "sometimes",
    "claim": None,
    "cause-looked-for": True,
    "cause-told": "Scar around the nerve, perhaps a worn joint above the fusion",
    "tests-done": ["x-ray", "mri"],
    "test-when-where@x-ray": "City Hospital, 2024",
    "test-when-where@mri": "City Hospital, 2025",
    "mri-contrast": NOT_SURE,
    "tests-images": ["at-hospital", "at-home"],
    "treatments-tried": ["physiotherapy", "everyday-pain-medicines", "opioids", "injections"],
    "treatment-helped@physiotherapy": 3,
    "treatment-stopped@physiotherapy": "planned-end",
    "treatment-when@physiotherapy": "2022, 12 weeks",
    "treatment-helped@everyday-pain-medicines": 2,
    "treatment-stopped@everyday-pain-medicines": "not-stopped",
    "treatment-when@everyday-pain-medicines": "Since 2020",
    "treatment-helped@opioids": 0,
    "treatment-stopped@opioids": "made-it-worse",
    "treatment-when@opioids": None,
    "treatment-helped@injections": NOT_SURE,
    "treatment-stopped@injections": "did-not-help",
    "treatment-when@injections": "2023, twice",
    "injection-levels": "L5 on the left",
    "takes-medicines": "list-now",
    "medicine-name": "Paracetamol",
    "medicine-dose": "1 g 4 times a day",
    "medicine-helps": "a-little",
    "medicine-side-effects": None,
    "blood-thinners": ["none"],
    "allergies": ["antibiotics"],
    "main-concern": "My left leg gives me no rest, by day or by night",
    "goal": ["Walk to the shop and back", "Sleep through the night"],
    "success": "To sit through a meal with my family",
    "own-questions": "Is the screw at the bottom loose? Could it be the joint above?",
    "rmdq-wanted": "not-now",
    "phq-4-wanted": "not-now",
    "deciding-wanted": "not-now",
}

EARLIER_OPERATION: dict[str, Any] = {
    "operation-kind": ["discectomy"],
    "operation-condition": ["disc-herniation"],
    "operation-date": "2015",
    "operation-levels": NOT_SURE,
    "operation-side": "left",
    "operation-complications": ["none"],
    "operation-effect": "better-for-a-time",
    "operation-hospital": None,
}

RMDQ: dict[str, Any] = {
    "rmdq-wanted": "yes",
    "rmdq-statements": ["statement-3", "statement-17", "statement-18"],
}
# Three points in the second half: the page of help comes after it.
PHQ_4: dict[str, Any] = {
    "phq-4-wanted": "yes",
    "phq-4-nervous": "several-days",
    "phq-4-worry": "not-at-all",
    "phq-4-interest": "several-days",
    "phq-4-down": "more-than-half",
}

# Leans to what was to be avoided, and finds something unclear.
DECIDING: dict[str, Any] = {
    "deciding-wanted": "yes",
    "decide-by": "within-6-months",
    "decide-stage": "thinking",
    "decide-role": "share",
    **{
        item.link_id: "quite-a-lot"
        for item in QUESTIONNAIRE.placements["deciding"].item.item
        if item.link_id.startswith("matters-") and not item.repeats
    },
    "matters-most": ["avoid-operation", "no-device"],
    "leaning": "spinal-cord-stimulation",
    "sure-at-ease": False,
    "sure-gains-and-harms": True,
    "sure-clear-what-counts": True,
    "sure-support": True,
    "check-wanted": "yes",
    "check-studies": "others",
    "check-injections": "agree",
    "check-repair": NOT_SURE,
    "check-fake": "no-gain",
    "check-worse": "can-be",
    "check-count": None,
}

HELPER: dict[str, Any] = {**PATIENT, "author": "helper", "relationship": "child"}


def by_name(answers: dict[str, Any]) -> dict[str, Any]:
    """Give answers as the keyword arguments of `Questions.walk`."""
    return {link_id.replace("-", "_"): value for link_id, value in answers.items()}
