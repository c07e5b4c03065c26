"""The text of an open document, and positions in it as editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Text:
    """The text of a document; lines end as the protocol says, and `codec` knows the units of the editor's columns."""

    source: str
    codec: PositionCodec = field(default_factory=PositionCodec)

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line starts."""
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.source))]

    @cached_property
    def newline(self) -> str:
        """How the lines of this text end."""
        match = _LINE_BREAK.search(self.source)
        return match[0] if match else "\n"

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its line break."""
        number = bisect_right(self.starts, offset)
        end = self.starts[number] if number < len(self.starts) else len(self.source)
        return len(self.source[self.line_start(offset) : end].rstrip("\r\n")) + self.line_start(offset)

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column from 1, in code points; the nearest one where the text has no such place."""
        start = self.starts[min(max(line, 1), len(self.starts)) - 1]
        return min(start + max(column, 1) - 1, self.line_end(start))

    def position(self, offset: int) -> Position:
        """An offset as the editor counts."""
        number = bisect_right(self.starts, offset) - 1
        return Position(number, self.codec.client_num_units(self.source[self.starts[number] : offset]))

    def range(self, start: int, end: int) -> Range:
        """The characters [start, end) as the editor counts."""
        return Range(self.position(start), self.position(end))
