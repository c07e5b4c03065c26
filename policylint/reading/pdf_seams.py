"""Where two lines of a PDF meet: hyphens undone, torn words mended, links and places kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from policylint.reading.assembly import Piece, PieceLink
from policylint.reading.pdf_lines import TextLine

HYPHENS = "-\u2010\u00ad"
_LAST_PART = re.compile(r"([^\W_]+(?:[-\u2010][^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_SUSPENDED = re.compile(r"(?:en|of|and|or|und|et|tot|to|resp)\b", re.IGNORECASE)
_KEEPS_HYPHEN = frozenset(
    "third opt non self co cross long short follow sign log up check double well real first two".split()
)
_CLOSING = (".", ",", ";", ":", ")")
_SHORT_WORDS = frozenset(
    "aan al als and any are as at be bij but by de die dit door een en er for from has het if in is it je met na niet "
    "no nog not of om on ons ook op or our out per te that the tot to uit us uw van via voor was wat we wie with wij "
    "you your ze zijn zo".split()
)


@dataclass(frozen=True, slots=True)
class Joiner:
    """Joins lines; `forms` counts the words of the document, to tell a hyphen from a broken word."""

    forms: Mapping[str, int]

    def pieces(self, lines: list[TextLine], cell: bool = False) -> tuple[tuple[Piece, ...], tuple[PieceLink, ...], str]:
        """The pieces, links and visible text of lines that belong together."""
        pieces: list[Piece] = []
        links: list[PieceLink] = []
        for n, line in enumerate(lines):
            stop = len(line.text)
            glue = " "
            if n + 1 < len(lines):
                cut, glue = self._seam(line.text, lines[n + 1].text)
                if cell and not cut and self._torn(line, lines[n + 1].text):
                    glue = ""
                stop -= cut
            cuts = sorted({0, stop, *(min(place, stop) for link in line.links for place in link[:2])})
            spans = list(pairwise(cuts)) or [(0, 0)]
            for start, end in spans:
                target = next((link[2] for link in line.links if link[0] <= start < link[1]), None)
                first = len(pieces)
                pieces.extend(_without(line, start, end))
                if target is not None:
                    if links and links[-1].last == first and links[-1].target == target:
                        links[-1] = PieceLink(links[-1].first, len(pieces), target)
                    else:
                        links.append(PieceLink(first, len(pieces), target))
            if glue and n + 1 < len(lines):
                last = pieces[-1]
                if last.offset + len(last.text) == line.offset + len(line.text):
                    pieces[-1] = Piece(last.text + glue, last.offset)
                else:
                    pieces.append(Piece(glue, line.offset + len(line.text)))
        return tuple(pieces), tuple(links), "".join(piece.text for piece in pieces).strip()

    def _torn(self, line: TextLine, after: str) -> bool:
        """Whether a narrow column tore a word in two without a hyphen."""
        if after[:1] in _CLOSING:
            return True
        head, tail = line.text.rsplit(" ", 1)[-1].casefold(), _FIRST_PART.match(after)
        if tail is None or not head.isalpha() or not after[0].islower():
            return False
        rest = tail.group().casefold()
        fills = " " not in line.text and line.right - line.x1 < 0.6 * line.size
        if self.forms.get(head + rest, 0):
            return fills or min(self.forms.get(head, 0), self.forms.get(rest, 0)) <= 1
        return fills and len(rest) <= 4 and rest not in _SHORT_WORDS

    def _seam(self, before: str, after: str) -> tuple[int, str]:
        """How many characters to cut at the end of a line, and what joins it to the next."""
        match = _LAST_PART.search(before[-60:])
        following = _FIRST_PART.match(after)
        if match is None or following is None:
            return (0, "") if before[-1:] == "/" and after[:1].islower() and "//" in before else (0, " ")
        if before[-1] == "\u00ad":
            return 1, ""
        head, tail = match[1], following.group()
        if _SUSPENDED.match(tail):
            return 0, " "
        joined, kept = (head + tail).casefold(), f"{head}-{tail}".casefold()
        if joined in self.forms:
            return 1, ""
        own = head.rsplit("-", 1)[-1]
        keeps = (
            kept in self.forms
            or not tail[0].islower()
            or len(own) == 1
            or own.isupper()
            or own[-1].isdigit()
            or own.casefold() in _KEEPS_HYPHEN
        )
        return (0, "") if keeps else (1, "")


def word_forms(words: Iterable[str]) -> Iterator[str]:
    """The words that no line end broke off, folded, without the signs around them."""
    for word in words:
        if word.isalpha():
            yield word.casefold()
        elif word[-1:] not in HYPHENS:
            for match in _FIRST_PART.finditer(word):
                yield match.group().casefold()


def _without(line: TextLine, start: int, end: int) -> Iterator[Piece]:
    """The pieces of [start, end) of a line that are no footnote numbers; at least one, to keep count."""
    place = start
    found = False
    for first, last in (note for note in line.notes if start <= note[0] < end):
        if first > place:
            yield Piece(line.text[place:first], line.offset + place)
            found = True
        place = last
    if place < end or not found:
        yield Piece(line.text[place:end], line.offset + min(place, end))
