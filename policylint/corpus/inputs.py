"""The input of a corpus run: its files, the stretches of them that can be read on their own, and their entries."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from policylint.corpus import folder, jsonl, parquet
from policylint.corpus.documents import Columns, Entry
from policylint.corpus.stretches import Stretch
from policylint.errors import UserError
from policylint.files import expand


class Kind(StrEnum):
    """What a file of the input is."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    POLICY = "policy"


_SUFFIXES = {
    ".parquet": Kind.PARQUET,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".jsonl.gz": Kind.JSONL,
    ".ndjson.gz": Kind.JSONL,
}


@dataclass(frozen=True, slots=True)
class Input:
    """What there is to judge: so many `files` of so many bytes, known again by `sha256`, as stretches in order."""

    files: int
    size: int
    sha256: str
    stretches: tuple[Stretch, ...]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return sum(stretch.count for stretch in self.stretches)


def find_input(name: str, columns: Columns, least: int) -> Input:
    """The input that `name` stands for: a file, a folder, or a pattern of files; a stretch holds about `least` entries.

    A folder stands for the Parquet and JSON Lines files in and below it, or where there are none for its policies.
    Raises UserError: 'not-found', 'nothing-to-check', 'unsupported-format', 'missing-column', 'double-column',
    'missing-extra'.
    """
    root, files = _in_folder(name) if Path(name).is_dir() else _named(name)
    digest = sha256()
    stretches: list[Stretch] = []
    size = number = 0
    if files and files[0][1] is Kind.POLICY:
        found = [folder.survey(root, [_shown(file, root) for file, _ in files], least)]
    else:
        readers = {Kind.PARQUET: parquet.survey, Kind.JSONL: jsonl.survey}
        found = [readers[kind](file, _shown(file, root), columns, least) for file, kind in files]
    for survey in found:
        digest.update(f"{survey.name}\0{survey.size}\0{survey.sha256}\n".encode("utf-8", "surrogateescape"))
        size += survey.size
        for stretch in survey.stretches:
            stretches.append(stretch.starting_at(number))
            number += stretch.count
    if not number:
        hint = "Check that the corpus was written to its end."
        raise UserError("nothing-to-check", f"{name}: there is no document in this corpus", hint)
    return Input(len(files), size, digest.hexdigest(), tuple(stretches))


def entries(stretch: Stretch, columns: Columns, largest: int) -> Iterator[Entry]:
    """The entries of a stretch, in order and as many as it counts, read as they are asked for.

    Raises UserError 'unreadable' for a file that is gone since it was surveyed.
    """
    try:
        match stretch.kind:
            case Kind.PARQUET:
                yield from parquet.entries(stretch, columns, largest)
            case Kind.JSONL:
                yield from jsonl.entries(stretch, columns, largest)
            case _:
                yield from folder.entries(stretch, largest)
    except OSError as error:
        hint = "Check that the file is still where it was, on every node that reads it."
        raise UserError(
            "unreadable", f"{stretch.path}: this cannot be read: {error.strerror or error}", hint
        ) from error


def _in_folder(name: str) -> tuple[Path, list[tuple[Path, Kind]]]:
    """The folder itself, by which files are named, and the files in it: tables, or where there are none policies."""
    root = Path(name).absolute()
    tables = [(each, kind) for each in sorted(root.rglob("*")) if (kind := _kind(each)) and each.is_file()]
    if tables:
        return root, tables
    sources = expand([name])
    if any(source.failure is not None and source.failure.code == "nothing-to-check" for source in sources):
        hint = "Name a folder of policies, or Parquet (.parquet) or JSON Lines (.jsonl, .jsonl.gz) files."
        raise UserError("nothing-to-check", f"{name}: there is nothing to check", hint)
    return root, [(Path(source.path).absolute(), Kind.POLICY) for source in sources]


def _named(name: str) -> tuple[Path, list[tuple[Path, Kind]]]:
    """The folder by which files are named, and the tables that a path or a pattern stands for."""
    path = Path(name)
    if path.exists() or not glob.has_magic(name):
        root, paths = path.absolute().parent, [path]
    else:
        found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        root, paths = Path.cwd(), [Path(each) for each in found if not Path(each).is_dir()]
    if not paths or not all(each.exists() for each in paths):
        hint = "Check the spelling and the folder you are in."
        raise UserError("not-found", f"{name}: there is no such file or folder", hint)
    files = []
    for each in paths:
        kind = _kind(each)
        if kind is None:
            hint = "Name Parquet (.parquet) or JSON Lines (.jsonl, .jsonl.gz) files, or a folder of policies."
            raise UserError("unsupported-format", f"{each}: this is no corpus", hint)
        files.append((each.absolute(), kind))
    return root, files


def _kind(path: Path) -> Kind | None:
    name = path.name.lower()
    return next((kind for suffix, kind in _SUFFIXES.items() if name.endswith(suffix)), None)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
