"""The reader for Word (.docx): the accepted text, as Word would print it, paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policylint.document import BlockKind
from policylint.errors import UserError
from policylint.reading.package import WORD, Package
from policylint.reading.paragraphs import (
    Cell,
    Paragraph,
    Reading,
    Run,
    add_letterhead,
    add_run,
    arrange,
    settle_table,
)
from policylint.reading.word_styles import Lists, Style, Styles
from policylint.reading.word_xml import (
    DROPPED,
    child,
    chosen_alternative,
    covered_rows,
    drawn,
    first_said,
    is_alternatives,
    is_contents_control,
    local_name,
    number,
    row_cells,
    switch,
    table_rows,
    value,
    word_name,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_FIELDS = 20
_DROPPED_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ODD_SPACE = re.compile(r"[\r\n\t]")
_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)


def read_docx(data: bytes) -> Reading:
    """The paragraphs of a Word file. Those of the body count as Word counts them: in order, table cells
    and empty ones included; text boxes, notes and letterheads follow.

    Raises `UserError`: the codes of `Package`, "unread-part" for parts of another format, "no-text" for
    a file whose text is in pictures.
    """
    package = Package(data, WORD)
    main = next(
        (
            target
            for kind, target, outside in package.relationships("").values()
            if kind == "officeDocument" and not outside
        ),
        "word/document.xml",
    )
    root = package.xml(main)
    body = child(root, "body")
    if word_name(root) != "document" or body is None:
        raise UserError(
            "damaged", "this is no Word document, whatever its name says", "Save the text as .docx in a word processor."
        )
    targets = package.relationships(main)
    parts = {kind: target for kind, target, outside in targets.values() if not outside}

    def part(kind: str) -> Element | None:
        name = parts.get(kind, "")
        return package.xml(name) if name in package else None

    styles = Styles(part("styles"))
    walk = _Walk(styles, Lists(part("numbering"), styles))
    walk.links = _links(targets)
    walk.story(body)
    walk.aside = True
    for kind, wanted in (("footnotes", walk.footnotes), ("endnotes", walk.endnotes)):
        notes = part(kind) if wanted else None
        if notes is not None:
            by_id = {value(note, "id"): note for note in notes}
            walk.links = _links(package.relationships(parts[kind]))
            for identity in dict.fromkeys(wanted):
                if by_id.get(identity) is not None:
                    walk.story(by_id[identity])
    heads = _Walk(styles, Lists(None, styles), aside=True)
    for kind, target, outside in targets.values():
        if kind in ("header", "footer") and not outside and target in package:
            heads.story(package.xml(target))
    add_letterhead(walk.paragraphs, heads.paragraphs)
    return arrange(walk.paragraphs, walk.pictures, walk.large_pictures)


def _links(targets: dict[str, tuple[str, str, bool]]) -> dict[str, str]:
    return {identity: target for identity, (_, target, outside) in targets.items() if outside}


@dataclass(slots=True)
class _Field:
    """A field as it is met: first its code, then the result that the reader sees."""

    code: str = ""
    shown: bool = False

    @property
    def name(self) -> str:
        return (self.code.split(maxsplit=1) or [""])[0].upper()


@dataclass(slots=True)
class _Walk:
    """Goes through a story (body, note, text box) and gathers its paragraphs."""

    styles: Styles
    lists: Lists
    links: dict[str, str] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    pictures: int = 0
    large_pictures: int = 0
    aside: bool = False
    contents: int = 0  # how many content controls with a table of contents are open
    tables: int = 0
    _fields: list[_Field] = field(default_factory=list)
    _target: str = ""
    _style: Style = field(default_factory=Style)
    _current: Paragraph = field(default_factory=Paragraph)
    _carried: list[Run] = field(default_factory=list)  # of paragraphs whose end was deleted
    _boxes: list[Element] = field(default_factory=list)
    _listed: list[Paragraph] = field(default_factory=list)  # made contents by the open field

    def story(self, element: Element) -> None:
        """All paragraphs of an element that holds paragraphs and tables."""
        outer = self._fields, self._carried, self._listed, self._target
        self._fields, self._carried, self._listed, self._target = [], [], [], ""
        self._blocks(element, within=False)
        if self._carried:
            self.paragraphs.append(Paragraph(self._carried, aside=self.aside))
        if any(field.name == "TOC" for field in self._fields):
            # A field that never ends would make contents of the whole policy.
            for paragraph in self._listed:
                paragraph.kind = None
        self._fields, self._carried, self._listed, self._target = outer

    def _blocks(self, element: Element, within: bool) -> None:
        """Paragraphs and tables in order; `within` a table the text boxes wait for its end."""
        for inner in element:
            name = word_name(inner)
            if name == "p":
                self._paragraph(inner)
            elif name == "tbl":
                self._table(inner)
            elif name == "sdt":
                listing = is_contents_control(inner)
                self.contents += listing
                content = child(inner, "sdtContent")
                if content is not None:
                    self._blocks(content, within)
                self.contents -= listing
            elif name in ("altChunk", "subDoc"):
                raise UserError(
                    "unread-part",
                    "this Word file takes in text from another file or format, which was not read",
                    "Open it in Word and save it again, so that all text is its own, and check that file.",
                )
            elif is_alternatives(inner):
                for chosen in chosen_alternative(inner):
                    self._blocks(chosen, within)
            elif name and name not in DROPPED:
                self._blocks(inner, within)
            if not within:
                self._text_boxes()

    def _text_boxes(self) -> None:
        aside = self.aside
        while self._boxes:
            boxes, self._boxes = self._boxes, []
            self.aside = True
            for box in boxes:
                self.story(box)
            self.aside = aside

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        identity = value(child(properties, "pStyle"))
        style = self._style = self.styles.paragraph(identity)
        paragraph = self._current = Paragraph(self._carried, aside=self.aside)
        self._carried = []
        self._inline(element)
        self._fields = [field for field in self._fields if field.shown]
        if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
            self._carried = paragraph.runs
            return
        self.paragraphs.append(paragraph)
        if style.contents or self.contents:
            paragraph.kind = BlockKind.CONTENTS
        elif any(field.name == "TOC" for field in self._fields):
            paragraph.kind = BlockKind.CONTENTS
            self._listed.append(paragraph)
        if paragraph.kind is not None:
            return
        outline = number(child(properties, "outlineLvl"))
        paragraph.level = style.level if outline is None else outline + 1 if 0 <= outline < 9 else 0
        own = child(properties, "numPr")
        list_id = value(child(own, "numId")) or style.list_id
        level = number(child(own, "ilvl"))
        place = self.lists.place(list_id, style.list_level if level is None else level, identity)
        if paragraph.level:
            paragraph.kind = BlockKind.HEADING
        elif place is not None:
            if place.bullet:
                paragraph.kind, paragraph.depth = BlockKind.ITEM, place.depth
            elif not place.label:
                paragraph.kind, paragraph.depth = BlockKind.PARAGRAPH, place.depth
            else:
                paragraph.number_as(place.label, place.depth)

    def _inline(self, element: Element) -> None:
        """Runs, and whatever holds runs, in order."""
        for inner in element:
            name = word_name(inner)
            if name == "r":
                self._run(inner)
            elif name == "hyperlink":
                outer = self._target
                identity = next((inner.get(key) for key in inner.attrib if str(key).endswith("relationships}id")), None)
                anchor = value(inner, "anchor")
                self._target = self.links.get(identity or "", "") or (f"#{anchor}" if anchor else outer)
                self._inline(inner)
                self._target = outer
            elif name == "fldSimple":
                self._fields.append(_Field(value(inner, "instr") or "", shown=True))
                self._inline(inner)
                self._fields.pop()
            elif is_alternatives(inner):
                for chosen in chosen_alternative(inner):
                    self._inline(chosen)
            elif local_name(inner) == "t":
                self._text(inner.text or "", False)  # a formula
            elif name not in DROPPED:
                self._inline(inner)

    def _run(self, element: Element) -> None:
        properties = child(element, "rPr")
        style = self.styles.style(value(child(properties, "rStyle")))
        hidden = first_said(switch(properties, "vanish"), style.hidden, self._style.hidden)
        bold = first_said(switch(properties, "b"), style.bold, self._style.bold)
        self._run_content(element, hidden, bold)

    def _run_content(self, element: Element, hidden: bool, bold: bool) -> None:
        for inner in element:
            name = word_name(inner)
            if name == "fldChar":
                self._field_sign(value(inner, "fldCharType"))
            elif name == "instrText":
                if self._fields and not self._fields[-1].shown:
                    self._fields[-1].code += (inner.text or "")[:500]
            elif hidden or name in DROPPED:
                continue
            elif name == "t":
                self._text(_ODD_SPACE.sub(" ", inner.text or ""), bold)
            elif name in _SIGNS:
                self._text(_SIGNS[name], bold)
            elif name == "sym":
                self._text(self._symbol(value(inner, "char") or ""), bold)
            elif name == "footnoteReference":
                self.footnotes.append(value(inner, "id") or "")
            elif name == "endnoteReference":
                self.endnotes.append(value(inner, "id") or "")
            elif is_alternatives(inner):
                for chosen in chosen_alternative(inner):
                    self._run_content(chosen, hidden, bold)
            elif name in ("drawing", "pict", "object"):
                self._drawing(inner)
            elif name == "ruby":
                base = child(inner, "rubyBase")
                if base is not None:
                    self._inline(base)

    def _text(self, text: str, bold: bool) -> None:
        if any(not field.shown or field.name in _DROPPED_FIELDS for field in self._fields):
            return
        target = self._target
        if not target:
            for outer in self._fields:
                address = _HYPERLINK.search(outer.code) if outer.name == "HYPERLINK" else None
                target = address[1] if address else target
        add_run(self._current.runs, Run(text, bold, target))

    def _field_sign(self, kind: str | None) -> None:
        if kind == "begin":
            # More than a few inside each other are no fields that end.
            self._fields = [*self._fields[-_MOST_FIELDS:], _Field()]
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.name == "TOC":
                self._listed = []

    def _symbol(self, code: str) -> str:
        """A character of a symbol font: a bullet where it opens the paragraph, else nothing one can read."""
        if not re.fullmatch(r"[0-9A-Fa-f]{4}", code):
            return ""
        point = int(code, 16)
        if point < 0xD800:
            return chr(point)
        return " " if self._current.text.strip() else "•"

    def _drawing(self, element: Element) -> None:
        """Text boxes are read after the paragraph that holds them; pictures are counted."""
        boxes, pictures, large = drawn(element)
        self._boxes += boxes
        self.pictures += pictures
        self.large_pictures += large

    def _table(self, element: Element) -> None:
        rows = [(row, list(row_cells(row))) for row in table_rows(element)]
        if all(len(cells) < 2 for _, cells in rows):
            # A frame around text, not a table.
            for _, cells in rows:
                for place in cells:
                    self._blocks(place.element, within=True)
            return
        table, self.tables = self.tables, self.tables + 1
        read: list[tuple[bool, list[Cell]]] = []
        covered = covered_rows([cells for _, cells in rows])
        for n, (row, cells) in enumerate(rows):
            inside = []
            for place in cells:
                first = len(self.paragraphs)
                self._blocks(place.element, within=True)
                self._end_cell()
                covers = covered.get((n, place.column), 1)
                inside.append(Cell(place.column, self.paragraphs[first:], place.columns, covers))
            read.append((bool(switch(child(row, "trPr"), "tblHeader")), inside))
        settle_table(table, read)

    def _end_cell(self) -> None:
        if self._carried:
            self.paragraphs.append(Paragraph(self._carried, aside=self.aside))
            self._carried = []
