"""Whether two versions of a policy, in two languages, say the same: requirements, and what compares as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from policylint.analysis.units import Analysis, Unit
from policylint.comparing.alike import is_alike, is_other_page, moved
from policylint.comparing.mentions import Kind, Mention, mentions
from policylint.comparing.written import Words, is_written
from policylint.document import Location
from policylint.result import Judgement, Requirement, Status, Subject

_SAME_SUBJECT = 0.4
"""The share of their concepts that two sentences have in common if they speak of one thing, whatever their language."""
_FAR = 0.5
"""What it takes off that two sentences stand at opposite ends of their versions."""
_MOST_NEAR = 50
"""Differences for which the sentence that speaks of the same is looked for."""
_MOST_VALUES = 500
"""Values of a kind that are compared; no policy has so many."""
_LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one version and where they stand; `focus` are offsets of the words that matter."""

    quote: str
    focus: tuple[int, int]
    location: Location


@dataclass(frozen=True, slots=True)
class Said:
    """What one version says of something: a value as it is written, or a status; `places` are the words that say so."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the versions say differently, or that only one of them says (the other is None).

    One that is not `is_sure` is something to read again: a thing may be said in other words, a name be translated.
    `near` is the sentence of the silent version that speaks most of the same, if there is one.
    """

    kind: Kind
    title: str
    first: Said | None
    second: Said | None
    is_sure: bool
    near: Place | None = None


@dataclass(frozen=True)
class Version:
    """One version of a policy: its verdicts and what they rest on."""

    judgement: Judgement
    analysis: Analysis

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """All values that it names, save the country whose law it stands under: translations add that or leave it."""
        home = self.judgement.jurisdiction.code if self.judgement.jurisdiction else None
        return [each for each in mentions(self.analysis) if each.kind is not Kind.COUNTRY or each.key != home]

    def of_kind(self, kind: Kind) -> list[Mention]:
        """Its mentions of values of a kind."""
        return [each for each in self.mentions if each.kind is kind]

    @cached_property
    def words(self) -> Words:
        """Its whole text, to look for what no recogniser saw."""
        return Words(self.analysis.document)


@dataclass(frozen=True, slots=True)
class Parity:
    """Two versions by path, the requirements and values that differ (the weightiest first), and how many do not."""

    paths: tuple[str, str]
    languages: tuple[str, str]
    differences: tuple[Difference, ...]
    same: Mapping[Kind, int]


def compare_versions(first: Version, second: Version) -> Parity:
    """Compare two versions. What cannot be compared across languages surely is left out: a false alarm costs trust."""
    differences: list[Difference] = []
    same: dict[Kind, int] = {}
    for kind, difference in _requirements(first.judgement, second.judgement):
        if difference is None:
            same[kind] = same.get(kind, 0) + 1
        else:
            differences.append(difference)
    values = (_values(first), _values(second))
    for kind in Kind:
        left, right, shared = _unmatched(values[0].get(kind, ()), values[1].get(kind, ()))
        left = [each for each in left if not is_written(each, second.words)]
        right = [each for each in right if not is_written(each, first.words)]
        differences += _paired(kind, left, right, (first, second))
        if shared:
            same[kind] = shared
    for kind in (Kind.BASIS, Kind.PERIOD):
        pairs = moved(first.of_kind(kind)[:_MOST_VALUES], second.of_kind(kind)[:_MOST_VALUES])
        differences += [Difference(Kind.ORDER, "", _said(one, first), _said(two, second), False) for one, two in pairs]
    order = list(Kind)
    differences.sort(key=lambda each: (not each.is_sure, order.index(each.kind)))
    nearest = [_with_near(each, first, second) for each in differences[:_MOST_NEAR]]
    differences = nearest + differences[_MOST_NEAR:]
    paths = (first.judgement.path, second.judgement.path)
    languages = (first.judgement.language or "", second.judgement.language or "")
    return Parity(paths, languages, tuple(differences), {kind: same[kind] for kind in Kind if kind in same})


def _requirements(first: Judgement, second: Judgement) -> Iterator[tuple[Kind, Difference | None]]:
    """A difference per requirement that the versions say differently, None for one that they say alike."""
    others = {each.rule: each for each in second.requirements}
    for one in first.requirements:
        other = others.get(one.rule)
        if other is None:
            continue
        kind = Kind.RIGHT if one.subject is Subject.RIGHTS else Kind.REQUIREMENT
        statuses = {_status(one), _status(other)}
        if len(statuses) == 1:
            yield kind, None
        else:
            # How clearly a thing is said is weighed in each language by wordings of its own.
            is_sure = statuses == {Status.MET, None}
            yield kind, Difference(kind, one.title, _verdict(one), _verdict(other), is_sure)


def _status(requirement: Requirement) -> Status | None:
    """The status as a reader sees it; None for silence, whether or not the law asks it."""
    return requirement.status if requirement.status in (Status.MET, Status.VAGUE) else None


