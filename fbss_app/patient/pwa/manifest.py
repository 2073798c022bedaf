"""The web app manifest: how the installed app is named, drawn and started.

Holds no token and no address of a person: the installed app always opens the start page.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

from fbss_app import routes

MANIFEST_NAME = "manifest.webmanifest"
THEME_COLOR = "#0a5458"
BACKGROUND_COLOR = "#fbf8f2"

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def build_manifest(screenshots: list[dict[str, str]]) -> dict[str, Any]:
    """Return the manifest with the given screenshots, if there are any."""
    manifest: dict[str, Any] = {
        "id": "/",
        "name": "After Back Surgery",
        "short_name": "After Back",
        "description": (
            "For people who still have pain after a back operation: check for urgent signs, "
            "answer questions for your specialist, and learn about your options."
        ),
        "lang": "en-GB",
        "dir": "ltr",
        "start_url": routes.START,
        "scope": "/",
        "display": "standalone",
        "background_color": BACKGROUND_COLOR,
        "theme_color": THEME_COLOR,
        "categories": ["health", "medical", "education"],
        "icons": [
            _icon("/icons/icon-192.png", "192x192", "any"),
            _icon("/icons/icon-512.png", "512x512", "any"),
            _icon("/icons/icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            _shortcut("Carry on", "Carry on with your questions", routes.QUESTIONNAIRE),
            _shortcut("My summary", "The page for your consultation", routes.SUMMARY),
            _shortcut("Emergency signs", "When to get help at once", routes.URGENT_HELP),
        ],
    }
    if screenshots:
        manifest["screenshots"] = screenshots
    return manifest


def find_screenshots(static_dir: Path) -> list[dict[str, str]]:
    """List the built site's screenshots, wide or narrow by their own shape.

    A file's name is its caption: `check-your-answers.png` reads "Check your answers".
    """
    found: list[dict[str, str]] = []
    for file in sorted((static_dir / "screenshots").glob("*.png")):
        width, height = _png_size(file)
        found.append(
            {
                "src": f"/screenshots/{file.name}",
                "sizes": f"{width}x{height}",
                "type": "image/png",
                "form_factor": "wide" if width > height else "narrow",
                "label": file.stem.replace("-", " ").capitalize(),
            }
        )
    return found


def write_manifest(static_dir: Path) -> Path:
    """Write the manifest into the built site and return its path."""
    manifest = build_manifest(find_screenshots(static_dir))
    target = static_dir / MANIFEST_NAME
    target.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return target


def _icon(src: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": src, "sizes": sizes, "type": "image/png", "purpose": purpose}


def _shortcut(name: str, description: str, url: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        "url": url,
        "icons": [_icon("/icons/icon-192.png", "192x192", "any")],
    }


def _png_size(file: Path) -> tuple[int, int]:
    with file.open("rb") as stream:
        head = stream.read(24)
    if not head.startswith(_PNG_SIGNATURE):
        raise ValueError(f"{file.name} is named .png but is not a PNG picture")
    width, height = struct.unpack(">II", head[16:24])
    return width, height
