"""Many patients are invited from a list, pasted or from a file; each state serves everyone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fbss_app import routes
from tests.browser.audit import axe_problems, staff_problems
from tests.browser.clinic import Clinic, Desk
from tests.browser.sharing import Person

WITH_MISTAKES = "\n".join(
    ["Label,E-mail", "A 100,ann@example.org", "A 101,not an address", "a 100", f"{'x' * 81}"]
)
MADE_LINK = re.compile(rf"{routes.INVITED}#[\w-]{{43}}$")


@pytest.fixture
def clinic(own_server) -> Clinic:
    return Clinic(own_server, "Upland Clinic")


@pytest.fixture
def desk(desks: Callable[..., Desk], clinic: Clinic) -> Desk:
    """Give a desk with the form for many open."""
    desk = desks().sit_down(clinic)
    desk.open(routes.CLINIC_INVITATIONS)
    desk.tap("Invite patients")
    desk.tap("Many", exact=True)
    expect(desk.page.locator("#people")).to_be_visible()
    return desk


def check(desk: Desk, people: str) -> None:
    desk.fill(people=people)
    desk.tap("Check the list")


def told_of(page: Page, line: int) -> list[str]:
    """Give what the preview says of a line."""
    number = page.locator('td[data-label="Line"]').get_by_text(str(line), exact=True)
    row = page.locator(".preview-list tbody tr", has=number)
    return row.locator('td[data-label="To look at"] p').all_inner_texts()


def test_a_pasted_list_is_put_right_invited_and_printed(
    desk: Desk, people: Callable[..., Person], tmp_path: Path
):
    page, found = desk.page, {}
    found["form"] = staff_problems(page)
    check(desk, "")
    expect(desk.problems).to_have_text(["Write one label a line, or paste a table."])
    found["nothing in it"] = staff_problems(page)

    check(desk, WITH_MISTAKES)
    expect(
        page.get_by_text("3 lines of 4 must be put right. Nobody is invited yet.")
    ).to_be_visible()
    assert told_of(page, 2) == []
    assert told_of(page, 3) == ["This is not a whole e-mail address."]
    assert told_of(page, 4) == ["Line 2 has the same label."]
    assert told_of(page, 5) == ["The label is longer than 80 characters."]
    expect(page.get_by_role("button", name="Make the links")).to_have_count(0)
    expect(page.get_by_role("button", name="Change it")).to_be_focused()
    found["preview, mistakes"] = staff_problems(page)

    desk.tap("Change it")
    expect(page.locator("#people")).to_have_value(WITH_MISTAKES)
    check(desk, "A 100\nBorn 12/03/1961")
    expect(page.get_by_text("2 people to invite. Please look at 1 line again.")).to_be_visible()
    assert told_of(page, 2) == ["This looks like a date of birth. Use a label that tells less."]
    found["preview, to look at"] = staff_problems(page)
    desk.tap("Make the links")

    expect(page.get_by_role("heading", name="2 links are made.")).to_be_visible()
    expect(page.get_by_role("button", name="Print with QR codes")).to_be_focused()
    links = page.locator(".made-link").all_inner_texts()
    assert len(set(links)) == 2
    assert all(MADE_LINK.search(link) for link in links)
    found["made links"] = staff_problems(page)

    with desk.context.expect_page() as opened:
        desk.tap("Print with QR codes")
    sheet = opened.value
    expect(sheet.get_by_text("A 100")).to_be_visible()
    expect(sheet.get_by_text("Born 12/03/1961")).to_be_visible()
    assert sheet.locator("svg, img").count() >= 2
    for link in links:
        assert link.partition("#")[2] in sheet.content()
    found["sheet"] = axe_problems(sheet)

    phone = people()
    phone.open(links[0])
    expect(phone.page.locator("main h1")).to_contain_text("asks you to answer")
    desk.tap("I am done")
    expect(page.locator(".made-link")).to_have_count(0)
    assert links[1] not in page.content()
    desk.open(routes.CLINIC_INVITATIONS)
    invited = page.locator(".member", has_text="A 100").locator(".member-role")
    expect(invited).to_have_text("Answering")
    assert {state: what for state, what in found.items() if what} == {}
    assert desk.errors == []


def test_an_invitation_is_ended_after_a_question(desk: Desk, people: Callable[..., Person]):
    page = desk.page
    check(desk, "A 100\nA 101")
    desk.tap("Make the links")
    link = page.locator(".made-row", has_text="A 100").locator(".made-link").inner_text()
    desk.tap("I am done")
    member = page.get_by_role("list", name="Invitations").locator(".member", has_text="A 100")
    member.get_by_role("button", name="End").click()
    expect(member.get_by_role("alert")).to_contain_text("End the invitation of A 100?")
    found = staff_problems(page)
    member.get_by_role("button", name="Keep it").click()
    expect(member.get_by_role("alert")).to_have_count(0)
    member.get_by_role("button", name="End").click()
    member.get_by_role("button", name="End it").click()
    expect(member.locator(".member-role")).to_have_text("Ended")
    phone = people()
    phone.open(link)
    expect(phone.page.locator("main h1")).to_have_text("This invitation could not be opened")
    assert found == []


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "windows-1252"])
def test_a_file_of_a_spreadsheet_is_read_whatever_its_code(desk: Desk, tmp_path: Path, code: str):
    file = tmp_path / "list.csv"
    file.write_bytes("Label;E-Mail\r\nJosé Nuñez;jose@example.org\r\nZoë;\r\n".encode(code))
    desk.page.locator("#list-file").set_input_files(file)
    expect(desk.page.locator("#people")).to_be_focused()
    desk.tap("Check the list")

    expect(desk.page.get_by_text("2 people to invite.")).to_be_visible()
    labels = desk.page.locator(".preview-list tbody th").all_inner_texts()
    assert labels == ["José Nuñez", "Zoë"]
    desk.tap("Make the links")
    expect(desk.page.locator(".made-row .inbox-label")).to_have_text(labels)
