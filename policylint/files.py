"""Files: which documents the named paths lead to, and their bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policylint.errors import UserError
from policylint.result import Failure

STDIN = "-"
STDIN_NAME = "<stdin>"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".pdf")


@dataclass(frozen=True, slots=True)
class Source:
    """One document to check, by the name the report shows, or why a named path gives none."""

    path: str
    failure: Failure | None = None


def expand(paths: Iterable[str]) -> tuple[Source, ...]:
    """The documents that `paths` name, folders included, every file once and in the order named.

    A folder stands for the policies in it and below it (by suffix, hidden ones skipped, sorted);
    links to folders are not followed, so that a loop of links ends.
    """
    sources: dict[str, Source] = {}
    for path in paths:
        for source in _expand(path):
            key = STDIN_NAME if source.path == STDIN_NAME else os.path.realpath(source.path)
            sources.setdefault(key, source)
    return tuple(sources.values())


def read(source: Source) -> bytes:
    """The bytes of a document; raises `UserError` ("unreadable", "not-found")."""
    if source.path == STDIN_NAME:
        return sys.stdin.buffer.read()
    try:
        return Path(source.path).read_bytes()
    except OSError as error:
        failure = _system_failure(error)
        raise UserError(failure.code, failure.message, failure.hint) from error


def _expand(path: str) -> Iterator[Source]:
    if path == STDIN:
        yield Source(STDIN_NAME)
        return
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - Path("") would be the current folder
    except (OSError, ValueError) as error:
        yield Source(path, _system_failure(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode):
        yield Source(path)
    else:
        hint = "Name a file or a folder, or use - to read standard input."
        yield Source(path, Failure("not-a-file", "This is a device or a pipe, not a file.", hint))


def _folder(path: str) -> Iterator[Source]:
    found: list[Source] = []
    for folder, folders, names in os.walk(path, onerror=lambda error: found.append(_failed(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                found.extend(_expand(os.path.join(folder, name)))  # noqa: PTH118 - keeps "./" as the user wrote it
    if not found:
        hint = f"Name a folder that holds {', '.join(f'*{suffix}' for suffix in SUFFIXES)}, or the file itself."
        found.append(Source(path, Failure("nothing-to-check", "There is no policy in this folder.", hint)))
    yield from found


def _failed(error: OSError) -> Source:
    return Source(str(error.filename), _system_failure(error))


def _system_failure(error: OSError | ValueError) -> Failure:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        hint = "Check the spelling and the folder you are in."
        return Failure("not-found", "There is no file or folder of this name.", hint)
    hint = "Check that the file can be opened and that you may read it."
    return Failure("unreadable", f"This cannot be read: {error.strerror or error}.", hint)
