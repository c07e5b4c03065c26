"""The pages of a PDF as the reading process gives them, within bounds of time and memory."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policylint.errors import UserError, missing_extra
from policylint.reading.pdf_words import Rule, Word

_WORKER = Path(__file__).with_name("pdf_worker.py")
_SECONDS = 120.0
_KEPT_WHOLE = 4_000_000  # bytes of lines
_DOCUMENTS = 100  # that one process reads
_MEMORY = 768 * 1024 * 1024

_DAMAGED = UserError(
    "damaged",
    "this PDF is damaged and cannot be read",
    "Open it in a PDF viewer and save or print it to PDF again, then check that file.",
)
_NO_PDF = UserError(
    "damaged",
    "this is no PDF, whatever its name says",
    "Give the file the suffix of what it is (.docx, .txt), or save it as PDF, then check that file.",
)
_MISSING = missing_extra("reading PDF needs a library that is not installed", "pdf")
_FAILED = UserError(
    "damaged",
    "this PDF is damaged, or made so that reading it uses up all memory",
    "Open it in a PDF viewer and save or print it to PDF again, then check that file.",
)
_ERRORS = {
    "missing-extra": _MISSING,
    "damaged": _DAMAGED,
    "encrypted": UserError(
        "encrypted",
        "this PDF is locked with a password",
        "Save a copy without the password (for instance with qpdf --decrypt --password=...) and check that one.",
    ),
    "too-many-pages": UserError(
        "too-large",
        "this PDF has more pages than a policy can have",
        "Save the pages that hold the policy to a PDF of their own.",
    ),
    "too-large": UserError(
        "too-large",
        "this PDF holds more than can be read within bounds of memory",
        "Save the pages that hold the policy to a PDF of their own.",
    ),
}
_TOO_SLOW = UserError(
    "too-slow",
    f"this PDF could not be read within {_SECONDS:.0f} seconds",
    "Open it in a PDF viewer and print the pages that hold the policy to a new PDF.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is seen: its size in points, words, addresses of its links, ruled lines, drawn bullets.

    `image` is the share of the page that its largest image covers.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    links: tuple[str, ...]
    rules: tuple[Rule, ...]
    dots: tuple[Rule, ...]
    image: float
    damaged: bool = False


class PackedPages:
    """Pages to go through more than once: those of a long document are kept small in between."""

    def __init__(self) -> None:
        self._pages: list[Page | bytes] = []
        self._size = 0

    def add(self, line: bytes) -> None:
        """Take in the line that the process wrote for the next page."""
        self._size += len(line)
        self._pages.append(_page(line) if self._size <= _KEPT_WHOLE else zlib.compress(line, 1))

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Page]:
        return (page if isinstance(page, Page) else _page(zlib.decompress(page)) for page in self._pages)


def pages_of(data: bytes, seconds: float = _SECONDS, memory: int = _MEMORY) -> PackedPages:
    """The pages of a PDF.

    Raises `UserError`: "missing-extra", "encrypted", "damaged", "too-large", or "too-slow".
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise _again(_MISSING)
    start = data.find(b"%PDF-", 0, 2048)
    if start < 0:
        raise _again(_NO_PDF)
    # The library searches the mark in the first kilobyte only.
    return _PROCESS.read(data[start:], seconds, memory + 2 * len(data))


class _ReadingProcess:
    """The process that reads, kept for the next document: starting it takes longer than reading a short one.

    It is started anew after any fault, and after some documents so that nothing gathers in it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._documents = 0

    def read(self, data: bytes, seconds: float, memory: int) -> PackedPages:
        """The pages that the process finds, within these bounds."""
        with self._lock:
            process = self._running()
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(seconds, stop)
            timer.start()
            answer = _Answer()
            try:
                answer.receive(process, data, memory)
            finally:
                timer.cancel()
                if not answer.whole or answer.error or late.is_set():
                    self.stop()
        if late.is_set() and not answer.whole:
            raise _again(_TOO_SLOW)
        if answer.error:
            raise _again(_ERRORS[answer.error])
        if not answer.whole or len(answer.pages) != answer.count:
            raise _again(_FAILED)
        return answer.pages

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                # What could not be written to a process that is gone stays in the pipe's buffer.
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        self._documents += 1
        # A program that forked has the pipes of its parent's process, which are not to be shared.
        forked = self._owner != os.getpid()
        if self._process is None or forked or self._documents > _DOCUMENTS or self._process.poll() is not None:
            self.stop()
            arguments = [sys.executable, "-I", str(_WORKER), *(part or "." for part in sys.path)]
            self._process = subprocess.Popen(  # noqa: S603 - our own file, documents on its standard input
                arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._owner = os.getpid()
            self._documents = 1
        return self._process


# One for the program: documents are read one after the other.
_PROCESS = _ReadingProcess()
atexit.register(_PROCESS.stop)


@dataclass(slots=True)
class _Answer:
    """What the process said of a document: how many pages it has, the pages, and whether it came to the end."""

    count: int | None = None
    pages: PackedPages = field(default_factory=PackedPages)
    error: str = ""
    whole: bool = False

    def receive(self, process: subprocess.Popen[bytes], data: bytes, memory: int) -> None:
        """Send the document and take in what comes back."""
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process was started without pipes")
        try:
            process.stdin.write(b"%d %d\n" % (memory, len(data)))
            process.stdin.write(data)
            process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended early; what it said until then tells why
        for line in process.stdout:
            if line.startswith(b'{"end"'):
                self.whole = True
                return
            if line.startswith(b'{"error"'):
                self.error = json.loads(line)["error"]
            elif line.startswith(b'{"pages"'):
                self.count = json.loads(line)["pages"]
            elif line.endswith(b"}\n"):
                self.pages.add(line)


def _again(error: UserError) -> UserError:
    """A fresh exception: one that was raised before carries the traceback of that time."""
    return UserError(error.code, error.message, error.hint)


def _page(line: bytes) -> Page:
    record: dict[str, Any] = json.loads(line)
    if record.get("damaged"):
        return Page(0.0, 0.0, (), (), (), (), 0.0, True)
    return Page(
        record["width"],
        record["height"],
        tuple(Word(*values) for values in record["words"]),
        tuple(record["links"]),
        tuple(record["rules"]),
        tuple(record["dots"]),
        record["image"],
    )
