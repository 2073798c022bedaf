"""What a definition says about the one-page summary."""

from enum import StrEnum

from fbss_app.domain.questionnaire.base import Definition, Kebab, Name, Words


class Picture(StrEnum):
    """A drawing that a summary block can show beside its lines."""

    BODY_MAP = "body-map"
    TIMELINE = "timeline"


class PainAt(StrEnum):
    """To which time a number of pain belongs; before and best are those of the last operation."""

    BEFORE = "before"
    BEST = "best"
    NOW = "now"


class PainPlace(StrEnum):
    """Where the pain is that a number tells of."""

    BACK = "back"
    LEG = "leg"


class PainPoint(Definition):
    """A number of pain on the timeline."""

    item: Kebab
    at: PainAt
    place: PainPlace


class SummaryBlock(Definition):
    """A part of the one-page summary; one that is `folded` opens on request on a phone.

    `places`, `kinds` and `worst` name the questions that a body map draws; `date`, `label` and
    `pain` those of a timeline.
    """

    title: Words
    starred: bool = False
    folded: bool = False
    item: tuple[Kebab, ...] = ()
    score: tuple[Name, ...] = ()
    table: bool = False
    picture: Picture | None = None
    places: Kebab | None = None
    kinds: Kebab | None = None
    worst: Kebab | None = None
    date: Kebab | None = None
    label: Kebab | None = None
    pain: tuple[PainPoint, ...] = ()
