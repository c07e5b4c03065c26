"""A report in the language that is asked: the same verdicts, other words; wording to use stays in the policy's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylint.judging.rulefiles import load_rules
from policylint.lint import lint_bytes
from policylint.result import Judgement

SAMPLES = sorted(Path("samples").glob("*.txt")) + sorted(Path("samples").glob("*.md"))


def _judged(path: Path, report_language: str | None) -> Judgement:
    rules = load_rules(strict=False)
    return lint_bytes(path.name, path.read_bytes(), rules, as_of=date(2026, 11, 1), report_language=report_language)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_verdict_does_not_depend_on_the_language_of_the_report(path: Path) -> None:
    dutch, english = _judged(path, "nl"), _judged(path, "en")
    assert (dutch.report_language, english.report_language) == ("nl", "en")
    assert dutch.language == english.language

    def verdict(judgement: Judgement) -> object:
        return (
            [(each.rule, each.status, each.applies, each.evidence, each.findings) for each in judgement.requirements],
            [(each.fingerprint, each.severity, each.quote, each.location, each.model) for each in judgement.findings],
            judgement.jurisdiction and (judgement.jurisdiction.code, judgement.jurisdiction.location),
        )

    assert verdict(dutch) == verdict(english)
    for one, other in zip(dutch.findings, english.findings, strict=True):
        assert one.message != other.message
        assert (one.why, one.advice) != (other.why, other.advice)


def test_without_being_asked_the_report_is_in_the_language_of_the_policy() -> None:
    path = next(path for path in SAMPLES if path.name == "computerwinkel.txt")
    assert _judged(path, None) == _judged(path, "nl")


def test_words_to_use_stay_in_the_language_of_the_policy() -> None:
    path = next(path for path in SAMPLES if path.name == "computerwinkel.txt")
    retention = next(each for each in _judged(path, "en").findings if each.rule == "retention")
    assert retention.title == "Retention period"
    assert "bewaren" in retention.model
    assert retention.message.startswith("The text")
