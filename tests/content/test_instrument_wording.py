"""Published wording, word for word, with its credit, its codes and its scale."""

from typing import Any

import pytest

from fbss_app.content.questionnaires import BUILT_IN_FOLDER, load_questionnaire
from fbss_app.domain.questionnaire.model import Instrument, Item, ItemType, Questionnaire

PEG = {
    "peg-pain": "What number best describes your pain on average in the past week?",
    "peg-enjoyment": (
        "What number best describes how, during the past week, "
        "pain has interfered with your enjoyment of life?"
    ),
    "peg-activity": (
        "What number best describes how, during the past week, "
        "pain has interfered with your general activity?"
    ),
}
PHQ_4_STEM = "Over the last 2 weeks, how often have you been bothered by the following problems?"
PHQ_4 = {
    "phq-4-nervous": "Feeling nervous, anxious or on edge",
    "phq-4-worry": "Not being able to stop or control worrying",
    "phq-4-interest": "Little interest or pleasure in doing things",
    "phq-4-down": "Feeling down, depressed, or hopeless",
}
PHQ_4_ANSWERS = {
    "Not at all": 0,
    "Several days": 1,
    "More than half the days": 2,
    "Nearly every day": 3,
}
PHQ_4_CREDIT = (
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
    "with an educational grant from Pfizer Inc. "
    "No permission required to reproduce, translate, display or distribute."
)
RMDQ_INTRODUCTION = (
    "When your back hurts, you may find it difficult to do some of the things you normally "
    "do. This list contains some sentences that people have used to describe themselves when "
    "they have back pain. When you read them, you may find that some stand out because they "
    "describe you today. As you read the list, think of yourself today. When you read a "
    "sentence that describes you today, put a tick against it. If the sentence does not "
    "describe you, then leave the space blank and go on to the next one. Remember, only tick "
    "the sentence if you are sure that it describes you today."
)
RMDQ = [
    "I stay at home most of the time because of my back.",
    "I change position frequently to try and get my back comfortable.",
    "I walk more slowly than usual because of my back.",
    "Because of my back I am not doing any of the jobs that I usually do around the house.",
    "Because of my back, I use a handrail to get upstairs.",
    "Because of my back, I lie down to rest more often.",
    "Because of my back, I have to hold on to something to get out of an easy chair.",
    "Because of my back, I try to get other people to do things for me.",
    "I get dressed more slowly than usual because of my back.",
    "I only stand for short periods of time because of my back.",
    "Because of my back, I try not to bend or kneel down.",
    "I find it difficult to get out of a chair because of my back.",
    "My back is painful almost all the time.",
    "I find it difficult to turn over in bed because of my back.",
    "My appetite is not very good because of my back pain.",
    "I have trouble putting on my socks (or stockings) because of the pain in my back.",
    "I only walk short distances because of my back.",
    "I sleep less well because of my back.",
    "Because of my back pain, I get dressed with help from someone else.",
    "I sit down for most of the day because of my back.",
    "I avoid heavy jobs around the house because of my back.",
    "Because of my back pain, I am more irritable and bad tempered with people than usual.",
    "Because of my back, I go upstairs more slowly than usual.",
    "I stay in bed most of the time because of my back.",
]
LOINC = {
    "pain-now-back": "72514-3",
    "pain-now-leg": "72514-3",
    "peg-pain": "75893-8",
    "peg-enjoyment": "91145-3",
    "peg-activity": "91146-1",
    "phq-4-nervous": "69725-0",
    "phq-4-worry": "68509-9",
    "phq-4-interest": "44250-9",
    "phq-4-down": "44255-8",
}
SCORE_LOINC = {"peg": "91147-9", "phq-4": "70272-0", "phq-4-last-two": "55758-7"}
# What the dossier says not to ship, by words that would give it away.
NOT_SHIPPED = {
    "PHQ-9": ["phq-9", "better off dead", "trouble falling or staying asleep"],
    "STarT Back": ["start back", "bothersome"],
    "Oswestry": ["oswestry", "odi-", "personal care"],
    "PROMIS": ["promis"],
    "DN4, S-LANSS, painDETECT": ["dn4", "lanss", "paindetect", "neuropathic"],
    "Pain Catastrophizing Scale": ["catastroph", "i worry all the time"],
    "EQ-5D": ["eq-5d", "euroqol", "usual activities"],
    "Tampa scale": ["tampa", "kinesiophobia"],
}


@pytest.fixture(scope="module")
def definition() -> Questionnaire:
    return load_questionnaire(BUILT_IN_FOLDER / "after-back-surgery.yaml")


def found(definition: Questionnaire, link_id: str) -> Item:
    item = definition.find(link_id)
    assert item, link_id
    return item


def instrument(definition: Questionnaire, name: str) -> Instrument:
    (named,) = [each for each in definition.instrument if each.name == name]
    return named


def codes(coded: Any) -> list[tuple[str, str]]:
    return [(coding.system, coding.code) for coding in coded.code]


def test_the_instruments_are_those_of_the_dossier(definition: Questionnaire) -> None:
    assert {each.name for each in definition.instrument} == {
        *("nrs", "peg", "rmdq", "phq-4", "global-change", "pain-words", "body-map"),
    }


