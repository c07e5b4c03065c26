"""HTML in a text: what is not visible is blanked, what is visible becomes lines with their structure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policylint.document import BlockKind
from policylint.reading.assembly import CellPlace, Piece, PieceLink
from policylint.reading.layout import Line

_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?/?)>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&(?:amp|nbsp|lt|gt|quot)\b"
)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|title|template)(?:\s[^<>]*)?>", re.IGNORECASE)
_KNOWN = re.compile(r"</(?:p|li|ul|ol|div|h[1-6]|td|strong|b)>", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"address|article|aside|blockquote|body|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
    r"form|header|hr|html|main|nav|option|p|pre|section|summary|select|tbody|tfoot|thead"
)
_ENDING = 40
_SLOT_TAG = re.compile(
    r"(?:uw|jouw|your|insert|invullen|naam|name|bedrijfs?(?:naam)?|company|organisatie\w*|organisation\w*|stichting|vereniging|"
    r"school|praktijk|adres|straat|plaats|postcode|telefoon\w*|phone|datum|date|website|url|email\w*|contact\w*|"
    r"bewaartermijn|termijn|period|country|handelsnaam)"
)
"""Names of tags that are no HTML and that a template leaves for the writer to fill in: `<bedrijfsnaam>`."""
_LETTER = re.compile(r"[^\W\d_]")


def blank(text: str, start: int, end: int) -> str:
    """`text[start:end]` as white space of the same length, line breaks kept."""
    return re.sub(r"[^\r\n]", " ", text[start:end])


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with the ascending, disjoint `spans` as white space, so that offsets stay."""
    parts = []
    done = 0
    for start, end in spans:
        if start >= done:
            parts += [text[done:start], blank(text, start, end)]
            done = end
    return "".join([*parts, text[done:]])


