"""A report in the language that is asked: the same verdicts, other words; wording to use stays in the policy's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from policylint.judging.rulefiles import load_rules
from policylint.lint import lint_bytes
from policylint.report import comparison, memo
from policylint.report.failure_words import DUTCH as FAILURES
from policylint.report.wording import DUTCH, ENGLISH
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


_ENGLISH_WORDS = frozenset("the and are not that this with which whether what when their they been has have".split())
_DUTCH_WORDS = frozenset("de het een en niet dat dit met welke wat wordt worden zijn van voor hun aan door bij".split())
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")


def _foreign(text: str, language: str) -> set[str]:
    """The function words of the other language in a text, quotations and what is between brackets left out."""
    words = set(re.findall(r"[a-zé]+", _QUOTED.sub(" ", text).lower()))
    return words & (_ENGLISH_WORDS if language == "nl" else _DUTCH_WORDS)


def _own(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _own(f"{path}.{key}", part)
    elif isinstance(value, tuple | list):
        for number, part in enumerate(value):
            yield from _own(f"{path}.{number}", part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _own(f"{path}.{each.name}", getattr(value, each.name))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_rules_speak_one_language_at_a_time(language: str) -> None:
    wrong = []
    for rule in load_rules(strict=False).rules:
        texts = [rule.title, rule.why, rule.advice, *rule.message.values()]
        texts += [rule.applies.reason] if rule.applies else []
        for text in texts:
            assert text[language].strip(), rule.id
            if len(found := _foreign(text[language], language)) > 1:
                wrong.append((rule.id, text[language], found))
    assert wrong == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_reports_say_by_themselves_is_in_one_language(language: str) -> None:
    own = {
        "nl": (DUTCH, comparison._WORDS["nl"], memo._WORDS["nl"], tuple(FAILURES.values())),
        "en": (ENGLISH, comparison._WORDS["en"], memo._WORDS["en"]),
    }
    texts = [found for words in own[language] for found in _own("", words) if found[0] != ".code"]
    assert len(texts) > 50
    assert [(path, text) for path, text in texts if _foreign(text, language)] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_report_holds_no_sentence_of_the_other_language(path: Path, language: str) -> None:
    judgement = _judged(path, language)
    said = [*(part for each in judgement.findings for part in (each.title, each.message, each.why, each.advice))]
    said += [text for each in judgement.requirements for text in (each.title, each.reason)]
    said += [each.reason for each in judgement.facts]
    assert [text for text in dict.fromkeys(said) if len(_foreign(text, language)) > 1] == []
