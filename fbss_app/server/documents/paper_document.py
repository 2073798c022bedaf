"""A whole questionnaire on paper, blank, for people without the app: made from its definition.

The warning signs stand on the first page with the numbers to call, as paper cannot interrupt.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from fbss_app.content.body_map import body_map_svg
from fbss_app.content.countries import Country, HelpService
from fbss_app.content.loader import load_content
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    AppRole,
    Item,
    ItemType,
    Placement,
    Questionnaire,
    RedFlag,
    Service,
    Urgency,
)
from fbss_app.domain.questionnaire.scoring import questions_behind
from fbss_app.server.documents.paper_fields import cell, field, hint, narrow, sentences
from fbss_app.server.documents.skip_words import SkipWords
from fbss_app.server.documents.summary_document import APP_NAME
from fbss_app.server.documents.typesetting import Template, typeset

Data = dict[str, object]

REPETITIONS = 3
BLANK_ROWS = 6
# A table holds so many questions beside each other, and lists so many options under each other.
MOST_COLUMNS = 5
MOST_ROWS = 16
# What only the app needs to know.
_NOT_ON_PAPER = frozenset({AppRole.DEVICE_OWNER, AppRole.COUNTRY})
_HEADINGS = {
    Urgency.EMERGENCY: "Get emergency help now if you have any of these",
    Urgency.SAME_DAY: "Get medical advice today if you have any of these",
    Urgency.SOON: "Contact your surgical team within 1 to 3 days if you have any of these",
}
_CRISIS = "Talk to someone now if you are thinking of ending your life or harming yourself"
_NOT_SURE_FLAG = "not-sure"


def paper_document(questionnaire: Questionnaire, country: Country) -> bytes:
    """Make the PDF; the same definition and country give the same bytes.

    Raises:
        TypesettingError: It went wrong.
    """
    year, month, day = (*map(int, questionnaire.date.split("-")), 1, 1)[:3]
    made_at = datetime(year, month, day, tzinfo=UTC)
    drawing = {"body_map": body_map_svg(())}
    return typeset(Template.PAPER, paper_data(questionnaire, country), made_at, drawing)


def paper_data(questionnaire: Questionnaire, country: Country) -> Data:
    """Say what stands on the paper, in order."""
    paper = _Paper(questionnaire, country)
    version = f"{questionnaire.title}, version {questionnaire.version}"
    messages = load_content().messages
    return {
        "language": questionnaire.language,
        "author": APP_NAME,
        "title": questionnaire.title,
        "description": f"{questionnaire.description} Paper version, to fill in by hand.",
        "foot": f"{APP_NAME}. {version}. No clinician has checked this yet.",
        "version": f"Paper version of “{version}”",
        "cards": list(_cards(questionnaire, country)),
        "country": f"These numbers are for {_in_sentence(country.name)}. "
        "In another country, call the number there.",
        "relay": _relay(country),
        "not_all_clear": messages.not_all_clear,
        "identity": ["Name", "Date of birth", "Hospital number", "Date today"],
        "how_to": [
            "Use a pen. Take your time: you can stop and go on later.",
            "A box means: put a cross in it. A line means: write on it.",
            "If you do not know an answer, leave it out or choose “Not sure”.",
            "“Only if” before a question tells you when you can leave it out.",
            "Someone may write for you. Then write on the last page who it was.",
        ],
        "sections": [
            section for item in questionnaire.item if (section := paper.section(item)) is not None
        ],
        "helper": "Who filled this in, if it was not the person with the pain",
        "must_say": list(messages.must_always_be_said),
        "credits": _credits(questionnaire),
    }


def _credits(questionnaire: Questionnaire) -> list[str]:
    lines = [each.credit for each in questionnaire.instrument if each.credit]
    return [*dict.fromkeys(lines), *([questionnaire.copyright] if questionnaire.copyright else [])]


def _in_sentence(country: str) -> str:
    return f"the {country}" if country.startswith("United") else country


def _cards(questionnaire: Questionnaire, country: Country) -> Iterator[Data]:
    """Give the warning signs by urgency, and the crisis line apart from them."""
    flags = [flag for flag in questionnaire.red_flag if not flag.id.startswith(_NOT_SURE_FLAG)]
    crisis = [flag for flag in flags if flag.service is Service.CRISIS]
    for urgency in Urgency:
        same = [flag for flag in flags if flag.urgency is urgency and flag not in crisis]
        if same or urgency is Urgency.EMERGENCY:
            yield _card(urgency, _HEADINGS[urgency], same, country)
        if urgency is Urgency.EMERGENCY:
            yield {
                **_card(urgency, _CRISIS, crisis[:1], country),
                "signs": [],
                "calls": _calls(country, Service.CRISIS),
            }


def _card(urgency: Urgency, heading: str, flags: Sequence[RedFlag], country: Country) -> Data:
    service = Service.EMERGENCY if urgency is Urgency.EMERGENCY else Service.SURGICAL_TEAM
    calls = [] if urgency is Urgency.SOON else _calls(country, service)
    return {
        "urgency": urgency.value,
        "heading": heading,
        "signs": [flag.heading for flag in flags],
        "action": flags[0].action if flags else "",
        "calls": calls,
        "advice": (country.urgent.advice or "") if urgency is Urgency.SAME_DAY else "",
    }


def _calls(country: Country, service: Service) -> list[str]:
    """Give whom to call. Nobody is left without a number."""
    urgent = [_with_number(country.urgent)]
    emergency = [_with_number(HelpService(**country.emergency.model_dump()))]
    match service:
        case Service.EMERGENCY:
            return emergency
        case Service.CRISIS:
            return [*([_with_number(country.crisis)] if country.crisis else []), *emergency]
        case Service.URGENT | Service.SURGICAL_TEAM:
            return urgent if country.urgent.number else [*urgent, *emergency]


def _with_number(service: HelpService) -> str:
    """Write the number out unless the label already has it."""
    digits = "".join(filter(str.isdigit, service.label))
    if service.number is None or service.number.lstrip("+") in digits:
        return service.label
    return f"{service.label}: {service.number}"


def _relay(country: Country) -> str:
    advice = f". {country.text_relay.advice}" if country.text_relay.advice else ""
    return f"If you cannot hear or speak on the phone: {_with_number(country.text_relay)}{advice}"


class _Paper:
    """Writes the questions of one questionnaire, each with its number."""

    def __init__(self, questionnaire: Questionnaire, country: Country) -> None:
        self._questionnaire = questionnaire
        self._country = country
        asked = (each for each in questionnaire.placements.values() if _is_asked(each))
        self._numbers = {each.item.link_id: number for number, each in enumerate(asked, start=1)}
        self._skip = SkipWords(questionnaire, self._numbers)
        self._urgent = {
            link_id
            for flag in questionnaire.red_flag
            for link_id in questions_behind(questionnaire, flag.when)
        }
        self._credits = {each.name: each for each in questionnaire.instrument}

    def section(self, item: Item) -> Data | None:
        """Write one section; None when nothing of it is asked on paper."""
        nodes = self._node(item, "") if item.repeats else self._nodes(item.item, "")
        if not nodes:
            return None
        return {"title": item.text, **self._about_group(item), "nodes": nodes}

    def _about_group(self, item: Item) -> Data:
        instrument = self._credits.get(item.instrument or "")
        return {
            "only_if": self._skip.instruction(item),
            "hint": sentences(item.hint, item.detail),
            "credit": (instrument.credit or "") if instrument else "",
        }

    def _nodes(self, items: Iterable[Item], repetition: str) -> list[Data]:
        return [node for item in items for node in self._node(item, repetition)]

    def _node(self, item: Item, repetition: str) -> list[Data]:
        if item.type is ItemType.DISPLAY:
            return [self._text(item, repetition)]
        if item.type is not ItemType.GROUP:
            asked = item.link_id in self._numbers
            return [self._question(item, repetition)] if asked else []
        if item.repeats_for:
            return [self._for_each_option(item)]
        if item.repeats:
            return [self._repetitions(item)]
        nodes = self._nodes(item.item, repetition)
        title = _worded(item.text, repetition)
        return [_group(title, nodes) | self._about_group(item)] if nodes else []

    def _text(self, item: Item, repetition: str) -> Data:
        return {
            "kind": "text",
            "only_if": self._skip.instruction(item),
            "paragraphs": [_worded(text, repetition) for text in (item.text, item.detail) if text],
            "calls": _calls(self._country, item.service) if item.service else [],
        }

    def _question(self, item: Item, repetition: str) -> Data:
        urgent = item.link_id in self._urgent and (
            item.type in CHOICES or item.type is ItemType.BOOLEAN
        )
        source = self._numbers.get(item.options_from or "")
        return {
            "kind": "question",
            "number": self._numbers[item.link_id],
            "text": _worded(item.text, repetition),
            "hint": _worded(hint(item), repetition),
            "detail": _worded(item.detail or "", repetition),
            "only_if": self._skip.instruction(item),
            "urgent": urgent,
            "field": field(item)
            if source is None
            else {
                **field(item.model_copy(update={"options_from": None})),
                "from": f"Write one of those you chose in question {source}",
            },
        }

    def _repetitions(self, item: Item) -> Data:
        """Ask once, and leave room for some repetitions side by side, or else below each other."""
        titles = [f"{item.label} {number}" for number in range(1, REPETITIONS + 1)]
        group = {
            **_group("" if item in self._questionnaire.item else item.text, []),
            **self._about_group(item),
            "more": f"If there were more than {REPETITIONS}, "
            "go on in the same way on another sheet.",
        }
        if all(each.type is not ItemType.GROUP for each in item.item):
            nodes = [
                node | ({"field": narrow(each)} if node["kind"] == "question" else {})
                for each in item.item
                for node in self._node(each, "this one")
            ]
            return {**group, "kind": "columns", "titles": titles, "nodes": nodes}
        blocks = [_group(title, self._nodes(item.item, title)) for title in titles]
        return {**group, "nodes": blocks}

    def _for_each_option(self, item: Item) -> Data:
        """Make a table with a row for each option, or blank rows where there are too many."""
        source = self._questionnaire.placements[item.repeats_for or ""].item
        number = self._numbers[source.link_id]
        columns = [
            {"number": self._numbers[each.link_id], "title": _column_title(each), **cell(each)}
            for each in item.item
            if each.link_id in self._numbers
        ]
        rows = [option.title for option in source.answer_option if not option.exclusive]
        if source.type is ItemType.OPEN_CHOICE:
            rows.append("Something else")
        is_blank = len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS
        told = f"Fill in a row for each one you ticked in question {number}."
        return {
            "kind": "table",
            "title": item.text,
            **self._about_group(item),
            "told": told,
            "row_title": f"From question {number}",
            "columns": columns,
            "rows": [""] * BLANK_ROWS if is_blank else rows,
            "more": "Go on in the same way on another sheet if you need to." if is_blank else "",
        }


def _is_asked(placement: Placement) -> bool:
    item = placement.item
    if item.type in (ItemType.GROUP, ItemType.DISPLAY):
        return False
    return item.app_role not in _NOT_ON_PAPER


def _group(title: str, nodes: Sequence[Data]) -> Data:
    return {
        "kind": "group",
        "title": title,
        "only_if": "",
        "hint": "",
        "credit": "",
        "more": "",
        "nodes": list(nodes),
    }


def _worded(text: str, repetition: str) -> str:
    return text.replace("{repetition}", repetition) if repetition else text


def _column_title(item: Item) -> str:
    """Write a question as the head of a column, without the name of the row in it."""
    text = item.label.replace("{repetition}: ", "").replace("{repetition}", "it").strip()
    return text[:1].upper() + text[1:]
