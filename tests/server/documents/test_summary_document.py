import re

import pytest

from fbss_app.content.loader import load_content
from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.provenance import provenance_of
from fbss_app.domain.summary.summary import build_summary, leaves
from fbss_app.server.documents.summary_document import FilledIn, summary_data, summary_document
from tests.scenario import Scenario, answer_event
from tests.server.documents.conftest import NOW
from tests.server.documents.pdf import Pdf

ANSWERS = {
    "signs-legs": ["r5"],
    "pain-before-back": 8,
    "pain-now-back": 6,
    "pain-places": ["back-lower-left", "back-buttock-left"],
    "treatments-tried": ["physiotherapy", "opioids"],
    "success": "To walk to the shop",
}


def filled_in(questionnaire, answers, helper=()) -> FilledIn:
    events = [
        answer_event(number, key, value, "helper" if key in helper else "patient")
        for number, (key, value) in enumerate(answers.items(), start=1)
    ]
    evaluation = Evaluation(questionnaire, fold(events), NOW.date())
    summary = build_summary(questionnaire, evaluation, provenance_of(events))
    return FilledIn(questionnaire, evaluation, summary)


def test_pdf_is_tagged_and_says_what_it_is(after_back_surgery):
    pdf = Pdf.read(summary_document(filled_in(after_back_surgery, ANSWERS), NOW))

    assert pdf.catalog["/MarkInfo"]["/Marked"]
    assert pdf.catalog["/Lang"] == "en"
    assert pdf.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata.title == "Summary for the specialist"
    assert b"<pdfuaid:part>1" in pdf.reader.root_object["/Metadata"].get_data()
    assert [tag for tag in pdf.tags() if tag.startswith("H")][:2] == ["H1", "H2"]
    assert {"L", "LI", "LBody", "P", "Figure"} <= set(pdf.tags())
    assert all(round(float(page.mediabox.width)) == 595 for page in pdf.reader.pages)


def test_pdf_holds_the_answers_and_what_must_be_said(after_back_surgery):
    text = Pdf.read(summary_document(filled_in(after_back_surgery, ANSWERS), NOW)).text

    for words in [
        "Patient-reported, not checked by a clinician.",
        "Made on 23 November 2026.",
        "Warning signs last answered on 31 January 2026 at 09:00 UTC.",
        "New pain, numbness or weakness in both legs",
        "8 out of 10",
        "To walk to the shop",
        *load_content().messages.must_always_be_said,
        f"version {after_back_surgery.version}",
        "Page 1 of 1",
    ]:
        assert words in text


def test_pictures_are_told_in_words(after_back_surgery):
    pdf = Pdf.read(summary_document(filled_in(after_back_surgery, ANSWERS), NOW))

    body_map = next(alt for alt in pdf.alternatives() if "outlines" in alt)
    assert "Lower back, left" in body_map
    assert any("from 0 to 10" in alt for alt in pdf.alternatives())


def test_table_has_header_cells(after_back_surgery):
    answers = {
        "treatments-tried": ["physiotherapy", "opioids"],
        "treatment-helped@physiotherapy": 3,
    }
    known = {key.partition("@")[0] for key in answers} <= after_back_surgery.placements.keys()
    assert known, "the questionnaire names its treatment questions otherwise now"
    pdf = Pdf.read(summary_document(filled_in(after_back_surgery, answers), NOW))

    heads = [element for element in pdf.elements() if element["/S"] == "/TH"]
    assert heads
    assert all(element["/A"] for element in heads)


def test_answers_of_a_helper_are_marked_only_beside_those_of_the_patient(after_back_surgery):
    both = summary_data(filled_in(after_back_surgery, ANSWERS, {"success"}), NOW)
    helper = summary_data(filled_in(after_back_surgery, ANSWERS, ANSWERS), NOW)

    def notes(data):
        return {fact["note"] for part in data["parts"] for fact in part["facts"]}

    assert "helper, own view" in notes(both)
    assert "Reported by the patient and a helper." in both["origin"]
    assert "Answers that say nothing else are from the patient." in both["origin"]
    assert not any("helper" in note for note in notes(helper))
    assert "Reported by a helper for the patient." in helper["origin"]
    assert "All answers are from a helper, as the helper sees it." in helper["origin"]


def test_what_only_the_patient_can_feel_bears_a_sign_where_a_helper_answered(after_back_surgery):
    answers = {**ANSWERS, "operation@1": True, "operation-date@1": "2019", "peg-pain": 5}
    answers |= {"peg-enjoyment": 5, "peg-activity": 5}
    data = summary_data(filled_in(after_back_surgery, answers, answers), NOW)
    said = {fact["label"]: fact for part in data["parts"] for fact in part["facts"]}

    assert said["Back pain now"]["answers"] == ["6 out of 10 †"]
    assert said["Places of pain"]["answers"][-1].endswith(" †")
    (score,) = said["PEG score"]["answers"]
    assert score == "5.0 on a scale of 0 to 10. Answered by a helper, so not a self-report."
    assert "† Only the person with the pain can feel or know this" in data["origin"]
    legends = [part["timeline"]["legend"] for part in data["parts"] if part["timeline"]]
    assert "a helper gave are left out" in legends[0]
    text = Pdf.read(summary_document(filled_in(after_back_surgery, answers, answers), NOW)).text
    assert "6 out of 10 †" in text


