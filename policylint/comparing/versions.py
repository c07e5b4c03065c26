"""Versions of a policy: files, and files at a revision of a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policylint.errors import UserError
from policylint.files import SUFFIXES, Source, read


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document: what the report calls it, the path that settings hold for, and its bytes (None: none)."""

    name: str
    path: str
    data: bytes | None


def version(name: str) -> Version:
    """The version that `name` gives: a file, or REVISION:FILE.

    Raises UserError: "not-found", "unreadable", "too-large", and those of `at_revision`.
    """
    if not Path(name).exists() and ":" in name:
        revision, _, path = name.partition(":")
        if len(revision) > 1:
            return at_revision(revision, path)
    return Version(name, name, read(Source(name)))


def at_revision(revision: str, path: str) -> Version:
    """A file as it was at a git revision; a file that was not there yet has no bytes.

    Raises UserError "no-git", "no-revision".
    """
    name = f"{revision}:{path}"
    commit = _commit(revision, Path(path).absolute().parent)
    folder = _existing(Path(path).absolute().parent)
    top = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
    inside = Path(path).absolute().resolve().relative_to(top.resolve()).as_posix()
    run = subprocess.run(["git", "-C", str(folder), "show", f"{commit}:{inside}"], capture_output=True, check=False)
    return Version(name, path, run.stdout if run.returncode == 0 else None)


def changed_since(revision: str, paths: list[str]) -> Iterator[tuple[Version, Version]]:
    """Old and new version of every policy below `paths` that differs from where the branch left `revision`.

    A renamed file is one document; one that is new or gone has an empty side.
    Raises UserError "no-git", "no-revision".
    """
    folder = Path()
    commit = _commit(revision, folder)
    base = subprocess.run(
        ["git", "-C", str(folder), "merge-base", commit, "HEAD"], capture_output=True, check=False
    ).stdout.decode()
    since = base.strip() or commit
    names = _git(folder, "diff", "--name-status", "-z", "-M", "--relative", since, "--", *(paths or ["."])).split(b"\0")
    fields = iter(part.decode("utf-8", "surrogateescape") for part in names if part)
    for status in fields:
        old = next(fields)
        new = next(fields) if status[0] in "RC" else old
        if not new.lower().endswith(SUFFIXES):
            continue
        before = Version(f"{revision}:{old}", new, None) if status == "A" else at_revision(since, old)
        after = Version(new, new, None) if status == "D" else Version(new, new, read(Source(new)))
        yield Version(f"{revision}:{old}", new, before.data), after


def _commit(revision: str, folder: Path) -> str:
    folder = _existing(folder)
    if revision.startswith("-"):
        raise UserError("no-revision", f"'{revision}' is no revision", "Name a commit, a branch or a tag.")
    run = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"],
        capture_output=True,
        check=False,
    )
    if run.returncode:
        _git(folder, "rev-parse", "--git-dir")
        shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = "Name a commit, a branch or a tag that is in this repository."
        if shallow:
            hint = "This clone is shallow: fetch the history first (git fetch --unshallow; fetch-depth: 0 in CI)."
        raise UserError("no-revision", f"there is no revision '{revision}' here", hint)
    return run.stdout.decode().strip()


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        run = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UserError("no-git", "git is not installed", "Install git, or compare two files.") from error
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        raise UserError("no-git", said[-1], "Run this inside the git repository of the policy, or compare two files.")
    return run.stdout


def _existing(folder: Path) -> Path:
    """The nearest folder above that is there: a folder may have gone since a revision."""
    while not folder.is_dir():
        folder = folder.parent
    return folder
