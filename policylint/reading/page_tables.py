"""Tables of a web page: which hold data and which only lay out the page, and which rows are headers."""

from __future__ import annotations

from dataclasses import dataclass

from policylint.reading.assembly import Piece
from policylint.reading.page import Element, End, Page

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LONGEST_CELL = 2000
_WIDEST = 100


@dataclass(frozen=True, slots=True)
class TableForm:
    """Whether the cells of a table are data, and its rows that are headers of the columns."""

    data: bool
    header_rows: frozenset[Element] = frozenset()


@dataclass(slots=True)
class _Row:
    element: Element
    in_head: bool
    cells: int = 0
    headers: int = 0
    plain: bool = False  # whether text stands in it that is not bold

    @property
    def is_header(self) -> bool:
        return self.cells > 0 and (self.in_head or self.headers == self.cells)


def table_form(page: Page, table: Element) -> TableForm:
    """The form of the table. One with another in it, with titles, or with one row or column lays out the page."""
    rows: list[_Row] = []
    bold = head = length = longest = 0
    titles = False
    for event in (
        page.events[table.opened + 1 : table.closed] if table.get("role") not in ("presentation", "none") else ()
    ):
        if isinstance(event, Piece):
            length += len(event.text)
            longest = max(longest, length)
            if rows and not bold and not event.text.isspace():
                rows[-1].plain = True
            continue
        element = event.element if isinstance(event, End) else event
        change = -1 if isinstance(event, End) else 1
        if element.tag in ("b", "strong"):
            bold += change
        elif element.tag == "thead":
            head += change
        elif change < 0 or not element.shown:
            continue
        elif element.tag == "table":
            return TableForm(False)
        elif element.tag == "tr":
            rows.append(_Row(element, head > 0))
        elif element.tag in ("td", "th") and rows:
            length = 0
            rows[-1].cells += 1
            rows[-1].headers += element.tag == "th" and element.get("scope") != "row"
        titles = titles or element.tag in _HEADINGS
    headers = any(row.headers for row in rows)
    if sum(row.cells > 1 for row in rows) < 2 or (not headers and (titles or longest > _LONGEST_CELL)):
        return TableForm(False)
    if not headers and not rows[0].plain:
        return TableForm(True, frozenset((rows[0].element,)))
    return TableForm(True, frozenset(row.element for row in rows if row.is_header))


def span(value: str) -> int:
    """The number of columns or rows that a cell says it fills, within reason."""
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdigit() and len(value) < 6 else 1
