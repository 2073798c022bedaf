"""Hypothesis strategies: random valid questionnaires, and random answers to one.

The pools of values are small on purpose, so that conditions come true about as often as not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from hypothesis import strategies as st

from fbss_app.domain.questionnaire.answers import AnswerEvent, Perspective, answer_key, fold
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire
from tests.scenario import answer_event, uuid4_number

DATES = ["2018", "2019", "2019-03", "2019-04", "2019-03-07", "2020-02-29"]
WORDS = ["back", "leg", "not-sure", "other"]
NUMBERS = [0, 1, 2, 5, 10]
DECIMALS = [0, 0.1, 0.2, 0.5, 2.5, 10]
REPETITIONS = ["1", "r1", "r2"]
AUTHORS = [uuid4_number(10**9), uuid4_number(10**9 + 1)]
LEAF_TYPES = [
    "boolean",
    "integer",
    "decimal",
    "date",
    "string",
    "text",
    "choice",
    "open-choice",
]
EQUALITY = ["exists", "=", "!="]
OPERATORS = [*EQUALITY, ">", "<", ">=", "<="]


@dataclass
class _Draft:
    """What has been written so far; a rule may use anything that is already here."""

    draw: Any
    leaves: list[dict[str, Any]] = field(default_factory=list)
    condition: dict[str, Any] = field(default_factory=dict)
    score: list[dict[str, Any]] = field(default_factory=list)
    around: tuple[str, ...] = ()
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ids: int = 0

    def pick(self, options: list[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def chance(self) -> bool:
        return self.draw(st.booleans())

    def sources(self) -> list[dict[str, Any]]:
        """List the choice questions that an item written here may follow."""
        return [
            leaf
            for leaf in self.leaves
            if leaf["type"] in ("choice", "open-choice")
            and any("exclusive" not in option for option in _offered(self, leaf))
            and self.places[leaf["link_id"]] == self.around[: len(self.places[leaf["link_id"]])]
        ]

    def new_id(self, prefix: str) -> str:
        self.ids += 1
        return f"{prefix}-{self.ids}"


@st.composite
def questionnaires(draw: Any) -> Questionnaire:
    """Build a definition that passes every check, with nesting, repetition and all operators."""
    draft = _Draft(draw)
    sections = [_group(draft, depth=0) for _ in range(draw(st.integers(1, 3)))]
    if draft.chance():
        sections[0]["item"].insert(0, _author(draft))
    for _ in range(draw(st.integers(0, 2))):
        _name_condition(draft)
    for _ in range(draw(st.integers(0, 2))):
        _name_score(draft)
    urgencies = draw(st.lists(st.sampled_from(["emergency", "same-day", "soon"]), max_size=3))
    return Questionnaire.model_validate(
        {
            "name": "random",
            "url": "https://clinic.example/questionnaire/random",
            "version": "1",
            "status": "draft",
            "title": "Random",
            "description": "Made up.",
            "date": "2026-01-31",
            "item": sections,
            "condition": draft.condition,
            "score": draft.score,
            "red_flag": [
                {
                    "id": f"R{number}",
                    "urgency": urgency,
                    "when": _boolean(draft, depth=2),
                    "heading": "Something was said",
                    "action": "Call someone.",
                    "service": "urgent",
                }
                for number, urgency in enumerate(urgencies)
            ],
            "interruption": [
                {
                    "id": f"odd-{number}",
                    "question": draft.pick(draft.leaves)["link_id"],
                    "when": _boolean(draft, depth=2),
                    "heading": "Is that right?",
                    "text": "It is unusual.",
                }
                for number in range(draw(st.integers(0, 2)))
            ],
            "question_to_ask": [
                {
                    "id": "Q1",
                    "text": "Why?",
                    "when": _boolean(draft, depth=1),
                    "because": "Because.",
                },
                {"id": "Q2", "text": "When?"},
                {"id": "Q3", "text": "Where?", "when": _boolean(draft, depth=1)},
            ],
            "questions_printed": draw(st.integers(2, 3)),
            "summary": [
                {
                    "title": "All of it",
                    "starred": draft.chance(),
                    "folded": draft.chance(),
                    "item": [section["link_id"] for section in sections],
                    "score": [score["name"] for score in draft.score],
                    **_picture(draft),
                },
                *_tables(sections),
            ],
            "stage": _stages(draft, sections),
        }
    )


def _author(draft: _Draft) -> dict[str, Any]:
    """Ask who is answering; nothing depends on it, so it may stand before everything."""
    return {
        "link_id": draft.new_id("author"),
        "type": "choice",
        "text": "Who is answering?",
        "why": "It helps.",
        "app_role": "author",
        "answer_option": [
            {"code": f"as-{view}", "display": view, "perspective": view} for view in Perspective
        ],
    }


def _stages(draft: _Draft, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if draft.chance():
        return []
    return [
        {"title": "Your story", "section": [section["link_id"] for section in sections]},
        {"title": "To read", "page": {"text": "The options", "address": "/options"}},
    ]


def _tables(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Show the outermost repeating groups once more, as tables."""
    found: list[str] = []
    todo = list(items)
    while todo:
        item = todo.pop(0)
        if item["type"] == "group" and item.get("repeats"):
            found.append(item["link_id"])
        else:
            todo += item.get("item", [])
    return [{"title": "Tables", "item": found, "table": True}] if found else []


