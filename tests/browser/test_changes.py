"""Changing one's mind, making mistakes, and telling of more than one operation."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import BEGUN, EARLIER_OPERATION, NO_SIGNS, NOT_SURE, PATIENT, by_name
from tests.browser.questions import QUESTIONNAIRE, Questions
from tests.browser.summary import opened

CHECK_ANSWERS = re.compile("/check-answers$")


def label_of(link_id):
    return QUESTIONNAIRE.placements[link_id].item.label


def row(page, label):
    """Find an answer on the page that reads all of them back."""
    own = page.get_by_role("link", name=f"Change {label}", exact=True)
    return page.locator(".summary-row").filter(has=own)


def change(page, label):
    """Press Change beside an answer; give the questions that open."""
    row(page, label).get_by_role("link", name="Change").click()
    expect(page).to_have_url(re.compile("#change/"))
    questions = Questions(page)
    questions.wait_until_ready()
    expect(questions.form).to_have_count(1)
    return questions


def expect_problem(page, message, field="input"):
    """Check how an answer that cannot be taken is told, as everywhere in the app."""
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    link = summary.get_by_role("link", name=message)
    expect(link).to_be_visible()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("form .field-error")).to_contain_text(message)
    link.click()
    expect(page.locator(f"form {field}").first).to_be_focused()


@pytest.fixture
def patient(phone_with):
    """Give the page that reads a whole set of answers back."""
    page = phone_with(PATIENT)
    page.goto("/check-answers")
    return page


def test_every_answer_can_be_changed(patient):
    rows = patient.locator(".summary-row")
    expect(row(patient, label_of("country"))).to_contain_text("United Kingdom")

    expect(rows.get_by_role("link", name="Change")).to_have_count(rows.count())
    names = [link.inner_text() for link in rows.get_by_role("link").all()]
    assert len(set(names)) == len(names)
    assert "Change Side of the leg pain before the last operation" in {
        " ".join(name.split()) for name in names
    }


def test_change_leads_to_the_question_and_straight_back(patient):
    questions = change(patient, label_of("pain-before-side"))
    assert questions.fields == [["value", "left"]]

    questions.answer("pain-before-side", "both")

    expect(patient).to_have_url(CHECK_ANSWERS)
    expect(row(patient, label_of("pain-before-side"))).to_contain_text("Both legs")


def test_change_without_a_change_leads_back_too(patient):
    change(patient, label_of("pain-before-side")).next()

    expect(patient).to_have_url(CHECK_ANSWERS)
    expect(row(patient, label_of("pain-before-side"))).to_contain_text("The left leg")


def test_back_out_of_a_change_leads_to_the_answers(patient):
    questions = change(patient, label_of("pain-before-side"))
    questions.fill("both")

    patient.get_by_role("button", name="Back", exact=True).click()

    expect(patient).to_have_url(CHECK_ANSWERS)
    expect(row(patient, label_of("pain-before-side"))).to_contain_text("The left leg")


def test_change_asks_what_it_gives_rise_to_and_then_leads_back(phone_with):
    page = phone_with({**PATIENT, "pain-now-leg": 0, "leg-or-back": None})
    page.goto("/check-answers")
    expect(row(page, label_of("leg-or-back"))).to_have_count(0)
    questions = change(page, label_of("pain-now-leg"))

    questions.answer("pain-now-leg", 4)
    questions.answer("leg-or-back", "mostly-back")

    expect(page).to_have_url(CHECK_ANSWERS)
    expect(row(page, label_of("leg-or-back"))).to_contain_text("Worse in the back")


def test_change_takes_away_what_is_no_longer_asked_and_keeps_its_answer(patient):
    change(patient, label_of("pain-now-leg")).answer("pain-now-leg", 0)

    expect(patient).to_have_url(CHECK_ANSWERS)
    expect(row(patient, label_of("leg-or-back"))).to_have_count(0)

    change(patient, label_of("pain-now-leg")).answer("pain-now-leg", 4)

    expect(patient).to_have_url(CHECK_ANSWERS)
    expect(row(patient, label_of("leg-or-back"))).to_contain_text("Worse in the leg")


def test_another_operation_is_added_from_the_answers_and_leads_back(phone_with):
    page = phone_with(PATIENT)
    page.goto("/check-answers")
    label = QUESTIONNAIRE.placements["operation"].item.text
    expect(row(page, label).locator("dd").first).to_have_text("1")
    row(page, label).get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Add another back operation").click()

    questions = Questions(page)
    for _ in range(20):
        expect(page.locator("main h1")).to_be_focused()
        if CHECK_ANSWERS.search(page.url):
            break
        questions.answer_plainly()

    expect(page).to_have_url(CHECK_ANSWERS)
    expect(row(page, label).locator("dd").first).to_have_text("2")


def test_change_that_raises_a_warning_sign_opens_its_page_and_leads_back(patient):
    change(patient, label_of("signs-legs")).answer("signs-legs", ["r10"])

    expect(patient.locator("main [data-urgency=same-day]")).to_be_visible()
    patient.get_by_role("button", name="Go on with the questions").click()
    display = Questions(patient)
    expect(display.form).to_have_attribute("data-link-id", "signs-chosen")
    display.next()

    expect(patient).to_have_url(CHECK_ANSWERS)


def test_nothing_chosen_is_told_and_linked(page):
    questions = Questions(page).open()

    questions.next()

    expect_problem(page, QUESTIONNAIRE.placements["device-owner"].item.missing)
    questions.answer("device-owner", "mine")
    assert not page.title().startswith("Error")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("about half", "Enter a whole number, such as 3"),
        ("3.5", "Enter a whole number, such as 3"),
        ("601", "Enter 600 or less"),
        ("-1", "Enter 0 or more"),
        ("", QUESTIONNAIRE.placements["walking-minutes"].item.missing),
    ],
)
def test_wrong_number_is_told_and_kept(phone_with, typed, message):
    page = phone_with(BEGUN)
    questions = Questions(page).open("#walking-minutes")
    field = questions.form.locator("[name=value]")

    field.fill(typed)
    questions.next()

    expect_problem(page, message)
    expect(field).to_have_value(typed)
    field.fill("25 minutes")
    questions.next()
    expect(questions.form).not_to_have_attribute("data-link-id", "walking-minutes")


@pytest.mark.parametrize(
    ("day", "month", "year", "message"),
    [
        ("31", "2", "2020", "Enter a real date"),
        ("", "13", "2020", "Enter a real date"),
        ("", "", "20", "Enter a real date"),
        ("5", "", "2020", "Enter a real date"),
        ("", "", "2999", "Enter a date no later than today"),
        ("", "", "1939", "Enter a date in 1940 or later"),
    ],
)
def test_wrong_date_is_told_and_kept(phone_with, day, month, year, message):
    page = phone_with(BEGUN)
    questions = Questions(page).open("#operation-date@1")
    for name, text in (("day", day), ("month", month), ("year", year)):
        questions.form.locator(f"[name={name}]").fill(text)

    questions.next()

    expect_problem(page, re.compile(re.escape(message)))
    assert questions.fields == [["day", day], ["month", month], ["year", year]]
    questions.form.locator("[name=day]").fill("")
    questions.answer("operation-date", "2021-03")


def test_month_may_be_a_word(phone_with):
    page = phone_with(PATIENT)
    questions = Questions(page).open("#change/operation-date@1")
    questions.form.locator("[name=month]").fill("September")

    questions.next()

    expect(row(page, "Back operation 1: Date")).to_contain_text("September 2021")


def test_too_long_a_text_is_told_and_kept(phone_with):
    page = phone_with(PATIENT)
    questions = Questions(page).open("#success")
    field = questions.form.locator("textarea")
    limit = QUESTIONNAIRE.placements["success"].item.max_length
    text = "long " * (limit // 5) + "end"

    field.fill(text)
    expect(page.get_by_text("Characters to take out: 3")).to_be_visible()
    questions.next()

    expect_problem(page, re.compile("Shorten the answer"), field="textarea")
    expect(field).to_have_value(text)
    field.fill(text[:limit])
    questions.next()
    expect(questions.form).to_have_attribute("data-link-id", "own-questions")


def test_other_without_words_is_told(phone_with):
    page = phone_with(BEGUN)
    questions = Questions(page).open("#pain-words")
    questions.form.locator("input[value=other]").check()

    questions.next()

    expect_problem(page, QUESTIONNAIRE.placements["pain-words"].item.missing)


def test_too_many_answers_are_told_and_kept(phone_with):
    page = phone_with(PATIENT)
    questions = Questions(page).open("#goal")
    field = questions.form.locator("[name=value]")

    field.fill("Walk\nSleep\nSit")
    questions.next()

    expect_problem(page, re.compile("2 answers or fewer"), field="[name=value]")
    expect(field).to_have_value("Walk\nSleep\nSit")


def test_none_of_these_and_the_others_clear_each_other(phone_with):
    page = phone_with(BEGUN)
    questions = Questions(page).open("#pain-worse-with")
    box = {code: questions.form.locator(f"[value={code}]") for code in ("sitting", "night", "none")}

    box["sitting"].check()
    box["night"].check()
    assert questions.fields == [["values", "sitting"], ["values", "night"]]
    box["none"].check()
    assert questions.fields == [["values", "none"]]
    box["night"].check()
    assert questions.fields == [["values", "night"]]


def test_not_sure_and_an_answer_clear_each_other(phone_with):
    page = phone_with(BEGUN)
    questions = Questions(page).open("#pain-before-back")

    questions.fill(7)
    questions.fill(NOT_SURE)
    assert questions.fields == [["not_sure", "true"]]
    questions.fill(4)

    assert questions.fields == [["value", "4"]]


def test_not_sure_is_an_answer_of_its_own(phone_with):
    kept = {**PATIENT, "walking-minutes": None, "operation-date@1": None, "operation-date": None}
    page = phone_with(kept)
    questions = Questions(page).open("#change/operation-date@1")
    questions.answer("operation-date", NOT_SURE)
    expect(row(page, "Back operation 1: Date")).to_contain_text("Not sure")

    questions = change(page, label_of("walking-minutes"))
    questions.answer("walking-minutes", NOT_SURE)

    way_out = QUESTIONNAIRE.placements["walking-minutes"].item.not_sure
    expect(row(page, label_of("walking-minutes"))).to_contain_text(way_out)
    page.goto("/summary")
    expect(page.locator(".summary-page")).to_contain_text(way_out)


def test_optional_questions_may_stay_empty(phone_with):
    empty = {"goal": None, "success": None, "own-questions": None}
    page = phone_with({**PATIENT, **empty})
    questions = Questions(page).open("#goal")
    expect(questions.form.locator("h1")).to_contain_text("(optional)")

    questions.walk(**by_name(empty))

    expect(page).to_have_url(CHECK_ANSWERS)
    expect(row(page, label_of("goal"))).to_contain_text("Not provided")
    expect(page.locator("main")).not_to_contain_text("Some questions have no answer yet")
    page.goto("/summary")
    expect(page.locator(".summary-page")).to_contain_text("Reported by the patient")
    expect(page.locator(".summary-page")).not_to_contain_text("Not provided")


def test_change_goes_past_an_optional_question_left_empty(phone_with):
    page = phone_with({**PATIENT, "cause-looked-for": False, "cause-told": None})
    page.goto("/check-answers")
    questions = change(page, label_of("cause-looked-for"))

    questions.answer("cause-looked-for", True)
    questions.answer("cause-told", None)

    expect(page).to_have_url(CHECK_ANSWERS)


def test_an_optional_answer_can_be_taken_back(patient):
    questions = change(patient, label_of("success"))
    questions.form.locator("textarea").fill("")

    questions.next()

    expect(row(patient, label_of("success"))).to_contain_text("Not provided")


TAP_TWICE = """async (button) => {
  const tap = (target) => {
    target.dispatchEvent(new PointerEvent("pointerdown", { pointerType: "touch", bubbles: true }));
    target.click();
  };
  tap(button);
  await new Promise((done) => setTimeout(done, 120));
  tap(document.querySelector("form button[type=submit]"));
}"""


@pytest.mark.parametrize(
    ("link_id", "value", "following"),
    [
        ("author", "me", "country"),
        ("thoughts-of-self-harm", "no", "signs-not-chosen"),
        ("operation-side", "left", "operation-complications"),
    ],
)
def test_double_tap_moves_one_question_only(phone_with, link_id, value, following):
    page = phone_with({**BEGUN, **NO_SIGNS, link_id: None})
    key = f"{link_id}@1" if link_id.startswith("operation-") else link_id
    questions = Questions(page).open(f"#{key}")
    questions.fill(value)

    page.get_by_role("button", name="Continue", exact=True).evaluate(TAP_TWICE)

    expect(questions.form).to_have_attribute("data-link-id", following)
    page.wait_for_timeout(200)
    expect(questions.form).to_have_attribute("data-link-id", following)
    expect(page.locator("#error-summary")).to_have_count(0)


def test_double_click_moves_one_question_only(phone_with):
    page = phone_with(BEGUN)
    questions = Questions(page).open("#goal")
    page.set_viewport_size({"width": 800, "height": 2000})

    page.get_by_role("button", name="Continue", exact=True).dblclick()

    expect(questions.form).to_have_attribute("data-link-id", "success")
    page.wait_for_timeout(200)
    expect(questions.form).to_have_attribute("data-link-id", "success")


def test_quick_taps_on_one_question_all_count(phone_with):
    page = phone_with(BEGUN, has_touch=True)
    questions = Questions(page).open("#pain-worse-with")

    for code in ("sitting", "night", "walking", "night"):
        questions.form.locator(f"label:has([value={code}])").tap()

    assert questions.fields == [["values", "sitting"], ["values", "walking"]]


def test_operations_are_added_changed_removed_and_brought_back(phone_with):
    kept = {key: PATIENT[key] for key in (*BEGUN, *NO_SIGNS, "age-band", "operation-count")}
    page = phone_with(kept)
    questions = Questions(page).open("#operation-kind@1")
    questions.walk(until="operation", **by_name(PATIENT))
    operations = page.locator("li.repetition")
    expect(operations).to_have_count(1)
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)

    page.get_by_role("button", name="Add another back operation").click()
    expect(questions.form).to_have_attribute("data-link-id", "operation-kind")
    assert questions.fields == [["other", ""]]
    questions.walk(until="operation", **by_name(EARLIER_OPERATION))
    expect(operations).to_have_count(2)
    expect(operations.nth(1)).to_contain_text("2015")

    operations.nth(0).get_by_role("link", name="Change").click()
    questions.answer("operation-kind", ["disc-replacement"])
    questions.walk(until="operation-kind", **by_name(PATIENT))
    assert questions.fields[0] == ["values", "discectomy"]
    questions.walk(until="operation", **by_name(EARLIER_OPERATION))
    expect(operations.nth(0)).to_contain_text("disc replacement")
    expect(operations.nth(1)).to_contain_text("discectomy")

    page.get_by_role("button", name="Remove Back operation 1").click()
    expect(operations).to_have_count(1)
    expect(operations).to_contain_text("2015")
    page.get_by_role("button", name="Undo").click()
    expect(operations).to_have_count(2)
    expect(operations.nth(0)).to_contain_text("disc replacement")

    page.goto("/summary")
    opened(page)
    first, earlier = (page.get_by_role("row", name=f"Back operation {each}") for each in (1, 2))
    expect(first).to_contain_text("Disc replacement")
    expect(earlier).to_contain_text("2015")


def test_removed_operation_is_nowhere_and_stays_removed(phone_with):
    first = {f"{link_id}@1": PATIENT[link_id] for link_id in EARLIER_OPERATION}
    earlier = {f"{link_id}@earlier": value for link_id, value in EARLIER_OPERATION.items()}
    page = phone_with(
        {**PATIENT, "operation@1": True, **first, "operation@earlier": True, **earlier}
    )
    questions = Questions(page).open("#operation")

    page.get_by_role("button", name="Remove Back operation 2").click()
    page.get_by_role("button", name="Continue", exact=True).click()

    expect(questions.form).to_have_attribute("data-link-id", "pain-before-duration")
    for path in ("/check-answers", "/summary"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text("Back operation 1")
        expect(page.locator("main")).not_to_contain_text("Back operation 2")
        expect(page.locator("main")).not_to_contain_text("2015")


def test_sections_say_how_far_they_have_come(phone_with):
    page = phone_with({**BEGUN, **NO_SIGNS, "age-band": "50-to-59", "operation-count": 1})
    questions = Questions(page).open("#sections")
    statuses = page.locator(".task-status")
    answering = page.locator(".task", has=page.locator('[data-status]:not([data-status=""])'))
    titles = [section.text for section in QUESTIONNAIRE.item]
    expect(answering.locator(".task-title")).to_have_text(titles)
    expect(answering.locator(".task-status")).to_have_text(
        [
            *("Completed", "Completed", "In progress"),
            *["Not yet started"] * (len(titles) - 5),
            *["Cannot start yet"] * 2,
        ]
    )

    page.locator("a.task-row", has_text="You and your operations").click()
    expect(questions.form).to_have_attribute("data-link-id", "operation-kind")
    questions.walk(until="operation", **by_name(PATIENT))
    questions.open("#sections")
    expect(statuses.nth(2)).to_have_text("Completed")

    page.locator("a.task-row", has_text="Daily life").click()
    questions.answer("peg-pain", 4)
    page.get_by_role("link", name="See all sections").click()

    expect(statuses.nth(4)).to_have_text("Not yet started")
    expect(statuses.nth(5)).to_have_text("In progress")


def test_unfinished_answers_are_pointed_out_and_can_be_gone_on_with(phone_with):
    page = phone_with({**PATIENT, "peg-pain": None})
    page.goto("/check-answers")
    expect(page.locator("main")).to_contain_text("Some questions have no answer yet")
    expect(row(page, label_of("peg-pain"))).to_contain_text("Not provided")

    page.get_by_role("link", name="carry on with the questions").click()

    expect(Questions(page).form).to_have_attribute("data-link-id", "peg-pain")
