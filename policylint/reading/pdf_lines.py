"""A line of a PDF as it stands in the source, and what tells lines of contents and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from policylint.reading.pdf_words import Run, Word

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff]|[\U000f0000-\U0010ffff]")
# Old typesetting puts the dots of a diaeresis before their letter, as a sign of its own.
_DOTS = re.compile(r"\u00a8([aeiouAEIOU])")
_NOTE = re.compile(r"\(?\d{1,3}\)?|[*†‡]{1,3}")
_NOTE_OPENING = re.compile(r"\(?(\d{1,3}|[*†‡]{1,3})\)?(?:\s+|(?=[^\W\d]))")
_RAISED = 0.15
_SMALLER = 0.8
_LEADER = re.compile(r"(?:\s*\.){4,}|\s*…[.…\s]*|\s*_{4,}")
_PAGE_END = re.compile(r"(?:\s|\.|…|_)\s*\d{1,3}$")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as it stands in the source from `offset`; lengths in points.

    `right` is where its column ends, `first` the width of its first word, `leading` the usual distance of
    lines here. `links` are [start, end) with an address; `notes` are [start, end) of footnote numbers.
    """

    text: str
    offset: int
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    right: float
    column: int
    page: int
    first: float
    leading: float
    links: tuple[tuple[int, int, str], ...] = ()
    notes: tuple[tuple[int, int], ...] = ()


def clean(word: Word, first: bool) -> str:
    """The text of a word: ligatures resolved, signs of symbol fonts that open a line made bullets."""
    text = word.text
    if word.missing and word.missing >= len(text):
        return "•" if first and len(text) == 1 else "\ufffd" * len(text)
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text):
        text = "•" if first and len(text) == 1 else _ODD.sub("", text)
    return _DOTS.sub("\\1\u0308", text.translate(_LIGATURES))


def text_line(run: Run, targets: tuple[str, ...], offset: int, page: int, leading: float, colour: int) -> TextLine:
    """The line that `run` makes in the source; other letters than in the text's own `colour` count as bold."""
    parts: list[str] = []
    links: list[tuple[int, int, str]] = []
    notes: list[tuple[int, int]] = []
    length = 0
    bold = letters = 0
    for n, word in enumerate(run.words):
        text = clean(word, n == 0)
        if parts and text:
            length += 1
        start = length
        length += len(text)
        if text:
            parts.append(text)
        raised = word.size < _SMALLER * run.size and word.base < run.base - _RAISED * run.size
        if raised and _NOTE.fullmatch(text):
            notes.append((start - 1 if n else start, length))
        if text.isalnum() or any(character.isalnum() for character in text):
            letters += len(text)
            bold += len(text) * word.bold
        if 0 <= word.link < len(targets) and text:
            target = targets[word.link]
            if links and links[-1][2] == target and links[-1][1] == start - 1:
                links[-1] = (links[-1][0], length, target)
            else:
                links.append((start, length, target))
    joined = " ".join(parts)
    links = [(start, end - _stops_behind(joined[start:end], target), target) for start, end, target in links]
    first = run.words[0].x1 - run.words[0].x0
    colours = {word.colour for word in run.words}
    emphasised = letters > 0 and (bold >= 0.95 * letters or (not links and len(colours) == 1 and colours != {colour}))
    return TextLine(
        joined,
        offset,
        run.x0,
        run.x1,
        run.base,
        run.size,
        emphasised,
        run.right,
        run.column,
        page,
        first,
        leading,
        tuple(links),
        tuple(notes),
    )


def _stops_behind(text: str, target: str) -> int:
    """How many signs at the end of a link's last word belong to the sentence around it."""
    return len(text) - len(text.rstrip(".,;:!?)")) if text[-1:] != target[-1:] else 0


def leadings(runs: Iterable[Run]) -> Mapping[float, float]:
    """For every size of letters on a page the distance of two lines of one paragraph."""
    steps: dict[float, Counter[float]] = {}
    for before, after in pairwise(runs):
        step = round(after.base - before.base, 1)
        if before.column == after.column and before.size == after.size and 0 < step < 2.5 * before.size:
            steps.setdefault(before.size, Counter())[step] += 1
    return {
        size: min(step for step, count in counts.items() if count >= 0.15 * counts.total())
        if any(count >= 0.15 * counts.total() for count in counts.values())
        else 1.2 * size
        for size, counts in steps.items()
    }


def contents_title(text: str) -> int:
    """Length of the title in a line "title ...... 12" of a table of contents, 0 for other lines."""
    if len(text) > 250 or not text[-1:].isdigit():
        return 0
    leader = _LEADER.search(text)
    return len(text[: leader.start()].rstrip()) if leader and _PAGE_END.search(text[leader.start() :]) else 0


def footnotes_from(lines: list[TextLine], body: float) -> int:
    """Index of the first footnote among the lines of a page, their number if there is none."""
    marks = {line.text[start:end].strip(" ()") for line in lines for start, end in line.notes if start > 0}
    first = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        if lines[n].size > 0.93 * body:
            break
        if note_number(lines[n]) in marks:
            first = n
    return first


def note_number(line: TextLine) -> str:
    match = _NOTE_OPENING.match(line.text)
    return match[1] if match else ""
