"""Everything that can be wrong with a definition and is not a type error.

A questionnaire for which `check_definition` has nothing to say can be evaluated without surprises:
every name leads somewhere, nothing goes round in circles, and no question depends on a later one.
"""

from collections.abc import Iterator

from fbss_app.domain.questionnaire.expression_checks import check_expressions, unknown_link_id
from fbss_app.domain.questionnaire.findings import Finding, did_you_mean, repeated
from fbss_app.domain.questionnaire.item_checks import check_items
from fbss_app.domain.questionnaire.model import ItemType, Questionnaire
from fbss_app.domain.questionnaire.reference_checks import check_references


def check_definition(questionnaire: Questionnaire) -> list[Finding]:
    """List everything that is wrong with a definition."""
    return [
        *check_items(questionnaire),
        *_check_names(questionnaire),
        *_check_scores(questionnaire),
        *check_expressions(questionnaire),
        *check_references(questionnaire),
        *_check_questions_to_ask(questionnaire),
        *_check_summary(questionnaire),
    ]


def _check_names(questionnaire: Questionnaire) -> Iterator[Finding]:
    named = (
        ("score", "name", [score.name for score in questionnaire.score]),
        ("red_flag", "id", [flag.id for flag in questionnaire.red_flag]),
        ("question_to_ask", "id", [ask.id for ask in questionnaire.question_to_ask]),
    )
    for section, key, names in named:
        for place in repeated(names):
            yield Finding(
                (section, place, key), f"`{names[place]}` is used twice", "Choose another name."
            )


def _check_scores(questionnaire: Questionnaire) -> Iterator[Finding]:
    for place, score in enumerate(questionnaire.score):
        least, most = score.minimum, score.maximum
        if least is not None and most is not None and least >= most:
            yield Finding(
                ("score", place, "minimum"),
                f"the minimum, {least}, is not below the maximum, {most}",
                "Exchange the two or correct one.",
            )


def _check_questions_to_ask(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Find questions that could never be printed, because as many for everyone come first."""
    for_everyone = 0
    for place, ask in enumerate(questionnaire.question_to_ask):
        if for_everyone >= questionnaire.questions_printed:
            yield Finding(
                ("question_to_ask", place),
                f"`{ask.id}` is never printed: {for_everyone} questions for everyone come first",
                "Move it up, or raise `questions_printed:`.",
            )
        for_everyone += ask.when is None


def _check_summary(questionnaire: Questionnaire) -> Iterator[Finding]:
    for place, block in enumerate(questionnaire.summary):
        at = ("summary", place)
        if not (block.item or block.score or block.picture):
            yield Finding(at, f"`{block.title}` shows nothing", "Add `item:` or `score:`.")
        for index, link_id in enumerate(block.item):
            item = questionnaire.find(link_id)
            if item is None:
                yield unknown_link_id(questionnaire, link_id, (*at, "item", index))
            elif item.type is ItemType.DISPLAY:
                yield Finding(
                    (*at, "item", index),
                    f"`{link_id}` is a text to read and has no answer",
                    "Name a question or a group.",
                )
        for index, name in enumerate(block.score):
            if name not in questionnaire.scores:
                yield Finding(
                    (*at, "score", index),
                    f"there is no score `{name}`",
                    did_you_mean(name, questionnaire.scores),
                )
