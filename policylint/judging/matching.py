"""Which units satisfy a condition: set logic over hits, no look at the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policylint.analysis.units import OWN_TEXT, Analysis, Hit, Part, Unit
from policylint.judging.rules import Area, Condition, Term, Within


@dataclass(frozen=True, slots=True)
class Found:
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
    _companions_by_place: dict[tuple[int, Area], Mapping[int, Sequence[Found]]] = field(default_factory=dict)

    def find(self, condition: Condition, *, headings: bool = False) -> list[Found]:
        """The units that satisfy a condition, in document order; bare headings only on request."""
        found: list[Found] = []
        # Most conditions ask for something that the whole text lacks: that is seen without looking at units.
        here = self.analysis.by_name.keys()
        for term in condition.every:
            if here.isdisjoint(term.names):
                return found
        for number in self._candidates(condition.every):
            unit = self.analysis.units[number]
            if unit.is_heading and not headings:
                continue
            span = self._span(unit, condition)
            if span is None or self._spoiled(number, condition):
                continue
            companions = self._companions(number, condition)
            if companions is not None:
                found.append(Found(number, *span, condition, companions))
        if condition.count > 1:
            words = {self.analysis.document.text[f.start : f.end].lower() for f in found}
            return found if len(words) >= condition.count else []
        return found

    def under_heading(self, number: int, names: Sequence[str]) -> bool:
        """Whether a unit stands under a heading that has one of these names."""
        units = self.analysis.units
        for part, read_with in units[number].context if names else ():
            if part is Part.HEADING and not units[read_with].hits.keys().isdisjoint(names):
                return True
        return False

    def _candidates(self, terms: Sequence[Term]) -> Iterator[int]:
        """The units that see every term, one of them at least in their own text; qualities of hits are looked at later."""
        candidates = -1
        for term in terms:
            candidates &= self._seen(term.names, term.parts)
            if not candidates:
                return
        if not any(term.parts == OWN_TEXT for term in terms):
            own = 0
            for term in terms:
                if Part.OWN in term.parts:
                    own |= self._seen(term.names, OWN_TEXT)
            candidates &= own
        flags = candidates.to_bytes(len(self.analysis.units), "little")
        number = flags.find(1)
        while number >= 0:
            yield number
            number = flags.find(1, number + 1)

    def _seen(self, names: tuple[str, ...], parts: frozenset[Part]) -> int:
        seen = self._seeing.get((names, parts))
        if seen is None:
            seen = self._seeing[names, parts] = int.from_bytes(self.analysis.seeing(names, parts), "little")
        return seen

    def _span(self, unit: Unit, condition: Condition) -> tuple[int, int] | None:
        """The narrowest span of own hits that satisfies the terms, None if nothing does."""
        if condition.within is Within.UNIT:
            return self._span_in(unit, condition, None)
        clauses = sorted({hit.clause for term in condition.every for hit in _own_hits(unit, term, None)})
        spans = (self._span_in(unit, condition, clause) for clause in clauses)
        return next((span for span in spans if span is not None), None)

    def _span_in(self, unit: Unit, condition: Condition, clause: int | None) -> tuple[int, int] | None:
        own: list[list[Hit]] = []
        for term in condition.every:
            hits = _own_hits(unit, term, clause)
            if hits:
                own.append(hits)
            elif not self._in_context(unit, term):
                return None
        if not own:
            return None
        for term in condition.none:
            if _own_hits(unit, term, clause) or self._in_context(unit, term):
                return None
        start, end = _narrowest(own)
        return unit.base + start, unit.base + end

    def _in_context(self, unit: Unit, term: Term) -> bool:
        units = self.analysis.units
        for part, read_with in unit.context:  # noqa: SIM110 (a generator costs more than what it looks at)
            if part in term.parts and _hits(units[read_with], term):
                return True
        return False

    def _spoiled(self, number: int, condition: Condition) -> bool:
        return any(self._nearby(number, area, companion) for area, companion in condition.unless)

    def _companions(self, number: int, condition: Condition) -> tuple[Found, ...] | None:
        """The first companion of each kind; None if one is lacking."""
        companions = []
        for area, companion in condition.with_:
            nearby = self._nearby(number, area, companion)
            if not nearby:
                return None
            companions.append(nearby[0])
        return tuple(companions)

    def _nearby(self, number: int, area: Area, companion: Condition) -> Sequence[Found]:
        """The units that satisfy a companion in the same block, section or document as a unit."""
        key = (id(companion), area)
        if key not in self._companions_by_place:
            by_place: dict[int, list[Found]] = defaultdict(list)
            for found in self.find(companion):
                by_place[self._place(found.unit, area)].append(found)
            self._companions_by_place[key] = by_place
        return self._companions_by_place[key].get(self._place(number, area), ())

    def _place(self, number: int, area: Area) -> int:
        """The number of the block or section of a unit; a document is one place."""
        unit = self.analysis.units[number]
        return {Area.BLOCK: unit.block, Area.SECTION: unit.section, Area.DOCUMENT: 0}[area]


def _own_hits(unit: Unit, term: Term, clause: int | None) -> list[Hit]:
    hits = _hits(unit, term) if Part.OWN in term.parts else []
    return hits if clause is None else [hit for hit in hits if hit.clause == clause]


def _hits(unit: Unit, term: Term) -> list[Hit]:
    hits = unit.hits
    if hits.keys().isdisjoint(term.names):
        return []
    polarity, speaker = term.polarity, term.speaker
    return [
        hit
        for name in term.names
        if name in hits
        for hit in hits[name]
        if hit.polarity in polarity and hit.speaker in speaker
    ]


def _narrowest(own: Sequence[Sequence[Hit]]) -> tuple[int, int]:
    """The narrowest span with one hit of each list, by way of each first hit's nearest neighbours."""
    spans = []
    for anchor in own[0]:
        start, end = anchor.start, anchor.end
        for others in own[1:]:
            nearest = min(others, key=lambda hit: max(end, hit.end) - min(start, hit.start))
            start, end = min(start, nearest.start), max(end, nearest.end)
        spans.append((start, end))
    return min(spans, key=lambda span: span[1] - span[0])
