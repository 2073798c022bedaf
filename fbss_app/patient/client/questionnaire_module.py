"""Writes a questionnaire as the ES module that the phone loads: data, and rules as functions."""

import json
from collections.abc import Iterable
from typing import Any

from fbss_app.domain.questionnaire.expressions import (
    AllOf,
    AnyOf,
    ConditionReference,
    CountAnswers,
    EnableWhen,
    Expression,
    Mean,
    ScoreReference,
    Sum,
    walk,
)
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    EnableBehavior,
    Item,
    ItemControl,
    ItemType,
    Placement,
    Questionnaire,
)
from fbss_app.patient.client.compile import RUNTIME, to_var


def _function(expression: Expression) -> str:
    return f"(evaluation, place) => {to_var(expression)!s}"


def _enable_rule(item: Item) -> Expression | None:
    if not item.enable_when:
        return None
    if len(item.enable_when) == 1:
        return item.enable_when[0]
    if item.enable_behavior is EnableBehavior.ANY:
        return AnyOf(any=item.enable_when)
    return AllOf(all=item.enable_when)


def control_name(item: Item) -> str:
    """Name the control of `ui.items.registry` that asks an item; "" for a group."""
    if item.type is ItemType.OPEN_CHOICE:
        return "open-choices" if item.repeats else "open-choice"
    if item.type in {ItemType.BOOLEAN, ItemType.DISPLAY}:
        return item.type.value
    if item.type not in CHOICES and item.repeats:
        return ItemControl.TEXT_AREA.value
    is_typed_number = item.type in {ItemType.INTEGER, ItemType.DECIMAL}
    if is_typed_number and item.control is ItemControl.TEXT_BOX:
        return "number"
    return item.control.value if item.control else ""


def _paragraphs(text: str | None) -> list[str]:
    return [" ".join(part.split()) for part in (text or "").split("\n\n") if part.strip()]


def _without_defaults(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], False)}


def _options(item: Item) -> list[dict[str, Any]]:
    return [
        _without_defaults(
            {
                "value": option.code,
                "label": option.display,
                "helperLabel": option.helper_display,
                "hint": option.hint,
                "exclusive": option.exclusive,
            }
        )
        for option in item.answer_option
    ]


def _ordinals(item: Item) -> dict[str, Any]:
    return {
        option.code: option.ordinal_value
        for option in item.answer_option
        if option.ordinal_value is not None
    }


def _item_data(placement: Placement) -> dict[str, Any]:
    item = placement.item
    always: dict[str, Any] = {
        "type": item.type.value,
        "text": item.text,
        "groups": list(placement.repeating),
        "options": _options(item),
        "codes": [option.code for option in item.answer_option],
        "exclusive": [option.code for option in item.answer_option if option.exclusive],
    }
    is_group = item.type is ItemType.GROUP
    sometimes = {
        "control": control_name(item),
        "parent": placement.parent.link_id if placement.parent else None,
        "children": [child.link_id for child in item.item],
        "repeats": item.repeats,
        "required": item.required,
        "maxLength": item.length_limit,
        "maxDecimals": item.max_decimal_places,
        "minOccurs": item.least_occurs if is_group else item.min_occurs,
        "maxOccurs": item.max_occurs,
        "unit": item.unit.display if item.unit else None,
        "notSure": item.not_sure,
        "ordinals": _ordinals(item),
        "helperText": item.helper_text,
        "short": item.short_text,
        "hint": item.hint,
        "helperHint": item.helper_hint,
        "why": item.why,
        "helperWhy": item.helper_why,
        "detail": _paragraphs(item.detail),
        "helperDetail": _paragraphs(item.helper_detail),
        "missing": item.missing,
        "helperMissing": item.helper_missing,
        "low": item.low_label,
        "high": item.high_label,
    }
    limits = {"min": item.min_value, "max": item.max_value}
    present = {name: value for name, value in limits.items() if value is not None}
    kept = {name: value for name, value in sometimes.items() if value not in ({}, None)}
    return always | _without_defaults(kept) | present


def questions_of(expression: Expression, questionnaire: Questionnaire) -> list[str]:
    """List the questions an expression asks, those inside named conditions and scores included."""
    found: dict[str, None] = {}
    for _, part in walk(expression):
        match part:
            case EnableWhen(question=question) | CountAnswers(count_answers=question):
                found[question] = None
            case Sum(sum=questions) | Mean(mean=questions):
                found |= dict.fromkeys(questions)
            case ConditionReference(condition=name):
                inner = questionnaire.condition[name]
                found |= dict.fromkeys(questions_of(inner, questionnaire))
            case ScoreReference(score=name):
                inner = questionnaire.scores[name].value
                found |= dict.fromkeys(questions_of(inner, questionnaire))
            case _:
                continue
    return list(found)


