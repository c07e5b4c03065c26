"""Runs the examples of a rule: each must give its outcome, and the evidence must point at its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policylint.analysis.units import analyse
from policylint.judging.judge import judge
from policylint.judging.rules import Example, Rule, RuleSet
from policylint.reading import read
from policylint.result import Evidence, Finding

# Whose national law an example is judged by.
_JURISDICTION = {"nl": "NL", "en": "IE"}


def failing_examples(rule: Rule, rules: RuleSet) -> Iterator[str]:
    """A sentence per example of `rule` that gives another outcome or points at other words."""
    for example in rule.examples:
        outcome, pointed_at = _outcome(rule, example, rules)
        place = f"{rule.path}:{example.line}"
        if outcome != example.outcome:
            yield f"{place}: {outcome}, not {example.outcome}: {example.text!r} (points at {pointed_at})"
        elif example.at is not None and not any(_folded(example.at) in words for words in pointed_at):
            yield f"{place}: points at {pointed_at}, not at {example.at!r}"


def _outcome(rule: Rule, example: Example, rules: RuleSet) -> tuple[str, list[str]]:
    document = read("example.md", example.text.encode())
    languages = [example.language] * len(document.blocks)
    analysis = analyse(document, languages, rules.vocabulary)
    verdicts = judge(analysis, [rule], example.language, date.max, _JURISDICTION[example.language])
    if rule.is_requirement:
        (requirement,) = verdicts.requirements
        return str(requirement.status), [_words(evidence) for evidence in requirement.evidence]
    return ("found" if verdicts.findings else "silent"), [_words(finding) for finding in verdicts.findings]


def _words(source: Evidence | Finding) -> str:
    return _folded(source.quote[source.focus[0] : source.focus[1]])


def _folded(words: str) -> str:
    return " ".join(words.lower().split())