def spans_between(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """The spans from each `opening` to its `closing`; an opening that is never closed stays visible."""
    spans = []
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        spans.append((start, end + len(closing)))
        start = text.find(opening, end + len(closing))
    return spans


def without_hidden(text: str) -> str:
    """`text` with HTML comments, scripts and styles blanked."""
    if "<" not in text:
        return text
    text = blanked(text, spans_between(text, "<!--", "-->"))
    lower = text.lower() if len(text.lower()) == len(text) else text
    spans: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    done = 0
    for match in _HIDDEN.finditer(text):
        name = match[1].lower()
        if match.start() < done or name in unclosed:
            continue
        end = lower.find(f"</{name}", match.end())
        if end < 0:
            unclosed.add(name)
            continue
        closed = lower.find(">", end)
        done = closed + 1 if closed >= 0 else len(text)
        spans.append((match.start(), done))
    return blanked(text, spans)


def is_markup(source: str) -> bool:
    """Whether a text is full of HTML tags."""
    if source.find("</") < 0:
        return False
    for tags, _ in enumerate(_KNOWN.finditer(source), start=1):
        if tags >= 5 and tags * 2000 > min(len(source), 20000):
            return True
    return False


def markup_lines(source: str) -> Iterator[Line]:
    """The lines of a text that is full of HTML."""
    builder = LineBuilder()
    builder.html(without_hidden(source), 0)
    builder.flush()
    yield from builder.lines


@dataclass(slots=True)
class LineBuilder:
    """Gathers pieces into lines; a border of a block, in Markdown or HTML, ends a line."""

    lines: list[Line] = field(default_factory=list)
    depth: int = 0
    marker: str = ""
    indent: int = 0
    _pieces: list[Piece] = field(default_factory=list)
    _links: list[PieceLink] = field(default_factory=list)
    _kind: BlockKind | None = None
    _level: int = 0
    _cell: CellPlace | None = None
    _gap: bool = True
    _bold: int = 0
    _all_bold: bool = True
    _link: tuple[int, str] | None = None
    _has_text: bool = False
    _table: int = -1
    _row: int = -1
    _column: int = 0

    def begin(self, kind: BlockKind | None, level: int = 0, gap: bool = True) -> None:
        """End the line before and start one of this kind."""
        self.flush()
        self._kind, self._level, self._gap, self._bold = kind, level, gap, 0

    @property
    def open_kind(self) -> BlockKind | None:
        """Kind of the line that is being gathered."""
        return self._kind

    @property
    def bold_so_far(self) -> bool:
        """Whether all text of the open line is emphasised and the emphasis has ended."""
        return self._all_bold and not self._bold and bool(self._pieces)

    @property
    def has_text(self) -> bool:
        """Whether visible text stands on the open line."""
        return self._has_text

    @property
    def ending(self) -> str:
        """The last words of the open line."""
        tail = ""
        for piece in reversed(self._pieces):
            tail = piece.text[-_ENDING:] + tail
            if len(tail.strip()) >= _ENDING:
                break
        return tail.strip()

    @property
    def last_offset(self) -> int:
        """Where the last piece of the open line stands."""
        return self._pieces[-1].offset if self._pieces else 0

    def flush(self) -> None:
        """End the line; the next one is of no kind."""
        if self._has_text:
            text = "".join([text for text, _ in self._pieces])
            if self._link is not None:
                self.link_end()
            self.lines.append(
                Line(
                    text=" ".join(text.split()),
                    pieces=tuple(self._pieces),
                    gap=self._gap,
                    kind=self._kind,
                    bold=self._all_bold,
                    level=self._level,
                    depth=self.depth,
                    indent=self.indent,
                    cell=self._cell,
                    links=tuple(self._links),
                    marker=self.marker,
                )
            )
        self._pieces, self._links = [], []
        self._kind, self._level, self._cell, self._gap, self._all_bold = None, 0, None, True, True
        self._link, self.marker, self.indent = None, "", 0
        self._has_text = False

    def break_line(self) -> None:
        """A visible line break: a new line in running text, a space elsewhere."""
        if self._kind is None and not self.depth:
            self.flush()
            self._gap = False

    def text(self, text: str, offset: int) -> None:
        """Visible text that stands at `offset` in the source."""
        if text:
            self._pieces.append(Piece(text, offset))
            self._has_text = self._has_text or not text.isspace()
            if self._bold == 0 and _LETTER.search(text):
                self._all_bold = False

    def bold(self, change: int) -> None:
        """Emphasis begins (1) or ends (-1)."""
        self._bold = max(self._bold + change, 0)

    def link_start(self, target: str) -> None:
        """The text from here on leads to `target`."""
        self._link = (len(self._pieces), target)

    def link_end(self, filled_in: bool = False) -> None:
        """The link ends here; one without a target is none if a generator fills it in."""
        if self._link is not None and (self._link[1] or not filled_in) and len(self._pieces) > self._link[0]:
            self._links.append(PieceLink(self._link[0], len(self._pieces), self._link[1]))
        self._link = None

    def table_start(self) -> None:
        """A table begins."""
        self.flush()
        self._table += 1
        self._row = -1

    def row_start(self) -> None:
        """A row of a table begins."""
        self.flush()
        if self._table < 0:
            self._table = 0
        self._row += 1
        self._column = 0

    def cell_start(self, header: bool) -> None:
        """A cell begins."""
        self.begin(BlockKind.CELL)
        self._cell = CellPlace(max(self._table, 0), max(self._row, 0), self._column, header)
        self._column += 1

    def cell_at(self, place: CellPlace) -> None:
        """Text of the cell at `place` begins."""
        self.begin(BlockKind.CELL)
        self._cell = place

    def html(self, source: str, offset: int) -> None:
        """Text with HTML tags and entities; `source[0]` stands at `offset`."""
        done = 0
        for match in _TAG.finditer(source):
            self.text(source[done : match.start()], offset + done)
            done = match.end()
            if match[2] is None:
                for character in html.unescape(match.group()):
                    self.text(character, offset + match.start())
            elif not match[1] and "=" not in match[3] and _SLOT_TAG.fullmatch(match[2].lower()):
                self.text(match.group(), offset + match.start())
            else:
                self._tag(match[2].lower(), bool(match[1]), match[3])
        self.text(source[done:], offset + done)

    def _tag(self, name: str, closing: bool, attributes: str) -> None:
        if name in ("b", "strong"):
            self.bold(-1 if closing else 1)
        elif name == "a":
            self.link_end()
            href = None if closing else _HREF.search(attributes)
            if href:
                self.link_start(html.unescape(href[1] or href[2] or href[3] or ""))
        elif name == "br":
            self.break_line()
            self.text(" ", self._pieces[-1].offset if self._pieces else 0)
        elif name in ("ul", "ol"):
            self.flush()
            self.depth = max(self.depth + (-1 if closing else 1), 0)
        elif len(name) == 2 and name[0] == "h" and name[1] in "123456":
            self.begin(None if closing else BlockKind.HEADING, 0 if closing else int(name[1]))
        elif name == "table":
            self.flush() if closing else self.table_start()
        elif name == "tr":
            self.flush() if closing else self.row_start()
        elif name in ("td", "th"):
            self.flush() if closing else self.cell_start(name == "th")
        elif name == "li":
            if closing:
                self.flush()
            else:
                self.depth = max(self.depth, 1)
                self.begin(BlockKind.ITEM)
        elif _BLOCK_TAG.fullmatch(name) and (self._kind is None or "".join(p.text for p in self._pieces).strip()):
            # A paragraph inside a fresh item or cell is that item or cell.
            self.flush()
