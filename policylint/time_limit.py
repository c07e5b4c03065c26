"""A bound on the time that one document may take."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from policylint.errors import UserError


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise UserError 'too-slow' in what runs for longer than `seconds` (0: never)."""
    if not seconds:
        yield
        return
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _alarm(seconds, _late(seconds)):
            yield
    else:
        with _watch(seconds, _late(seconds)):
            yield


@lru_cache
def _late(seconds: int) -> type[UserError]:
    """What is raised when so many seconds are over; another thread can only be interrupted with a class.

    Made once: classes are cycles, and one for each document would fill the memory.
    """

    class LateError(UserError):
        """The time is over."""

        def __init__(self) -> None:
            hint = "Check it alone with a longer --timeout, or give the policy without the rest of the file."
            super().__init__("too-slow", f"this document could not be judged within {seconds} seconds", hint)

    return LateError


@contextmanager
def _alarm(seconds: int, late: type[UserError]) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _watch(seconds: int, late: type[UserError]) -> Iterator[None]:
    """For systems without alarms, and for the threads that engines of clusters work in: another thread interrupts."""
    thread = ctypes.c_ulong(threading.get_ident())
    interrupt = ctypes.pythonapi.PyThreadState_SetAsyncExc
    ending = threading.Lock()
    over = False

    def ring() -> None:
        with ending:
            if not over:
                interrupt(thread, ctypes.py_object(late))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with ending:
            over = True
            # What was raised but has not arrived would hit the next document.
            interrupt(thread, None)
