"""The report for people: coloured in a terminal, with the same words everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TextIO

from policylint.report.actions import action_lines, number_of
from policylint.report.entries import Entry, entries, open_findings
from policylint.report.failures import shared_language, with_told_failures
from policylint.report.findings import SEVERITY_STYLES, explanation, finding_lines, place_line
from policylint.report.head import notice_head, severities, short_head, whole_head
from policylint.report.lines import Line, Style, cells, plain, wrap
from policylint.report.matrix import matrix_lines
from policylint.report.page import INDENT, Detail, Page, where
from policylint.report.priorities import priorities
from policylint.report.quotes import visible
from policylint.report.remarks import acceptance, judged, with_parts
from policylint.report.short import doubt_lines, gap_lines, short_lines
from policylint.report.table import requirement_lines
from policylint.report.wording import Wording, wording
from policylint.result import BASELINE, SHORT_TEXT, Failure, Finding, Judgement, Notice, Result, Severity

_MOST_ENTRIES = 40
_MOST_ACCEPTED = 100

# Yellow and cyan cannot be read on white, nor blue on black.
_LOOKS = {
    Style.PLAIN: "",
    Style.TITLE: "bold",
    Style.DIM: "dim",
    Style.FOCUS: "bold underline",
    Style.MODEL: "italic",
    Style.MET: "green",
    Style.VAGUE: "magenta",
    Style.MISSING: "red",
    Style.ERROR: "bold red",
    Style.WARNING: "bold magenta",
    Style.INFO: "bold",
}


def write_report(result: Result, stream: TextIO, page: Page) -> None:
    """Write the whole report of a run to `stream`."""
    _write(report_lines(result, page), stream, page)


def write_matrix(result: Result, stream: TextIO, page: Page) -> None:
    """Write the matrix of documents and requirements to `stream`."""
    _write(matrix_lines(result, page), stream, page)


def write_findings(result: Result, stream: TextIO, page: Page) -> None:
    """Write one line for every open finding and for every document that could not be judged, nothing else."""
    _write(brief_lines(result, page), stream, page)


def report_lines(result: Result, page: Page) -> Iterator[Line]:
    """The lines of the report: every document, a total when there are several, and what the report is worth."""
    closing = wording(shared_language(result))
    result = with_told_failures(result)
    for notice, documents in with_parts(result):
        yield from _notice(result, notice, documents, page)
        yield ()
    # What the documents of a notice state is told of the whole.
    parts = {path for notice in result.together for path in notice.paths}
    for document in result.documents:
        words = wording(document.report_language) if document.report_language else closing
        if document.failure is None:
            yield from _report(result, document, words, page, part=document.path in parts)
        else:
            yield from _failure(document.path, document.failure, words, page)
        yield ()
    if len(result.documents) > 1:
        yield from wrap([(_total(result, closing), Style.TITLE)], page.width)
    yield from wrap([(closing.disclaimer, Style.DIM)], page.width)


def in_letters(lines: Iterator[Line]) -> Iterator[str]:
    """Lines without their styles."""
    return (f"{plain(line)}\n" for line in lines)


def _write(lines: Iterator[Line], stream: TextIO, page: Page) -> None:
    if not page.colour:
        stream.writelines(in_letters(lines))
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


def brief_lines(result: Result, page: Page) -> Iterator[Line]:
    """A line for every open finding and for every document that could not be judged."""
    for document in with_told_failures(result).documents:
        if document.failure is not None:
            yield _failure_line(document.path, document.failure)
        for finding in open_findings(document.findings):
            yield from place_line(document.path, finding, finding.rule, finding.message, page)


def _failure_line(path: str, failure: Failure) -> Line:
    return (
        (f"{visible(path)}: ", Style.DIM),
        ("skipped ", Style.DIM) if failure.skipped else ("error ", Style.ERROR),
        (f"{visible(failure.code)} ", Style.DIM),
        (visible(failure.message), Style.TITLE),
    )


def _failure(path: str, failure: Failure, words: Wording, page: Page) -> Iterator[Line]:
    line = _failure_line(path, failure)
    yield from wrap(line, page.width, indent=INDENT) if page.wrap_places else [line]
    start, margin = page.labelled(words.advice, cells(words.advice) + 2, INDENT)
    yield from wrap([(visible(failure.hint), Style.PLAIN)], page.width, start, margin)


def _notice(result: Result, notice: Notice, parts: Sequence[Judgement], page: Page) -> Iterator[Line]:
    """What documents say together, each requirement with the documents that say it."""
    words = wording(notice.report_language)
    yield from notice_head(result, notice.name, notice.paths, notice.requirements, words, page)
    whole = Judgement("", report_language=notice.report_language, requirements=notice.requirements)
    if page.detail is Detail.SUMMARY:
        yield from _gaps(whole, words, page, parts)
    else:
        yield from requirement_lines(whole, words, page, parts)


def _report(result: Result, document: Judgement, words: Wording, page: Page, *, part: bool = False) -> Iterator[Line]:
    if document.words < SHORT_TEXT and document.requirements and not part and page.detail is Detail.NORMAL:
        yield from short_head(result, document, words, page)
        yield from short_lines(document, words, page)
        return
    yield from whole_head(result, document, words, page, part=part)
    actions = priorities(document.findings)
    yield from action_lines(actions, words, page)
    if page.detail is Detail.SUMMARY:
        yield from _left_to_tell(document, words, page, part=part)
        return
    if not part:
        yield from requirement_lines(document, words, page)
    yield from _findings(document, actions, words, page)
    yield from _accepted(document, words, page)


def _left_to_tell(document: Judgement, words: Wording, page: Page, *, part: bool) -> Iterator[Line]:
    """What a summary says of all the rest: the gaps by name, and how to read the whole report."""
    if not part:
        yield from _gaps(document, words, page, (document,))
    if open_findings(document.findings):
        yield ()
        yield from wrap([(words.without_summary, Style.DIM)], page.width)


def _gaps(document: Judgement, words: Wording, page: Page, parts: Sequence[Judgement]) -> Iterator[Line]:
    """The gaps by name, and the verdicts that a person must look at."""
    gaps = tuple(gap_lines(document, words, page))
    if gaps:
        yield ()
        yield ((words.gaps, Style.TITLE),)
        yield from gaps
    doubted = tuple(doubt_lines(document, words, page, parts))
    if doubted:
        yield ()
        yield from doubted


def _findings(document: Judgement, actions: tuple[Entry, ...], words: Wording, page: Page) -> Iterator[Line]:
    """The findings by weight, as many as anybody reads unless all are asked for."""
    found = entries(document.findings)
    told: dict[str, Finding] = {}
    for severity in Severity:
        chosen = [entry for entry in found if entry.severity is severity]
        shown = chosen if page.is_full else chosen[:_MOST_ENTRIES]
        if chosen:
            yield ()
            yield ((words.severity_titles[severity], SEVERITY_STYLES[severity]),)
        for entry in shown:
            yield ()
            number = number_of(entry, actions)
            yield from finding_lines(document.path, entry, number, told, words, page)
            told = explanation(entry, number) | told
        if len(shown) < len(chosen):
            yield ()
            more = words.count_of(len(chosen) - len(shown), words.further_findings)
            yield from wrap([(more, Style.DIM)], page.width)


def _accepted(document: Judgement, words: Wording, page: Page) -> Iterator[Line]:
    accepted = [(finding, finding.suppressed) for finding in document.findings if finding.suppressed]
    if not accepted:
        return
    yield ()
    yield ((words.accepted, Style.TITLE),)
    # What a baseline holds is much and nobody signed it: a number says enough, unless everything is asked for.
    recorded = 0 if page.is_full else sum(suppression.kind == BASELINE for _, suppression in accepted)
    if recorded:
        text = words.count(recorded, words.recorded)
        yield from wrap([(text, Style.DIM)], page.width, (("  ", Style.PLAIN),), 4)
    named = [each for each in accepted if not (recorded and each[1].kind == BASELINE)]
    shown = named if page.is_full else named[:_MOST_ACCEPTED]
    for finding, suppression in shown:
        place = where(finding.location, words)
        name = f"{finding.rule} ({place})" if place else finding.rule
        yield from wrap(
            [(visible(f"{name}: {acceptance(suppression, words)}"), Style.DIM)], page.width, (("  ", Style.PLAIN),), 4
        )
    if len(shown) < len(named):
        more = words.further_accepted.format(words.number(len(named) - len(shown)))
        yield from wrap([(more, Style.DIM)], page.width, (("  ", Style.PLAIN),), 4)


def _total(result: Result, words: Wording) -> str:
    findings = chain.from_iterable(open_findings(document.findings) for document in judged(result))
    parts = [f"{words.total}: {words.count(len(result.documents), words.documents)}"]
    parts.append(f"{words.findings.lower()}: {severities(findings, words)}")
    failed = sum(document.failure is not None for document in result.documents)
    if failed:
        parts.append(words.count(failed, words.not_checked))
    return "; ".join(parts) + "."
