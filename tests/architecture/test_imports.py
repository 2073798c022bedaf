import subprocess
import sys
from pathlib import Path


def test_imports_point_down_only():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


def test_package_root_stays_empty():
    # rxconfig.py imports plugins from this package: a word here would load the whole app with them.
    assert Path("fbss_app/__init__.py").read_text() == ""
