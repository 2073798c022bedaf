"""Builds the site with Reflex, and knows whether the last build still fits the sources.

A build is skipped only when nothing that goes into it has changed, judged by content, not by date.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fbss_app.launch.checks import LaunchError
from fbss_app.settings import Settings

BUILD_DIR = Path(".web/build")
LOG_FILE = Path(".build/site.log")
_REFLEX_DIR = Path(".build/reflex")
_STAMP = BUILD_DIR / "inputs.json"
_PROVES_A_BUILD = ("client/index.html", "client/sw.js", "pages.json")

_SOURCES = ("fbss_app", "assets", "rxconfig.py", "requirements.txt")
_NPM_LOCK = ("reflex.lock",)
_IGNORED_NAMES = {"__pycache__", "external"}
# Environment variables that are read while the site is built.
_BUILD_VARIABLES = ("FBSS_RETIRE_SERVICE_WORKER",)
_LOG_LINES_SHOWN = 15
_CONTENT_ERROR = re.compile(r"^fbss_app\.errors\.ContentErrors?: ", re.MULTILINE)


def build_site(settings: Settings, project: Path = Path()) -> None:
    """Build the site.

    Raises:
        LaunchError: When the build failed.
    """
    sources = _source_fingerprint(settings, project)
    try:
        # Removed first: a build that breaks off must not be taken for a whole one.
        (project / _STAMP).unlink(missing_ok=True)
        _run_build(project)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LaunchError(f"The pages could not be built ({reason}: {error.filename}).") from error
    missing = [name for name in _PROVES_A_BUILD if not (project / BUILD_DIR / name).exists()]
    if missing:
        raise LaunchError(f"The pages were built without {', '.join(missing)}; see {LOG_FILE}.")
    # Reflex may complete its npm lock while it builds, so that part is read afterwards.
    stamp = {"sources": sources, "npm": _fingerprint(project, _NPM_LOCK)}
    (project / _STAMP).write_text(json.dumps(stamp) + "\n", encoding="utf-8")


def is_current(settings: Settings, project: Path = Path()) -> bool:
    """Tell whether a whole build of exactly these sources is there."""
    try:
        stamp = json.loads((project / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    wanted = {
        "sources": _source_fingerprint(settings, project),
        "npm": _fingerprint(project, _NPM_LOCK),
    }
    return stamp == wanted and all((project / BUILD_DIR / n).exists() for n in _PROVES_A_BUILD)


def _source_fingerprint(settings: Settings, project: Path) -> str:
    chosen = {name: os.environ.get(name, "") for name in _BUILD_VARIABLES}
    chosen["country"] = settings.country
    chosen["draft_days"] = str(settings.draft_days)
    # What stands in the texts.
    chosen["operator"] = f"{settings.operator_name}\0{settings.operator_contact}"
    chosen["python"] = sys.version
    further = () if settings.questionnaires_dir is None else (str(settings.questionnaires_dir),)
    return _fingerprint(project, (*_SOURCES, *further), json.dumps(chosen, sort_keys=True))


def _fingerprint(project: Path, names: Iterable[str], extra: str = "") -> str:
    digest = hashlib.sha256(extra.encode())
    for name in names:
        root = project / name
        for file in _files(root):
            digest.update(f"{name}\0{file.relative_to(root)}\0{_content(file)}\n".encode())
    return digest.hexdigest()


def _content(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        # Whoever reads the file for what it says can say what is wrong with it.
        return "unreadable"


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for folder, subfolders, names in os.walk(root):
        kept = (n for n in subfolders if n not in _IGNORED_NAMES and not n.startswith("."))
        subfolders[:] = sorted(kept)
        yield from (Path(folder, name) for name in sorted(names))


def _run_build(project: Path) -> None:
    (project / LOG_FILE).parent.mkdir(exist_ok=True)
    # `node` and `npm` come with a Python package, so they lie beside this Python.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = {
        **os.environ,
        "PATH": path,
        "REFLEX_DIR": str((project / _REFLEX_DIR).absolute()),
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    with (project / LOG_FILE).open("wb") as log:
        result = subprocess.run(  # noqa: S603 (fixed words only)
            command, cwd=project, env=environment, stdout=log, stderr=log, check=False
        )
    if result.returncode != 0:
        raise LaunchError(_reason((project / LOG_FILE).read_text("utf-8", errors="replace")))


def _reason(log: str) -> str:
    """Give the findings of a content error as they are; of anything else the end of the log."""
    _, *content_errors = _CONTENT_ERROR.split(log)
    if content_errors:
        return content_errors[-1].strip()
    shown = [line.rstrip() for line in log.splitlines() if line.strip()][-_LOG_LINES_SHOWN:]
    return "\n".join(["The pages could not be built:", *shown, f"The whole log is {LOG_FILE}."])
