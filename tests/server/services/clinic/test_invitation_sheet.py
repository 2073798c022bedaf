import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import segno

from fbss_app.server.services.clinic.invitations.invitation_sheet import invitation_sheet
from fbss_app.server.services.clinic.invitations.invitations import invite, revoke_invitation
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic, make_staff

URL = "https://app.example"


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database, '<b>"north"'), Role.FRONT_DESK)


def made(database: Database, staff: Staff, *labels: str):
    return invite(database, staff, "small", [Invitee(each) for each in labels], 30, START)


def sheet(database: Database, staff: Staff, *secrets: str, now=START) -> str:
    return invitation_sheet(database, staff, secrets, URL, now)


class Tags(HTMLParser):
    """Every tag, which is what a label must not add to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)


def test_each_invitation_has_its_block_with_code_link_and_end(database: Database, staff: Staff):
    ours = made(database, staff, "Jo 17", "Al 3")
    page = sheet(database, staff, *(each.secret for each in ours))
    blocks = re.findall(r'<section class="invitation">.*?</section>', page, re.DOTALL)
    assert len(blocks) == 2
    for invitation, block in zip(ours, blocks, strict=True):
        link = f"{URL}/invited#{invitation.secret}"
        picture = segno.make(link, error="m", micro=False)
        assert picture.svg_inline(omitsize=True, svgclass=None) in block
        assert f'<p class="link">{link}</p>' in block
        assert f"<bdi>{invitation.label}</bdi>" in block
        assert "31 March 2026" in block
        assert "You need not do this" in block


def test_words_tell_nothing_of_health(database: Database, staff: Staff):
    (ours,) = made(database, staff, "Jo 17")
    words = re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", sheet(database, staff, ours.secret))
    assert not re.findall(r"\b(pain|back|spine|surgery|operation|health)\w*", words, re.IGNORECASE)


def test_no_label_or_name_becomes_markup(database: Database, staff: Staff):
    (plain,) = made(database, staff, "Jo")
    (odd,) = made(database, staff, '</bdi><script src="//x">"&')
    assert (
        Tags(sheet(database, staff, odd.secret)).found
        == Tags(sheet(database, staff, plain.secret)).found
    )
    assert "script" not in Tags(sheet(database, staff, odd.secret)).found


def test_only_links_of_the_own_clinic_that_work_are_printed(database: Database, staff: Staff):
    other = make_staff(database, make_clinic(database, "south"))
    (theirs,) = made(database, other, "Theirs")
    (ended,) = made(database, staff, "Ended")
    (ours,) = made(database, staff, "Ours")
    revoke_invitation(database, staff, ended.id, START)
    wanted = (theirs.secret, ended.secret, ours.secret, ours.secret, "w" * 43)

    page = sheet(database, staff, *wanted)

    assert page.count("<section") == 1
    assert "Ours" in page
    for secrets, now in (
        ((theirs.secret, ended.secret, ""), START),
        ((), START),
        ((ours.secret,), START + timedelta(days=30)),
    ):
        with pytest.raises(RefusedError, match="Make new ones"):
            sheet(database, staff, *secrets, now=now)