def _picture(draft: _Draft) -> dict[str, Any]:
    """Draw a timeline where there is a date, else a body map where several can be chosen."""

    def of(*kinds: str, repeats: bool) -> list[str]:
        return [
            leaf["link_id"]
            for leaf in draft.leaves
            if leaf["type"] in kinds and leaf.get("repeats", False) is repeats
        ]

    choices = of("choice", repeats=False)
    if dates := of("date", repeats=False):
        label = {"label": draft.pick(choices)} if choices else {}
        points = [
            {"item": link_id, "at": at, "place": place}
            for at in ("before", "best", "now")
            for place, link_id in zip(("back", "leg"), of("integer", repeats=False), strict=False)
        ]
        return {"picture": "timeline", "date": draft.pick(dates), "pain": points, **label}
    if places := of("choice", repeats=True):
        worst = {"worst": draft.pick(choices)} if choices else {}
        return {"picture": "body-map", "places": draft.pick(places), **worst}
    return {}


def _group(draft: _Draft, depth: int) -> dict[str, Any]:
    made: dict[str, Any] = {"link_id": draft.new_id("group"), "type": "group", "text": "Group"}
    _add_rules(draft, made)
    around = draft.around
    if depth and draft.chance():
        made["repeats"] = True
        made["required"] = draft.chance()
        if draft.sources() and draft.chance():
            made["repeats_for"] = draft.pick(draft.sources())["link_id"]
        draft.around = (*around, made["link_id"])
    items = [] if draft.leaves else [_leaf(draft)]
    for _ in range(draft.draw(st.integers(1, 3))):
        if depth < 3 and draft.draw(st.integers(0, 3)) == 0:
            items.append(_group(draft, depth + 1))
        elif draft.draw(st.integers(0, 7)) == 0:
            items.append(_display(draft))
        else:
            items.append(_leaf(draft))
    made["item"] = items
    draft.around = around
    return made


def _display(draft: _Draft) -> dict[str, Any]:
    made = {"link_id": draft.new_id("display"), "type": "display", "text": "Read this"}
    if draft.chance():
        made["link"] = {"text": "More", "address": "/options/what-matters"}
    _add_rules(draft, made)
    return made


