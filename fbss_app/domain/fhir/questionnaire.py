"""Writes a definition as a FHIR R4 Questionnaire and reads it back without loss.

Source: https://hl7.org/fhir/R4/questionnaire.html and the extensions registered with it.
"""

import re
from typing import Any, cast

from pydantic import ValidationError

from fbss_app.domain.fhir import extensions as ext
from fbss_app.domain.fhir.extensions import Json
from fbss_app.domain.questionnaire.answers import OTHER, AbsentReason
from fbss_app.domain.questionnaire.expressions import NOT_SURE, EnableWhen, Operator
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    WRITTEN,
    AnswerOption,
    Item,
    ItemControl,
    ItemType,
    Questionnaire,
)
from fbss_app.errors import FbssError

_ROOT_ELEMENTS = (
    "url",
    "version",
    "status",
    "title",
    "description",
    "date",
    "language",
    "copyright",
)
_ROOT_STRUCTURES = (
    "instrument",
    "condition",
    "score",
    "red_flag",
    "interruption",
    "question_to_ask",
    "questions_printed",
    "summary",
    "stage",
)
_ITEM_STRUCTURES = ("enable_when", "code", "link")
_STANDARD_CONTROLS = {
    ItemControl.RADIO: "radio-button",
    ItemControl.CHECK_BOX: "check-box",
    ItemControl.TEXT_BOX: "text-box",
}


class FhirError(FbssError):
    """A FHIR resource that does not hold a questionnaire this app can ask."""

    code = "fhir-unreadable"
    status_code = 422


def to_fhir(questionnaire: Questionnaire) -> Json:
    """Write a FHIR R4 Questionnaire as JSON data."""
    fields = questionnaire.model_dump(mode="json", exclude_defaults=True)
    rest = {key: fields[key] for key in ("source", *_ROOT_STRUCTURES) if key in fields}
    resource: Json = {
        "resourceType": "Questionnaire",
        "id": questionnaire.name,
        "name": _computer_name(questionnaire.name),
        "subjectType": ["Patient"],
        "language": questionnaire.language,
        **{key: fields[key] for key in _ROOT_ELEMENTS if key in fields},
        "item": [_write_item(questionnaire, item) for item in questionnaire.item],
    }
    return _with_extensions(resource, ext.own_extensions(questionnaire.url, rest))


def _computer_name(name: str) -> str:
    """Make the name that FHIR wants: letters and digits, beginning with a capital letter."""
    joined = "".join(part.capitalize() for part in name.split("-"))
    return joined if re.match("[A-Z]", joined) else f"Q{joined}"


def _with_extensions(element: Json, extensions: list[Json]) -> Json:
    return {**element, "extension": extensions} if extensions else element


def _write_item(questionnaire: Questionnaire, item: Item) -> Json:
    rest = item.model_dump(mode="json", exclude_defaults=True)
    element: Json = {"linkId": rest.pop("link_id"), "type": rest.pop("type")}
    for ours, theirs in (("text", "text"), ("prefix", "prefix"), ("max_length", "maxLength")):
        if ours in rest:
            element[theirs] = rest.pop(ours)
    if item.type is not ItemType.DISPLAY:
        rest.pop("required", None)
        element["required"] = item.required
        if rest.pop("repeats", False):
            element["repeats"] = True
        if "code" in rest:
            element["code"] = rest.pop("code")
    rest.pop("item", None)
    rest.pop("answer_option", None)
    extensions = _write_standard_extensions(questionnaire, item, rest)
    if item.enable_when and all(isinstance(rule, EnableWhen) for rule in item.enable_when):
        del rest["enable_when"]
        element["enableWhen"] = [
            _write_rule(questionnaire, cast("EnableWhen", rule)) for rule in item.enable_when
        ]
        if "enable_behavior" in rest:
            element["enableBehavior"] = rest.pop("enable_behavior")
    if item.answer_option:
        system = _own_option_system(questionnaire, item.link_id)
        element["answerOption"] = [
            _write_option(questionnaire, option, system) for option in item.answer_option
        ]
    if item.item:
        element["item"] = [_write_item(questionnaire, inner) for inner in item.item]
    return _with_extensions(element, [*extensions, *ext.own_extensions(questionnaire.url, rest)])