def test_each_instrument_says_where_it_comes_from(definition: Questionnaire) -> None:
    for each in definition.instrument:
        assert each.version, each.name
        assert each.licence, each.name
        assert each.recall_period, each.name
        assert "dossier" in each.source, each.name


def test_a_published_instrument_is_credited(definition: Questionnaire) -> None:
    assert instrument(definition, "phq-4").credit == PHQ_4_CREDIT
    assert "Krebs EE et al., J Gen Intern Med 2009;24:733-738" in (
        instrument(definition, "peg").credit or ""
    )
    assert "Roland M, Morris R, Spine 1983;8:141-144" in (
        instrument(definition, "rmdq").credit or ""
    )


@pytest.mark.parametrize("link_id", PEG)
def test_peg_is_quoted_word_for_word(definition: Questionnaire, link_id: str) -> None:
    item = found(definition, link_id)
    assert item.text == PEG[link_id]
    assert item.helper_text == f"Ask the person you are helping: “{PEG[link_id]}”"
    assert (item.min_value, item.max_value) == (0, 10)
    ends = ("No pain", "Pain as bad as you can imagine")
    effect = ("Does not interfere", "Completely interferes")
    assert (item.low_label, item.high_label) == (ends if link_id == "peg-pain" else effect)


@pytest.mark.parametrize("link_id", PHQ_4)
def test_phq_4_is_quoted_word_for_word(definition: Questionnaire, link_id: str) -> None:
    item = found(definition, link_id)
    asked = f"{PHQ_4_STEM} {PHQ_4[link_id]}"
    assert item.text == asked
    assert item.helper_text == f"Ask the person you are helping: “{asked}”"
    assert not item.hint
    answers = {option.display: option.ordinal_value for option in item.answer_option}
    assert answers == PHQ_4_ANSWERS


@pytest.mark.parametrize("link_id", PHQ_4)
def test_each_question_of_the_phq_4_can_be_declined(
    definition: Questionnaire, link_id: str
) -> None:
    item = found(definition, link_id)
    assert item.not_sure == "I would rather not answer"
    assert item.absent_reason == "asked-declined"


def test_nothing_about_the_phq_4_names_a_disorder(definition: Questionnaire) -> None:
    words = [instrument(definition, "phq-4").title]
    for name in ("phq-4", "phq-4-first-two", "phq-4-last-two"):
        words += [definition.scores[name].title, definition.scores[name].meaning or ""]
    for link_id in ("phq-4-wanted", "phq-4", "phq-4-support"):
        item = found(definition, link_id)
        words += [item.text, item.short_text or "", item.detail or "", item.why or ""]
        words += [item.helper_text or "", item.helper_detail or ""]
    for text in words:
        for named in ("depress", "anxi", "disorder", "illness", "severe", "screen", "positive"):
            assert named not in text.lower()


def test_rmdq_is_quoted_word_for_word(definition: Questionnaire) -> None:
    item = found(definition, "rmdq-statements")
    *statements, none = item.answer_option
    assert [option.display for option in statements] == RMDQ
    assert not any(option.helper_display for option in statements)
    assert " ".join((item.detail or "").split()) == RMDQ_INTRODUCTION
    assert f"“{RMDQ_INTRODUCTION}”" in " ".join((item.helper_detail or "").split())
    assert none.display == "I read all 24; none describes me today"
    assert none.exclusive
    assert item.repeats
    assert not item.not_sure


def test_own_items_have_the_words_of_the_dossier(definition: Questionnaire) -> None:
    for place in ("back", "leg"):
        now, before = (found(definition, f"pain-{when}-{place}") for when in ("now", "before"))
        assert now.text == f"How strong is your {place} pain on average over the past week?"
        assert "in the weeks before the operation" in (before.hint or "")
        for item in (now, before):
            assert (item.low_label, item.high_label) == ("No pain", "Worst pain you can imagine")
    change = found(definition, "pain-change")
    assert change.text == "Compared with just before your last back operation, your pain now is:"
    assert [option.display for option in change.answer_option] == [
        *("Much better", "A little better", "The same", "A little worse", "Much worse"),
    ]
    words = found(definition, "pain-words")
    *named, none = [option.display for option in words.answer_option]
    assert ", ".join(named).lower() == (
        "aching, stabbing, burning, electric shocks, tingling, pins and needles, numb, "
        "freezing cold, itching, tight, pain from light touch"
    )
    assert none == "None of these words fits"
    assert words.type is ItemType.OPEN_CHOICE


def test_codes_are_those_the_dossier_verified(definition: Questionnaire) -> None:
    coded = {
        link_id: codes(placement.item)
        for link_id, placement in definition.placements.items()
        if placement.item.code
    }
    assert coded == {link_id: [("http://loinc.org", code)] for link_id, code in LOINC.items()}
    scored = {score.name: codes(score) for score in definition.score if score.code}
    assert scored == {name: [("http://loinc.org", code)] for name, code in SCORE_LOINC.items()}
    panels = {each.name: codes(each) for each in definition.instrument if each.code}
    assert panels == {
        "peg": [("http://loinc.org", "91148-7")],
        "phq-4": [("http://loinc.org", "69724-3")],
    }


@pytest.mark.parametrize("name", NOT_SHIPPED)
def test_what_may_not_be_shipped_is_not_there(definition: Questionnaire, name: str) -> None:
    text = definition.model_dump_json().lower()
    assert not [words for words in NOT_SHIPPED[name] if words in text]
