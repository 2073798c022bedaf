"""Writes a questionnaire as the ES module that the phone loads: data, and rules as functions."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fbss_app.domain.questionnaire.answers import OTHER, AbsentReason
from fbss_app.domain.questionnaire.base import PageLink
from fbss_app.domain.questionnaire.expressions import AllOf, AnyOf, Expression
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    EnableBehavior,
    Item,
    ItemControl,
    ItemType,
    Placement,
    Questionnaire,
)
from fbss_app.domain.questionnaire.scoring import questions_behind
from fbss_app.patient.client.compile import RUNTIME, to_var

# What follows from the rest is worked out on the phone: an item may be answered with what it
# offers, unless it offers what another one does too, and a group is around its children.
_REST = """\
for (const [id, item] of Object.entries(questionnaire.items)) {
  item.codes ??= item.options.map((option) => option.value);
  for (const child of item.children ?? []) questionnaire.items[child].parent = id;
}"""


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


def _options(item: Item, inherited: frozenset[str]) -> list[dict[str, Any]]:
    """Write a question's own options; those of the question it follows are written there."""
    return [
        _without_defaults(
            {
                "value": option.code,
                "label": option.display,
                "helperLabel": option.helper_display,
                "short": option.short_display,
                "hint": option.hint,
                "group": option.group,
                "exclusive": option.exclusive,
                "perspective": option.perspective,
            }
        )
        for option in item.answer_option
        if option.code not in inherited
    ]


def _inherited(item: Item, questionnaire: Questionnaire) -> frozenset[str]:
    source = questionnaire.find(item.options_from or "")
    return frozenset({OTHER, *(option.code for option in source.answer_option)} if source else ())


def _ordinals(item: Item) -> dict[str, Any]:
    return {
        option.code: option.ordinal_value
        for option in item.answer_option
        if option.ordinal_value is not None
    }


def _item_data(placement: Placement, questionnaire: Questionnaire) -> dict[str, Any]:
    item = placement.item
    inherited = _inherited(item, questionnaire)
    declines = item.absent_reason is AbsentReason.ASKED_DECLINED
    always: dict[str, Any] = {
        "type": item.type.value,
        "text": item.text,
        "groups": list(placement.repeating),
        "options": _options(item, inherited),
        "exclusive": [option.code for option in item.answer_option if option.exclusive],
    }
    is_group = item.type is ItemType.GROUP
    sometimes = {
        "codes": [option.code for option in item.answer_option] if inherited else [],
        "control": control_name(item),
        "children": [child.link_id for child in item.item],
        "repeats": item.repeats,
        "repeatsFor": item.repeats_for,
        "optionsFrom": item.options_from,
        "required": item.required,
        "maxLength": item.length_limit,
        "maxDecimals": item.max_decimal_places,
        "minOccurs": item.least_occurs if is_group else item.min_occurs,
        "maxOccurs": item.max_occurs,
        "unit": item.unit.display if item.unit else None,
        "notSure": item.not_sure,
        "absentReason": item.absent_reason.value if declines else None,
        "unobservable": item.unobservable,
        "sensitive": item.sensitive,
        "suggestions": item.suggestions,
        "service": item.service.value if item.service else None,
        "link": _link(item.link),
        "instrument": item.instrument,
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


def _link(link: PageLink | None) -> dict[str, str] | None:
    return {"label": link.text, "href": link.address} if link else None


def _stages(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    return [
        _without_defaults(
            {
                "title": stage.title,
                "helperTitle": stage.helper_title,
                "text": stage.text,
                "sections": list(stage.section),
                "page": _link(stage.page),
            }
        )
        for stage in questionnaire.stage
    ]


def _credits(questionnaire: Questionnaire) -> dict[str, str]:
    return {one.name: one.credit for one in questionnaire.instrument if one.credit}


def _suggestions(
    questionnaire: Questionnaire, lists: Mapping[str, tuple[str, ...]]
) -> dict[str, list[str]]:
    named = {one.item.suggestions for one in questionnaire.placements.values()}
    return {name: list(words) for name, words in lists.items() if name in named}


def _data(
    questionnaire: Questionnaire, suggestions: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    return {
        "name": questionnaire.name,
        "version": questionnaire.version,
        "title": questionnaire.title,
        "items": {
            key: _item_data(one, questionnaire) for key, one in questionnaire.placements.items()
        },
        "order": [item.link_id for item in questionnaire.item],
        "optionalParts": list(questionnaire.optional_parts),
        "stages": _stages(questionnaire),
        "roles": {
            one.item.app_role.value: key
            for key, one in questionnaire.placements.items()
            if one.item.app_role
        },
        "credits": _credits(questionnaire),
        "instruments": [
            {"name": one.name, "title": one.title, "version": one.version}
            for one in questionnaire.instrument
        ],
        "suggestions": _suggestions(questionnaire, suggestions),
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
                "questions": questions_behind(questionnaire, score.value),
            }
            for score in questionnaire.score
        ],
        "questionsPrinted": questionnaire.questions_printed,
        "summary": [
            _without_defaults(
                {
                    "picture": block.picture.value if block.picture else None,
                    "folded": block.folded,
                    "table": block.table,
                    "places": block.places,
                    "kinds": block.kinds,
                    "worst": block.worst,
                    "date": block.date,
                    "label": block.label,
                }
            )
            | {
                "title": block.title,
                "starred": block.starred,
                "item": list(block.item),
                "score": list(block.score),
                "pain": [point.model_dump(mode="json") for point in block.pain],
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
                    "questions": questions_behind(questionnaire, flag.when),
                }
            ),
            flag.when,
        )
        for flag in questionnaire.red_flag
    ]
    return f"[{', '.join(flags)}]"