def _write_standard_extensions(questionnaire: Questionnaire, item: Item, rest: Json) -> list[Json]:
    """Move out of `rest` what the standard has an extension for."""
    found: list[Json] = []
    if "short_text" in rest:
        found.append(ext.extension(ext.SHORT_TEXT, "String", rest.pop("short_text")))
    for key, url in (("min_value", ext.MIN_VALUE), ("max_value", ext.MAX_VALUE)):
        value = rest.get(key)
        if isinstance(value, int | float):
            found.append(ext.number_extension(url, rest.pop(key)))
        elif isinstance(value, str) and value[:1].isdigit():
            found.append(ext.extension(url, "Date", rest.pop(key)))
    for key, url in (
        ("max_decimal_places", ext.MAX_DECIMAL_PLACES),
        ("min_occurs", ext.MIN_OCCURS),
        ("max_occurs", ext.MAX_OCCURS),
    ):
        if key in rest:
            found.append(ext.number_extension(url, rest.pop(key)))
    if unit := rest.pop("unit", None):
        coding = {"system": ext.UCUM, **unit} if "code" in unit else unit
        found.append(ext.extension(ext.UNIT, "Coding", coding))
    if control := rest.pop("item_control", None):
        standard = _STANDARD_CONTROLS.get(ItemControl(control))
        system = ext.ITEM_CONTROLS if standard else f"{questionnaire.url}/item-control"
        concept = {"coding": [{"system": system, "code": standard or control}]}
        found.append(ext.extension(ext.ITEM_CONTROL, "CodeableConcept", concept))
    return found


def _own_option_system(questionnaire: Questionnaire, link_id: str) -> str:
    return f"{questionnaire.url}/option/{link_id}"


def option_system_of(questionnaire: Questionnaire, item: Item, code: str) -> str:
    """Name the system of a code: it belongs to the question whose own option it is."""
    source = questionnaire.find(item.options_from or "")
    if source:
        offered = {option.code for option in source.answer_option if not option.exclusive}
        if source.type is ItemType.OPEN_CHOICE:
            offered.add(OTHER)
        if code in offered:
            return option_system_of(questionnaire, source, code)
    return _own_option_system(questionnaire, item.link_id)


def _write_option(questionnaire: Questionnaire, option: AnswerOption, system: str) -> Json:
    rest = option.model_dump(mode="json", exclude_defaults=True)
    coding = {"system": system, "code": rest.pop("code"), "display": rest.pop("display")}
    extensions: list[Json] = []
    if "ordinal_value" in rest:
        extensions.append(ext.extension(ext.ORDINAL_VALUE, "Decimal", rest.pop("ordinal_value")))
    if rest.pop("exclusive", False):
        extensions.append(ext.extension(ext.OPTION_EXCLUSIVE, "Boolean", True))
    return _with_extensions(
        {"valueCoding": coding}, [*extensions, *ext.own_extensions(questionnaire.url, rest)]
    )


def _write_rule(questionnaire: Questionnaire, rule: EnableWhen) -> Json:
    kind, answer = _typed_answer(questionnaire, rule)
    return {"question": rule.question, "operator": rule.operator.value, f"answer{kind}": answer}


def _typed_answer(questionnaire: Questionnaire, rule: EnableWhen) -> tuple[str, Any]:
    item = questionnaire.placements[rule.question].item
    may_be_unsure = item.not_sure and item.absent_reason is AbsentReason.ASKED_UNKNOWN
    if rule.answer == NOT_SURE and (may_be_unsure or item.type not in WRITTEN):
        return "Coding", {"system": ext.DATA_ABSENT, "code": AbsentReason.ASKED_UNKNOWN.value}
    if rule.operator is Operator.EXISTS or item.type is ItemType.BOOLEAN:
        return "Boolean", rule.answer
    if isinstance(rule.answer, int):
        return "Integer", rule.answer
    if isinstance(rule.answer, float):
        return "Decimal", rule.answer
    if item.type in CHOICES:
        return "Coding", {
            "system": option_system_of(questionnaire, item, str(rule.answer)),
            "code": rule.answer,
        }
    return ("Date" if item.type is ItemType.DATE else "String"), rule.answer


