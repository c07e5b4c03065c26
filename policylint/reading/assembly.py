"""From the blocks a reader found to a `Document`: visible text, positions, sections and lead-ins."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from policylint.document import Block, BlockKind, Coverage, Document, Link, Numbering, Section, SourceMap
from policylint.reading.decoding import garbled

_DROPPED = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u0600-\u0605\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff"
)
_SPACES = " \t-\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Whatever is not an ordinary character or a single ordinary space (no-break spaces stay when they stand alone). It
# opens with one set of characters without a class such as \s: that is twice as fast to look for.
_RUN = rf"[{_SPACES}{_DROPPED}](?:[{_SPACES}{_DROPPED}]+|(?<![ \u00a0\u2007\u202f]))"
_ONLY_RUNS = re.compile(_RUN)
# Accents after their letter, and the few Latin signs that have a canonical twin. The cap keeps a heap of
# accents from costing quadratic time.
_COMPOSED = "\u0340\u0341\u0343\u0344\u0374\u037e\u0387\u2126\u212a\u212b"
_NEEDS_COMPOSING = re.compile(rf"[\u0300-\u036f{_COMPOSED}]")
_RUNS_AND_ACCENTS = re.compile(rf"{_RUN}|[^\W_][\u0300-\u036f]{{1,16}}|[{_COMPOSED}]")
_DROPPED_ONE = re.compile(rf"[{_DROPPED}]")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")

_CONTENTS_WITHIN = 400
_SHORT = 120
_CLOSERS = "*)]\"'”’»"
_WORD = re.compile(r"\w+")
_WE = re.compile(r"\bwij\b")
_NUMBERING = re.compile(r"^(?:(?:artikel|article|hoofdstuk|section)\s+)?[\divx.]*[.)\s]+", re.IGNORECASE)


class Piece(NamedTuple):
    """Visible characters of which the k-th stands at source offset `offset + k`."""

    text: str
    offset: int


class PieceLink(NamedTuple):
    """The pieces [first, last) of a block lead to `target`."""

    first: int
    last: int
    target: str


class CellPlace(NamedTuple):
    """Where a cell stands: number of the table in the document, row and column from 0, header or not.

    `columns` and `rows` are how many it covers.
    """

    table: int
    row: int
    column: int
    header: bool
    columns: int = 1
    rows: int = 1


class RawBlock(NamedTuple):
    """A block as a reader found it, in the order of the source.

    `level` is a heading's level from 1; `depth` is how many lists a block stands in; `marker` is
    the sign that was cut off an item.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    depth: int = 0
    cell: CellPlace | None = None
    links: tuple[PieceLink, ...] = ()
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of the file a document was read from, beside its blocks.

    `numbering` says what the lines of the source are, `pages` at which source offset each page starts.
    """

    path: str
    sha256: str
    format: str
    encoding: str
    replaced: int = 0
    numbering: Numbering = Numbering.LINES
    pages: tuple[int, ...] = ()
    pages_without_text: int = 0
    left_out: float = 0.0
    pictures: int = 0


def line_starts(source: str) -> array[int]:
    """Source offsets at which lines start; a line ends at a line feed, a carriage return or both."""
    if "\r" in source:
        return array("L", [0, *(match.end() for match in _LINE_BREAK.finditer(source))])
    ends = accumulate(map(len, source.split("\n")))
    starts = array("L", [0, *map(add, ends, count(1))])
    starts.pop()
    return starts


def assemble(source: str, blocks: Iterable[RawBlock], provenance: Provenance) -> Document:
    """Build the document from a reader's blocks; those without visible text are dropped."""
    writer = _Writer()
    kept: list[_Kept] = []
    links: list[Link] = []
    read: list[str] = []
    for raw in blocks:
        start, end, bounds = writer.block(raw.pieces)
        if start == end:
            continue
        read += [text for text, _ in raw.pieces]
        read.append("\n")
        kept.append(_Kept(raw.kind, start, end, raw.level, raw.depth, raw.cell, raw.marker))
        for link in raw.links:
            first, last = min(max(bounds[link.first], start), end), min(bounds[link.last], end)
            if first < last:
                links.append(Link(first, last, link.target))
    text = "".join(writer.chunks)
    _mark_contents(kept, text)
    sections, homes = _sections(kept, text)
    lead_ins = _lead_ins(kept, text)
    headers = _headers(kept)
    return Document(
        path=provenance.path,
        sha256=provenance.sha256,
        format=provenance.format,
        encoding=provenance.encoding,
        text=text,
        blocks=tuple(
            [
                Block(block.kind, block.start, block.end, homes[n], lead_ins[n], headers.get(n, ()), block.marker)
                for n, block in enumerate(kept)
            ]
        ),
        sections=sections,
        source_map=SourceMap(
            writer.visible, writer.source, line_starts(source), provenance.numbering, provenance.pages
        ),
        coverage=Coverage(
            len(text),
            provenance.replaced,
            provenance.pages_without_text,
            provenance.left_out,
            garbled("".join(read)),
            provenance.pictures,
        ),
        links=tuple(links),
    )


