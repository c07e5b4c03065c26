"""Turns found units into evidence: the words, what they are read with, and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from policylint.analysis.units import Analysis, Part, Unit
from policylint.document import Location
from policylint.judging.matching import Found
from policylint.result import Evidence

# Longer units are quoted around the words that decide.
_LONGEST_QUOTE = 45
_SHORTEST_QUOTE = 8
# A quote of so few words says nothing alone: it is shown with the short lines around it.
_SCRAP, _LINE, _LINES_AFTER = 4, 8, 3
_PAIRS = {")": "(", "”": "“", "’": "‘", '"': '"'}
_BEYOND_BRACKET = re.compile(r"\)\s*\w+$")
_REST_OF_WORD = re.compile(r"(?<=\w)(?:(?:['’-]\w+)+|-(?=\s))")


_PLACE = {
    "nl": {"line": "regel", "page": "pagina", "paragraph": "alinea"},
    "en": {"line": "line", "page": "page", "paragraph": "paragraph"},
}


def place_in_words(location: Location, language: str) -> str:
    """A location as a sentence names it: "line 3", "page 2, line 5", "paragraph 12"."""
    numbers = {"page": location.page, "line": location.line, "paragraph": location.paragraph}
    return ", ".join(f"{_PLACE[language][name]} {number}" for name, number in numbers.items() if number is not None)


@dataclass(frozen=True, slots=True)
class Quoter:
    """Quotes from one analysed document."""

    analysis: Analysis

    def evidence(self, found: Found) -> Evidence:
        """The unit's own words around the deciding span, with its context and place."""
        unit = self.analysis.units[found.unit]
        start, end = self._extent(unit, found)
        if _count(self.analysis.document.text[start:end]) <= _SCRAP:
            start, end = self._around_scrap(found.unit, start, end)
        return Evidence(
            quote=self.analysis.document.text[start:end],
            focus=(found.start - start, self._tidy_end(found, end) - start),
            context=self._context(unit),
            location=self._location(start, end, unit.section),
        )

    def words(self, start: int, end: int) -> Evidence:
        """Words at [start, end) of the visible text that need not be a unit; of long ones the beginning."""
        document = self.analysis.document
        words = document.text[start:end].split(" ")
        quote = " ".join(words[:_LONGEST_QUOTE])
        end = start + len(quote)
        block = max(0, bisect_right(document.blocks, start, key=lambda block: block.start) - 1)
        return Evidence(quote, (0, len(quote)), "", self._location(start, end, document.blocks[block].section))

    def where_missing(self, section_names: tuple[str, ...]) -> Location:
        """Where something absent belongs: the heading that speaks of it, else the document's first line."""
        units = self.analysis.units
        for name in section_names:
            for number in self.analysis.by_name.get(name, ()):
                if units[number].is_heading:
                    heading = self._location(units[number].start, units[number].end, units[number].section)
                    return replace(heading, span=(units[number].start, units[number].start))
        return self.analysis.document.source_map.beginning()

    def _extent(self, unit: Unit, found: Found) -> tuple[int, int]:
        """The whole unit if it is short, else whole clauses around the span, else words around it."""
        text = self.analysis.document.text
        if _count(text[unit.start : unit.end]) <= _LONGEST_QUOTE:
            return unit.start, unit.end
        clauses = map(unit.span, unit.clauses)
        touched = [(start, end) for start, end in clauses if start < found.end and found.start < end]
        start = min((start for start, _ in touched), default=found.start)
        end = max((end for _, end in touched), default=found.end)
        if not _SHORTEST_QUOTE <= _count(text[start:end]) <= _LONGEST_QUOTE:
            start, end = _around(text, (unit.start, unit.end), found)
        while end > found.end and text[end - 1] in " ,;:-–(":
            end -= 1
        while start < found.start and text[start] in " ,;:-–)":
            start += 1
        return start, end

    def _tidy_end(self, found: Found, last: int) -> int:
        """The end of the words that decide, all of a word ("programma's") and all or nothing of a pair of marks."""
        text = self.analysis.document.text
        rest = _REST_OF_WORD.match(text, found.end, last)
        end = rest.end() if rest else found.end
        words = text[found.start : end]
        if end < last and _is_open(words, text[end]):
            return end + 1
        beyond = _BEYOND_BRACKET.search(words)
        return found.start + beyond.start() if beyond and words.count("(") < words.count(")") else end

    def _around_scrap(self, number: int, start: int, end: int) -> tuple[int, int]:
        """A word or two with the lines beside them that are as short: an address, a question with its "No"."""
        text, units = self.analysis.document.text, self.analysis.units
        own = units[number]

        def joins(other: int, longest: int) -> bool:
            if not 0 <= other < len(units):
                return False
            unit = units[other]
            return (
                unit.section == own.section and not unit.is_heading and _count(text[unit.start : unit.end]) <= longest
            )

        first = last = number
        if joins(first - 1, _LINE if units[first - 1].block != own.block else _LONGEST_QUOTE - _SCRAP):
            first -= 1
        while last - number < _LINES_AFTER and joins(last + 1, _SCRAP):
            last += 1
        return min(start, units[first].start), max(end, units[last].end)

    def _context(self, unit: Unit) -> str:
        """The nearest heading and whatever else the unit is read with, outermost first."""
        text = self.analysis.document.text
        headings = [number for part, number in unit.context if part is Part.HEADING][-1:]
        others = [number for part, number in unit.context if part in (Part.HEADER, Part.LEAD_IN, Part.BEFORE)]
        units = self.analysis.units
        return " › ".join(text[units[number].start : units[number].end] for number in [*headings, *others])

    def _location(self, start: int, end: int, section: int) -> Location:
        document = self.analysis.document
        return document.source_map.locate(start, end, document.sections[section].title or None)


def _is_open(words: str, closing: str) -> bool:
    """Whether `words` have the opening mark that `closing` belongs to."""
    opening = _PAIRS.get(closing)
    if opening is None:
        return False
    return words.count(opening) % 2 == 1 if opening == closing else words.count(opening) > words.count(closing)


def _count(text: str) -> int:
    return len(text.split())


def _around(text: str, unit: tuple[int, int], found: Found) -> tuple[int, int]:
    """As many words before and after the span as make a quote of the longest length."""
    spare = _LONGEST_QUOTE - _count(text[found.start : found.end])
    start, end = found.start, found.end
    for _ in range(max(0, spare) // 2):
        left = text.rfind(" ", unit[0], max(unit[0], start - 1))
        start = unit[0] if left < 0 else left + 1
        right = text.find(" ", end + 1, unit[1])
        end = unit[1] if right < 0 else right
    return start, end
