import re

import pytest

from fbss_app.content.loader import load_content
from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.model import CHOICES
from fbss_app.server.documents.paper_document import paper_data, paper_document
from fbss_app.server.documents.paper_wording import in_paper_words, is_on_paper
from tests.domain.build import group, question, questionnaire, rule
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


def on_paper(definition):
    """Give each item that is printed, in the words of the definition."""
    for placement in definition.placements.values():
        if all(map(is_on_paper, (*placement.ancestors, placement.item))):
            yield placement


def test_every_question_and_option_stands_on_the_paper(after_back_surgery, paper):
    text = squeezed(paper.text)
    missing = []
    for placement in on_paper(in_paper_words(after_back_surgery)):
        item = placement.item
        in_table = any(group.repeats_for for group in placement.ancestors) or (
            placement.parent and placement.parent.link_id == "medicine"
        )
        stem = "Over the last 2 weeks, how often have you been bothered by the following problems? "
        words = [item.label if in_table else item.text.removeprefix(stem)]
        if item.type in CHOICES and item.item_control != "body-map" and not item.options_from:
            words += [each.title if in_table else each.display for each in item.answer_option]
        missing += [each for each in words if squeezed(each) not in text]

    assert missing == []


def test_paper_speaks_of_paper_and_not_of_the_app(paper):
    words = r"\b(tap|phone or computer|this app|Continue|Emergency signs” shows|shown for it)\b"

    assert re.findall(words, paper.text, re.IGNORECASE) == []


def test_paper_is_a_leaflet_without_nearly_empty_pages(paper):
    pages = [len(page.extract_text()) for page in paper.reader.pages]

    assert len(pages) <= 16
    assert min(pages) > 500


def test_all_that_is_to_be_read_is_set_in_11_points_or_more(paper):
    small = []

    def visit(text, _, __, ___, size):
        if text.strip() and size < 11:
            small.append((size, text))

    for page in paper.reader.pages[:-1]:
        page.extract_text(visitor_text=visit)
    # The foot of the page and the credit lines.
    assert {size for size, _ in small} <= {7.5, 9.0}


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
        *load_content().messages.must_always_be_said_on_paper,
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


def test_repeating_group_is_asked_once_with_a_column_of_boxes_for_each_of_three():
    kinds = question("kind", "choice", repeats=True, answer_option=OPTIONS, not_sure="I forgot")
    (node,) = nodes_of(group("operation", kinds, repeats=True))

    assert "another sheet" in node["more"]
    place = node["nodes"][0]["field"]
    assert place["columns"] == ["1", "2", "3"]
    assert place["rows"] == ["Apple", "Bread", "I forgot"]


def test_repeating_group_of_a_few_short_answers_is_a_table_to_fill_in():
    name, helps = question("name", "string"), question("helps", "choice", answer_option=OPTIONS)
    (node,) = nodes_of(group("medicine", name, helps, repeats=True, max_occurs=4))

    assert node["kind"] == "entries"
    assert node["rows"] == 4
    assert [column["boxes"] for column in node["columns"]] == [[], ["Apple", "Bread"]]


def test_table_for_each_option_takes_in_the_question_before_it():
    (node,) = nodes_of(
        question("tried", "choice", repeats=True, answer_option=OPTIONS),
        group(
            "each",
            question("helped", "integer", item_control="nrs", min_value=0, max_value=10),
            repeats=True,
            repeats_for="tried",
        ),
    )

    assert node["kind"] == "table"
    assert node["source"]["number"] == 1
    assert node["rows"] == ["Apple", "Bread"]
    assert node["columns"][0]["hint"] == "0 to 10"


def test_table_elsewhere_names_the_question_with_its_rows():
    nodes = nodes_of(
        question("tried", "choice", repeats=True, answer_option=OPTIONS),
        question("between", "text"),
        group("each", question("when", "string"), repeats=True, repeats_for="tried"),
    )

    assert nodes[-1]["told"] == "Fill in a row for each answer to question 1."


def test_what_is_not_on_paper_has_no_number_and_no_rule():
    wanted = question("wanted", "boolean", on_paper=False)
    more = question("more", "text", enable_when=[rule("wanted", "=", True)])
    (node,) = nodes_of(wanted, more)

    assert (node["number"], node["only_if"]) == (1, "")


def test_section_that_is_not_on_paper_is_left_out():
    asked = group("asked", question("one", "boolean"))
    unasked = group("unasked", question("two", "boolean"), on_paper=False)
    data = paper_data(questionnaire(unasked, asked), GB)

    (section,) = data["sections"]
    assert [node["link_id"] for node in section["nodes"]] == ["one"]


def test_paper_has_words_of_its_own():
    options = [{"code": "a", "display": "Tap me", "paper_display": "Tick me"}, OPTIONS[1]]
    first, second, third = nodes_of(
        question(
            "one",
            "choice",
            answer_option=options,
            paper_text="On paper?",
            paper_hint="Choose with a pen",
            paper_detail="First.\nStill.\n\nSecond.",
        ),
        question("text", "display", enable_when=[rule("one", "=", "a")], paper_text="If you did"),
        question("two", "text", enable_when=[rule("one", "=", "a")], paper_only_if="Only if so."),
    )

    assert (first["text"], first["hint"]) == ("On paper?", "Choose with a pen")
    assert first["detail"] == ["First. Still.", "Second."]
    assert first["field"]["groups"][0]["options"][0]["display"] == "Tick me"
    assert (second["title"], second["only_if"]) == ("If you did", "")
    assert third["only_if"] == "Only if so."


def test_what_several_questions_share_is_said_once():
    rules = [rule("one", "=", True)]
    nodes = nodes_of(
        question("one", "boolean"),
        question("two", "text", enable_when=rules),
        question("three", "text", enable_when=rules),
    )

    assert [node["kind"] for node in nodes] == ["question", "shared", "question", "question"]
    assert nodes[1]["numbers"] == "Questions 2 and 3:"
    assert nodes[2]["only_if"] == ""


def test_questions_with_the_same_few_words_are_one_table():
    (node,) = nodes_of(
        *(
            question(name, "choice", text=f"How often? Being {name}", answer_option=OPTIONS)
            for name in ("sad", "sore", "tired")
        )
    )[-1:]

    assert (node["kind"], node["stem"]) == ("scale", "How often?")
    assert node["columns"] == ["Apple", "Bread"]
    assert [row["text"] for row in node["rows"]] == ["Being sad", "Being sore", "Being tired"]


def test_each_sign_says_how_soon_to_get_help(after_back_surgery):
    sections = paper_data(after_back_surgery, GB)["sections"]
    signs = next(section for section in sections if section["title"] == "Warning signs")
    tags = {
        option["display"]: option["tag"].get("words")
        for node in signs["nodes"]
        if node["kind"] == "question"
        for group in node["field"]["groups"]
        for option in group["options"]
    }

    assert signs["urgent"]
    assert tags["New pain, numbness or weakness in both legs"] == "Now"
    assert tags["Weight loss that nobody can explain"] == "1 to 3 days"
    assert tags["No, none of these"] is None


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
