import base64
import hashlib
import re
from pathlib import Path

from fbss_app.patient.embed.plugin import VERSION, EmbedPlugin, host_script

DOCS = Path("docs/embedding.md").read_text(encoding="utf-8")


def test_script_is_small_and_speaks_to_named_origins_only():
    script = host_script()
    assert len(script.encode()) <= 4096
    assert "{version}" not in script
    assert '"*"' not in script
    for word in ("innerHTML", "cookie", "indexOf", "eval", "localStorage", "import"):
        assert word not in script
    assert re.findall(r"window\.(\w+) =", script) == ["fbssEmbed"]


def test_published_version_never_changes():
    """Host pages name its hash: what changes needs another version, and a line in the docs."""
    digest = base64.b64encode(hashlib.sha384(host_script().encode()).digest()).decode()
    assert f"/embed-{VERSION}.js" in DOCS
    assert f"sha384-{digest}" in DOCS


def test_it_is_served_under_both_names(tmp_path: Path):
    EmbedPlugin().post_build(static_dir=tmp_path)
    names = ("embed.js", f"embed-{VERSION}.js")
    assert {(tmp_path / name).read_text("utf-8") for name in names} == {host_script()}
