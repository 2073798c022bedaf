"""Lets Ctrl-C in a terminal reach this program alone.

Ctrl-C goes to every program in the terminal's foreground group, and `make` then reports an
interrupted command and fails although the server stopped as it should. So the server moves into a
group of its own, and hands the terminal back when it ends.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def own_foreground_group() -> Iterator[None]:
    """Hold the terminal for the length of the block; without a terminal, change nothing."""
    try:
        terminal = sys.stdin.fileno()
        previous = os.tcgetpgrp(terminal)
    except (OSError, ValueError, AttributeError):
        yield
        return
    # In the background already, or the leader of its own group: then Ctrl-C is no concern.
    if previous != os.getpgrp() or previous == os.getpid():
        yield
        return
    # A program outside the foreground group is stopped when it takes the terminal, unless it
    # ignores this signal. Ctrl-Z would stop this group unseen by the shell, which waits for make.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpid())
    try:
        yield
    finally:
        with suppress(OSError):
            os.tcsetpgrp(terminal, previous)
