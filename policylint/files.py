"""Files: which documents the named paths lead to, and their bytes."""

from __future__ import annotations

import fnmatch
import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import PurePath

from policylint.errors import UserError
from policylint.patterns import fits
from policylint.reading import SUFFIXES as READ_SUFFIXES
from policylint.reading.thresholds import LARGEST
from policylint.result import Failure

STDIN = "-"
STDIN_NAME = "<stdin>"
SUFFIXES = tuple(READ_SUFFIXES)
_WEB_ADDRESS = re.compile(r"(?:https?:/|www\.)", re.IGNORECASE)
_MOST_LOOKED_AT = 2_000
"""Names in a folder among which one is sought that was meant."""
_NO_FILE = "This is a device or a pipe, not a file."
_NO_FILE_HINT = "Name a file or a folder, or use - to read standard input."


@dataclass(frozen=True, slots=True)
class Source:
    """One document to check, by the name the report shows, or why a named path gives none."""

    path: str
    failure: Failure | None = None
    stdin: bool = False


def is_web_address(path: str) -> bool:
    """Whether a name that leads to no file is the address of a web page."""
    return _WEB_ADDRESS.match(path) is not None


def _unheard(path: str, reason: str) -> None:
    """Nobody asks why a file is passed over."""


def expand(
    paths: Iterable[str],
    stdin_name: str = STDIN_NAME,
    exclude: Sequence[str] = (),
    passed: Callable[[str, str], None] = _unheard,
    force_exclude: bool = False,
) -> tuple[Source, ...]:
    """The documents that `paths` name, folders and patterns included, every file once and in the order named.

    A folder stands for the policies in it and below it (by suffix, hidden ones skipped, sorted), a
    pattern (`*`, `?`, `[ab]`, `**` for any folders) for what fits it; links to folders are not
    followed, so that a loop of links ends. Standard input bears the name `stdin_name`. What fits a
    pattern of `exclude` (absolute) is passed over, unless it is named itself; with `force_exclude` then too. `passed`
    is told the path of each file that is passed over, and why.
    """
    sources: dict[str | None, Source] = {}
    for path in paths:
        for source in [Source(stdin_name, stdin=True)] if path == STDIN else _expand(path, passed):
            whole = os.path.abspath(source.path)  # noqa: PTH100 - a link is excluded by its own name
            kept = source.path == path and not force_exclude
            excluded = [] if kept else [pattern for pattern in exclude if fits(whole, pattern)]
            if excluded:
                passed(source.path, f"excluded by {excluded[0]}")
                continue
            first = sources.setdefault(None if source.stdin else os.path.realpath(source.path), source)
            if first is not source:
                passed(source.path, f"the same file as {first.path}")
    return tuple(sources.values())


def read(source: Source) -> bytes:
    """The bytes of a document; raises `UserError` ("unreadable", "not-found", "too-large")."""
    try:
        if source.stdin:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            # A file that grows while it is read must not fill the memory, nor a pipe in its place stop the run.
            with open(source.path, "rb", opener=_without_waiting) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise UserError("not-a-file", _NO_FILE, _NO_FILE_HINT)
                data = file.read(LARGEST + 1)
    except OSError as error:
        failure = _system_failure(error, source.path)
        raise UserError(failure.code, failure.message, failure.hint) from error
    if len(data) > LARGEST:
        hint = "Give the policy alone, without the rest of the file."
        raise UserError("too-large", f"This is larger than {LARGEST // 1_000_000} MB.", hint)
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to would never open."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _expand(path: str, passed: Callable[[str, str], None]) -> Iterator[Source]:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - Path("") would be the current folder
    except (OSError, ValueError) as error:
        if is_web_address(path):
            hint = "Open the page in a browser, save it as a file (Ctrl+S, on a Mac Command+S) and check that file."
            message = "This is a web address; policylint reads files alone and never goes online."
            yield Source(path, Failure("web-address", message, hint))
        elif glob.has_magic(path) and isinstance(error, FileNotFoundError):
            yield from _pattern(path, passed)
        else:
            yield Source(path, _system_failure(error, path))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, passed)
    elif stat.S_ISREG(mode):
        yield Source(path)
    else:
        yield Source(path, Failure("not-a-file", _NO_FILE, _NO_FILE_HINT))


