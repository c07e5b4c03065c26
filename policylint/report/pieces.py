"""The text of a policy as a report shows it: its blocks with their places and marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.document import BlockKind, Document
from policylint.report.marks import Mark, Run, by_block, runs
from policylint.report.page import where
from policylint.report.quotes import visible
from policylint.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the policy's text: its place, the runs that its marks make, and the marks of what belongs below it.

    One with a number `left_out` stands for so many blocks without marks.
    """

    tag: str
    place: str
    marker: str
    headers: tuple[str, ...]
    runs: tuple[Run, ...]
    absent: tuple[Mark, ...]
    left_out: int = 0


_ABOVE, _DEEPEST = 3, 6
_LONG = 500_000
"""Characters; a page with all of a longer text is slow to open and no use to anybody."""
_TAGS = {BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "item", BlockKind.CELL: "cell", BlockKind.CONTENTS: "p"}


def pieces(document: Document, marks: Sequence[Mark], words: Wording) -> Iterator[Piece]:
    """The blocks of a document under `marks`; of a long one those that have any, and the headings."""
    inside = [mark for mark in marks if 0 <= mark.start <= mark.end <= len(document.text)]
    standing = by_block(document, [mark for mark in inside if mark.start < mark.end])
    absent = by_block(document, [mark for mark in inside if mark.start == mark.end])
    # The page has its own headings above these; a level that the text leaves out would be a hole in its outline.
    level, left_out = _ABOVE, 0
    for block, own, missing in zip(document.blocks, standing, absent, strict=True):
        if len(document.text) > _LONG and not own and not missing and block.kind is not BlockKind.HEADING:
            left_out += 1
        elif block.start < block.end:
            if left_out:
                yield Piece("gap", "", "", (), (), (), left_out)
                left_out = 0
            place = where(document.source_map.locate(block.start, block.end), words)
            if block.kind is BlockKind.HEADING:
                level = min(document.sections[block.section].level + _ABOVE, level + 1, _DEEPEST)
            yield Piece(
                tag=_TAGS.get(block.kind, f"h{level}"),
                place=place,
                marker=visible(block.marker),
                headers=tuple(visible(document.block_text(document.blocks[header])) for header in block.headers),
                runs=runs(document, block, own),
                absent=tuple(missing),
            )
    if left_out:
        yield Piece("gap", "", "", (), (), (), left_out)
