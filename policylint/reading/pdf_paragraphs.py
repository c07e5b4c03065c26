"""From the lines of a PDF to paragraphs: line ends, hyphens and page borders undone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from policylint.document import BlockKind
from policylint.reading.assembly import Piece, PieceLink
from policylint.reading.layout import Line
from policylint.reading.pdf_layout import Run, Word
from policylint.reading.titles import MarkerKind, breaks_off, marker, title_like

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff]|[\U000f0000-\U0010ffff]")
# Old typesetting puts the dots of a diaeresis before their letter, as a sign of its own.
_DOTS = re.compile(r"\u00a8([aeiouAEIOU])")
_NOTE = re.compile(r"\(?\d{1,3}\)?|[*†‡]{1,3}")
_NOTE_OPENING = re.compile(r"\(?(\d{1,3}|[*†‡]{1,3})\)?(?:\s+|(?=[^\W\d]))")
_RAISED = 0.15
_SMALLER = 0.8
_STOPS = (".", "!", "?", ":", ";")
_ENDS = re.compile(r"[.!?:;][)\"'”’»]*$")
_HYPHENS = "-\u2010\u00ad"
_LAST_PART = re.compile(r"([^\W_]+(?:[-\u2010][^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_SUSPENDED = re.compile(r"(?:en|of|and|or|und|et|tot|to|resp)\b", re.IGNORECASE)
_KEEPS_HYPHEN = frozenset(
    "third opt non self co cross long short follow sign log up check double well real first two".split()
)
_CLOSING = (".", ",", ";", ":", ")")
_SHORT_WORDS = frozenset(
    "aan al als and any are as at be bij but by de die dit door een en er for from has het if in is it je met na niet "
    "no nog not of om on ons ook op or our out per te that the tot to uit us uw van via voor was wat we wie with wij "
    "you your ze zijn zo".split()
)
_LEADER = re.compile(r"(?:\s*\.){4,}|\s*…[.…\s]*|\s*_{4,}")
_PAGE_END = re.compile(r"(?:\s|\.|…|_)\s*\d{1,3}$")
_INDENT = 6.0
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as it stands in the source from `offset`; lengths in points.

    `right` is where its column ends, `first` the width of its first word, `leading` the usual distance of
    lines here. `links` are [start, end) with an address; `notes` are [start, end) of footnote numbers.
    """

    text: str
    offset: int
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    right: float
    column: int
    page: int
    first: float
    leading: float
    links: tuple[tuple[int, int, str], ...] = ()
    notes: tuple[tuple[int, int], ...] = ()

    @property
    def full(self) -> float:
        """How much room there is behind the last word."""
        return self.right - self.x1


def clean(word: Word, first: bool) -> str:
    """The text of a word: ligatures resolved, signs of symbol fonts that open a line made bullets."""
    text = word.text
    if word.missing and word.missing >= len(text):
        return "•" if first and len(text) == 1 else "\ufffd" * len(text)
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text):
        text = "•" if first and len(text) == 1 else _ODD.sub("", text)
    return _DOTS.sub("\\1\u0308", text.translate(_LIGATURES))


def text_line(run: Run, targets: tuple[str, ...], offset: int, page: int, leading: float, colour: int) -> TextLine:
    """The line that `run` makes in the source; other letters than in the text's own `colour` count as bold."""
    parts: list[str] = []
    links: list[tuple[int, int, str]] = []
    notes: list[tuple[int, int]] = []
    length = 0
    bold = letters = 0
    for n, word in enumerate(run.words):
        text = clean(word, n == 0)
        if parts and text:
            length += 1
        start = length
        length += len(text)
        if text:
            parts.append(text)
        raised = word.size < _SMALLER * run.size and word.base < run.base - _RAISED * run.size
        if raised and _NOTE.fullmatch(text):
            notes.append((start - 1 if n else start, length))
        if any(character.isalnum() for character in text):
            letters += len(text)
            bold += len(text) * word.bold
        if 0 <= word.link < len(targets) and text:
            target = targets[word.link]
            if links and links[-1][2] == target and links[-1][1] == start - 1:
                links[-1] = (links[-1][0], length, target)
            else:
                links.append((start, length, target))
    joined = " ".join(parts)
    links = [(start, end - _stops_behind(joined[start:end], target), target) for start, end, target in links]
    first = run.words[0].x1 - run.words[0].x0
    colours = {word.colour for word in run.words}
    emphasised = letters > 0 and (bold >= 0.95 * letters or (not links and len(colours) == 1 and colours != {colour}))
    return TextLine(
        joined,
        offset,
        run.x0,
        run.x1,
        run.base,
        run.size,
        emphasised,
        run.right,
        run.column,
        page,
        first,
        leading,
        tuple(links),
        tuple(notes),
    )


