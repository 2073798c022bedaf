import pytest
import reflex as rx

from fbss_app.ui.art.cover import cover
from fbss_app.ui.art.empty import no_answers, no_summary, not_connected
from fbss_app.ui.art.path import care_path, step_picture
from fbss_app.ui.art.spine_side import spine_side
from fbss_app.ui.button import button, link_button
from fbss_app.ui.error_summary import ProblemLink, error_summary
from fbss_app.ui.status import status_line
from fbss_app.ui.summary_block import Block, summary_block
from fbss_app.ui.summary_list import AnswerRow, summary_list
from fbss_app.ui.summary_table import TableView, summary_table
from fbss_app.ui.task_list import StageRow, TaskRow, stage_list, task_list
from tests.ui.rendered import elements, named, props, text


@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet", "danger"])
def test_button_and_link_look_alike(kind):
    (one,) = named(button("Go", kind=kind), "button")
    link = link_button("Go", href="/", kind=kind).render()
    assert props(one)["className"] == props(link)["className"] == f"button button-{kind}"


def test_button_does_not_submit_unless_told_to():
    assert props(named(button("Go"), "button")[0])["type"] == "button"


def test_status_is_a_live_region_even_when_it_says_nothing():
    (line,) = named(status_line(rx.Var.create("local"), rx.Var.create("")), "div")
    assert props(line)["role"] == "status"
    assert props(line)["data-sync"] == "local"


def test_error_summary_can_take_the_focus():
    summary = error_summary(rx.Var("problems").to(list[ProblemLink]))
    boxes = [props(node) for node in named(summary, "div")]
    assert boxes[0]["id"] == "error-summary"
    assert boxes[0]["tabIndex"] == "-1"
    assert boxes[1]["role"] == "alert"
    # With another refusal it is another element.
    assert "refusal" in boxes[0]["key"]


def test_task_without_address_is_no_link():
    tasks = task_list(rx.Var("tasks").to(list[TaskRow]))
    assert len(named(tasks, "ReactRouterLink")) == 1
    assert len(named(tasks, "div")) == 1


def test_stages_have_titles_of_the_level_of_their_page():
    stages = rx.Var("stages").to(list[StageRow])
    assert len(named(stage_list(stages), "h2")) == 1
    assert len(named(stage_list(stages, heading=3), "h3")) == 1


def test_change_link_says_what_it_changes():
    rows = text(summary_list(rx.Var("rows").to(list[AnswerRow])))
    assert "Change" in rows
    assert "hidden" in rows
    assert "Not provided" in rows


def test_starred_block_is_marked():
    sections = named(summary_block(rx.Var("block").to(Block)), "details")
    assert "starred" in props(sections[0])["className"]


def test_drawings_of_a_block_say_nothing_that_its_sentences_do_not():
    block = summary_block(rx.Var("block").to(Block))
    hidden = [node for node in named(block, "div") if "aria-hidden" in str(node["props"])]
    names = " ".join(str(node["props"]) for node in hidden)
    assert "timeline" in names
    assert "body-map" in names
    assert named(block, "ol"), "the sentences of the timeline"


def test_table_keeps_its_roles_when_laid_out_as_cards():
    table = summary_table(rx.Var("table").to(TableView))
    roles = {props(node).get("role") for node in elements(table)}
    assert {"table", "rowgroup", "row", "columnheader", "rowheader", "cell"} <= roles


def test_what_a_person_wrote_cannot_turn_the_line_around_it():
    block = summary_block(rx.Var("block").to(Block))
    assert len(named(block, "bdi")) >= 4


@pytest.mark.parametrize("drawing", [cover, spine_side])
def test_drawing_has_a_name_or_is_hidden(drawing):
    assert props(drawing("A lower back").render())["aria-label"] == "A lower back"
    assert props(drawing().render())["aria-hidden"] == "true"


@pytest.mark.parametrize("drawing", [no_answers, no_summary, not_connected])
def test_decoration_is_hidden(drawing):
    assert props(drawing().render())["aria-hidden"] == "true"


def test_path_has_a_picture_for_each_step_and_a_way_past_them():
    steps = [["first"], ["second"], ["third"], ["fourth"], ["fifth"]]
    path = care_path(steps, past=["an emergency"])
    assert len(named(path, "li")) == 5
    assert text(path).index("an emergency") < text(path).index("first")
    assert len(named(step_picture(5), "path")) > 1
