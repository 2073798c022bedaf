"""Which of the invitations that a phone keeps counts on a clinic's own pages."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.patient.node_process import CLIENT, NODE

NORTH = {"slug": "north", "kind": "c"}
PAST, FUTURE = "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"
ASK = """
const { pages, kept } = JSON.parse(process.argv[1]);
const dataset = pages ? { clinic: JSON.stringify(pages) } : {};
globalThis.document = { documentElement: { dataset } };
const { invitationHere } = await import(process.argv[2]);
console.log(JSON.stringify(invitationHere(kept)));
"""


def here(folder: Path, pages: Any, kept: Any) -> Any:
    shutil.copy(CLIENT / "page/base.js", folder)
    (folder / "package.json").write_text('{"type": "module"}')
    told = json.dumps({"pages": pages, "kept": kept})
    command = [NODE, "--input-type=module", "--eval", ASK, told, str(folder / "base.js")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def one(slug: str, until: str, **more: str) -> dict[str, str]:
    return {"secret": slug[0] * 43, "slug": slug, "until": until, **more}


@pytest.mark.parametrize(
    ("kept", "counts"),
    [
        (None, NORTH),
        # That of another clinic is for other pages.
        (one("south", FUTURE), NORTH),
        (one("north", FUTURE), one("north", FUTURE)),
        # One that is over keeps nobody from a new one, unless answers were sent with it.
        (one("north", PAST), NORTH),
        (one("north", PAST, sentFor="r"), one("north", PAST, sentFor="r")),
        ({**one("south", FUTURE), "earlier": [one("north", FUTURE)]}, one("north", FUTURE)),
        ({**one("north", PAST), "earlier": [one("north", FUTURE)]}, one("north", FUTURE)),
    ],
)
def test_clinics_own_pages_use_an_invitation_of_theirs_that_still_works(
    tmp_path: Path, kept: Any, counts: Any
) -> None:
    assert here(tmp_path, NORTH, kept) == counts


def test_elsewhere_the_last_one_counts(tmp_path: Path) -> None:
    kept = one("south", PAST)
    assert here(tmp_path, None, kept) == kept
