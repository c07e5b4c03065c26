"""The reader for OpenDocument text (.odt): paragraphs in order, as a word processor would print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policylint.document import BlockKind
from policylint.errors import UserError
from policylint.reading.open_styles import OpenStyles, attribute, open_name, whole_number
from policylint.reading.package import OPENDOCUMENT, Package, encrypted
from policylint.reading.paragraphs import (
    Cell,
    Paragraph,
    Reading,
    Run,
    add_letterhead,
    add_run,
    arrange,
    length_in_cm,
    settle_table,
)
from policylint.reading.thresholds import PAGE_SIZED

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WHITE = re.compile(r"[ \t\r\n]+")
_INDEXES = frozenset(
    f"text:{name}"
    for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "user-index")
)
_DROPPED = frozenset(
    [
        "text:tracked-changes",
        "office:annotation",
        "office:annotation-end",
        "office:forms",
        "text:page-number",
        "text:page-count",
        "text:note-citation",
        "text:ruby-text",
        "text:script",
        "text:sequence-decls",
        "text:variable-decls",
        "text:user-field-decls",
        "svg:title",
        "svg:desc",
        "table:covered-table-cell",
    ]
)
_SHAPES = frozenset(["draw:custom-shape", "draw:rect", "draw:ellipse", "draw:text-box", "draw:caption", "draw:circle"])
_MOST_SPACES = 100
_MOST_COLUMNS = 1000


def read_odt(data: bytes) -> Reading:
    """The paragraphs of an OpenDocument text, table cells and empty ones included; text boxes, notes and
    letterheads are numbered after the body.

    Raises `UserError`: the codes of `Package`, "encrypted", "no-text", "unsupported-format" for another document.
    """
    package = Package(data, OPENDOCUMENT)
    manifest = "META-INF/manifest.xml"
    if "encrypted-package" in package or (manifest in package and b"encryption-data" in package.bytes(manifest)):
        raise encrypted(OPENDOCUMENT)
    content = package.xml("content.xml")
    common = package.xml("styles.xml") if "styles.xml" in package else None
    body = next((inner for inner in content if open_name(inner) == "office:body"), None)
    text = next((inner for inner in body if open_name(inner) == "office:text"), None) if body is not None else None
    if text is None:
        raise UserError(
            "unsupported-format",
            "this OpenDocument file is no text (a spreadsheet or a presentation)",
            "Save the text of the policy as .odt or .docx and check that file.",
        )
    walk = _Walk(OpenStyles([root for root in (common, content) if root is not None]))
    walk.blocks(text)
    walk.aside = True
    notes, walk.notes = walk.notes, []
    for note in notes:
        walk.blocks(note)
    heads = _Walk(walk.styles, aside=True)
    for element in _headers_and_footers(common):
        heads.blocks(element)
    add_letterhead(walk.paragraphs, heads.paragraphs)
    return arrange(walk.paragraphs, walk.pictures, walk.large_pictures)


def _headers_and_footers(common: Element | None) -> Iterator[Element]:
    for part in common if common is not None else ():
        if open_name(part) == "office:master-styles":
            for page in part:
                yield from (inner for inner in page if open_name(inner).startswith(("style:header", "style:footer")))


@dataclass(slots=True)
class _Walk:
    """Goes through the text and gathers its paragraphs."""

    styles: OpenStyles
    aside: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    pictures: int = 0
    large_pictures: int = 0
    tables: int = 0
    _contents: int = 0  # how many indexes are open
    _boxes: list[Element] = field(default_factory=list)
    _counters: dict[tuple[str, int], int] = field(default_factory=dict)
    _runs: list[Run] = field(default_factory=list)

    def blocks(self, element: Element, depth: int = 0, within: bool = False) -> None:
        """Paragraphs, lists and tables in order; `within` a table the text boxes wait for its end."""
        for inner in element:
            name = open_name(inner)
            if name in ("text:p", "text:h"):
                self._paragraph(inner, depth, item=False)
            elif name == "text:list":
                self._list(inner, depth, "", within)
            elif name == "table:table":
                self._table(inner)
            elif name in _INDEXES:
                self._contents += 1
                for part in inner:
                    if open_name(part) == "text:index-body":
                        self.blocks(part, depth, within)
                self._contents -= 1
            elif name == "text:section":
                if attribute(inner, "text:display") != "none":
                    self.blocks(inner, depth, within)
            elif name.startswith("draw:"):
                self._drawing(inner)
            elif name and name not in _DROPPED:
                self.blocks(inner, depth, within)
            if not within:
                self._text_boxes()

    def _text_boxes(self) -> None:
        aside = self.aside
        while self._boxes:
            boxes, self._boxes = self._boxes, []
            self.aside = True
            for box in boxes:
                self.blocks(box)
            self.aside = aside

    def _list(self, element: Element, depth: int, style: str, within: bool) -> None:
        style = attribute(element, "text:style-name") or style
        level = self.styles.list_level(style, depth + 1)
        key = (style, depth)
        if attribute(element, "text:continue-numbering") != "true" and not attribute(element, "text:continue-list"):
            self._counters.pop(key, None)
        for item in element:
            if open_name(item) not in ("text:list-item", "text:list-header"):
                continue
            first = open_name(item) == "text:list-item"
            for inner in item:
                name = open_name(inner)
                if name in ("text:p", "text:h"):
                    label = ""
                    if first:
                        self._count(key, attribute(item, "text:start-value"), level.start)
                        label = self.styles.label(style, depth + 1, self._shown_counts(style, depth))
                    self._paragraph(inner, depth + 1, item=first, label=label, bullet=level.bullet)
                    first = False
                elif name == "text:list":
                    self._list(inner, depth + 1, style, within)
                elif name == "table:table":
                    self._table(inner)
                elif name == "text:section":
                    self.blocks(inner, depth + 1, within)
            if not within:
                self._text_boxes()

    def _count(self, key: tuple[str, int], again: str | None, start: int) -> None:
        self._counters[key] = whole_number(again, self._counters.get(key, start - 1) + 1)

    def _shown_counts(self, style: str, depth: int) -> list[int]:
        return [self._counters.get((style, level), 1) for level in range(depth + 1)]

    def _paragraph(self, element: Element, depth: int, item: bool, label: str = "", bullet: bool = True) -> None:
        identity = attribute(element, "text:style-name") or ""
        style = self.styles.style("paragraph", identity)
        self._runs = []
        self._inline(element, style.bold is True, style.hidden is True, "")
        paragraph = Paragraph(self._runs, aside=self.aside)
        self.paragraphs.append(paragraph)
        if self._contents or style.contents:
            paragraph.kind = BlockKind.CONTENTS
        elif open_name(element) == "text:h" and attribute(element, "text:is-list-header") != "true":
            level = whole_number(attribute(element, "text:outline-level"), style.level or 1)
            paragraph.kind, paragraph.level = BlockKind.HEADING, min(max(level, 1), 9)
        elif style.level:
            paragraph.kind, paragraph.level = BlockKind.HEADING, style.level
        elif depth and item and bullet:
            paragraph.kind, paragraph.depth = BlockKind.ITEM, depth
        elif depth and item and label:
            paragraph.number_as(label, depth)
        elif depth:
            paragraph.kind, paragraph.depth = BlockKind.PARAGRAPH, depth

    def _inline(self, element: Element, bold: bool, hidden: bool, target: str) -> None:
        """The text of an element and what stands in it."""
        self._text(element.text, bold, hidden, target)
        for inner in element:
            self._inline_child(inner, open_name(inner), bold, hidden, target)
            self._text(inner.tail, bold, hidden, target)

    def _inline_child(self, inner: Element, name: str, bold: bool, hidden: bool, target: str) -> None:
        if name == "text:span":
            style = self.styles.style("text", attribute(inner, "text:style-name") or "")
            self._inline(
                inner,
                bold if style.bold is None else style.bold,
                hidden if style.hidden is None else style.hidden,
                target,
            )
        elif name == "text:a":
            self._inline(inner, bold, hidden, attribute(inner, "xlink:href") or target)
        elif name == "text:s":
            if not hidden:
                self._put(" " * min(whole_number(attribute(inner, "text:c"), 1), _MOST_SPACES), bold, target)
        elif name == "text:tab":
            self._text("\t", bold, hidden, target)
        elif name == "text:line-break":
            self._put("\n", bold, target)
        elif name == "text:note":
            self.notes += [part for part in inner if open_name(part) == "text:note-body" and not hidden]
        elif name in ("text:hidden-text", "text:hidden-paragraph"):
            shown = attribute(inner, "text:is-hidden") == "false"
            self._inline(inner, bold, hidden or not shown, target)
        elif name == "draw:a":
            for drawn in inner:
                self._drawing(drawn)
        elif name.startswith("draw:"):
            if not hidden:
                self._drawing(inner)
        elif name not in _DROPPED:
            self._inline(inner, bold, hidden, target)

    def _text(self, text: str | None, bold: bool, hidden: bool, target: str) -> None:
        if text and not hidden:
            self._put(_WHITE.sub(" ", text), bold, target)

    def _put(self, text: str, bold: bool, target: str) -> None:
        add_run(self._runs, Run(text, bold, target))

    def _drawing(self, element: Element) -> None:
        """Text boxes and shapes with text wait for the end of the paragraph; pictures are counted."""
        stack = [(element, 0.0)]
        while stack:
            current, size = stack.pop()
            name = open_name(current)
            if name in _SHAPES:
                self._boxes.append(current)
                continue
            if name == "draw:frame":
                width, height = attribute(current, "svg:width"), attribute(current, "svg:height")
                size = min(length_in_cm(width), length_in_cm(height))
            elif name in ("draw:image", "draw:object"):
                self.pictures += 1
                self.large_pictures += size >= PAGE_SIZED
            inner = list(current)
            if name == "draw:frame" and any(open_name(one) in ("draw:image", "draw:object") for one in inner):
                inner = inner[:1]  # the others are the same picture in other formats
            stack.extend((one, size) for one in reversed(inner))

    def _table(self, element: Element) -> None:
        rows = list(_rows(element, False))
        if all(len(cells) < 2 for _, cells in rows):
            # A frame around text, not a table.
            for _, cells in rows:
                for _, cell in cells:
                    self.blocks(cell, within=True)
            return
        table, self.tables = self.tables, self.tables + 1
        read: list[tuple[bool, list[Cell]]] = []
        for header, cells in rows:
            inside = []
            for column, cell in cells:
                first = len(self.paragraphs)
                self.blocks(cell, within=True)
                columns = whole_number(attribute(cell, "table:number-columns-spanned"), 1)
                covers = whole_number(attribute(cell, "table:number-rows-spanned"), 1)
                inside.append(Cell(column, self.paragraphs[first:], columns, covers))
            read.append((header, inside))
        settle_table(table, read)


def _rows(element: Element, header: bool) -> Iterator[tuple[bool, list[tuple[int, Element]]]]:
    """The rows, each with whether it repeats on every page, and its cells with their column."""
    for inner in element:
        name = open_name(inner)
        if name == "table:table-row":
            cells = []
            column = 0
            for cell in inner:
                if open_name(cell) == "table:table-cell":
                    cells.append((column, cell))
                if open_name(cell) in ("table:table-cell", "table:covered-table-cell"):
                    column += min(whole_number(attribute(cell, "table:number-columns-repeated"), 1), _MOST_COLUMNS)
            yield header, cells
        elif name in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows(inner, header or name == "table:table-header-rows")
