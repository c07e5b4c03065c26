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
    """A block of the policy's text: its place, the runs that its marks make, and the marks of what belongs below it."""

    tag: str
    place: str
    marker: str
    headers: tuple[str, ...]
    runs: tuple[Run, ...]
    absent: tuple[Mark, ...]


_ABOVE, _DEEPEST = 3, 6
_TAGS = {BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "item", BlockKind.CELL: "cell", BlockKind.CONTENTS: "p"}


def pieces(document: Document, marks: Sequence[Mark], words: Wording) -> Iterator[Piece]:
    """The blocks of a document under `marks`; one that lies outside of the text is left out."""
    inside = [mark for mark in marks if 0 <= mark.start <= mark.end <= len(document.text)]
    standing = by_block(document, [mark for mark in inside if mark.start < mark.end])
    absent = by_block(document, [mark for mark in inside if mark.start == mark.end])
    # The page has its own headings above these; a level that the text leaves out would be a hole in its outline.
    level = _ABOVE
    for block, own, missing in zip(document.blocks, standing, absent, strict=True):
        if block.start < block.end:
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
