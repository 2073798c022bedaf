"""Lighthouse's mobile scores: its own emulation of a phone, in the Chromium of the tests."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.table import Figure, not_measured
from tests.chromium import find_chromium, launch_arguments

LIGHTHOUSE = "13.5.0"
RUNS = 3
PATHS = ("/", "/questionnaire", "/options/spinal-cord-stimulation", "/summary")
BUDGETS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}

_FOLDER = Path(".build/lighthouse")
_PACKAGE = _FOLDER / "node_modules/lighthouse"
# From here on Lighthouse itself shows an audit in green.
_GOOD = 0.9
_INSTALL_WITHIN_SECONDS = 300
_RUN_WITHIN_SECONDS = 180


class LighthouseError(Exception):
    """Lighthouse could not be installed or run; the message is one plain line."""


def lighthouse(site: str) -> tuple[list[Figure], list[str]]:
    """Give a row for each page, and a line for each page on what cost points."""
    what = "Lighthouse mobile, performance / accessibility / best practices / SEO"
    budget = " / ".join(map(str, BUDGETS.values()))
    figures, remarks = [], []
    try:
        _install()
        for path in PATHS:
            reports = [_run(f"{site}{path}") for _ in range(RUNS)]
            scores = median_scores(reports)
            within = all(scores[name] >= least for name, least in BUDGETS.items())
            shown = " / ".join(f"{scores[name]:.0f}" for name in BUDGETS)
            figures.append(Figure(f"Lighthouse mobile {path}", shown, budget, within))
            if lost := lost_points(middle_report(reports)):
                remarks.append(f"Lighthouse {path} lost points for {', '.join(lost)}")
    except LighthouseError as error:
        figures.append(not_measured(what, str(error), budget))
    return figures, remarks


def median_scores(reports: list[dict[str, Any]]) -> dict[str, float]:
    return {
        name: median(100 * (report["categories"][name]["score"] or 0) for report in reports)
        for name in BUDGETS
    }


def middle_report(reports: list[dict[str, Any]]) -> dict[str, Any]:
    ranked = sorted(reports, key=lambda report: report["categories"]["performance"]["score"] or 0)
    return ranked[len(ranked) // 2]


def lost_points(report: dict[str, Any]) -> list[str]:
    """Name the audits that count towards a score and are not good, with their figures."""
    return [
        f"{reference['id']} {report['audits'][reference['id']].get('displayValue', '')}".strip()
        for name in BUDGETS
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"]
        and (score := report["audits"][reference["id"]]["score"]) is not None
        and score < _GOOD
    ]


def _environment() -> dict[str, str]:
    # `node` and `npm` come with a Python package, so they lie beside this Python.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "CHROME_PATH": find_chromium() or ""}


def _command(words: list[str], seconds: int) -> subprocess.CompletedProcess[str]:
    try:
        result = subprocess.run(
            words, env=_environment(), capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LighthouseError(f"{words[0]} did not finish ({type(error).__name__})") from error
    if result.returncode:
        last = (result.stderr.strip() or "no message").splitlines()[-1]
        raise LighthouseError(f"{words[0]} failed: {last}")
    return result


def _install() -> None:
    manifest = _PACKAGE / "package.json"
    if manifest.exists() and json.loads(manifest.read_text("utf-8"))["version"] == LIGHTHOUSE:
        return
    _FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"]
    _command(
        ["npm", "install", "--prefix", str(_FOLDER), *options, f"lighthouse@{LIGHTHOUSE}"],
        _INSTALL_WITHIN_SECONDS,
    )


def _run(url: str) -> dict[str, Any]:
    switches = " ".join(["--headless=new", *launch_arguments()])
    result = _command(
        [
            "node",
            str(_PACKAGE / "cli/index.js"),
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(BUDGETS)}",
            f"--chrome-flags={switches}",
            "--no-enable-error-reporting",
        ],
        _RUN_WITHIN_SECONDS,
    )
    return json.loads(result.stdout)
