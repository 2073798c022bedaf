"""Finds the scripts of a build that only the staff side loads, so that no phone has to keep them.

The bundler names a script that several pages share after whatever it likes, so names tell nothing:
what counts is which pages lead to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from fbss_app import routes

_MANIFEST = re.compile(r"^window\.__reactRouterManifest\s*=\s*(\{.*\});?\s*$", re.DOTALL)
# Imports at once and later on, and the lists of what a later import needs besides.
_REFERENCE = re.compile(r"[\"'`](?:\./|/?assets/)([\w.~-]+\.(?:js|css))[\"'`]")


class StaffFilesError(RuntimeError):
    """The build does not list its pages as expected, so it must not be used."""


def staff_only_files(static_dir: Path) -> list[str]:
    """List the files that no patient page leads to and a staff page does.

    Args:
        static_dir: The built site.

    Returns:
        Their paths within the site, sorted.

    Raises:
        StaffFilesError: When there is not exactly one list of pages, or a page lies nowhere.
    """
    staff: set[str] = set()
    others: set[str] = set()
    for page in _pages(static_dir):
        address = f"/{page.get('path') or ''}"
        is_staff = f"{address}/".startswith(f"{routes.CLINIC}/")
        parts = (page["module"], *page.get("imports", ()), *page.get("css", ()))
        (staff if is_staff else others).update(Path(part).name for part in parts)
    assets = static_dir / "assets"
    only = _reached(staff, assets) - _reached(others, assets)
    return sorted(f"assets/{name}" for name in only)


def _pages(static_dir: Path) -> list[dict]:
    found = list((static_dir / "assets").glob("manifest-*.js"))
    if len(found) != 1:
        raise StaffFilesError(f"{len(found)} scripts list the pages of the site.")
    match = _MANIFEST.match(found[0].read_text(encoding="utf-8"))
    if match is None:
        raise StaffFilesError(f"{found[0].name} does not list the pages as expected.")
    listed = json.loads(match[1])
    return [listed["entry"], *listed["routes"].values()]


def _reached(names: Iterable[str], assets: Path) -> set[str]:
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        file = assets / name
        if not file.is_file():
            raise StaffFilesError(f"{name} is missing from the build.")
        waiting += _REFERENCE.findall(file.read_text(encoding="utf-8"))
    return reached
