"""Faults of the program itself: named so that they can be reported without showing anybody's text."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable
from pathlib import PurePath

from policylint.result import Failure


def internal(error: Exception, told: Callable[[str], None]) -> Failure:
    """A fault of the program, with an id that is the same wherever the same line fails in the same way."""
    frames = [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    kind = type(error).__name__
    name = hashlib.sha256("\n".join([kind, *frames]).encode()).hexdigest()[:8]
    told("".join(traceback.format_exception(error)))
    return Failure(
        "internal", f"unexpected fault {name} ({kind})", "Please report this with the id; -v shows where it happened."
    )
