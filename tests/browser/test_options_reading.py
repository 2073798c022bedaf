"""What there is to read: the same for everyone, and whole without JavaScript."""

import re
from itertools import groupby

import pytest
from playwright.sync_api import expect

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.cause import CauseSectionTitle
from fbss_app.domain.decision_aid.inline import SourceReference, plain_text
from fbss_app.domain.decision_aid.option import Family, SectionTitle
from fbss_app.domain.decision_aid.prose import Table, inline_groups
from tests.browser.people import PATIENT
from tests.browser.questions import QUESTIONNAIRE

CONTENT = load_content()
IN_FAMILIES = [option for family in Family for option in CONTENT.options if option.family is family]
ADDRESSES = [routes.option(option.id) for option in IN_FAMILIES]
READING = [
    *(routes.option(option.id) for option in CONTENT.options),
    *(routes.topic(topic.id) for topic in CONTENT.topics),
    *(routes.cause(cause.id) for cause in CONTENT.causes),
    *(
        routes.CAUSES,
        routes.OPTIONS,
        routes.LEARN,
        routes.GLOSSARY,
        routes.URGENT_HELP,
        routes.START,
    ),
    *(routes.ABOUT, routes.ABOUT_METHODS, routes.ABOUT_SOURCES),
    *(routes.ABOUT_STANDARDS, routes.ABOUT_READING, routes.PRIVACY, routes.ACCESSIBILITY),
]


def words_of(text):
    """Give the words of a text, however they are spaced."""
    return " ".join(text.split())


def pieces(blocks):
    """List the pieces of text that some blocks show, broken where a reference shows its number."""
    for block in blocks:
        # On a phone each row of a table is a card, and its header is not shown as such.
        cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else None
        for inlines in cells or inline_groups(block):
            parts = groupby(inlines, key=lambda part: isinstance(part, SourceReference))
            yield from (plain_text(run) for is_reference, run in parts if not is_reference)


def not_shown(page, blocks):
    """List what a page leaves out of the blocks it should show."""
    shown = words_of(page.locator("main").inner_text())
    return [piece for piece in pieces(blocks) if piece not in shown]


def listed_options(page):
    return page.locator("main .card-title a").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href'))"
    )


@pytest.fixture(scope="module")
def paper(browser, site):
    """Give a page of a browser that runs no scripts."""
    context = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def test_index_shows_the_families_and_every_option(page):
    page.goto(routes.OPTIONS)

    assert listed_options(page) == ADDRESSES
    assert len(ADDRESSES) == len(CONTENT.options)
    headings = page.locator("main h2, main h3").all_inner_texts()
    positions = [headings.index(option.title) for option in IN_FAMILIES]
    assert positions == sorted(positions)
    for family, heading in {
        Family.NON_SURGICAL: "Non-surgical options",
        Family.SURGICAL: "Surgical options",
    }.items():
        own = [option.title for option in IN_FAMILIES if option.family is family]
        start = headings.index(heading) + 1
        assert headings[start : start + len(own)] == own


@pytest.mark.parametrize(
    "answers",
    [
        {"cause-looked-for": False},
        {
            "operation-kind": ["fusion"],
            "treatments-tried": ["stimulator"],
            "treatment-stopped@stimulator": "did-not-help",
        },
        {"leg-or-back": "mostly-back", "signs-legs": ["r5"], "author": "helper"},
    ],
)
def test_options_are_the_same_to_the_last_letter_for_everyone(page, phone_with, answers):
    for path in (routes.OPTIONS, routes.COMPARE, ADDRESSES[0], ADDRESSES[-1]):
        page.goto(path)
        expect(page.locator("html[data-ready]")).to_have_count(1)
        for_nobody = page.locator("main").inner_html()

        own = phone_with({**PATIENT, **answers})
        own.goto(path)
        expect(own.locator("html[data-ready]")).to_have_count(1)
        assert own.locator("main").inner_html() == for_nobody


def test_finding_the_cause_comes_before_the_options(page):
    page.goto(routes.OPTIONS)

    link = page.locator("main a").first
    expect(link).to_have_attribute("href", routes.topic("first-find-the-cause"))


@pytest.mark.parametrize("option", CONTENT.options, ids=lambda option: option.id)
def test_option_page_has_all_its_parts_without_javascript(paper, option):
    paper.goto(routes.option(option.id))

    headings = paper.locator("main h2").all_inner_texts()
    parts = [heading for heading in headings if heading in list(SectionTitle)]
    assert parts == list(SectionTitle)
    assert not_shown(paper, option.blocks) == []
    expect(paper.locator("main")).to_contain_text("This page does not tell you what to choose.")
    expect(paper.locator("main")).to_contain_text("No clinician has checked this page yet")
    shown = words_of(paper.locator(".source-list").inner_text()) if option.sources else ""
    citations = [words_of(CONTENT.sources[source].citation) for source in option.sources]
    assert [citation for citation in citations if citation not in shown] == []


@pytest.mark.parametrize("topic", CONTENT.topics, ids=lambda topic: topic.id)
def test_topic_reads_in_full_without_javascript(paper, topic):
    paper.goto(routes.topic(topic.id))

    assert not_shown(paper, topic.blocks) == []
    expect(paper.locator(".source-list > li")).to_have_count(len(topic.sources))


