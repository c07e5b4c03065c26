"""Verdicts of unchanged documents, kept in a folder from run to run.

A verdict is found again by everything it depends on: the contents of the document, the rules, the settings that
matter, the day whose law counts, policylint itself and the libraries that read documents. Where the document lies is
not among these.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from policylint import __version__
from policylint.errors import UserError
from policylint.result import Judgement
from policylint.writing import write_whole

_FORM = 2
"""Version of the entries."""
_LIBRARIES = ("spacy", "langdetect", "markdown-it-py", "turbohtml", "phonenumbers", "lxml", "pypdfium2")
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of policylint; it may be deleted.\n"


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of verdicts; `base` is what all its keys have in common."""

    folder: Path
    base: str

    def key(self, parts: Mapping[str, object], contents: str) -> str:
        """The key of a verdict: what it depends on, and the SHA-256 of the document's bytes."""
        told = json.dumps([self.base, parts, contents], sort_keys=True, default=str)
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def find(self, key: str, path: str, contents: str) -> Judgement | None:
        """The verdict kept under `key`, for the document at `path`; None if there is none, or none that is whole."""
        import msgspec

        try:
            found = msgspec.json.decode(self._file(key).read_bytes(), type=Judgement)
        # Half an entry, one of somebody else, one that may not be read: it is written anew.
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None
        return replace(found, path=path) if found.sha256 == contents and found.failure is None else None

    def keep(self, key: str, verdict: Judgement) -> None:
        """Keep a verdict; a disk that is full only costs the time that the verdict would have saved."""
        import msgspec

        file = self._file(key)
        with contextlib.suppress(OSError, UserError, UnicodeEncodeError):
            data = msgspec.json.encode(replace(verdict, path=""))
            file.parent.mkdir(exist_ok=True)
            write_whole(file, data)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.json"


def open_cache(folder: Path) -> Cache:
    """The cache in `folder`, which is made if need be. Raises UserError 'unwritable-cache'."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Backups pass over a folder with the one, git over a folder with the other.
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            if not (folder / name).exists():
                write_whole(folder / name, text.encode())
    except (OSError, UserError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.message.rpartition(": ")[2]
        message = f"{folder}: verdicts cannot be kept there: {reason}"
        raise UserError("unwritable-cache", message, "Name another folder, or leave out the cache.") from error
    return Cache(folder, json.dumps([_FORM, __version__, _versions(_LIBRARIES)]))


def _versions(names: Sequence[str]) -> list[str]:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in names:
        try:
            found.append(version(name))
        except PackageNotFoundError:
            found.append("")
    return found
