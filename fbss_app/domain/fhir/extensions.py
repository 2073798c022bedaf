"""The FHIR R4 extensions that a definition uses, and how a value goes into one and out again.

What has no standard extension goes into one of our own, under the questionnaire's url.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

Json = dict[str, Any]

CORE = "http://hl7.org/fhir/StructureDefinition/"
MIN_VALUE = f"{CORE}minValue"
MAX_VALUE = f"{CORE}maxValue"
MAX_DECIMAL_PLACES = f"{CORE}maxDecimalPlaces"
MIN_OCCURS = f"{CORE}questionnaire-minOccurs"
MAX_OCCURS = f"{CORE}questionnaire-maxOccurs"
UNIT = f"{CORE}questionnaire-unit"
ITEM_CONTROL = f"{CORE}questionnaire-itemControl"
OPTION_EXCLUSIVE = f"{CORE}questionnaire-optionExclusive"
ORDINAL_VALUE = f"{CORE}ordinalValue"
SHORT_TEXT = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText"

UCUM = "http://unitsofmeasure.org"
ITEM_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
DATA_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

_OWN = "/extension/"


def extension(url: str, kind: str, value: Any) -> Json:
    """Write one extension; `kind` is the FHIR type, such as `Integer`."""
    return {"url": url, f"value{kind}": value}


def number_extension(url: str, value: int | float) -> Json:
    """Write a number as the FHIR type that it is."""
    return extension(url, "Integer" if isinstance(value, int) else "Decimal", value)


def value_of(extensions: Mapping[str, Json], url: str) -> Any:
    """Read the value of a standard extension; None when it is not there."""
    found = extensions.get(url, {})
    return next((value for key, value in found.items() if key.startswith("value")), None)


def by_url(element: Json) -> dict[str, Json]:
    """List an element's extensions by their url."""
    return {each["url"]: each for each in cast("list[Json]", element.get("extension", []))}


def own_extensions(base: str, fields: Mapping[str, Any]) -> list[Json]:
    """Write the fields that FHIR has no place for; a structure goes in as JSON text."""
    return [_own_extension(f"{base}{_OWN}{name}", value) for name, value in fields.items()]


def _own_extension(url: str, value: Any) -> Json:
    if isinstance(value, str):
        return extension(url, "String", value)
    if isinstance(value, bool):
        return extension(url, "Boolean", value)
    return extension(url, "String", json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def own_fields(base: str, element: Json, structured: Sequence[str] = ()) -> Json:
    """Read our own extensions back into fields; those named as structured hold JSON text."""
    fields: Json = {}
    prefix = f"{base}{_OWN}"
    for url, found in by_url(element).items():
        if url.startswith(prefix):
            name = url.removeprefix(prefix)
            value = value_of({url: found}, url)
            fields[name] = json.loads(value) if name in structured else value
    return fields
