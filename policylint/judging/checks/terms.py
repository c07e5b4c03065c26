"""Checks of periods against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policylint.analysis.recognisers.value import Duration
from policylint.analysis.units import Analysis, Hit, Part, Unit
from policylint.judging.checks.case import Case, Spot

_KINDS = frozenset({"kept-invoices", "kept-logs", "kept-applications", "kept-account", "kept-footage", "kept-messages"})
_STARTS = frozenset({"kept-from-end", "kept-from-last", "kept-from-receipt", "kept-from-request"})
_KEEPING = frozenset({"keep", "dispose", "retention-topic"})
_SPOILING = "kept-otherwise"
ASKED = _KINDS | _STARTS | _KEEPING | {_SPOILING, "duration"}
"""The concepts and values that `retention_clash` looks at."""

# Four weeks and a month, thirty days and a month: the same term in other words.
_SAME = 1.15


def retention_clash(case: Case) -> Iterator[Spot]:
    """Two periods for the same data counted from the same moment; the value is the period named first."""
    first: dict[tuple[str, frozenset[str]], tuple[Unit, Hit]] = {}
    for number in case.analysis.by_name.get("duration", ()):
        unit = case.analysis.units[number]
        term = _term(case.analysis, unit)
        if term is None:
            continue
        kind, hit = term
        start = frozenset(_STARTS.intersection(unit.hits))
        earlier, its_hit = first.setdefault((kind, start), (unit, hit))
        if not _same(its_hit, hit):
            place = earlier.span(its_hit)
            yield Spot(*unit.span(hit), related=(place,), value=case.analysis.document.text[slice(*place)])


def _term(analysis: Analysis, unit: Unit) -> tuple[str, Hit] | None:
    """The one kind of data and the one period of a unit that says how long that is kept, else None."""
    periods: Mapping[object, Hit] = {hit.value: hit for hit in unit.hits["duration"]}
    around = [analysis.units[index] for part, index in unit.context if part in (Part.HEADER, Part.LEAD_IN)]
    about = [unit, *around, *(analysis.units[index] for part, index in unit.context if part is Part.HEADING)]
    kinds = _KINDS.intersection(unit.hits) or _KINDS.intersection(name for other in around for name in other.hits)
    if len(periods) != 1 or len(kinds) != 1 or any(_SPOILING in other.hits for other in [unit, *around]):
        return None
    if not any(_KEEPING.intersection(other.hits) for other in about):
        return None
    return next(iter(kinds)), next(iter(periods.values()))


def _same(one: Hit, other: Hit) -> bool:
    days = [hit.value.days for hit in (one, other) if isinstance(hit.value, Duration)]
    return max(days) <= min(days) * _SAME
