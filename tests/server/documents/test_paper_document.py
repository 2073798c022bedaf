import pytest

from fbss_app.content.loader import load_content
from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.model import CHOICES, AppRole, ItemType
from fbss_app.server.documents.paper_document import paper_data, paper_document
from tests.domain.build import group, question, questionnaire
from tests.server.documents.conftest import BUILT_IN
from tests.server.documents.pdf import Pdf

COUNTRIES = load_content().countries.country
GB = load_content().countries.by_code("gb")
OPTIONS = [{"code": "a", "display": "Apple"}, {"code": "b", "display": "Bread", "hint": "Brown"}]


@pytest.fixture(scope="module")
def paper(after_back_surgery) -> Pdf:
    return Pdf.read(paper_document(after_back_surgery, GB))


def squeezed(text: str) -> str:
    return "".join(text.split())


def asked(definition):
    for placement in definition.placements.values():
        item = placement.item
        if item.type not in (ItemType.GROUP, ItemType.DISPLAY) and item.app_role not in (
            AppRole.DEVICE_OWNER,
            AppRole.COUNTRY,
        ):
            yield placement


def test_every_question_and_option_stands_on_the_paper(after_back_surgery, paper):
    text = squeezed(paper.text)
    for_options = {
        item.link_id
        for placement in after_back_surgery.placements.values()
        if (item := placement.item).repeats_for
    }
    missing = []
    for placement in asked(after_back_surgery):
        item = placement.item
        in_table = for_options & set(placement.repeating)
        words = [item.label if in_table else item.text]
        if item.type in CHOICES and item.item_control != "body-map" and not item.options_from:
            words += [each.title if in_table else each.display for each in item.answer_option]
        missing += [
            each for each in words if squeezed(each.replace("{repetition}: ", "")) not in text
        ]

    assert [each for each in missing if "{repetition}" not in each] == []


def test_first_page_says_when_and_where_to_get_help(after_back_surgery, paper):
    first = " ".join(paper.reader.pages[0].extract_text().split())

    assert "Emergency signs: read this page first" in first
    assert "Call emergency services (999 or 112)" in first
    assert "Samaritans (116 123)" in first
    assert "Page 1 of" in first
    flags = [flag for flag in after_back_surgery.red_flag if not flag.id.startswith("not-sure")]
    crisis = {flag.id for flag in flags if flag.service == "crisis"}
    lost = [
        flag.id
        for flag in flags
        if flag.id not in crisis and squeezed(flag.heading) not in squeezed(first)
    ]
    assert lost == []


def test_what_must_be_said_credits_and_version_are_there(after_back_surgery, paper):
    text = squeezed(paper.text)
    lines = [
        *load_content().messages.must_always_be_said,
        *(each.credit for each in after_back_surgery.instrument if each.credit),
        f"version {after_back_surgery.version}",
    ]

    assert [line for line in lines if squeezed(line) not in text] == []


def test_paper_is_tagged(paper):
    assert paper.catalog["/MarkInfo"]["/Marked"]
    assert paper.catalog["/Lang"] == "en"
    assert {"H1", "H2", "H3", "L", "Table", "TH", "Figure"} <= set(paper.tags())
    assert any("body" in alt for alt in paper.alternatives())


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)
def test_every_country_has_a_number_for_every_card(after_back_surgery, country):
    for card in paper_data(after_back_surgery, country)["cards"]:
        calls = " ".join(card["calls"])
        assert card["urgency"] == "soon" or any(map(str.isdigit, calls))


def test_further_questionnaire_without_warning_signs_makes_a_paper_too():
    definition = questionnaire(group("part", question("note", "string")))

    assert "note" in Pdf.read(paper_document(definition, GB)).text.lower()


def nodes_of(*items):
    data = paper_data(questionnaire(group("part", *items)), GB)
    return data["sections"][0]["nodes"]


def test_repeating_group_is_asked_once_with_room_for_three():
    (node,) = nodes_of(group("operation", question("year", "date"), repeats=True))

    assert node["kind"] == "columns"
    assert len(node["titles"]) == 3
    assert "another sheet" in node["more"]
    assert [each["number"] for each in node["nodes"]] == [1]


def test_group_for_each_option_is_a_table_with_a_row_for_each():
    _, node = nodes_of(
        question("tried", "choice", repeats=True, answer_option=OPTIONS),
        group(
            "each",
            question("helped", "integer", item_control="nrs", min_value=0, max_value=10),
            repeats=True,
            repeats_for="tried",
        ),
    )

    assert node["kind"] == "table"
    assert node["rows"] == ["Apple", "Bread"]
    assert node["told"] == "Fill in a row for each one you ticked in question 1."
    assert node["columns"][0]["hint"] == "0 to 10"


def test_question_about_options_chosen_before_has_a_line_and_names_the_question():
    _, node = nodes_of(
        question("places", "choice", repeats=True, answer_option=OPTIONS),
        question("worst", "choice", options_from="places"),
    )

    assert node["field"]["from"] == "Write one of those you chose in question 1"
    assert node["field"]["groups"] == []


def test_what_only_the_app_needs_is_not_asked():
    options = [{"code": "mine", "display": "Mine"}, {"code": "shared", "display": "Shared"}]
    data = paper_data(
        questionnaire(
            group(
                "app", question("whose", "choice", app_role="device-owner", answer_option=options)
            ),
            group("part", question("note", "string")),
        ),
        GB,
    )

    assert [section["nodes"][0]["number"] for section in data["sections"]] == [1]


def test_built_in_definitions_all_have_a_paper():
    assert BUILT_IN.is_dir()
    for definition in load_questionnaires([BUILT_IN]).values():
        assert paper_document(definition, GB).startswith(b"%PDF")
