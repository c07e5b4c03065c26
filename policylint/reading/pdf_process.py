"""The pages of a PDF as the reading process gives them, within bounds of time and memory."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policylint.errors import UserError
from policylint.reading.pdf_words import Rule, Word

_WORKER = Path(__file__).with_name("pdf_worker.py")
_SECONDS = 120.0
_KEPT_WHOLE = 1_000_000
_MEMORY = 768 * 1024 * 1024

_DAMAGED = UserError(
    "damaged",
    "this PDF is damaged and cannot be read",
    "Open it in a PDF viewer and save or print it to PDF again, then check that file.",
)
_MISSING = UserError(
    "missing-extra",
    "reading PDF needs a library that is not installed",
    "Install it with: pip install 'policylint[pdf]'",
)
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

    def __init__(self, packed: list[bytes]) -> None:
        self._packed = packed
        short = sum(map(len, packed)) <= _KEPT_WHOLE
        self._whole = [_unpacked(page) for page in packed] if short else None

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[Page]:
        return map(_unpacked, self._packed) if self._whole is None else iter(self._whole)


def pages_of(data: bytes, seconds: float = _SECONDS, memory: int = _MEMORY) -> PackedPages:
    """The pages of a PDF.

    Raises `UserError`: "missing-extra", "encrypted", "damaged", "too-large", or "too-slow".
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise _again(_MISSING)
    start = data.find(b"%PDF-", 0, 2048)
    if start < 0:
        raise _again(_DAMAGED)
    # The library searches the mark in the first kilobyte only.
    arguments = [sys.executable, "-I", str(_WORKER), str(memory + 2 * len(data)), *(part or "." for part in sys.path)]
    process = subprocess.Popen(  # noqa: S603 - our own file, the document on its standard input
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        packed, count = _receive(process, data[start:])
    finally:
        timer.cancel()
        process.kill()
        process.wait()
    if late.is_set():
        raise _again(_TOO_SLOW)
    if count is None or len(packed) != count:
        raise _again(_DAMAGED if process.returncode == 0 else _FAILED)
    return PackedPages(packed)


def _receive(process: subprocess.Popen[bytes], data: bytes) -> tuple[list[bytes], int | None]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process was started without pipes")
    with process.stdout as output:
        try:
            with process.stdin as pipe:
                pipe.write(data)
        except BrokenPipeError:
            pass  # it ended early; what it said until then tells why
        count: int | None = None
        packed: list[bytes] = []
        for line in output:
            if line.startswith(b'{"error"'):
                raise _again(_ERRORS[json.loads(line)["error"]])
            if count is None:
                count = json.loads(line)["pages"]
            elif line.endswith(b"}\n"):
                packed.append(zlib.compress(line, 1))
    return packed, count


def _again(error: UserError) -> UserError:
    """A fresh exception: one that was raised before carries the traceback of that time."""
    return UserError(error.code, error.message, error.hint)


def _unpacked(packed: bytes) -> Page:
    record: dict[str, Any] = json.loads(zlib.decompress(packed))
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
