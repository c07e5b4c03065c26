"""The words of a page: turned upright, gathered in runs on one line, with their list markers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# All lengths are points (1/72 inch), measured from the top left corner of the page as it is seen.
_SPLIT = 0.75  # a gap this many times the size of the letters parts a line in two
_MARKER = re.compile(
    r"[•·▪●◦‣➢►✓✔■□○∙⁃❖–—*o+-]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+"
)
_MARKER_REACH = 60.0
_BESIDE = 8
Rule = Sequence[float]  # x0, y0, x1, y1 of a thin line


class Word(NamedTuple):
    """A word, its box, the line it stands on (`base`), its size as printed, the number of its link (-1: none)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: int
    turns: int
    link: int
    missing: int
    colour: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words on one line without a wide gap; `right` is the edge up to which its column is filled.

    While a page is put in order a ruled table takes part as a run without words that holds its `grid`.
    """

    words: tuple[Word, ...]
    x0: float
    x1: float
    base: float
    size: float
    right: float = 0.0
    column: int = 0
    grid: Grid | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for every row, for every column, the lines of the cell."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


Item = Run | Grid


def upright(words: Iterable[Word], width: float, height: float) -> tuple[list[Word], int]:
    """The words within the page that stand the way most do, turned upright; how many characters are left out."""
    inside = [word for word in words if 0 <= (word.x0 + word.x1) / 2 <= width and 0 <= word.base <= height * 1.01]
    turned = Counter[int]()
    for word in inside:
        turned[word.turns] += len(word.text)
    turns = turned.most_common(1)[0][0] if turned else 0
    kept = [word for word in inside if word.turns == turns]
    left_out = sum(turned.values()) - turned[turns]
    if turns > 0:
        kept = [_turned(word, turns, width, height) for word in kept]
    return kept, left_out


def _turned(word: Word, turns: int, width: float, height: float) -> Word:
    x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
    if turns == 1:  # written downwards
        return word._replace(x0=y0, x1=y1, y0=width - x1, y1=width - x0, base=width - x0)
    if turns == 2:
        return word._replace(x0=width - x1, x1=width - x0, y0=height - y1, y1=height - y0, base=height - y0)
    return word._replace(x0=height - y1, x1=height - y0, y0=x0, y1=x1, base=x1)


def runs_of(words: Iterable[Word]) -> list[Run]:
    """Words gathered in runs, from the top down; on one line from the left."""
    strings: list[list[Word]] = []
    string: list[Word] = []
    for word in words:
        if string:
            first, last, size = string[0], string[-1], word.size
            if abs(word.base - first.base) <= 0.5 * (size if size >= first.size else first.size) and (
                -0.3 * size <= word.x0 - last.x1 <= _SPLIT * (size if size >= last.size else last.size)
            ):
                string.append(word)
                continue
        string = [word]
        strings.append(string)
    result: list[Run] = []
    for row in rows_of(_with_markers(sorted(map(run_of, strings), key=lambda run: run.base))):
        joined = [row[0]]
        for run in row[1:]:
            if run.x0 - joined[-1].x1 <= _SPLIT * max(run.size, joined[-1].size):
                joined[-1] = run_of([*joined[-1].words, *run.words])
            else:
                joined.append(run)
        result.extend(joined)
    return result


def _with_markers(runs: list[Run]) -> list[Run]:
    """The runs, list markers that stand apart joined to what they mark; `runs` from the top down."""
    joined: dict[int, Run] = {}
    marked: set[int] = set()
    for n, run in enumerate(runs):
        if len(run.words) > 1 or not _MARKER.fullmatch(run.words[0].text):
            continue
        best: tuple[float, int] | None = None
        for m in range(max(n - _BESIDE, 0), min(n + _BESIDE, len(runs))):
            other = runs[m]
            gap = other.x0 - run.x1
            level = abs(other.base - run.base) <= 0.4 * max(run.size, other.size)
            if m != n and m not in joined and level and 0 <= gap <= _MARKER_REACH and (best is None or gap < best[0]):
                best = gap, m
        if best is not None and best[1] not in marked:
            text = runs[best[1]]
            joined[best[1]] = Run((*run.words, *text.words), run.x0, text.x1, text.base, text.size)
            marked.add(n)
    return [joined.get(n, run) for n, run in enumerate(runs) if n not in marked]


def with_bullets(runs: Sequence[Run], dots: Sequence[Rule]) -> list[Run]:
    """Runs with a bullet before those that have one drawn at their left."""
    if not dots:
        return list(runs)
    ordered = sorted(dots, key=lambda dot: dot[3])
    bottoms = [dot[3] for dot in ordered]
    result = []
    for run in runs:
        low, high = bisect_right(bottoms, run.base - run.size), bisect_right(bottoms, run.base + 0.1 * run.size)
        near = [dot for dot in ordered[low:high] if 0 < run.x0 - dot[2] <= 2 * run.size]
        if near:
            x0, y0, x1, y1 = near[-1]
            first = run.words[0]
            bullet = first._replace(text="•", x0=x0, y0=y0, x1=x1, y1=y1, link=-1, missing=0)
            run = Run((bullet, *run.words), x0, run.x1, run.base, run.size)
        result.append(run)
    return result


def run_of(words: Sequence[Word]) -> Run:
    size, base = words[0].size, words[0].base
    if any(word.size != size or word.base != base for word in words):
        weights = Counter[tuple[float, float]]()
        for word in words:
            weights[word.size, word.base] += len(word.text)
        size, base = weights.most_common(1)[0][0]
    return Run(tuple(words), min(word.x0 for word in words), max(word.x1 for word in words), base, size)


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand beside each other, each row from the left; `runs` from the top down."""
    rows: list[list[Run]] = []
    for run in runs:
        if rows and abs(run.base - rows[-1][0].base) <= 0.4 * min(run.size, rows[-1][0].size) + 0.5:
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows
