"""A definition file alone is a further questionnaire: its pages, its check-answers, its summary."""

import re

import pytest
from playwright.sync_api import expect

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.model import ItemType
from tests.browser.people import NOT_SURE
from tests.browser.questions import Questions
from tests.browser.site import QUESTIONNAIRES
from tests.browser.summary import facts

THUMB = load_questionnaires([QUESTIONNAIRES])["sore-thumb"]

LEFT_THUMB = {
    "which_thumb": "left",
    "thumb_pain": 6,
    "thumb_size": 6.5,
    "sore_days": 12,
    "sore_since": "2024-02-29",
    "thumb_moves": NOT_SURE,
    "thumb_looks": ["red", "blue"],
    "hammer_colour": {"other": "Gold"},
    "workshop_name": "The shed",
    "tool_kind": ["cuts", {"other": "It sings"}],
    "tool_cover": False,
    "effort_open": "hard",
    "effort_hold": "hard",
    "thumb_wishes": ["Sew", "Whistle"],
    "thumb_story": "It was dark.",
}


@pytest.fixture
def thumb(page):
    return Questions(page, THUMB).open()


def test_definition_has_every_type_of_item():
    items = [placement.item for placement in THUMB.placements.values()]

    assert {item.type for item in items} == set(ItemType)
    assert {item.type for item in items if item.repeats} >= {
        ItemType.GROUP,
        ItemType.CHOICE,
        ItemType.OPEN_CHOICE,
        ItemType.STRING,
    }
    assert any(len(placement.repeating) == 2 for placement in THUMB.placements.values())
    assert THUMB.score
    assert THUMB.red_flag


def test_further_questionnaire_is_answered_from_its_first_page_to_its_summary(page, thumb):
    expect(page).to_have_title(re.compile("^Before you begin"))
    expect(page.locator("main")).to_contain_text("The other one may have its turn later.")

    keys = thumb.walk(until="workshop", **LEFT_THUMB)
    page.get_by_role("button", name="Add another workshop").click()
    expect(thumb.form).to_have_attribute("data-link-id", "workshop-name")
    second = {**LEFT_THUMB, "workshop_name": "The cellar", "tool_kind": ["hits"]}
    keys += thumb.walk(until="tool", **second)
    page.get_by_role("button", name="Add another tool").click()
    expect(thumb.form).to_have_attribute("data-link-id", "tool-kind")
    keys += thumb.walk(until="workshop", **LEFT_THUMB)
    keys += thumb.walk(**LEFT_THUMB)

    asked = [key.split("@")[0] for key in keys]
    assert set(asked) == set(THUMB.placements) - {item.link_id for item in THUMB.item}, (
        "every item came, and the sections are no pages"
    )
    assert asked.count("tool-kind") == 3
    assert asked.count("tool-cover") == 2

    expect(page).to_have_url(re.compile("/questionnaire/sore-thumb/check-answers$"))
    expect(page.locator("main")).not_to_contain_text("Some questions have no answer yet")
    answers = page.locator(".summary-row")
    expect(answers.filter(has_text="Colour of the hammer")).to_contain_text("Gold")
    expect(answers.filter(has_text="Workshop 2: Name")).to_contain_text("The cellar")
    expect(answers.filter(has_text="Workshop 2: Tool 2: Blade covered")).to_contain_text("No")

    page.get_by_role("link", name="See my summary").click()
    expect(page).to_have_url(re.compile("/questionnaire/sore-thumb/summary$"))
    expect(page.locator(".summary-page")).to_contain_text("The thumb itself")
    shown = facts(page)
    assert shown["Sore thumb"] == "Left"
    assert shown["Soreness"] == "6"
    assert shown["Length of the thumb"] == "6.5 cm"
    assert shown["First sore"] == "29 February 2024"
    assert shown["Can be moved"] == "I do not dare to try"
    assert shown["Looks"] == "Red; Blue"
    assert "The shed" in shown["Workshop 1"]
    assert "It sings" in shown["Workshop 1"]
    assert "The cellar" in shown["Workshop 2"]
    assert shown["Effort score"].startswith("4 on a scale of 0 to 4")
    assert shown["Wishes"] == "Sew; Whistle"
    questions = page.locator(".summary-page li")
    expect(questions.filter(has_text="Will it grow back straight?")).to_have_count(1)
    expect(questions.filter(has_text="Where do I get a cover")).to_have_count(1)