def from_fhir(resource: Json) -> Questionnaire:
    """Read a FHIR R4 Questionnaire.

    Extensions that this app does not know are left out. Whether the definition makes sense is for
    `definition_checks` to say.

    Raises:
        FhirError: The resource is something else, or lacks what this app needs.
    """
    if resource.get("resourceType") != "Questionnaire":
        raise FhirError("The resource is not a FHIR Questionnaire.")
    try:
        base = resource["url"]
        fields: Json = {
            "name": resource["id"],
            **{key: resource[key] for key in _ROOT_ELEMENTS if key in resource},
            **ext.own_fields(base, resource, _ROOT_STRUCTURES),
            "item": [_read_item(base, element) for element in resource["item"]],
        }
        return Questionnaire.model_validate(fields)
    except KeyError as error:
        raise FhirError(f"The Questionnaire lacks {error.args[0]}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FhirError(f"The Questionnaire does not fit: {where}: {first['msg']}.") from error


def _read_item(base: str, element: Json) -> Json:
    fields: Json = {
        "link_id": element["linkId"],
        "type": element["type"],
        "required": element.get("required", element["type"] == ItemType.DISPLAY),
        "repeats": element.get("repeats", False),
    }
    for ours, theirs in (
        ("text", "text"),
        ("prefix", "prefix"),
        ("max_length", "maxLength"),
        ("enable_behavior", "enableBehavior"),
        ("code", "code"),
    ):
        if theirs in element:
            fields[ours] = element[theirs]
    fields |= _read_standard_extensions(element)
    if "enableWhen" in element:
        fields["enable_when"] = [_read_rule(rule) for rule in element["enableWhen"]]
    if "answerOption" in element:
        fields["answer_option"] = [_read_option(base, each) for each in element["answerOption"]]
    if "item" in element:
        fields["item"] = [_read_item(base, inner) for inner in element["item"]]
    return fields | ext.own_fields(base, element, _ITEM_STRUCTURES)


def _read_standard_extensions(element: Json) -> Json:
    known = ext.by_url(element)
    fields = {
        key: value
        for key, url in (
            ("short_text", ext.SHORT_TEXT),
            ("min_value", ext.MIN_VALUE),
            ("max_value", ext.MAX_VALUE),
            ("max_decimal_places", ext.MAX_DECIMAL_PLACES),
            ("min_occurs", ext.MIN_OCCURS),
            ("max_occurs", ext.MAX_OCCURS),
        )
        if (value := ext.value_of(known, url)) is not None
    }
    if unit := ext.value_of(known, ext.UNIT):
        fields["unit"] = {key: unit[key] for key in ("display", "code") if key in unit}
    if concept := ext.value_of(known, ext.ITEM_CONTROL):
        code = concept["coding"][0]["code"]
        ours = {theirs: control for control, theirs in _STANDARD_CONTROLS.items()}
        fields["item_control"] = ours.get(code, code)
    return fields


def _read_option(base: str, element: Json) -> Json:
    coding = element["valueCoding"]
    known = ext.by_url(element)
    fields = {"code": coding["code"], "display": coding["display"], **ext.own_fields(base, element)}
    ordinal = ext.value_of(known, ext.ORDINAL_VALUE)
    if ordinal is not None:
        fields["ordinal_value"] = ordinal
    if ext.value_of(known, ext.OPTION_EXCLUSIVE):
        fields["exclusive"] = True
    return fields


def _read_rule(element: Json) -> Json:
    answer = next(value for key, value in element.items() if key.startswith("answer"))
    if isinstance(answer, dict):
        coding = cast("Json", answer)
        answer = NOT_SURE if coding.get("system") == ext.DATA_ABSENT else coding["code"]
    return {"question": element["question"], "operator": element["operator"], "answer": answer}
