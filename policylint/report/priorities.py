"""What to fix first: the few entries of a report that weigh most, in the order in which to mend them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from policylint.report.entries import Entry, entries
from policylint.result import Applies, Finding, Requirement, Severity, Status

_MOST = 5
_FAMILIES = ("requirements", "unfair", "contradictions", "outdated", "leftovers")
_LISTED = ("GDPR art. 13(", "GDPR art. 14(")
"""The articles that list what a privacy policy has to tell."""


def priorities(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """At most five entries to mend first, none that only informs.

    The heavier goes first; of equal weight what the law asks and the text does not say (what GDPR arts. 13 and 14 list
    before the rest), then what it says unfairly, contradicts, or says of the past. Where a gap only warns, what is
    vague goes before what is missing: most of it would be an error if it were. Then the entry with more findings, and
    the one that stands first.
    """
    worth = [entry for entry in entries(findings) if entry.severity is not Severity.INFO]
    return tuple(sorted(worth, key=_order)[:_MOST])


def _order(entry: Entry) -> tuple[int, int, bool, bool, int]:
    family = entry.first.family
    place = _FAMILIES.index(family) if family in _FAMILIES else len(_FAMILIES)
    is_listed = any(law.reference.startswith(_LISTED) for law in entry.first.law)
    less_strict = entry.severity is Severity.WARNING and entry.first.status is Status.MISSING
    return entry.severity.rank, place, not is_listed, less_strict, -len(entry.findings)


def is_asked(requirement: Requirement) -> bool:
    """Whether the law asks a requirement here, or the text speaks of it all the same."""
    if requirement.status is Status.NOT_APPLICABLE:
        return False
    return requirement.status is not Status.MISSING or requirement.applies is not Applies.NO


def coverage(requirements: Iterable[Requirement]) -> dict[Status, int]:
    """How many of the requirements have each status; those that are not asked count as not applicable."""
    counts = Counter(each.status if is_asked(each) else Status.NOT_APPLICABLE for each in requirements)
    return {status: counts[status] for status in Status}
