"""From lines to blocks where the format does not say what a line is: headings, list items, paragraphs."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from policylint.document import BlockKind
from policylint.reading.assembly import CellPlace, Piece, PieceLink, RawBlock
from policylint.reading.titles import (
    Marker,
    MarkerKind,
    capitals,
    marker,
    numbered_title,
    one_phrase,
    question,
    sentence,
    title_like,
)

# A sentence that speaks of what was just listed, so that the line before it ends a list.
_POINTS_BACK = re.compile(r"(?:deze|dit|die|dat|these|this|those|such|hiermee|daarmee)\b", re.IGNORECASE)
_DATA_LINE = re.compile(r"\w: \S|\b(?:19|20)\d\d\b")
_AHEAD = 3
LONGEST_HEADING = 120
_BARE_COLON_WORDS = 6
_NUMBERED_COLON_WORDS = 6


class Line(NamedTuple):
    """A line, soft wraps joined. `kind` is None where the format leaves it open.

    `text` is what to judge it by, `gap` whether white space or a block border stands before it,
    `bold` whether all of it is emphasised, `level` a heading's level, `depth` and `indent` its lists.
    `marker` is the sign of an item where the format keeps it apart from the text.
    `unwritten` characters at the start of `text` are in no piece: a number that the word processor counts.
    """

    text: str
    pieces: tuple[Piece, ...]
    gap: bool = True
    kind: BlockKind | None = None
    bold: bool = False
    level: int = 0
    depth: int = 0
    indent: int = 0
    cell: CellPlace | None = None
    links: tuple[PieceLink, ...] = ()
    marker: str = ""
    unwritten: int = 0


def blocks_of(lines: Iterable[Line]) -> Iterator[RawBlock]:
    """Judge each line by what stands before and after it."""
    reading = _Reading()
    window: deque[Line] = deque()
    for line in lines:
        window.append(line)
        if len(window) > _AHEAD:
            current = window.popleft()
            yield reading.block(current, tuple(window))
    while window:
        current = window.popleft()
        yield reading.block(current, tuple(window))


def settled(lines: Iterable[Line]) -> Iterator[Line]:
    """Take back headings that are sentences; an empty heading's text stands on the line below."""
    for line in lines:
        if line.kind is BlockKind.HEADING and (
            len(line.text) > LONGEST_HEADING or (line.text.endswith(".") and line.text.count(" ") > 5)
        ):
            yield Line(line.text, line.pieces, line.gap, BlockKind.PARAGRAPH, depth=line.depth, links=line.links)
        elif line.links and line.links[0].target.startswith("#") and _is_one_link(line):
            yield Line(line.text, line.pieces, line.gap, BlockKind.CONTENTS, depth=line.depth)
        else:
            yield line


def _is_one_link(line: Line) -> bool:
    linked = "".join(piece.text for link in line.links for piece in line.pieces[link.first : link.last])
    most = len(linked.split()) >= len(line.text.split()) - 1 and 2 * len(linked) > len(line.text)
    return most and line.kind not in (BlockKind.HEADING, BlockKind.CELL)


