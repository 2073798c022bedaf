import json
from pathlib import Path

import pytest

from fbss_app.patient.pwa.staff_files import StaffFilesError, staff_only_files


def page(path: str, module: str, *imports: str) -> dict:
    return {
        "path": path,
        "module": f"/assets/{module}",
        "imports": [f"/assets/{i}" for i in imports],
    }


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """A build where both sides share a script, and the staff side fetches another later on."""
    folder = tmp_path / "assets"
    folder.mkdir()
    for name, source in {
        "entry-1.js": 'import"./react-1.js"',
        "react-1.js": "",
        "root-1.js": "",
        "questions-1.js": 'import{a}from"./shared-1.js";import(`./saving-1.js`)',
        "saving-1.js": "",
        "shared-1.js": "",
        "inbox-1.js": 'import"./shared-1.js";import("./chart-1.js")',
        "chart-1.js": 'import"./scale-1.js";const deps=["assets/chart-1.css"]',
        "scale-1.js": "",
        "chart-1.css": "",
        "clinics-1.js": "",
    }.items():
        (folder / name).write_text(source)
    write_manifest(
        folder,
        page("", "root-1.js"),
        page("questionnaire", "questions-1.js", "shared-1.js"),
        page("clinic", "inbox-1.js", "shared-1.js"),
        # A page for patients whose name only begins alike.
        page("clinics-near-you", "clinics-1.js"),
    )
    return folder


def write_manifest(folder: Path, *pages: dict) -> None:
    listed = {
        "entry": {"module": "/assets/entry-1.js", "imports": [], "css": []},
        "routes": {str(number): each for number, each in enumerate(pages)},
    }
    text = f"window.__reactRouterManifest={json.dumps(listed)};"
    (folder / "manifest-1.js").write_text(text)


def test_whatever_only_staff_pages_lead_to_is_named(assets: Path):
    assert staff_only_files(assets.parent) == [
        "assets/chart-1.css",
        "assets/chart-1.js",
        "assets/inbox-1.js",
        "assets/scale-1.js",
    ]


def test_what_a_patient_page_fetches_later_stays(assets: Path):
    (assets / "saving-1.js").write_text('import"./chart-1.js"')
    assert staff_only_files(assets.parent) == ["assets/inbox-1.js"]


def test_script_that_is_missing_fails_the_build(assets: Path):
    (assets / "scale-1.js").unlink()
    with pytest.raises(StaffFilesError, match=r"scale-1\.js is missing"):
        staff_only_files(assets.parent)


def test_list_of_pages_must_be_there_once_and_readable(assets: Path):
    (assets / "manifest-2.js").write_text("")
    with pytest.raises(StaffFilesError, match="2 scripts"):
        staff_only_files(assets.parent)
    (assets / "manifest-1.js").unlink()
    with pytest.raises(StaffFilesError, match="as expected"):
        staff_only_files(assets.parent)
