"""The report for people: coloured in a terminal, with the same words everywhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, filterfalse
from typing import TextIO

from policylint.report.entries import entries, open_findings
from policylint.report.findings import SEVERITY_STYLES, finding_lines, place_line
from policylint.report.lines import Line, Span, Style, cells, plain, wrap
from policylint.report.page import INDENT, Page, pad, quoted, where, with_context
from policylint.report.priorities import coverage, is_asked
from policylint.report.quotes import visible
from policylint.report.short import short_lines
from policylint.report.wording import ENGLISH, Wording, wording
from policylint.result import (
    BASELINE,
    SHORT_TEXT,
    Applies,
    Evidence,
    Failure,
    Finding,
    Judgement,
    Notice,
    Requirement,
    Result,
    Severity,
    Status,
)

_QUOTE_LIMIT = 150
_MANY = 10
_WIDE = 100
_TITLE_WIDTH = 34

_USUAL_ENCODINGS = {"utf-8", "utf-8-sig", "ascii"}
_ENCODINGS = {"cp1252": "Windows-1252"}

_GAPS_FIRST = (Status.MISSING, Status.VAGUE, Status.MET)
_STATUS_STYLES = {Status.MET: Style.MET, Status.VAGUE: Style.VAGUE, Status.MISSING: Style.MISSING}

_LOOKS = {
    Style.PLAIN: "",
    Style.TITLE: "bold",
    Style.DIM: "dim",
    Style.FOCUS: "bold underline",
    Style.MODEL: "italic",
    Style.MET: "green",
    Style.VAGUE: "yellow",
    Style.MISSING: "red",
    Style.ERROR: "bold red",
    Style.WARNING: "bold yellow",
    Style.INFO: "bold cyan",
}


def write_report(result: Result, stream: TextIO, page: Page) -> None:
    """Write the whole report of a run to `stream`."""
    _write(report_lines(result, page), stream, page)


def write_findings(result: Result, stream: TextIO, page: Page) -> None:
    """Write one line for every open finding and for every document that could not be judged, nothing else."""
    _write(_brief_lines(result, page), stream, page)


def report_lines(result: Result, page: Page) -> Iterator[Line]:
    """The lines of the report: every document, a total when there are several, and what the report is worth."""
    languages = {document.report_language for document in result.documents if document.failure is None}
    closing = wording(languages.pop()) if len(languages) == 1 else ENGLISH
    for notice in result.together:
        yield from _notice(result, notice, page)
        yield ()
    # What the documents of a notice state is told of the whole.
    parts = {path for notice in result.together for path in notice.paths}
    for document in result.documents:
        words = wording(document.report_language) if document.failure is None else closing
        if document.failure is None:
            yield from _report(result, document, words, page, part=document.path in parts)
        else:
            yield from _failure(document.path, document.failure, words, page)
        yield ()
    if len(result.documents) > 1:
        yield from wrap([(_total(result, closing), Style.TITLE)], page.width)
    yield from wrap([(closing.disclaimer, Style.DIM)], page.width)


def _write(lines: Iterator[Line], stream: TextIO, page: Page) -> None:
    if not page.colour:
        stream.writelines(f"{plain(line)}\n" for line in lines)
        return
    # Only a report in colour pays for rich; `Text` keeps it from reading markup in quoted words.
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=stream,
        width=page.width,
        force_terminal=True,
        no_color=False,
        color_system="standard",
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in lines:
        console.print(Text.assemble(*((text, _LOOKS[style]) for text, style in line)), soft_wrap=True)


def _brief_lines(result: Result, page: Page) -> Iterator[Line]:
    for document in result.documents:
        if document.failure is not None:
            yield _failure_line(document.path, document.failure)
        for finding in open_findings(document.findings):
            yield from place_line(document.path, finding, finding.rule, finding.message, page)


def _failure_line(path: str, failure: Failure) -> Line:
    return (
        (f"{visible(path)}: ", Style.DIM),
        ("error ", Style.ERROR),
        (f"{visible(failure.code)} ", Style.DIM),
        (visible(failure.message), Style.TITLE),
    )


def _failure(path: str, failure: Failure, words: Wording, page: Page) -> Iterator[Line]:
    line = _failure_line(path, failure)
    yield from wrap(line, page.width, indent=INDENT) if page.wrap_places else [line]
    label = f"{words.advice}  "
    start = ((" " * INDENT, Style.PLAIN), (label, Style.DIM))
    yield from wrap([(visible(failure.hint), Style.PLAIN)], page.width, start, INDENT + cells(label))


def _notice(result: Result, notice: Notice, page: Page) -> Iterator[Line]:
    """What documents say together, each requirement with the documents that say it."""
    words = wording(notice.report_language)
    count = words.count(len(notice.paths), words.together)
    whole = Judgement(f"{notice.name}: {count}" if notice.name else count, requirements=notice.requirements)
    rows = {
        words.text: visible("; ".join(notice.paths)),
        words.as_of: words.day(result.as_of),
        words.requirements: _statuses(whole, words),
    }
    yield from _head(whole, rows, words, page)
    yield from _requirements(whole, words, page)


def _report(result: Result, document: Judgement, words: Wording, page: Page, *, part: bool = False) -> Iterator[Line]:
    if part:
        rows = _whole_head(result, document, words)
        del rows[words.requirements]
        yield from _head(document, rows, words, page)
    elif document.words < SHORT_TEXT and document.requirements and not page.verbose:
        yield from _head(document, _short_head(result, document, words), words, page)
        yield from short_lines(document, words, page)
        return
    else:
        yield from _head(document, _whole_head(result, document, words), words, page)
        yield from _requirements(document, words, page)
    found = entries(document.findings)
    for severity in Severity:
        chosen = [entry for entry in found if entry.severity is severity]
        if chosen:
            yield ()
            yield ((words.severity_titles[severity], SEVERITY_STYLES[severity]),)
        for entry in chosen:
            yield ()
            yield from finding_lines(document.path, entry, words, page)
    yield from _accepted(document, words, page)


def _short_head(result: Result, document: Judgement, words: Wording) -> dict[str, str]:
    jurisdiction = document.jurisdiction
    return {
        words.text: f"{_text(document, words)}, {_languages(document, words)}",
        words.national_law: words.countries.get(jurisdiction.code, jurisdiction.code)
        if jurisdiction
        else words.unknown,
        words.as_of: words.day(result.as_of),
        words.requirements: _statuses(document, words),
    }


def _whole_head(result: Result, document: Judgement, words: Wording) -> dict[str, str]:
    return {
        words.text: _text(document, words),
        words.language: _languages(document, words),
        words.national_law: _national_law(document, words),
        words.as_of: words.day(result.as_of),
        words.read: _coverage(document, words),
        words.requirements: _statuses(document, words),
        words.findings: _severities(open_findings(document.findings), words),
    }


def _head(document: Judgement, rows: Mapping[str, str], words: Wording, page: Page) -> Iterator[Line]:
    yield ((visible(document.path), Style.TITLE),)
    width = max(map(cells, rows)) + 2
    for label, text in rows.items():
        start = (("  ", Style.PLAIN), (pad(label, width), Style.DIM))
        style = Style.TITLE if label in (words.requirements, words.findings) else Style.PLAIN
        yield from wrap([(text, style)], page.width, start, 2 + width)


def _text(document: Judgement, words: Wording) -> str:
    kind = words.kinds.get(document.kind, document.kind) if document.kind else words.unknown
    return f"{visible(kind)}, {words.count(document.words, words.words)}"


def _languages(document: Judgement, words: Wording) -> str:
    if document.language is None:
        return words.unknown
    shares = [(code, round(share * 100)) for code, share in document.languages if round(share * 100)]
    if len(shares) < 2:
        return visible(words.languages.get(document.language, document.language))
    return visible(", ".join(words.share.format(words.languages.get(code, code), share) for code, share in shares))


def _national_law(document: Judgement, words: Wording) -> str:
    jurisdiction = document.jurisdiction
    if jurisdiction is None:
        return words.unknown
    country = words.countries.get(jurisdiction.code, jurisdiction.code)
    place = f" ({where(jurisdiction.location, words)})" if jurisdiction.location is not None else ""
    return f"{country}: {visible(jurisdiction.reason)}{place}"


def _coverage(document: Judgement, words: Wording) -> str:
    parts = [words.count(document.characters, words.characters)]
    if document.encoding and document.encoding not in _USUAL_ENCODINGS:
        parts[0] += f" ({visible(_ENCODINGS.get(document.encoding, document.encoding))})"
    if document.replaced:
        parts.append(words.count(document.replaced, words.replaced))
    if document.garbled:
        parts.append(words.count(document.garbled, words.garbled))
    if document.pages_without_text:
        parts.append(words.count(document.pages_without_text, words.pages_without_text))
    if document.pictures:
        parts.append(words.count(document.pictures, words.pictures))
    if document.left_out >= 0.005:
        parts.append(words.left_out.format(round(document.left_out * 100)))
    return "; ".join(parts)


def _statuses(document: Judgement, words: Wording) -> str:
    counts = coverage(document.requirements)
    shown = [status for status in Status if counts[status] or status is not Status.NOT_APPLICABLE]
    return ", ".join(f"{counts[status]} {words.statuses[status]}" for status in shown)


def _severities(findings: tuple[Finding, ...], words: Wording) -> str:
    counts = Counter(finding.severity for finding in findings)
    named = [words.count(counts[severity], words.severities[severity]) for severity in Severity if counts[severity]]
    return ", ".join(named) or words.no_findings


def _requirements(document: Judgement, words: Wording, page: Page) -> Iterator[Line]:
    if not document.requirements:
        return
    findings = {finding.fingerprint: finding for finding in open_findings(document.findings)}
    yield ()
    yield ((words.requirements, Style.TITLE),)
    width = max(cells(words.statuses[status]) for status in _STATUS_STYLES) + 2
    asked = [requirement for requirement in document.requirements if is_asked(requirement)]
    # What is simply not there is named in one paragraph: there is nothing to show beside it but, if they are few, why
    # the law may not ask it.
    bare = [
        requirement
        for requirement in asked
        if requirement.status is Status.MISSING and not _pointers(requirement, findings, words)
    ]
    if len(bare) <= _MANY:
        bare = [requirement for requirement in bare if requirement.applies is not Applies.UNCLEAR]
    if bare:
        missing = (pad(words.statuses[Status.MISSING], width), _STATUS_STYLES[Status.MISSING])
        titles = "; ".join(
            f"{requirement.title} ({words.maybe})" if requirement.applies is Applies.UNCLEAR else requirement.title
            for requirement in bare
        )
        yield from wrap([(visible(titles), Style.TITLE)], page.width, (("  ", Style.PLAIN), missing), 2 + width)
    told = [requirement for requirement in asked if requirement not in bare]
    for requirement in sorted(told, key=lambda requirement: _GAPS_FIRST.index(requirement.status)):
        status = (pad(words.statuses[requirement.status], width), _STATUS_STYLES[requirement.status])
        start = (("  ", Style.PLAIN), status)
        notes = _notes(requirement, findings, words, page)
        yield from _beside(requirement.title, notes, start, 2 + width, page)
    by_reason: dict[str, list[str]] = {}
    for requirement in filterfalse(is_asked, document.requirements):
        by_reason.setdefault(requirement.reason, []).append(requirement.title)
    if by_reason:
        yield ()
        yield ((words.not_applicable, Style.TITLE),)
    for reason, folded in by_reason.items():
        spans = [(visible("; ".join(folded)), Style.PLAIN), (f": {visible(reason)}" if reason else "", Style.DIM)]
        yield from wrap(spans, page.width, (("  ", Style.PLAIN),), 4)


def _beside(title: str, notes: list[list[Span]], start: Line, margin: int, page: Page) -> Iterator[Line]:
    """A title with its notes beside it on a wide page, below it on a narrow one."""
    if page.width < _WIDE:
        yield from wrap([(visible(title), Style.TITLE)], page.width, start, margin)
        for note in notes:
            yield from wrap(note, page.width, ((" " * margin, Style.PLAIN),), margin + 2)
        return
    titles = [plain(line) for line in wrap([(visible(title), Style.PLAIN)], _TITLE_WIDTH)]
    room = page.width - margin - _TITLE_WIDTH - 2
    right = list(chain.from_iterable(wrap(note, room, indent=2) for note in notes))
    for row in range(max(len(titles), len(right))):
        left = titles[row] if row < len(titles) else ""
        yield (
            *(start if row == 0 else ((" " * margin, Style.PLAIN),)),
            *(
                ((pad(left, _TITLE_WIDTH + 2), Style.TITLE), *right[row])
                if row < len(right)
                else ((left, Style.TITLE),)
            ),
        )


def _notes(requirement: Requirement, findings: dict[str, Finding], words: Wording, page: Page) -> list[list[Span]]:
    """What stands beside a requirement: its evidence, whether it applies, and findings about the same words."""
    notes = [_evidence(evidence, words, page) for evidence in requirement.evidence]
    if requirement.applies is Applies.UNCLEAR and requirement.reason and requirement.status is not Status.MET:
        notes.append([(words.may_apply.format(visible(requirement.reason)), Style.DIM)])
    pointers = _pointers(requirement, findings, words)
    if pointers:
        form = words.see_finding[0] if len(pointers) == 1 else words.see_finding[1]
        notes.append([(form.format(", ".join(pointers)), Style.WARNING)])
    return notes


def _pointers(requirement: Requirement, findings: dict[str, Finding], words: Wording) -> list[str]:
    """Findings of other rules about the same words, with their places."""
    others = [findings[key] for key in requirement.findings if key in findings]
    return list(
        dict.fromkeys(
            f"{visible(finding.rule)} ({where(finding.location, words)})"
            for finding in others
            if requirement.status is Status.MET or finding.rule != requirement.rule
        )
    )


def _evidence(evidence: Evidence, words: Wording, page: Page) -> list[Span]:
    places = (visible(evidence.path or ""), where(evidence.location, words))
    place = ", ".join(filter(None, places))
    quote = with_context(evidence.context, quoted(evidence.quote, evidence.focus, _QUOTE_LIMIT, page))
    return [(f"{place}: ", Style.DIM), *quote] if place else quote


def _accepted(document: Judgement, words: Wording, page: Page) -> Iterator[Line]:
    accepted = [(finding, finding.suppressed) for finding in document.findings if finding.suppressed]
    if not accepted:
        return
    yield ()
    yield ((words.accepted, Style.TITLE),)
    # What a baseline holds is much and nobody signed it: a number says enough, unless everything is asked for.
    recorded = 0 if page.verbose else sum(suppression.kind == BASELINE for _, suppression in accepted)
    if recorded:
        text = words.count(recorded, words.recorded)
        yield from wrap([(text, Style.DIM)], page.width, (("  ", Style.PLAIN),), 4)
    for finding, suppression in accepted:
        if recorded and suppression.kind == BASELINE:
            continue
        parts = [suppression.reason]
        parts += [words.accepted_by.format(suppression.owner)] if suppression.owner else []
        parts += [words.accepted_until.format(words.day(suppression.expires))] if suppression.expires else []
        place = where(finding.location, words)
        name = f"{finding.rule} ({place})" if place else finding.rule
        yield from wrap([(visible(f"{name}: {', '.join(parts)}"), Style.DIM)], page.width, (("  ", Style.PLAIN),), 4)


def _total(result: Result, words: Wording) -> str:
    judged = [document for document in result.documents if document.failure is None]
    failed = len(result.documents) - len(judged)
    findings = tuple(chain.from_iterable(open_findings(document.findings) for document in judged))
    parts = [f"{words.total}: {words.count(len(result.documents), words.documents)}"]
    parts.append(f"{words.findings.lower()}: {_severities(findings, words)}")
    if failed:
        parts.append(words.count(failed, words.not_checked))
    return "; ".join(parts) + "."
