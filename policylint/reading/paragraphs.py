"""Paragraphs of a word processor: a source of one line per paragraph, and the lines to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from policylint.document import BlockKind
from policylint.errors import UserError
from policylint.reading.assembly import CellPlace, Piece, PieceLink, RawBlock
from policylint.reading.layout import Line, blocks_of
from policylint.reading.thresholds import CAPTION, LARGE_CAPTION
from policylint.reading.titles import MarkerKind, breaks_off, marker

_LETTER = re.compile(r"[^\W\d_]")
_BREAK = re.compile("\n")
_CONTENTS_LINE = re.compile(r"[^\W\d_].*(?:\.{3,}|…|\t)[.… \t]*\d{1,3}$")
_HEADER_CELL = re.compile(r"\d|\.$")
_LONGEST_HEADER_CELL = 40
_LONGEST_HEADING = 120
# Longer runs are not joined: joining many takes time in the square of their length.
_LONG_RUN = 1_000
# A thousand pages have some 20,000 paragraphs.
_MOST_PARAGRAPHS = 200_000
_MOST_RUNS = 1_000_000
_MOST_COVERED = 100
# 1.2 and "Artikel 1" number the clauses of a text, not the items of a list.
_CLAUSE = re.compile(r"\d+\.\d|[^\W\d_]{3,}\s")
# A letterhead names who is responsible or dates the text; other headers and footers only repeat.
_LETTERHEAD = re.compile(
    r"@|\bkvk\b|\bb\.?v\.?\b|\bn\.v\.|\b(?:ltd|limited|inc|gmbh|llc|vzw|stichting)\b|\b\d{4}\s?[a-z]{2}\b|"
    r"\b(?:versie|version|bijgewerkt|updated|laatst|datum|date)\b",
    re.IGNORECASE,
)
# Names of styles; those of LibreOffice write a space as _20_.
_HEADING_STYLE = re.compile(r"(?:heading|kop|überschrift|titre)(?:_20_|\s)*([1-9])", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(
    r"(?:toc|contents|inhopg)(?:_20_|\s)*(?:[1-9]|heading)|(?:kop(?:\s*van)?\s*)?inhoudsopgave(?:kop)?", re.IGNORECASE
)
_TITLE_STYLES = ("title", "titel")
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)(pt|in|cm|mm|px)?")
_PER_CM = {"pt": 28.35, "in": 0.3937, "cm": 1.0, "mm": 10.0, "px": 37.8}


class Run(NamedTuple):
    """Characters of one look; "\\n" is a line break inside the paragraph. `target` is the address of a link."""

    text: str
    bold: bool = False
    target: str = ""


def add_run(runs: list[Run], run: Run) -> None:
    """Add a run; one of the same look goes on with the last, since editors break runs at every correction."""
    if not run.text:
        return
    if runs and runs[-1][1:] == run[1:] and len(runs[-1].text) < _LONG_RUN:
        runs[-1] = run._replace(text=runs[-1].text + run.text)
    else:
        runs.append(run)


@dataclass(slots=True)
class Paragraph:
    """A paragraph in reading order. `kind` is None where the format leaves it open.

    `label` is the number or letter that the word processor counts itself; `aside` says that it stands
    outside the body (a text box, a note) and is numbered after it.
    """

    runs: list[Run] = field(default_factory=list)
    kind: BlockKind | None = None
    level: int = 0
    depth: int = 0
    label: str = ""
    cell: CellPlace | None = None
    aside: bool = False

    @property
    def text(self) -> str:
        """The characters of the paragraph, its own line breaks as spaces."""
        return _BREAK.sub(" ", "".join(run.text for run in self.runs))

    @property
    def bold(self) -> bool:
        """Whether every letter of the paragraph is bold."""
        return all(run.bold for run in self.runs if _LETTER.search(run.text))

    def number_as(self, label: str, depth: int) -> None:
        """Give the paragraph the number that a list counts for it; a clause's number makes it no list item."""
        self.label = label
        if not _CLAUSE.match(label):
            self.depth = depth


class Reading(NamedTuple):
    """What a reader of paragraphs made of a file: its source and blocks, the page-sized pictures in it, and how
    many characters were replaced in decoding.
    """

    source: str
    blocks: Iterator[RawBlock]
    pictures: int = 0
    replaced: int = 0


