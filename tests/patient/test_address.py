"""How the address names a step, worked out by the phone's own code."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.domain.build import group, question, questionnaire
from tests.patient.node_process import NodeProcess

FORM = questionnaire(
    group(
        "section",
        question(
            "tried",
            "open-choice",
            repeats=True,
            answer_option=[
                "pills",
                "heat",
                "rest",
                {"code": "none", "display": "None", "exclusive": True},
            ],
        ),
        group(
            "treatment",
            question("helped", "integer"),
            group("course", question("year", "date"), repeats=True, required=False),
            repeats=True,
            repeats_for="tried",
        ),
    ),
)
TRIED = {"tried": ["rest", "pills", {"other": "Acupuncture"}]}
COURSE = {"course@rest.ab12": True}


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    process = NodeProcess("address.mjs", tmp_path_factory.mktemp("address"))
    yield process
    process.stop()


def asked(phone: NodeProcess, answers: dict[str, Any], *addresses: str) -> dict[str, Any]:
    (found,) = phone.ask(FORM, [{"answers": answers, "addresses": list(addresses)}])
    return found


def test_address_counts_what_was_chosen_and_names_no_option(phone: NodeProcess) -> None:
    named = dict(asked(phone, {**TRIED, **COURSE})["named"])
    assert named["tried"] == "tried"
    assert [named[f"helped@{code}"] for code in ("pills", "rest", "other")] == [
        "helped@1",
        "helped@2",
        "helped@3",
    ]
    assert named["course@rest"] == "course@2"
    assert named["year@rest.ab12"] == "year@2.ab12"
    assert not [name for name in named.values() if "rest" in name or "other" in name]


def test_every_address_leads_back_to_its_step(phone: NodeProcess) -> None:
    answers = {**TRIED, **COURSE}
    named = asked(phone, answers)["named"]
    assert asked(phone, answers, *(name for _, name in named))["keys"] == [key for key, _ in named]


def test_address_that_is_over_leads_nowhere(phone: NodeProcess) -> None:
    stale = ("helped@4", "helped@0", "helped@rest", "helped", "helped@", "year@2.zz", "nothing", "")
    assert asked(phone, {**TRIED, **COURSE}, *stale)["keys"] == [None] * len(stale)
