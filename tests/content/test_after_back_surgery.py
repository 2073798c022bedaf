"""The questionnaire this app is made for: warning signs first of all, then its wording."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from fbss_app.content.questionnaires import BUILT_IN_FOLDER, load_questionnaire
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire, RedFlag, Urgency
from fbss_app.domain.questionnaire.navigation import steps
from fbss_app.domain.questionnaire.scoring import score_result
from fbss_app.domain.questionnaire.validation import ProblemCode, validate_value
from fbss_app.ui.words import EMERGENCY_SIGNS

ENGLISH = Path(__file__).parents[2] / "fbss_app" / "content" / "en"
MOST_URGENT_FIRST = list(Urgency)

# The dossier's section 3: each sign, its class, and the answers that say yes to it.
DOSSIER = {
    "R1": ("emergency", [("signs-bladder-bowel", "r1")]),
    "R2": (
        "emergency",
        [("signs-bladder-bowel", "r2"), ("signs-bladder-bowel", "r2-feeling")],
    ),
    "R3": ("emergency", [("signs-bladder-bowel", "r3")]),
    "R4": ("emergency", [("signs-bladder-bowel", "r4")]),
    "R5": ("emergency", [("signs-legs", "r5")]),
    "R6a": ("emergency", [("signs-legs", "r6a"), ("signs-legs", "r6a-walking")]),
    "R6b": ("same-day", [("signs-legs", "r6b")]),
    "R7a": ("same-day", [("signs-fever-chest-belly", "r7a")]),
    "R7b": ("emergency", [("signs-fever-chest-belly", "r7b")]),
    "R8": ("same-day", [("signs-wound-head", "r8")]),
    "R9a": ("same-day", [("signs-wound-head", "r9a")]),
    "R9b": ("emergency", [("signs-wound-head", "r9b")]),
    "R10": ("same-day", [("signs-legs", "r10")]),
    "R11": ("emergency", [("signs-fever-chest-belly", "r11")]),
    "R12a": ("emergency", [("signs-falls", "r12a")]),
    "R12b": ("same-day", [("signs-falls", "r12b")]),
    "R13a": ("same-day", [("signs-illness", "r13a")]),
    "R13b": (
        "soon",
        [("signs-slow-changes", "r13b"), ("signs-slow-changes", "r13b-weight")],
    ),
    "R14": ("same-day", [("signs-illness", "r14")]),
    "R15": (
        "emergency",
        [("signs-legs", "r15-leg"), ("signs-fever-chest-belly", "r15-belly")],
    ),
    "R16": ("same-day", [("signs-wound-head", "r16")]),
    "R17": ("emergency", [("signs-medicines-device", "r17")]),
    "R18a": (
        "emergency",
        [("signs-medicines-device", "r18a"), ("signs-medicines-device", "r18a-pump")],
    ),
    "R18b": ("same-day", [("signs-medicines-device", "r18b")]),
    "R19": ("emergency", [("thoughts-of-self-harm", "yes")]),
    "R20": (
        "soon",
        [
            ("signs-slow-changes", "r20-pain"),
            ("signs-slow-changes", "r20-numb"),
            ("signs-slow-changes", "r20-wound"),
        ],
    ),
}
SIGN_PAGES = [
    "signs-bladder-bowel",
    "signs-legs",
    "signs-fever-chest-belly",
    "signs-wound-head",
    "signs-falls",
    "signs-illness",
    "signs-medicines-device",
    "signs-slow-changes",
    "thoughts-of-self-harm",
]
ALL_NO = {page: ["none"] for page in SIGN_PAGES[:-1]} | {"thoughts-of-self-harm": "no"}
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
BANNED = re.compile(
    r"\b(failed|failure|invalid|please|required|oops|cure[ds]?|easy|easily|simple|simply"
    r"|success rate|recommended|best option|low risk|you are fine|all clear|abnormal|your fault"
    r"|sorry|cauda equina|sepsis|meningitis|thrombosis|embolism|abscess|overdose|haematoma)\b",
    re.IGNORECASE,
)
DISEASES = re.compile(r"infection|clot|cancer|fracture|nerve|leak|heart|stroke", re.IGNORECASE)
ADDRESSED = re.compile(r"\b(you|your|yours|yourself|I|my|me)\b")
WORDED_FIELDS = [
    *("text", "helper_text", "short_text", "hint", "helper_hint", "why", "helper_why"),
    *("detail", "helper_detail", "not_sure", "missing", "helper_missing"),
    *("low_label", "high_label"),
]
QUOTED = re.compile(r"“[^”]*”")


@pytest.fixture(scope="module")
def definition() -> Questionnaire:
    return load_questionnaire(BUILT_IN_FOLDER / "after-back-surgery.yaml")


@pytest.fixture(scope="module")
def messages() -> Any:
    return YAML(typ="safe").load(ENGLISH / "messages.yaml")


@pytest.fixture(scope="module")
def countries() -> Any:
    return YAML(typ="safe").load(ENGLISH / "countries.yaml")


def items(definition: Questionnaire) -> list[Item]:
    return [placement.item for placement in definition.placements.values()]


def questions(definition: Questionnaire) -> list[Item]:
    return [
        item for item in items(definition) if item.type not in (ItemType.GROUP, ItemType.DISPLAY)
    ]


def raised(definition: Questionnaire, answers: dict[str, Any]) -> dict[str, RedFlag]:
    evaluation = Evaluation(definition, answers)
    return {flag.id: flag for flag in definition.red_flag if evaluation.holds(flag.when)}


def answered(page: str, *codes: str) -> dict[str, Any]:
    return ALL_NO | {page: codes[0] if page == "thoughts-of-self-harm" else list(codes)}


def codes_of(definition: Questionnaire, page: str) -> list[str]:
    item = definition.find(page)
    assert item
    return [option.code for option in item.answer_option]


def patient_words(definition: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield every string a patient or helper can read, with where it stands."""
    for item in items(definition):
        for field in WORDED_FIELDS:
            if words := getattr(item, field):
                yield f"{item.link_id}.{field}", words
        for option in item.answer_option:
            for field in ("display", "helper_display", "hint"):
                if words := getattr(option, field):
                    yield f"{item.link_id}.{option.code}.{field}", words
    for flag in definition.red_flag:
        for field in ("heading", "helper_heading", "action", "helper_action"):
            if words := getattr(flag, field):
                yield f"{flag.id}.{field}", words
    for ask in definition.question_to_ask:
        yield f"{ask.id}.text", ask.text
        yield f"{ask.id}.because", ask.because or ""
    for score in definition.score:
        yield f"{score.name}.meaning", score.meaning or ""
    for block in definition.summary:
        yield f"summary.{block.title}", block.title


