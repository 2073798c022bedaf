"""Nothing that the app runs on or sends to a browser obliges to the GPL family's terms."""

import json
import re
from importlib.metadata import metadata
from pathlib import Path

import pytest

GPL_FAMILY = re.compile(r"\b[AL]?GPL|General Public License|\bcopyleft-next", re.IGNORECASE)
# Packages whose licence stands where no tool looks for it: name, licence, where it is written.
SAID_ELSEWHERE = {
    "xmlhttprequest-ssl": "MIT, in `licenses` of its package.json, an older form of `license`",
}


def python_licences():
    for line in Path("requirements.txt").read_text("utf-8").splitlines():
        name = line.partition("==")[0]
        about = metadata(name)
        said = [about.get("License-Expression"), about.get("License")]
        said += [each for each in about.get_all("Classifier", []) if each.startswith("License ::")]
        yield name, " / ".join(filter(None, said))


def npm_licences():
    # With the tools: Reflex counts Emotion and Workbox among them, and these reach the browser.
    lock = json.loads(Path("reflex.lock/package-lock.json").read_text("utf-8"))
    for path, package in lock["packages"].items():
        if path:
            yield path.rpartition("node_modules/")[2], str(package.get("license", ""))


@pytest.fixture(params=[python_licences, npm_licences])
def licences(request):
    return list(request.param())


def test_no_package_is_under_a_licence_of_the_gpl_family(licences):
    assert {name: said for name, said in licences if GPL_FAMILY.search(said)} == {}


def test_every_package_says_what_its_licence_is(licences):
    found = {name for name, said in licences if not said or "UNKNOWN" in said}

    assert found - SAID_ELSEWHERE.keys() == set()


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("MIT OR AGPL-3.0", True),
        ("GNU Affero General Public License", True),
        ("BSD-3-Clause", False),
        ("MPL-2.0", False),
    ],
)
def test_gpl_family_is_recognised_in_every_spelling(said, refused):
    assert bool(GPL_FAMILY.search(said)) is refused
