"""What is kept in the repository fits every machine."""

import re
import subprocess
from pathlib import Path

MACHINE_PATH = re.compile(r"(?:^|[^\w.:/-])/(?:root|home|tmp|work)/[a-z]", re.MULTILINE)
REGISTRY_ADDRESS = re.compile(r"https?://[^/\s\"]*(?:registry|pypi|pythonhosted|npmjs)|file://")
LOCKS = ("requirements.txt", "requirements-dev.txt", "reflex.lock/package-lock.json")


def kept_files():
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [file for name in listed.splitlines() if (file := Path(name)).is_file()]


def text_of(file):
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_holds_a_machine_path():
    found = [str(file) for file in kept_files() if MACHINE_PATH.search(text_of(file))]

    assert found == []


def test_locks_name_no_registry():
    found = [name for name in LOCKS if REGISTRY_ADDRESS.search(Path(name).read_text("utf-8"))]

    assert found == []


def test_test_lock_holds_every_package_of_the_app_lock():
    app, tools = (set(Path(name).read_text("utf-8").splitlines()) for name in LOCKS[:2])

    assert app <= tools


def test_modules_stay_small_enough_to_read():
    modules = [file for file in kept_files() if file.suffix == ".py" and file.parts[0] != "tests"]
    long = {str(file): text_of(file).count("\n") for file in modules}

    assert {name: lines for name, lines in long.items() if lines > 400} == {}
