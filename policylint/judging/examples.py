"""Runs the examples of rules: each must give its outcome and point at its words; together they have every wording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policylint.analysis.clauses import RESERVED
from policylint.analysis.sentences import sentences
from policylint.analysis.tokens import words_of
from policylint.analysis.units import Analysis, analyse
from policylint.analysis.vocabulary import LANGUAGES
from policylint.analysis.wordings import Matcher, parse_wording
from policylint.document import matching_text
from policylint.judging.exceptions.acceptance import FAMILY
from policylint.judging.exceptions.signing import Reporter, acceptable, read_remarks, sign
from policylint.judging.judge import judge
from policylint.judging.rules import Example, Rule, RuleSet
from policylint.reading import read
from policylint.result import Evidence, Finding

# Whose national law an example is judged by.
_JURISDICTION = {"nl": "NL", "en": "IE"}
# The day on which the exceptions in examples are read.
_TODAY = date(2026, 1, 1)


def failing_examples(rule: Rule, rules: RuleSet) -> Iterator[str]:
    """A sentence per example of `rule` that gives another outcome or points at other words."""
    for example in rule.examples:
        outcome, pointed_at = _outcome(rule, example, rules)
        place = f"{rule.path}:{example.line}"
        if outcome != example.outcome:
            yield f"{place}: {outcome}, not {example.outcome}: {example.text!r} (points at {pointed_at})"
        elif example.at is not None and not any(_folded(example.at) in words for words in pointed_at):
            yield f"{place}: points at {pointed_at}, not at {example.at!r}"


def unheard_wordings(rules: RuleSet) -> Iterator[str]:
    """The wordings that no example of a rule or of a concept file has, and the concepts that nothing asks for."""
    known = rules.vocabulary.asked | RESERVED
    for concept in rules.concepts:
        if concept.name not in known:
            yield f"{concept.name}: no rule asks for this concept"
    for language in LANGUAGES:
        wordings = [(concept.name, text) for concept in rules.concepts for text in concept.wordings.get(language, ())]
        matcher = Matcher((str(number), parse_wording(text)) for number, (_, text) in enumerate(wordings))
        texts = [each.text for rule in rules.rules for each in rule.examples if each.language == language]
        texts += [text for spoken, text in rules.phrases if spoken == language]
        heard = {match.concept for text in texts for words in _sentences(text) for match in matcher.find(words)}
        for number, (name, text) in enumerate(wordings):
            if str(number) not in heard:
                yield f"{name} ({language}): {text}"


def _sentences(text: str) -> Iterator[list[str]]:
    """The words of every sentence in every line of a text."""
    for line in map(matching_text, text.splitlines()):
        for start, end in sentences(line):
            yield words_of(line[start:end]).exact


def _outcome(rule: Rule, example: Example, rules: RuleSet) -> tuple[str, list[str]]:
    document = read("example.md", example.text.encode())
    languages = [example.language] * len(document.blocks)
    analysis = analyse(document, languages, rules.vocabulary)
    if rule.family == FAMILY:
        return _outcome_of_exceptions(rule, example.language, analysis, rules)
    jurisdiction = _JURISDICTION[example.language]
    verdicts = judge(analysis, [rule.under(jurisdiction)], example.language, date.max, jurisdiction)
    if rule.is_requirement:
        (requirement,) = verdicts.requirements
        return str(requirement.status), [_words(evidence) for evidence in requirement.evidence]
    return ("found" if verdicts.findings else "silent"), [_words(finding) for finding in verdicts.findings]


def _outcome_of_exceptions(rule: Rule, language: str, analysis: Analysis, rules: RuleSet) -> tuple[str, list[str]]:
    names = acceptable(rules.rules)
    verdicts = judge(analysis, rules.under(_JURISDICTION[language]), language, _TODAY, _JURISDICTION[language])
    acceptances, misspelt = read_remarks(analysis.document.remarks, names)
    signed = sign(verdicts.findings, acceptances, names, _TODAY)
    reporter = Reporter(rules.rules, names, language, language, _TODAY, analysis.document.source_map.beginning())
    reported = reporter.report(acceptances, misspelt, signed.used)
    found = [finding for finding in reported if finding.rule == rule.id]
    return ("found" if found else "silent"), [_words(finding) for finding in found]


def _words(source: Evidence | Finding) -> str:
    return _folded(source.quote[source.focus[0] : source.focus[1]])


def _folded(words: str) -> str:
    return " ".join(words.lower().split())
