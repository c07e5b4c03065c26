"""Layered notices: several documents judged as one policy, each requirement where it is said best."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from policylint.kind import POLICY
from policylint.result import Applies, Evidence, Finding, Judgement, Notice, Requirement, Severity, Status

_BEST_FIRST = (Status.MET, Status.VAGUE, Status.MISSING, Status.NOT_APPLICABLE)
_SUREST_FIRST = (Applies.YES, Applies.UNCLEAR, Applies.NO)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one document of a notice says about a requirement."""

    document: Judgement
    requirement: Requirement


def joined(
    name: str, documents: Sequence[Judgement], kind_rules: Collection[str]
) -> tuple[Notice, tuple[Judgement, ...]]:
    """The notice that `documents` are together, and the documents as parts of it.

    A part keeps the requirements that it states itself. A gap of the whole is one finding: a vague one in the first
    document that is vague, an absence in the leading one, which is the first that is a privacy policy. What is wrong
    with a document stays with it, but that it is no policy (one of `kind_rules`) is no fault beside one.
    """
    read = [document for document in documents if document.failure is None]
    ordered = sorted(read, key=lambda document: document.kind != POLICY)
    verdicts = [_verdict(rule, ordered) for rule in dict.fromkeys(_rules(ordered))]
    gaps = {verdict.whole.rule: verdict.gap for verdict in verdicts if verdict.gap is not None}
    dropped = kind_rules if any(document.kind == POLICY for document in read) else ()
    parts = tuple(_part(document, verdicts, gaps, dropped) for document in documents)
    open_ones = {finding.fingerprint for part in parts for finding in part.findings}
    whole = tuple(
        replace(each.whole, findings=tuple(key for key in each.whole.findings if key in open_ones)) for each in verdicts
    )
    leading = ordered[0] if ordered else Judgement(name)
    paths = tuple(document.path for document in documents)
    return Notice(name, paths, leading.language, leading.report_language, whole), parts


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the notice says about a requirement as a `whole`, the `parts` that say so by path, and the `gap`, if any.

    The gap is a finding with the path of its document.
    """

    whole: Requirement
    parts: Mapping[str, Requirement]
    gap: tuple[str, Finding] | None


def _rules(documents: Sequence[Judgement]) -> list[str]:
    return [requirement.rule for document in documents for requirement in document.requirements]


def _verdict(rule: str, documents: Sequence[Judgement]) -> _Verdict:
    """The verdict on one requirement; `documents` with the leading one first."""
    said = [_Said(each, own) for each in documents for own in each.requirements if own.rule == rule]
    status = min((each.requirement.status for each in said), key=_BEST_FIRST.index)
    holding = [each for each in said if each.requirement.status is status]
    # Whether the law asks it may show in another document than the one that says it, or should.
    surest = min(said, key=lambda each: _SUREST_FIRST.index(each.requirement.applies))
    first = holding[0]
    reason = surest.requirement.reason
    if reason and surest.document is not first.document:
        reason = f"{surest.document.path}: {reason}"
    own = replace(first.requirement, applies=surest.requirement.applies, reason=reason)
    parts = {each.document.path: each.requirement for each in holding} if status is Status.MET else {}
    parts[first.document.path] = own
    whole = replace(
        own,
        title=said[0].requirement.title,
        evidence=tuple(_evidence(holding)),
        findings=tuple(dict.fromkeys(key for each in parts.values() for key in each.findings)),
        contested=tuple(dict.fromkeys(key for each in parts.values() for key in each.contested)),
    )
    return _Verdict(whole, parts, _gap(first, said))


def _evidence(holding: Sequence[_Said]) -> list[Evidence]:
    """All words of the one document that has them, or the first ones of each."""
    most = None if len(holding) == 1 else 1
    return [replace(each, path=said.document.path) for said in holding for each in said.requirement.evidence[:most]]


def _gap(first: _Said, said: Sequence[_Said]) -> tuple[str, Finding] | None:
    """The gap that stands for the whole, as heavy as the heaviest of its kind: another document may show more."""
    rule, status = first.requirement.rule, first.requirement.status
    own = [finding for finding in first.document.findings if _is_gap(finding, rule)]
    if not own:
        return None
    alike = [
        finding.severity
        for each in said
        for finding in each.document.findings
        if _is_gap(finding, rule) and finding.status is status
    ]
    severity = min([own[0].severity, *alike], key=lambda severity: severity.rank)
    return first.document.path, replace(own[0], severity=Severity(severity))


def _is_gap(finding: Finding, rule: str) -> bool:
    return finding.rule == rule and finding.status is not None


def _part(
    document: Judgement,
    verdicts: Sequence[_Verdict],
    gaps: Mapping[str, tuple[str, Finding]],
    dropped: Collection[str],
) -> Judgement:
    if document.failure is not None:
        return document
    findings = []
    for finding in document.findings:
        if finding.status is None:
            findings += [] if finding.rule in dropped else [finding]
        elif finding.rule in gaps and gaps[finding.rule][0] == document.path:
            findings.append(gaps[finding.rule][1])
    kept = {finding.fingerprint for finding in findings}
    requirements = tuple(
        replace(own, findings=tuple(key for key in own.findings if key in kept))
        for verdict in verdicts
        if (own := verdict.parts.get(document.path)) is not None
    )
    return replace(document, requirements=requirements, findings=tuple(findings))
