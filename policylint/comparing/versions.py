"""Versions of a policy: files, and files at a revision of a git repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from shutil import which

from policylint.errors import UserError
from policylint.files import SUFFIXES, Source, read


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document: its name in the report, the path that settings hold for, its bytes (None: none).

    `revision` is the git revision that it comes from (None: it is a file as it is now).
    """

    name: str
    path: str
    data: bytes | None
    revision: str | None = None


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
    folder = _existing(Path(path).absolute().parent)
    commit = _commit(revision, folder)
    top = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
    inside = Path(path).absolute().resolve().relative_to(top.resolve()).as_posix()
    code, data = _run(folder, "cat-file", "blob", f"{commit}:{inside}")
    return Version(f"{revision}:{path}", path, None if code else data, revision)


def beside(version: Version, path: str) -> Version:
    """Another document as it was with `version`. Raises what `at_revision` and `files.read` raise."""
    if version.revision is None:
        return Version(path, path, read(Source(path)))
    return at_revision(version.revision, path)


def changed_since(revision: str, paths: list[str]) -> Iterator[tuple[Version, Version]]:
    """Old and new version of every policy below `paths` that differs from where the branch left `revision`.

    A renamed file is one document; one that is new or gone has an empty side.
    Raises UserError "no-git", "no-revision", and "not-found" for a path that is neither here nor was there.
    """
    folder = Path()
    commit = _commit(revision, folder)
    _, base = _run(folder, "merge-base", commit, "HEAD")
    since = base.decode().strip() or commit
    for path in paths:
        if not os.path.lexists(path) and not _git(folder, "ls-files", f"--with-tree={since}", "--", path):
            hint = "Check the spelling and the folder you are in."
            raise UserError("not-found", f"there is no {path}, nor was there at {revision}", hint)
    names = _git(folder, "diff", "--name-status", "-z", "-M", "--relative", since, "--", *(paths or ["."])).split(b"\0")
    fields = iter(part.decode("utf-8", "surrogateescape") for part in names if part)
    for status in fields:
        old = next(fields)
        new = next(fields) if status[0] in "RC" else old
        if not new.lower().endswith(SUFFIXES):
            continue
        before = Version("", old, None) if status == "A" else at_revision(since, old)
        after = Version(new, new, None) if status == "D" else Version(new, new, read(Source(new)))
        yield Version(f"{revision}:{old}", new, before.data, since), after


def _commit(revision: str, folder: Path) -> str:
    folder = _existing(folder)
    if revision.startswith("-"):
        raise UserError("no-revision", f"'{revision}' is no revision", "Name a commit, a branch or a tag.")
    code, commit = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if code:
        _git(folder, "rev-parse", "--git-dir")
        shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
        names = _git(folder, "for-each-ref", "--format=%(refname:short)").decode(errors="replace").split()
        near = get_close_matches(revision, names, 1)
        hint = f"did you mean '{near[0]}'?" if near else "Name a commit, a branch or a tag that is in this repository."
        if shallow:
            hint = "This clone is shallow: fetch the history first (git fetch --unshallow; fetch-depth: 0 in CI)."
        raise UserError("no-revision", f"there is no revision '{revision}' here", hint)
    return commit.decode().strip()


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints; raises UserError "no-git" with what git says when it fails."""
    code, printed = _run(folder, *arguments)
    if code:
        said = printed.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        raise UserError("no-git", said[-1], "Run this inside the git repository of the policy, or compare two files.")
    return printed


def _run(folder: Path, *arguments: str) -> tuple[int, bytes]:
    """Exit code of git in `folder`, and what it printed: on standard output, or on standard error if it failed."""
    git = which("git")
    if git is None:
        raise UserError("no-git", "git is not installed", "Install git, or compare two files.")
    # The arguments are a list and revisions cannot begin with a hyphen, so nothing of them is read as an option.
    run = subprocess.run([git, "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603
    return run.returncode, run.stderr if run.returncode else run.stdout


def _existing(folder: Path) -> Path:
    """The nearest folder above that is there: a folder may have gone since a revision."""
    while not folder.is_dir():
        folder = folder.parent
    return folder