def strings_in(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings_in(value)


def long_sentences(words: str) -> list[str]:
    return [each for each in re.split(r"[.?!](?:\s|$)", words) if len(each.split()) > 20]


@pytest.mark.parametrize("sign", DOSSIER)
def test_each_sign_of_the_dossier_has_one_flag_with_its_class(
    definition: Questionnaire, sign: str
) -> None:
    classes = [flag.urgency for flag in definition.red_flag if flag.id == sign]
    assert classes == [DOSSIER[sign][0]]


def test_no_flag_is_there_that_the_dossier_does_not_know(definition: Questionnaire) -> None:
    others = {flag.id for flag in definition.red_flag} - set(DOSSIER)
    assert all(each.startswith("not-sure-") for each in others)
    assert len(others) == len(SIGN_PAGES)


@pytest.mark.parametrize(
    ("sign", "page", "code"),
    [(sign, page, code) for sign, (_, ways) in DOSSIER.items() for page, code in ways],
)
def test_saying_yes_to_a_sign_raises_its_flag_and_no_other(
    definition: Questionnaire, sign: str, page: str, code: str
) -> None:
    assert set(raised(definition, answered(page, code))) == {sign}


@pytest.mark.parametrize("sign", DOSSIER)
def test_every_other_answer_leaves_a_flag_down(definition: Questionnaire, sign: str) -> None:
    own = set(DOSSIER[sign][1])
    for page in {page for page, _ in own}:
        for code in codes_of(definition, page):
            if (page, code) not in own:
                assert sign not in raised(definition, answered(page, code)), code


def test_every_sign_that_can_be_chosen_raises_a_flag(definition: Questionnaire) -> None:
    for page in SIGN_PAGES:
        for code in set(codes_of(definition, page)) - {"none", "no", "rather-not-say"}:
            assert raised(definition, answered(page, code)), (page, code)


def test_doubt_about_an_earlier_illness_is_no_emergency_but_doubt_about_a_fall_is(
    definition: Questionnaire,
) -> None:
    (illness,) = raised(definition, answered("signs-illness", "not-sure-here")).values()
    (fall,) = raised(definition, answered("signs-falls", "not-sure-here")).values()
    assert (illness.urgency, fall.urgency) == (Urgency.SAME_DAY, Urgency.EMERGENCY)


def test_several_signs_raise_all_their_flags(definition: Questionnaire) -> None:
    both = answered("signs-legs", "r6b", "r10") | {"signs-slow-changes": ["r13b"]}
    assert set(raised(definition, both)) == {"R6b", "R10", "R13b"}


@pytest.mark.parametrize("page", SIGN_PAGES)
def test_not_sure_raises_the_most_urgent_class_of_its_page(
    definition: Questionnaire, page: str
) -> None:
    signs = set(codes_of(definition, page)) - {"not-sure-here", "none", "no", "rather-not-say"}
    classes = {
        flag.urgency for code in signs for flag in raised(definition, answered(page, code)).values()
    }
    (doubt,) = raised(definition, answered(page, "not-sure-here")).values()
    assert doubt.urgency == min(classes, key=MOST_URGENT_FIRST.index)


@pytest.mark.parametrize("page", SIGN_PAGES[:-1])
def test_a_sign_cannot_be_chosen_together_with_none_of_these(
    definition: Questionnaire, page: str
) -> None:
    item = definition.find(page)
    assert item
    assert item.answer_option[-1].exclusive
    problem = validate_value(item, [item.answer_option[0].code, "none"])
    assert problem
    assert problem.code == ProblemCode.EXCLUSIVE_WITH_OTHERS


@pytest.mark.parametrize("page", SIGN_PAGES)
def test_a_warning_sign_page_cannot_be_passed_over(definition: Questionnaire, page: str) -> None:
    item = definition.find(page)
    assert item
    assert item.required
    assert not item.enable_when


def test_rather_not_say_is_not_a_yes_but_still_offers_help(definition: Questionnaire) -> None:
    answers = answered("thoughts-of-self-harm", "rather-not-say")
    assert not raised(definition, answers)
    assert Evaluation(definition, answers).enabled("support-offered")
    assert not Evaluation(definition, ALL_NO).enabled("support-offered")


def test_all_no_shows_the_sentence_that_is_no_all_clear(
    definition: Questionnaire, messages: Any
) -> None:
    evaluation = Evaluation(definition, ALL_NO)
    item = definition.find("signs-not-chosen")
    assert item
    assert evaluation.enabled("signs-not-chosen")
    assert not evaluation.enabled("signs-chosen")
    assert item.detail == item.helper_detail == messages["not_all_clear"]
    assert item.detail == (
        "This does not prove that nothing serious is wrong. If you are worried, contact a doctor."
    )


def test_any_sign_or_doubt_shows_the_other_text(definition: Questionnaire) -> None:
    for page in SIGN_PAGES:
        for code in codes_of(definition, page):
            evaluation = Evaluation(definition, answered(page, code))
            chosen = code not in ("none", "no", "rather-not-say")
            assert evaluation.enabled("signs-chosen") == chosen, (page, code)
            assert evaluation.enabled("signs-not-chosen") != chosen, (page, code)


def test_a_flag_says_what_to_do_and_names_neither_numbers_nor_diseases(
    definition: Questionnaire,
) -> None:
    for flag in definition.red_flag:
        for action in (flag.action, flag.helper_action):
            assert action
            assert not re.search(r"\d", action.replace("within 1 to 3 days", "")), flag.id
            assert not DISEASES.search(action), flag.id


def test_an_emergency_text_says_not_to_drive(definition: Questionnaire) -> None:
    for flag in definition.red_flag:
        if flag.urgency is Urgency.EMERGENCY:
            assert "Do not drive yourself" in flag.action, flag.id
            assert "Do not let them drive" in (flag.helper_action or ""), flag.id


def test_warning_signs_come_before_everything_else_about_health(
    definition: Questionnaire,
) -> None:
    assert [section.link_id for section in definition.item[:2]] == [
        "before-you-start",
        "warning-signs",
    ]
    assert all(item.app_role for item in definition.item[0].item)


def test_helper_wording_stands_wherever_someone_is_addressed(definition: Questionnaire) -> None:
    for item in items(definition):
        for field in ("text", "hint", "why", "detail", "missing"):
            if ADDRESSED.search(QUOTED.sub("", getattr(item, field) or "")):
                assert getattr(item, f"helper_{field}"), f"{item.link_id}.{field}"
        for option in item.answer_option:
            if ADDRESSED.search(option.display):
                assert option.helper_display, f"{item.link_id}.{option.code}"
            assert not ADDRESSED.search(option.hint or ""), f"{item.link_id}.{option.code}"
        for words in (item.short_text, item.not_sure):
            assert not ADDRESSED.search(words or ""), item.link_id
    for flag in definition.red_flag:
        assert flag.helper_heading or not ADDRESSED.search(flag.heading), flag.id


def test_helper_wording_speaks_of_the_person_being_helped(definition: Questionnaire) -> None:
    for item in items(definition):
        words = (item.helper_text or "").replace("person you are helping", "")
        if item.link_id != "relationship":
            assert not ADDRESSED.search(QUOTED.sub("", words)), item.link_id


def test_every_item_has_its_short_words(definition: Questionnaire) -> None:
    for item in items(definition):
        if item.type is not ItemType.GROUP:
            assert item.short_text, item.link_id
            assert item.source, item.link_id
    for item in questions(definition):
        assert item.why, item.link_id
        assert item.missing or not item.required, item.link_id


def test_no_sentence_has_more_than_20_words(
    definition: Questionnaire, messages: Any, countries: Any
) -> None:
    own = [(where, words) for where, words in patient_words(definition) if "peg-" not in where]
    others = [("file", words) for words in (*strings_in(messages), *strings_in(countries))]
    assert not [
        (where, sentence) for where, words in own + others for sentence in long_sentences(words)
    ]


def test_no_banned_word_is_used(definition: Questionnaire, messages: Any, countries: Any) -> None:
    own = list(patient_words(definition))
    others = [("file", words) for words in (*strings_in(messages), *strings_in(countries))]
    assert not [(where, words) for where, words in own + others if BANNED.search(words)]


def test_hints_are_short_and_have_no_full_stop(definition: Questionnaire) -> None:
    for where, words in patient_words(definition):
        if where.endswith("hint"):
            assert not words.endswith("."), where


@pytest.mark.parametrize("link_id", PEG)
def test_peg_is_quoted_word_for_word(definition: Questionnaire, link_id: str) -> None:
    item = definition.find(link_id)
    assert item
    assert item.text == PEG[link_id]
    assert item.helper_text == f"Ask the person you are helping: “{PEG[link_id]}”"
    assert (item.min_value, item.max_value) == (0, 10)
    ends = ("No pain", "Pain as bad as you can imagine")
    effect = ("Does not interfere", "Completely interferes")
    assert (item.low_label, item.high_label) == (ends if link_id == "peg-pain" else effect)


def test_peg_is_credited(definition: Questionnaire) -> None:
    assert "Krebs" in (definition.copyright or "")


def test_peg_is_the_mean_of_its_three_items(definition: Questionnaire) -> None:
    answers = {"peg-pain": 7, "peg-enjoyment": 6, "peg-activity": 6}
    assert score_result(Evaluation(definition, answers), "peg").shown == "6.3"


def test_peg_has_no_score_when_one_item_is_open(definition: Questionnaire) -> None:
    answers = {"peg-pain": 7, "peg-enjoyment": 6}
    assert score_result(Evaluation(definition, answers), "peg").value is None


def test_nothing_is_scored_across_instruments(definition: Questionnaire) -> None:
    assert [score.name for score in definition.score] == ["peg"]


def test_a_typical_run_has_45_to_55_pages(definition: Questionnaire) -> None:
    answers = ALL_NO | {
        "author": "me",
        "operation-kind@1": ["discectomy"],
        "pain-now-back": 5,
        "pain-now-leg": 6,
        "pain-free-interval": "over-6-months",
        "cause-looked-for": False,
        "tests-done": ["x-ray", "mri"],
        "treatments-tried": ["physiotherapy", "everyday-pain-medicines", "opioids", "injections"],
    }
    assert 45 <= len(steps(Evaluation(definition, answers))) <= 55


def test_each_treatment_chosen_is_asked_about_and_no_other(definition: Questionnaire) -> None:
    tried = set(codes_of(definition, "treatments-tried")) - {"none"}
    for treatment in tried:
        evaluation = Evaluation(definition, {"treatments-tried": [treatment]})
        asked = {each for each in tried if evaluation.enabled(f"helped-{each}")}
        assert asked == {treatment}


def test_a_treatment_of_ones_own_is_asked_about(definition: Questionnaire) -> None:
    evaluation = Evaluation(definition, {"treatments-tried": [{"other": "A corset"}]})
    assert evaluation.enabled("helped-other")
    assert not Evaluation(definition, {"treatments-tried": ["opioids"]}).enabled("helped-other")


@pytest.mark.parametrize(
    ("interval", "asked"),
    [("none", False), ("days", True), ("over-6-months", True), ("still-better", False)],
)
def test_lowest_pain_is_asked_when_the_pain_came_back(
    definition: Questionnaire, interval: str, asked: bool
) -> None:
    evaluation = Evaluation(definition, {"pain-free-interval": interval})
    assert evaluation.enabled("pain-best-back") == asked
    assert evaluation.enabled("pain-best-leg") == asked


def test_leg_questions_are_asked_only_with_leg_pain(definition: Questionnaire) -> None:
    for strength, asked in ((0, False), (1, True), ({"absent": "asked-unknown"}, True)):
        evaluation = Evaluation(definition, {"pain-now-leg": strength})
        assert evaluation.enabled("leg-or-back") == asked
        assert evaluation.enabled("pain-below-knee") == asked


def asked_at_the_visit(definition: Questionnaire, answers: dict[str, Any]) -> set[str]:
    evaluation = Evaluation(definition, answers)
    return {
        ask.id
        for ask in definition.question_to_ask
        if ask.when is None or evaluation.holds(ask.when)
    }


def test_three_questions_for_the_visit_are_always_there(definition: Questionnaire) -> None:
    assert asked_at_the_visit(definition, {}) == {"target", "waiting", "people-like-me"}
    assert 8 <= len(definition.question_to_ask) <= 12
    assert all(ask.because for ask in definition.question_to_ask)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"cause-looked-for": False}, "cause"),
        ({"cause-looked-for": {"absent": "asked-unknown"}}, "cause"),
        ({"tests-done": ["mri"]}, "scans"),
        ({"operation-kind@1": ["discectomy", "fusion"]}, "fusion-joined"),
        ({"pain-free-interval": "none"}, "never-improved"),
        ({"pain-free-interval": "over-6-months"}, "came-back"),
        ({"pain-now-leg": 5, "leg-or-back": "mostly-leg"}, "leg-pain"),
        ({"operation-count": "two"}, "several-operations"),
        ({"operation-kind@1": ["pain-device"]}, "pain-device"),
        (
            {"treatments-tried": ["opioids"], "helped-opioids": "made-it-worse"},
            "not-helped",
        ),
    ],
)
def test_answers_choose_which_other_questions_are_printed(
    definition: Questionnaire, answers: dict[str, Any], asked: str
) -> None:
    always = asked_at_the_visit(definition, {})
    assert asked_at_the_visit(definition, answers) - always == {asked}