def _interruptions(questionnaire: Questionnaire) -> str:
    interruptions = [
        _with_when(
            _without_defaults(
                {
                    "id": one.id,
                    "question": one.question,
                    "heading": one.heading,
                    "helperHeading": one.helper_heading,
                    "text": one.text,
                    "helperText": one.helper_text,
                }
            ),
            one.when,
        )
        for one in questionnaire.interruption
    ]
    return f"[{', '.join(interruptions)}]"


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
    yield from (one.when for one in questionnaire.interruption)
    yield from (one.when for one in questionnaire.question_to_ask if one.when)


def _imported_names(questionnaire: Questionnaire) -> list[str]:
    names: set[str] = set()
    for expression in _expressions(questionnaire):
        data = to_var(expression)._get_all_var_data()
        for library, imports in data.imports if data else ():
            names |= {one.tag for one in imports if library == RUNTIME and one.tag}
    return sorted(names)


def questionnaire_module(
    questionnaire: Questionnaire, suggestions: Mapping[str, tuple[str, ...]]
) -> str:
    """Write the ES module with a questionnaire's texts as data and its rules as functions.

    Args:
        questionnaire: A checked definition.
        suggestions: Lists of words by name; those that the questionnaire names are written.

    Returns:
        The source of a module that exports `questionnaire` and imports only `evaluation.js`.
    """
    names = ", ".join(_imported_names(questionnaire))
    imports = f'import {{ {names} }} from "{RUNTIME}";\n' if names else ""
    data = json.dumps(_data(questionnaire, suggestions), ensure_ascii=False, separators=(",", ":"))
    return (
        f"{imports}"
        f"export const questionnaire = {data};\n"
        f"{_REST}\n"
        f"questionnaire.rules = {_rules(questionnaire)};\n"
        f"questionnaire.redFlags = {_red_flags(questionnaire)};\n"
        f"questionnaire.interruptions = {_interruptions(questionnaire)};\n"
        f"questionnaire.questionsToAsk = {_questions_to_ask(questionnaire)};\n"
    )
