"""What the words of RTF mean, and what a reader of RTF remembers of a group, a story and a style."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from policylint.reading.paragraphs import Cell, Paragraph, Run, settle_table

# Groups whose text nobody reads. Others that may be ignored open with \* and are skipped unless they are known.
SKIPPED = frozenset(
    """
    annotation atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart author bkmkend bkmkstart
    buptim category colorschememapping colortbl comment company creatim datafield datastore defchp defpap docvar
    docvars factoidname falt filetbl fontemb fontfile ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc generator gridtbl
    hlinkbase info keywords latentstyles listoverridetable listtable lsdlockedexcept manager mmath nesttableprops
    nonesttables nonshppict objalias objclass objdata objname objsect operator panose passwordhash pgdsctbl pgptbl
    pn pnseclvl printim private propname protusertbl rsidtbl revtbl revtim rxe shprslt sp staticval subject svb tc
    template themedata title txe ud userprops wgrffmtfilter windowcaption xe xmlnstbl xmlopen xmlclose
    """.split()
)
KNOWN_STARRED = frozenset(
    ["fldinst", "footnote", "shpinst", "shppict", "shptxt", "ud", "do", "dptxbxtext", "pntext", "listtext"]
)
HEADS = frozenset(["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"])
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
}
SYMBOLS = {"~": "\u00a0", "-": "", "_": "-", "{": "{", "}": "}", "\\": "\\", ":": "", "|": ""}
# The character sets of fonts; the numbers are those of Windows.
CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}


# Code pages in which a character may take two bytes.
MULTIBYTE = ("cp932", "cp949", "johab", "gbk", "big5", "cp936", "cp950")


@dataclass(slots=True)
class Field:
    """A field: its code, and the field it stands in."""

    outer: Field | None
    code: str = ""

    @property
    def name(self) -> str:
        return (self.code.split(maxsplit=1) or [""])[0].upper()

    def chain(self) -> Iterator[Field]:
        """This field and those it stands in."""
        current: Field | None = self
        while current is not None:
            yield current
            current = current.outer


@dataclass(slots=True)
class Story:
    """A run of paragraphs: the body, a note, a text box, a header."""

    aside: bool
    paragraphs: list[Paragraph] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)  # wait for the end of the paragraph or table
    label: str | None = None  # what stands before the text of the open paragraph: a number or a bullet
    cell: list[Paragraph] = field(default_factory=list)
    row: list[list[Paragraph]] = field(default_factory=list)
    rows: list[tuple[bool, list[Cell]]] = field(default_factory=list)
    tops: dict[int, tuple[list[Cell], int]] = field(default_factory=dict)  # per column the last cell, in its row
    merges: list[set[str]] = field(default_factory=lambda: [set()])  # of the cells that a row is to have

    def end_cell(self) -> None:
        """A cell of the open row ends."""
        self.row.append(self.cell)
        self.cell = []

    def end_row(self, header: bool) -> None:
        """A row ends; `header` if it repeats on every page."""
        if self.cell:
            self.end_cell()
        cells: list[Cell] = []
        for column, paragraphs in enumerate(self.row):
            merge = self.merges[column] if column < len(self.merges) else set()
            if "clmrg" in merge and cells:
                cells[-1] = cells[-1]._replace(columns=cells[-1].columns + 1)
            elif "clvmrg" in merge and column in self.tops:
                above, n = self.tops[column]
                above[n] = above[n]._replace(rows=above[n].rows + 1)
            else:
                self.tops[column] = (cells, len(cells))
                cells.append(Cell(column, paragraphs))
        if self.row:
            self.rows.append((header, cells))
        self.row = []

    def end_table(self, number: int) -> bool:
        """The table ends, if one is open; whether it was one and no frame around text."""
        self.end_row(False)
        rows, self.rows = self.rows, []
        self.tops = {}
        if rows:
            self.end_boxes()
        if all(len(cells) < 2 for _, cells in rows):
            return False
        settle_table(number, rows)
        return True

    def end_boxes(self) -> None:
        """The text boxes follow what they stood in."""
        self.paragraphs += self.boxes
        self.boxes = []


@dataclass(slots=True)
class State:
    """What a group inherits from the one around it and gives back at its end."""

    story: Story
    target: str = "text"  # where text goes: the story, "skip", or the name of a table or label
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1  # characters that stand in for one in Unicode
    font: int = -1
    style: int = -1
    outline: int = -1
    in_table: bool = False
    in_list: bool = False
    level: int = 0
    header: bool = False
    field: Field | None = None

    def copy(self) -> State:
        """A state that may change on its own (`copy.copy` takes five times as long)."""
        return State(
            self.story,
            self.target,
            self.bold,
            self.hidden,
            self.deleted,
            self.fallback,
            self.font,
            self.style,
            self.outline,
            self.in_table,
            self.in_list,
            self.level,
            self.header,
            self.field,
        )


@dataclass(slots=True)
class Sheet:
    """A style of the style sheet."""

    name: str = ""
    outline: int = -1


def code_page(number: int) -> str:
    """The codec of a code page of Windows; Western where it is unknown."""
    name = "utf-8" if number == 65001 else "mac_roman" if number == 10000 else f"cp{number}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
