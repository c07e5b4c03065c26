"""Judges rules over an analysis: a status with evidence per requirement, a finding per problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from policylint.analysis.units import Analysis
from policylint.dates import in_words
from policylint.judging.matching import Found, Search
from policylint.judging.quoting import Quoter
from policylint.judging.rules import Condition, Rule
from policylint.result import Applies, Evidence, Finding, Location, Requirement, Severity, Status

_MOST_EVIDENCE = 3
_NO_TEXTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All requirements and findings of a document, findings in document order."""

    requirements: tuple[Requirement, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What judging needs at hand: where to search, how to quote, which language to speak, which day's law."""

    analysis: Analysis
    search: Search
    quoter: Quoter
    language: str
    as_of: date


def judge(analysis: Analysis, rules: Sequence[Rule], language: str, as_of: date) -> Verdicts:
    """Judge all rules; messages are in `language`, references are outdated by the law of `as_of`."""
    bench = _Bench(analysis, Search(analysis), Quoter(analysis), language, as_of)
    problems = [finding for rule in rules if not rule.is_requirement for finding in _problems(rule, bench)]
    requirements: list[Requirement] = []
    gaps: list[Finding] = []
    for rule in rules:
        if rule.is_requirement:
            requirement, gap = _require(rule, bench, problems)
            requirements.append(requirement)
            gaps += gap
    ordered = sorted([*gaps, *problems], key=lambda finding: (_position(finding.location), finding.rule))
    return Verdicts(tuple(requirements), tuple(ordered))


def _position(location: Location) -> tuple[int, int]:
    return location.line or 0, location.column or 0


def _require(rule: Rule, bench: _Bench, problems: Sequence[Finding]) -> tuple[Requirement, list[Finding]]:
    status, found = _status(rule, bench.search)
    applies, reason = _applies(rule, bench)
    evidence = tuple(bench.quoter.evidence(each) for each in found)
    gap = [] if status is Status.MET else [_gap(rule, status, applies, evidence, bench)]
    same_words = [problem for problem in problems if any(_overlap(problem.location, e.location) for e in evidence)]
    requirement = Requirement(
        rule=rule.id,
        title=rule.title[bench.language],
        status=status,
        applies=applies,
        reason=reason,
        evidence=evidence,
        findings=tuple(finding.fingerprint for finding in (*gap, *same_words)),
        law=rule.law,
    )
    return requirement, gap


def _status(rule: Rule, search: Search) -> tuple[Status, list[Found]]:
    """The best unit decides: met over vague over missing; with up to three units of that status."""
    for status, conditions in ((Status.MET, rule.met), (Status.VAGUE, rule.vague)):
        found = _first_units(conditions, search)
        if found:
            return status, found
    return Status.MISSING, []


def _first_units(conditions: Sequence[Condition], search: Search) -> list[Found]:
    """Up to three units that say different things, in document order; earlier conditions are the stronger evidence."""
    chosen: dict[str, Found] = {}
    for condition in conditions:
        for found in search.find(condition):
            for each in (found, *found.companions):
                words = search.analysis.document.text[each.start : each.end].lower()
                taken = any(each.unit == other.unit for other in chosen.values())
                if len(chosen) < _MOST_EVIDENCE and not taken:
                    chosen.setdefault(words, each)
        if len(chosen) >= _MOST_EVIDENCE:
            break
    return sorted(chosen.values(), key=lambda found: found.unit)


def _applies(rule: Rule, bench: _Bench) -> tuple[Applies, str]:
    """Whether the law asks this, and why."""
    if rule.applies is None:
        return Applies.YES, ""
    for condition in rule.applies.when:
        for found in bench.search.find(condition):
            line = bench.quoter.evidence(found).location.line
            quote = bench.analysis.document.text[found.start : found.end]
            return Applies.YES, f'"{quote}" ({_LINE[bench.language]} {line})'
    return rule.applies.otherwise, rule.applies.reason[bench.language]


_LINE = {"nl": "regel", "en": "line"}


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
        title=rule.title[bench.language],
        message=_fill(rule.message[status][bench.language], first.quote, None, bench.language),
        why=rule.why[bench.language],
        advice=rule.advice[bench.language],
        model=rule.model[bench.language],
        quote=first.quote,
        focus=first.focus,
        context=first.context,
        location=first.location,
        law=rule.law,
        fingerprint=_fingerprint(rule.id, str(status)),
        verified=rule.verified,
        group=f"{rule.group}-{status}" if rule.group else None,
    )


def _problems(rule: Rule, bench: _Bench) -> Iterator[Finding]:
    """A finding per unit that a condition of the rule finds; a unit is reported once per entry."""
    seen: set[tuple[int, str | None]] = set()
    repeats: Counter[tuple[str | None, str]] = Counter()
    for condition in rule.found:
        if condition.since is not None and condition.since > bench.as_of:
            continue
        for found in bench.search.find(condition, headings=True):
            if (found.unit, condition.entry) in seen:
                continue
            seen.add((found.unit, condition.entry))
            evidence = bench.quoter.evidence(found)
            words = " ".join(evidence.quote.lower().split())
            repeats[condition.entry, words] += 1
            nth = repeats[condition.entry, words]
            companions = [bench.quoter.evidence(each) for each in found.companions]
            yield Finding(
                rule=rule.id,
                name=rule.name,
                family=rule.family,
                status=None,
                severity=_severity(rule, condition),
                title=rule.title[bench.language],
                message=_fill(rule.message[None][bench.language], _focus(evidence), condition, bench.language),
                why=rule.why[bench.language],
                advice=_fill(rule.advice[bench.language], _focus(evidence), condition, bench.language),
                model=rule.model[bench.language],
                quote=evidence.quote,
                focus=evidence.focus,
                context=evidence.context,
                location=evidence.location,
                law=rule.law,
                fingerprint=_fingerprint(rule.id, condition.entry or "", words, str(nth)),
                verified=rule.verified and condition.verified,
                entry=condition.entry,
                group=rule.group,
                related=tuple(bench.quoter.related(each) for each in companions),
            )


def _severity(rule: Rule, condition: Condition) -> Severity:
    """A reference that nobody verified is never an error."""
    severity = condition.severity or rule.severity[None]
    if severity is Severity.ERROR and not (rule.verified and condition.verified):
        return Severity.WARNING
    return severity


def _focus(evidence: Evidence) -> str:
    return evidence.quote[evidence.focus[0] : evidence.focus[1]]


def _fill(text: str, quote: str, condition: Condition | None, language: str) -> str:
    """Put what was found into a rule's text; the text's own words are trusted, the quote is only data."""
    if "{" not in text:
        return text
    successor = (condition.successor or _NO_TEXTS).get(language, "") if condition else ""
    since = in_words(condition.since, language) if condition and condition.since else ""
    entry = (condition.entry or "") if condition else ""
    filled = text.replace("{entry}", entry).replace("{since}", since).replace("{successor}", successor)
    return filled.replace("{quote}", quote)


def _overlap(one: Location, other: Location) -> bool:
    if None in (one.line, other.line):
        return False
    start, end = _position(one), (one.end_line or 0, one.end_column or 0)
    return start < (other.end_line or 0, other.end_column or 0) and _position(other) < end


def _fingerprint(*parts: str) -> str:
    """Identity without path or line, so that a finding stays the same when text moves."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