def _leaf(draft: _Draft) -> dict[str, Any]:
    kind = draft.pick(LEAF_TYPES)
    made: dict[str, Any] = {
        "link_id": draft.new_id("question"),
        "type": kind,
        "text": "A question?",
        "why": "It helps.",
        "required": draft.chance(),
    }
    _add_rules(draft, made)
    if draft.draw(st.integers(0, 2)) == 0:
        made["not_sure"] = "Not sure"
    if kind != "boolean" and draft.draw(st.integers(0, 2)) == 0:
        made["repeats"] = True
    if kind in ("integer", "decimal") and draft.chance():
        made |= {"min_value": 0, "max_value": 10, "unit": {"display": "months", "code": "mo"}}
    if kind == "decimal" and draft.chance():
        made["max_decimal_places"] = 1
    if kind == "date" and draft.chance():
        made["max_value"] = "today"
    if draft.draw(st.integers(0, 2)) == 0:
        made["unobservable"] = True
    if draft.draw(st.integers(0, 2)) == 0:
        made["sensitive"] = True
    if draft.around and draft.chance():
        made["short_text"] = "{repetition}: a question"
    if "not_sure" in made and draft.chance():
        made["absent_reason"] = "asked-declined"
    if kind == "choice" and draft.sources() and draft.chance():
        made["options_from"] = draft.pick(draft.sources())["link_id"]
        if draft.chance():
            made["answer_option"] = [{"code": f"own-{draft.ids}", "display": "Another"}]
    elif kind in ("choice", "open-choice"):
        made["answer_option"] = _options(draft, repeats="repeats" in made)
    draft.places[made["link_id"]] = draft.around
    draft.leaves.append(made)
    return made


def _options(draft: _Draft, *, repeats: bool) -> list[dict[str, Any]]:
    codes = ["a", "b", "c"][: draft.draw(st.integers(1, 3))]
    options: list[dict[str, Any]] = [{"code": code, "display": code.upper()} for code in codes]
    if draft.chance():
        options[0] |= {"short_display": "First", "group": "Some"}
    if draft.chance():
        for option in options:
            option["ordinal_value"] = draft.pick(DECIMALS)
    if repeats and draft.chance():
        options[-1]["exclusive"] = True
    return options


def _add_rules(draft: _Draft, item: dict[str, Any]) -> None:
    if not draft.leaves or draft.chance():
        return
    rules = [_rule(draft) for _ in range(draft.draw(st.integers(1, 2)))]
    item["enable_when"] = rules
    if len(rules) > 1:
        item["enable_behavior"] = draft.pick(["all", "any"])


def _rule(draft: _Draft) -> dict[str, Any]:
    if draft.draw(st.integers(0, 2)):
        return _comparison(draft)
    return {"condition": _name_condition(draft)}


def _name_condition(draft: _Draft) -> str:
    name = draft.new_id("condition")
    draft.condition[name] = _boolean(draft, depth=2)
    return name


def _name_score(draft: _Draft) -> str:
    name = draft.new_id("score")
    value = _number(draft, depth=1)
    draft.score.append({"name": name, "title": "Score", "value": value, "decimals": 1})
    return name


def _comparison(draft: _Draft) -> dict[str, Any]:
    leaf = draft.pick(draft.leaves)
    kind = leaf["type"]
    operator = draft.pick(OPERATORS if kind in ("integer", "decimal", "date") else EQUALITY)
    return {
        "question": leaf["link_id"],
        "operator": operator,
        "answer": _operand(draft, leaf, operator),
    }


def _operand(draft: _Draft, leaf: dict[str, Any], operator: str) -> Any:
    kind = leaf["type"]
    if operator == "exists":
        return draft.chance()
    may_be_unsure = "not_sure" in leaf and "absent_reason" not in leaf
    if operator in ("=", "!=") and may_be_unsure and draft.chance():
        return "not-sure"
    if kind in ("choice", "open-choice"):
        return draft.pick([option["code"] for option in _offered(draft, leaf)])
    return draft.pick(
        {
            "boolean": [True, False],
            "integer": NUMBERS,
            "decimal": DECIMALS,
            "date": DATES,
            "string": WORDS,
            "text": WORDS,
        }[kind]
    )


