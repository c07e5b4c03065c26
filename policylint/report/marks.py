"""The words of a policy that verdicts rest on, laid over its text: marks that may overlap become runs that do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policylint.document import Block, Document
from policylint.result import Evidence, Finding


@dataclass(frozen=True, slots=True)
class Mark:
    """Words at [start, end) of the visible text that an item of the report rests on; an empty span marks a place.

    `key` is the item's anchor in the page, `label` what a reader sees of it, `title` what it is, `look` a class of the
    style sheet, and `rank` what wins where marks overlap (0 is heaviest).
    """

    start: int
    end: int
    key: str
    label: str
    title: str
    look: str
    rank: int


def mark_of(said: Evidence | Finding, key: str, label: str, title: str, look: str, rank: int) -> Mark:
    """The mark over the words that decide."""
    start, end = (said.location.span[0] + place for place in said.focus)
    return Mark(start, end, key, label, title, look, rank)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks: the look of the heaviest, the marks that begin and those that end."""

    text: str
    look: str
    begins: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def runs(document: Document, block: Block, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """The text of a block in runs; `marks` are those that touch it. A mark over several blocks begins in its first."""
    borders = {block.start, block.end}
    for mark in marks:
        borders.update(max(block.start, min(place, block.end)) for place in (mark.start, mark.end))
    ordered = sorted(borders)
    found = []
    for start, end in pairwise(ordered):
        over = [mark for mark in marks if mark.start < end and start < mark.end]
        begins = tuple(mark for mark in marks if mark.start == start or (mark.start == mark.end == end == block.end))
        ends = tuple(mark for mark in over if mark.end == end)
        look = min(over, key=lambda mark: mark.rank).look if over else ""
        found.append(Run(document.text[start:end], look, begins, ends))
    return tuple(found)


def by_block(document: Document, marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks that touch each block, in the order of their beginnings; one pass over both."""
    found: list[list[Mark]] = [[] for _ in document.blocks]
    number = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.rank)):
        while number + 1 < len(document.blocks) and document.blocks[number].end < mark.start:
            number += 1
        place = number
        while place < len(document.blocks) and document.blocks[place].start <= max(mark.start, mark.end - 1):
            found[place].append(mark)
            place += 1
    return found
