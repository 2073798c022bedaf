"""A small questionnaire with what matters to a merge: roles, a condition, a repeating group."""

from typing import Any

from fbss_app.domain.questionnaire.model import Questionnaire

WHY = "For the fault suite."


def _question(link_id: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"link_id": link_id, "type": kind, "text": f"What about {link_id}?", "why": WHY, **more}


def _options(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "display": code.capitalize()} for code in codes]


def fault_questionnaire() -> Questionnaire:
    """Build the definition that every schedule answers."""
    return Questionnaire.model_validate(
        {
            "name": "faults",
            "url": "https://after-back-surgery.example/questionnaire/faults",
            "version": "1",
            "status": "draft",
            "title": "Faults",
            "description": "Made up.",
            "date": "2026",
            "item": [
                {
                    "link_id": "before",
                    "type": "group",
                    "text": "Before",
                    "item": [
                        _question(
                            "device-owner",
                            "choice",
                            app_role="device-owner",
                            answer_option=_options("mine", "shared"),
                        ),
                        _question(
                            "author",
                            "choice",
                            app_role="author",
                            answer_option=_options("me", "helper"),
                        ),
                    ],
                },
                {
                    "link_id": "pain",
                    "type": "group",
                    "text": "Pain",
                    "item": [
                        _question(
                            "leg-pain", "integer", min_value=0, max_value=10, not_sure="Not sure"
                        ),
                        _question(
                            "night-pain",
                            "boolean",
                            enable_when=[
                                {"question": "leg-pain", "operator": ">=", "answer": 5},
                            ],
                        ),
                        _question("note", "text", required=False),
                        _question(
                            "tried",
                            "open-choice",
                            repeats=True,
                            answer_option=_options("exercise", "rest", "heat"),
                        ),
                    ],
                },
                {
                    "link_id": "operation",
                    "type": "group",
                    "text": "Operations",
                    "repeats": True,
                    "item": [_question("operation-year", "date", not_sure="Not sure")],
                },
            ],
        }
    )
