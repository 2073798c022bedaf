"""The folders of the phone's own JavaScript import one way, in the order that is described."""

import re
from pathlib import Path

import pytest

CLIENT = Path("fbss_app/patient/client")
MODULES = sorted(CLIENT.rglob("*.js"))
_ROW = re.compile(r"^\| `(\w+)/` \|", re.MULTILINE)
_IMPORT = re.compile(r'(?:from |import\(|^import )"(\.[^"]+)"', re.MULTILINE)


def described() -> list[str]:
    """List the folders as docs/architecture.md does: each above all that it may import."""
    text = Path("docs/architecture.md").read_text(encoding="utf-8")
    start = text.index("## The phone's modules")
    return _ROW.findall(text[start : text.index("\n## ", start + 1)])


def imported_folders(module: Path) -> set[str]:
    """Name the folders from which a module imports, at once or later; "" is the client itself."""
    client = CLIENT.resolve()
    targets = [
        (module.parent / target).resolve().relative_to(client)
        for target in _IMPORT.findall(module.read_text(encoding="utf-8"))
    ]
    return {target.parent.as_posix().strip(".") for target in targets}


def test_every_folder_is_described():
    generated = {"words"}
    assert {one.parent.name for one in MODULES if one.parent != CLIENT} | generated == set(
        described()
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.relative_to(CLIENT).as_posix())
def test_module_imports_only_folders_below_its_own(module: Path):
    order = ["", *described()]
    own = module.parent.relative_to(CLIENT).as_posix().strip(".")
    above = set(order[: order.index(own)])
    assert imported_folders(module) & above == set()