def _stops_behind(text: str, target: str) -> int:
    """How many signs at the end of a link's last word belong to the sentence around it."""
    return len(text) - len(text.rstrip(".,;:!?)")) if text[-1:] != target[-1:] else 0


def leadings(runs: Iterable[Run]) -> Mapping[float, float]:
    """For every size of letters on a page the distance of two lines of one paragraph."""
    steps: dict[float, Counter[float]] = {}
    for before, after in pairwise(runs):
        step = round(after.base - before.base, 1)
        if before.column == after.column and before.size == after.size and 0 < step < 2.5 * before.size:
            steps.setdefault(before.size, Counter())[step] += 1
    return {
        size: min(step for step, count in counts.items() if count >= 0.15 * counts.total())
        if any(count >= 0.15 * counts.total() for count in counts.values())
        else 1.2 * size
        for size, counts in steps.items()
    }


@dataclass(frozen=True, slots=True)
class Joiner:
    """Joins lines; `forms` counts the words of the document, to tell a hyphen from a broken word."""

    forms: Mapping[str, int]

    def pieces(self, lines: list[TextLine], cell: bool = False) -> tuple[tuple[Piece, ...], tuple[PieceLink, ...], str]:
        """The pieces, links and visible text of lines that belong together."""
        pieces: list[Piece] = []
        links: list[PieceLink] = []
        for n, line in enumerate(lines):
            stop = len(line.text)
            glue = " "
            if n + 1 < len(lines):
                cut, glue = self._seam(line.text, lines[n + 1].text)
                if cell and not cut and self._torn(line, lines[n + 1].text):
                    glue = ""
                stop -= cut
            cuts = sorted({0, stop, *(min(place, stop) for link in line.links for place in link[:2])})
            spans = list(pairwise(cuts)) or [(0, 0)]
            for start, end in spans:
                target = next((link[2] for link in line.links if link[0] <= start < link[1]), None)
                first = len(pieces)
                pieces.extend(_without(line, start, end))
                if target is not None:
                    if links and links[-1].last == first and links[-1].target == target:
                        links[-1] = PieceLink(links[-1].first, len(pieces), target)
                    else:
                        links.append(PieceLink(first, len(pieces), target))
            if glue and n + 1 < len(lines):
                last = pieces[-1]
                if last.offset + len(last.text) == line.offset + len(line.text):
                    pieces[-1] = Piece(last.text + glue, last.offset)
                else:
                    pieces.append(Piece(glue, line.offset + len(line.text)))
        return tuple(pieces), tuple(links), "".join(piece.text for piece in pieces).strip()

    def _torn(self, line: TextLine, after: str) -> bool:
        """Whether a narrow column tore a word in two without a hyphen."""
        if after[:1] in _CLOSING:
            return True
        head, tail = line.text.rsplit(" ", 1)[-1].casefold(), _FIRST_PART.match(after)
        if tail is None or not head.isalpha() or not after[0].islower():
            return False
        rest = tail.group().casefold()
        fills = " " not in line.text and line.right - line.x1 < 0.6 * line.size
        if self.forms.get(head + rest, 0):
            return fills or min(self.forms.get(head, 0), self.forms.get(rest, 0)) <= 1
        return fills and len(rest) <= 4 and rest not in _SHORT_WORDS

    def _seam(self, before: str, after: str) -> tuple[int, str]:
        """How many characters to cut at the end of a line, and what joins it to the next."""
        match = _LAST_PART.search(before[-60:])
        following = _FIRST_PART.match(after)
        if match is None or following is None:
            return (0, "") if before[-1:] == "/" and after[:1].islower() and "//" in before else (0, " ")
        if before[-1] == "\u00ad":
            return 1, ""
        head, tail = match[1], following.group()
        if _SUSPENDED.match(tail):
            return 0, " "
        joined, kept = (head + tail).casefold(), f"{head}-{tail}".casefold()
        if joined in self.forms:
            return 1, ""
        own = head.rsplit("-", 1)[-1]
        keeps = (
            kept in self.forms
            or not tail[0].islower()
            or len(own) == 1
            or own.isupper()
            or own[-1].isdigit()
            or own.casefold() in _KEEPS_HYPHEN
        )
        return (0, "") if keeps else (1, "")


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
            if n == len(notes) or _note_number(notes[n]):
                note = self._line(notes[start:n], True)
                yield replace(note, kind=BlockKind.PARAGRAPH, level=0)
                start = n

    def _joins(self, before: TextLine, line: TextLine) -> bool:
        if abs(before.size - line.size) > 0.07 * before.size + 0.3:
            return False
        if contents_title(before.text) or contents_title(line.text):
            return False
        first = self._open[0]
        sign = marker(line.text)
        stopped = bool(_ENDS.search(before.text[-6:]))
        off = before.text[-1:] in _HYPHENS or breaks_off(before.text)
        lower = line.text[:1].islower()
        if sign is not None and (
            sign.kind is MarkerKind.BULLET
            or (sign.dotted and not off)
            or (stopped and sign.kind is not MarkerKind.LETTER)
        ):
            return False
        fits = before.x1 + 0.2 * line.size + line.first < before.right - 0.1 * line.size
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
        if fits:
            title = (before.bold and line.bold) or round(line.size * 2) / 2 in self.levels
            return not stopped and ((lower and (off or title)) or before.text[-1] in _HYPHENS)
        hanging = marker(first.text) is not None
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