def arrange(paragraphs: Sequence[Paragraph], pictures: int = 0, large_pictures: int = 0, replaced: int = 0) -> Reading:
    """Number the paragraphs, those of the body first, and judge them in reading order.

    Raises `UserError` "no-text" if the text stands in the pictures, "too-large".
    """
    if len(paragraphs) > _MOST_PARAGRAPHS or sum(len(paragraph.runs) for paragraph in paragraphs) > _MOST_RUNS:
        raise UserError(
            "too-large",
            "this file has more paragraphs, or more changes of lettering, than a policy can have",
            "Check the part of the text that is the policy, in a file of its own.",
        )
    characters = sum(len(paragraph.text.strip()) for paragraph in paragraphs)
    if pictures and characters < (LARGE_CAPTION * large_pictures or CAPTION):
        raise UserError(
            "no-text",
            f"the text of this file is in its pictures ({pictures}), where it cannot be read",
            "Run text recognition (OCR) on the pictures and check the text that it gives.",
        )
    texts = []
    offset = 0
    offsets = {}
    for paragraph in sorted(paragraphs, key=lambda paragraph: paragraph.aside):
        text = paragraph.text
        offsets[id(paragraph)] = offset
        texts.append(text)
        offset += len(text) + 1
    lines = _lines(paragraphs, [offsets[id(paragraph)] for paragraph in paragraphs])
    return Reading("\n".join(texts), blocks_of(_contents_marked(lines)), large_pictures, replaced)


def add_letterhead(paragraphs: list[Paragraph], heads: Iterable[Paragraph]) -> None:
    """Add those paragraphs of headers and footers that name who is responsible or date the text, each once."""
    known = {paragraph.text.strip() for paragraph in paragraphs}
    for paragraph in heads:
        text = paragraph.text.strip()
        if text not in known and _LETTERHEAD.search(text):
            known.add(text)
            paragraphs.append(Paragraph(paragraph.runs, BlockKind.PARAGRAPH, aside=True))


def heading_level(style: str) -> int:
    """The level of the headings that a style of this name makes, 0 if it makes none."""
    match = _HEADING_STYLE.fullmatch(style)
    return int(match[1]) if match else int(style.casefold() in _TITLE_STYLES)


def is_contents_style(style: str) -> bool:
    """Whether a style of this name is that of a table of contents."""
    return _CONTENTS_STYLE.fullmatch(style) is not None


def length_in_cm(text: str | None) -> float:
    """A length such as "12.5cm" or "6in" in centimetres, 0 for anything else."""
    match = _LENGTH.fullmatch(text or "")
    return float(match[1]) / _PER_CM[match[2] or "px"] if match else 0.0


class Cell(NamedTuple):
    """The paragraphs of a table cell, its column from 0, and how many columns and rows it covers."""

    column: int
    paragraphs: Sequence[Paragraph]
    columns: int = 1
    rows: int = 1


def settle_table(table: int, rows: Sequence[tuple[bool, Sequence[Cell]]]) -> None:
    """Make the paragraphs of a table its cells. A row comes with whether the word processor repeats it as a header.

    Without such rows the first one is the header if it reads as one.
    """
    declared = next((n for n, (header, _) in enumerate(rows) if not header), len(rows))
    if not declared and len(rows) > 1:
        declared = int(_reads_as_header(rows[0][1]))
    for n, (_, cells) in enumerate(rows):
        for cell in cells:
            place = CellPlace(table, n, cell.column, n < declared, min(cell.columns, _MOST_COVERED), cell.rows)
            _settle_cell(cell.paragraphs, place)


def _reads_as_header(cells: Sequence[Cell]) -> bool:
    texts = [text for cell in cells for paragraph in cell.paragraphs if (text := paragraph.text.strip())]
    return bool(texts) and all(len(text) <= _LONGEST_HEADER_CELL and not _HEADER_CELL.search(text) for text in texts)


def _settle_cell(paragraphs: Sequence[Paragraph], place: CellPlace) -> None:
    """A heading in a cell stays one where text of the same cell follows it; a table inside keeps its cells."""
    last = max((n for n, paragraph in enumerate(paragraphs) if paragraph.text.strip()), default=-1)
    for n, paragraph in enumerate(paragraphs):
        heading = paragraph.kind is BlockKind.HEADING and n < last
        if paragraph.cell is None and not heading and paragraph.kind is not BlockKind.CONTENTS:
            paragraph.kind = BlockKind.CELL
            paragraph.cell = place


