"""Rules as values: conditions over hits, and what to say when they hold or fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from policylint.analysis.clauses import Polarity, Speaker
from policylint.analysis.units import Part
from policylint.analysis.vocabulary import Concept, Vocabulary
from policylint.judging.checks import CHECKS
from policylint.kind import KIND_NAMES
from policylint.national_law import fitting
from policylint.result import Applies, Law, Severity, Status, Subject

Texts = Mapping[str, str]
"""One text per language code."""


class Within(StrEnum):
    """How close the terms of a condition must stand."""

    CLAUSE = "clause"
    UNIT = "unit"


class Area(StrEnum):
    """How far around a unit a companion condition looks."""

    BLOCK = "block"
    SECTION = "section"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Term:
    """A hit of any of `names` with a wanted polarity and speaker, in a wanted part of the unit."""

    names: tuple[str, ...]
    polarity: frozenset[Polarity]
    speaker: frozenset[Speaker]
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Condition:
    """What one unit must say: a hit for each term of `every`, none of `none`.

    `with_` must hold, and `unless` must not hold, for some unit in its area around this one.
    `count` is how many units with different words must satisfy all this. A row of a table
    (an outdated reference) has an `entry` name, the day `since` which it is wrong, and its `successor`; it may be
    `called` otherwise in messages, and have a `model` of its own where that of the rule does not fit.
    """

    every: tuple[Term, ...]
    none: tuple[Term, ...] = ()
    within: Within = Within.UNIT
    with_: tuple[tuple[Area, Condition], ...] = ()
    unless: tuple[tuple[Area, Condition], ...] = ()
    count: int = 1
    entry: str | None = None
    since: date | None = None
    successor: Texts | None = None
    called: Texts | None = None
    model: Texts | None = None
    severity: Severity | None = None
    verified: bool = True

    @property
    def asked(self) -> frozenset[str]:
        """The names of the concepts and values that the condition looks at, companions included."""
        names = frozenset(name for term in (*self.every, *self.none) for name in term.names)
        return names.union(*(companion.asked for _, companion in (*self.with_, *self.unless)))


@dataclass(frozen=True, slots=True)
class Applicability:
    """When the law asks a requirement: if any of `when` holds, else `otherwise` for that `reason`.

    What the user states of the `facts` goes before what the text shows: any of them settles that the law
    asks it, and the first, which the rule is about, also that the law does not.
    """

    facts: tuple[str, ...]
    when: tuple[Condition, ...]
    otherwise: Applies
    reason: Texts


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the outcome a rule must give, and the words its evidence must point at."""

    language: str
    outcome: str
    text: str
    at: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement or one problem; `id` is its file's name and `family` its folder's.

    Requirements have `met` and `vague` conditions and a severity per gap, and are not applicable unless one
    of `only_when` holds (if there are any); other rules have `found` conditions, or name a `check` of the
    module checks. A requirement may be met in `headings` too if it asks for what a title gives whole, such
    as a date. `name` is the codebook slug that its findings count for, `subject` what a report lists a
    requirement under. `changes` tell, by version, what later versions made of the rule.
    """

    id: str
    family: str
    name: str | None
    path: str
    title: Texts
    law: tuple[Law, ...]
    severity: Mapping[Status | None, Severity]
    message: Mapping[Status | None, Texts]
    why: Texts
    advice: Texts
    model: Texts
    since: str
    met: tuple[Condition, ...] = ()
    vague: tuple[Condition, ...] = ()
    only_when: tuple[Condition, ...] = ()
    found: tuple[Condition, ...] = ()
    check: str | None = None
    applies: Applicability | None = None
    section: tuple[str, ...] = ()
    headings: bool = False
    group: str | None = None
    tags: tuple[str, ...] = ()
    subject: Subject = Subject.OTHER
    preview: bool = False
    changes: Mapping[str, Texts] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether somebody verified all sources."""
        return all(source.verified for source in self.law)

    def under(self, jurisdiction: str) -> Rule:
        """The rule without the national law and the authorities of other countries."""
        law = tuple(source for source in self.law if source.country in ("", jurisdiction))
        model = {language: fitting(text, jurisdiction) for language, text in self.model.items()}
        return self if (law, model) == (self.law, self.model) else replace(self, law=law, model=model)

    @property
    def asked(self) -> frozenset[str]:
        """The names of the concepts and values that the rule looks at."""
        applies = self.applies.when if self.applies else ()
        conditions = (*self.met, *self.vague, *self.only_when, *self.found, *applies)
        checked = CHECKS[self.check].asked if self.check else frozenset()
        return checked.union(self.section, *(condition.asked for condition in conditions))

    @property
    def is_requirement(self) -> bool:
        """Whether the rule asks for something rather than warning of something."""
        return self.family == "requirements"


@dataclass(frozen=True)
class RuleSet:
    """The rules of a run, ordered by family and id, all concepts, and a version (a hash).

    `phrases` are the example texts that concept files give of their wordings, as (language, text).
    """

    rules: tuple[Rule, ...]
    concepts: tuple[Concept, ...]
    version: str
    phrases: tuple[tuple[str, str], ...] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The concepts that these rules ask for, and those that tell what kind of document a text is."""
        return Vocabulary(self.concepts, KIND_NAMES.union(*(rule.asked for rule in self.rules)))

    def under(self, jurisdiction: str) -> Sequence[Rule]:
        """The rules of one jurisdiction: without the national law and the authorities of other countries."""
        if jurisdiction not in self._under:
            self._under[jurisdiction] = tuple(rule.under(jurisdiction) for rule in self.rules)
        return self._under[jurisdiction]

    @cached_property
    def _under(self) -> dict[str, tuple[Rule, ...]]:
        return {}

    def only(self, rules: Sequence[Rule]) -> RuleSet:
        """These rules alone, with all concepts; what was compiled for them is kept if they are all rules."""
        return self if tuple(rules) == self.rules else replace(self, rules=tuple(rules))
