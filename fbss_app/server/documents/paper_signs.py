"""The warning signs on paper: what to do and whom to call, as paper cannot interrupt."""

from collections.abc import Iterator, Sequence

from fbss_app.content.countries import Country, HelpService
from fbss_app.domain.questionnaire.answers import AnswerValue
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    Item,
    ItemType,
    Questionnaire,
    RedFlag,
    Service,
    Urgency,
)
from fbss_app.domain.questionnaire.scoring import questions_behind
from fbss_app.domain.safety.red_flag import most_urgent, raised_red_flags

Data = dict[str, object]

_HEADINGS = {
    Urgency.EMERGENCY: "Get emergency help NOW if you have any of these",
    Urgency.SAME_DAY: "Get medical advice TODAY if you have any of these",
    Urgency.SOON: "Contact your surgical team within 1 TO 3 DAYS if you have any of these",
}
# What stands beside a box to tick.
_TAGS = {Urgency.EMERGENCY: "Now", Urgency.SAME_DAY: "Today", Urgency.SOON: "1 to 3 days"}
_CRISIS = "Talk to someone NOW if you are thinking of ending your life or harming yourself"
_NOT_SURE_FLAG = "not-sure"


def cards(questionnaire: Questionnaire, country: Country) -> Iterator[Data]:
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
                "calls": calls(country, Service.CRISIS),
            }


def _card(urgency: Urgency, heading: str, flags: Sequence[RedFlag], country: Country) -> Data:
    service = Service.EMERGENCY if urgency is Urgency.EMERGENCY else Service.SURGICAL_TEAM
    return {
        "urgency": urgency.value,
        "heading": heading,
        "signs": [flag.heading for flag in flags],
        "action": flags[0].action if flags else "",
        "calls": [] if urgency is Urgency.SOON else calls(country, service),
        "advice": (country.urgent.advice or "") if urgency is Urgency.SAME_DAY else "",
    }


def calls(country: Country, service: Service) -> list[str]:
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


def relay(country: Country) -> str:
    """Say what those do who cannot hear or speak on the phone."""
    advice = f". {country.text_relay.advice}" if country.text_relay.advice else ""
    return f"If you cannot hear or speak on the phone: {_with_number(country.text_relay)}{advice}"


def _with_number(service: HelpService) -> str:
    """Write the number out unless the label already has it."""
    digits = "".join(filter(str.isdigit, service.label))
    if service.number is None or service.number.lstrip("+") in digits:
        return service.label
    return f"{service.label}: {service.number}"


class UrgencyTags:
    """Says of each option how soon to get help after ticking it, by the rules of the red flags."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._asked = {
            link_id
            for flag in questionnaire.red_flag
            for link_id in questions_behind(questionnaire, flag.when)
        }

    def of(self, item: Item) -> dict[str, Data]:
        """Give the urgency of each option that raises a red flag by itself, by its code."""
        if item.link_id not in self._asked:
            return {}
        if item.type is ItemType.BOOLEAN:
            return self._tags(item, {"yes": True, "no": False})
        if item.type not in CHOICES:
            return {}
        codes = [option.code for option in item.answer_option]
        return self._tags(item, {code: [code] if item.repeats else code for code in codes})

    def _tags(self, item: Item, answers: dict[str, AnswerValue]) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for code, answer in answers.items():
            evaluation = Evaluation(self._questionnaire, {item.link_id: answer})
            flag = most_urgent(raised_red_flags(self._questionnaire, evaluation))
            if flag:
                found[code] = {"urgency": flag.urgency.value, "words": _TAGS[flag.urgency]}
        return found