def _data(questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        "name": questionnaire.name,
        "version": questionnaire.version,
        "title": questionnaire.title,
        "items": {key: _item_data(one) for key, one in questionnaire.placements.items()},
        "order": [item.link_id for item in questionnaire.item],
        "roles": {
            one.item.app_role.value: key
            for key, one in questionnaire.placements.items()
            if one.item.app_role
        },
        "conditionNames": list(questionnaire.condition),
        "scores": [
            _without_defaults(
                {
                    "name": score.name,
                    "title": score.title,
                    "meaning": score.meaning,
                }
            )
            | {
                "decimals": score.decimals,
                "minimum": score.minimum,
                "maximum": score.maximum,
            }
            for score in questionnaire.score
        ],
        "summary": [
            {
                "title": block.title,
                "starred": block.starred,
                "item": list(block.item),
                "score": list(block.score),
            }
            for block in questionnaire.summary
        ],
    }


def _object(members: dict[str, str]) -> str:
    lines = [f"  {json.dumps(name)}: {source}," for name, source in members.items()]
    return "\n".join(["{", *lines, "}"])


def _rules(questionnaire: Questionnaire) -> str:
    rules = {
        key: _enable_rule(placement.item) for key, placement in questionnaire.placements.items()
    }
    return _object(
        {
            "enabled": _object({key: _function(rule) for key, rule in rules.items() if rule}),
            "conditions": _object(
                {name: _function(one) for name, one in questionnaire.condition.items()}
            ),
            "scores": _object(
                {score.name: _function(score.value) for score in questionnaire.score}
            ),
        }
    )


def _with_when(data: dict[str, Any], when: Expression | None) -> str:
    members = {name: json.dumps(value) for name, value in data.items()}
    return _object(members | ({"when": _function(when)} if when else {}))


def _red_flags(questionnaire: Questionnaire) -> str:
    flags = [
        _with_when(
            _without_defaults(
                {
                    "id": flag.id,
                    "urgency": flag.urgency.value,
                    "heading": flag.heading,
                    "helperHeading": flag.helper_heading,
                    "action": flag.action,
                    "helperAction": flag.helper_action,
                    "service": flag.service.value,
                    "questions": questions_of(flag.when, questionnaire),
                }
            ),
            flag.when,
        )
        for flag in questionnaire.red_flag
    ]
    return f"[{', '.join(flags)}]"


def _questions_to_ask(questionnaire: Questionnaire) -> str:
    questions = [
        _with_when(
            {"id": question.id, "text": question.text, "because": question.because or ""},
            question.when,
        )
        for question in questionnaire.question_to_ask
    ]
    return f"[{', '.join(questions)}]"


def _expressions(questionnaire: Questionnaire) -> Iterable[Expression]:
    for placement in questionnaire.placements.values():
        rule = _enable_rule(placement.item)
        if rule:
            yield rule
    yield from questionnaire.condition.values()
    yield from (score.value for score in questionnaire.score)
    yield from (flag.when for flag in questionnaire.red_flag)
    yield from (one.when for one in questionnaire.question_to_ask if one.when)


def _imported_names(questionnaire: Questionnaire) -> list[str]:
    names: set[str] = set()
    for expression in _expressions(questionnaire):
        data = to_var(expression)._get_all_var_data()
        for library, imports in data.imports if data else ():
            names |= {one.tag for one in imports if library == RUNTIME and one.tag}
    return sorted(names)


def questionnaire_module(questionnaire: Questionnaire) -> str:
    """Write the ES module with a questionnaire's texts as data and its rules as functions.

    Args:
        questionnaire: A checked definition.

    Returns:
        The source of a module that exports `questionnaire` and imports only `evaluation.js`.
    """
    names = ", ".join(_imported_names(questionnaire))
    imports = f'import {{ {names} }} from "{RUNTIME}";\n' if names else ""
    data = json.dumps(_data(questionnaire), ensure_ascii=False)
    return (
        f"{imports}"
        f"export const questionnaire = {data};\n"
        f"questionnaire.rules = {_rules(questionnaire)};\n"
        f"questionnaire.redFlags = {_red_flags(questionnaire)};\n"
        f"questionnaire.questionsToAsk = {_questions_to_ask(questionnaire)};\n"
    )
