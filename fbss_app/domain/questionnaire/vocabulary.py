"""The words of FHIR R4, and of this app, that a definition chooses from."""

from enum import StrEnum


class ItemType(StrEnum):
    """FHIR R4 `item-type`, as far as this app can ask it."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    STRING = "string"
    TEXT = "text"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"


class ItemControl(StrEnum):
    """How a question looks; never what it means."""

    RADIO = "radio"
    CHECK_BOX = "check-box"
    BODY_MAP = "body-map"
    NRS = "nrs"
    TEXT_BOX = "text-box"
    TEXT_AREA = "text-area"
    DATE = "date"


class EnableBehavior(StrEnum):
    """Whether all rules must hold, or any one of them."""

    ALL = "all"
    ANY = "any"


class AppRole(StrEnum):
    """A question whose answer the app itself uses."""

    DEVICE_OWNER = "device-owner"
    AUTHOR = "author"
    RELATIONSHIP = "relationship"
    COUNTRY = "country"


class Status(StrEnum):
    """FHIR R4 `publication-status`."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Urgency(StrEnum):
    """How soon someone must be seen; declared from the most urgent to the least."""

    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    SOON = "soon"


class Service(StrEnum):
    """Whom to turn to; the country decides on the name and the number."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SURGICAL_TEAM = "surgical-team"
    CRISIS = "crisis"
