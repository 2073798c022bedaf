import shutil

import pytest

from fbss_app.content.loader import ENGLISH, load_content, read_content
from fbss_app.domain.decision_aid.option import SectionTitle
from fbss_app.errors import ContentErrors

OPTION = "options/medicine-pump.md"
TOPIC = "topics/first-find-the-cause.md"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(ENGLISH, tmp_path / "en")


def errors_after(folder, file, old, new):
    """Change one place in one file, and return what the loader says about it."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentErrors) as caught:
        read_content(folder)
    return caught.value.errors


def line_of(file, words):
    lines = (ENGLISH / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_content_is_loaded_once():
    assert load_content() is load_content()


def test_options_and_topics_come_in_their_order():
    content = load_content()
    assert [option.order for option in content.options] == list(range(1, 18))
    assert [topic.order for topic in content.topics] == list(range(1, 10))


def test_section_is_found_by_its_title():
    option = load_content().options[0]
    assert option.section(SectionTitle.HARM).title == "What may go wrong"


def test_content_cannot_be_changed():
    content = load_content()
    with pytest.raises(TypeError):
        content.sources["S1"] = None


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (OPTION, "family: in-between", "family: magic", "family"),
        (OPTION, "certainty: very-low", "certainty: quite", "certainty"),
        (OPTION, "order: 13", "order: ten", "order"),
        (OPTION, "id: medicine-pump", "id: other", "id"),
        (OPTION, "reviewed_on: 2026-11-23", "reviewed_on: soon", "reviewed_on"),
        (OPTION, "sources: [S73, S74, S75]", "sources: [S73, S74, S75, S999]", "sources"),
        (TOPIC, "summary: ", "sumary: ", "sumary"),
    ],
)
def test_bad_field_names_file_line_and_field(folder, file, old, new, field):
    errors = errors_after(folder, file, old, new)
    error = next(error for error in errors if error.field == field)
    assert error.file == str(folder / file)
    assert error.line == line_of(file, old)
    assert error.what_to_do


def test_two_options_in_one_place_are_refused(folder):
    (error,) = errors_after(folder, OPTION, "order: 13", "order: 12")
    assert error.field == "order"
    assert "same order" in error.problem


def test_missing_field_is_named(folder):
    errors = errors_after(folder, OPTION, "certainty: very-low\n", "")
    assert [error.field for error in errors] == ["certainty"]
    assert "Add" in errors[0].what_to_do


def test_comparison_lacks_no_part(folder):
    (error,) = errors_after(folder, OPTION, "  undo: ", "  undone: ")[:1]
    assert error.field == "compare.undo"
    assert error.line == line_of(OPTION, "compare:")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{figure: pump-more-surgery, ", "{", "either a figure or words"),
        ("figure: pump-more-surgery, ", "figure: pump-more-surgery, words: Some, ", "either"),
        ("operation: An operation", f"operation: An operation{' and so on' * 7}", "more than 20"),
        ("{figure: pump-more-surgery, ", "{figure: no-cause-found, ", "does not show"),
    ],
)
def test_comparison_that_does_not_fit_its_page_is_refused(folder, old, new, problem):
    (error,) = errors_after(folder, OPTION, old, new)
    assert problem in error.problem


def test_figure_that_no_page_shows_is_refused(folder):
    (error,) = errors_after(
        folder, "topics/first-find-the-cause.md", "[figure: no-cause-found]", "Sometimes."
    )
    assert "no page shows this figure" in error.problem
    assert error.field == "no-cause-found"


def test_missing_section_names_the_line_where_it_should_be(folder):
    (error,) = errors_after(folder, OPTION, "## What may help", "## Good news")
    assert error.line == line_of(OPTION, "## What may help")
    assert "What may help" in error.problem


def test_empty_section_is_refused(folder):
    (error,) = errors_after(folder, OPTION, "## What happens", "## What happens\n\n## What happens")
    assert error.line == line_of(OPTION, "## What happens")


def test_section_too_many_is_refused(folder):
    last_words = "they had no group to compare with.\n"
    (error,) = errors_after(folder, OPTION, last_words, last_words + "\n## More\n\nWords.\n")
    assert "one too many" in error.problem


def test_words_before_the_first_section_are_refused(folder):
    (error,) = errors_after(folder, OPTION, "## What it is", "Hello.\n\n## What it is")
    assert error.line == line_of(OPTION, "## What it is")


def test_section_missing_at_the_end_is_refused(folder):
    (error,) = errors_after(folder, OPTION, "## How sure we are\n", "")
    assert "How sure we are" in error.problem


def test_citation_that_is_not_listed_names_its_line(folder):
    (error,) = errors_after(folder, OPTION, "came off the pump. [S74]", "came off the pump. [S5]")
    assert error.line == line_of(OPTION, "came off the pump. [S74]")
    assert "S5" in error.problem


def test_page_may_cite_only_known_sources(folder):
    (error,) = errors_after(folder, "pages/before-any-surgery.md", "[S9]", "[S999]")
    assert "S999" in error.problem


def test_link_to_no_page_names_its_line(folder):
    (error,) = errors_after(
        folder, OPTION, "(/options/spinal-cord-stimulation)", "(/options/magic)"
    )
    assert error.line == line_of(OPTION, "(/options/spinal-cord-stimulation)")


def test_source_twice_is_refused(folder):
    (error,) = errors_after(folder, "sources.yaml", "- id: S1b", "- id: S1")
    assert error.line == line_of("sources.yaml", "- id: S1b")


def test_bad_glossary_entry_is_refused(folder):
    errors = errors_after(folder, "glossary.yaml", "  definition: ", "  meaning: ")
    assert {error.field for error in errors} == {"0.definition", "0.meaning"}


def test_country_needs_an_emergency_number(folder):
    errors = errors_after(folder, "countries.yaml", '{number: "999",', "{number: null,")
    assert errors[0].field == "country.0.emergency.number"
    assert errors[0].line == line_of("countries.yaml", '{number: "999",')


def test_country_twice_is_refused(folder):
    (error,) = errors_after(folder, "countries.yaml", "code: ie", "code: gb")
    assert error.line == line_of("countries.yaml", "code: ie")


def test_message_file_is_checked(folder):
    errors = errors_after(folder, "messages.yaml", "not_all_clear:", "all_clear:")
    assert {error.field for error in errors} == {"not_all_clear", "all_clear"}


def test_all_mistakes_are_reported_at_once(folder):
    path = folder / TOPIC
    path.write_text(path.read_text(encoding="utf-8").replace("order: 1", "order: x"), "utf-8")
    errors = errors_after(folder, OPTION, "order: 13", "order: x")
    assert {error.file for error in errors} == {str(folder / TOPIC), str(folder / OPTION)}


def test_message_differs_by_type_of_question():
    messages = load_content().messages
    assert messages.for_problem("missing", "integer") == "Enter a number"
    assert messages.for_problem("missing", "choice") == "Choose an answer"


def test_country_is_found_by_code():
    assert load_content().countries.by_code("gb").emergency.number == "999"