@pytest.mark.parametrize("cause", CONTENT.causes, ids=lambda cause: cause.id)
def test_cause_page_has_all_its_parts_without_javascript(paper, cause):
    paper.goto(routes.cause(cause.id))

    headings = paper.locator("main h2").all_inner_texts()
    parts = [heading for heading in headings if heading in list(CauseSectionTitle)]
    assert parts == list(CauseSectionTitle)
    assert not_shown(paper, cause.blocks) == []
    expect(paper.locator("main")).to_contain_text("This page cannot tell you which one you have.")
    expect(paper.locator("main")).to_contain_text("No clinician has checked this page yet")
    expect(paper.locator("main figure svg.art")).to_have_count(1 if cause.drawing else 0)


def test_causes_come_in_three_groups_and_one_after_the_other(page):
    page.goto(routes.CAUSES)
    assert listed_options(page) == [routes.cause(cause.id) for cause in CONTENT.causes]
    groups = page.locator("main h2").all_inner_texts()
    assert groups == ["Before the operation", "Linked to the operation", "After the operation"]

    page.locator("main .card-title a").first.click()
    for cause in CONTENT.causes[:3]:
        expect(page).to_have_url(re.compile(f"{routes.cause(cause.id)}$"))
        page.locator("main p", has_text=re.compile("^Next: ")).get_by_role("link").click()


@pytest.mark.parametrize(
    "cause", [cause for cause in CONTENT.causes if cause.drawing], ids=lambda cause: cause.id
)
def test_labels_of_a_drawing_are_large_enough_and_apart_on_a_phone(page, cause):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(routes.cause(cause.id))
    drawing = page.get_by_role("img", name=cause.drawing.shows)
    expect(drawing).to_be_visible()

    sizes, boxes = drawing.evaluate(
        """(svg) => {
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
          const labels = [...svg.querySelectorAll("text")]
          const inside = ({ left, right, top, bottom }) => ({ left, right, top, bottom })
          return [
            labels.map((label) => parseFloat(getComputedStyle(label).fontSize) * scale),
            labels.map((label) => inside(label.getBoundingClientRect())),
          ]
        }"""
    )
    frame = drawing.bounding_box()
    assert min(sizes) >= 14
    for index, box in enumerate(boxes):
        assert box["left"] >= frame["x"]
        assert box["right"] <= frame["x"] + frame["width"]
        for other in boxes[:index]:
            assert (
                box["right"] <= other["left"]
                or other["right"] <= box["left"]
                or box["bottom"] <= other["top"]
                or other["bottom"] <= box["top"]
            )


@pytest.mark.parametrize("path", [routes.LEARN, routes.topic("first-find-the-cause")])
def test_path_to_a_treatment_names_five_steps_and_the_exception(page, path):
    page.goto(path)
    steps = page.locator(".path-step")
    expect(steps).to_have_count(5)
    expect(steps.first).to_contain_text("See a specialist")
    expect(steps.last).to_contain_text("More surgery")
    past = page.locator(".path-past")
    expect(past).to_contain_text("An emergency does not wait")
    expect(past.get_by_role("link")).to_have_attribute("href", routes.URGENT_HELP)


def test_topics_are_reached_one_after_the_other(page):
    page.goto(routes.LEARN)
    expected = [routes.topic(topic.id) for topic in CONTENT.topics]
    assert listed_options(page) == expected

    page.locator("main .card-title a").first.click()
    for topic in CONTENT.topics:
        expect(page).to_have_url(re.compile(f"{routes.topic(topic.id)}$"))
        expect(page.get_by_role("heading", level=1)).to_have_text(topic.title)
        page.locator("main p", has_text=re.compile("^Next: ")).get_by_role("link").click()

    expect(page).to_have_url(re.compile("/options$"))


def test_urgent_help_reads_in_full_without_javascript(paper):
    paper.goto(routes.URGENT_HELP)

    shown = words_of(paper.locator("main").inner_text())
    flags = [flag for flag in QUESTIONNAIRE.red_flag if not flag.id.startswith("not-sure")]
    assert [flag.heading for flag in flags if words_of(flag.heading) not in shown] == []
    emergency = CONTENT.countries.by_code("gb").emergency
    call = paper.locator(f"main a[href='tel:{emergency.number}']").first
    expect(call).to_be_visible()
    expect(call).to_contain_text(emergency.label)


@pytest.mark.parametrize("path", ["/questionnaire", "/questionnaire/sore-thumb"])
def test_questions_say_that_they_need_javascript(paper, page, path):
    paper.goto(path)
    expect(paper.locator("main noscript p")).to_be_visible()
    expect(paper.locator("main noscript p")).to_contain_text("The questions need JavaScript")

    page.goto(path)
    expect(page.locator("form[data-link-id]")).to_be_visible()
    expect(page.locator("main noscript")).not_to_be_visible()


def test_pages_read_the_same_with_and_without_javascript(paper, page):
    """What the scripts draw anew must be what was sent, or the text would jump while it is read."""
    for path in READING:
        paper.goto(path)
        page.goto(path)
        expect(page.locator("html[data-ready]")).to_have_count(1)

        sent = words_of(paper.locator("main").inner_text())
        assert words_of(page.locator("main").inner_text()) == sent, path