def _verdict(requirement: Requirement) -> Said | None:
    if _status(requirement) is None:
        return None
    places = tuple(Place(each.quote, each.focus, each.location) for each in requirement.evidence)
    return Said(str(requirement.status), places)


def _values(version: Version) -> Mapping[Kind, Sequence[Mention]]:
    """The values of each kind, each once, where it first stands."""
    found: dict[Kind, dict[object, Mention]] = {}
    for each in version.mentions:
        found.setdefault(each.kind, {}).setdefault(each.key, each)
    return {kind: tuple(of_kind.values())[:_MOST_VALUES] for kind, of_kind in found.items()}


def _unmatched(first: Sequence[Mention], second: Sequence[Mention]) -> tuple[list[Mention], list[Mention], int]:
    """The values that only one side has, and how many both have."""
    keys = ({each.key for each in first}, {each.key for each in second})
    left = [each for each in first if each.key not in keys[1] and not any(is_alike(each, other) for other in second)]
    right = [each for each in second if each.key not in keys[0] and not any(is_alike(each, other) for other in first)]
    return left, right, len(first) - len(left)


_ONE_OF_A_KIND = frozenset({Kind.AGE, Kind.PHONE, Kind.ADDRESS, Kind.WEB, Kind.NUMBER, Kind.VERSION})
"""Kinds of which the only value that each version has alone are one value, written differently."""
_Sides = tuple[Version, Version]


def _paired(kind: Kind, left: Sequence[Mention], right: Sequence[Mention], sides: _Sides) -> Iterator[Difference]:
    """Values whose sentences speak of one thing are one difference; the others are told one by one."""
    others = list(right)
    for each in left:
        other = max(others, key=lambda value: _likeness(each, value, sides), default=None)
        alone = kind in _ONE_OF_A_KIND and len(left) == len(right) == 1
        if other is None or (_likeness(each, other, sides) < _SAME_SUBJECT and not alone):
            yield Difference(kind, "", _said(each, sides[0]), None, each.is_sure)
        else:
            others.remove(other)
            is_sure = (each.is_sure or other.is_sure) and not is_other_page(each, other)
            yield Difference(kind, "", _said(each, sides[0]), _said(other, sides[1]), is_sure)
    for each in others:
        yield Difference(kind, "", None, _said(each, sides[1]), each.is_sure)


def _likeness(one: Mention, two: Mention, sides: _Sides) -> float:
    """How much two sentences that name values are like each other."""
    if is_other_page(one, two):
        return 1
    return _shared(sides[0].analysis, one.unit, sides[1].analysis, two.unit)


def _shared(first: Analysis, one: int, second: Analysis, two: int) -> float:
    """How much of what two units speak of they have in common, less if they stand at quite another place.

    Concepts are the same in every language.
    """
    about, there = first.units[one].hits.keys(), second.units[two].hits.keys()
    apart = abs(one / len(first.units) - two / len(second.units))
    return len(about & there) / max(len(about | there), 1) - _FAR * apart


def _with_near(difference: Difference, first: Version, second: Version) -> Difference:
    """The difference with the sentence of the silent version, if only one version speaks."""
    said = difference.first or difference.second
    if said is None or not said.places or (difference.first and difference.second):
        return difference
    told, silent = (first, second) if difference.first else (second, first)
    document, units = told.analysis.document, told.analysis.units
    quote = said.places[0].quote
    number = next((n for n, unit in enumerate(units) if quote in document.text[unit.start : unit.end]), None)
    if number is None:
        return difference
    others = [n for n, unit in enumerate(silent.analysis.units) if not unit.is_heading or units[number].is_heading]
    best = max(others, key=lambda other: _shared(told.analysis, number, silent.analysis, other), default=None)
    if best is None or _shared(told.analysis, number, silent.analysis, best) < _SAME_SUBJECT:
        return difference
    unit = silent.analysis.units[best]
    return replace(difference, near=_place(silent, unit, unit.start, unit.end))


def _said(value: Mention, version: Version) -> Said:
    """A value as a version writes it, with the sentence that it stands in."""
    unit = version.analysis.units[value.unit]
    place = _place(version, unit, value.start, value.end)
    return Said(version.analysis.document.text[value.start : value.end], (place,))


def _place(version: Version, unit: Unit, start: int, end: int) -> Place:
    """The sentence around [start, end), or the words around them in a long one."""
    document = version.analysis.document
    first, last = unit.start, unit.end
    if last - first > _LONGEST_QUOTE:
        first = max(first, start - _LONGEST_QUOTE // 2)
        last = min(last, end + _LONGEST_QUOTE // 2)
    title = document.sections[unit.section].title or None
    location = document.source_map.locate(first, last, title)
    return Place(document.text[first:last], (start - first, end - first), location)
