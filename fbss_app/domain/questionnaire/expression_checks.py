"""What can be wrong with the rules: lost names, wrong types, circles, looking ahead."""

from collections.abc import Iterator
from typing import NamedTuple

from fbss_app.domain.questionnaire import expressions as ex
from fbss_app.domain.questionnaire.answers import OTHER, AbsentReason
from fbss_app.domain.questionnaire.expressions import NOT_SURE, FieldPath, Operand, Operator
from fbss_app.domain.questionnaire.findings import Finding, did_you_mean, repeated
from fbss_app.domain.questionnaire.item_checks import located_items
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    NUMBERS,
    WRITTEN,
    Item,
    ItemType,
    Questionnaire,
)
from fbss_app.domain.questionnaire.scoring import questions_behind
from fbss_app.domain.questionnaire.validation import is_partial_date

_ANSWERABLE = frozenset(ItemType) - {ItemType.GROUP, ItemType.DISPLAY}
_ORDERED = NUMBERS | {ItemType.DATE}
_ORDERING = frozenset(
    {Operator.GREATER, Operator.LESS, Operator.GREATER_OR_EQUAL, Operator.LESS_OR_EQUAL}
)


class _Located(NamedTuple):
    """A rule, where it is written, and the item it belongs to, if any."""

    path: FieldPath
    expression: ex.Expression
    item: Item | None = None


def _rules(questionnaire: Questionnaire) -> Iterator[_Located]:
    for at, item in located_items(questionnaire):
        for place, rule in enumerate(item.enable_when):
            yield _Located((*at, "enable_when", place), rule, item)
    for name, condition in questionnaire.condition.items():
        yield _Located(("condition", name), condition)
    for place, score in enumerate(questionnaire.score):
        yield _Located(("score", place, "value"), score.value)
    for place, flag in enumerate(questionnaire.red_flag):
        yield _Located(("red_flag", place, "when"), flag.when)
    for place, interruption in enumerate(questionnaire.interruption):
        yield _Located(("interruption", place, "when"), interruption.when)
    for place, ask in enumerate(questionnaire.question_to_ask):
        if ask.when is not None:
            yield _Located(("question_to_ask", place, "when"), ask.when)