def _boolean(draft: _Draft, depth: int) -> dict[str, Any]:
    kinds = ["compare-answer"]
    if depth:
        kinds += ["all", "any", "not", "compare"]
    if draft.condition:
        kinds.append("condition")
    kind = draft.pick(kinds)
    if kind == "compare-answer":
        return _comparison(draft)
    if kind == "condition":
        return {"condition": draft.pick(list(draft.condition))}
    if kind == "not":
        return {"not": _boolean(draft, depth - 1)}
    if kind == "compare":
        return {
            "compare": _number(draft, depth - 1),
            "operator": draft.pick(OPERATORS[1:]),
            "than": draft.pick(DECIMALS) if draft.chance() else _number(draft, depth - 1),
        }
    return {kind: [_boolean(draft, depth - 1) for _ in range(draft.draw(st.integers(1, 2)))]}


def _number(draft: _Draft, depth: int) -> dict[str, Any]:
    numeric = [leaf["link_id"] for leaf in draft.leaves if _has_numbers(draft, leaf)]
    dates = [leaf["link_id"] for leaf in draft.leaves if leaf["type"] == "date"]
    kinds = ["count_answers"]
    if depth:
        kinds.append("count")
    if numeric:
        kinds += ["sum", "mean"]
    if dates:
        kinds.append("years_since")
    if draft.score:
        kinds.append("score")
    kind = draft.pick(kinds)
    if kind == "count_answers":
        return {kind: draft.pick([leaf["link_id"] for leaf in draft.leaves])}
    if kind == "years_since":
        return {kind: draft.pick(dates)}
    if kind == "count":
        return {kind: [_boolean(draft, depth - 1) for _ in range(draft.draw(st.integers(1, 3)))]}
    if kind == "score":
        return {kind: draft.pick([score["name"] for score in draft.score])}
    chosen = draft.draw(st.lists(st.sampled_from(numeric), min_size=1, max_size=3, unique=True))
    made: dict[str, Any] = {kind: chosen}
    if draft.chance():
        made["at_least"] = draft.draw(st.integers(1, len(chosen)))
    return made


def _offered(draft: _Draft, leaf: dict[str, Any]) -> list[dict[str, Any]]:
    """List every option that a choice may offer, own words included."""
    own = leaf.get("answer_option", [])
    if leaf["type"] == "open-choice":
        own = [*own, {"code": "other"}]
    if "options_from" not in leaf:
        return own
    source = next(each for each in draft.leaves if each["link_id"] == leaf["options_from"])
    inherited = [option for option in _offered(draft, source) if "exclusive" not in option]
    return [*inherited, *own]


def _has_numbers(draft: _Draft, leaf: dict[str, Any]) -> bool:
    if leaf["type"] in ("choice", "open-choice"):
        options = [option for option in _offered(draft, leaf) if option["code"] != "other"]
        is_open = "options_from" in leaf and len(options) < len(_offered(draft, leaf))
        return not is_open and all("ordinal_value" in option for option in options)
    return leaf["type"] in ("integer", "decimal")


def values(item: Item) -> st.SearchStrategy[Any]:
    """Answer one question with something it accepts."""
    one = _single_values(item)
    answers: st.SearchStrategy[Any] = one
    if item.repeats:
        distinct = item.type in (ItemType.CHOICE, ItemType.OPEN_CHOICE)
        several = st.lists(one, min_size=1, max_size=3, unique_by=repr if distinct else None)
        exclusive = {option.code for option in item.answer_option if option.exclusive}
        answers = several.filter(
            lambda chosen: (
                len(chosen) == 1
                or not any(isinstance(each, str) and each in exclusive for each in chosen)
            )
        )
    reasons = [item.absent_reason.value] if item.not_sure else []
    reasons += ["masked"] if item.sensitive else []
    return answers | st.sampled_from([{"absent": one} for one in reasons]) if reasons else answers


