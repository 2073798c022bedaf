"""What a page shows of a question, worked out by the phone's own code."""

from collections.abc import Iterator
from typing import Any

import pytest

from fbss_app.domain.questionnaire.model import Questionnaire
from tests.domain.build import group, question, questionnaire, rule
from tests.patient.node_process import NodeProcess
from tests.scenario import answer_event

PEG = {
    "name": "peg",
    "version": "1",
    "title": "PEG",
    "licence": "Free.",
    "credit": "By its authors",
    "recall_period": "past week",
    "source": "Somewhere",
}
FORM = questionnaire(
    group(
        "section",
        question(
            "tried",
            "open-choice",
            repeats=True,
            answer_option=[
                {"code": "pills", "display": "Tablets for pain", "short_display": "Tablets"},
                {"code": "heat", "display": "Heat", "group": "At home"},
                {"code": "rest", "display": "Rest", "group": "At home"},
                {"code": "none", "display": "None", "exclusive": True},
            ],
        ),
        group(
            "treatment",
            question(
                "helped",
                "integer",
                text="{repetition}: did it help?",
                detail="About {repetition}.",
            ),
            repeats=True,
            repeats_for="tried",
        ),
        question("best", "choice", options_from="tried"),
        question("medicine", "string", suggestions="medicines"),
        question("crisis", "display", service="crisis"),
        question("more", "display", link={"text": "Read more", "address": "/options"}),
        group("peg", question("peg-pain", "integer"), instrument="peg"),
        group("scan", question("scanned", "string"), repeats=True),
        group("course", question("taken", "string"), repeats=True),
    ),
    group("later", question("last", "boolean"), enable_when=[rule("tried", "=", "rest")]),
    instrument=[PEG],
    stage=[
        {"title": "Your story", "helper_title": "Their story", "section": ["section"]},
        {"title": "To read", "page": {"text": "The options", "address": "/options"}},
        {"title": "Later", "text": "Opens after a rest.", "section": ["later"]},
    ],
)
COUNTRY = {
    "emergency": {"label": "999", "number": "999"},
    "crisis": {"label": "Helpline", "number": "111"},
}
ANSWERS = {"tried": ["heat", "pills", {"other": "$& Acupuncture"}]}


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    process = NodeProcess("views.mjs", tmp_path_factory.mktemp("views"))
    yield process
    process.stop()


@pytest.fixture
def view(phone: NodeProcess) -> Any:
    def _view(key: str) -> dict[str, Any]:
        (found,) = phone.ask(FORM, [{"answers": ANSWERS, "key": key, "country": COUNTRY}])
        return found

    return _view


@pytest.mark.parametrize(
    ("repetition", "title"), [("pills", "Tablets"), ("heat", "Heat"), ("other", "$& Acupuncture")]
)
def test_a_text_names_the_repetition_it_stands_in(view: Any, repetition: str, title: str) -> None:
    shown = view(f"helped@{repetition}")
    assert shown["text"] == f"{title}: did it help?"
    assert shown["detail"] == [f"About {title}."]
    assert not shown["caption"].endswith(title), "the question itself names it"


def test_options_follow_what_was_chosen(view: Any) -> None:
    assert [(each["value"], each["label"]) for each in view("best")["options"]] == [
        ("pills", "Tablets for pain"),
        ("heat", "Heat"),
        ("other", "$& Acupuncture"),
    ]


def test_the_first_option_of_a_group_bears_its_heading(view: Any) -> None:
    headings = [each["heading"] for each in view("tried")["options"]]
    assert headings == ["", "At home", "", ""]


def test_a_text_to_read_shows_the_numbers_of_its_service(view: Any) -> None:
    assert [each["number"] for each in view("crisis")["calls"]] == ["111", "999"]
    assert view("medicine")["calls"] == []


def test_a_text_to_read_shows_the_page_it_leads_to(view: Any) -> None:
    assert view("more")["links"] == [{"label": "Read more", "href": "/options"}]
    assert view("crisis")["links"] == []


def stages_of(phone: NodeProcess, made: Questionnaire, answers: dict[str, Any]) -> Any:
    (found,) = phone.ask(made, [{"answers": answers, "stages": "/questions"}])
    return found