def _lines(paragraphs: Iterable[Paragraph], offsets: Iterable[int]) -> Iterator[Line]:
    paragraphs = list(paragraphs)
    empty = sum(not paragraph.text.strip() for paragraph in paragraphs)
    # Where empty paragraphs keep things apart, the others are lines that belong together.
    spaced_by_hand = empty * 5 > len(paragraphs)
    gap = True
    for paragraph, offset in zip(paragraphs, offsets, strict=True):
        if not paragraph.text.strip():
            gap = True
            continue
        yield from _paragraph_lines(paragraph, offset, gap or not spaced_by_hand)
        gap = paragraph.kind is not None


def _paragraph_lines(paragraph: Paragraph, offset: int, gap: bool) -> Iterator[Line]:
    """The paragraph as one line; running text as more, where its line breaks part titles or items from it."""
    segments = _segments(paragraph, offset)
    splitting = paragraph.kind is None and not paragraph.depth
    gathered: list[tuple[Piece, Run]] = []
    first = True
    for n, segment in enumerate(segments):
        gathered += segment
        if n + 1 < len(segments):
            following = "".join(run.text for _, run in segments[n + 1]).strip()
            if not splitting or not _splits(gathered, segment, following):
                continue
        line = _line(paragraph, gathered, gap if first else False)
        if line is not None:
            yield line
            first = False
        gathered = []


def _segments(paragraph: Paragraph, offset: int) -> list[list[tuple[Piece, Run]]]:
    """The pieces between the line breaks of a paragraph, each break as a space at the end of what it closes."""
    segments: list[list[tuple[Piece, Run]]] = [[]]
    for run in paragraph.runs:
        done = 0
        for match in _BREAK.finditer(run.text):
            text = run.text[done : match.start()] + " "
            segments[-1].append((Piece(text, offset), run._replace(text=text)))
            segments.append([])
            offset += len(text)
            done = match.end()
        if done < len(run.text):
            text = run.text[done:]
            segments[-1].append((Piece(text, offset), run._replace(text=text)))
            offset += len(text)
    return segments


def _splits(gathered: list[tuple[Piece, Run]], segment: list[tuple[Piece, Run]], following: str) -> bool:
    """Whether the line break after `gathered` parts two lines that a reader would not join."""
    before = "".join(run.text for _, run in segment).strip()
    sign = marker(following)
    if sign is not None and (sign.kind is MarkerKind.BULLET or before.endswith((".", ":", ";"))):
        return True
    runs = [run for _, run in gathered if _LETTER.search(run.text)]
    if runs and all(run.bold for run in runs) and len(before) <= _LONGEST_HEADING:
        return True
    return not breaks_off(before) and not (following[:1].islower() and before[-1:] not in ".:;!?")


def _line(paragraph: Paragraph, gathered: list[tuple[Piece, Run]], gap: bool) -> Line | None:
    raw = "".join(run.text for _, run in gathered)
    text = " ".join(raw.split())
    if not text:
        return None
    kind = paragraph.kind
    if kind is BlockKind.HEADING and (len(text) > _LONGEST_HEADING or (text.endswith(".") and text.count(" ") > 5)):
        kind = BlockKind.PARAGRAPH
    label = f"{paragraph.label} " if paragraph.label and kind is None else ""
    return Line(
        text=label + text,
        pieces=tuple(piece for piece, _ in gathered),
        gap=gap,
        kind=kind,
        bold=all(run.bold for _, run in gathered if _LETTER.search(run.text)),
        level=paragraph.level,
        depth=paragraph.depth,
        indent=len(raw) - len(raw.lstrip()),
        cell=paragraph.cell,
        links=_links([run.target for _, run in gathered]),
        unwritten=len(label),
    )


def _links(targets: list[str]) -> tuple[PieceLink, ...]:
    links: list[PieceLink] = []
    for n, target in enumerate(targets):
        if target and links and links[-1].last == n and links[-1].target == target:
            links[-1] = links[-1]._replace(last=n + 1)
        elif target:
            links.append(PieceLink(n, n + 1, target))
    return tuple(links)


def _contents_marked(lines: Iterator[Line]) -> Iterator[Line]:
    """A run of lines "title ..... 3" is a table of contents that somebody typed."""
    every = list(lines)
    listed = [line.kind is None and _is_contents_line(line) for line in every]
    typed = {n for (n, one), (m, other) in pairwise(enumerate(listed)) if one and other for n in (n, m)}
    for n, line in enumerate(every):
        yield line._replace(kind=BlockKind.CONTENTS) if n in typed else line


def _is_contents_line(line: Line) -> bool:
    raw = "".join(piece.text for piece in line.pieces).strip()
    return len(raw) <= 200 and _CONTENTS_LINE.fullmatch(raw) is not None
