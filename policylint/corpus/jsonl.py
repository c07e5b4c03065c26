"""JSON Lines, packed with gzip or not: one policy per line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from policylint.corpus.documents import Columns, Entry, check_size, entry_of
from policylint.corpus.stretches import Stretch, Survey
from policylint.errors import UserError
from policylint.result import Failure

LONGEST_LINE = 200_000_000
"""Bytes of a line, beyond which nobody meant it to be one."""
_BROKEN = (EOFError, zlib.error, gzip.BadGzipFile)


def survey(path: Path, name: str, columns: Columns, least: int) -> Survey:
    """The stretches of `least` lines in a file, known by its contents; what is packed is read in one go.

    Raises UserError 'unreadable', and 'missing-column' where the first line has none of the columns.
    """
    digest = sha256()
    starts: list[tuple[int, int, int, int]] = []  # line, byte, entries and bytes of entries before
    count = length = 0
    packed = _is_packed(path)
    try:
        for line, start, data in _lines(path):
            if count == 0:
                _check_columns(data, columns, name)
            if count % least == 0 and not (packed and starts):
                starts.append((line, start, count, length))
            digest.update(data or b"")
            count += 1
            length += len(data or b"")
        size = path.stat().st_size
    except OSError as error:
        hint = "Check that the file can be opened and that you may read it."
        raise UserError("unreadable", f"{name}: this cannot be read: {error.strerror or error}", hint) from error
    ends = [(before, passed) for _, _, before, passed in starts[1:]] + [(count, length)]
    stretches = (
        Stretch("jsonl", str(path), name, line, end - before, last - passed, start)
        for (line, start, before, passed), (end, last) in zip(starts, ends, strict=False)
    )
    return Survey(name, size, digest.hexdigest(), tuple(stretches))


def entries(stretch: Stretch, columns: Columns, largest: int) -> Iterator[Entry]:
    """The entries of a stretch; a line that is no JSON object is one with a failure."""
    names = {part: getattr(columns, part) or part for part in Columns.__slots__}
    for place, (line, _, data) in enumerate(_lines(Path(stretch.path), stretch.start, stretch.row)):
        if place == stretch.count:
            break
        entry = Entry(stretch.first + place, stretch.name, line, f"{stretch.name}#{line}")
        try:
            values = _object(data, largest)
        except UserError as error:
            yield replace(entry, failure=Failure(error.code, error.message, error.hint))
            continue
        given = {part: values.get(column) for part, column in names.items()}
        yield entry_of(given, entry.number, entry.source, line, largest)


def _is_packed(path: Path) -> bool:
    return path.name.lower().endswith(".gz")


@contextmanager
def _opened(path: Path, start: int) -> Iterator[BinaryIO]:
    if _is_packed(path):
        with gzip.open(path, "rb") as packed:
            yield cast("BinaryIO", packed)
    else:
        with path.open("rb") as file:
            file.seek(start)
            yield file


def _lines(path: Path, start: int = 0, number: int = 0) -> Iterator[tuple[int, int, bytes | None]]:
    """Lines that are not blank: number, first byte, and contents, None for one that is too long or ends broken off."""
    with _opened(path, start) as file:
        try:
            while data := file.readline(LONGEST_LINE):
                length = len(data)
                whole: bytes | None = data
                while len(data) == LONGEST_LINE and not data.endswith(b"\n"):
                    whole = None
                    data = file.readline(LONGEST_LINE)
                    length += len(data)
                if whole is None or not whole.isspace():
                    yield number, start, whole
                start += length
                number += 1
        except _BROKEN:
            # What stands behind the break is lost to everybody; that there was something is not.
            yield number, start, None


def _object(data: bytes | None, largest: int) -> dict[str, object]:
    if data is None:
        hint = "Write the file anew; every line must be one policy, and a packed file must be whole."
        raise UserError("unreadable-line", "this line is too long, or the packed file breaks off here", hint)
    # JSON may write one byte of text as six.
    check_size(len(data), 6 * largest + 1_000_000)
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        hint = "Write one JSON object per line."
        raise UserError("bad-json", "this line is no JSON object", hint)
    return values


def _check_columns(data: bytes | None, columns: Columns, name: str) -> None:
    try:
        values = _object(data, LONGEST_LINE)
    except UserError:
        return
    columns.found(values, f"{name}:1")