def check_expressions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Check every rule, wherever it is written."""
    for rule in _rules(questionnaire):
        for at, part in ex.walk(rule.expression, rule.path):
            yield from _check_part(questionnaire, part, at)
        if rule.item:
            yield from _check_looks_back(questionnaire, rule, rule.item)
    yield from _check_circles(questionnaire)


def _check_part(
    questionnaire: Questionnaire, part: ex.Expression, at: FieldPath
) -> Iterator[Finding]:
    match part:
        case ex.EnableWhen():
            item = questionnaire.find(part.question)
            yield from check_question(questionnaire, part.question, (*at, "question"))
            if item and item.type in _ANSWERABLE:
                yield from _check_comparison(item, part, at)
        case ex.CountAnswers():
            yield from check_question(questionnaire, part.count_answers, (*at, "count_answers"))
        case ex.YearsSince():
            yield from _check_date(questionnaire, part.years_since, (*at, "years_since"))
        case ex.Sum():
            yield from _check_total(questionnaire, part.sum, part.at_least, at, "sum")
        case ex.Mean():
            yield from _check_total(questionnaire, part.mean, part.at_least, at, "mean")
        case ex.NumberComparison(operator=Operator.EXISTS):
            yield Finding(
                (*at, "operator"), "`exists` cannot compare a number", "Use = != > < >= or <=."
            )
        case ex.ConditionReference(condition=name) if name not in questionnaire.condition:
            yield Finding(
                (*at, "condition"),
                f"there is no condition `{name}`",
                did_you_mean(name, questionnaire.condition),
            )
        case ex.ScoreReference(score=name) if name not in questionnaire.scores:
            yield Finding(
                (*at, "score"),
                f"there is no score `{name}`",
                did_you_mean(name, questionnaire.scores),
            )
        case _:
            pass


def check_question(questionnaire: Questionnaire, link_id: str, at: FieldPath) -> Iterator[Finding]:
    """Check that a link_id leads to something that can have an answer."""
    item = questionnaire.find(link_id)
    if item is None:
        yield unknown_link_id(questionnaire, link_id, at)
    elif item.type not in _ANSWERABLE:
        yield Finding(
            at, f"`{link_id}` is a {item.type} and has no answer", "Name a question instead."
        )


def _check_date(questionnaire: Questionnaire, link_id: str, at: FieldPath) -> Iterator[Finding]:
    item = questionnaire.find(link_id)
    if item is None:
        yield unknown_link_id(questionnaire, link_id, at)
    elif item.type is not ItemType.DATE:
        yield Finding(at, f"`{link_id}` is a {item.type} and no date", "Name a date.")


def unknown_link_id(questionnaire: Questionnaire, link_id: str, at: FieldPath) -> Finding:
    """Say that a link_id leads nowhere."""
    return Finding(
        at, f"there is no item `{link_id}`", did_you_mean(link_id, questionnaire.placements)
    )


def _check_comparison(item: Item, rule: ex.EnableWhen, at: FieldPath) -> Iterator[Finding]:
    if rule.operator in _ORDERING and item.type not in _ORDERED:
        yield Finding(
            (*at, "operator"),
            f"`{rule.operator}` cannot compare the answers to `{item.link_id}` (type {item.type})",
            "Use exists, = or !=.",
        )
        return
    expected = _expected_operand(item, rule.operator, rule.answer)
    if expected:
        yield Finding(
            (*at, "answer"),
            f"{rule.answer!r} cannot be compared with the answers to `{item.link_id}`",
            f"Write {expected}.",
        )


def _expected_operand(item: Item, operator: Operator, operand: Operand) -> str | None:
    """Say what the operand should have been; None when it is right."""
    if operator is Operator.EXISTS:
        return None if isinstance(operand, bool) else "true or false, without quotes"
    if operand == NOT_SURE and operator not in _ORDERING:
        if item.not_sure and item.absent_reason is AbsentReason.ASKED_UNKNOWN:
            return None
        if item.not_sure and item.type not in WRITTEN:
            return f"another value: who would rather not answer `{item.link_id}` is not unsure"
        if item.type not in WRITTEN:
            return f"another value, or add `not_sure:` to `{item.link_id}`, which does not offer it"
    if item.type in NUMBERS:
        number = isinstance(operand, int | float) and not isinstance(operand, bool)
        return None if number else "a number, without quotes"
    if item.type is ItemType.DATE:
        partial_date = isinstance(operand, str) and is_partial_date(operand)
        return None if partial_date else 'a date in quotes, such as "2019" or "2019-03"'
    if item.type in CHOICES:
        codes = [option.code for option in item.answer_option]
        if item.type is ItemType.OPEN_CHOICE:
            codes.append(OTHER)
        return None if operand in codes else f"one of the options: {', '.join(codes)}"
    if item.type is ItemType.BOOLEAN:
        return None if isinstance(operand, bool) else "true or false, without quotes"
    return None if isinstance(operand, str) else "text in quotes"


def _check_total(
    questionnaire: Questionnaire,
    link_ids: tuple[str, ...],
    at_least: int | None,
    at: FieldPath,
    key: str,
) -> Iterator[Finding]:
    for place in repeated(link_ids):
        yield Finding(
            (*at, key, place), f"`{link_ids[place]}` is counted twice", "List each item once."
        )
    for place, link_id in enumerate(link_ids):
        item = questionnaire.find(link_id)
        if item is None:
            yield unknown_link_id(questionnaire, link_id, (*at, key, place))
        elif not _has_numbers(item):
            yield Finding(
                (*at, key, place),
                f"`{link_id}` gives no number",
                "Name an integer, a decimal, or a choice whose options all have `ordinal_value:`.",
            )
    known = [found for link_id in link_ids if (found := questionnaire.placements.get(link_id))]
    single = not any(found.repeating or found.item.repeats for found in known)
    if at_least is not None and at_least > len(link_ids) and single:
        yield Finding(
            (*at, "at_least"),
            f"at least {at_least} of {len(link_ids)} items can never be answered",
            f"Write a number from 1 to {len(link_ids)}.",
        )


def _has_numbers(item: Item) -> bool:
    if item.type in CHOICES:
        return all(option.ordinal_value is not None for option in item.answer_option)
    return item.type in NUMBERS


def _check_looks_back(
    questionnaire: Questionnaire, rule: _Located, item: Item
) -> Iterator[Finding]:
    own = questionnaire.placements[item.link_id].position
    direct = isinstance(rule.expression, ex.EnableWhen)
    for link_id in questions_behind(questionnaire, rule.expression):
        placement = questionnaire.placements.get(link_id)
        if placement and placement.position >= own:
            yield Finding(
                (*rule.path, "question" if direct else "condition"),
                f"`{item.link_id}` would depend on `{link_id}`, which is not before it",
                "A question may depend on earlier ones only: move one of the two.",
            )


_Name = tuple[str, str]


def _check_circles(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Report each named rule that comes round to itself, once per circle."""
    named = _named_rules(questionnaire)
    settled: set[_Name] = set()

    def visit(name: _Name, trail: tuple[_Name, ...]) -> Iterator[Finding]:
        if name in settled or name not in named:
            return
        rule = named[name]
        for at, part in ex.walk(rule.expression, rule.path):
            following = _reference(part)
            if following is None:
                continue
            if following in (*trail, name):
                circle = " -> ".join(each for _, each in (*trail, name, following))
                yield Finding(
                    (*at, following[0]),
                    f"this goes round in a circle: {circle}",
                    "Write one of them without naming the other.",
                )
            else:
                yield from visit(following, (*trail, name))
        settled.add(name)

    for name in named:
        yield from visit(name, ())


def _reference(part: ex.Expression) -> _Name | None:
    match part:
        case ex.ConditionReference(condition=name):
            return "condition", name
        case ex.ScoreReference(score=name):
            return "score", name
        case _:
            return None


def _named_rules(questionnaire: Questionnaire) -> dict[_Name, _Located]:
    named: dict[_Name, _Located] = {
        ("condition", name): _Located(("condition", name), condition)
        for name, condition in questionnaire.condition.items()
    }
    for place, score in enumerate(questionnaire.score):
        named.setdefault(("score", score.name), _Located(("score", place, "value"), score.value))
    return named
