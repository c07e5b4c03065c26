"""Reading the XML of Word: names, values, the parts of a table, and which of two alternatives is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policylint.reading.package import split_tag
from policylint.reading.paragraphs import length_in_cm
from policylint.reading.thresholds import PAGE_SIZED

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# The namespace that Word writes, and that of its "Strict Open XML".
WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
# Elements whose text the reader of the accepted document does not see.
DROPPED = frozenset({"del", "moveFrom", "delText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr"})


_SIDE = re.compile(r"(?<![\w-])(width|height):\s*([\w.]{1,16})")
_EMU_PER_CM = 360_000
# What shows a picture: DrawingML, VML, a diagram, a chart.
_PICTURES = ("blip", "imagedata", "relIds", "chart")
_MOST_COLUMNS = 1000


def word_name(element: Element) -> str:
    """Local name of an element of Word's own namespace, "" for others."""
    namespace, name = split_tag(element.tag)
    return name if namespace in WORD_NAMESPACES else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant down the `path` of names in Word's namespace."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if word_name(inner) == name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute in Word's namespace."""
    if element is None:
        return None
    for namespace in WORD_NAMESPACES:
        found = element.get(f"{{{namespace}}}{name}")
        if found is not None:
            return found
    return None


def number(element: Element | None, name: str = "val") -> int | None:
    """A whole number in an attribute, None if there is none."""
    text = value(element, name)
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


def switch(properties: Element | None, name: str) -> bool | None:
    """An on/off property such as bold; None where nothing is said."""
    element = child(properties, name)
    if element is None:
        return None
    return value(element) not in ("0", "false", "off", "none")


class CellElement(NamedTuple):
    """A cell of a table: its first column from 0, how many it covers, and whether it goes on with the cell above."""

    column: int
    element: Element
    columns: int
    goes_on: bool


def table_rows(table: Element) -> Iterator[Element]:
    """The rows of a table, without those that were deleted."""
    for inner in table:
        name = word_name(inner)
        if name == "tr":
            if child(inner, "trPr", "del") is None:
                yield inner
        elif name and name not in DROPPED and name not in ("tblPr", "tblGrid"):
            yield from table_rows(inner)


def row_cells(row: Element, column: int = 0) -> Iterator[CellElement]:
    """The cells of a row from `column` on, without those that were deleted."""
    column += min(number(child(row, "trPr", "gridBefore")) or 0, _MOST_COLUMNS)
    for inner in row:
        name = word_name(inner)
        if name == "tc":
            properties = child(inner, "tcPr")
            columns = min(max(number(child(properties, "gridSpan")) or 1, 1), _MOST_COLUMNS)
            merge = child(properties, "vMerge")
            if child(properties, "cellDel") is None:
                yield CellElement(column, inner, columns, merge is not None and value(merge) in (None, "continue"))
            column += columns
        elif name and name not in DROPPED and name not in ("trPr", "tblPrEx"):
            for cell in row_cells(inner, column):
                yield cell
                column = cell.column + cell.columns


def covered_rows(rows: Sequence[Sequence[CellElement]]) -> dict[tuple[int, int], int]:
    """How many rows the cell at each row and column covers, where it is more than one."""
    covered: dict[tuple[int, int], int] = {}
    origin: dict[int, int] = {}  # per column the row of the cell that may go on
    for n, cells in enumerate(rows):
        for cell in cells:
            if cell.goes_on and cell.column in origin:
                key = (origin[cell.column], cell.column)
                covered[key] = covered.get(key, 1) + 1
            else:
                origin[cell.column] = n
    return covered


def is_contents_control(control: Element) -> bool:
    """Whether a content control holds the table of contents that Word makes."""
    gallery = value(child(control, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery == "Table of Contents"


def local_name(element: Element) -> str:
    """The name of an element of any namespace."""
    return split_tag(element.tag)[1]


def is_alternatives(element: Element) -> bool:
    """Whether an element holds the same content in several forms."""
    return local_name(element) == "AlternateContent"


def chosen_alternative(element: Element) -> list[Element]:
    """The form of alternative content that Word shows; an older one only where there is no other."""
    choices = [inner for inner in element if local_name(inner) == "Choice" and len(inner)]
    return choices[:1] or [inner for inner in element if local_name(inner) == "Fallback"][:1]


def drawn(element: Element) -> tuple[list[Element], int, int]:
    """The text boxes of a drawing, the number of its pictures, and of those as large as a page."""
    boxes = []
    pictures = large = 0
    width = height = 0.0
    stack = [element]
    while stack:
        current = stack.pop()
        name = local_name(current)
        if name == "txbxContent":
            boxes.append(current)
            continue
        if name in ("extent", "ext"):
            width = max(width, _whole_number(current.get("cx")) / _EMU_PER_CM)
            height = max(height, _whole_number(current.get("cy")) / _EMU_PER_CM)
        elif name == "shape":
            sides = dict(_SIDE.findall(current.get("style") or ""))
            width = max(width, length_in_cm(sides.get("width")))
            height = max(height, length_in_cm(sides.get("height")))
        elif name in _PICTURES:
            pictures += 1
            large += min(width, height) >= PAGE_SIZED
        stack.extend(reversed(chosen_alternative(current) if is_alternatives(current) else list(current)))
    return boxes, pictures, large


def first_said(*switches: bool | None) -> bool:
    """The first of the properties that says anything, off if none does."""
    return next((switch for switch in switches if switch is not None), False)


def _whole_number(text: str | None) -> int:
    """A whole number, 0 for anything else."""
    return int(text) if text is not None and re.fullmatch(r"\d{1,12}", text) else 0
