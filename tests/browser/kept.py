"""A phone with answers on it: the storage that the app itself leaves behind."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from fbss_app.domain.questionnaire.answers import IMPLIED_REPETITION, Perspective, split_key
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire
from tests.browser.questions import QUESTIONNAIRE


def _perspective(questionnaire: Questionnaire, answers: dict[str, Any]) -> Perspective:
    """Say in whose view someone who gave these answers speaks."""
    return Evaluation(questionnaire, answers).perspective


def kept_answers(
    site: str, answers: dict[str, Any], questionnaire: Questionnaire = QUESTIONNAIRE
) -> dict[str, Any]:
    """Give the storage state of a phone whose owner answered before, for `new_context`.

    Args:
        site: The address the answers are kept for.
        answers: The values by answer key, in the order of answering. A key without a path means
            the first repetition.
        questionnaire: The definition.
    """
    now = datetime.now(UTC)
    perspective = _perspective(questionnaire, answers)
    role = perspective.role
    author = str(uuid4())
    device = {"owner": "mine", "usedAt": now.timestamp() * 1000, "authors": {role: author}}
    kept = {"abs:device": device}
    given = {key: value for key, value in answers.items() if value is not None}
    for number, (key, value) in enumerate(given.items()):
        link_id, path = split_key(key)
        path = path or (IMPLIED_REPETITION,) * len(questionnaire.placements[link_id].repeating)
        event = {
            "id": str(uuid4()),
            "link_id": link_id,
            "path": list(path),
            "value": value,
            "author_id": author,
            "author_role": role,
            "perspective": perspective,
            "answered_at": now.isoformat().replace("+00:00", "Z"),
            "order": f"{number:010d}",
        }
        kept[f"abs:{questionnaire.name}:event:{event['order']}:{event['id']}"] = event
    entries = [{"name": name, "value": json.dumps(value)} for name, value in kept.items()]
    return {"cookies": [], "origins": [{"origin": site, "localStorage": entries}]}
