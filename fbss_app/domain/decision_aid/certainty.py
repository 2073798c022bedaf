"""How sure the evidence is, in the steps that GRADE uses."""

from enum import StrEnum


class Certainty(StrEnum):
    """How sure the evidence is; `mixed` where it differs within a page or experts disagree."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    MIXED = "mixed"
