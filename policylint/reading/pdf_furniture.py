"""Running heads, feet and page numbers of a PDF: lines at the edge of pages that come back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from policylint.reading.pdf_words import Run, Word, rows_of, runs_of

_ZONE = 0.17  # share of the page's height in which running lines stand, above and below
_DEEPEST = 5
_NEAR = 4.0
_LONGEST = 200
_DIGITS = re.compile(r"(?<!\d)\d{1,6}(?!\d)")
_NUMBERED = re.compile(
    r"(?:[-–|]\s*)?(?:(?:page|pagina|pag\.|blz\.?|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|van|\|)\s*\d{1,4})?(?:\s*[-–|])?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[ivxl]{1,6}")
_WITH_TOTAL = re.compile(r"(?:page|pagina|pag\.|blz\.?|p\.)\s*\d{1,4}\s*(?:/|of|van)\s*\d{1,4}", re.IGNORECASE)


# What a browser prints around a page: date and time, and the address with the number of the page.
_PRINTED = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4},? \d{1,2}:\d{2}(?: [AP]M)?\b|(?:https?|file)://\S+(?: \d{1,4}/\d{1,4})?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A line near the edge of a page: its text, the same without its numbers, and where it stands."""

    text: str
    key: str
    base: float
    top: bool
    size: float


def edge_rows(words: Iterable[Word], height: float) -> list[EdgeRow]:
    """The lines near the top of a page from the top down, then those near the bottom from the bottom up."""
    above = [word for word in words if word.base < _ZONE * height]
    below = [word for word in words if word.base > (1 - _ZONE) * height]
    top = [_row(row, True) for row in rows_of(runs_of(above))[:_DEEPEST]]
    bottom = [_row(row, False) for row in reversed(rows_of(runs_of(below))[-_DEEPEST:])]
    return top + bottom


def _row(row: list[Run], top: bool) -> EdgeRow:
    text = " ".join(run.text for run in row)
    key = _DIGITS.sub("#", text.casefold())
    return EdgeRow(text, key, row[0].base, top, row[0].size)


def running_rows(pages: list[list[EdgeRow]], body_size: float) -> list[list[EdgeRow]]:
    """For every page the rows that are furniture: repeated in the same place, and nothing else outside them."""
    places: dict[tuple[bool, str], list[float]] = defaultdict(list)
    counting: Counter[tuple[bool, str, int]] = Counter()  # lines whose number goes up with the pages
    for number, rows in enumerate(pages):
        for row in rows:
            places[row.top, row.text].append(row.base)
            counting.update((row.top, row.key, offset) for offset in _offsets(row, number))
    needed = 2 if len(pages) <= 3 else 3
    seen_big: set[str] = set()

    def runs_on(row: EdgeRow, number: int) -> bool:
        if _WITH_TOTAL.search(row.text) and len(row.text) <= 120:
            return True
        least = 2 if _NUMBERED.fullmatch(row.text) else needed
        if max((counting[row.top, row.key, offset] for offset in _offsets(row, number)), default=0) >= least:
            return True
        near = sum(abs(base - row.base) <= _NEAR for base in places[row.top, row.text])
        if near < needed:
            return _ROMAN.fullmatch(row.text) is not None and len(pages) > 3
        if row.size > 1.15 * body_size and row.key not in seen_big:
            seen_big.add(row.key)  # the title of the document, of which the running head is the repetition
            return False
        return True

    result = []
    for number, rows in enumerate(pages):
        found: list[EdgeRow] = []
        for top in (True, False):
            for row in (row for row in rows if row.top is top):
                if not runs_on(row, number):
                    break
                found.append(row)
        result.append(found)
    return result


def _offsets(row: EdgeRow, number: int) -> set[int]:
    """By how much each number of a line differs from that of its page."""
    return {int(digits) - number for digits in _DIGITS.findall(row.text[:_LONGEST])}


def says_only_which_page(text: str) -> bool:
    """Whether nothing but the number of the page, or when and whence it was printed, is said."""
    return bool(_NUMBERED.fullmatch(text) or _ROMAN.fullmatch(text) or _PRINTED.match(text))
