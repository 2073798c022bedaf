"""What goes with an optional part that is left out: whatever follows from the answers to it."""

from collections.abc import Collection, Iterator

from fbss_app.domain.questionnaire.expressions import (
    ConditionReference,
    Expression,
    ScoreReference,
    questions_named,
    walk,
)
from fbss_app.domain.questionnaire.model import Placement, Questionnaire


def depending_on(questionnaire: Questionnaire, parts: Collection[str]) -> frozenset[str]:
    """List some parts, what stands in them, and whatever a rule asks because of any of these.

    It may be asked for another reason as well: only an evaluation can say that.

    Args:
        questionnaire: A checked definition. Its rules look back only, so that its own order finds
            everything.
        parts: The link_ids of items.
    """
    found: set[str] = set()
    for link_id, placement in questionnaire.placements.items():
        if link_id in parts or not found.isdisjoint(_reasons(questionnaire, placement)):
            found.add(link_id)
    return frozenset(found)


def _reasons(questionnaire: Questionnaire, placement: Placement) -> Iterator[str]:
    item = placement.item
    yield from (each.link_id for each in placement.ancestors)
    yield from (each for each in (item.repeats_for, item.options_from) if each)
    for rule in item.enable_when:
        yield from _questions(questionnaire, rule)


def _questions(questionnaire: Questionnaire, expression: Expression) -> Iterator[str]:
    for _, part in walk(expression):
        yield from questions_named(part)
        match part:
            case ConditionReference(condition=name):
                yield from _questions(questionnaire, questionnaire.condition[name])
            case ScoreReference(score=name):
                yield from _questions(questionnaire, questionnaire.scores[name].value)
            case _:
                pass
