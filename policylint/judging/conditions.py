"""Reads the conditions of a rule file: terms over concepts and values, and companions around a unit."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.analysis.clauses import Polarity, Speaker
from policylint.analysis.units import EVERYWHERE, Part
from policylint.analysis.vocabulary import LANGUAGES
from policylint.judging.rules import Area, Condition, Term, Texts, Within
from policylint.judging.yamlfile import Entry
from policylint.result import Severity

_KEYS = ("all", "any", "none", "within", "with", "unless", "count")
_ROW_KEYS = ("entry", "since", "successor", "called", "model", "severity", "verified")
_COMPANION_KEYS = ("in", "all", "any", "none", "within", "count")
_TERM_KEYS = ("is", "polarity", "speaker", "part")

NOT_DENIED = frozenset({Polarity.AFFIRMED, Polarity.LIMITED})
NOT_OTHERS = frozenset({Speaker.CONTROLLER, Speaker.READER})


def read_texts(entry: Entry) -> Texts:
    """A text in each language."""
    found = entry.mapping(LANGUAGES, LANGUAGES)
    return {language: text for language, value in found.items() if (text := value.text()) is not None}


def read_conditions(entry: Entry, known: frozenset[str], *, rows: bool = False) -> tuple[Condition, ...]:
    """A list of conditions; `known` names the concepts and values, `rows` allows the keys of a table's row."""
    return tuple(_condition(item, known, _KEYS + _ROW_KEYS if rows else _KEYS) for item in entry.items())


def _condition(entry: Entry, known: frozenset[str], keys: Sequence[str]) -> Condition:
    found = entry.mapping(keys)
    every = _every(found, known)
    if found and not every:
        entry.fault("a condition needs 'all' or 'any'")
    none = _terms(found["none"], known) if "none" in found else ()
    for term in every:
        if any(_covers(other, term) for other in none):
            entry.fault(f"this can never hold: {', '.join(term.names)} is wanted and excluded")
    severity = found["severity"].choice(list(Severity)) if "severity" in found else None
    within = found["within"].choice(list(Within)) if "within" in found else None
    verified = found["verified"].flag() if "verified" in found else None
    count = found["count"].number(1, 20) if "count" in found else None
    return Condition(
        every=every,
        none=none,
        within=Within(within) if within else Within.UNIT,
        with_=_companions(found["with"], known) if "with" in found else (),
        unless=_companions(found["unless"], known) if "unless" in found else (),
        count=count or 1,
        entry=found["entry"].text() if "entry" in found else None,
        since=found["since"].day() if "since" in found else None,
        successor=read_texts(found["successor"]) if "successor" in found else None,
        called=read_texts(found["called"]) if "called" in found else None,
        model=read_texts(found["model"]) if "model" in found else None,
        severity=Severity(severity) if severity else None,
        verified=verified is not False,
    )


def _every(found: dict[str, Entry], known: frozenset[str]) -> tuple[Term, ...]:
    every = _terms(found["all"], known) if "all" in found else ()
    if "any" in found:
        alternatives = _terms(found["any"], known)
        names = tuple(name for term in alternatives for name in term.names)
        if alternatives and all(_qualifiers(term) == _qualifiers(alternatives[0]) for term in alternatives):
            first = alternatives[0]
            every = (*every, Term(names, first.polarity, first.speaker, first.parts))
        elif alternatives:
            found["any"].fault("the alternatives of 'any' must have the same polarity, speaker and part")
    return every


def _qualifiers(term: Term) -> tuple[object, ...]:
    return term.polarity, term.speaker, term.parts


def _covers(wide: Term, narrow: Term) -> bool:
    """Whether every hit that `narrow` wants is one of `wide`."""
    return (
        set(wide.names) >= set(narrow.names)
        and wide.polarity >= narrow.polarity
        and wide.speaker >= narrow.speaker
        and wide.parts >= narrow.parts
    )


def _companions(entry: Entry, known: frozenset[str]) -> tuple[tuple[Area, Condition], ...]:
    found = []
    for item in entry.items():
        keys = item.mapping(_COMPANION_KEYS, ("in",))
        area = keys["in"].choice(list(Area)) if "in" in keys else None
        within = keys["within"].choice(list(Within)) if "within" in keys else None
        every = _every(keys, known)
        if keys and not every:
            item.fault("a companion needs 'all' or 'any'")
        condition = Condition(
            every=every,
            none=_terms(keys["none"], known) if "none" in keys else (),
            within=Within(within) if within else Within.UNIT,
            count=(keys["count"].number(1, 20) if "count" in keys else None) or 1,
        )
        if area:
            found.append((Area(area), condition))
    return tuple(found)


def _terms(entry: Entry, known: frozenset[str]) -> tuple[Term, ...]:
    return tuple(term for item in entry.items() if (term := _term(item, known)) is not None)


def _term(entry: Entry, known: frozenset[str]) -> Term | None:
    polarity, speaker, parts = NOT_DENIED, NOT_OTHERS, EVERYWHERE
    names_entry = entry
    if entry.is_mapping:
        found = entry.mapping(_TERM_KEYS, ("is",))
        if "is" not in found:
            return None
        names_entry = found["is"]
        if "polarity" in found:
            polarity = frozenset(Polarity(value) for value in _choices(found["polarity"], list(Polarity)))
        if "speaker" in found:
            speaker = frozenset(Speaker(value) for value in _choices(found["speaker"], list(Speaker)))
        if "part" in found:
            parts = frozenset(Part(value) for value in _choices(found["part"], list(Part)))
    entries = list(names_entry.items()) if names_entry.is_list else [names_entry]
    names = tuple(name for item in entries if (name := item.choice(known)) is not None)
    return Term(names, polarity, speaker, parts) if names else None


def _choices(entry: Entry, allowed: Sequence[str]) -> list[str]:
    """One choice, several, or `any` for all of them."""
    entries = list(entry.items()) if entry.is_list else [entry]
    chosen = [value for item in entries if (value := item.choice([*allowed, "any"])) is not None]
    return list(allowed) if "any" in chosen else chosen