def test_a_cause_that_was_looked_for_needs_no_question(definition: Questionnaire) -> None:
    assert "cause" not in asked_at_the_visit(definition, {"cause-looked-for": True})


def test_the_five_starred_facts_follow_the_warning_signs(definition: Questionnaire) -> None:
    stars = [block.starred for block in definition.summary]
    assert stars == [False, *[True] * 5, *[False] * (len(stars) - 6)]
    assert list(definition.summary[0].item) == SIGN_PAGES


def test_the_countries_on_offer_are_those_with_numbers(
    definition: Questionnaire, countries: Any
) -> None:
    offered = [
        (option.code, option.display)
        for item in questions(definition)
        if item.app_role == "country"
        for option in item.answer_option
    ]
    assert offered == [(each["code"], each["name"]) for each in countries["country"]]


def test_every_country_has_someone_to_call_and_a_way_without_speaking(countries: Any) -> None:
    for country in countries["country"]:
        assert re.fullmatch(r"\d{3}", country["emergency"]["number"]), country["code"]
        assert country["urgent"]["advice"], country["code"]
        assert country["text_relay"]["advice"], country["code"]
        for service in ("urgent", "crisis", "text_relay"):
            number = (country[service] or {}).get("number")
            assert number is None or re.fullmatch(r"\d{3,}", number), country["code"]


def test_every_problem_has_plain_words(messages: Any) -> None:
    assert set(messages["problem"]) == {code.value for code in ProblemCode}
    allowed = {"min", "max", "unit", "max_length", "min_occurs", "max_occurs"}
    for words in strings_in(messages["problem"]):
        assert set(re.findall(r"{(\w+)}", words)) <= allowed


def test_only_the_control_of_a_free_text_says_that_nobody_reads_it_live(
    definition: Questionnaire,
) -> None:
    for item in questions(definition):
        assert "Nobody reads" not in (item.detail or ""), item.link_id


def test_texts_call_the_page_of_signs_by_the_name_of_its_link(
    definition: Questionnaire, messages: Any
) -> None:
    own = [text for _, text in patient_words(definition)]
    assert not [text for text in (*own, *strings_in(messages)) if "Urgent help" in text]
    item = definition.find("signs-chosen")
    assert item
    assert f"“{EMERGENCY_SIGNS}”" in (item.detail or "")


def test_what_must_always_be_said_has_four_lines(messages: Any) -> None:
    assert len(messages["must_always_be_said"]) == 4
