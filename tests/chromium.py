"""Finds a Chromium for the browser tests; run as a command, it installs one where none is.

`FBSS_CHROMIUM` names one; else an installed one is taken, else Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Chromium asks its maker's hosts for updates and lists; the tests want one origin and no other.
LAUNCH_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """Return the path of a Chromium that can be started, if there is one."""
    if named := os.environ.get("FBSS_CHROMIUM"):
        return named
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def launch_arguments() -> list[str]:
    """Return Chromium's switches; its sandbox does not work for root, so root does without."""
    return [*LAUNCH_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def install_chromium() -> None:
    """Install Debian's package where that is allowed, else Playwright's build."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            if subprocess.run(command, env=environment, check=False).returncode != 0:
                break
        else:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find_chromium() is None:
        print("Installing Chromium for the browser tests ...", flush=True)
        install_chromium()
    if (found := find_chromium()) is None:
        sys.exit("No Chromium could be installed: install one, or name it with FBSS_CHROMIUM.")
    print(f"Chromium: {found}")
