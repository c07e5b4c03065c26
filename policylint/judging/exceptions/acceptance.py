"""An exception as a value: which findings it accepts, who signed it and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policylint.document import Remark
from policylint.judging.problems import folded
from policylint.result import Finding, Status, Suppression

KINDS = ("accepted", "false-positive", "not-applicable")
FAMILY = "exceptions"
"""The family of the rules about exceptions, which cannot be accepted themselves."""

Names = Mapping[str, Mapping[str, int]]
"""The selectors of every rule that may be accepted, by its id."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Selector:
    """A rule, family, article or tag, and for a requirement perhaps the one gap (`retention:vague`) that is meant."""

    name: str
    gap: Status | None = None

    def __str__(self) -> str:
        return f"{self.name}:{self.gap}" if self.gap else self.name


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One signed exception. `quote` are words that a finding must quote, `fingerprint` the finding that is meant.

    `area` are the offsets [start, end) in the visible text that it covers (None: the whole document). It stands in
    a comment (`remark`), or at `origin` ("file:line") in a file of exceptions.
    """

    selectors: tuple[Selector, ...]
    reason: str
    kind: str = KINDS[0]
    owner: str | None = None
    until: date | None = None
    quote: str | None = None
    fingerprint: str | None = None
    area: tuple[int, int] | None = None
    remark: Remark | None = None
    origin: str = ""

    def has_expired(self, today: date) -> bool:
        """Whether its last day lies before `today`."""
        return self.until is not None and self.until < today

    def suppression(self) -> Suppression:
        """What the report says of a finding that it accepts."""
        return Suppression(self.kind, self.reason, self.owner, self.until.isoformat() if self.until else None)

    def fitting(self, finding: Finding, names: Names) -> list[Selector]:
        """The selectors by which it accepts a finding.

        What is absent stands nowhere, so that only an exception for the whole document accepts it: one beside words
        that are deleted later must not hide that they are gone.
        """
        known = names.get(finding.rule, {})
        fitting = [each for each in self.selectors if each.name in known and each.gap in (None, finding.status)]
        if not fitting:
            return []
        if self.area is not None:
            start, end = finding.location.span
            if not finding.quote or not (start < self.area[1] and self.area[0] < end):
                return []
        if self.fingerprint is not None and self.fingerprint != finding.fingerprint:
            return []
        if self.quote is not None and folded(self.quote) not in folded(finding.quote):
            return []
        return fitting


def parse_selector(text: str) -> Selector | None:
    """A selector as written, None if its gap is none."""
    name, _, gap = text.partition(":")
    if not gap:
        return None if text.endswith(":") else Selector(name)
    return Selector(name, Status(gap)) if gap in (Status.MISSING, Status.VAGUE) else None


def parse_day(text: str) -> date | None:
    """A day as an exception writes it, 2027-01-31, or None."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
