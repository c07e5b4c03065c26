"""The report on a text of a paragraph or two: its requirements by name, its findings in a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylint.report.entries import Entry, entries
from policylint.report.findings import place_line
from policylint.report.lines import Line, Style, cells, wrap
from policylint.report.page import Page, place_of, where
from policylint.report.quotes import shorten, visible
from policylint.report.remarks import doubts
from policylint.report.wording import Wording
from policylint.result import Applies, Judgement, Requirement, Status

_LINES = 18
"""With its head and the closing line, such a report has at most 25 lines on 80 columns."""
_NAMED = 3
_QUOTES = (70, 50, 35, 20)
"""Lengths of quotes to try, longest first, until the requirements take no more than their share of the lines."""
_SHARE = 11


def short_lines(document: Judgement, words: Wording, page: Page) -> Iterator[Line]:
    """What follows the head of the report, in at most `_LINES` lines."""
    shown = (list(_statuses(document, words, page, limit)) for limit in _QUOTES)
    statuses = next((lines for lines in shown if len(lines) <= _SHARE), None)
    statuses = statuses or list(_statuses(document, words, page, _QUOTES[-1]))
    statuses += doubt_lines(document, words, page, (document,))
    yield ()
    yield from statuses
    found = sorted(entries(document.findings), key=lambda entry: entry.severity.rank)
    # Two empty lines, the hint at the end and what is named without its message.
    left = _LINES - len(statuses) - 5
    told = 0
    if found:
        yield ()
    for entry in found:
        lines = list(_entry(document.path, entry, words, page))
        if told and len(lines) > left:
            break
        left -= len(lines)
        told += 1
        yield from lines
    names = [f"{each.first.rule} ({where(each.first.location, words)})" for each in found[told:]]
    if len(names) > _NAMED:
        names[_NAMED:] = [words.count(len(names) - _NAMED, words.more)]
    hint = words.further.format("; ".join(names)) if names else words.explained
    yield from wrap([(visible(hint), Style.DIM)], page.width)


def gap_lines(document: Judgement, words: Wording, page: Page) -> Iterator[Line]:
    """The requirements that are not found, and those that are vague with their places."""
    yield from _statuses(document, words, page, 0, (Status.MISSING, Status.VAGUE))


def doubt_lines(document: Judgement, words: Wording, page: Page, parts: Sequence[Judgement]) -> Iterator[Line]:
    """Why a person must look at verdicts, a paragraph for each reason."""
    for sentence in doubts(document.requirements, parts, words):
        yield from wrap([(sentence, Style.WARNING)], page.width)


def _entry(path: str, entry: Entry, words: Wording, page: Page) -> Iterator[Line]:
    first = entry.first
    if len(entry.findings) == 1:
        yield from place_line(path, first, first.rule, first.message, page)
    else:
        message = words.count(len(entry.findings), words.group)
        yield from place_line(path, first, first.group or first.rule, message, page)


def _statuses(
    document: Judgement,
    words: Wording,
    page: Page,
    limit: int,
    told: tuple[Status, ...] = (Status.MISSING, Status.VAGUE, Status.MET),
) -> Iterator[Line]:
    """The requirements by name, a paragraph for each status; what the text says with its place, and `limit` of it."""
    width = max(cells(words.statuses[status]) for status in Status if status is not Status.NOT_APPLICABLE) + 2
    for status in told:
        named = [_named(each, words, limit) for each in document.requirements if each.status is status and _asked(each)]
        if named:
            start, margin = page.labelled(words.statuses[status], width, 2)
            yield from wrap([(visible("; ".join(named)), Style.PLAIN)], page.width, start, margin)


def _asked(requirement: Requirement) -> bool:
    return requirement.status is not Status.MISSING or requirement.applies is not Applies.NO


def _named(requirement: Requirement, words: Wording, limit: int) -> str:
    if requirement.evidence:
        evidence = requirement.evidence[0]
        if not limit:
            return f"{requirement.title} ({place_of(evidence, words)})"
        return f"{requirement.title} ({place_of(evidence, words)}: “{shorten(evidence.quote, limit)}”)"
    return f"{requirement.title} ({words.maybe})" if requirement.applies is Applies.UNCLEAR else requirement.title