def _pattern(pattern: str, passed: Callable[[str, str], None]) -> Iterator[Source]:
    parts = PurePath(pattern).parts
    found = [parts[0]] if PurePath(pattern).is_absolute() else [""]
    for part in parts[1:] if PurePath(pattern).is_absolute() else parts:
        found = [path for folder in found for path in _fitting(folder, part)]
    if not found:
        hint = "Check the pattern and the folder you are in."
        yield Source(pattern, Failure("nothing-to-check", "No file fits this pattern.", hint))
    for path in dict.fromkeys(found):
        yield from _expand(path, passed)


def _fitting(folder: str, part: str) -> Iterator[str]:
    """The paths in `folder` that one part of a pattern fits, sorted; hidden ones only where it says so."""
    if part == "**":
        for below, folders, _ in os.walk(folder or os.curdir):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield os.path.relpath(below) if not folder else below
        return
    if not glob.has_magic(part):
        path = os.path.join(folder, part)  # noqa: PTH118 - keeps the folder as the user wrote it
        if os.path.lexists(path):
            yield path
        return
    try:
        names = os.listdir(folder or os.curdir)  # noqa: PTH208
    except OSError:
        return
    for name in sorted(fnmatch.filter(names, part)):
        if not name.startswith(".") or part.startswith("."):
            yield os.path.join(folder, name)  # noqa: PTH118


def _folder(path: str, passed: Callable[[str, str], None]) -> Iterator[Source]:
    found: list[Source] = []
    for folder, folders, names in os.walk(path, onerror=lambda error: found.append(_failed(error))):
        for name in sorted(folders):
            below = os.path.join(folder, name)  # noqa: PTH118 - keeps "./" as the user wrote it
            if name.startswith(".") or os.path.islink(below):  # noqa: PTH114
                passed(below, "a hidden folder" if name.startswith(".") else "a link to a folder")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = os.path.join(folder, name)  # noqa: PTH118
            if name.startswith("."):
                passed(file, "a hidden file; name it to have it checked")
            elif name.lower().endswith(SUFFIXES):
                found.extend(_expand(file, passed))
            else:
                passed(file, "no document by its suffix; name it to have it checked")
    if not found:
        hint = f"Name a folder that holds {', '.join(f'*{suffix}' for suffix in SUFFIXES)}, or the file itself."
        found.append(Source(path, Failure("nothing-to-check", "There is no policy in this folder.", hint)))
    yield from found


def _near(path: str) -> str | None:
    """What is there and nearly bears the name of `path`, of which the first part that is not there is a slip."""
    *folders, name = PurePath(path).parts or ("",)
    for number, part in enumerate([*folders, name]):
        folder = PurePath(*folders[:number])
        if os.path.lexists(folder / part):
            continue
        try:
            with os.scandir(folder) as entries:
                names = [entry.name for entry in islice(entries, _MOST_LOOKED_AT)]
        except OSError:
            return None
        guess = get_close_matches(part, names, 1)
        whole = folder.joinpath(*guess, *[*folders, name][number + 1 :])
        return str(whole) if guess and os.path.lexists(whole) else None
    return None


def _failed(error: OSError) -> Source:
    return Source(str(error.filename), _system_failure(error))


def _system_failure(error: OSError | ValueError, path: str = "") -> Failure:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        near = _near(path) if isinstance(error, FileNotFoundError) else None
        hint = f"Did you mean '{near}'? " if near else ""
        hint += "Check the spelling and the folder you are in."
        return Failure("not-found", "There is no file or folder of this name.", hint)
    hint = "Check that the file can be opened and that you may read it."
    return Failure("unreadable", f"This cannot be read: {error.strerror or error}.", hint)