@dataclass(slots=True)
class _Reading:
    """What has been read so far, as far as the next line's meaning depends on it."""

    kind: BlockKind | None = None
    text: str = ""
    marker: Marker | None = None
    indent: int = 0
    explicit: int = 0  # level of the last heading that the format marks, less the depth of its number
    anchor: int = 0  # level of the last heading with a rank of its own: marked, numbered or in capitals
    first_rank: str = ""  # the first sort of heading below the title ranks above the others
    enumerating: bool = False  # within short lines that a line ending in a colon introduced
    lists: tuple[tuple[MarkerKind, int], ...] = ()

    def block(self, line: Line, after: tuple[Line, ...]) -> RawBlock:
        kind, level, depth, cut = line.kind, line.level, line.depth, 0
        sign = None
        if kind is None:
            sign = marker(line.text)
            level = self._heading_level(line, sign, after)
            if level:
                kind = BlockKind.HEADING
            elif line.depth or (sign is not None and _is_item(sign)):
                kind = BlockKind.ITEM
                cut = sign.length if sign is not None and _is_item(sign) else 0
                depth = line.depth or (self._list_depth(line, sign) if sign is not None else 1)
            else:
                kind = BlockKind.PARAGRAPH
        elif kind is BlockKind.HEADING:
            self.anchor = level
            sign = marker(line.text)
            # A marked heading "2. Cookies" leaves room for 2.1 right below it.
            own_depth = sign.depth if sign is not None and sign.kind in (MarkerKind.NUMBER, MarkerKind.ARTICLE) else 0
            self.explicit = max(level - own_depth, 0)
        if kind is not BlockKind.ITEM:
            self.lists = ()
        if line.text.endswith(":"):
            self.enumerating = True
        elif kind is not BlockKind.PARAGRAPH or sentence(line.text):
            self.enumerating = False
        self.kind, self.text, self.marker, self.indent = kind, line.text, sign, line.indent
        printed = line.marker or line.text[:cut].rstrip()
        pieces = _cut(line.pieces, max(cut - line.unwritten, 0))
        return RawBlock(kind, pieces, level, depth, line.cell, line.links, printed)

    def _heading_level(self, line: Line, sign: Marker | None, after: tuple[Line, ...]) -> int:
        """The level of the heading that `line` is, 0 if it is none."""
        if not after or (after[0].kind is BlockKind.HEADING and not line.bold):
            return 0
        text = line.text
        if sign is not None and sign.kind in (MarkerKind.NUMBER, MarkerKind.ARTICLE):
            if not self._numbered_heading(line, sign, after):
                return 0
            self.first_rank = self.first_rank or "number"
            below = self.first_rank == "capitals" or (self.first_rank == "plain" and not self.explicit)
            self.anchor = (self.explicit or 1) + sign.depth + below
            return self.anchor
        if sign is not None and sign.kind is MarkerKind.BULLET:
            return 0
        if len(text) > 130 or (self.text.endswith((":", ",", ";")) and not line.bold):
            return 0
        if sign is not None:
            rest = text[sign.length :]
            lettered = text[0].isupper() and title_like(rest) and self._introduces(line, after)
            return max(self.anchor, 1) + 2 if lettered else 0
        if capitals(text.rstrip(":")) and (line.gap or self._closed()):
            if self.kind is None and not self.explicit:
                return 1
            if self.first_rank in ("number", "plain"):
                return self._plain_level()
            self.first_rank = "capitals"
            self.anchor = (self.explicit or 1) + 1
            return self.anchor
        if line.bold:
            plain = text.rstrip(":").rstrip()
            # What a line announces ("the following data:") stands below that line, titled or not.
            below = self.text.endswith(":") and self.kind is BlockKind.PARAGRAPH
            return self._plain_level() + below if plain and (title_like(plain) or question(plain)) else 0
        if question(text):
            ends = not question(after[0].text) and (line.gap or self._closed())
            return self._plain_level() if ends else 0
        if text.endswith(":"):
            if not _colon_title(line, after):
                return 0
        elif not title_like(text) or not self._introduces(line, after):
            return 0
        if self.kind is None and not self.anchor:
            return 1
        return self._plain_level()

    def _plain_level(self) -> int:
        self.first_rank = self.first_rank or "plain"
        if self.first_rank == "plain" and not self.explicit:
            return 2
        return max(self.anchor, 1) + 1

    def _closed(self) -> bool:
        """Whether what stood before ended: a heading, an item, a sentence."""
        return self.kind in (None, BlockKind.HEADING, BlockKind.ITEM, BlockKind.CELL) or self.text.endswith(
            (".", "!", "?", ")")
        )

    def _numbered_heading(self, line: Line, sign: Marker, after: tuple[Line, ...]) -> bool:
        rest = line.text[sign.length :]
        if sign.kind is MarkerKind.ARTICLE:
            return not rest or (numbered_title(rest) and rest[0].isupper())
        if not rest or (not rest[0].isupper() and not rest[0].isdigit()):
            return False
        if not numbered_title(rest) and not (line.bold and _long_title(rest)):
            return False
        following = marker(after[0].text)
        if not sign.dotted and not (
            title_like(rest) and (line.gap or self._closed()) and (following is None or following.depth > 1)
        ):
            return False
        if rest.endswith(":") and rest.count(" ") >= _NUMBERED_COLON_WORDS:
            return False
        in_list = self.kind is BlockKind.ITEM and self.indent == line.indent
        if in_list and self.marker is not None and _follows(self.marker, sign):
            return False
        if self.text.endswith((":", ",", ";")) and self.kind is not BlockKind.HEADING and sign.depth == 1:
            return False
        return following is None or after[0].indent != line.indent or not _follows(sign, following)

    def _introduces(self, line: Line, after: tuple[Line, ...]) -> bool:
        """Whether running text (or a list) follows the short line, and no run of short lines."""
        if not line.gap and not self._closed():
            return False
        following = after[0]
        if following.kind in (BlockKind.ITEM, BlockKind.CELL):
            return following.kind is BlockKind.ITEM
        if sentence(following.text) and marker(following.text) is None:
            listed = following.text.endswith(";") or _POINTS_BACK.match(following.text)
            return not (self.enumerating and listed)
        if marker(following.text) is not None:
            return True
        if self.enumerating:
            return False
        if self.kind is None and _DATA_LINE.search(following.text):
            return True
        alone = self.kind is None or (line.gap and following.gap)
        return alone and title_like(following.text) and len(after) > 1 and sentence(after[1].text)

    def _list_depth(self, line: Line, sign: Marker) -> int:
        """Depth of an item by indent and sort of marker: a new sort nests below one it can belong to."""
        key = (sign.kind, line.indent)
        kinds = [kind for kind, _ in self.lists]
        if self.lists and self.kind is BlockKind.ITEM:
            deeper = line.indent > self.lists[-1][1] + 1
            new_sort = sign.kind not in kinds and (self.text.endswith(":") or sign.kind is MarkerKind.BULLET)
            if deeper or new_sort:
                self.lists = (*self.lists[:8], key)
            else:
                while len(self.lists) > 1 and (
                    line.indent < self.lists[-1][1] - 1 or (self.lists[-1][0] is not sign.kind and sign.kind in kinds)
                ):
                    self.lists = self.lists[:-1]
                    kinds = [kind for kind, _ in self.lists]
        else:
            self.lists = (key,)
        return len(self.lists)


