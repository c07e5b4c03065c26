"""The reader for PDF: from pages of words to a text with a line for every line, and its blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from policylint.document import BlockKind
from policylint.errors import UserError
from policylint.reading.assembly import Piece, RawBlock
from policylint.reading.layout import Line, blocks_of
from policylint.reading.pdf_furniture import EdgeRow, edge_rows, running_rows, says_only_which_page
from policylint.reading.pdf_layout import items_of
from policylint.reading.pdf_lines import TextLine, clean, footnotes_from, leadings, text_line
from policylint.reading.pdf_paragraphs import Paragraphs
from policylint.reading.pdf_process import PackedPages, Page, pages_of
from policylint.reading.pdf_seams import Joiner, word_forms
from policylint.reading.pdf_tables import Tables
from policylint.reading.pdf_words import Run, Word, rows_of, runs_of, upright, with_bullets
from policylint.reading.thresholds import (
    PICTURE_PAGE,
    PICTURE_PAGE_CAPTION,
    PICTURE_PAGES_MAXIMUM,
    REPLACED_MAXIMUM,
)

_BIGGER = 1.08
_MOST_LEVELS = 6
_OCR = (
    "Run text recognition (OCR) on it first, for instance with: ocrmypdf input.pdf output.pdf, "
    "or check the text from which the PDF was made."
)


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF says: a line of `source` for every line of its pages, and where each page starts in it."""

    source: str
    blocks: list[RawBlock]
    pages: tuple[int, ...]
    replaced: int
    pages_without_text: int
    left_out: float


@dataclass(frozen=True, slots=True)
class _Survey:
    """What a first look at all pages tells: sizes of the letters, running lines, pages that are pictures."""

    body: float
    levels: dict[float, int]
    running: list[list[EdgeRow]]
    forms: Counter[str]
    colour: int
    characters: int
    replaced: int
    without_text: int


def read_pdf(data: bytes) -> PdfText:
    """The text of a PDF in reading order.

    Raises `UserError`: those of `pages_of`, "no-text" (most pages are pictures of text) and
    "unreadable-text" (its fonts do not say which letters they draw).
    """
    pages = pages_of(data)
    survey = _survey(pages)
    writer = _Writer(survey)
    lines = (line for number, page in enumerate(pages) for line in writer.page(number, page))
    blocks = list(blocks_of(chain(lines, writer.rest())))
    return PdfText(
        "\n".join(writer.lines),
        blocks,
        tuple(writer.starts),
        survey.replaced,
        survey.without_text,
        round(writer.left_out / max(survey.characters, 1), 4),
    )


def _survey(pages: PackedPages) -> _Survey:
    sizes: Counter[float] = Counter()
    edges: list[list[EdgeRow]] = []
    forms: Counter[str] = Counter()
    colours: Counter[int] = Counter()
    characters = replaced = read = pictures = 0
    for page in pages:
        words, _ = upright(page.words, page.width, page.height)
        letters = sum(len(word.text) for word in words)
        for word in words:
            sizes[round(word.size * 2) / 2] += len(word.text)
            colours[word.colour] += len(word.text)
            if word.missing and not (len(word.text) == 1 and clean(word, True) == "•"):
                replaced += word.missing
        forms.update(word_forms(word.text for word in words))
        edges.append(edge_rows(words, page.height))
        characters += sum(len(word.text) for word in page.words)
        if letters >= (PICTURE_PAGE_CAPTION if page.image >= PICTURE_PAGE else 1):
            read += 1
        elif page.damaged or page.image:
            pictures += 1
    if not read or pictures > PICTURE_PAGES_MAXIMUM * (read + pictures):
        raise UserError("no-text", _no_text(len(pages) - read, len(pages)), _OCR)
    if replaced > REPLACED_MAXIMUM * characters:
        raise UserError(
            "unreadable-text", "the fonts of this PDF do not tell which letters they draw, so it cannot be read", _OCR
        )
    body = sizes.most_common(1)[0][0]
    bigger = sorted((size for size in sizes if size > _BIGGER * body), reverse=True)
    levels = {size: min(n + 1, _MOST_LEVELS) for n, size in enumerate(bigger)}
    colour = colours.most_common(1)[0][0]
    running = running_rows(edges, body)
    return _Survey(body, levels, running, forms, colour, characters, replaced, len(pages) - read)


