"""The folder a corpus run writes: two tables as files of whole parts, and a manifest of what they were made from."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from policylint.corpus.tables import DOCUMENTS, VERDICTS, Chunk, Format, file_of
from policylint.errors import UserError
from policylint.writing import write_whole

MANIFEST = "manifest.json"
SUMMARY = "summary.json"
"""What is written last: a folder that has it is complete."""
_TABLES = ("documents", "verdicts")
_WORKING = ".working"
_LOCK = "lock"
_DEATHS = 2
"""So often a process must have ended over a document for the document to be the reason."""

Manifest = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Output:
    """The folder, and how its tables are written. A part bears the number of its first document."""

    folder: Path
    format: Format

    def file(self, table: str, first: int) -> Path:
        """The file of a part of a table."""
        return self.folder / table / f"part-{first:010}.{self.format}"

    def write(self, first: int, documents: Iterable[Chunk], verdicts: Iterable[Chunk]) -> None:
        """Write a part, whole. Raises UserError 'unwritable'."""
        # The documents come last: they say that the part is finished.
        write_whole(self.file("verdicts", first), file_of(verdicts, VERDICTS, self.format))
        write_whole(self.file("documents", first), file_of(documents, DOCUMENTS, self.format))

    def finished(self, first: int) -> int:
        """How many documents the finished part at this number has; 0 if it is not finished."""
        files = [self.file(table, first) for table in _TABLES]
        if not all(file.exists() for file in files):
            return 0
        counts = [_rows(file, self.format) for file in files]
        return 0 if None in counts else counts[0] or 0

    def parts(self) -> list[Path]:
        """The files of the documents, in order."""
        return sorted((self.folder / "documents").glob(f"part-*.{self.format}"))

    def attempts(self, first: int) -> Attempts:
        """What is known of earlier attempts at a part."""
        return Attempts(self.folder / _WORKING / f"{first:010}")


@dataclass(frozen=True, slots=True)
class Attempts:
    """A file that tells at which document of a part each attempt is or ended: a line per document, a blank one before
    each attempt."""

    path: Path

    def fatal(self) -> frozenset[int]:
        """The documents over which processes ended again and again."""
        return frozenset(number for number, times in Counter(self._last()).items() if times >= _DEATHS)

    def deaths(self) -> int:
        """How many attempts ended over a document."""
        return len(self._last())

    def _last(self) -> list[int]:
        """The document that each attempt was at when it ended; one that ended before it began one is left out."""
        try:
            attempts = self.path.read_text("ascii").split("\n\n")
        except FileNotFoundError:
            return []
        return [int(attempt.split()[-1]) for attempt in attempts if attempt.split()]

    @contextmanager
    def noting(self) -> Iterator[int]:
        """A descriptor for `note`; unless the attempt ends with its process, all is forgotten."""
        self.path.parent.mkdir(exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(descriptor, b"\n")
            yield descriptor
        finally:
            os.close(descriptor)
            self.path.unlink(missing_ok=True)


def note(descriptor: int, number: int) -> None:
    """Say that a document is begun."""
    os.write(descriptor, b"%d\n" % number)


@contextmanager
def opened(folder: Path, format: Format, manifest: Manifest) -> Iterator[Output]:
    """The folder, made or taken up again for the run that `manifest` describes, and kept from other runs meanwhile.

    Raises UserError: 'unwritable', 'in-use', 'other-run'.
    """
    try:
        for each in (*_TABLES, _WORKING):
            (folder / each).mkdir(parents=True, exist_ok=True)
        lock = (folder / _WORKING / _LOCK).open("wb")
    except OSError as error:
        raise _unwritable(folder, error) from error
    with lock:
        if not _locked(lock):
            hint = "Wait until it is done, or name another folder."
            raise UserError("in-use", f"{folder}: another run is writing here", hint)
        # Only now: another run may have begun and ended here while the input was looked through.
        begun = read_manifest(folder)
        if begun is not None:
            _check_same(folder, begun, manifest)
        try:
            _clean(folder)
        except OSError as error:
            raise _unwritable(folder, error) from error
        write_whole(folder / MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n")
        yield Output(folder, format)


def _clean(folder: Path) -> None:
    """Take away what a run that was stopped has left half done."""
    for half in (file for each in _TABLES for file in (folder / each).glob(".part-*.tmp")):
        half.unlink(missing_ok=True)
    # That it was stopped says nothing of the documents it was at.
    for attempts in (file for file in (folder / _WORKING).iterdir() if file.name != _LOCK):
        attempts.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> UserError:
    hint = "Check that the folder can be made and that you may write in it."
    return UserError("unwritable", f"{folder}: cannot be written: {error.strerror}", hint)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the run that was begun in a folder; None for one that is empty or not there.

    Raises UserError 'not-ours' for a folder that holds anything else.
    """
    file = folder / MANIFEST
    if not folder.exists():
        return None
    hint = "Name a folder that is new or empty, or that an earlier run has begun."
    if not folder.is_dir() or (any(folder.iterdir()) and not file.exists() and not _only_ours(folder)):
        raise UserError("not-ours", f"{folder}: this holds something else than the result of a corpus run", hint)
    if not file.exists():
        return None
    try:
        found: Manifest = json.loads(file.read_bytes())
        return {part: dict(values) for part, values in found.items()}
    except (ValueError, AttributeError, TypeError, OSError):
        raise UserError("not-ours", f"{file}: this is no manifest of a corpus run", hint) from None


def _check_same(folder: Path, begun: Manifest, now: Manifest) -> None:
    """Raises UserError 'other-run' unless a run was begun with what it is now asked to go on with."""
    for part in now:
        before, after = begun.get(part, {}), now[part]
        changed = [name for name in after if before.get(name) != after[name]]
        if changed:
            told = "; ".join(f"{name}: {_short(before.get(name))}, now {_short(after[name])}" for name in changed)
            hint = "Give the same input and options to go on with it, or name another folder for this run."
            raise UserError("other-run", f"{folder}: this was begun with other {part} ({told})", hint)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _only_ours(folder: Path) -> bool:
    """Whether a run was stopped before it had written its manifest."""
    return all(
        each.name in (*_TABLES, _WORKING) and (each.name == _WORKING or not any(each.iterdir()))
        for each in folder.iterdir()
    )


def _locked(lock: BinaryIO) -> bool:
    """Whether no other run holds the lock, where the system has locks; the end of the process lifts it."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _rows(file: Path, format: Format) -> int | None:
    """How many rows a file has, None for one that is not whole (the machine went down while it was written)."""
    if format is Format.JSONL:
        data = file.read_bytes()
        return data.count(b"\n") if not data or data.endswith(b"\n") else None
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: int = pq.read_metadata(file).num_rows
    except (pa.ArrowException, OSError):
        return None
    return rows
