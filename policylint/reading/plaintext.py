"""The reader for plain text: lines, soft wraps, page furniture and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from policylint.document import BlockKind
from policylint.reading.assembly import CellPlace, Piece, RawBlock
from policylint.reading.layout import Line, blocks_of
from policylint.reading.markup import is_markup, markup_lines
from policylint.reading.titles import MarkerKind, breaks_off, capitals, marker, title_like

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_PAGE = re.compile(
    r"(?:[-–]\s*)?\d{1,3}(?:\s*[-–])?|(?:page|pagina|pag\.|blz\.?|p\.)\s*\d{1,3}(?:\s*(?:of|van|/)\s*\d{1,3})?|"
    r"\d{1,3}\s*(?:/|of|van)\s*\d{1,3}",
    re.IGNORECASE,
)
_FURNITURE = re.compile(r"\b(?:page|pagina|pag\.|blz\.?)\s*\d{1,3}\s*(?:of|van|/)\s*\d{1,3}\b", re.IGNORECASE)
_DECORATION = re.compile(r"[-=_*~#+·.–—|\s]{3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")
_PAGE_AT_END = re.compile(r"\d{1,3}$")
_BARS = re.compile(r"\|")
_TABS = re.compile(r"\t+")
_COLUMNS = re.compile(r"\s{3,}")
_RULE_ROW = re.compile(r"[|\s:+-]{3,}")
_STOPS = (".", "!", "?", ":", ";")
_WRAP_MIN = 60


@dataclass(frozen=True, slots=True)
class _Physical:
    """A line of the file: [start, end) without outer white space, `stop` with its line break."""

    text: str
    start: int
    end: int
    stop: int
    indent: int
    gap: bool


def read_text(source: str) -> Iterator[RawBlock]:
    """The blocks of a plain text; text full of HTML tags is read as markup."""
    return blocks_of(markup_lines(source) if is_markup(source) else _logical_lines(source))


def _physical_lines(source: str) -> list[_Physical]:
    lines: list[_Physical] = []
    gap = True
    for match in _LINE.finditer(source):
        raw = match.group()
        text = raw.strip(" \t\r\n\f\v\u00a0\ufeff\u200b")
        if not text:
            gap = True
            continue
        indent = raw.index(text[0])
        start = match.start() + indent
        lines.append(_Physical(text, start, start + len(text), match.end(), indent, gap))
        gap = False
    return lines


def _without_page_numbers(lines: list[_Physical]) -> list[_Physical]:
    """Drop bare page numbers that count on, and running heads that say which page it is."""
    pages: list[tuple[int, int]] = []
    dropped: set[int] = set()
    for n, line in enumerate(lines):
        if len(line.text) <= 20 and _PAGE.fullmatch(line.text):
            digits = re.search(r"\d+", line.text)
            pages.append((n, int(digits[0]) if digits else 0))
            if line.text[0].isalpha():
                dropped.add(n)
        elif len(line.text) <= 120 and _FURNITURE.search(line.text):
            dropped.add(n)
    for (n, number), (m, following) in pairwise(pages):
        if following == number + 1 and m - n > 3:
            dropped.update((n, m))
    if not dropped or len(dropped) == len(lines):
        return lines
    return [line for n, line in enumerate(lines) if n not in dropped]


def _without_running_heads(lines: list[_Physical]) -> list[_Physical]:
    """Drop the repetitions of lines that stand on top of every page: somewhere they cut a sentence in two."""
    counts = Counter(line.text for line in lines if len(line.text) <= 120)
    repeated = {text for text, count in counts.items() if count >= 3}
    cutting: set[str] = set()
    before: _Physical | None = None
    between: list[str] = []
    for line in lines:
        if line.text in repeated and (line.gap or between):
            between.append(line.text)
            continue
        if between and before is not None and line.text[0].islower() and not before.text.endswith(_STOPS):
            cutting.update(between)
        between = []
        before = line
    seen: set[str] = set()
    kept = []
    for line in lines:
        if line.text not in cutting or line.text not in seen:
            kept.append(line)
        seen.add(line.text)
    return kept


def _wrap_width(lines: list[_Physical]) -> int:
    """The width at which the file is hard-wrapped, 0 if it is not."""
    wrapped = sorted(
        len(line.text)
        for line, following in pairwise(lines)
        if not following.gap and not line.text.endswith(_STOPS) and following.text[0].islower() and len(line.text) >= 40
    )
    if len(wrapped) < 3 or len(wrapped) < 0.1 * len(lines):
        return 0
    width = wrapped[int(len(wrapped) * 0.9)]
    longer = sum(len(line.text) > 1.25 * width for line in lines)
    return width if width <= 200 and longer <= 0.03 * len(lines) + 1 else 0


def _logical_lines(source: str) -> Iterator[Line]:
    lines = _without_page_numbers(_physical_lines(source))
    width = _wrap_width(lines)
    if width:
        lines = _without_running_heads(lines)
    n = 0
    tables = 0
    while n < len(lines):
        rows = _table_rows(lines, n)
        if rows:
            yield from _cells(lines[n : n + len(rows)], rows, tables)
            tables += 1
            n += len(rows)
            continue
        first = lines[n]
        if _DECORATION.fullmatch(first.text) and not first.text.strip("-=_*~#+·–—| ."):
            n += 1
            continue
        end = _contents_title(first.text)
        if end and any(_contents_title(line.text) for line in (*lines[max(n - 1, 0) : n], *lines[n + 1 : n + 2])):
            yield Line(first.text[:end], (Piece(first.text[:end], first.start),), first.gap, BlockKind.CONTENTS)
            n += 1
            continue
        if n + 1 < len(lines) and _underlined(first, lines[n + 1]):
            level = 1 if lines[n + 1].text[0] == "=" else 2
            yield Line(first.text, (Piece(first.text, first.start),), first.gap, BlockKind.HEADING, level=level)
            n += 2
            continue
        last = n
        while last + 1 < len(lines) and _joins(lines[last], lines[last + 1], width, last == n):
            last += 1
        yield _joined(source, lines[n : last + 1])
        n = last + 1


def _joined(source: str, lines: list[_Physical]) -> Line:
    first = lines[0]
    if len(lines) == 1:
        return Line(first.text, (Piece(first.text, first.start),), first.gap, indent=first.indent)
    pieces = tuple(Piece(source[line.start : line.stop], line.start) for line in lines)
    return Line(" ".join(line.text for line in lines), pieces, first.gap, indent=first.indent)


def _underlined(line: _Physical, following: _Physical) -> bool:
    return (
        not following.gap
        and _UNDERLINE.fullmatch(following.text) is not None
        and len(line.text) <= 100
        and not line.text.endswith((".", ";", ","))
    )


def _joins(line: _Physical, following: _Physical, width: int, first: bool) -> bool:
    """Whether `following` goes on with the sentence that `line` broke off at the margin."""
    if first and line.text in "•·▪●◦‣➢►■□○∙⁃-–—*":
        return True
    if line.text.endswith(_STOPS) and not (width and not line.text.endswith(":") and _full(line, following, width)):
        return False
    sign = marker(following.text)
    if sign is not None and (
        sign.kind is MarkerKind.BULLET or line.text.endswith(_STOPS) or (not breaks_off(line.text) and sign.dotted)
    ):
        return False
    if line.text.endswith(_STOPS) and title_like(following.text) and len(following.text) < 0.75 * width:
        return False
    lower = following.text[0].islower()
    open_end = breaks_off(line.text)
    if following.gap:
        return lower and open_end and len(line.text) >= _WRAP_MIN
    if capitals(line.text) != capitals(following.text) and not open_end:
        return False
    if width and _full(line, following, width):
        return lower or open_end or not (first and title_like(line.text) and len(line.text) < 0.75 * width)
    return len(line.text) >= 40 and (open_end or (lower and (width > 0 or len(line.text) >= _WRAP_MIN)))


def _full(line: _Physical, following: _Physical, width: int) -> bool:
    """Whether the next word would hardly have fitted on the line."""
    word = len(following.text.split(maxsplit=1)[0][:40])
    return len(line.text) + 1 + word >= 0.9 * width


def _contents_title(text: str) -> int:
    """Length of the title in a line "title ...... 12" of a table of contents, 0 for other lines."""
    page = _PAGE_AT_END.search(text[-4:]) if len(text) <= 150 else None
    if page is None:
        return 0
    head = text[: len(text) - len(page.group())]
    title = head.rstrip(" .…\t\u00a0")
    leader = head[len(title) :]
    return len(title) if leader.count(".") >= 3 or "…" in leader or "\t" in leader or len(leader) >= 3 else 0


def _split_row(text: str) -> list[tuple[int, str]]:
    """Cells of a row with their offsets in it; one cell if the line is no row."""
    if len(text) > 2000:
        return [(0, text)]
    if text.count("|") >= 2 or " | " in text:
        pattern = _BARS
    elif "\t" in text:
        pattern = _TABS
    else:
        pattern = _COLUMNS
    cells = []
    start = 0
    for match in [*pattern.finditer(text), None]:
        end = match.start() if match else len(text)
        cells.append((start, text[start:end]))
        start = match.end() if match else end
    if pattern is _BARS:
        if not cells[0][1].strip():
            cells = cells[1:]
        if len(cells) > 1 and not cells[-1][1].strip():
            cells = cells[:-1]
    return cells


def _table_rows(lines: list[_Physical], n: int) -> list[list[tuple[int, str]]]:
    """The rows of the table that starts at line `n`; empty if none does."""
    if not _may_be_row(lines[n].text):
        return []
    first = _split_row(lines[n].text)
    if len(first) < 2 or _contents_title(lines[n].text):
        return []
    sign = marker(lines[n].text)
    if sign is not None and len(first) == 2 and not lines[n].text[: first[1][0]].strip()[sign.length :]:
        return []  # a list marker and its item
    rows = [first]
    for line in lines[n + 1 : n + 2000]:
        if line.gap and "|" not in line.text:
            break
        cells = _split_row(line.text)
        if len(cells) != len(first) and not _RULE_ROW.fullmatch(line.text):
            break
        rows.append(cells)
    needed = 2 if "|" in lines[n].text or "\t" in lines[n].text else 3
    return rows if len(rows) >= needed else []


def _may_be_row(text: str) -> bool:
    return "|" in text or "\t" in text or "   " in text


def _cells(lines: list[_Physical], rows: list[list[tuple[int, str]]], table: int) -> Iterator[Line]:
    header = all(len(cell.strip()) <= 40 and not re.search(r"\d|\.$", cell.strip()) for _, cell in rows[0])
    number = 0
    for line, row in zip(lines, rows, strict=True):
        if _RULE_ROW.fullmatch(line.text):
            continue
        for column, (start, cell) in enumerate(row):
            place = CellPlace(table, number, column, header and number == 0)
            yield Line(cell, (Piece(cell, line.start + start),), kind=BlockKind.CELL, cell=place)
        number += 1
