"""The reader for web pages: the tree that a browser makes becomes lines with their structure and their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from policylint.document import BlockKind
from policylint.errors import UserError
from policylint.reading.assembly import CellPlace, Piece, RawBlock
from policylint.reading.layout import blocks_of, settled
from policylint.reading.markup import LineBuilder
from policylint.reading.page import Element, End, Page, read_page
from policylint.reading.page_parts import BLOCKS, Parts, find_policy, is_disclosure, may_hold_text
from policylint.reading.page_tables import TableForm, span, table_form
from policylint.reading.templates import visible_page
from policylint.reading.thresholds import CAPTION
from policylint.reading.titles import breaks_off, question, title_like

_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_COLUMNS = 100
_EVENTS_AHEAD = 50
_CLOSING = tuple(".:;!?")


class PageText(NamedTuple):
    """The blocks of a page, the share of its visible text that was left out, and the pictures that may hold text."""

    blocks: Iterator[RawBlock]
    left_out: float
    pictures: int


def read_html(source: str) -> PageText:
    """The blocks of the policy in a web page, or in a part of one.

    Raises `UserError` "no-text" if the policy can only stand in its pictures.
    """
    page = read_page(visible_page(source))
    parts = find_policy(page)
    walk = _Walk(page, parts)
    walk.run()
    lines = walk.builder.lines
    if walk.pictures and sum(len(line.text) for line in lines) < CAPTION:
        raise UserError(
            "no-text",
            f"the text of this page is in its pictures ({walk.pictures}), where it cannot be read",
            "Run text recognition (OCR) on the pictures and check the text that it gives.",
        )
    return PageText(blocks_of(settled(lines)), parts.share, walk.unnamed_pictures)


@dataclass(slots=True)
class _Within:
    """A list item, term, definition or cell that is being read."""

    element: Element
    depth: int = 0
    numbered: bool = False
    cell: CellPlace | None = None
    first_line: int = -1  # index of the line that it began with, -1 before its text begins


@dataclass(slots=True)
class _Table:
    """A table that is being read; `taken` counts the rows that a cell above still fills, by column."""

    number: int
    form: TableForm
    row: int = -1
    column: int = 0
    header_row: bool = False
    taken: dict[int, int] = field(default_factory=dict)

    def next_row(self, header: bool) -> None:
        """A row begins."""
        self.row += 1
        self.column = 0
        self.header_row = header
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}

    def place(self, element: Element) -> CellPlace:
        """Where the next cell of the row stands; it may fill more columns and rows."""
        while self.column in self.taken:
            self.column += 1
        place = CellPlace(self.number, max(self.row, 0), self.column, self.header_row)
        width, rows = span(element.get("colspan")), span(element.get("rowspan"))
        if rows > 1 and self.column < _COLUMNS:
            self.taken |= {self.column + n: rows for n in range(width)}
        self.column += width
        return place


class _Walk:
    """Goes through the events of a page and feeds a `LineBuilder`."""

    def __init__(self, page: Page, parts: Parts) -> None:
        self.page = page
        self.parts = parts
        self.builder = LineBuilder()
        self.within: list[_Within] = []
        self.lists: list[Element] = []
        self.items_of: list[list[int]] = []  # the lines that the items of each open list begin with
        self.tables: list[_Table] = []
        self.number_of_tables = 0
        self.heading: Element | None = None
        self.bold = 0
        self.link = ""
        self.pre = 0
        self.pictures = 0
        self.unnamed_pictures = 0
        self.questions = False  # whether the terms of this definition list are questions

    def run(self) -> None:
        events = self.page.events
        n = 0
        while n < len(events):
            event = events[n]
            if isinstance(event, Piece):
                self._text(event)
            elif isinstance(event, End):
                self._close(event.element)
            elif not event.shown or event in self.parts.left_out:
                n = event.closed
                if event.tag in BLOCKS:
                    self._border()
            elif event.tag == "br":
                n = event.closed
                self._line_break(n)
            else:
                self._open(event)
            n += 1
        self.builder.flush()

    def _flush(self) -> None:
        """End the line; the one that an item begins with is a title if text of its own follows it there."""
        builder = self.builder
        item = self.within[-1] if self.within else None
        if builder.has_text and item is not None and item.cell is None:
            if item.first_line < 0:
                item.first_line = len(builder.lines)
            elif item.first_line == len(builder.lines) - 1:
                first = builder.lines[item.first_line]
                if first.kind is BlockKind.ITEM and (first.bold or item.numbered) and _is_title(first.text):
                    self._make_title(item.first_line)
        builder.flush()

    def _make_title(self, index: int) -> None:
        self.builder.lines[index] = self.builder.lines[index]._replace(kind=None, bold=True, depth=0)

    def _border(self) -> None:
        """A block begins or ends here; what the next line is depends on what it stands in."""
        builder = self.builder
        if self.heading is not None:
            builder.text(" ", builder.last_offset)
            return
        self._flush()
        within = self.within[-1] if self.within else None
        builder.depth = within.depth if within is not None else 0
        if within is None:
            builder.begin(None)
        elif within.cell is not None:
            builder.cell_at(within.cell)
        else:
            builder.begin(BlockKind.ITEM if within.first_line < 0 else BlockKind.PARAGRAPH)
        builder.bold(self.bold)
        self._resume_link()

    def _resume_link(self) -> None:
        if self.link:
            self.builder.link_start(self.link)

    def _open(self, element: Element) -> None:
        tag = element.tag
        if _is_block(element):
            self._border()
        if _is_bold(element):
            self.bold += 1
            self.builder.bold(1)
        level = _heading_level(element)
        if level and self.heading is None and not self._in_cell:
            self._border()
            self.builder.depth = 0
            self.builder.begin(BlockKind.HEADING, level)
            self._resume_link()
            self.heading = element
        elif tag in ("ul", "ol", "dl"):
            self.lists.append(element)
            self.items_of.append([])
        elif tag in ("li", "dt", "dd"):
            self._open_item(element)
        elif tag == "table":
            self.tables.append(_Table(self.number_of_tables, table_form(self.page, element)))
            self.number_of_tables += 1
        elif tag == "tr" and self.tables:
            self.tables[-1].next_row(element in self.tables[-1].form.header_rows)
        elif tag in ("td", "th") and self.tables and self.tables[-1].form.data:
            self.within.append(_Within(element, cell=self.tables[-1].place(element)))
            self._border()
        elif tag == "img" and may_hold_text(element):
            self.pictures += 1
            self.unnamed_pictures += not element.get("alt").strip()
        elif tag == "pre":
            self.pre += 1
        elif tag == "a" and not is_disclosure(element):
            self.link = self._target(element)
            self.builder.link_end()
            self._resume_link()

    def _close(self, element: Element) -> None:
        tag = element.tag
        if element is self.heading:
            self.heading = None
            self._border()
        elif _is_block(element):
            self._border()
        if _is_bold(element):
            self.bold -= 1
            self.builder.bold(-1)
        if self.within and self.within[-1].element is element:
            self._close_item()
        elif self.lists and self.lists[-1] is element:
            self.lists.pop()
            self.questions = False
            self._close_list(element)
        elif tag == "table" and self.tables:
            self.tables.pop()
        elif tag == "pre":
            self.pre -= 1
        elif tag == "a":
            self.link = ""
            self.builder.link_end()

    @property
    def _in_cell(self) -> bool:
        return bool(self.within) and self.within[-1].cell is not None

    def _open_item(self, element: Element) -> None:
        if self._in_cell or (element.tag == "dd" and self.questions):
            # A list in a cell is the cell's text; an answer needs no mark below its question.
            return
        depth = max(len(self.lists), 1) + (element.tag == "dd")
        numbered = depth == 1 and bool(self.lists) and self.lists[-1].tag == "ol"
        self.within.append(_Within(element, depth, numbered))
        self._border()

    def _close_item(self) -> None:
        item = self.within.pop()
        if self.items_of:
            self.items_of[-1].append(item.first_line)
        lines = self.builder.lines
        if item.element.tag == "dt" and 0 <= item.first_line < len(lines) and question(lines[item.first_line].text):
            self._make_title(item.first_line)
            self.questions = True
        self._border()

    def _close_list(self, element: Element) -> None:
        """A numbered list of one short item between other text is a numbered title."""
        lines = self.builder.lines
        items = self.items_of.pop()
        alone = element.tag == "ol" and not self.lists and lines and items == [len(lines) - 1]
        if alone and lines[-1].kind is BlockKind.ITEM and _is_title(lines[-1].text):
            self._make_title(len(lines) - 1)

    def _target(self, element: Element) -> str:
        """Where a link leads; one to nowhere on the page itself is a button."""
        href = element.get("href").strip()
        return "" if href.startswith("#") and href[1:] not in self.page.anchors else href

    def _text(self, piece: Piece) -> None:
        if not self.pre or self.heading is not None:
            self.builder.text(piece.text, piece.offset)
            return
        place = 0
        lines = piece.text.split("\n")
        for number, line in enumerate(lines):
            if number > 1 and not lines[number - 1].strip() and line.strip():
                self._border()
            elif number:
                self._break(line)
                self.builder.text("\n", piece.offset + place - 1)
            if not self.builder.has_text:
                self.builder.indent = len(line) - len(line.lstrip())
            self.builder.text(line, piece.offset + place)
            place += len(line) + 1

    def _line_break(self, n: int) -> None:
        following = ""
        for event in self.page.events[n + 1 : n + 1 + _EVENTS_AHEAD]:
            if isinstance(event, Piece):
                if not event.text.isspace():
                    following = event.text.lstrip()
                    break
            elif (event.element if isinstance(event, End) else event).tag in BLOCKS:
                break
        self._break(following)

    def _break(self, following: str) -> None:
        """A visible line break before `following`: a new line unless it falls within a sentence."""
        builder = self.builder
        if self.heading is not None:
            builder.text(" ", builder.last_offset)
            return
        if not builder.has_text:
            self._border()
            return
        ending = builder.ending
        closed = ending[-1:] in _CLOSING or builder.bold_so_far
        if breaks_off(ending) or (following[:1].islower() and not closed):
            builder.text(" ", builder.last_offset)
        elif self.within and closed:
            self._border()
        elif self.within:
            builder.text(" ", builder.last_offset)
        else:
            builder.break_line()
            self._resume_link()


def _is_block(element: Element) -> bool:
    return element.tag in BLOCKS or (element.tag == "button" and is_disclosure(element))


def _is_bold(element: Element) -> bool:
    if element.tag in ("b", "strong", "summary"):
        return True
    if not element.attributes:
        return False
    return bool(_BOLD_STYLE.search(element.get("style"))) or is_disclosure(element)


def _heading_level(element: Element) -> int:
    if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1] in "123456":
        return int(element.tag[1])
    if element.get("role") == "heading":
        level = element.get("aria-level")
        return int(level) if level in tuple("123456") else 2
    return 0


def _is_title(text: str) -> bool:
    plain = text.rstrip(":").rstrip()
    return bool(plain) and (title_like(plain) or question(plain))
