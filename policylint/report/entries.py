"""Entries: the findings as a reader sees them, a group as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policylint.result import Finding, Related, Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """One open finding, or the open findings of one group, heaviest first."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that gives the entry its place and weight."""
        return self.findings[0]

    @property
    def severity(self) -> Severity:
        """The heaviest severity in the entry."""
        return self.first.severity


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that nobody has accepted."""
    return tuple(finding for finding in findings if finding.suppressed is None)


def entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The entries of one document, in the order in which their heaviest members stand."""
    groups: dict[str, list[Finding]] = {}
    for position, finding in enumerate(open_findings(findings)):
        groups.setdefault(f"group {finding.group}" if finding.group else f"single {position}", []).append(finding)
    return tuple(Entry(tuple(sorted(members, key=lambda member: member.severity.rank))) for members in groups.values())


def related_of(finding: Finding) -> tuple[Related, ...]:
    """The second places that a finding speaks of, without those that only repeat its own words."""
    return tuple(each for each in finding.related if each.message or each.quote != finding.quote)
