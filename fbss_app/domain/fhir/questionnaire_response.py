"""Writes answers as a FHIR R4 QuestionnaireResponse, and reads answers out of one.

Source: https://hl7.org/fhir/R4/questionnaireresponse.html. As FHIR wants it, only what is asked now
is in it; repetitions bear their answer key as the id of their element. Nobody is named.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from fbss_app.domain.fhir import extensions as ext
from fbss_app.domain.fhir.extensions import Json
from fbss_app.domain.fhir.questionnaire import FhirError, option_system_of
from fbss_app.domain.questionnaire.answers import (
    ABSENT,
    OTHER,
    AbsentReason,
    AnswerValue,
    AuthorRole,
    Path,
    answer_key,
    is_absent,
    occurrences_of,
    split_key,
)
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import CHOICES, Item, Questionnaire
from fbss_app.domain.questionnaire.vocabulary import ItemType
from fbss_app.domain.questionnaire.wording import with_repetition
from fbss_app.domain.summary.provenance import Given, Provenance

_KINDS = {
    ItemType.BOOLEAN: "Boolean",
    ItemType.INTEGER: "Integer",
    ItemType.DECIMAL: "Decimal",
    ItemType.DATE: "Date",
    ItemType.STRING: "String",
    ItemType.TEXT: "String",
    ItemType.CHOICE: "Coding",
    ItemType.OPEN_CHOICE: "Coding",
}
_ITEM_AUTHOR = f"{ext.CORE}questionnaireresponse-author"
_ABSENT = f"{ext.CORE}data-absent-reason"


def to_fhir_response(
    evaluation: Evaluation, provenance: Provenance, authored: datetime, identity: str | None = None
) -> Json:
    """Write the answers that count now as JSON data.

    Args:
        evaluation: The answers.
        provenance: Who gave them.
        authored: When they were put together, in UTC.
        identity: The id of the resource, where it is to have one.
    """
    questionnaire = evaluation.questionnaire
    roles = {given.role for given in provenance.values()}
    answered_by = AuthorRole.HELPER if roles == {AuthorRole.HELPER} else AuthorRole.PATIENT
    return {
        "resourceType": "QuestionnaireResponse",
        **({"id": identity} if identity else {}),
        "language": questionnaire.language,
        "contained": [_person(role) for role in AuthorRole if role in {*roles, AuthorRole.PATIENT}],
        "questionnaire": _canonical(questionnaire),
        "status": "in-progress",
        "subject": _reference(AuthorRole.PATIENT),
        "authored": _moment(authored),
        "author": _reference(answered_by),
        "source": _reference(answered_by),
        **_inside(_Writer(evaluation, provenance).elements(questionnaire.item, ())),
    }


def _canonical(questionnaire: Questionnaire) -> str:
    return f"{questionnaire.url}|{questionnaire.version}"


def _person(role: AuthorRole) -> Json:
    if role is AuthorRole.PATIENT:
        return {"resourceType": "Patient", "id": role.value}
    patient = _reference(AuthorRole.PATIENT)
    return {"resourceType": "RelatedPerson", "id": role.value, "patient": patient}


def _reference(role: AuthorRole) -> Json:
    return {"reference": f"#{role.value}"}


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _inside(elements: Iterator[Json]) -> Json:
    """Write the items of an element; FHIR has no empty lists."""
    items = list(elements)
    return {"item": items} if items else {}


class _Writer:
    """Writes the items of one set of answers."""

    def __init__(self, evaluation: Evaluation, provenance: Provenance) -> None:
        self._evaluation = evaluation
        self._provenance = provenance

    def elements(self, items: tuple[Item, ...], path: Path) -> Iterator[Json]:
        """Write some items at one path."""
        for item in items:
            if not self._evaluation.enabled(item.link_id, path):
                continue
            if item.type is not ItemType.GROUP:
                yield from self._question(item, path)
            elif item.repeats:
                for each in self._evaluation.repetitions(item.link_id, path):
                    inner = (*path, each)
                    # An id tells one repetition from another when the answers are read again.
                    named = {"id": answer_key(item.link_id, inner)}
                    yield named | self._begun(item, path) | _inside(self.elements(item.item, inner))
            elif inside := _inside(self.elements(item.item, path)):
                yield self._begun(item, path) | inside

    def _begun(self, item: Item, path: Path) -> Json:
        text = with_repetition(self._evaluation, item.link_id, path, item.text)
        return {"linkId": item.link_id, "text": text}

    def _question(self, item: Item, path: Path) -> Iterator[Json]:
        key = answer_key(item.link_id, path)
        is_masked = self._evaluation.masked(item.link_id, path)
        value: AnswerValue = self._evaluation.answer(item.link_id, path)
        if is_masked:
            value = self._evaluation.answers[key]
        if value is None or item.type is ItemType.DISPLAY:
            return
        given = self._provenance.get(key)
        extensions = _extensions(self._evaluation.questionnaire.url, given) if given else []
        yield {
            **({"extension": extensions} if extensions else {}),
            **self._begun(item, path),
            "answer": [self._answer(item, path, each) for each in occurrences_of(value)],
        }

    def _answer(self, item: Item, path: Path, value: AnswerValue) -> Json:
        kind = _KINDS[item.type]
        if is_absent(value):
            reason = cast("Json", value)[ABSENT]
            missing = {"extension": [ext.extension(_ABSENT, "Code", reason)]}
            return {"valueCoding" if kind == "Coding" else f"_value{kind}": missing}
        if isinstance(value, dict):
            return {"valueString": value[OTHER]}
        if item.type in CHOICES:
            code = str(value)
            option = self._evaluation.asked(item.link_id, path).option(code)
            system = option_system_of(self._evaluation.questionnaire, item, code)
            display = option.display if option else code
            return {"valueCoding": {"system": system, "code": code, "display": display}}
        if item.type is ItemType.INTEGER and isinstance(value, float):
            return {"valueInteger": int(value)}
        return {f"value{kind}": value}


def _extensions(base: str, given: Given) -> list[Json]:
    """Say who gave an answer, in whose view, and who has confirmed it."""
    parts = [
        ext.extension("perspective", "Code", given.perspective.value),
        ext.extension("answered-at", "DateTime", _moment(given.answered_at)),
    ]
    if given.confirmed:
        parts += [
            ext.extension("confirmed-by", "Reference", _reference(given.confirmed.role)),
            ext.extension("confirmed-at", "DateTime", _moment(given.confirmed.at)),
        ]
    return [
        ext.extension(_ITEM_AUTHOR, "Reference", _reference(given.role)),
        {"url": f"{base}/extension/given", "extension": parts},
    ]


def from_fhir_response(questionnaire: Questionnaire, resource: Json) -> dict[str, AnswerValue]:
    """Read the answers, by answer key.

    Extensions that this app does not know are left out. Whether a value suits its question is for
    `validation.validate_value` to say.

    Raises:
        FhirError: The resource is something else, answers another questionnaire, or lacks a part.
    """
    if resource.get("resourceType") != "QuestionnaireResponse":
        raise FhirError("The resource is not a FHIR QuestionnaireResponse.")
    if resource.get("questionnaire") != _canonical(questionnaire):
        raise FhirError(f"The resource does not answer {_canonical(questionnaire)}.")
    try:
        return dict(_read_items(questionnaire, resource.get("item", []), ()))
    except KeyError as error:
        raise FhirError(f"The QuestionnaireResponse lacks {error.args[0]}.") from error


def _read_items(
    questionnaire: Questionnaire, elements: Sequence[Json], path: Path
) -> Iterator[tuple[str, AnswerValue]]:
    counts: dict[str, int] = {}
    for element in elements:
        link_id = element["linkId"]
        item = questionnaire.find(link_id)
        if item is None:
            raise FhirError(f"There is no item {link_id} in {questionnaire.url}.")
        inner = path
        if item.type is ItemType.GROUP and item.repeats:
            counts[link_id] = counts.get(link_id, 0) + 1
            inner = (*path, _repetition_of(element, str(counts[link_id])))
            if item.repeats_for is None:
                yield answer_key(link_id, inner), True
        if answers := element.get("answer", []):
            yield answer_key(link_id, path), _read_value(item, answers)
        yield from _read_items(questionnaire, element.get("item", []), inner)


def _repetition_of(element: Json, otherwise: str) -> str:
    """Read the id of a repetition; a resource that was made elsewhere may have none."""
    _, path = split_key(element.get("id", ""))
    return path[-1] if path else otherwise


def _read_value(item: Item, answers: Sequence[Json]) -> AnswerValue:
    values = [_read_one(item, answer) for answer in answers]
    is_list = item.repeats and not is_absent(values[0])
    return values if is_list else values[0]


def _read_one(item: Item, answer: Json) -> AnswerValue:
    value = next((each for key, each in answer.items() if "value" in key), None)
    if isinstance(value, dict):
        coding = cast("Json", value)
        reason = ext.value_of(ext.by_url(coding), _ABSENT)
        return coding["code"] if reason is None else _absent(reason)
    return {OTHER: value} if item.type is ItemType.OPEN_CHOICE else value


def _absent(reason: Any) -> AnswerValue:
    if reason not in tuple(AbsentReason):
        raise FhirError(f"{reason} is no reason for which this app knows an answer to be absent.")
    return {ABSENT: reason}