def test_its_rules_hold(page, thumb):
    quiet = {**LEFT_THUMB, "thumb_pain": 2, "thumb_looks": ["usual"], "tool_kind": ["hits"]}

    asked = {key.split("@")[0] for key in thumb.walk(**quiet)}

    assert not asked & {"hammer-colour", "tool-cover"}
    page.get_by_role("link", name="See my summary").click()
    summary = page.locator(".summary-page")
    expect(summary).to_contain_text("Like any thumb")
    expect(summary).not_to_contain_text("Colour of the hammer")
    expect(summary).not_to_contain_text("Where do I get a cover")


def test_its_limits_hold(page, thumb):
    thumb.open("#thumb-size")
    thumb.fill(6.55).next()
    expect(page.locator("#error-summary")).to_contain_text("fewer digits after the point")
    thumb.fill(21).next()
    expect(page.locator("#error-summary")).to_contain_text("Enter 20 or less")
    thumb.answer("thumb-size", NOT_SURE)
    expect(thumb.form).to_have_attribute("data-link-id", "sore-days")

    scale = thumb.open("#thumb-pain").form.locator("input[type=radio]")
    assert [one.get_attribute("value") for one in scale.all()] == list("1234567")


def test_its_red_flag_opens_a_page_and_is_in_its_summary(page, thumb):
    thumb.open("#thumb-looks").answer("thumb-looks", ["green"])

    card = page.locator("main [data-urgency=same-day]")
    expect(card).to_contain_text("A green thumb")
    expect(card).to_contain_text("Show it to a gardener today.")
    expect(card.locator("a[href='tel:111']")).to_be_visible()
    page.goto("/questionnaire/sore-thumb/summary")
    expect(page.locator(".summary-flags")).to_contain_text("A green thumb")


def test_its_change_links_and_sections_stay_its_own(page, thumb):
    thumb.walk(until="sore-days", **LEFT_THUMB)
    page.get_by_role("link", name="See all sections").click()
    expect(page.locator(".task-title")).to_have_text(
        ["Your thumb", "Your workshops", "And the rest"]
    )
    page.get_by_role("link", name="Check your answers").click()
    expect(page).to_have_url(re.compile("/questionnaire/sore-thumb/check-answers$"))

    page.get_by_role("link", name="Change Soreness").click()
    expect(page).to_have_url(re.compile("/questionnaire/sore-thumb#change/thumb-pain$"))
    thumb.answer("thumb-pain", 7)

    expect(page).to_have_url(re.compile("/questionnaire/sore-thumb/check-answers$"))
    expect(page.locator(".summary-row").filter(has_text="Soreness")).to_contain_text("7")


def test_two_questionnaires_keep_their_answers_apart(page, thumb):
    thumb.walk(until="thumb-size", **LEFT_THUMB)
    own = Questions(page).open()
    expect(own.form).to_have_attribute("data-link-id", "device-owner")
    own.answer("device-owner", "mine")

    page.goto("/check-answers")
    expect(page.locator("main")).to_contain_text("It is mine")
    expect(page.locator("main")).not_to_contain_text("thumb")
    page.goto("/questionnaire/sore-thumb/check-answers")
    expect(page.locator(".summary-row").filter(has_text="Soreness")).to_contain_text("6")
    expect(page.locator("main")).not_to_contain_text("It is mine")


def test_its_answers_survive_a_reload(page, thumb):
    thumb.walk(until="sore-days", **LEFT_THUMB)

    page.reload()

    expect(thumb.form).to_have_attribute("data-link-id", "sore-days")
    page.goto("/questionnaire/sore-thumb")
    expect(thumb.form).to_have_attribute("data-link-id", "sore-days")
