"""The text a visitor reads, its sections and blocks, and where every character came from.

Three texts are kept apart: the *source* (the decoded bytes), the *visible text* (`Document.text`,
what every value quotes) and the *matching text* (`matching_text`, the visible text folded one
character to one character, so that both share their offsets).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class BlockKind(StrEnum):
    """What a block of visible text is; a `CONTENTS` entry (table of contents) is never evidence."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    CONTENTS = "contents"


class Numbering(StrEnum):
    """What a format's lines are to its reader: lines of the file or of a page, or paragraphs."""

    LINES = "lines"
    PAGES = "pages"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True, slots=True)
class Location:
    """Where words stand in the source, as its reader can look them up.

    Numbers from 1, ends exclusive, columns in code points. Text has lines; a paged document has a
    page and a line on that page (the end too, when it is on another page the end's line counts
    there); Word has a paragraph, and columns from its start. `section` is the title the words
    stand under; `span` their offsets [start, end) in the visible text, an empty one where something
    absent belongs.
    """

    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    page: int | None = None
    paragraph: int | None = None
    section: str | None = None
    span: tuple[int, int] = (0, 0)


class Place(NamedTuple):
    """A position in the source: line (or paragraph) and column from 1, columns in code points, page of a paged one."""

    line: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it, subsections included.

    `start` and `end` are offsets in `Document.text` (heading included, end exclusive); `level` is
    0 for the root section, which has no title and holds the whole document; `parent` is an index
    in `Document.sections` (None for the root). `heading` is the index of the heading block.
    """

    title: str
    level: int
    parent: int | None
    start: int
    end: int
    heading: int | None


class Block(NamedTuple):
    """One heading, paragraph, list item or table cell: the offsets [start, end) in `Document.text`.

    `section` is the index of the innermost section. `lead_in` is the index of the block that
    introduces this one (the paragraph before a list, the parent item of a nested list, a
    paragraph that ends in a colon). `headers` are the indices of the header cells of a cell:
    its column's, then its row's. `marker` is the sign of an item as the source prints it ("3.",
    "b)", "•"); it is no part of the text.
    """

    kind: BlockKind
    start: int
    end: int
    section: int
    lead_in: int | None = None
    headers: tuple[int, ...] = ()
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Visible text [start, end) that leads to `target`, the address as written in the source."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the source that speaks to policylint: what stands after "policylint" in it, and where.

    `block` are the offsets in the visible text of the block it stands in, behind, or before (None: none follows),
    `section` those of the section it stands in (None: it stands above the first heading).
    """

    text: str
    location: Location
    block: tuple[int, int] | None
    section: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Leads from visible offsets back to the source.

    `visible` and `source` are parallel and ascending in `visible`: from `visible[i]` up to the
    next entry, visible character `visible[i] + k` came from source character `source[i] + k`.
    `lines` holds the source offset at which each line (or paragraph) starts, `pages` that at which
    each page starts; only a document with pages has any.
    """

    visible: array[int]
    source: array[int]
    lines: array[int]
    numbering: Numbering = Numbering.LINES
    pages: tuple[int, ...] = ()

    def source_offset(self, offset: int) -> int:
        """Source offset of the visible character at `offset`."""
        index = bisect_right(self.visible, offset) - 1
        return self.source[index] + offset - self.visible[index]

    def place(self, offset: int) -> Place:
        """Where the visible character at `offset` stands."""
        source = self.source_offset(offset)
        line = bisect_right(self.lines, source)
        column = source - self.lines[line - 1] + 1
        if not self.pages:
            return Place(line, column)
        page = bisect_right(self.pages, source)
        return Place(line - bisect_right(self.lines, self.pages[page - 1]) + 1, column, page)

    def place_after(self, offset: int) -> Place:
        """The place just behind the visible character at `offset - 1`: an exclusive end."""
        last = self.place(offset - 1)
        return Place(last.line, last.column + 1, last.page)

    def locate_source(self, start: int, end: int, span: tuple[int, int], section: str | None) -> Location:
        """The location of the source characters [start, end), which a visitor does not see; `span` is where they count.

        Only for text, which has lines and no pages.
        """
        line, last = bisect_right(self.lines, start), bisect_right(self.lines, end - 1)
        column, after = start - self.lines[line - 1] + 1, end - self.lines[last - 1] + 1
        return Location(line, column, last, after, section=section, span=span)

    def beginning(self) -> Location:
        """The beginning of the source, where nothing stands."""
        if self.numbering is Numbering.PARAGRAPHS:
            return Location(None, 1, None, 1, paragraph=1)
        return Location(1, 1, 1, 1, page=1 if self.pages else None)

    def locate(self, start: int, end: int, section: str | None = None) -> Location:
        """The location of the visible characters [start, end), not empty, under the title `section`."""
        first, after = self.place(start), self.place_after(end)
        if self.numbering is Numbering.PARAGRAPHS:
            return Location(None, first.column, None, after.column, None, first.line, section, (start, end))
        return Location(first.line, first.column, after.line, after.column, first.page, None, section, (start, end))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the document was read: characters of visible text, characters replaced in decoding.

    `garbled` counts characters that an earlier program wrote in the wrong encoding ("Ã«" for "ë"), `pictures` those of
    a web page or word processor that may hold text and say none beside it.
    """

    characters: int
    replaced: int = 0
    pages_without_text: int = 0
    left_out: float = 0.0
    garbled: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A policy as a visitor reads it.

    `text` is the visible text, blocks in order and joined by newlines; inside a block a soft
    line wrap is one space. `encoding` is the name of the codec the bytes were decoded with.
    """

    path: str
    sha256: str
    format: str
    encoding: str
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    source_map: SourceMap = field(repr=False)
    coverage: Coverage
    links: tuple[Link, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def block_text(self, block: Block) -> str:
        """Visible text of a block."""
        return self.text[block.start : block.end]

    def heading_path(self, section: int) -> tuple[int, ...]:
        """Indices of the heading blocks above a place in `section`, outermost first."""
        path: list[int] = []
        index: int | None = section
        while index is not None:
            current = self.sections[index]
            if current.heading is not None:
                path.append(current.heading)
            index = current.parent
        return tuple(reversed(path))


_FOLD = {
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\t": " ",
    "\n": " ",
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "`": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2212": "-",
}
_TO_FOLD = re.compile(f"[{re.escape(''.join(_FOLD))}]")


def matching_text(visible: str) -> str:
    """Fold visible text for matching, one character to one character: spaces, quotes, hyphens.

    Case is kept (abbreviations such as AP need it); soft hyphens and zero-width characters are
    gone from the visible text already, and it is in NFC.
    """
    # Few characters of a text are folded; a table of all of them (str.translate) takes ten times as long.
    return _TO_FOLD.sub(lambda match: _FOLD[match.group()], visible)
