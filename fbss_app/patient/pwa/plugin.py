"""The Reflex plugin that makes the built site an installable app that works offline.

`rxconfig.py` imports this module, so whatever is heavy is imported inside the hooks.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

RETIRE_VARIABLE = "FBSS_RETIRE_SERVICE_WORKER"


def _retire_from_environment() -> bool:
    return os.environ.get(RETIRE_VARIABLE, "").strip().lower() in {"1", "true", "yes", "on"}


@dataclass(frozen=True)
class PwaPlugin(Plugin):
    """Writes the manifest, the service worker and the list of pages into a finished build.

    Attributes:
        retire: Write the kill switch instead of the service worker: phones that already hold one
            drop it and its caches on their next visit. Read from `FBSS_RETIRE_SERVICE_WORKER`.
    """

    retire: bool = field(default_factory=_retire_from_environment)

    def get_frontend_development_dependencies(self, **_context: Any) -> list[str]:
        """Name the npm package that generates the service worker."""
        from fbss_app.patient.pwa.service_worker import WORKBOX_PACKAGE

        return [WORKBOX_PACKAGE]

    def post_build(self, **context: Any) -> None:
        """Complete the built site; Reflex compresses every file after this."""
        from fbss_app import routes
        from fbss_app.patient.pwa.inline_styles import built_files, inline_styles
        from fbss_app.patient.pwa.manifest import write_manifest
        from fbss_app.patient.pwa.page_index import write_page_index
        from fbss_app.patient.pwa.service_worker import write_retired_worker, write_service_worker

        static_dir = Path(context["static_dir"]).resolve()
        for address in (routes.START, routes.QUESTIONNAIRE):
            for page in built_files(address, static_dir):
                inline_styles(page, static_dir)
        write_manifest(static_dir)
        if self.retire:
            write_retired_worker(static_dir)
        else:
            # The site lies in <web folder>/build/client; npm's packages in the web folder.
            write_service_worker(static_dir, node_dir=static_dir.parent.parent)
        write_page_index(static_dir)
