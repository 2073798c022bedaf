"""Install both engines from Debian's packages, unless they are there."""

import os
import subprocess

from tests.browser.engines.firefox import find_firefox
from tests.browser.engines.webkit import find_webkit

PACKAGES = ("firefox-esr", "webkit2gtk-driver", "xvfb")


def install_engines() -> None:
    """Install Debian's packages of both."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
    ):
        subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if not (find_firefox() and find_webkit()):
        print("Installing Firefox and WebKit for the tests of the frame ...", flush=True)
        install_engines()
    print(f"Firefox: {find_firefox()}\nWebKit: {find_webkit()}")
