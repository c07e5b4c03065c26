"""Checks of sections against their headings: what a heading promises and what has no place in a policy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from policylint.analysis.units import Analysis
from policylint.document import BlockKind
from policylint.judging.checks.case import Case, Spot

_SUBJECTS = ("basis", "special", "retention", "security", "transfer", "complaint", "rights")
PROMISES = frozenset(f"{kind}-{subject}" for kind in ("promised", "given") for subject in _SUBJECTS) | {
    "promise-pointer"
}
"""What rules define for `broken_promises`: the words of a heading, the words that keep its promise, a pointer."""
FOREIGN = frozenset({"foreign-topic", "about-persons", "privacy-policy", "privacy-subject"})

_FEWEST_WORDS = 12


def broken_promises(case: Case) -> Iterator[Spot]:
    """Headings that promise a subject of which their section, subsections included, has no word."""
    analysis = case.analysis
    for subject in _SUBJECTS:
        for number in analysis.by_name.get(f"promised-{subject}", ()):
            body = _body(analysis, number)
            kept = (f"given-{subject}", "promise-pointer", "link", "url")
            if _long_enough(analysis, body) and not any(_speaks(analysis, body, name) for name in kept):
                hit = analysis.units[number].hits[f"promised-{subject}"][0]
                yield Spot(*analysis.units[number].span(hit))


def foreign_sections(case: Case) -> Iterator[Spot]:
    """Headings of sections on something else than privacy, of which no sentence speaks of personal data."""
    analysis = case.analysis
    about = FOREIGN - {"foreign-topic"}
    for number in analysis.by_name.get("foreign-topic", ()):
        body = _body(analysis, number)
        if _long_enough(analysis, body) and not any(_speaks(analysis, body, name) for name in about):
            yield Spot(analysis.units[number].start, analysis.units[number].end)


def _body(analysis: Analysis, number: int) -> range:
    """The units of the section that the heading unit opens, none for any other unit or one above all sections."""
    unit = analysis.units[number]
    section = analysis.document.sections[unit.section]
    if not unit.is_heading or analysis.document.blocks[unit.block].kind is not BlockKind.HEADING:
        return range(0)
    return range(number + 1, bisect_left(analysis.units, section.end, key=lambda other: other.start))


def _long_enough(analysis: Analysis, body: range) -> bool:
    """Whether a section has text of its own that could keep a promise."""
    if not body:
        return False
    text = analysis.document.text[analysis.units[body.start].start : analysis.units[body.stop - 1].end]
    return len(text.split()) >= _FEWEST_WORDS and any(not analysis.units[number].is_heading for number in body)


def _speaks(analysis: Analysis, body: range, name: str) -> bool:
    numbers = analysis.by_name.get(name, ())
    first = bisect_left(numbers, body.start)
    return first < len(numbers) and numbers[first] < body.stop
