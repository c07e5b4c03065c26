"""Whether two versions of a policy, in two languages, say the same: requirements, and what compares as values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policylint.analysis.recognisers import Duration, Money, PartialDate
from policylint.analysis.units import Analysis, Hit, Unit
from policylint.document import Location, matching_text
from policylint.result import Judgement, Requirement, Status

_SAME_SUBJECT = 0.5
"""The share of their concepts that two sentences have in common if they speak of one thing, whatever their language."""
_LONGEST_QUOTE = 400
_ISO = re.compile(r"PT?(?P<number>[\d.]+)(?P<unit>[DWMYH])")


class Kind(StrEnum):
    """What is compared: what is said of a requirement, then values by what they are."""

    REQUIREMENT = "requirement"
    PERIOD = "period"
    AGE = "age"
    DATE = "date"
    AMOUNT = "amount"
    EMAIL = "email"
    PHONE = "phone"
    AUTHORITY = "authority"
    COUNTRY = "country"
    RECIPIENT = "recipient"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one version and where they stand."""

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
    """Something that the versions say differently, or that only one of them says (the other is None)."""

    kind: Kind
    title: str
    first: Said | None
    second: Said | None

    @property
    def is_sure(self) -> bool:
        """Whether it is more than something to read again.

        How clearly a thing is said is weighed in each language by wordings of its own, and a name may be translated.
        """
        if self.kind in (Kind.RECIPIENT, Kind.ORDER):
            return False
        said = {each.text for each in (self.first, self.second) if each is not None}
        return self.kind is not Kind.REQUIREMENT or said != {Status.MET, Status.VAGUE}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a policy: its verdicts and what they rest on."""

    judgement: Judgement
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Parity:
    """Two versions by path, the requirements and values that differ, and how many do not."""

    paths: tuple[str, str]
    languages: tuple[str, str]
    differences: tuple[Difference, ...]
    same: Mapping[Kind, int]


def compare_versions(first: Version, second: Version) -> Parity:
    """Compare two versions. What cannot be compared across languages surely is left out: a false alarm costs trust."""
    differences: list[Difference] = []
    same: dict[Kind, int] = {}
    found = list(_requirements(first.judgement, second.judgement))
    differences += [each for each in found if each is not None]
    same[Kind.REQUIREMENT] = sum(each is None for each in found)
    for kind in _VALUES:
        one, other = _values(first.analysis, kind), _values(second.analysis, kind)
        left, right, shared = _unmatched(kind, one, other)
        left = [each for each in left if not _written(kind, each, second.analysis)]
        right = [each for each in right if not _written(kind, each, first.analysis)]
        differences += _paired(kind, left, right)
        same[kind] = shared
    differences += _swapped(_values(first.analysis, Kind.PERIOD), _values(second.analysis, Kind.PERIOD))
    paths = (first.judgement.path, second.judgement.path)
    languages = (first.judgement.language or "", second.judgement.language or "")
    return Parity(paths, languages, tuple(differences), same)


def _requirements(first: Judgement, second: Judgement) -> Iterator[Difference | None]:
    """A difference per requirement that the versions say differently, None for one that they say alike."""
    others = {each.rule: each for each in second.requirements}
    for one in first.requirements:
        other = others.get(one.rule)
        if other is None:
            continue
        if _status(one) == _status(other):
            yield None
        else:
            yield Difference(Kind.REQUIREMENT, one.title, _said(one), _said(other))


def _status(requirement: Requirement) -> Status | None:
    """The status as a reader sees it; None for silence, whether or not the law asks it."""
    return requirement.status if requirement.status in (Status.MET, Status.VAGUE) else None


def _said(requirement: Requirement) -> Said | None:
    if _status(requirement) is None:
        return None
    places = tuple(Place(each.quote, each.focus, each.location) for each in requirement.evidence)
    return Said(str(requirement.status), places)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that a version names: its `key` is the same in every language."""

    key: object
    text: str
    place: Place
    about: frozenset[str]


def _period(value: object) -> object:
    """A period as (unit, number): months, or days where it is given in days, weeks or hours."""
    match = _ISO.fullmatch(value.iso) if isinstance(value, Duration) else None
    if match is None:
        return None
    number, unit = float(match["number"]), match["unit"]
    if unit in "MY":
        return "months", number * (12 if unit == "Y" else 1)
    return "days", number * {"D": 1, "W": 7, "H": 1 / 24}[unit]


def _day(value: object) -> object:
    if isinstance(value, PartialDate):
        return value.year, value.month
    return (value.year, value.month, value.day) if isinstance(value, date) else None


def _amount(value: object) -> object:
    return (value.amount, value.currency) if isinstance(value, Money) else None


def _itself(value: object) -> object:
    return value


def _name(value: object) -> object:
    return " ".join(matching_text(str(value)).casefold().replace(".", "").split())


