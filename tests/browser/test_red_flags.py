"""Every warning sign opens its own page at once: what to do, how soon, and whom to call."""

import pytest
from playwright.sync_api import expect

from fbss_app.content.loader import load_content
from fbss_app.domain.questionnaire.expressions import AnyOf, EnableWhen
from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.patient.pages.urgent import HEADINGS
from fbss_app.ui.words import EMERGENCY_SIGNS
from tests.browser.kept import kept_answers
from tests.browser.people import BEGUN, NO_SIGNS, SIGN_PAGES
from tests.browser.questions import QUESTIONNAIRE, Questions

COUNTRIES = ["gb", "us", "au", "other"]
SERVICES = {
    "emergency": ["emergency"],
    "urgent": ["urgent", "emergency"],
    "surgical-team": ["urgent"],
    "crisis": ["crisis", "emergency"],
}


def _raising(when):
    """List the answers that raise a flag, each by itself."""
    if isinstance(when, AnyOf):
        return [answer for part in when.any for answer in _raising(part)]
    assert isinstance(when, EnableWhen)
    return [(when.question, when.answer)]


RAISED = [
    pytest.param(flag, question, code, id=f"{flag.id}-{code}")
    for flag in QUESTIONNAIRE.red_flag
    for question, code in _raising(flag.when)
]
BY_ID = {flag.id: flag for flag in QUESTIONNAIRE.red_flag}


def numbers_to_call(country, service):
    """List the telephone links that the country's table gives for a service.

    Where it has no number for the service, the emergency number takes its place.
    """
    entry = load_content().countries.by_code(country)
    services = [getattr(entry, kind) for kind in SERVICES[service]]
    numbers = [one.number for one in services if one and one.number]
    return [f"tel:{number}" for number in numbers or [entry.emergency.number]]


def choose(page, question, *codes):
    """Answer one page of signs, opened directly, and go on."""
    questions = Questions(page).open(f"#{question}")
    several = questions.item.repeats
    return questions.answer(question, list(codes) if several else codes[0])


def take_back(page, question):
    """Say no to a page of signs after all, for the next test on the same phone."""
    choose(page, question, "no" if question == "thoughts-of-self-harm" else "none")


@pytest.fixture(scope="module")
def phone_in(browser, site):
    """Give a function that opens one phone a country, and one of a helper, for many signs."""
    pages = {}

    def phone(country, **author):
        key = (country, *author.values())
        if key not in pages:
            kept = kept_answers(site, {**BEGUN, **author, "country": country})
            context = browser.new_context(base_url=site, storage_state=kept)
            pages[key] = context.new_page()
        return pages[key]

    yield phone
    for page in pages.values():
        page.context.close()


def links_to_call(page):
    """List what the telephone links of the card dial."""
    return [link.get_attribute("href") for link in page.locator("main a[href^='tel:']").all()]


def test_every_warning_sign_is_tried():
    offered = {
        (item.link_id, option.code)
        for item in SIGN_PAGES
        for option in item.answer_option
        if option.code not in ("none", "no", "rather-not-say")
    }

    assert {(one.values[1], one.values[2]) for one in RAISED} == offered
    assert len(offered) > 30


@pytest.mark.parametrize(("flag", "question", "code"), RAISED)
def test_sign_opens_its_page_at_once(phone_in, flag, question, code):
    country = COUNTRIES[QUESTIONNAIRE.red_flag.index(flag) % len(COUNTRIES)]
    page = phone_in(country)

    questions = choose(page, question, code)

    card = page.locator(f"main [data-urgency={flag.urgency}]")
    expect(card.get_by_role("heading", level=1)).to_contain_text(HEADINGS[flag.urgency])
    expect(card).to_contain_text(flag.heading)
    expect(card).to_contain_text(flag.action)
    expect(card.get_by_role("heading", level=1)).to_be_focused()
    assert links_to_call(page) == numbers_to_call(country, flag.service)
    if flag.urgency is Urgency.EMERGENCY:
        assert links_to_call(page)

    page.get_by_role("button", name="Go on with the questions").click()
    expect(questions.form).not_to_have_attribute("data-link-id", question)
    take_back(page, question)


@pytest.mark.parametrize("country", COUNTRIES)
def test_hard_thoughts_show_the_crisis_line_and_the_emergency_number(phone_in, country):
    page = phone_in(country)

    choose(page, "thoughts-of-self-harm", "yes")

    entry = load_content().countries.by_code(country)
    named = [entry.crisis, entry.emergency] if entry.crisis else [entry.emergency]
    expect(page.locator("main a[href^='tel:']")).to_have_text(
        [f"Call {one.label}" for one in named]
    )
    assert links_to_call(page) == [f"tel:{one.number}" for one in named]
    take_back(page, "thoughts-of-self-harm")


