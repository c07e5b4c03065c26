"""Turns what was seen into findings: the rule's texts filled in, its weight, and an identity that outlives edits."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from policylint.dates import in_words
from policylint.document import matching_text
from policylint.judging.rules import Condition, Rule
from policylint.result import Evidence, Finding, Related, Severity


class Sighting(NamedTuple):
    """A problem that was found: its words, the other places it speaks of, the condition, and a value to name.

    One of the text as a `whole` has words only as an example: another example is the same problem.
    """

    evidence: Evidence
    related: tuple[Related, ...] = ()
    condition: Condition | None = None
    value: str = ""
    whole: bool = False

    @property
    def entry(self) -> str | None:
        """The row of the rule's table that was found."""
        return self.condition.entry if self.condition else None

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it this problem of its rule: the row of the table, and the words without what edits change."""
        return self.entry or "", "" if self.whole else folded(self.evidence.quote)


def problem(rule: Rule, sighting: Sighting, number: int, spoken: str, language: str) -> Finding:
    """The finding that a rule gives for a sighting, the `number`-th of this identity.

    Messages are in the language that is `spoken`, the wording to use is in the `language` of the text.
    """
    evidence, entry = sighting.evidence, sighting.entry
    return Finding(
        rule=rule.id,
        name=rule.name,
        family=rule.family,
        status=None,
        severity=_severity(rule, sighting.condition),
        title=rule.title[spoken],
        message=fill(rule.message[None][spoken], sighting, spoken),
        why=rule.why[spoken],
        advice=fill(rule.advice[spoken], sighting, spoken),
        model=((sighting.condition and sighting.condition.model) or rule.model)[language],
        quote=evidence.quote,
        focus=evidence.focus,
        context=evidence.context,
        location=evidence.location,
        law=rule.law,
        fingerprint=fingerprint(rule.id, *sighting.identity, str(number)),
        verified=rule.verified and (sighting.condition is None or sighting.condition.verified),
        entry=entry,
        group=rule.group,
        related=sighting.related,
    )


def fingerprint(*parts: str) -> str:
    """Identity without path or line, so that a finding stays the same when text moves."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def folded(quote: str) -> str:
    """Quoted words without what an edit may change unread: white space, case, the shapes of quotes and hyphens."""
    return " ".join(matching_text(quote).casefold().split())


def fill(text: str, sighting: Sighting, language: str) -> str:
    """Put what was found into a rule's text, all at once: a quote that looks like a placeholder stays a quote."""
    condition, evidence = sighting.condition, sighting.evidence
    values = {
        "entry": condition.called[language] if condition and condition.called else sighting.entry or "",
        "since": in_words(condition.since, language) if condition and condition.since else "",
        "successor": condition.successor.get(language, "") if condition and condition.successor else "",
        "value": sighting.value,
        "quote": _in_a_sentence(evidence.quote[evidence.focus[0] : evidence.focus[1]]),
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def _in_a_sentence(words: str) -> str:
    """Quoted words without quotation marks, as messages have their own, and without half a pair of brackets."""
    words = words.replace('"', "")
    return words if words.count("(") == words.count(")") else words.replace("(", "").replace(")", "")


_PLACEHOLDER = re.compile(r"\{(entry|since|successor|value|quote)\}")


def _severity(rule: Rule, condition: Condition | None) -> Severity:
    """A reference that nobody verified is never an error."""
    severity = (condition.severity if condition else None) or rule.severity[None]
    verified = rule.verified and (condition is None or condition.verified)
    return Severity.WARNING if severity is Severity.ERROR and not verified else severity
