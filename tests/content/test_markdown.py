from pathlib import Path

import pytest

from fbss_app.content.markdown import parse_markdown
from fbss_app.domain.decision_aid.inline import Link, SourceReference, Strong, Text, plain_text
from fbss_app.domain.decision_aid.prose import BulletList, Heading, Paragraph, Table, filled_in
from fbss_app.errors import ContentError

FILE = Path("options/example.md")
FRONT_MATTER = "---\nid: example\norder: 1\n---\n"


def blocks(body):
    return parse_markdown(FRONT_MATTER + body, FILE).blocks


def refusal(body):
    with pytest.raises(ContentError) as caught:
        blocks(body)
    return caught.value


def test_front_matter_and_its_lines_are_read():
    front_matter = parse_markdown(FRONT_MATTER + "Words.", FILE).front_matter
    assert front_matter.data == {"id": "example", "order": 1}
    assert front_matter.line(("order",)) == 3


def test_paragraph_keeps_words_bold_links_and_references():
    (paragraph,) = blocks("**48 out of 100 people** did. [S64] See [more](/learn/more).")
    assert paragraph == Paragraph(
        children=(
            Strong(text="48 out of 100 people"),
            Text(text=" did. "),
            SourceReference(source_id="S64"),
            Text(text=" See "),
            Link(text="more", href="/learn/more"),
            Text(text="."),
        )
    )
    assert plain_text(paragraph.children) == "48 out of 100 people did. See more."


def test_references_side_by_side_are_two():
    (paragraph,) = blocks("Seen. [S16b] [S17]")
    cited = [part.source_id for part in paragraph.children if isinstance(part, SourceReference)]
    assert cited == ["S16b", "S17"]


def test_line_break_in_a_paragraph_is_a_space():
    (paragraph,) = blocks("One\ntwo.")
    assert plain_text(paragraph.children) == "One two."


def test_list_heading_and_table_are_read():
    heading, bullets, table = blocks(
        "## What it is\n\n- one\n- **two**\n\n| A | B |\n|---|---|\n| c | d [S1] |\n"
    )
    assert heading == Heading(text="What it is")
    assert isinstance(bullets, BulletList)
    assert [plain_text(item) for item in bullets.items] == ["one", "two"]
    assert isinstance(table, Table)
    assert [plain_text(cell) for cell in table.header] == ["A", "B"]
    assert [[plain_text(cell) for cell in row] for row in table.rows] == [["c", "d"]]


def test_blocks_remember_their_line_in_the_file():
    placed = parse_markdown(FRONT_MATTER + "One.\n\nTwo.\n", FILE).placed_blocks
    assert [block.line for block in placed] == [5, 7]


@pytest.mark.parametrize(
    "body",
    [
        "<b>loud</b>",
        "<div>box</div>",
        "*soft*",
        "`code`",
        "1. first",
        "> quoted",
        "---",
        "```\ncode\n```",
        "![picture](/a.png)",
        "# Title",
        "### Third level",
        "- outer\n  - inner",
        "**bold [S1]**",
        "[out](https://example.org)",
        "[script](javascript:void)",
        "Seen. [S1, S2]",
        "| A | B |\n|---|---|\n| c |  |",
    ],
)
def test_anything_else_is_refused_with_its_line(body):
    error = refusal("Words.\n\n" + body)
    assert error.file == str(FILE)
    assert error.line is not None
    assert error.line >= 7
    assert error.field
    assert error.what_to_do


def test_refused_list_item_names_its_own_line():
    assert refusal("- fine\n- <b>loud</b>").line == 6


def test_refused_table_cell_names_its_own_row():
    assert refusal("| A |\n|---|\n| fine |\n| *soft* |").line == 8


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Words only.", 1),
        ("---\nid: example\n", 1),
        ("---\nid: example\nid: again\n---\nWords.", 3),
        ("---\nid: [S1\n---\nWords.", 2),
        ("---\njust words\n---\nWords.", 2),
        ("---\nreviewed_on: 2026-13-40\n---\nWords.", 2),
    ],
    ids=["none", "not closed", "twice", "not YAML", "no fields", "no such date"],
)
def test_bad_front_matter_is_refused(text, line):
    with pytest.raises(ContentError) as caught:
        parse_markdown(text, FILE)
    assert caught.value.line >= line
    assert caught.value.field == "front matter"


def test_a_deployments_own_values_stand_in_the_words_that_name_them():
    words = blocks("Kept for {draft_days} days.\n\n- **{draft_days}** days")

    paragraph, bullets = filled_in(words, draft_days=14)

    assert plain_text(paragraph.children) == "Kept for 14 days."
    assert plain_text(bullets.items[0]) == "14 days"
