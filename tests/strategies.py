"""Hypothesis strategies: random valid questionnaires, and random answers to one.

The pools of values are small on purpose, so that conditions come true about as often as not.
"""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from hypothesis import strategies as st

from fbss_app.domain.questionnaire.answers import AnswerEvent, answer_key, fold
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire
from tests.scenario import NOT_SURE, answer_event

DATES = ["2018", "2019", "2019-03", "2019-04", "2019-03-07", "2020-02-29"]
WORDS = ["back", "leg", "not-sure", "other"]
NUMBERS = [0, 1, 2, 5, 10]
DECIMALS = [0, 0.1, 0.2, 0.5, 2.5, 10]
REPETITIONS = ["1", "r1", "r2"]
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
    ids: int = 0

    def pick(self, options: list[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def chance(self) -> bool:
        return self.draw(st.booleans())

    def new_id(self, prefix: str) -> str:
        self.ids += 1
        return f"{prefix}-{self.ids}"


@st.composite
def questionnaires(draw: Any) -> Questionnaire:
    """Build a definition that passes every check, with nesting, repetition and all operators."""
    draft = _Draft(draw)
    sections = [_group(draft, depth=0) for _ in range(draw(st.integers(1, 3)))]
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
            "question_to_ask": [
                {
                    "id": "Q1",
                    "text": "Why?",
                    "when": _boolean(draft, depth=1),
                    "because": "Because.",
                },
                {"id": "Q2", "text": "When?"},
            ],
            "summary": [
                {
                    "title": "All of it",
                    "starred": draft.chance(),
                    "item": [section["link_id"] for section in sections],
                    "score": [score["name"] for score in draft.score],
                }
            ],
        }
    )


def _group(draft: _Draft, depth: int) -> dict[str, Any]:
    made: dict[str, Any] = {"link_id": draft.new_id("group"), "type": "group", "text": "Group"}
    _add_rules(draft, made)
    if depth and draft.chance():
        made["repeats"] = True
        made["required"] = draft.chance()
    items = [] if draft.leaves else [_leaf(draft)]
    for _ in range(draft.draw(st.integers(1, 3))):
        if depth < 3 and draft.draw(st.integers(0, 3)) == 0:
            items.append(_group(draft, depth + 1))
        elif draft.draw(st.integers(0, 7)) == 0:
            items.append(_display(draft))
        else:
            items.append(_leaf(draft))
    made["item"] = items
    return made


def _display(draft: _Draft) -> dict[str, Any]:
    made = {"link_id": draft.new_id("display"), "type": "display", "text": "Read this"}
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
    if kind in ("choice", "open-choice"):
        made["answer_option"] = _options(draft, repeats="repeats" in made)
    draft.leaves.append(made)
    return made


def _options(draft: _Draft, *, repeats: bool) -> list[dict[str, Any]]:
    codes = ["a", "b", "c"][: draft.draw(st.integers(1, 3))]
    options: list[dict[str, Any]] = [{"code": code, "display": code.upper()} for code in codes]
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
    if operator in ("=", "!=") and "not_sure" in leaf and draft.chance():
        return "not-sure"
    if kind in ("choice", "open-choice"):
        other = ["other"] if kind == "open-choice" else []
        return draft.pick([option["code"] for option in leaf["answer_option"]] + other)
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
            "than": draft.pick(DECIMALS),
        }
    return {kind: [_boolean(draft, depth - 1) for _ in range(draft.draw(st.integers(1, 2)))]}


def _number(draft: _Draft, depth: int) -> dict[str, Any]:
    numeric = [leaf["link_id"] for leaf in draft.leaves if _has_numbers(leaf)]
    kinds = ["count_answers"]
    if depth:
        kinds.append("count")
    if numeric:
        kinds += ["sum", "mean"]
    if draft.score:
        kinds.append("score")
    kind = draft.pick(kinds)
    if kind == "count_answers":
        return {kind: draft.pick([leaf["link_id"] for leaf in draft.leaves])}
    if kind == "count":
        return {kind: [_boolean(draft, depth - 1) for _ in range(draft.draw(st.integers(1, 3)))]}
    if kind == "score":
        return {kind: draft.pick([score["name"] for score in draft.score])}
    chosen = draft.draw(st.lists(st.sampled_from(numeric), min_size=1, max_size=3, unique=True))
    made: dict[str, Any] = {kind: chosen}
    if draft.chance():
        made["at_least"] = draft.draw(st.integers(1, len(chosen)))
    return made


def _has_numbers(leaf: dict[str, Any]) -> bool:
    if leaf["type"] in ("choice", "open-choice"):
        return all("ordinal_value" in option for option in leaf["answer_option"])
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
    return answers | st.just(NOT_SURE) if item.not_sure else answers


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


@st.composite
def answer_events(draw: Any, questionnaire: Questionnaire) -> list[AnswerEvent]:
    """Answer anything anywhere: disabled, removed, in repetitions that never were, and again."""
    keys: list[tuple[str, Item]] = []
    for link_id, placement in questionnaire.placements.items():
        item = placement.item
        is_group = item.type is ItemType.GROUP
        if item.type is ItemType.DISPLAY or (is_group and not item.repeats):
            continue
        depth = len(placement.repeating) + is_group
        keys += [(answer_key(link_id, path), item) for path in product(REPETITIONS, repeat=depth)]
    answered = [key for key in keys if draw(st.integers(0, 2))]
    chosen = answered + draw(st.lists(st.sampled_from(keys), max_size=4))
    events = []
    for number, (key, item) in enumerate(chosen, start=1):
        given = st.just(True) if item.type is ItemType.GROUP else values(item)
        value = None if draw(st.integers(0, 6)) == 0 else draw(given)
        events.append(answer_event(number, key, value))
    return events


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