def _single_values(item: Item) -> st.SearchStrategy[Any]:
    if item.type in (ItemType.CHOICE, ItemType.OPEN_CHOICE):
        codes = st.sampled_from([option.code for option in item.answer_option])
        if item.type is ItemType.CHOICE:
            return codes
        return codes | st.sampled_from(WORDS).map(lambda text: {"other": text})
    pools: dict[ItemType, list[Any]] = {
        ItemType.BOOLEAN: [True, False],
        ItemType.INTEGER: NUMBERS,
        ItemType.DECIMAL: DECIMALS,
        ItemType.DATE: DATES,
        ItemType.STRING: WORDS,
        ItemType.TEXT: WORDS,
    }
    return st.sampled_from(pools[item.type])


def answer_keys(questionnaire: Questionnaire, added: list[str]) -> Iterator[tuple[str, Item]]:
    """Yield every key that an answer may have, with the item it answers.

    Args:
        questionnaire: The definition.
        added: The ids of repetitions that a person may have added.
    """
    placements = questionnaire.placements
    for link_id, placement in placements.items():
        item = placement.item
        is_group = item.type is ItemType.GROUP
        if item.type is ItemType.DISPLAY or (is_group and (not item.repeats or item.repeats_for)):
            continue
        groups = [*placement.repeating, *([link_id] if is_group else [])]
        ids = [_repetition_ids(questionnaire, placements[group].item, added) for group in groups]
        for path in product(*ids):
            yield answer_key(link_id, path), item


def _repetition_ids(questionnaire: Questionnaire, group: Item, added: list[str]) -> list[str]:
    if group.repeats_for is None:
        return added
    source = questionnaire.placements[group.repeats_for].item
    other = ["other"] if source.type is ItemType.OPEN_CHOICE else []
    return [option.code for option in source.answer_option if not option.exclusive] + other


@st.composite
def answer_events(draw: Any, questionnaire: Questionnaire) -> list[AnswerEvent]:
    """Answer anything anywhere: disabled, removed, in repetitions that never were, and again."""
    keys = list(answer_keys(questionnaire, REPETITIONS))
    answered = [key for key in keys if draw(st.integers(0, 2))]
    chosen = answered + draw(st.lists(st.sampled_from(keys), max_size=4))
    events: list[AnswerEvent] = []
    for number, (key, item) in enumerate(chosen, start=1):
        given = st.just(True) if item.type is ItemType.GROUP else values(item)
        value = None if draw(st.integers(0, 6)) == 0 else draw(given)
        view, author = draw(st.sampled_from(Perspective)), draw(st.sampled_from(AUTHORS))
        events.append(answer_event(number, key, value, perspective=view, author_id=author))
    if events and draw(st.booleans()):
        events.append(_confirmation(draw, events))
    return events


def _confirmation(draw: Any, events: list[AnswerEvent]) -> AnswerEvent:
    """Confirm an answer; or claim to, of another answer or with another value."""
    confirmed = draw(st.sampled_from(events))
    again = confirmed if draw(st.integers(0, 3)) else draw(st.sampled_from(events))
    view = draw(st.sampled_from(Perspective))
    return answer_event(
        len(events) + 1, again.key, again.value, perspective=view, confirms=confirmed.id
    )


@dataclass(frozen=True)
class FilledIn:
    """A questionnaire with a history of answers."""

    questionnaire: Questionnaire
    events: list[AnswerEvent]

    @property
    def answers(self) -> dict[str, Any]:
        return fold(self.events)


@st.composite
def filled_in(draw: Any) -> FilledIn:
    """Build a questionnaire and answer it."""
    questionnaire = draw(questionnaires())
    return FilledIn(questionnaire, draw(answer_events(questionnaire)))