def test_the_task_list_follows_the_stages_of_the_definition(phone: NodeProcess) -> None:
    story, read, later = stages_of(phone, FORM, ANSWERS)
    assert story["title"] == "1. Your story"
    (task,) = story["tasks"]
    assert (task["status"], task["href"]) == ("In progress", "/questions#helped@1")
    assert read["tasks"] == [{"title": "The options", "status": "", "href": "/options"}]
    assert later["text"] == "Opens after a rest."
    assert later["tasks"] == [{"title": "Later", "status": "Cannot start yet", "href": ""}]


def test_a_stage_says_no_more_what_opens_it_once_it_is_open(phone: NodeProcess) -> None:
    *_, later = stages_of(phone, FORM, {"tried": ["rest"]})
    assert later["text"] == ""
    assert later["tasks"][0]["status"] == "Not yet started"


def test_without_stages_the_task_list_is_that_of_the_sections(phone: NodeProcess) -> None:
    made = questionnaire(group("a", question("pain", "integer")))
    (only,) = stages_of(phone, made, {})
    assert only["title"] == ""
    assert [task["title"] for task in only["tasks"]] == ["A"]


OPTIONAL = questionnaire(
    group("a", question("pain", "integer")),
    group(
        "more",
        question("list-wanted", "boolean", optional_part=True),
        question("list", "integer", enable_when=[rule("list-wanted", "=", True)]),
        question("mood-wanted", "boolean", optional_part=True),
    ),
    stage=[{"title": "All", "section": ["a", "more"]}],
)


@pytest.mark.parametrize(
    ("invitation", "titles"),
    [
        (None, ["A", "More"]),
        ({"country": "gb"}, ["A", "More"]),
        ({"parts": ["list-wanted"]}, ["A", "More"]),
        ({"parts": []}, ["A"]),
        ({"parts": [], "earlier": [{"parts": []}, {"parts": ["mood-wanted"]}]}, ["A", "More"]),
        ({"parts": [], "earlier": [{"parts": []}]}, ["A"]),
    ],
)
def test_a_section_whose_parts_are_all_left_out_is_not_on_the_task_list(
    phone: NodeProcess, invitation: Any, titles: list[str]
) -> None:
    case = {"answers": {"list-wanted": True}, "invitation": invitation, "stages": "/questions"}
    ((stage,),) = phone.ask(OPTIONAL, [case])

    assert [task["title"] for task in stage["tasks"]] == titles


@pytest.mark.parametrize(("parts", "is_asked"), [(["list-wanted"], True), (["mood-wanted"], False)])
def test_what_depends_on_a_part_that_is_left_out_is_not_asked(
    phone: NodeProcess, parts: list[str], is_asked: bool
) -> None:
    case = {"answers": {"list-wanted": True}, "invitation": {"parts": parts}, "country": COUNTRY}
    (view,) = phone.ask(OPTIONAL, [{**case, "key": "list"}])

    assert (view is not None) is is_asked


def test_answers_to_a_part_that_is_left_out_are_still_told_of(phone: NodeProcess) -> None:
    given = [("pain", 3), ("list-wanted", True), ("list", 7)]
    events = [
        answer_event(number, *one).model_dump(mode="json") for number, one in enumerate(given, 1)
    ]
    told = [
        phone.ask(OPTIONAL, [{"events": events, "aside": "/q", "invitation": invitation}])[0]
        for invitation in (None, {"parts": ["list-wanted"]}, {"parts": ["mood-wanted"]})
    ]

    assert told[:2] == [[], []]
    (section,) = told[2]
    assert section["title"] == "More: answered before, not asked now"
    ((rows,),) = [[group["rows"] for group in section["groups"]]]
    assert [(row["label"], row["answers"]) for row in rows] == [
        ("List-wanted", ["Yes"]),
        ("List", ["7"]),
    ]


def test_words_are_suggested_where_the_question_asks_for_it(view: Any) -> None:
    assert view("medicine")["suggestions"] == ["Ibuprofen", "Paracetamol"]
    assert view("tried")["suggestions"] == []


def test_the_questions_of_an_instrument_show_its_credit_line(view: Any) -> None:
    assert view("peg-pain")["credit"] == "By its authors"
    assert view("medicine")["credit"] == ""


def test_a_list_shows_only_the_answers_of_its_own_group(phone: NodeProcess) -> None:
    answers = {"scanned@1": "MRI", "taken@1": "Ibuprofen"}
    (view,) = phone.ask(FORM, [{"answers": answers, "key": "course", "country": COUNTRY}])
    (row,) = view["rows"]
    assert (row["lines"], row["first"], row["href"]) == (["Ibuprofen"], "taken@1", "#taken@1")
