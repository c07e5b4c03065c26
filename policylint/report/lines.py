"""Lines of styled text, wrapped to a width: what the terminal report is made of before it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby


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
    return "".join(text for text, _ in line)


def wrap(spans: Iterable[Span], width: int, first: Line = (), indent: int = 0) -> Iterator[Line]:
    """Break `spans` at spaces into lines of at most `width` columns.

    The first line opens with `first`, the others with `indent` spaces. A word that is too long for
    a line keeps one to itself, so that addresses stay whole.
    """
    line: list[Span] = list(first)
    column = cells(plain(first))
    fresh = True
    for word in _words(spans):
        size = cells(plain(word))
        if not word[0][0].strip():
            if not fresh:
                line.extend(word)
                column += size
            continue
        if column + size > width and (not fresh or column > indent):
            yield _stripped(line)
            line = [(" " * indent, Style.PLAIN)]
            column = indent
        line.extend(word)
        column += size
        fresh = False
    yield _stripped(line)


def _words(spans: Iterable[Span]) -> Iterator[Line]:
    """Words and the spaces between them; a word may change its style half-way."""
    word: list[Span] = []
    for text, style in spans:
        for match in _WORD.finditer(text):
            piece = match.group()
            if piece[0].isspace() and word:
                yield tuple(word)
                word = []
            if piece[0].isspace():
                yield ((" ", style),)
            else:
                word.append((piece, style))
    if word:
        yield tuple(word)


def _stripped(line: list[Span]) -> Line:
    """The line without spaces at its end, neighbours of one style joined."""
    joined: list[Span] = []
    for style, spans in groupby(line, key=lambda span: span[1]):
        joined.append(("".join(text for text, _ in spans), style))
    while joined and not joined[-1][0].strip():
        joined.pop()
    if joined:
        joined[-1] = (joined[-1][0].rstrip(), joined[-1][1])
    return tuple(joined)
