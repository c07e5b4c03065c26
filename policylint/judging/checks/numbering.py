"""Checks of numbering: of headings and numbered paragraphs, of list items, of (1) (2) in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from policylint.document import BlockKind, Document
from policylint.judging.checks.case import Case, Spot

_NUMBERED = re.compile(
    r"^(?:(?:(?i:artikel|article|hoofdstuk|chapter|section)|§) ?)?"
    r"(\d{1,2}(?:\.\d{1,2}){0,3})\s?[.):–-]?\s*(?=[A-Z\"'(])"
)
_BRACKETED = re.compile(r"(?<![\w)])(?<!\d )\((\d{1,2})\)(?= ?[^\W\d])")
_FEWEST_NUMBERS = 3
_FEWEST_ALIKE = 4
_WIDEST_GAP = 3


class _Number(NamedTuple):
    """A number, how the source prints it, and the place that shows it: offsets [start, end) in the text."""

    value: int
    label: str
    start: int
    end: int


def numbering_gap(case: Case) -> Iterator[Spot]:
    """Numbers that skip one, stand twice or stand out of order; the value is the number before and the number."""
    document = case.analysis.document
    text = case.text
    spots = [*_in_parts(document, text), *_in_lists(document, text), *_in_sentences(case, text)]
    yield from sorted(spots, key=lambda spot: spot.start)


def _in_parts(document: Document, text: str) -> Iterator[Spot]:
    """Slips in the numbers of headings and numbered paragraphs: 1, 2, 4 or 2.1, 2.3."""
    series: dict[tuple[str, ...], list[_Number]] = defaultdict(list)
    parts: set[tuple[str, ...]] = set()
    for block in document.blocks:
        match = _NUMBERED.match(text[block.start : block.end])
        if match is not None:
            *parents, own = match[1].split(".")
            parts.add(tuple(parents))
            if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
                series[tuple(parents)].append(_Number(int(own), match[1], block.start, block.start + match.end(1)))
            else:
                parts.add((*parents, own))
    items = [
        _Number(int(block.marker[:-1]), block.marker, block.start, block.end)
        for block in document.blocks
        if block.kind is BlockKind.ITEM and _PLAIN_NUMBER.fullmatch(block.marker)
    ]
    for above, numbers in series.items():
        if len(numbers) >= _FEWEST_NUMBERS and numbers[0].value <= 1:
            for spot, due in _slips(numbers):
                # A part whose own heading was not recognised shows in the numbers below it, or is an item.
                if (*above, str(due)) not in parts and (above or not _opens_list(items, due, spot)):
                    yield spot


def _opens_list(items: Sequence[_Number], due: int, spot: Spot) -> bool:
    """Whether the items between two headings start with the number that is due."""
    n = bisect_left(items, spot.related[0][0], key=lambda item: item.start)
    return n < len(items) and items[n].start < spot.start and items[n].value == due


def _in_sentences(case: Case, text: str) -> Iterator[Spot]:
    """Slips in an enumeration (1) ..., (2) ... within one sentence."""
    for unit in case.analysis.units if "1)" in text else ():
        if text.find("1)", unit.start, unit.end) < 0:
            continue
        numbers = [
            _Number(int(match[1]), match[1], match.start(), match.end())
            for match in _BRACKETED.finditer(text, unit.start, unit.end)
        ]
        if len(numbers) >= 2 and numbers[0].value == 1:
            yield from (spot for spot, _ in _slips(numbers))


def _slips(numbers: Sequence[_Number]) -> Iterator[tuple[Spot, int]]:
    """Steps that leave out one or two numbers, repeat one or step out of line, and the number that was due."""
    values = [number.value for number in numbers]
    moved = set(_moved(values))
    present = set(values)
    for n, (before, number) in enumerate(pairwise(numbers), start=1):
        repeated = number.value == before.value
        skipped = 2 <= number.value - before.value <= _WIDEST_GAP and before.value + 1 not in present
        if repeated or skipped or n in moved:
            yield _slip(before, number), before.value + 1


def _slip(before: _Number, number: _Number) -> Spot:
    return Spot(number.start, number.end, ((before.start, before.end),), f"{before.label}, {number.label}")


def _moved(values: Sequence[int]) -> Iterator[int]:
    """Indices of single numbers that stand too early or too late in a series that counts on without them."""
    present = set(values)
    for n, (before, value, after) in enumerate(zip(values, values[1:], values[2:], strict=False), start=1):
        too_early = value > before + 1 == after and value - 1 in present
        too_late = value < before == after - 1 and value > 1 and {value - 1, value + 1} <= present
        if (too_early or too_late) and values.count(value) == 1:
            yield n


_PLAIN_NUMBER = re.compile(r"\d{1,2}[.)]")
_MARKER = re.compile(r"\(?(?:(\d{1,2})|([a-z]|[ivx]{1,5})|([A-Z]|[IVX]{1,5}))(?:[.)]|\s?\.)")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_NO_LIST = -1


@dataclass(slots=True)
class _Runs:
    """The lists of one sort of marker: those that are open, innermost last, and all that were read."""

    open: list[list[_Number]] = field(default_factory=list)
    all: list[list[_Number]] = field(default_factory=list)

    def counts_on(self, value: int) -> bool:
        """Whether an open list expects this number."""
        return any(run[-1].value + 1 == value for run in self.open)

    def add(self, number: _Number) -> None:
        """Continue the list that expects the number; 1 opens a list of its own, within the open ones."""
        while self.counts_on(number.value) and self.open[-1][-1].value + 1 != number.value:
            self.open.pop()
        if not self.open or (number.value == 1 and self.open[-1][-1].value != 1):
            self.open.append([])
            self.all.append(self.open[-1])
        self.open[-1].append(number)


def _in_lists(document: Document, text: str) -> Iterator[Spot]:
    """Slips in lists that start at 1, a or i and count; a list that repeats one number counts by its renderer."""
    sorts: dict[tuple[str, int], _Runs] = {}
    done: list[tuple[str, _Runs]] = []
    printed: dict[tuple[str, int], list[int]] = defaultdict(list)
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            done += ((sort, runs) for (sort, _), runs in sorts.items())
            sorts = {}
        if block.kind is BlockKind.PARAGRAPH and (match := _NUMBERED.match(text[block.start : block.end])):
            printed["number", int(match[1].split(".")[0])].append(block.start)
        if block.kind is not BlockKind.ITEM or not (readings := _readings(block.marker)):
            continue
        lead = block.lead_in
        nested = lead is not None and document.blocks[lead].kind is BlockKind.ITEM
        parent = lead if nested and lead is not None else _NO_LIST
        fitting = [(sort, value) for sort, value in readings if _expects(sorts.get((sort, parent)), value)]
        sort, value = (fitting or readings)[0]
        printed[sort, value].append(block.start)
        sorts.setdefault((sort, parent), _Runs()).add(_Number(value, block.marker, block.start, block.end))
    done += ((sort, runs) for (sort, _), runs in sorts.items())
    for sort, runs in done:
        for run in runs.all:
            values = [number.value for number in run]
            if document.format == "text" and len(run) >= _FEWEST_ALIKE and set(values) == {1}:
                yield _slip(run[0], run[1])  # Markdown counts for itself; in plain text readers see this
            counts = len(run) >= _FEWEST_NUMBERS or (len(run) > 1 and run[0].label.startswith("("))
            if counts and values[0] == 1 and values[1] != 1:
                for spot, due in _slips(run):
                    # A number that was read as part of another list, or as a paragraph, is there all the same.
                    if not any(spot.related[0][0] < place < spot.start for place in printed[sort, due]):
                        yield spot


def _expects(runs: _Runs | None, value: int) -> bool:
    return runs is not None and runs.counts_on(value)


def _readings(marker: str) -> list[tuple[str, int]]:
    """The sorts of numbering that a marker can belong to, with its value: "i)" is a letter or a Roman number."""
    match = _MARKER.fullmatch(marker)
    if match is None:
        return []
    if match[1]:
        return [("number", int(match[1]))]
    letters = match[2] or match[3]
    case = "small" if match[2] else "capital"
    low = letters.lower()
    as_letter = [(f"{case} letter", ord(low) - ord("a") + 1)] if len(low) == 1 else []
    as_roman = [(f"{case} Roman", _roman(low))] if set(low) <= set(_ROMAN) else []
    return as_roman + as_letter if low == "i" else as_letter + as_roman


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
