"""Lines of styled text, wrapped to a width: what the terminal report is made of before it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum


class Style(StrEnum):
    """What a piece of text is; the writer gives each a look."""

    PLAIN = "plain"
    TITLE = "title"
    DIM = "dim"
    FOCUS = "focus"
    MODEL = "model"
    MET = "met"
    VAGUE = "vague"
    MISSING = "missing"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Span = tuple[str, Style]
Line = tuple[Span, ...]

_WORD = re.compile(r"\S+|\s+")
# Letters, digits, signs and simple spaces that take a column each.
_SIMPLE = re.compile(r"[ -~\u00a1-\u02ff\u2010-\u2027\u2030-\u205e\u20ac]*")


def cells(text: str) -> int:
    """How many columns `text` takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def plain(line: Line) -> str:
    """The characters of a line."""
    return "".join([text for text, _ in line])


def wrap(spans: Iterable[Span], width: int, first: Line = (), indent: int = 0) -> Iterator[Line]:
    """Break `spans` at spaces into lines of at most `width` columns.

    The first line opens with `first`, the others with `indent` spaces. A word that is too long for
    a line keeps one to itself, so that addresses stay whole.
    """
    spans = tuple(spans)
    text = plain(spans)
    if _SIMPLE.fullmatch(text) and not text.startswith(" ") and "  " not in text:
        yield from _wrap_simple(spans, text.rstrip(), width, first, indent)
        return
    line: list[Span] = list(first)
    column = cells(plain(first))
    fresh = True
    for word, size in _words(spans):
        if size is None:
            if not fresh:
                line += word
                column += 1
            continue
        if column + size > width and (not fresh or column > indent):
            yield _stripped(line)
            line = [(" " * indent, Style.PLAIN)]
            column = indent
        line += word
        column += size
        fresh = False
    yield _stripped(line)


def _wrap_simple(spans: Line, text: str, width: int, first: Line, indent: int) -> Iterator[Line]:
    """`wrap` for words with single spaces between them that take a column for each character, as most do."""
    opening: Line = first
    column = cells(plain(first))
    start = 0
    while text and start + width - column < len(text):
        end = text.rfind(" ", start, max(start + width - column + 1, start))
        if end < 0 and column <= indent:
            end = text.find(" ", start)
            if end < 0:
                break
        yield _stripped([*opening, *_part(spans, start, end)])
        start = max(end + 1, start)
        opening, column = ((" " * indent, Style.PLAIN),), indent
    yield _stripped([*opening, *_part(spans, start, len(text))])


def _part(spans: Line, start: int, end: int) -> Iterator[Span]:
    """The characters [start, end) of all spans together."""
    for text, style in spans:
        if text and end > 0 and start < len(text):
            yield text[max(start, 0) : end], style
        start -= len(text)
        end -= len(text)


def _words(spans: Iterable[Span]) -> Iterator[tuple[list[Span], int | None]]:
    """Words with the columns that they take, and the spaces between them with None; a word may change its style."""
    word: list[Span] = []
    size = 0
    for text, style in spans:
        for piece in _WORD.findall(text):
            if not piece[0].isspace():
                word.append((piece, style))
                size += len(piece) if piece.isascii() else cells(piece)
                continue
            if word:
                yield word, size
                word, size = [], 0
            yield [(" ", style)], None
    if word:
        yield word, size


def _stripped(line: list[Span]) -> Line:
    """The line without spaces at its end, neighbours of one style joined."""
    joined: list[Span] = []
    texts: list[str] = []
    current = line[0][1] if line else Style.PLAIN
    for text, style in line:
        if style is not current:
            joined.append(("".join(texts), current))
            texts, current = [], style
        texts.append(text)
    if texts:
        joined.append(("".join(texts), current))
    while joined and not joined[-1][0].strip():
        joined.pop()
    if joined:
        joined[-1] = (joined[-1][0].rstrip(), joined[-1][1])
    return tuple(joined)
