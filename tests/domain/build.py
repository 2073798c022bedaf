"""Short ways to write definitions and answers in tests."""

from typing import Any

from fbss_app.domain.questionnaire.definition_checks import check_definition
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire


def question(link_id: str, kind: str, /, **fields: Any) -> dict[str, Any]:
    """Write a question; options may be bare codes."""
    made = {"link_id": link_id, "type": kind, "text": link_id.capitalize(), **fields}
    if kind not in ("group", "display"):
        made.setdefault("why", "It helps.")
    if "answer_option" in made:
        made["answer_option"] = [
            {"code": option, "display": option.capitalize()} if isinstance(option, str) else option
            for option in made["answer_option"]
        ]
    return made


def group(link_id: str, *items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return question(link_id, "group", item=list(items), **fields)


def rule(link_id: str, operator: str, answer: Any) -> dict[str, Any]:
    return {"question": link_id, "operator": operator, "answer": answer}


def definition(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Write a definition; questions that stand alone go into one section."""
    alone = all(item["type"] != "group" for item in items)
    return {
        "name": "example",
        "url": "https://clinic.example/questionnaire/example",
        "version": "1",
        "status": "draft",
        "title": "Example",
        "description": "An example.",
        "date": "2026-01-31",
        "item": [group("section", *items)] if alone and items else list(items),
        **fields,
    }


def questionnaire(*items: dict[str, Any], **fields: Any) -> Questionnaire:
    """Make a questionnaire that has nothing wrong with it."""
    made = Questionnaire.model_validate(definition(*items, **fields))
    assert check_definition(made) == []
    return made


def evaluation(made: Questionnaire, answers: dict[str, Any]) -> Evaluation:
    return Evaluation(made, answers)
