"""What a change did to a policy, for people (text, Markdown) and for programs (JSON)."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.comparing.comparison import Change, Comparison, Direction
from policylint.report.failures import in_language
from policylint.report.page import where
from policylint.report.quotes import shorten, visible
from policylint.report.wording import Wording, wording
from policylint.result import Finding

_WIDTH = 100
"""Columns of what is not written to a terminal."""
_SENTENCE = 400
_MOST_SENTENCES = 40


@dataclass(frozen=True, slots=True)
class _Words:
    worse: str
    better: str
    came: str
    gone: str
    stayed: str
    removed: str
    added: str
    more: str
    nothing: str
    same: str
    new_document: str
    gone_document: str
    not_compared: str
    no_documents: str
    absent: str


_WORDS = {
    "nl": _Words(
        worse="Minder dan voorheen",
        better="Beter dan voorheen",
        came="Nieuwe bevindingen",
        gone="Bevindingen die weg zijn",
        stayed="Gebleven bevindingen: {}",
        removed="Weggehaalde zinnen",
        added="Toegevoegde zinnen",
        more="en nog {}",
        nothing="Er verandert niets aan wat de tekst zegt.",
        same="Ongewijzigde vereisten: {}",
        new_document="Dit document is nieuw; er is niets om het mee te vergelijken.",
        gone_document="Dit document is weg.",
        not_compared="Niet vergeleken: {}",
        no_documents="Er is geen beleid gewijzigd.",
        absent="niet beoordeeld",
    ),
    "en": _Words(
        worse="Says less than before",
        better="Better than before",
        came="New findings",
        gone="Findings that are gone",
        stayed="Findings that stayed: {}",
        removed="Sentences removed",
        added="Sentences added",
        more="and {} more",
        nothing="The change alters nothing of what the text says.",
        same="Requirements unchanged: {}",
        new_document="This document is new; there is nothing to compare it with.",
        gone_document="This document is gone.",
        not_compared="Not compared: {}",
        no_documents="No policy was changed.",
        absent="not judged",
    ),
}


def comparison_text(comparisons: Sequence[Comparison], width: int = _WIDTH) -> str:
    """Comparisons as plain text, one after another, in lines of `width` columns."""
    if not comparisons:
        return f"{_WORDS['en'].no_documents}\n"
    return "\n".join(_text(comparison, width) for comparison in comparisons)


def _text(comparison: Comparison, width: int) -> str:
    lines = [f"{visible(comparison.old_name)} -> {visible(comparison.new_name)}"]
    for title, items in _parts(comparison):
        lines += ["", *textwrap.wrap(title, width)]
        for item in items:
            start, margin = ("  - ", "    ") if title else ("", "")
            lines += textwrap.wrap(item, width, initial_indent=start, subsequent_indent=margin) or [item]
    return "\n".join(lines) + "\n"


def comparison_markdown(comparisons: Sequence[Comparison]) -> str:
    """Comparisons as Markdown, for a comment on a change; quoted words are code, so that nothing in them is markup."""
    if not comparisons:
        return f"{_WORDS['en'].no_documents}\n"
    lines: list[str] = []
    for comparison in comparisons:
        lines += [f"## `{_code(comparison.old_name)}` → `{_code(comparison.new_name)}`", ""]
        for title, items in _parts(comparison):
            lines += [f"### {title}", ""] if title else []
            lines += [f"- `{_code(item)}`" if title else item for item in items]
            lines.append("")
    return "\n".join(lines)


def _code(text: str) -> str:
    return visible(text).replace("`", "'")


def comparison_json(comparisons: Sequence[Comparison]) -> str:
    """Comparisons for programs."""
    return json.dumps([_record(comparison) for comparison in comparisons], ensure_ascii=False, indent=2) + "\n"


def _record(comparison: Comparison) -> dict[str, object]:
    return {
        "old": comparison.old_name,
        "new": comparison.new_name,
        "errors": [
            {"code": each.failure.code, "message": each.failure.message, "hint": each.failure.hint}
            for each in (comparison.old, comparison.new)
            if each.failure
        ],
        "requirements": [
            {
                "rule": _rule(change),
                "before": change.before.status if change.before else None,
                "after": change.after.status if change.after else None,
                "direction": change.direction,
            }
            for change in comparison.changes
        ],
        "findings": {
            "new": [_finding_record(finding) for finding in comparison.came],
            "gone": [_finding_record(finding) for finding in comparison.gone],
            "same": [_finding_record(finding) for finding in comparison.stayed],
        },
        "sentences": {"removed": list(comparison.removed), "added": list(comparison.added)},
    }


def _finding_record(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "quote": finding.quote,
        "line": finding.location.line,
        "page": finding.location.page,
        "paragraph": finding.location.paragraph,
        "fingerprint": finding.fingerprint,
    }


def _rule(change: Change) -> str:
    one = change.after or change.before
    return one.rule if one else ""


def _parts(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Titles with their items; a part without a title is one sentence."""
    language = comparison.new.report_language or comparison.old.report_language or "en"
    words, terms = _WORDS[language], wording(language)
    failures = [
        in_language(each.failure, language).message for each in (comparison.old, comparison.new) if each.failure
    ]
    if failures:
        yield "", [words.not_compared.format(visible("; ".join(failures)))]
        return
    if comparison.old.sha256 is None or comparison.new.sha256 is None:
        yield "", [words.new_document if comparison.old.sha256 is None else words.gone_document]
        if comparison.new.sha256 is None:
            return
    compared = comparison.old.sha256 is not None
    for title, direction in ((words.worse, Direction.WORSE), (words.better, Direction.BETTER)):
        changes = [each for each in comparison.changes if each.direction is direction] if compared else []
        if changes:
            yield title, [_change(change, words, terms) for change in changes]
    for title, findings in ((words.came, comparison.came), (words.gone, comparison.gone)):
        told = [finding for finding in findings if finding.status is None or not compared]
        if told:
            yield title, [_finding(finding, terms) for finding in told]
    for title, sentences in ((words.removed, comparison.removed), (words.added, comparison.added)):
        if sentences and compared:
            shown = [visible(shorten(sentence, _SENTENCE)) for sentence in sentences[:_MOST_SENTENCES]]
            rest = len(sentences) - len(shown)
            yield title, [*shown, *([words.more.format(rest)] if rest else [])]
    same = sum(change.direction is Direction.SAME for change in comparison.changes)
    if compared and same == len(comparison.changes) and not comparison.came and not comparison.gone:
        yield "", [words.nothing]
    elif compared:
        yield "", [f"{words.same.format(same)}. {words.stayed.format(len(comparison.stayed))}."]


def _change(change: Change, words: _Words, terms: Wording) -> str:
    one = change.after or change.before
    before = terms.statuses[change.before.status] if change.before else words.absent
    after = terms.statuses[change.after.status] if change.after else words.absent
    text = f"{one.title if one else ''} ({_rule(change)}): {before} -> {after}"
    side = change.before if change.direction is Direction.WORSE else change.after
    if side and side.evidence:
        text += f"; {where(side.evidence[0].location, terms)}: “{shorten(side.evidence[0].quote, 160)}”"
    return visible(text)


def _finding(finding: Finding, terms: Wording) -> str:
    place = where(finding.location, terms)
    quote = f" “{shorten(finding.quote, 160)}”" if finding.quote else ""
    return visible(f"{finding.severity} {finding.rule} ({place}): {finding.message}{quote}")
