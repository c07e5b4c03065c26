"""Applies exceptions to the findings of a document, and reports those that are wrong, expired or of no use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policylint.dates import in_words
from policylint.document import Location, Remark
from policylint.judging.exceptions.acceptance import FAMILY, Acceptance, Names, Selector
from policylint.judging.exceptions.comments import MOST, TOO_MANY, Misspelt, parse_remark
from policylint.judging.problems import Sighting, folded, problem
from policylint.judging.rules import Rule
from policylint.judging.selection import names_of
from policylint.result import Evidence, Finding

INVALID, EXPIRED, UNUSED = "invalid-exception", "expired-exception", "unused-exception"


@dataclass(frozen=True, slots=True)
class Signed:
    """The findings once exceptions are applied, and the selectors that accepted any, by their exception."""

    findings: tuple[Finding, ...]
    used: frozenset[tuple[Acceptance, Selector]]


def acceptable(rules: Iterable[Rule]) -> Names:
    """The selectors of the rules whose findings may be accepted."""
    return {rule.id: names_of(rule) for rule in rules if rule.family != FAMILY}


def sign(findings: Sequence[Finding], acceptances: Sequence[Acceptance], names: Names, today: date) -> Signed:
    """Mark the findings that an exception accepts; of several the first signs, and all are of use."""
    used: set[tuple[Acceptance, Selector]] = set()
    signed = []
    for finding in findings:
        fitting = [(each, by) for each in acceptances if (by := each.fitting(finding, names))]
        used.update((each, selector) for each, by in fitting for selector in by)
        valid = [each for each, _ in fitting if not each.has_expired(today)]
        signed.append(replace(finding, suppressed=valid[0].suppression()) if valid else finding)
    return Signed(tuple(signed), frozenset(used))


def read_remarks(remarks: Sequence[Remark], names: Names) -> tuple[list[Acceptance], list[tuple[Remark, Misspelt]]]:
    """The exceptions in a document's comments, and the comments that give none.

    Nobody signs thousands: of so many the first are read, lest a hostile text keep the program busy.
    """
    acceptances = []
    misspelt = [(remark, TOO_MANY) for remark in remarks[MOST : MOST + 1]]
    for remark in remarks[:MOST]:
        read = parse_remark(remark, names)
        if isinstance(read, Acceptance):
            acceptances.append(read)
        else:
            misspelt.append((remark, read))
    return acceptances, misspelt


@dataclass(slots=True)
class Reporter:
    """Makes the findings about exceptions of one document, of the rules that are `asked`, in the language `spoken`."""

    asked: Sequence[Rule]
    names: Names
    spoken: str
    language: str
    today: date
    beginning: Location

    def report(
        self,
        acceptances: Sequence[Acceptance],
        misspelt: Iterable[tuple[Remark, Misspelt]],
        used: Collection[tuple[Acceptance, Selector]],
    ) -> list[Finding]:
        """Everything that is wrong with the exceptions in a document's comments."""
        return [*self.invalid(misspelt), *self.expired(acceptances), *self.unused(acceptances, used)]

    def invalid(self, misspelt: Iterable[tuple[Remark, Misspelt]]) -> list[Finding]:
        """A finding for each comment that gives no exception."""
        return self._raise(INVALID, ((remark, "", fault.text[self.spoken]) for remark, fault in misspelt))

    def expired(self, acceptances: Iterable[Acceptance]) -> list[Finding]:
        """A finding for each exception whose last day has gone."""
        return self._raise(
            EXPIRED,
            (
                (each.remark, each.origin, in_words(each.until, self.spoken))
                for each in acceptances
                if each.until is not None and each.has_expired(self.today)
            ),
        )

    def unused(self, acceptances: Iterable[Acceptance], used: Collection[tuple[Acceptance, Selector]]) -> list[Finding]:
        """A finding for each exception with selectors that accept nothing though everything they name was asked."""
        ids = {rule.id for rule in self.asked}
        idle = []
        for each in acceptances:
            if each.has_expired(self.today):
                continue
            lost = [
                str(selector)
                for selector in each.selectors
                if (each, selector) not in used
                and all(rule in ids for rule, known in self.names.items() if selector.name in known)
            ]
            if lost:
                idle.append((each.remark, each.origin, ", ".join(lost)))
        return self._raise(UNUSED, idle)

    def _raise(self, rule_id: str, faults: Iterable[tuple[Remark | None, str, str]]) -> list[Finding]:
        rule = next((rule for rule in self.asked if rule.id == rule_id), None)
        if rule is None:
            return []
        repeats: Counter[str] = Counter()
        found = []
        for remark, origin, value in faults:
            quote = remark.text if remark else ""
            same = folded(quote)
            repeats[same] += 1
            evidence = Evidence(quote, (0, len(quote)), "", remark.location if remark else self.beginning)
            told = f"{value} ({origin})" if origin else value
            found.append(problem(rule, Sighting(evidence, value=told), repeats[same], self.spoken, self.language))
        return found
