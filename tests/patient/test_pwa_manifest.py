import json
import re
import struct
from pathlib import Path

import pytest

from fbss_app.patient.pwa.manifest import (
    BACKGROUND_COLOR,
    THEME_COLOR,
    build_manifest,
    find_screenshots,
    write_manifest,
)

ASSETS = Path("assets")


def png_size(file: Path) -> str:
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    return f"{width}x{height}"


def write_png(file: Path, width: int, height: int) -> None:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(head + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def test_manifest_has_what_installing_needs():
    manifest = build_manifest([])

    assert {
        "id",
        "name",
        "start_url",
        "scope",
        "display",
        "lang",
        "dir",
        "background_color",
        "theme_color",
        "description",
        "categories",
        "shortcuts",
    } <= manifest.keys()
    assert manifest["display"] == "standalone"
    assert len(manifest["short_name"]) <= 12
    assert "screenshots" not in manifest


def test_start_url_carries_nothing_but_a_path():
    manifest = build_manifest([])

    for url in [manifest["start_url"], *(s["url"] for s in manifest["shortcuts"])]:
        assert re.fullmatch(r"/[a-z-]*", url)


def test_icons_exist_in_the_size_they_claim():
    manifest = build_manifest([])
    icons = [*manifest["icons"], *(i for s in manifest["shortcuts"] for i in s["icons"])]

    for icon in icons:
        assert png_size(ASSETS / icon["src"].lstrip("/")) == icon["sizes"]
    purposes = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert purposes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}


def test_apple_touch_icon_has_the_size_ios_asks_for():
    assert png_size(ASSETS / "icons/apple-touch-icon.png") == "180x180"


def test_colours_are_those_of_the_theme():
    theme = (ASSETS / "theme.css").read_text(encoding="utf-8")

    assert f"--brand: {THEME_COLOR};" in theme
    assert f"--paper: {BACKGROUND_COLOR};" in theme


def test_screenshots_take_their_form_and_caption_from_the_file(tmp_path):
    write_png(tmp_path / "screenshots/check-your-answers.png", 390, 844)
    write_png(tmp_path / "screenshots/options.png", 1280, 800)

    narrow, wide = find_screenshots(tmp_path)

    assert (narrow["form_factor"], narrow["sizes"]) == ("narrow", "390x844")
    assert narrow["label"] == "Check your answers"
    assert wide["form_factor"] == "wide"


def test_screenshot_that_is_no_png_is_refused(tmp_path):
    file = tmp_path / "screenshots/fake.png"
    file.parent.mkdir()
    file.write_text("not a picture")

    with pytest.raises(ValueError, match=r"fake\.png"):
        find_screenshots(tmp_path)


def test_manifest_is_written_as_json(tmp_path):
    written = write_manifest(tmp_path)

    assert written.name == "manifest.webmanifest"
    assert json.loads(written.read_text())["name"] == "After Back Surgery"