def test_a_warning_sign_that_was_put_aside_is_never_a_no(after_back_surgery):
    answers = {**ANSWERS, "thoughts-of-self-harm": {"absent": "masked"}}
    data = summary_data(filled_in(after_back_surgery, answers), NOW)
    said = {fact["label"]: fact["answers"] for part in data["parts"] for fact in part["facts"]}

    assert said["Thoughts of ending life or of self-harm"] == [
        "Not answered yet",
        "To be answered by the patient alone",
    ]


def test_without_answers_the_page_says_so_and_raises_no_all_clear(after_back_surgery):
    data = summary_data(filled_in(after_back_surgery, {}), NOW)

    assert data["parts"] == []
    assert data["nothing"]
    assert data["flags"]["signs"] == []
    assert Pdf.read(summary_document(filled_in(after_back_surgery, {}), NOW)).reader.pages


def test_most_urgent_sign_comes_first(after_back_surgery):
    answers = {"signs-slow-changes": ["r20-numb"], "signs-legs": ["r5"]}
    signs = summary_data(filled_in(after_back_surgery, answers), NOW)["flags"]["signs"]

    assert [sign["level"] for sign in signs] == ["Emergency", "Soon"]


def test_credits_of_the_instruments_are_named(after_back_surgery):
    shown = " ".join(summary_data(filled_in(after_back_surgery, {"peg-pain": 5}), NOW)["credits"])

    credits = {each.name: each.credit for each in after_back_surgery.instrument if each.credit}
    assert credits["peg"] in shown
    assert credits["rmdq"] not in shown


def test_scenario_of_a_person_makes_one_page(after_back_surgery):
    scenario = Scenario(after_back_surgery)
    summary = build_summary(after_back_surgery, scenario.evaluation)

    pdf = summary_document(FilledIn(after_back_surgery, scenario.evaluation, summary), NOW)
    assert len(Pdf.read(pdf).reader.pages) == 1


OPERATION = {
    "operation-kind": ["fusion"],
    "operation-condition": ["stenosis"],
    "operation-date": "2018",
    "operation-levels": ["l4-l5"],
    "operation-side": "left",
    "operation-implants": ["screws-rods"],
    "operation-complications": ["none"],
    "operation-effect": "better-for-a-time",
    "operation-hospital": "St Mary",
}


def with_operations(count, **changes):
    answers = {"operation-count": count}
    for number in range(1, count + 1):
        answers[f"operation@{number}"] = True
        answers |= {f"{key}@{number}": value for key, value in (OPERATION | changes).items()}
    return answers


def surgery(questionnaire, answers):
    parts = summary_data(filled_in(questionnaire, answers), NOW)["parts"]
    return next(part for part in parts if part["title"] == "Kind of surgery")


def test_few_operations_are_the_columns_of_a_table(after_back_surgery):
    part = surgery(after_back_surgery, with_operations(2))

    assert part["tables"][0]["columns"] == ["Back operation", "1", "2"]
    assert ["Levels", "L4-L5", "L4-L5"] in part["tables"][0]["rows"]
    assert not part["wide"]


def test_many_operations_are_the_rows_of_a_table_as_wide_as_the_page(after_back_surgery):
    answers = with_operations(6)
    part = surgery(after_back_surgery, answers)

    assert [row[0] for row in part["tables"][0]["rows"]] == ["1", "2", "3", "4", "5", "6"]
    assert part["wide"]
    pdf = summary_document(filled_in(after_back_surgery, answers), NOW)
    assert len(Pdf.read(pdf).reader.pages) == 1


def test_operations_with_too_many_words_for_a_table_are_told(after_back_surgery):
    part = surgery(after_back_surgery, with_operations(10, **{"operation-hospital": "St " * 60}))

    assert part["tables"] == []
    assert len([fact for fact in part["facts"] if fact["label"].startswith("Back op")]) == 10


@pytest.mark.parametrize(
    "text",
    [
        "W" * 200,
        "#strong[x] $x^2$ @ref <b> *_` \\ // [",
        "\u202eabc \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        "\U0001f64f \U0001f468\u200d\U0001f469\u200d\U0001f467 \u4f60\u597d",
    ],
)
def test_words_of_anybody_break_nothing(after_back_surgery, text):
    answers = ANSWERS | {"main-concern": (text + " ") * (900 // len(text)), "success": text}
    answers |= with_operations(4, **{"operation-hospital": text[:200]})

    pdf = Pdf.read(summary_document(filled_in(after_back_surgery, answers), NOW))
    assert "Main concern" in pdf.text
    assert len(pdf.reader.pages) <= 2


def test_every_answer_of_the_model_stands_in_the_pdf(after_back_surgery):
    answers = (
        ANSWERS
        | with_operations(2)
        | {
            "age-band": "50-to-59",
            "treatment-helped@physiotherapy": 3,
            "treatment-stopped@opioids": "side-effects",
            "takes-medicines": "list-now",
            "medicine@1": True,
            "medicine-name@1": "Gabapentin",
            "medicine-dose@1": "300 mg at night",
            "main-concern": "I cannot sit through a meal",
            "own-questions": "Could the screws be loose?",
        }
    )
    filled = filled_in(after_back_surgery, answers)
    text = squeezed(Pdf.read(summary_document(filled, NOW)).text)

    lines = [line for block in filled.summary.blocks for line in leaves(block.lines)]
    said = [answer for line in lines for answer in line.answers]
    said += [place.label for block in filled.summary.blocks for place in places_of(block)]
    assert len(said) > 25
    assert [answer for answer in said if squeezed(answer) not in text] == []


def places_of(block):
    return block.body_map.places if block.body_map else ()


def squeezed(text):
    return re.sub(r"\s|\u200b", "", text)
