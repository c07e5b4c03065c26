"""From the lines of a PDF to paragraphs: which lines belong together, over columns and pages too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policylint.document import BlockKind
from policylint.reading.assembly import Piece
from policylint.reading.layout import Line
from policylint.reading.pdf_lines import TextLine, contents_title, note_number
from policylint.reading.pdf_seams import HYPHENS, Joiner
from policylint.reading.titles import Marker, MarkerKind, breaks_off, marker, title_like

_ENDS = re.compile(r"[.!?:;][)\"'”’»]*$")
_LETTERED = re.compile(r"\(?([a-z0-9])\)\s")
_INDENT = 6.0
_LONGEST_HEADING = 200


@dataclass(slots=True)
class Paragraphs:
    """Gathers lines into paragraphs as they come; `levels` gives sizes of letters the rank of their headings."""

    levels: Mapping[float, int]
    joiner: Joiner
    _open: list[TextLine] = field(default_factory=list)
    _gap: bool = True
    _notes: list[TextLine] = field(default_factory=list)

    def add(self, line: TextLine) -> Iterator[Line]:
        """Take in the next line; what it closes comes out."""
        if self._open and not self._joins(self._open[-1], line):
            before = self._open[-1]
            yield from self.close()
            self._gap = before.page != line.page or before.column != line.column or _apart(before, line)
        self._open.append(line)

    def set_aside(self, notes: list[TextLine]) -> None:
        """Footnotes: they come after the paragraph that their page breaks off."""
        self._notes += notes

    def close(self) -> Iterator[Line]:
        """The paragraph in hand, and footnotes that waited for its end."""
        lines, self._open = self._open, []
        if lines:
            yield self._line(lines, self._gap)
        self._gap = True
        notes, self._notes = self._notes, []
        start = 0
        for n in range(1, len(notes) + 1):
            if n == len(notes) or note_number(notes[n]):
                note = self._line(notes[start:n], True)
                yield note._replace(kind=BlockKind.PARAGRAPH, level=0)
                start = n

    def _joins(self, before: TextLine, line: TextLine) -> bool:
        if abs(before.size - line.size) > 0.07 * before.size + 0.3:
            return False
        if contents_title(before.text) or contents_title(line.text):
            return False
        first = self._open[0]
        sign = marker(line.text)
        stopped = bool(_ENDS.search(before.text[-6:]))
        off = before.text[-1:] in HYPHENS or breaks_off(before.text)
        lower = line.text[:1].islower()
        fits = before.x1 + 0.2 * line.size + line.first < before.right - 0.1 * line.size
        if sign is not None and (
            sign.kind is MarkerKind.BULLET
            or (sign.dotted and not off and (fits or stopped or not _refers(line.text, sign)))
            or (stopped and sign.kind is not MarkerKind.LETTER)
            or _counts_on(first, line)
        ):
            return False
        if before.bold != line.bold and (fits or stopped or (before.bold and len(self._open) == 1 and not off)):
            return False
        if before.page != line.page or before.column != line.column:
            if (
                before.page == line.page
                and line.base > before.base
                and not _apart(before, line)
                and lower
                and not stopped
            ):
                return True
            return not stopped and (lower or off) and not (fits and title_like(before.text))
        if line.base <= before.base or _apart(before, line):
            return False
        if before.text.endswith(":") and not lower:
            return False
        hanging = marker(first.text) is not None
        if fits:
            if hanging and lower and not stopped and line.x0 > first.x0 + _INDENT:
                # An address that could not be broken made the line before it short.
                return True
            title = (before.bold and line.bold) or round(line.size * 2) / 2 in self.levels
            return not stopped and ((lower and (off or title)) or before.text[-1] in HYPHENS)
        if len(self._open) == 1:
            # Lines that hang behind a marker or a first line that is indented.
            return line.x0 >= before.x0 - 4 * line.size and (hanging or line.x0 <= before.x0 + _INDENT or not stopped)
        if hanging and line.x0 < before.x0 - _INDENT:
            return False
        return line.x0 <= before.x0 + _INDENT or not stopped

    def _line(self, lines: list[TextLine], gap: bool) -> Line:
        first = lines[0]
        end = contents_title(first.text)
        if len(lines) == 1 and end:
            return Line(first.text[:end], (Piece(first.text[:end], first.offset),), gap, BlockKind.CONTENTS)
        pieces, links, text = self.joiner.pieces(lines)
        level = self.levels.get(round(first.size * 2) / 2, 0)
        sign = marker(text)
        bullet = sign is not None and sign.kind is MarkerKind.BULLET
        heading = level > 0 and not bullet and 1 < len(text) <= _LONGEST_HEADING and text[-1] not in ".,;"
        bold = all(line.bold for line in lines)
        indent = round(first.x0 / 4)
        if heading:
            return Line(text, pieces, gap, BlockKind.HEADING, bold, level, indent=indent, links=links)
        return Line(text, pieces, gap, bold=bold, indent=indent, links=links)


def _refers(text: str, sign: Marker) -> bool:
    """Whether what looks like a marker may be the end of a reference: "as defined in / Article 2.1 of this policy"."""
    if sign.kind is MarkerKind.ARTICLE:
        return text[sign.length : sign.length + 1].islower()
    numbers = sign.kind is MarkerKind.NUMBER and sign.depth > 1
    return numbers and text[: sign.length].rstrip()[-1].isdigit() and text[sign.length :][:1].islower()


def _counts_on(first: TextLine, line: TextLine) -> bool:
    """Whether a line opens the item after the one that `first` opens: b) below a)."""
    before, after = _LETTERED.match(first.text), _LETTERED.match(line.text)
    return (
        before is not None
        and after is not None
        and ord(after[1]) == ord(before[1]) + 1
        and abs(line.x0 - first.x0) < _INDENT
    )


def _apart(before: TextLine, line: TextLine) -> bool:
    return line.base - before.base > 1.25 * (before.leading or 1.2 * before.size) + 0.5
