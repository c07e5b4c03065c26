"""A rule as a short memo: what it asks, by which law, why, what meets it, and what to write."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from policylint.judging.sheets import Sheet
from policylint.report.articles import cited

_FILLED_IN = re.compile(r"\{(entry|since|successor|quote|value)\}")
_EXAMPLES = 3
_WIDTH = 100
_LONGEST_EXAMPLE = 240


@dataclass(frozen=True, slots=True)
class _Words:
    law: str
    why: str
    severity: str
    advice: str
    model: str
    since: str
    unverified: str
    outcomes: dict[str, str]
    severities: dict[str, str]


_WORDS = {
    "nl": _Words(
        law="Bepaling",
        why="Waarom",
        severity="Weging",
        advice="Wat te doen",
        model="Voorbeeldtekst",
        since="Sinds",
        unverified="nog niet geverifieerd",
        outcomes={
            "met": "Zo staat het er goed",
            "vague": "Zo blijft het vaag",
            "missing": "Zo staat het er niet",
            "not-applicable": "Zo speelt het niet",
            "found": "Zo wordt het gemeld",
            "silent": "Zo wordt er niets gemeld",
        },
        severities={"error": "fout", "warning": "waarschuwing", "info": "opmerking"},
    ),
    "en": _Words(
        law="Law",
        why="Why",
        severity="Weight",
        advice="What to do",
        model="Suggested text",
        since="Since",
        unverified="not verified yet",
        outcomes={
            "met": "This meets it",
            "vague": "This is vague",
            "missing": "This does not say it",
            "not-applicable": "Here it does not apply",
            "found": "This is reported",
            "silent": "This is not reported",
        },
        severities={"error": "error", "warning": "warning", "info": "note"},
    ),
}
_GAPS = {
    "nl": {"missing": "als het ontbreekt", "vague": "als het vaag is", "": ""},
    "en": {"missing": "if missing", "vague": "if vague", "": ""},
}
_BLANKS = {
    "nl": {
        "entry": "[wat is gevonden]",
        "since": "[datum]",
        "successor": "[wat ervoor in de plaats kwam]",
        "quote": "[woorden uit de tekst]",
        "value": "[wat is vastgesteld]",
    },
    "en": {
        "entry": "[what was found]",
        "since": "[date]",
        "successor": "[what took its place]",
        "quote": "[words of the text]",
        "value": "[what was established]",
    },
}
"""What a finding fills in, by the name of its place."""


def memo_text(sheet: Sheet, language: str) -> str:
    """The memo as plain text."""
    words = _WORDS[language]
    lines = [f"{sheet.title[language]} ({sheet.id})", ""]
    lines += [f"  {message}" for message in _messages(sheet, language)]
    lines.append("")
    width = max(map(len, (words.law, words.why, words.severity, words.advice, words.model, words.since))) + 2
    for label, text in _facts(sheet, language):
        lines += _labelled(label, text, width)
    for title, examples in _examples(sheet, language):
        lines += ["", title]
        lines += [f"  - {example}" for example in examples]
    return "\n".join(lines) + "\n"


def memo_markdown(sheet: Sheet, language: str) -> str:
    """The memo as Markdown; quoted examples are code, so that nothing in them is markup."""
    lines = [f"# {sheet.title[language]} (`{sheet.id}`)", ""]
    lines += [line for message in _messages(sheet, language) for line in (f"> {message}", ">")][:-1]
    lines.append("")
    lines += [f"- **{label}**: {' '.join(text.split())}" for label, text in _facts(sheet, language)]
    for title, examples in _examples(sheet, language):
        lines += ["", f"## {title}", ""]
        lines += [f"- `{example.replace('`', chr(39))}`" for example in examples]
    return "\n".join(lines) + "\n"


def memo_json(sheet: Sheet) -> str:
    """Everything that the memo says, in both languages."""
    return (
        json.dumps(
            {
                "rule": sheet.id,
                "family": sheet.family,
                "name": sheet.name,
                "title": sheet.title,
                "law": list(sheet.law),
                "severity": sheet.severity.get("", sheet.severity),
                "since": sheet.since,
                "changes": sheet.changes,
                "tags": list(sheet.tags),
                "preview": sheet.preview,
                "message": sheet.message.get("", sheet.message),
                "why": sheet.why,
                "advice": sheet.advice,
                "model": sheet.model,
                "examples": sheet.examples,
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _messages(sheet: Sheet, language: str) -> list[str]:
    """What a finding of the rule says, by the gap that it is about."""
    messages = {gap: _with_blanks(texts[language], language) for gap, texts in sheet.message.items()}
    return [f"{_GAPS[language][gap].capitalize()}: {text}" if gap else text for gap, text in messages.items()]


def _with_blanks(text: str, language: str) -> str:
    """A text with what a finding fills in told in words."""
    return _FILLED_IN.sub(lambda match: _BLANKS[language][match[1]], text)


def _facts(sheet: Sheet, language: str) -> Iterator[tuple[str, str]]:
    words = _WORDS[language]
    for law in sheet.law:
        note = "" if law.get("verified", True) else f" ({words.unverified})"
        yield words.law, f"{cited(str(law['reference']), language)}{note} {law['url']}"
    yield words.severity, weights(sheet, language)
    yield words.why, sheet.why[language]
    yield words.advice, _with_blanks(sheet.advice[language], language)
    yield words.model, sheet.model[language]
    yield words.since, sheet.since
    for version, texts in sheet.changes.items():
        yield version, texts[language]


def weights(sheet: Sheet, language: str) -> str:
    """How heavy the findings of a rule are, in words."""
    gaps, severities = _GAPS[language], _WORDS[language].severities
    return ", ".join(f"{severities[str(value)]} {gaps[gap]}".strip() for gap, value in sheet.severity.items())


def _labelled(label: str, text: str, width: int) -> list[str]:
    lines = [part for line in text.strip().splitlines() for part in textwrap.wrap(line, _WIDTH - width) or [""]]
    return [f"  {(label if number == 0 else '').ljust(width)}{line}" for number, line in enumerate(lines)]


def _examples(sheet: Sheet, language: str) -> Iterator[tuple[str, list[str]]]:
    for outcome, title in _WORDS[language].outcomes.items():
        texts = sorted(sheet.examples.get(language, {}).get(outcome, ()), key=len)
        short = [" / ".join(text.split("\n")) for text in texts if len(text) <= _LONGEST_EXAMPLE]
        # The shortest say the least: those of middling length show a sentence as policies have it.
        middle = short[len(short) // 3 :][:_EXAMPLES] or short[:_EXAMPLES]
        if middle:
            yield title, [" ".join(text.replace(" /  / ", " / ").split()) for text in middle]
