"""Which units satisfy a condition: set logic over hits, no look at the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from policylint.analysis.units import OWN_TEXT, Analysis, Hit, Part, Unit
from policylint.judging.rules import Area, Condition, Term, Within


class Found(NamedTuple):
    """A unit that satisfies a condition; [start, end) is the span of its own deciding hits.

    `companions` are the units elsewhere that the condition needed (`with`).
    """

    unit: int
    start: int
    end: int
    condition: Condition
    companions: tuple[Found, ...] = ()


@dataclass(slots=True)
class Search:
    """Finds conditions in one analysis; remembers which units see a name, for that is asked often.

    The units that see a name are kept as one number with a byte per unit, so that units that see
    several names are found by arithmetic, whatever the length of the document.
    """

    analysis: Analysis
    _seeing: dict[tuple[tuple[str, ...], frozenset[Part]], int] = field(default_factory=dict)
    _by_place: dict[tuple[int, Area], Mapping[int, Sequence[int]]] = field(default_factory=dict)
    _companion: dict[tuple[int, Area, int], Found | None] = field(default_factory=dict)

    def find(self, condition: Condition, *, headings: bool = False, under: Sequence[str] = ()) -> Iterable[Found]:
        """The units that satisfy a condition, each looked for when it is asked for; bare headings only on request.

        They come in document order, those first that stand under a heading that has one of the names `under`.
        """
        # Most conditions ask for something that the whole text lacks: that is seen without looking at units.
        here = self.analysis.by_name.keys()
        for term in condition.every:
            if here.isdisjoint(term.names):
                return ()
        numbers = self._candidates(condition.every)
        if under and len(numbers) > 1:
            numbers.sort(key=lambda number: not self._under_heading(number, under))
        found = self._satisfying(condition, numbers, headings)
        if condition.count > 1:
            counted = list(found)
            words = {self.analysis.document.text[each.start : each.end].lower() for each in counted}
            return counted if len(words) >= condition.count else ()
        return found

    def first(self, condition: Condition) -> Found | None:
        """The first unit that satisfies a condition, None if none does."""
        return next(iter(self.find(condition)), None)

    def _under_heading(self, number: int, names: Sequence[str]) -> bool:
        units = self.analysis.units
        for part, read_with in units[number].context:
            if part is _HEADING and not units[read_with].hits.keys().isdisjoint(names):
                return True
        return False

    def _satisfying(self, condition: Condition, numbers: Iterable[int], headings: bool) -> Iterator[Found]:
        """Those of the units that satisfy a condition by themselves and have its companions."""
        for number in numbers:
            unit = self.analysis.units[number]
            if unit.is_heading and not headings:
                continue
            span = self._span(unit, condition)
            if span is None or any(self._nearby(number, *companion) for companion in condition.unless):
                continue
            companions = [self._nearby(number, *companion) for companion in condition.with_]
            if None not in companions:
                yield Found(number, *span, condition, tuple(filter(None, companions)))

    def _candidates(self, terms: Sequence[Term]) -> list[int]:
        """The units that see every term, one of them at least in their own text; what hits say is looked at later."""
        candidates = -1
        narrow = [term for term in terms if term.parts == OWN_TEXT]
        for term in narrow:
            candidates &= self._seen(term.names, OWN_TEXT)
            if not candidates:
                return []
        if not narrow:
            candidates = 0
            for term in terms:
                if _OWN in term.parts:
                    candidates |= self._seen(term.names, OWN_TEXT)
        for term in terms if len(narrow) < len(terms) else ():
            candidates &= self._seen(term.names, term.parts)
            if not candidates:
                return []
        flags = candidates.to_bytes(len(self.analysis.units), "little")
        numbers = []
        number = flags.find(1)
        while number >= 0:
            numbers.append(number)
            number = flags.find(1, number + 1)
        return numbers

    def _seen(self, names: tuple[str, ...], parts: frozenset[Part]) -> int:
        seen = self._seeing.get((names, parts))
        if seen is None:
            seen = self._seeing[names, parts] = int.from_bytes(self.analysis.seeing(names, parts), "little")
        return seen

    def _span(self, unit: Unit, condition: Condition) -> tuple[int, int] | None:
        """The narrowest span of own hits that satisfies the terms, None if nothing does."""
        if condition.within is _UNIT:
            return self._span_in(unit, condition, None)
        clauses = sorted({hit.clause for term in condition.every if _OWN in term.parts for hit in _hits(unit, term)})
        spans = (self._span_in(unit, condition, clause) for clause in clauses)
        return next((span for span in spans if span is not None), None)

    def _span_in(self, unit: Unit, condition: Condition, clause: int | None) -> tuple[int, int] | None:
        own: list[Sequence[Hit]] = []
        for term in condition.every:
            hits = _hits(unit, term, clause) if _OWN in term.parts else ()
            if hits:
                own.append(hits)
            elif not self._in_context(unit, term):
                return None
        if not own:
            return None
        for term in condition.none:
            if (_OWN in term.parts and _hits(unit, term, clause)) or self._in_context(unit, term):
                return None
        start, end = _narrowest(own)
        return unit.base + start, unit.base + end

    def _in_context(self, unit: Unit, term: Term) -> bool:
        units = self.analysis.units
        for part, read_with in unit.context:  # noqa: SIM110 (a generator costs more than what it looks at)
            if part in term.parts and _hits(units[read_with], term):
                return True
        return False

    def _nearby(self, number: int, area: Area, companion: Condition) -> Found | None:
        """The first unit that satisfies a companion in the same block, section or document as a unit."""
        place = _PLACE[area](self.analysis.units[number])
        key = (id(companion), area, place)
        if key not in self._companion:
            numbers = self._numbers_by_place(area, companion).get(place, ())
            self._companion[key] = next(self._satisfying(companion, numbers, headings=False), None)
        return self._companion[key]

    def _numbers_by_place(self, area: Area, companion: Condition) -> Mapping[int, Sequence[int]]:
        """The units that may satisfy a companion, by their places."""
        key = (id(companion), area)
        if key not in self._by_place:
            by_place: dict[int, list[int]] = defaultdict(list)
            if companion.count > 1:
                numbers = [found.unit for found in self.find(companion)]
            else:
                numbers = self._candidates(companion.every)
            for number in numbers:
                by_place[_PLACE[area](self.analysis.units[number])].append(number)
            self._by_place[key] = by_place
        return self._by_place[key]


# The members of an enumeration are looked up faster here than in it.
_OWN, _HEADING, _UNIT = Part.OWN, Part.HEADING, Within.UNIT
_PLACE: Mapping[Area, Callable[[Unit], int]] = {
    Area.BLOCK: attrgetter("block"),
    Area.SECTION: attrgetter("section"),
    Area.DOCUMENT: lambda _: 0,
}
"""The number of the block or section of a unit; a document is one place."""


def _hits(unit: Unit, term: Term, clause: int | None = None) -> Sequence[Hit]:
    """The hits of a term in the own text of a unit, or in one clause of it."""
    hits = unit.hits
    if hits.keys().isdisjoint(term.names):
        return ()
    polarity, speaker = term.polarity, term.speaker
    return [
        hit
        for name in term.names
        if name in hits
        for hit in hits[name]
        if hit.polarity in polarity and hit.speaker in speaker and (clause is None or hit.clause == clause)
    ]


def _narrowest(own: Sequence[Sequence[Hit]]) -> tuple[int, int]:
    """The narrowest span with one hit of each list, by way of each first hit's nearest neighbours."""
    if all(len(hits) == 1 for hits in own):
        return min(hits[0].start for hits in own), max(hits[0].end for hits in own)
    spans = []
    for anchor in own[0]:
        start, end = anchor.start, anchor.end
        for others in own[1:]:
            nearest = min(others, key=lambda hit: max(end, hit.end) - min(start, hit.start))
            start, end = min(start, nearest.start), max(end, nearest.end)
        spans.append((start, end))
    return min(spans, key=lambda span: span[1] - span[0])
