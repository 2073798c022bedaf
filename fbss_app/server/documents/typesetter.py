"""A program of its own that sets one document: the job as JSON on stdin, the PDF on stdout.

It runs apart from the server, so that neither its time nor its memory, nor a fault of the
typesetter, can take the server along. What it says of a failure may quote the person's words: it
goes to stderr and must not be logged.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
# Typst keeps its own threads and maps its library of 84 MB; a page of text needs a tenth of this.
_MEMORY = 2 * 1024**3
_CPU_SECONDS = 30


def main() -> None:
    """Set the document and write it out."""
    _limit()
    job = json.load(sys.stdin)
    compiler = typst.Compiler(
        HERE / f"{job['template']}.typ",
        root=HERE,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
        ),
        # Nothing is ever imported from there: it only keeps Typst from looking elsewhere.
        package_path=HERE,
        package_cache_path=HERE,
    )
    sys.stdout.buffer.write(_set(compiler, job))


def _set(compiler: typst.Compiler, job: dict[str, Any]) -> bytes:
    """Set the document in the first of its sizes that keeps it on one page, or else the first."""
    data = json.dumps(job["data"], ensure_ascii=False)
    first, *smaller = job["sizes"]

    def in_size(size: str) -> bytes:
        document = compiler.compile(
            sys_inputs={"data": data, "size": size},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=job["timestamp"],
        )
        assert isinstance(document, bytes)
        return document

    document = in_size(first)
    for size in smaller:
        # What needs more than two pages fits on one in no size.
        if _pages(compiler) != 2:
            return document
        document = in_size(size)
    return document if not smaller or _pages(compiler) == 1 else in_size(first)


def _pages(compiler: typst.Compiler) -> int:
    """Count the pages of the document that was set last; the template leaves their number."""
    return int(compiler.query("<pages>", field="value", one=True))


def _limit() -> None:
    try:
        import resource
    except ImportError:
        # Not on Windows; the time limit of whoever started this still holds.
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))


if __name__ == "__main__":
    main()
