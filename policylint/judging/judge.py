"""Judges rules over an analysis: a status with evidence per requirement, a finding per problem."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from policylint.analysis.units import Analysis
from policylint.document import Location
from policylint.judging.checks import CHECKS, Case, Spot
from policylint.judging.matching import Found, Search
from policylint.judging.problems import Sighting, fill, fingerprint, problem
from policylint.judging.quoting import Quoter, place_in_words
from policylint.judging.rules import Condition, Rule
from policylint.result import SHORT_TEXT, Applies, Evidence, Fact, Finding, Related, Requirement, Severity, Status

_MOST_EVIDENCE = 3
_ALL_MISSING = "missing"
_CONTRADICTIONS = "contradictions"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All requirements and findings of a document, findings in document order, and the facts they rest on."""

    requirements: tuple[Requirement, ...]
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What judging needs at hand: where to search, how to quote, the text's language and the one to speak, the law.

    `contradictions` are the rules about what excludes each other, with their tags.
    """

    analysis: Analysis
    search: Search
    quoter: Quoter
    case: Case
    language: str
    spoken: str
    as_of: date
    facts: Mapping[str, bool]
    contradictions: Mapping[str, frozenset[str]]
    looked: dict[str, tuple[Spot, ...]] = field(default_factory=dict)

    def spots(self, check: str) -> tuple[Spot, ...]:
        """What a check finds; it looks once, however many rules name it."""
        if check not in self.looked:
            self.looked[check] = tuple(CHECKS[check].look(self.case))
        return self.looked[check]


def judge(
    analysis: Analysis,
    rules: Sequence[Rule],
    language: str,
    as_of: date,
    jurisdiction: str = "EU",
    facts: Mapping[str, bool] = MappingProxyType({}),
    spoken: str | None = None,
) -> Verdicts:
    """Judge all rules.

    The text is in `language`, and so is the wording to use; messages are in the language that is `spoken` (None: the
    text's). References are outdated by the law of `as_of`; `jurisdiction` is a code of the table of national law, whose
    rules these are; `facts` are what the user states of the controller.
    """
    spoken = spoken or language
    case = Case(analysis, language, spoken, jurisdiction, as_of)
    contradictions = {rule.id: frozenset(rule.tags) for rule in rules if rule.family == _CONTRADICTIONS}
    bench = _Bench(analysis, Search(analysis), Quoter(analysis), case, language, spoken, as_of, facts, contradictions)
    problems = _Problems.of(
        _tied([finding for rule in rules if not rule.is_requirement for finding in _problems(rule, bench)]),
        contradictions,
    )
    requirements: list[Requirement] = []
    gaps: list[Finding] = []
    for rule in rules:
        if rule.is_requirement:
            requirement, gap = _require(rule, bench, problems)
            requirements.append(requirement)
            gaps += gap
    ordered = sorted([*gaps, *problems.all], key=lambda finding: (finding.location.span[0], finding.rule))
    return Verdicts(tuple(requirements), tuple(ordered), tuple(_facts(rules, bench)))


@dataclass(frozen=True, slots=True)
class _Problems:
    """The problems of a text in its order, and those of them that are `contradictions`.

    `starts` is where each begins, `reached` the furthest end of it and all before it.
    """

    all: Sequence[Finding]
    contradictions: Sequence[Finding]
    starts: Sequence[int]
    reached: Sequence[int]

    @staticmethod
    def of(problems: Iterable[Finding], contradictions: Container[str]) -> _Problems:
        """These problems, of which those that rules of the family of contradictions found are contradictions."""
        ordered = sorted(problems, key=lambda problem: problem.location.span)
        return _Problems(
            ordered,
            [problem for problem in ordered if problem.rule in contradictions],
            [problem.location.span[0] for problem in ordered],
            list(accumulate((problem.location.span[1] for problem in ordered), max)),
        )

    def touching(self, evidence: Iterable[Evidence]) -> list[Finding]:
        """The problems of words that evidence quotes."""
        touched: set[int] = set()
        for each in evidence:
            start, end = each.location.span
            near = range(bisect_right(self.reached, start), bisect_left(self.starts, end))
            touched.update(number for number in near if self.all[number].location.span[1] > start)
        return [self.all[number] for number in sorted(touched)]


def _tied(problems: Sequence[Finding]) -> list[Finding]:
    """Findings of one rule (and entry) in several places get one group: a reader sees one problem."""
    places = Counter((finding.rule, finding.entry) for finding in problems)
    return [
        replace(finding, group="-".join(filter(None, (finding.rule, finding.entry))))
        if finding.group is None and places[finding.rule, finding.entry] > 1
        else finding
        for finding in problems
    ]


def _facts(rules: Sequence[Rule], bench: _Bench) -> Iterator[Fact]:
    """The facts that requirements rest on, by name: stated ones, and those that the text shows."""
    resting = {rule.applies.facts[0]: rule for rule in reversed(rules) if rule.applies and rule.applies.facts}
    for name in sorted({*resting, *bench.facts}):
        if name in bench.facts:
            yield Fact(name, bench.facts[name], _stated(name, bench.facts[name], bench.spoken), None)
        else:
            ground = _applies(resting[name], bench)
            yield Fact(name, ground.applies is Applies.YES, ground.reason, ground.location)


def _require(rule: Rule, bench: _Bench, problems: _Problems) -> tuple[Requirement, list[Finding]]:
    ground = _applies(rule, bench)
    status, found = _status(rule, bench.search, ground)
    if status is Status.NOT_APPLICABLE:
        ground = _Ground(Applies.NO, _NO_OCCASION[bench.spoken])
    evidence = tuple(bench.quoter.evidence(each) for each in found)
    gap = [] if status in (Status.MET, Status.NOT_APPLICABLE) else [_gap(rule, status, ground.applies, evidence, bench)]
    same_words = problems.touching(evidence)
    contested = _contesting(rule, evidence, problems.contradictions, bench) if status is Status.MET else []
    requirement = Requirement(
        rule=rule.id,
        title=rule.title[bench.spoken],
        subject=rule.subject,
        status=status,
        applies=ground.applies,
        reason=ground.reason,
        evidence=evidence,
        findings=tuple(dict.fromkeys(finding.fingerprint for finding in (*gap, *same_words, *contested))),
        law=rule.law,
        contested=tuple(dict.fromkeys(finding.fingerprint for finding in contested)),
    )
    return requirement, gap


def _contesting(
    rule: Rule, evidence: Sequence[Evidence], contradictions: Sequence[Finding], bench: _Bench
) -> list[Finding]:
    """The contradictions about a requirement that have one of the sentences which meet it as a side."""
    return [
        problem
        for problem in contradictions
        if _is_about(problem, rule, bench)
        and any(
            _overlap(side, each.location)
            for side in (problem.location, *(other.location for other in problem.related))
            for each in evidence
        )
    ]


def _is_about(problem: Finding, rule: Rule, bench: _Bench) -> bool:
    """Whether a contradiction is about a requirement: the one that its row names, or all on its subject."""
    if problem.entry is not None:
        return problem.entry == rule.id
    return not bench.contradictions[problem.rule].isdisjoint(rule.tags)


def _status(rule: Rule, search: Search, ground: _Ground) -> tuple[Status, list[Found]]:
    """The best unit decides: met over vague over missing; with up to three units of that status."""
    occasioned = not rule.only_when or any(search.first(condition) for condition in rule.only_when)
    if not occasioned and not (ground.applies is Applies.YES and rule.applies and rule.applies.facts):
        return Status.NOT_APPLICABLE, []
    for status, conditions in ((Status.MET, rule.met), (Status.VAGUE, rule.vague)):
        found = _first_units(conditions, search, rule)
        if found:
            return status, found
    return Status.MISSING, []


def _first_units(conditions: Sequence[Condition], search: Search, rule: Rule) -> list[Found]:
    """Up to three units that say different things, in document order; earlier conditions are the stronger evidence.

    Of one condition, what stands under a heading on the subject goes before a mention in passing.
    """
    chosen: dict[str, Found] = {}
    for condition in conditions:
        for found in search.find(condition, headings=rule.headings, under=rule.section[:1]):
            for each in (found, *found.companions):
                if len(chosen) >= _MOST_EVIDENCE:
                    return sorted(chosen.values(), key=lambda found: found.unit)
                if all(each.unit != other.unit for other in chosen.values()):
                    chosen.setdefault(search.analysis.document.text[each.start : each.end].lower(), each)
    return sorted(chosen.values(), key=lambda found: found.unit)


class _Ground(NamedTuple):
    """Whether the law asks a requirement, why, and the place that shows it."""

    applies: Applies
    reason: str = ""
    location: Location | None = None


def _applies(rule: Rule, bench: _Bench) -> _Ground:
    """What the user states goes before what the text shows."""
    if rule.applies is None:
        return _Ground(Applies.YES)
    about = rule.applies.facts[:1]
    for fact, wanted in [*((name, True) for name in rule.applies.facts), *((name, False) for name in about)]:
        if bench.facts.get(fact) is wanted:
            return _Ground(Applies.YES if wanted else Applies.NO, _stated(fact, wanted, bench.spoken))
    for condition in rule.applies.when:
        found = bench.search.first(condition)
        if found is not None:
            location = bench.quoter.evidence(found).location
            quote = bench.analysis.document.text[found.start : found.end]
            return _Ground(Applies.YES, f'"{quote}" ({place_in_words(location, bench.spoken)})', location)
    return _Ground(rule.applies.otherwise, rule.applies.reason[bench.spoken])


def _stated(fact: str, value: bool, language: str) -> str:
    """That the user said so, as they wrote it."""
    return f"{_STATED[language]}: {fact}={'yes' if value else 'no'}."


_STATED = {"nl": "u gaf op", "en": "you stated"}
_NO_OCCASION = {"nl": "de tekst geeft daartoe geen aanleiding.", "en": "nothing in the text calls for this."}


def _gap(rule: Rule, status: Status, applies: Applies, evidence: Sequence[Evidence], bench: _Bench) -> Finding:
    severity = rule.severity[status]
    if applies is Applies.NO:
        severity = Severity.INFO
    elif applies is Applies.UNCLEAR and severity is Severity.ERROR:
        severity = Severity.WARNING
    first = evidence[0] if evidence else Evidence("", (0, 0), "", bench.quoter.where_missing(rule.section))
    return Finding(
        rule=rule.id,
        name=rule.name,
        family=rule.family,
        status=status,
        severity=severity,
        title=rule.title[bench.spoken],
        message=fill(rule.message[status][bench.spoken], Sighting(first, ()), bench.spoken),
        why=rule.why[bench.spoken],
        advice=rule.advice[bench.spoken],
        model=rule.model[bench.language],
        quote=first.quote,
        focus=first.focus,
        context=first.context,
        location=first.location,
        law=rule.law,
        fingerprint=fingerprint(rule.id, str(status)),
        verified=rule.verified,
        group=_group(rule, status, bench),
    )


def _group(rule: Rule, status: Status, bench: _Bench) -> str | None:
    """What a gap is told together with: in a short text, all else that is missing."""
    if status is Status.MISSING and bench.analysis.words < SHORT_TEXT:
        return _ALL_MISSING
    return f"{rule.group}-{status}" if rule.group else None


def _problems(rule: Rule, bench: _Bench) -> Iterator[Finding]:
    """A finding per sighting; equal words of one entry are told apart by their number."""
    repeats: dict[tuple[str, str], int] = {}
    for sighting in (*_by_condition(rule, bench), *_by_check(rule, bench)):
        identity = sighting.identity
        repeats[identity] = repeats.get(identity, 0) + 1
        yield problem(rule, sighting, repeats[identity], bench.spoken, bench.language)


def _by_condition(rule: Rule, bench: _Bench) -> Iterator[Sighting]:
    """What the conditions of a rule find, headings included; a unit counts once per entry."""
    seen: set[tuple[int, str | None]] = set()
    for condition in rule.found:
        if condition.since is not None and condition.since > bench.as_of:
            continue
        for found in bench.search.find(condition, headings=True):
            if (found.unit, condition.entry) not in seen:
                seen.add((found.unit, condition.entry))
                companions = (bench.quoter.evidence(each) for each in found.companions)
                related = tuple(Related(each.quote, each.location, "") for each in companions)
                yield Sighting(bench.quoter.evidence(found), related, condition)


def _by_check(rule: Rule, bench: _Bench) -> Iterator[Sighting]:
    """What the check that a rule names finds."""
    if rule.check is None:
        return
    for spot in bench.spots(rule.check):
        others = (bench.quoter.words(start, end) for start, end in spot.related)
        related = tuple(Related(each.quote, each.location, "") for each in others)
        yield Sighting(
            bench.quoter.words(spot.start, spot.end), related, value=spot.value, whole=CHECKS[rule.check].whole
        )


def _overlap(one: Location, other: Location) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]
