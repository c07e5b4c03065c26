"""Stretches: pieces of the input that can be read on their own, wherever that is done."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policylint.result import Failure


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` entries of one file from `row` on, the first of them number `first` of the corpus.

    `name` is the file as the user sees it, `size` the bytes of the texts, roughly. `start` is where to read: a row
    group (with `groups`, how many of them), a byte, or for `files`, policies of the folder `path`, nothing. A file that
    cannot be read at all is one entry, with its `failure`.
    """

    kind: str
    path: str
    name: str
    row: int
    count: int
    size: int
    start: int = 0
    groups: int = 0
    files: tuple[str, ...] = ()
    failure: Failure | None = None
    first: int = 0

    def starting_at(self, number: int) -> Stretch:
        """The stretch with its place in the corpus."""
        return replace(self, first=number)


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is in a file: its stretches, and by what it is known again."""

    name: str
    size: int
    sha256: str
    stretches: tuple[Stretch, ...]