@pytest.mark.parametrize("country", COUNTRIES)
def test_emergency_number_is_that_of_the_country(phone_in, country):
    page = phone_in(country)

    choose(page, "signs-bladder-bowel", "r1")

    emergency = load_content().countries.by_code(country).emergency
    call = page.get_by_role("link", name=f"Call {emergency.label}")
    expect(call).to_be_visible()
    expect(call).to_have_attribute("href", f"tel:{emergency.number}")
    take_back(page, "signs-bladder-bowel")


@pytest.mark.parametrize("item", QUESTIONNAIRE.item[1].item[:9], ids=lambda item: item.link_id)
def test_not_sure_counts_as_the_most_urgent_sign_of_its_page(phone_in, item):
    urgencies = {
        one.values[0].urgency
        for one in RAISED
        if one.values[1] == item.link_id and one.values[2] != "not-sure-here"
    }
    page = phone_in("gb")

    choose(page, item.link_id, "not-sure-here")

    most_urgent = min(urgencies, key=list(Urgency).index)
    expect(page.locator("main [data-urgency]")).to_have_attribute("data-urgency", most_urgent)
    take_back(page, item.link_id)


def test_the_most_urgent_of_several_signs_decides(phone_with):
    page = phone_with(BEGUN)

    choose(page, "signs-legs", "r10", "r6b", "r5")

    card = page.locator("main [data-urgency]")
    expect(card).to_have_attribute("data-urgency", "emergency")
    shown = [BY_ID[name].heading for name in ("R5", "R6b", "R10")]
    expect(card.get_by_role("listitem")).to_have_text(shown)
    expect(card).to_contain_text(BY_ID["R5"].action)
    expect(card).not_to_contain_text(BY_ID["R10"].action)
    assert links_to_call(page) == numbers_to_call("gb", "emergency")


@pytest.mark.parametrize("name", ["R1", "R8", "R12b", "R19", "not-sure-legs", "not-sure-illness"])
def test_helper_is_told_what_to_do_for_the_other_person(phone_in, name):
    flag = BY_ID[name]
    page = phone_in("gb", author="helper", relationship="child")

    question, code = _raising(flag.when)[0]
    choose(page, question, code)

    card = page.locator("main [data-urgency]")
    expect(card).to_contain_text(flag.helper_action)
    expect(card).not_to_contain_text(flag.action)
    take_back(page, question)


def test_no_sign_at_all_proves_nothing(phone_with):
    page = phone_with(BEGUN)
    questions = Questions(page).open()

    for question, value in NO_SIGNS.items():
        questions.answer(question, value)

    expect(questions.form).to_have_attribute("data-link-id", "signs-not-chosen")
    expect(page.locator("main")).to_contain_text(load_content().messages.not_all_clear)
    expect(page.locator("main [data-urgency]")).to_have_count(0)


def test_a_sign_is_remembered_after_the_last_page_of_signs(phone_with):
    page = phone_with({**BEGUN, **NO_SIGNS, "signs-legs": ["r10"]})

    questions = choose(page, "thoughts-of-self-harm", "no")

    expect(questions.form).to_have_attribute("data-link-id", "signs-chosen")
    page.goto("/summary")
    flags = page.locator(".summary-flags")
    expect(flags.get_by_role("listitem")).to_have_count(1)
    expect(flags).to_contain_text(BY_ID["R10"].heading)


def test_who_would_rather_not_say_is_shown_where_help_is(phone_with):
    page = phone_with({**BEGUN, **NO_SIGNS})

    questions = choose(page, "thoughts-of-self-harm", "rather-not-say")

    expect(questions.form).to_have_attribute("data-link-id", "support-offered")
    expect(page.locator("main")).to_contain_text(EMERGENCY_SIGNS)
    page.get_by_role("link", name=EMERGENCY_SIGNS).click()
    expect(page.locator("main a[href='tel:116123']")).to_be_visible()


def test_a_sign_taken_back_opens_no_page(phone_with):
    page = phone_with(BEGUN)
    questions = choose(page, "signs-legs", "r5")
    expect(page.locator("main [data-urgency]")).to_have_count(1)

    page.get_by_role("button", name="Back", exact=True).click()
    expect(questions.form).to_have_attribute("data-link-id", "signs-legs")
    assert questions.fields == [["values", "r5"]]
    questions.answer("signs-legs", ["none"])

    expect(questions.form).to_have_attribute("data-link-id", "signs-fever-chest-belly")


def test_page_of_a_sign_survives_a_reload(phone_with):
    page = phone_with(BEGUN)
    choose(page, "signs-legs", "r5")
    card = page.locator("main [data-urgency=emergency]")
    expect(card).to_contain_text(BY_ID["R5"].action)

    page.reload()

    expect(card).to_contain_text(BY_ID["R5"].action)
    assert links_to_call(page) == numbers_to_call("gb", "emergency")
