"""Tables of a PDF as they grow over pages: headers that are repeated, rows that a page breaks off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policylint.document import BlockKind
from policylint.reading.assembly import CellPlace
from policylint.reading.layout import Line
from policylint.reading.pdf_lines import TextLine
from policylint.reading.pdf_seams import Joiner

Row = list[list[TextLine]]

_LONGEST_HEADER = 40
_NO_HEADER = re.compile(r"\d|\.$")
_STOPS = (".", "!", "?", ":", ";")


@dataclass(slots=True)
class Tables:
    """The table in hand: for every row, for every column, the lines of the cell."""

    joiner: Joiner
    count: int = 0
    _rows: list[Row] = field(default_factory=list)

    def add(self, rows: list[Row]) -> Iterator[Line]:
        """Take in a table, or the rest of the one that the page before broke off."""
        if not self._goes_on(rows):
            yield from self.close()
            self._rows = rows
            return
        if len(rows) > 1 and _texts(rows[0]) == _texts(self._rows[0]):
            rows = rows[1:]
        if _breaks_off(self._rows[-1], rows[0]):
            self._rows[-1] = [before + after for before, after in zip(self._rows[-1], rows[0], strict=True)]
            rows = rows[1:]
        self._rows += rows

    def close(self) -> Iterator[Line]:
        """The cells of the table in hand, row by row."""
        rows, self._rows = self._rows, []
        if not rows:
            return
        self.count += 1
        header = all(len(text) <= _LONGEST_HEADER and not _NO_HEADER.search(text) for text in _texts(rows[0]))
        for number, row in enumerate(rows):
            for column, lines in enumerate(row):
                if lines:
                    pieces, links, text = self.joiner.pieces(lines, cell=True)
                    place = CellPlace(self.count, number, column, header and number == 0)
                    yield Line(text, pieces, kind=BlockKind.CELL, cell=place, links=links)

    def _goes_on(self, rows: list[Row]) -> bool:
        """Whether `rows` stand on top of the next page, in the same columns."""
        if not self._rows or len(rows[0]) != len(self._rows[-1]):
            return False
        last = max(line.page for cell in self._rows[-1] for line in cell)
        first = min(line.page for cell in rows[0] for line in cell)
        return first == last + 1


def _texts(row: Row) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row]


def _breaks_off(before: Row, after: Row) -> bool:
    """Whether the row on top of a page is the rest of the row before: no cell of it begins anew."""
    pairs = [(upper, lower) for upper, lower in zip(before, after, strict=True) if lower]
    return bool(pairs) and all(
        upper and not upper[-1].text.endswith(_STOPS) and not lower[0].text[:1].isupper() for upper, lower in pairs
    )