@dataclass(slots=True)
class _Kept:
    kind: BlockKind
    start: int
    end: int
    level: int
    depth: int
    cell: CellPlace | None
    marker: str


class _Writer:
    """Visible text as it grows, with the map back to the source."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.length = 0
        self.visible = array("L")
        self.source = array("L")
        self._drift = -1
        self._space: tuple[str, int] | None = None
        self._block_start = 0

    def block(self, pieces: tuple[Piece, ...]) -> tuple[int, int, list[int]]:
        """Write a block; give its start and end and, per piece and at the end, the visible offset reached."""
        undo = self.length
        if self.length:
            self.chunks.append("\n")
            self.length += 1
        start = self._block_start = self.length
        self._space = None
        bounds = []
        for piece in pieces:
            bounds.append(self.length + (self._space is not None))
            self._piece(piece.text, piece.offset)
        bounds.append(self.length)
        if self.length == start and undo != start:
            self.chunks.pop()
            self.length = undo
            return undo, undo, bounds
        return start, self.length, bounds

    def _piece(self, text: str, offset: int) -> None:
        if text.isascii() and text.isprintable() and "  " not in text:
            self._plain(text, offset)
            return
        odd = _RUNS_AND_ACCENTS if not text.isascii() and _NEEDS_COMPOSING.search(text) else _ONLY_RUNS
        done = 0
        for match in odd.finditer(text):
            if match.start() > done:
                self._plain(text[done : match.start()], offset + done)
            run = match.group()
            done = match.end()
            rest = _DROPPED_ONE.sub("", run)
            if not rest or (run[0] == "\u00ad" and rest in ("\n", "\r\n", "\r")):
                continue
            if rest.isspace():
                self._set_space(rest, offset + match.start() + run.index(rest[0]))
            else:
                composed = unicodedata.normalize("NFC", run)
                for n, character in enumerate(composed):
                    self._emit(character, offset + match.start() + min(n, len(run) - 1))
        if done == 0:
            self._plain(text, offset)
        elif done < len(text):
            self._plain(text[done:], offset + done)

    def _plain(self, text: str, offset: int) -> None:
        """Text without irregular white space; a single space may still stand at either end."""
        if not text:
            return
        if text[0].isspace():
            self._set_space(text[0], offset)
            text, offset = text[1:], offset + 1
            if not text:
                return
        if text[-1].isspace():
            self._emit(text[:-1], offset)
            self._set_space(text[-1], offset + len(text) - 1)
        else:
            self._emit(text, offset)

    def _set_space(self, run: str, offset: int) -> None:
        if self._space is None and self.length > self._block_start:
            self._space = (run if run in ("\u00a0", "\u2007", "\u202f") else " ", offset)

    def _emit(self, text: str, offset: int) -> None:
        if self._space is not None:
            character, place = self._space
            self._space = None
            self._append(character, place)
        self._append(text, offset)

    def _append(self, text: str, offset: int) -> None:
        drift = offset - self.length
        if drift != self._drift or not self.visible:
            self.visible.append(self.length)
            self.source.append(offset)
            self._drift = drift
        self.chunks.append(text)
        self.length += len(text)


def _key(text: str) -> str:
    key = " ".join(_WORD.findall(_NUMBERING.sub("", text.casefold())))
    return _WE.sub("we", key) if "wij" in key else key


def _mark_contents(blocks: list[_Kept], text: str) -> None:
    """Make a run of short blocks near the top of which most come back as headings a table of contents."""
    head = blocks[:_CONTENTS_WITHIN]
    keys = [_key(text[b.start : b.end]) if b.end - b.start <= _SHORT else "" for b in head]
    wanted = set(keys)
    last_heading: dict[str, int] = {}
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and block.end - block.start <= _SHORT:
            key = keys[n] if n < len(keys) else _key(text[block.start : block.end])
            if key in wanted:
                last_heading[key] = n
    first = 0
    while first < len(head):
        last = first
        seen: set[str] = set()
        while last < len(head) and keys[last] and keys[last] not in seen and head[last].cell is None:
            seen.add(keys[last])
            last += 1
        coming_back = [n for n in range(first, last) if last_heading.get(keys[n], -1) >= last]
        if len(coming_back) >= 3 and len(coming_back) >= 0.6 * (coming_back[-1] - coming_back[0] + 1):
            for n in range(coming_back[0], coming_back[-1] + 1):
                head[n].kind = BlockKind.CONTENTS
        first = max(last, first + 1)


def _sections(blocks: list[_Kept], text: str) -> tuple[tuple[Section, ...], list[int]]:
    """The section tree, and for every block the section it stands in."""
    titles = [""]
    levels = [0]
    parents: list[int | None] = [None]
    starts = [0]
    ends = [len(text)]
    headings: list[int | None] = [None]
    open_sections = [0]
    homes: list[int] = []
    previous_end = 0
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            level = max(block.level, 1)
            while levels[open_sections[-1]] >= level:
                ends[open_sections.pop()] = previous_end
            parents.append(open_sections[-1])
            titles.append(text[block.start : block.end])
            levels.append(level)
            starts.append(block.start)
            ends.append(len(text))
            headings.append(n)
            open_sections.append(len(levels) - 1)
        homes.append(open_sections[-1])
        previous_end = block.end
    return tuple(map(Section, titles, levels, parents, starts, ends, headings)), homes


def _lead_ins(blocks: list[_Kept], text: str) -> list[int | None]:
    """For every block the one that introduces it."""
    result: list[int | None] = []
    items: list[tuple[int, int]] = []  # depth and index of the open items, outermost first
    list_lead: int | None = None
    for n, block in enumerate(blocks):
        before = blocks[n - 1] if n else None
        lead: int | None = None
        if block.kind is BlockKind.ITEM:
            if not items:
                list_lead = _list_lead(blocks, n, text, list_lead)
            while items and items[-1][0] >= block.depth:
                items.pop()
            lead = items[-1][1] if items else list_lead
            items.append((block.depth, n))
        elif block.kind is BlockKind.PARAGRAPH and block.depth and items:
            lead = next((index for depth, index in reversed(items) if depth <= block.depth), None)
        else:
            items = []
            if before is None:
                pass
            elif block.kind is BlockKind.CELL and before.kind is BlockKind.CELL:
                lead = result[n - 1]
            elif block.kind in (BlockKind.PARAGRAPH, BlockKind.CELL) and before.kind in (
                BlockKind.PARAGRAPH,
                BlockKind.ITEM,
            ):
                ending = text[before.end - 1]
                if ending == ":":
                    lead = n - 1
                elif before.kind is BlockKind.PARAGRAPH and not text[before.start : before.end].rstrip(
                    _CLOSERS
                ).endswith((".", "!", "?")):
                    # An enumeration without bullets: it goes on until a line closes like a sentence.
                    lead = result[n - 1]
        result.append(lead)
    return result


def _list_lead(blocks: list[_Kept], n: int, text: str, previous: int | None) -> int | None:
    """The paragraph before the list that starts at `n`; a list that a closed paragraph interrupts keeps its own."""
    if n == 0 or blocks[n - 1].kind is not BlockKind.PARAGRAPH:
        return None
    if n > 1 and blocks[n - 2].kind is BlockKind.ITEM and text[blocks[n - 1].end - 1] in ".!?":
        return previous
    return n - 1


def _headers(blocks: list[_Kept]) -> dict[int, tuple[int, ...]]:
    """For every data cell the header cell of its column and the first cell of its row."""
    result: dict[int, tuple[int, ...]] = {}
    columns: dict[tuple[int, int], int] = {}
    first_cells: dict[int, tuple[int, int]] = {}  # per table the last first cell, and the row up to which it counts
    for n, block in enumerate(blocks):
        cell = block.cell
        if cell is None or block.kind is not BlockKind.CELL:
            continue
        if cell.header:
            columns.update(((cell.table, column), n) for column in range(cell.column, cell.column + cell.columns))
            continue
        above = columns.get((cell.table, cell.column))
        found = [] if above is None else [above]
        if cell.column == 0:
            first_cells[cell.table] = (n, cell.row + cell.rows)
        else:
            before, until = first_cells.get(cell.table, (n, 0))
            if cell.row < until:
                found.append(before)
        result[n] = tuple(found)
    return result