def _long_title(text: str) -> bool:
    return len(text) <= 200 and text[-1] not in ".,;:" and one_phrase(text)


def _is_item(sign: Marker) -> bool:
    if sign.kind is MarkerKind.NUMBER:
        # 1.2 before a sentence numbers a clause of the text, and a bare number belongs to its sentence.
        return sign.depth == 1 and sign.dotted
    return sign.kind is not MarkerKind.ARTICLE


def _follows(sign: Marker, following: Marker) -> bool:
    """Whether two adjacent markers count on in one list; Markdown lets a list repeat `1.`"""
    return (
        sign.kind is following.kind is MarkerKind.NUMBER
        and sign.depth == following.depth
        and following.value in (sign.value, sign.value + 1)
    )


def _colon_title(line: Line, after: tuple[Line, ...]) -> bool:
    """Whether a short line that ends in a colon is a title and not the lead-in of what follows."""
    plain = line.text[:-1].rstrip()
    following = after[0]
    return (
        line.gap
        and title_like(plain)
        and plain.count(" ") < _BARE_COLON_WORDS
        and following.gap
        and following.kind in (None, BlockKind.PARAGRAPH)
        and following.text[:1].isupper()
        and marker(following.text) is None
        and following.text[-1] in ".!?"
        and len(following.text) > 2 * len(plain)
        and not plain.lower().endswith(
            (" voor", " om", " for", " to", " door", " van", " met", " of", " by", " are", " zijn")
        )
    )


def _cut(pieces: tuple[Piece, ...], length: int) -> tuple[Piece, ...]:
    """`pieces` without the first `length` characters, white space before them not counted."""
    if not length:
        return pieces
    result = []
    started = False
    for text, offset in pieces:
        drop = 0
        if not started:
            drop = len(text) - len(text.lstrip())
            started = drop < len(text)
        if started and length:
            taken = min(length, len(text) - drop)
            drop += taken
            length -= taken
        result.append(Piece(text[drop:], offset + drop))
    return tuple(result)
