"""Lists the built pages and the SHA-256 hash of each inline script they hold.

The server sends these hashes in each page's content security policy, so that no script runs but
those of this build. The list lies beside the site, not in it: it is not for visitors.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path

PAGE_INDEX_NAME = "pages.json"
FALLBACK_PAGE = "__spa-fallback.html"


class _InlineScripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and "src" not in dict(attrs):
            self._parts = []

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._parts is not None:
            self.texts.append("".join(self._parts))
            self._parts = None


def inline_script_hashes(html: str) -> list[str]:
    """Return the CSP source of every inline script, in page order and without repeats."""
    parser = _InlineScripts()
    # A browser turns CR LF and CR into LF before it hashes.
    parser.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    parser.close()
    sources = (hashlib.sha256(text.encode("utf-8")).digest() for text in parser.texts)
    return list(dict.fromkeys(f"sha256-{base64.b64encode(d).decode()}" for d in sources))


def page_path(file: Path, static_dir: Path) -> str:
    """Return the clean path at which a built HTML file is shown: `/options/x`."""
    parts = list(file.relative_to(static_dir).with_suffix("").parts)
    if parts[-1] == "index":
        parts.pop()
    return "/" + "/".join(parts)


def write_page_index(static_dir: Path) -> Path:
    """Write the list of pages beside the built site and return its path."""
    pages: dict[str, list[str]] = {}
    fallback: list[str] = []
    for file in sorted(static_dir.rglob("*.html")):
        hashes = inline_script_hashes(file.read_text(encoding="utf-8"))
        if file.name == FALLBACK_PAGE:
            fallback = hashes
        else:
            pages[page_path(file, static_dir)] = hashes
    target = static_dir.parent / PAGE_INDEX_NAME
    target.write_text(
        json.dumps({"fallback": fallback, "pages": pages}, indent=1) + "\n", encoding="utf-8"
    )
    return target
