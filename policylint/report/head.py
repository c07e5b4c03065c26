"""The head of a report: what was read, by which law, what cannot be judged, and how many requirements are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from policylint.report.entries import open_findings
from policylint.report.lines import Line, Span, Style, cells, wrap
from policylint.report.page import Page, where
from policylint.report.priorities import coverage
from policylint.report.quotes import visible
from policylint.report.wording import Wording
from policylint.result import Finding, Judgement, Requirement, Result, Severity, Status

STATUS_STYLES = {Status.MET: Style.MET, Status.VAGUE: Style.VAGUE, Status.MISSING: Style.MISSING}
SIGNS = {Status.MET: "+", Status.VAGUE: "~", Status.MISSING: "-", Status.NOT_APPLICABLE: "."}
"""A requirement as one character."""

_USUAL_ENCODINGS = {"utf-8", "utf-8-sig", "ascii"}
_ENCODINGS = {"cp1252": "Windows-1252"}

Rows = dict[str, list[Span]]


def whole_head(result: Result, document: Judgement, words: Wording, page: Page, *, part: bool) -> Iterator[Line]:
    """The head of a report on one document; what a `part` of a notice states is told of the whole."""
    rows: Rows = {
        words.head.text: _plain(text_of(document, words)),
        words.head.language: _plain(languages_of(document, words)),
        words.head.national_law: _plain(national_law_of(document, words)),
        words.head.as_of: _plain(words.day(result.as_of)),
        words.head.read: _plain(reading_of(document, words)),
        words.head.limits: _plain(words.head.not_seen),
    }
    if not part:
        rows[words.requirements] = _with_bar(document.requirements, words, page)
    rows[words.findings] = [(severities(open_findings(document.findings), words), Style.TITLE)]
    yield from _head(visible(document.path), rows, page)


def short_head(result: Result, document: Judgement, words: Wording, page: Page) -> Iterator[Line]:
    """The head of a report on a text of a paragraph or two."""
    jurisdiction = document.jurisdiction
    code = jurisdiction.code if jurisdiction else ""
    rows: Rows = {
        words.head.text: _plain(f"{text_of(document, words)}, {languages_of(document, words)}"),
        words.head.national_law: _plain(words.head.countries.get(code, code) or words.head.unknown),
        words.head.as_of: _plain(words.day(result.as_of)),
        words.requirements: statuses(document.requirements, words),
    }
    yield from _head(visible(document.path), rows, page)


def notice_head(
    result: Result, name: str, paths: tuple[str, ...], requirements: tuple[Requirement, ...], words: Wording, page: Page
) -> Iterator[Line]:
    """The head of a report on documents that were judged as one policy."""
    count = words.count(len(paths), words.head.together)
    rows: Rows = {
        words.head.text: _plain(visible("; ".join(paths))),
        words.head.as_of: _plain(words.day(result.as_of)),
        words.requirements: _with_bar(requirements, words, page),
    }
    yield from _head(visible(f"{name}: {count}" if name else count), rows, page)


def _head(title: str, rows: Rows, page: Page) -> Iterator[Line]:
    yield ((title, Style.TITLE),)
    width = max(map(cells, rows)) + 2
    for label, spans in rows.items():
        start, margin = page.labelled(label, width, 2)
        yield from wrap(spans, page.width, start, margin)


def _plain(text: str) -> list[Span]:
    return [(text, Style.PLAIN)]


def _with_bar(requirements: tuple[Requirement, ...], words: Wording, page: Page) -> list[Span]:
    """How many requirements have each status, behind a sign for each that the law asks."""
    counts = coverage(requirements)
    bar = [(SIGNS[each] * counts[each], style) for each, style in STATUS_STYLES.items() if counts[each]]
    told = statuses(requirements, words)
    return told if page.plain or not bar else [*bar, (" ", Style.PLAIN), *told]


def statuses(requirements: tuple[Requirement, ...], words: Wording) -> list[Span]:
    """How many requirements have each status."""
    counts = coverage(requirements)
    shown = [status for status in Status if counts[status] or status is not Status.NOT_APPLICABLE]
    return [(", ".join(f"{counts[status]} {words.statuses[status]}" for status in shown), Style.TITLE)]


def severities(findings: Iterable[Finding], words: Wording) -> str:
    """How many findings of each severity there are."""
    counts = Counter(finding.severity for finding in findings)
    named = [words.count(counts[severity], words.severities[severity]) for severity in Severity if counts[severity]]
    return ", ".join(named) or words.no_findings


def text_of(document: Judgement, words: Wording) -> str:
    """The kind and the length of a text."""
    kind = words.head.kinds.get(document.kind, document.kind) if document.kind else words.head.unknown
    return f"{visible(kind)}, {words.count(document.words, words.head.words)}"


def languages_of(document: Judgement, words: Wording) -> str:
    """The language of a text, or its languages with their shares."""
    if document.language is None:
        return words.head.unknown
    shares = [(code, round(share * 100)) for code, share in document.languages if round(share * 100)]
    if len(shares) < 2:
        return visible(words.head.languages.get(document.language, document.language))
    named = ((words.head.languages.get(code, code), share) for code, share in shares)
    return visible(", ".join(words.head.share.format(*each) for each in named))


def national_law_of(document: Judgement, words: Wording) -> str:
    """Whose national law counts, with the reason."""
    jurisdiction = document.jurisdiction
    if jurisdiction is None:
        return words.head.unknown
    country = words.head.countries.get(jurisdiction.code, jurisdiction.code)
    place = f" ({where(jurisdiction.location, words)})" if jurisdiction.location is not None else ""
    return f"{country}: {visible(jurisdiction.reason)}{place}"


def reading_of(document: Judgement, words: Wording) -> str:
    """How much was read, and what could not be."""
    parts = [words.count(document.characters, words.head.characters)]
    if document.encoding and document.encoding not in _USUAL_ENCODINGS:
        parts[0] += f" ({visible(_ENCODINGS.get(document.encoding, document.encoding))})"
    if document.replaced:
        parts.append(words.count(document.replaced, words.head.replaced))
    if document.garbled:
        parts.append(words.count(document.garbled, words.head.garbled))
    if document.pages_without_text:
        parts.append(words.count(document.pages_without_text, words.head.pages_without_text))
    if document.pictures:
        parts.append(words.count(document.pictures, words.head.pictures))
    if document.left_out >= 0.005:
        parts.append(words.head.left_out.format(round(document.left_out * 100)))
    return "; ".join(parts)
