"""The examples of every rule are its tests: the outcome, and the words the evidence points at."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from policylint.analysis.vocabulary import LANGUAGES
from policylint.judging.examples import failing_examples, unheard_wordings
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import Rule, RuleSet

LEAST = {"met": 4, "vague": 4, "missing": 6, "found": 4, "silent": 6}


@cache
def rules() -> RuleSet:
    return load_rules()


@pytest.mark.parametrize("rule", rules().rules, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    assert list(failing_examples(rule, rules())) == []


@pytest.mark.parametrize("rule", rules().rules, ids=lambda rule: rule.id)
def test_enough_examples_in_both_languages(rule: Rule) -> None:
    near_miss = {"not-applicable": "missing"}
    counts = Counter((example.language, near_miss.get(example.outcome, example.outcome)) for example in rule.examples)
    outcomes = {"met", "missing"} | ({"vague"} if rule.vague else set()) if rule.is_requirement else {"found", "silent"}
    lacking = {
        (language, outcome): counts[language, outcome]
        for language in LANGUAGES
        for outcome in outcomes
        if counts[language, outcome] < LEAST[outcome]
    }
    assert lacking == {}


def test_no_example_stands_twice_in_a_rule() -> None:
    for rule in rules().rules:
        texts = Counter((example.language, example.text) for example in rule.examples)
        assert [text for text, count in texts.items() if count > 1] == [], rule.id


def test_every_wording_is_in_an_example_and_every_concept_is_asked_for() -> None:
    assert list(unheard_wordings(rules())) == []


def test_tags_are_names_of_their_own() -> None:
    taken = {rule.id for rule in rules().rules} | {rule.family for rule in rules().rules}
    assert not taken & {tag for rule in rules().rules for tag in rule.tags}
