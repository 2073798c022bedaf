"""The Reflex plugin that puts the script for host pages into the built site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

# A host page may name a version and the hash of its script, so what was published never changes.
VERSION = "1.0.0"
_SOURCE = Path(__file__).with_name("host.js")


def host_script() -> str:
    """Give the script as it is served."""
    return _SOURCE.read_text(encoding="utf-8").replace("{version}", VERSION)


class EmbedPlugin(Plugin):
    """Adds `embed.js`, and the same under the name of its version."""

    def post_build(self, **context: Any) -> None:
        """Write both into the built site."""
        for name in ("embed.js", f"embed-{VERSION}.js"):
            Path(context["static_dir"], name).write_text(host_script(), encoding="utf-8")
