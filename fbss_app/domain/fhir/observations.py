"""Writes scores as FHIR R4 Observations.

Source: https://hl7.org/fhir/R4/observation.html. A score has the codes that its instrument's file
gives with their source; one without has a code of our own, under the questionnaire's url.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from fbss_app.domain.fhir import extensions as ext
from fbss_app.domain.fhir.extensions import Json
from fbss_app.domain.questionnaire.model import Questionnaire, Score
from fbss_app.domain.questionnaire.scoring import ScoreResult
from fbss_app.domain.summary.given_words import NOT_A_SELF_REPORT

_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_OF_A_SCORE = {"unit": "score", "system": ext.UCUM, "code": "{score}"}


def to_fhir_observations(
    questionnaire: Questionnaire, results: Iterable[ScoreResult], response_id: str, at: datetime
) -> list[Json]:
    """Write each score that has a number.

    Args:
        questionnaire: The definition.
        results: Its scores.
        response_id: The UUID of the QuestionnaireResponse that they come from.
        at: When its answers were sent.
    """
    return [
        {
            "resourceType": "Observation",
            "id": str(uuid5(NAMESPACE_URL, f"{response_id}/{result.score.name}")),
            "contained": [{"resourceType": "Patient", "id": "patient"}],
            "status": "final",
            "category": [{"coding": [{"system": _CATEGORIES, "code": "survey"}]}],
            "code": {"coding": _codings(questionnaire, result.score), "text": result.score.title},
            "subject": {"reference": "#patient"},
            "effectiveDateTime": at.isoformat().replace("+00:00", "Z"),
            "valueQuantity": {"value": result.value, **_OF_A_SCORE},
            "derivedFrom": [{"reference": f"urn:uuid:{response_id}"}],
            **({} if result.is_self_report else {"note": [{"text": NOT_A_SELF_REPORT}]}),
        }
        for result in results
        if result.value is not None
    ]


def _codings(questionnaire: Questionnaire, score: Score) -> list[Json]:
    if score.code:
        return [each.model_dump(exclude_none=True) for each in score.code]
    return [{"system": f"{questionnaire.url}/score", "code": score.name, "display": score.title}]
