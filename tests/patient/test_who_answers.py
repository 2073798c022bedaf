"""Who answers on this phone, and what the pages then show, worked out by the phone's own code."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.domain.build import group, question, questionnaire, rule
from tests.patient.node_process import NodeProcess
from tests.scenario import answer_event, uuid4_number

WAYS = ["self", "self-assisted", "proxy-own-view", "proxy-patient-view"]
MADE = questionnaire(
    group(
        "section",
        question(
            "who",
            "choice",
            app_role="author",
            answer_option=[
                {"code": f"way-{place}", "display": way, "perspective": way}
                for place, way in enumerate(WAYS)
            ],
        ),
        question(
            "relation",
            "choice",
            app_role="relationship",
            answer_option=[{"code": "child", "display": "Son or daughter"}],
        ),
        question("pain", "integer", helper_text="Their pain", unobservable=True),
        question("mood", "boolean", sensitive=True),
        question("walks", "integer"),
    ),
    score=[{"name": "sum", "title": "Sum", "value": {"sum": ["pain", "walks"]}}],
    red_flag=[
        {
            "id": "R1",
            "urgency": "soon",
            "when": rule("mood", "=", True),
            "heading": "Low",
            "action": "Call someone.",
            "service": "crisis",
        }
    ],
    summary=[{"title": "All", "item": ["pain", "mood", "walks"], "score": ["sum"]}],
)
MASKED = {"absent": "masked"}
COUNTRY = {"emergency": {"label": "999", "number": "999"}}
ANN = uuid4_number(50)


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    process = NodeProcess("views.mjs", tmp_path_factory.mktemp("who"))
    yield process
    process.stop()


def ask(phone: NodeProcess, **case: Any) -> Any:
    (found,) = phone.ask(MADE, [{"answers": {}, "country": COUNTRY, **case}])
    return found


@pytest.mark.parametrize(("place", "way"), [*enumerate(WAYS)])
def test_the_chosen_option_says_whose_view_the_answers_are(
    phone: NodeProcess, place: int, way: str
) -> None:
    found = ask(phone, answers={"who": f"way-{place}"}, **{"as": []})

    assert found == {"role": "helper" if "proxy" in way else "patient", "perspective": way}


@pytest.mark.parametrize(
    ("way", "text"), [(0, "Pain"), (1, "Pain"), (2, "Their pain"), (3, "Their pain")]
)
def test_both_ways_of_a_helper_have_the_wording_for_helpers(
    phone: NodeProcess, way: int, text: str
) -> None:
    assert ask(phone, answers={"who": f"way-{way}"}, key="pain")["text"] == text


def test_who_says_who_is_answering_says_it_in_that_view(phone: NodeProcess) -> None:
    assert ask(phone, **{"as": ["who", "way-3"]})["perspective"] == "proxy-patient-view"
    assert ask(phone, **{"as": ["pain", 3]})["perspective"] == "self"


@pytest.mark.parametrize(
    ("access", "offered"), [(None, WAYS), ("patient", WAYS), ("read", WAYS), ("helper", WAYS[2:])]
)
def test_the_link_of_a_helper_does_not_offer_the_answers_of_the_patient(
    phone: NodeProcess, access: str | None, offered: list[str]
) -> None:
    case = {} if access is None else {"access": access}

    assert [each["label"] for each in ask(phone, key="who", **case)["options"]] == offered


@pytest.mark.parametrize("answers", [{}, {"who": "way-0"}])
def test_with_the_link_of_a_helper_nobody_answers_as_the_patient(
    phone: NodeProcess, answers: dict[str, Any]
) -> None:
    found = ask(phone, answers=answers, access="helper", **{"as": []})

    assert found == {"role": "helper", "perspective": "proxy-own-view"}


@pytest.mark.parametrize(("way", "can_mask"), [(0, False), (1, True), (2, True), (3, True)])
def test_a_sensitive_question_can_be_put_aside_where_somebody_helps(
    phone: NodeProcess, way: int, can_mask: bool
) -> None:
    answers = {"who": f"way-{way}"}

    assert ask(phone, answers=answers, key="mood")["canMask"] is can_mask
    assert ask(phone, answers=answers, key="walks")["canMask"] is False


@pytest.mark.parametrize(("way", "is_asked"), [(0, True), (1, True), (2, False), (3, False)])
def test_what_was_put_aside_is_asked_only_where_the_patient_answers(
    phone: NodeProcess, way: int, is_asked: bool
) -> None:
    view = ask(phone, answers={"who": f"way-{way}", "mood": MASKED}, key="mood")

    assert (view is not None) is is_asked


def sent(*answers: tuple[Any, ...], **fields: Any) -> list[dict[str, Any]]:
    events = [answer_event(number, *one) for number, one in enumerate(answers, start=1)]
    return [event.model_dump(mode="json") | fields for event in events]


def notes(sections: Any) -> dict[str, str]:
    rows = [row for section in sections for part in section["groups"] for row in part["rows"]]
    return {row["label"]: row["note"] for row in rows}


def test_answers_read_back_name_nobody_where_one_person_answered(phone: NodeProcess) -> None:
    events = sent(("who", "way-0"), ("pain", 3))

    assert set(notes(ask(phone, events=events, check="/check")).values()) == {""}


def test_answers_read_back_say_who_gave_each_where_several_did(phone: NodeProcess) -> None:
    mine = sent(("who", "way-0"), ("walks", 3))
    theirs = answer_event(9, "pain", 4, perspective="proxy-patient-view")
    events = [*mine, theirs.model_dump(mode="json") | {"participant": str(ANN)}]
    participants = [
        {"id": str(ANN), "role": "helper", "name": "Ann", "relationship": "child"},
        {"id": str(uuid4_number(51)), "role": "patient", "name": "My phone", "relationship": None},
    ]

    found = notes(ask(phone, events=events, participants=participants, check="/check"))

    assert found["Pain"] == "Given by Ann (son or daughter), as the patient would say"
    assert found["Walks"] == "Given by the patient"
    assert found["Mood"] == ""


def test_the_summary_signs_what_a_helper_cannot_feel_and_the_score_of_it(
    phone: NodeProcess,
) -> None:
    summary = ask(phone, events=sent(("pain", 4, "helper"), ("walks", 3, "helper")))
    facts = {fact["label"]: fact for block in summary["blocks"] for fact in block["facts"]}

    assert facts["Pain"]["answers"] == ["4 †"]
    assert facts["Walks"]["answers"] == ["3"]
    assert facts["Sum"]["answers"] == ["7. Answered by a helper, so not a self-report."]
    assert summary["by"] == "a helper for the patient"
    assert "† Only the person with the pain can feel or know this" in summary["marks"]


def test_the_summary_says_what_the_patient_confirmed(phone: NodeProcess) -> None:
    given = answer_event(1, "pain", 4, "helper")
    events = [given, answer_event(2, "pain", 4, confirms=given.id), answer_event(3, "walks", 2)]
    events += [answer_event(4, "mood", False)]
    summary = ask(phone, events=[event.model_dump(mode="json") for event in events])
    facts = {fact["label"]: fact for block in summary["blocks"] for fact in block["facts"]}

    assert facts["Pain"]["answers"] == ["4 (helper, confirmed by the patient)"]
    assert facts["Sum"]["answers"] == ["6"]


def test_an_event_of_before_that_does_not_say_how_it_was_given_is_taken_in(
    phone: NodeProcess,
) -> None:
    events = sent(("pain", 4, "helper"), ("walks", 3), ("mood", False))
    for event in events:
        del event["perspective"]
    summary = ask(phone, events=events)
    facts = {fact["label"]: fact for block in summary["blocks"] for fact in block["facts"]}

    assert facts["Pain"]["answers"] == ["4 † (helper, own view)"]


@pytest.mark.parametrize(
    ("way", "answers"),
    [
        (0, ["Not answered yet", "To be answered by the patient alone"]),
        (2, ["Not answered yet"]),
    ],
)
def test_a_warning_sign_that_was_put_aside_is_not_answered_yet(
    phone: NodeProcess, way: int, answers: list[str]
) -> None:
    summary = ask(phone, events=sent(("who", f"way-{way}"), ("mood", MASKED)))
    facts = {fact["label"]: fact for block in summary["blocks"] for fact in block["facts"]}

    assert facts["Mood"]["answers"] == answers


HANDED_OVER = sent(
    ("who", "way-2", "helper"),
    ("mood", MASKED, "helper"),
    ("who", "way-0"),
    ("mood", True),
    ("who", "way-2", "helper"),
)
TAKEN_BACK = [*HANDED_OVER, *(sent(("who", "way-0"), id=str(uuid4_number(60))))]


def rows(sections: Any) -> dict[str, list[str]]:
    found = [row for section in sections for part in section["groups"] for row in part["rows"]]
    return {row["label"]: row["answers"] for row in found}


def facts_of(summary: Any) -> dict[str, list[str]]:
    return {
        fact["label"]: fact["answers"] for block in summary["blocks"] for fact in block["facts"]
    }


def test_what_the_patient_answered_alone_is_behind_a_curtain_where_a_helper_answers(
    phone: NodeProcess,
) -> None:
    question = ask(phone, events=HANDED_OVER, key="mood")
    summary = ask(phone, events=HANDED_OVER)

    assert question["control"] == "display"
    assert question["detail"][0] == "Answered by the patient alone."
    assert "a curtain, not a lock" in question["detail"][-1]
    assert question["links"] == [{"label": "Who is answering?", "href": "#who"}]
    assert question["canMask"] is False
    checked = rows(ask(phone, events=HANDED_OVER, check="/check"))
    assert checked["Mood"] == ["Answered by the patient alone"]
    assert facts_of(summary)["Mood"] == ["Answered by the patient alone"]
    assert summary["flags"] == []


def test_the_patient_has_it_back_by_saying_who_is_answering(phone: NodeProcess) -> None:
    summary = ask(phone, events=TAKEN_BACK)

    assert ask(phone, events=TAKEN_BACK, key="mood")["control"] == "boolean"
    assert rows(ask(phone, events=TAKEN_BACK, check="/check"))["Mood"] == ["Yes"]
    assert facts_of(summary)["Mood"] == ["Yes"]
    assert [flag["heading"] for flag in summary["flags"]] == ["Low"]


def test_behind_the_link_of_a_helper_the_curtain_names_the_link_of_the_patient(
    phone: NodeProcess,
) -> None:
    question = ask(phone, events=HANDED_OVER, key="mood", access="helper")

    assert question["links"] == []
    assert "their own link" in question["detail"][1]
