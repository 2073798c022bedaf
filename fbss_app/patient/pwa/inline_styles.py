"""Puts the stylesheet into the pages where people arrive.

They are then painted one round trip sooner, and the scripts have the line to themselves. The other
pages come from the service worker's store or a loaded app; there it would only be weight.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_PRELOAD = re.compile(r'<link as="style" href="/assets/[\w-]+\.css" rel="preload"/>')
_PRINT = "@media print{"
_STYLESHEET = re.compile(r'<link href="/(assets/[\w-]+\.css)" rel="stylesheet" type="text/css"/>')


class InlineStylesError(RuntimeError):
    """The page does not link its stylesheet as expected, so the build must not be used."""


def inline_styles(page: Path, static_dir: Path) -> None:
    """Put the stylesheet of a built page into the page itself.

    The rules for paper get a file of their own, which the browser fetches last and nothing waits
    for. The links to the whole stylesheet stay, because React looks for each by its address and
    would add it if it were gone; they fetch nothing, so that no rule comes over the line twice.

    Args:
        page: The built HTML file.
        static_dir: The folder that is served.

    Raises:
        InlineStylesError: When the page does not link one stylesheet, or that cannot stand in HTML.
    """
    html = page.read_text(encoding="utf-8")
    links = _STYLESHEET.findall(html)
    if len(links) != 1:
        raise InlineStylesError(f"{page} links {len(links)} stylesheets where one was expected.")
    css = (static_dir / links[0]).read_text(encoding="utf-8").strip()
    if "</style" in css:
        raise InlineStylesError(f"{links[0]} would end the style element of {page}.")
    screen, paper = _parted(css)
    file = _write_paper_rules(paper, static_dir)
    link = (
        f'<link href="/{file}" rel="stylesheet" type="text/css" media="print"/>'
        f'<link href="/{links[0]}" rel="stylesheet" type="text/css" disabled=""/>'
    )
    html = _PRELOAD.sub(_without_fetching, html)
    html = _STYLESHEET.sub(lambda _: f"<style>{screen}</style>{link}", html)
    page.write_text(html, encoding="utf-8")


def _without_fetching(preload: re.Match[str]) -> str:
    return preload[0].replace("/>", ' media="not all"/>')


def _parted(css: str) -> tuple[str, str]:
    """Part the rules that apply to paper only from all others; each keeps its order."""
    others: list[str] = []
    paper: list[str] = []
    place = 0
    while (start := css.find(_PRINT, place)) >= 0:
        others.append(css[place:start])
        place, depth = start + len(_PRINT), 1
        while depth:
            depth += (css[place] == "{") - (css[place] == "}")
            place += 1
        paper.append(css[start:place])
    return "".join([*others, css[place:]]), "".join(paper)


def _write_paper_rules(css: str, static_dir: Path) -> str:
    """Write the rules for paper into a file named after what is in it, and give its path."""
    digest = hashlib.sha256(css.encode()).hexdigest()
    path = f"assets/paper-{digest[:8]}.css"
    (static_dir / path).write_text(css, encoding="utf-8")
    return path


def built_files(address: str, static_dir: Path) -> list[Path]:
    """Return the files a page was built into: `index.html`, or `x.html` and `x/index.html`.

    Args:
        address: The page's clean address, such as "/" or "/questionnaire".
        static_dir: The folder that is served.
    """
    name = address.strip("/")
    files = [static_dir / name / "index.html"]
    return [static_dir / f"{name}.html", *files] if name else files
