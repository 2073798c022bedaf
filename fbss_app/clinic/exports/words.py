"""What the page of exports says: the filters, and why a file was not made."""

from __future__ import annotations

from fbss_app.clinic.inbox.presenter import CAME_WORDS, STATUS_WORDS, URGENCY_WORDS
from fbss_app.server.services.clinic.exports.exports import MOST_IN_A_BUNDLE

ALL = "all"
STATUSES = {ALL: "Every status", **{key: STATUS_WORDS[key] for key in STATUS_WORDS if key != ALL}}
URGENCIES = {
    ALL: "With and without",
    **{str(key): words for key, words in URGENCY_WORDS.items()},
    "none": "None",
}
WAYS = {ALL: "Invited or not", **CAME_WORDS}
_OTHERWISE = "The file was not made. Try again in a moment."
_WHY = {
    "export-too-large": f"A FHIR bundle holds at most {MOST_IN_A_BUNDLE} answer sets, and these "
    "are more. Choose one status or one urgency, or take the table.",
    "research-not-approved": "No administrator has approved this file, or it was too long ago.",
    "staff-not-allowed": "Your role does not include this file.",
    "too-many-calls": "Too many files were asked for in a short time. Wait a minute, then try "
    "again.",
}


def why_not(code: str) -> str:
    """Say why a file was not made; "" where nothing went wrong."""
    return _WHY.get(code, _OTHERWISE) if code else ""
