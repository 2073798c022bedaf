"""Words that depend on the repetition they stand in. The phone's `repetitions.js` mirrors it."""

import re

from fbss_app.domain.questionnaire.answers import Path
from fbss_app.domain.questionnaire.evaluate import Evaluation

REPETITION = "repetition"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def repetition_title(evaluation: Evaluation, link_id: str, path: Path) -> str:
    """Name one repetition of a repeating group.

    It is the option that the group repeats for, in short; else the group's label and a number.

    Args:
        evaluation: The answers.
        link_id: The repeating group.
        path: The repetition, with those around it.
    """
    item = evaluation.questionnaire.placements[link_id].item
    if item.repeats_for is None:
        position = evaluation.repetitions(link_id, path[:-1]).index(path[-1]) + 1
        label = with_repetition(evaluation, link_id, path[:-1], item.label)
        return f"{label} {position}"
    chosen = evaluation.chosen(item.repeats_for, path[:-1])
    return next((option.title for option in chosen if option.code == path[-1]), path[-1])


def with_repetition(evaluation: Evaluation, link_id: str, path: Path, text: str) -> str:
    """Put the title of the innermost repetition around an item where a text asks for it."""
    repeating = evaluation.questionnaire.placements[link_id].repeating
    if not repeating or f"{{{REPETITION}}}" not in text:
        return text
    title = repetition_title(evaluation, repeating[-1], path[: len(repeating)])
    return text.replace(f"{{{REPETITION}}}", title)
