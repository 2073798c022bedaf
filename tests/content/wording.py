"""Words and forms of numbers that patients must not meet, for the tests of all pages."""

import re

# Promises, rankings, diagnoses and all-clears (clinical-dossier 8.2).
NEVER_SAY = (
    r"recommended for you",
    r"best (option|treatment|choice)",
    r"\bcures?\b",
    r"\bworks\b",
    r"success rate",
    r"\bsuccessful",
    r"your cause is",
    r"you (may|might|could|probably) have (cauda|an infection|cancer|a fracture)",
    r"failed (patient|surgery\b(?! syndrome))",
    r"\bit is psychological",
    r"nothing can be done",
    r"\blow risk\b",
    r"you are (fine|safe|depressed)",
    r"\babnormal\b",
)
# Words that tilt the scales, and chances without a number (experience-standards NI-E5, HL-06).
LOADED = (
    r"\bsimple\b",
    r"\bpowerful\b",
    r"\blast resort\b",
    r"\bgold standard\b",
    r"\bgood chance\b",
    r"\bgreat(ly)?\b(?! deal)",
    r"\bbreakthrough\b",
    r"\bsafe and effective\b",
    r"\bminor (surgery|procedure|operation)\b",
)
# Forms of numbers that are hard to compare (experience-standards 0 and 1.4).
NUMBER_FORMS = (
    r"%",
    r"\bper ?cent",
    r"\b(1|one) in (\d|ten\b|two\b|three\b|four\b|five\b)",
    r"\bout of every\b",
    r"\b\d{4,}\b people",
    r"\b\d+ in 100\b",
)


def found(patterns: tuple[str, ...], text: str) -> list[str]:
    return [
        match.group()
        for pattern in patterns
        for match in re.finditer(pattern, text, flags=re.IGNORECASE)
    ]
