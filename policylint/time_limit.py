"""A bound on the time that one document may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from policylint.errors import UserError


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise UserError 'too-slow' in what runs for longer than `seconds` (0: never).

    Only where the system has alarms (not on Windows), and in the main thread.
    """
    if not (seconds and hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()):
        yield
        return

    def late(*_: object) -> None:
        hint = "Check it alone with a longer --timeout, or give the policy without the rest of the file."
        raise UserError("too-slow", f"this document could not be judged within {seconds} seconds", hint)

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