_VALUES: Mapping[Kind, tuple[str, Callable[[object], object]]] = {
    Kind.PERIOD: ("duration", _period),
    Kind.AGE: ("age", _itself),
    Kind.DATE: ("date", _day),
    Kind.AMOUNT: ("money", _amount),
    Kind.EMAIL: ("email", _itself),
    Kind.PHONE: ("phone", _itself),
    Kind.AUTHORITY: ("authority", _itself),
    Kind.COUNTRY: ("country", _itself),
    Kind.RECIPIENT: ("organisation", _name),
}
"""For each kind the recogniser that finds it, and what makes two of its values one."""


def _values(analysis: Analysis, kind: Kind) -> list[_Value]:
    """The values of a kind, each once, in the order in which they first stand."""
    name, key_of = _VALUES[kind]
    found: dict[object, _Value] = {}
    for number in analysis.by_name.get(name, ()):
        unit = analysis.units[number]
        for hit in unit.hits[name]:
            key = key_of(hit.value)
            if key is not None and key not in found:
                start, end = unit.span(hit)
                about = frozenset(unit.hits)
                found[key] = _Value(key, analysis.document.text[start:end], _place(analysis, unit, hit), about)
    return list(found.values())


def _place(analysis: Analysis, unit: Unit, hit: Hit) -> Place:
    """The sentence that a value stands in, or the words around the value in a long one."""
    start, end = unit.span(hit)
    first, last = unit.start, unit.end
    if last - first > _LONGEST_QUOTE:
        first, last = max(first, start - _LONGEST_QUOTE // 2), min(last, end + _LONGEST_QUOTE // 2)
    document = analysis.document
    title = document.sections[unit.section].title or None
    return Place(
        document.text[first:last], (start - first, end - first), document.source_map.locate(first, last, title)
    )


def _unmatched(kind: Kind, first: Sequence[_Value], second: Sequence[_Value]) -> tuple[list[_Value], list[_Value], int]:
    """The values that only one side has, and how many both have."""
    right = list(second)
    left = []
    shared = 0
    for one in first:
        other = next((each for each in right if _alike(kind, one.key, each.key)), None)
        if other is None:
            left.append(one)
        else:
            right.remove(other)
            shared += 1
    return left, right, shared


def _alike(kind: Kind, one: object, other: object) -> bool:
    if kind is Kind.PERIOD and isinstance(one, tuple) and isinstance(other, tuple) and one[0] != other[0]:
        (_, months), (_, days) = sorted((one, other), reverse=True)
        # What people write for a month, and for a year: 30 days, 90 days, 365 days, 52 weeks.
        return days in (months * 30, round(months * 365 / 12), months * 364 / 12)
    if kind is Kind.DATE and isinstance(one, tuple) and isinstance(other, tuple):
        # A month and a day in it are not told apart: languages differ in how exact they are by habit.
        size = min(len(one), len(other))
        return one[:size] == other[:size]
    return one == other


def _written(kind: Kind, value: _Value, other: Analysis) -> bool:
    """Whether the other version has the words of a value all the same, where its recogniser did not see them."""
    if kind not in (Kind.RECIPIENT, Kind.EMAIL):
        return False
    whole = " ".join(matching_text(other.document.text).casefold().replace(".", "").split())
    forms = {str(_name(value.text)), str(value.key).replace(".", "")}
    return any(re.search(rf"(?<![\w+-]){re.escape(form)}(?!\w)", whole) for form in forms)


def _paired(kind: Kind, left: Sequence[_Value], right: Sequence[_Value]) -> Iterator[Difference]:
    """Values whose sentences speak of one thing are one difference; the others are told one by one."""
    others = list(right)
    for each in left:
        other = max(others, key=lambda value: _likeness(each, value), default=None)
        if other is not None and _likeness(each, other) >= _SAME_SUBJECT:
            others.remove(other)
            yield Difference(kind, "", _value(each), _value(other))
        else:
            yield Difference(kind, "", _value(each), None)
    for each in others:
        yield Difference(kind, "", None, _value(each))


def _likeness(one: _Value, other: _Value) -> float:
    """How much of what two sentences speak of they have in common: concepts are the same in every language."""
    return len(one.about & other.about) / max(len(one.about | other.about), 1)


def _swapped(first: Sequence[_Value], second: Sequence[_Value]) -> Iterator[Difference]:
    """Periods that both versions name, but in another order: they may be given to other things."""
    pairs = [(one, other) for one in first for other in second if _alike(Kind.PERIOD, one.key, other.key)]
    there = sorted(range(len(pairs)), key=lambda place: second.index(pairs[place][1]))
    for place, moved in enumerate(there):
        if place != moved:
            yield Difference(Kind.ORDER, "", _value(pairs[place][0]), _value(pairs[moved][1]))


def _value(value: _Value) -> Said:
    return Said(value.text, (value.place,))
