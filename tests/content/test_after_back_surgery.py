"""The questionnaire this app is made for: warning signs first of all, then its wording."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from fbss_app.content.questionnaires import BUILT_IN_FOLDER, load_questionnaire
from fbss_app.domain.questionnaire.answers import split_key
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire, RedFlag, Urgency
from fbss_app.domain.questionnaire.navigation import interruptions_after, steps
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
    *("paper_text", "paper_hint", "paper_detail", "paper_only_if"),
    *("low_label", "high_label"),
]
STRAIGHT = {"'", '"'}
QUOTED = re.compile(r"“[^”]*”")
# Published wording stays as it is.
# What helps to decide, and is no news to a specialist.
FOR_ONESELF = ("matters-", "sure-", "check-")
VERBATIM = re.compile(
    r"^(peg|phq-4)-(pain|enjoyment|activity|nervous|worry|interest|down)\b|^rmdq-st"
)


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
            for field in ("display", "helper_display", "paper_display", "hint"):
                if words := getattr(option, field):
                    yield f"{item.link_id}.{option.code}.{field}", words
    for flag in definition.red_flag:
        for field in ("heading", "helper_heading", "action", "helper_action", "paper_action"):
            if words := getattr(flag, field):
                yield f"{flag.id}.{field}", words
    for page in definition.interruption:
        for field in ("heading", "helper_heading", "text", "helper_text"):
            yield f"{page.id}.{field}", getattr(page, field)
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
            if ADDRESSED.search(option.display) and not VERBATIM.match(item.link_id):
                assert option.helper_display, f"{item.link_id}.{option.code}"
            assert not ADDRESSED.search(option.hint or ""), f"{item.link_id}.{option.code}"
        assert not ADDRESSED.search(item.short_text or ""), item.link_id
        assert not re.search(r"\byou", item.not_sure or ""), item.link_id
    for page in definition.interruption:
        assert page.helper_heading, page.id
        assert page.helper_text, page.id
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
    own = [each for each in patient_words(definition) if not VERBATIM.match(each[0])]
    others = [("file", words) for words in (*strings_in(messages), *strings_in(countries))]
    assert not [
        (where, sentence) for where, words in own + others for sentence in long_sentences(words)
    ]


def test_no_banned_word_is_used(definition: Questionnaire, messages: Any, countries: Any) -> None:
    own = [each for each in patient_words(definition) if not VERBATIM.match(each[0])]
    others = [("file", words) for words in (*strings_in(messages), *strings_in(countries))]
    assert not [(where, words) for where, words in own + others if BANNED.search(words)]


def test_hints_are_short_and_have_no_full_stop(definition: Questionnaire) -> None:
    for where, words in patient_words(definition):
        if where.endswith("hint"):
            assert not words.endswith("."), where


def test_no_straight_quotation_mark_stands_in_a_text(definition: Questionnaire) -> None:
    assert not [(where, words) for where, words in patient_words(definition) if STRAIGHT & {*words}]


def asked_keys(definition: Questionnaire, answers: dict[str, Any]) -> set[str]:
    return {step.key for step in steps(Evaluation(definition, answers))}


def test_each_treatment_chosen_is_asked_about_and_no_other(definition: Questionnaire) -> None:
    for treatment in set(codes_of(definition, "treatments-tried")) - {"none"}:
        asked = asked_keys(definition, {"treatments-tried": [treatment]})
        assert {key for key in asked if key.startswith("treatment-")} == {
            f"treatment-helped@{treatment}",
            f"treatment-stopped@{treatment}",
            f"treatment-when@{treatment}",
        }


def test_a_treatment_of_ones_own_is_asked_about(definition: Questionnaire) -> None:
    asked = asked_keys(definition, {"treatments-tried": ["opioids", {"other": "A corset"}]})
    assert "treatment-helped@other" in asked


def test_no_treatment_is_no_treatment_to_ask_about(definition: Questionnaire) -> None:
    for answer in (["none"], {"absent": "asked-unknown"}):
        asked = asked_keys(definition, {"treatments-tried": answer})
        assert not [key for key in asked if key.startswith("treatment-")]


def test_levels_are_asked_of_injections_only(definition: Questionnaire) -> None:
    tried = {"treatments-tried": ["opioids", "injections"]}
    assert "injection-levels" in asked_keys(definition, tried)
    assert "injection-levels" not in asked_keys(definition, {"treatments-tried": ["opioids"]})


def test_each_test_is_asked_about_and_contrast_of_the_mri_only(definition: Questionnaire) -> None:
    asked = asked_keys(definition, {"tests-done": ["mri", "blocks"]})
    assert {"test-when-where@mri", "test-when-where@blocks", "mri-contrast"} <= asked
    asked = asked_keys(definition, {"tests-done": ["ct"]})
    assert "test-when-where@ct" in asked
    assert "mri-contrast" not in asked


def test_medicines_are_listed_only_by_whoever_wants_to_list_them(
    definition: Questionnaire,
) -> None:
    assert "medicine-name@1" in asked_keys(definition, {"takes-medicines": "list-now"})
    for other in ("bring-list", "no", {"absent": "asked-unknown"}):
        asked = asked_keys(definition, {"takes-medicines": other})
        assert "medicine-name@1" not in asked
        assert {"blood-thinners", "allergies"} <= asked


def test_a_medicine_is_never_asked_about_without_saying_to_change_none(
    definition: Questionnaire,
) -> None:
    for link_id in ("takes-medicines", "medicine-dose", "blood-thinners"):
        item = definition.find(link_id)
        assert item
        assert item.detail == "Do not start, stop or change a medicine because of this app."


def test_parts_put_in_are_asked_of_operations_that_can_leave_some(
    definition: Questionnaire,
) -> None:
    kinds = {
        ("discectomy",): False,
        ("laminectomy", "foraminotomy"): False,
        ("discectomy", "fusion"): True,
        ("disc-replacement",): True,
        ("hardware",): True,
        ("pain-device",): True,
    }
    for kind, asked in kinds.items():
        keys = asked_keys(definition, {"operation-kind@1": list(kind)})
        assert ("operation-implants@1" in keys) == asked, kind
    assert "operation-implants@1" in asked_keys(
        definition, {"operation-kind@1": {"absent": "asked-unknown"}}
    )


def test_the_kind_of_one_operation_says_nothing_about_another(definition: Questionnaire) -> None:
    answers = {
        "operation@a": True,
        "operation@b": True,
        "operation-kind@a": ["fusion"],
        "operation-kind@b": ["discectomy"],
    }
    asked = asked_keys(definition, answers)
    assert "operation-implants@a" in asked
    assert "operation-implants@b" not in asked


def test_the_effect_of_each_operation_is_asked_when_there_were_several(
    definition: Questionnaire,
) -> None:
    for count, asked in ((1, False), (2, True), ({"absent": "asked-unknown"}, True)):
        keys = asked_keys(definition, {"operation-count": count})
        assert ("operation-effect@1" in keys) == asked


@pytest.mark.parametrize(
    ("work", "asked"),
    [
        ("as-usual", {"work-hours"}),
        ("less", {"work-hours"}),
        ("sick-leave", {"work-off-since"}),
        ("stopped", {"work-off-since"}),
        ("not-in-work", set()),
    ],
)
def test_work_leads_to_hours_or_to_time_off(
    definition: Questionnaire, work: str, asked: set[str]
) -> None:
    keys = asked_keys(definition, {"work": work})
    assert {key for key in keys if key.startswith("work-")} == asked


def test_walking_time_is_not_asked_when_pain_stops_no_walk(definition: Questionnaire) -> None:
    assert "walking-minutes" in asked_keys(definition, {"walking-distance": "few-steps"})
    assert "walking-minutes" not in asked_keys(definition, {"walking-distance": "not-stopped"})


def interrupted(definition: Questionnaire, question: str, answers: dict[str, Any]) -> set[str]:
    link_id, path = split_key(question)
    pages = interruptions_after(Evaluation(definition, answers), link_id, path)
    return {page.id for page in pages}


def test_interruptions_are_few(definition: Questionnaire) -> None:
    assert {page.id: page.question for page in definition.interruption} == {
        "many-operations": "operation-count",
        "operation-before-birth": "operation-date",
        "no-pain-now": "pain-now-leg",
    }


@pytest.mark.parametrize(("count", "asked"), [(1, False), (6, False), (7, True), (12, True)])
def test_more_than_six_operations_are_asked_about_again(
    definition: Questionnaire, count: int, asked: bool
) -> None:
    assert bool(interrupted(definition, "operation-count", {"operation-count": count})) == asked


@pytest.mark.parametrize(
    ("back", "leg", "asked"),
    [(0, 0, True), (0, 1, False), (1, 0, False), ({"absent": "asked-unknown"}, 0, False)],
)
def test_no_pain_at_all_now_is_asked_about_again(
    definition: Questionnaire, back: Any, leg: int, asked: bool
) -> None:
    answers = {"pain-now-back": back, "pain-now-leg": leg}
    assert bool(interrupted(definition, "pain-now-leg", answers)) == asked


@pytest.mark.parametrize(
    ("age", "oldest"),
    [("under-18", 18), ("18-to-29", 30), ("50-to-59", 60), ("70-to-79", 80)],
)
def test_an_operation_older_than_the_age_is_asked_about_again(
    definition: Questionnaire, age: str, oldest: int
) -> None:
    this_year = datetime.now(UTC).year
    for years, asked in ((oldest - 1, False), (oldest, True), (oldest + 5, True)):
        answers = {"age-band": age, "operation-date@1": str(this_year - years)}
        assert bool(interrupted(definition, "operation-date@1", answers)) == asked, years


def test_every_age_group_but_the_last_has_its_oldest_operation(definition: Questionnaire) -> None:
    for age in codes_of(definition, "age-band")[:-1]:
        answers = {"age-band": age, "operation-date@1": "1940"}
        assert interrupted(definition, "operation-date@1", answers), age
    for age in ("80-or-over", {"absent": "asked-declined"}):
        answers = {"age-band": age, "operation-date@1": "1940"}
        assert not interrupted(definition, "operation-date@1", answers)


def test_the_date_of_one_operation_says_nothing_about_another(definition: Questionnaire) -> None:
    answers = {
        "age-band": "18-to-29",
        "operation@new": True,
        "operation-date@new": "2020",
        "operation@old": True,
        "operation-date@old": "1950",
    }
    assert not interrupted(definition, "operation-date@new", answers)
    assert interrupted(definition, "operation-date@old", answers)


def test_the_kind_of_pain_is_asked_for_each_place_only_when_wanted(
    definition: Questionnaire,
) -> None:
    places = {"pain-places": ["back-lower-left", "back-calf-left"]}
    kinds = {"pain-place-kind@back-lower-left", "pain-place-kind@back-calf-left"}
    assert kinds <= asked_keys(definition, places | {"pain-places-more": "yes"})
    assert not kinds & asked_keys(definition, places | {"pain-places-more": "not-now"})
    one_place = asked_keys(definition, {"pain-places": ["back-lower-left"]})
    assert not one_place & {"pain-places-more", "worst-place"}


@pytest.mark.parametrize(
    ("interval", "asked"),
    [("none", False), ("days", True), ("over-6-months", True), ("still-better", False)],
)
def test_lowest_pain_is_asked_when_the_pain_came_back(
    definition: Questionnaire, interval: str, asked: bool
) -> None:
    evaluation = Evaluation(definition, {"pain-free-interval": interval, "pain-before-leg": 4})
    assert evaluation.enabled("pain-best-back") == asked
    assert evaluation.enabled("pain-best-leg") == asked


def test_leg_questions_are_asked_only_with_leg_pain(definition: Questionnaire) -> None:
    for strength, asked in ((0, False), (1, True), ({"absent": "asked-unknown"}, True)):
        evaluation = Evaluation(definition, {"pain-now-leg": strength})
        assert evaluation.enabled("leg-or-back") == asked


def test_which_leg_hurt_before_is_asked_only_with_leg_pain_then(
    definition: Questionnaire,
) -> None:
    for strength, asked in ((0, False), (1, True), ({"absent": "asked-unknown"}, True)):
        evaluation = Evaluation(definition, {"pain-before-leg": strength})
        assert evaluation.enabled("pain-before-side") == asked


def test_lowest_leg_pain_is_not_asked_of_whoever_never_had_any(definition: Questionnaire) -> None:
    answers = {"pain-free-interval": "weeks", "pain-before-leg": 0, "pain-now-leg": 0}
    assert Evaluation(definition, answers).enabled("pain-best-back")
    assert not Evaluation(definition, answers).enabled("pain-best-leg")


def asked_at_the_visit(definition: Questionnaire, answers: dict[str, Any]) -> set[str]:
    evaluation = Evaluation(definition, answers)
    return {
        ask.id
        for ask in definition.question_to_ask
        if ask.when is None or evaluation.holds(ask.when)
    }


def test_three_questions_for_the_visit_are_always_there(definition: Questionnaire) -> None:
    assert asked_at_the_visit(definition, {}) == {"target", "waiting", "people-like-me"}
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
        ({"operation-count": 2}, "several-operations"),
        ({"operation-kind@1": ["pain-device"]}, "pain-device"),
        (
            {"treatments-tried": ["opioids"], "treatment-stopped@opioids": "made-it-worse"},
            "not-helped",
        ),
        (
            {"treatments-tried": ["opioids"], "treatment-stopped@opioids": "did-not-help"},
            "not-helped",
        ),
        ({"treatments-tried": ["opioids"], "treatment-helped@opioids": 0}, "not-helped"),
    ],
)
def test_answers_choose_which_other_questions_are_printed(
    definition: Questionnaire, answers: dict[str, Any], asked: str
) -> None:
    always = asked_at_the_visit(definition, {})
    assert asked_at_the_visit(definition, answers) - always == {asked}


def test_a_cause_that_was_looked_for_needs_no_question(definition: Questionnaire) -> None:
    assert "cause" not in asked_at_the_visit(definition, {"cause-looked-for": True})


def test_treatments_that_helped_a_little_leave_no_question(definition: Questionnaire) -> None:
    answers = {
        "treatments-tried": ["opioids"],
        "treatment-helped@opioids": 1,
        "treatment-stopped@opioids": "planned-end",
    }
    assert "not-helped" not in asked_at_the_visit(definition, answers)


def test_a_treatment_no_longer_chosen_counts_no_more(definition: Questionnaire) -> None:
    answers = {"treatments-tried": ["physiotherapy"], "treatment-helped@opioids": 0}
    assert "not-helped" not in asked_at_the_visit(definition, answers)


def test_the_summary_begins_with_warning_signs_and_stars_the_five_facts(
    definition: Questionnaire,
) -> None:
    assert list(definition.summary[0].item) == SIGN_PAGES
    assert [block.title for block in definition.summary if block.starred] == [
        "Kind of surgery",
        "What the surgery was for",
        "Pain before the last operation",
        "Pain after the operation, and now",
        "Nature of the pain",
    ]


def test_every_question_on_health_is_on_the_summary(definition: Questionnaire) -> None:
    shown = {link_id for block in definition.summary for link_id in block.item}
    scored = {"peg", "rmdq", "phq-4"}
    for item in questions(definition):
        around = {group.link_id for group in definition.placements[item.link_id].ancestors}
        left_out = {
            "device-owner",
            "author",
            "country",
            "rmdq-wanted",
            "phq-4-wanted",
            "pain-places-more",
            "deciding-wanted",
            "check-wanted",
            # The 3 that matter most stand for these; the rest becomes questions to ask.
            *(
                each.link_id
                for each in questions(definition)
                if each.link_id.startswith(FOR_ONESELF)
            ),
        }
        assert item.link_id in shown | left_out or around & (shown | scored), item.link_id


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
