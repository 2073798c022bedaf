from fbss_app.content.loader import load_content
from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.provenance import provenance_of
from fbss_app.domain.summary.summary import build_summary
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

    assert "helper" in notes(both)
    assert "answers of the helper are marked" in both["origin"]
    assert "helper" not in notes(helper)
    assert "A helper answered for the patient." in helper["origin"]


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