def word_forms(lines: Iterable[str]) -> Iterator[str]:
    """The words of lines that no line end can have broken, folded."""
    for line in lines:
        for match in _FIRST_PART.finditer(line):
            if match.end() < len(line.rstrip(_HYPHENS)):
                yield match.group().casefold()


def contents_title(text: str) -> int:
    """Length of the title in a line "title ...... 12" of a table of contents, 0 for other lines."""
    if len(text) > 250 or not text[-1:].isdigit():
        return 0
    leader = _LEADER.search(text)
    return len(text[: leader.start()].rstrip()) if leader and _PAGE_END.search(text[leader.start() :]) else 0


def footnotes_from(lines: list[TextLine], body: float) -> int:
    """Index of the first footnote among the lines of a page, their number if there is none."""
    marks = {line.text[start:end].strip(" ()") for line in lines for start, end in line.notes if start > 0}
    first = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        if lines[n].size > 0.93 * body:
            break
        if _note_number(lines[n]) in marks:
            first = n
    return first


def _note_number(line: TextLine) -> str:
    match = _NOTE_OPENING.match(line.text)
    return match[1] if match else ""


def _apart(before: TextLine, line: TextLine) -> bool:
    return line.base - before.base > 1.25 * (before.leading or 1.2 * before.size) + 0.5


def _without(line: TextLine, start: int, end: int) -> Iterator[Piece]:
    """The pieces of [start, end) of a line that are no footnote numbers; at least one, to keep count."""
    place = start
    found = False
    for first, last in (note for note in line.notes if start <= note[0] < end):
        if first > place:
            yield Piece(line.text[place:first], line.offset + place)
            found = True
        place = last
    if place < end or not found:
        yield Piece(line.text[place:end], line.offset + min(place, end))
