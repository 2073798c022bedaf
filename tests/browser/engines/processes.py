"""Programs that run as long as a block does."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tests.browser.engines.shown import SOON


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    """End a process with the block, if it is still there."""
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(SOON)
        if process.stderr:
            process.stderr.close()