def _no_text(without: int, pages: int) -> str:
    if pages == 1:
        return "the page of this PDF holds no text, only a picture of it or nothing"
    return f"{without} of the {pages} pages of this PDF hold no text, only pictures of it or nothing"


class _Writer:
    """The source as it grows, page by page, and the lines judged from it."""

    def __init__(self, survey: _Survey) -> None:
        self.survey = survey
        self.lines: list[str] = []
        self.starts: list[int] = []
        self.left_out = 0
        self._length = 0
        joiner = Joiner(survey.forms)
        self._paragraphs = Paragraphs(survey.levels, joiner)
        self._tables = Tables(joiner)
        self._kept: dict[str, Line] = {}
        self._said: set[str] = set()  # running lines that the text itself says too, such as the title
        self._running_texts = {row.text for rows in survey.running for row in rows}

    def page(self, number: int, page: Page) -> Iterator[Line]:
        """Write a page."""
        self.starts.append(self._length)
        words, askew = upright(page.words, page.width, page.height)
        self.left_out += askew
        running = self.survey.running[number]
        edges = [(row.base, row.size, row.top) for row in running]
        body = [word for word in words if not edges or not any(_stands_in(word, *edge, page.height) for edge in edges)]
        for row in reversed([row for row in running if row.top]):
            self._run_on(row)
        items = items_of(with_bullets(runs_of(body), page.dots), page.rules)
        runs = [item for item in items if isinstance(item, Run)]
        leading = leadings(runs)
        # All is written before anything is judged: the lines of the source stand as they are read.
        placed = [
            self._text_line(item, page, number, leading)
            if isinstance(item, Run)
            else [self._cells(row, page, number) for row in item.rows]
            for item in items
        ]
        texts = [line for line in placed if isinstance(line, TextLine)]
        notes = texts[footnotes_from(texts, self.survey.body) :]
        set_aside = set(map(id, notes))
        for line in placed:
            if not isinstance(line, TextLine):
                yield from self._paragraphs.close()
                yield from self._tables.add(line)
            elif line.text and id(line) not in set_aside:
                yield from self._tables.close()
                yield from self._paragraphs.add(line)
        self._paragraphs.set_aside(notes)
        for row in reversed([row for row in running if not row.top]):
            self._run_on(row)

    def rest(self) -> Iterator[Line]:
        """What waits for the end: the open paragraph, and one copy of what stands on the edge of pages."""
        yield from self._paragraphs.close()
        yield from self._tables.close()
        yield from (line for line in self._kept.values() if line.text not in self._said)

    def _text_line(self, run: Run, page: Page, number: int, leading: Mapping[float, float]) -> TextLine:
        line = text_line(
            run, page.links, self._length, number, leading.get(run.size, 1.2 * run.size), self.survey.colour
        )
        if line.text in self._running_texts:
            self._said.add(line.text)
        self._write(line.text)
        return line

    def _write(self, text: str) -> None:
        self.lines.append(text)
        self._length += len(text) + 1

    def _run_on(self, row: EdgeRow) -> None:
        offset = self._length
        self._write(row.text)
        if row.key in self._kept or says_only_which_page(row.text):
            self.left_out += len(row.text) - row.text.count(" ")
        else:
            self._kept[row.key] = Line(row.text, (Piece(row.text, offset),), kind=BlockKind.PARAGRAPH)

    def _cells(self, row: tuple[tuple[Run, ...], ...], page: Page, number: int) -> list[list[TextLine]]:
        """The lines of the cells of a row, written to the source as they stand beside each other."""
        cells: list[list[TextLine]] = [[] for _ in row]
        column_of = {id(run): column for column, cell in enumerate(row) for run in cell}
        for beside in rows_of(sorted((run for cell in row for run in cell), key=lambda run: run.base)):
            texts = []
            offset = self._length
            for run in beside:
                line = text_line(run, page.links, offset, number, 0.0, self.survey.colour)
                offset += len(line.text) + 1
                texts.append(line.text)
                cells[column_of[id(run)]].append(line)
            self._write("\t".join(texts))
        return cells


def _stands_in(word: Word, base: float, size: float, top: bool, height: float) -> bool:
    """Whether a word is one of the running line at `base`."""
    return abs(word.base - base) <= 0.4 * max(word.size, size) + 0.5 and top is (word.base < height / 2)
