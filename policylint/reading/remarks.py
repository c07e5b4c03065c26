"""Comments in Markdown and web pages that speak to policylint, each with the block and the section it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from policylint.document import Document, Remark
from policylint.reading.markup import spans_between

_OPENING, _CLOSING = "<!--", "-->"
# "policylint:", and the slips "policylint-disable" and "policylint accept"; a sentence about policylint is none.
_ADDRESSED = re.compile(r"\s*policylint(?:\s*:\s*|(?=-\w)|\s+(?=accept\b))", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_FARTHEST = 2_000
"""Source characters between the end of a block and a comment that still counts as part of it."""


def find_remarks(source: str, document: Document) -> tuple[Remark, ...]:
    """The comments in `source` that are addressed to policylint, in their order; plain text has none."""
    if document.format not in ("markdown", "html") or _OPENING not in source:
        return ()
    found = []
    places: _Places | None = None
    for start, end in spans_between(source, _OPENING, _CLOSING):
        inner_start, inner_end = start + len(_OPENING), end - len(_CLOSING)
        addressed = _ADDRESSED.match(source, inner_start, inner_end)
        if addressed is None:
            continue
        places = places or _Places.of(source, document)
        before, block = places.around(start, end)
        section = document.sections[document.blocks[before].section] if before is not None else None
        about = document.blocks[block] if block is not None else None
        stands = about.start if about else len(document.text)
        titled = section is not None and section.level > 0
        found.append(
            Remark(
                " ".join(source[addressed.end() : inner_end].split()),
                document.source_map.locate_source(
                    start, end, (stands, stands), section.title if section is not None and titled else None
                ),
                (about.start, about.end) if about else None,
                (section.start, section.end) if section is not None and titled else None,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Places:
    """The source offsets at which blocks start, ascending, and for each the block and where it ends."""

    source: str
    markdown: bool
    starts: list[int]
    blocks: list[tuple[int, int]]

    @classmethod
    def of(cls, source: str, document: Document) -> _Places:
        at = document.source_map.source_offset
        spans = sorted((at(block.start), n, at(block.end - 1) + 1) for n, block in enumerate(document.blocks))
        markdown = document.format == "markdown"
        return cls(source, markdown, [start for start, _, _ in spans], [(n, end) for _, n, end in spans])

    def around(self, start: int, end: int) -> tuple[int | None, int | None]:
        """The block before the comment at [start, end), and the one it is about."""
        before = bisect_right(self.starts, start) - 1
        if before >= 0:
            number, block_end = self.blocks[before]
            if block_end > start or self._belongs(block_end, start):
                return number, number
        following = bisect_left(self.starts, end)
        about = self.blocks[following][0] if following < len(self.blocks) else None
        return (self.blocks[before][0] if before >= 0 else None), about

    def _belongs(self, end: int, comment: int) -> bool:
        """Whether nothing parts a comment from the block that ends before it: no end of line, no tag of a block."""
        if comment - end > _FARTHEST:
            return False
        between = self.source[end:comment]
        for start, close in reversed(spans_between(between, _OPENING, _CLOSING)):
            between = between[:start] + between[close:]
        if self.markdown and ("\n" in between or "\r" in between):
            return False
        if "<" not in between:
            return True
        from policylint.reading.page_parts import BLOCKS

        return not any(match[1].lower() in BLOCKS for match in _TAG.finditer(between))
