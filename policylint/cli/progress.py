"""How far a run is: one line on a terminal, gone when the run is done."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from types import TracebackType
from typing import Self

_FEW = 3
"""So many documents are judged before anybody wonders."""


class Progress:
    """Tells on standard error, if that is a terminal and if there is much to do, how far a run is."""

    def __init__(self, quiet: bool) -> None:
        """Be silent if the user asked for `quiet`."""
        self._shown = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._told = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the line as it was before, however the run ends."""
        if self._shown and self._told:
            self._write("")

    def tell(self, done: int, documents: int, path: str) -> None:
        """Say that `done` of the documents are judged, the last one being at `path`."""
        from policylint.report.quotes import visible

        if documents > _FEW:
            self._told = True
            self._write(f"{done}/{documents} {visible(path)}")

    def _write(self, text: str) -> None:
        if self._shown:
            from policylint.report.lines import cells

            room = get_terminal_size().columns - 1
            while cells(text) > room:
                text = text[:-1]
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
