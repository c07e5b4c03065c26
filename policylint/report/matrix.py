"""The matrix of documents and requirements: who says what, with sums and the worst gaps."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from policylint.report.entries import open_findings
from policylint.report.failures import shared_language, with_told_failures
from policylint.report.head import SIGNS, STATUS_STYLES
from policylint.report.lines import Line, Span, Style, cells, wrap
from policylint.report.page import Page, pad
from policylint.report.priorities import is_asked
from policylint.report.quotes import visible
from policylint.report.remarks import plain
from policylint.report.wording import Wording, wording
from policylint.result import Judgement, Requirement, Result, Severity, Status, Subject

_FORMULA = ("=", "+", "-", "@", "\t")
_WORST = 5
_NARROWEST_NAME, _WIDEST_NAME = 12, 48
_COUNTED = (Status.MET, Status.VAGUE, Status.MISSING)


@dataclass(frozen=True, slots=True)
class Column:
    """A requirement, numbered from 1 in the order of subjects, and how many documents have each status of it."""

    number: int
    rule: str
    title: str
    subject: Subject
    counts: Counter[Status]

    @property
    def gaps(self) -> tuple[int, int]:
        """How many documents miss it, and how many are vague about it."""
        return self.counts[Status.MISSING], self.counts[Status.VAGUE]


@dataclass(frozen=True, slots=True)
class Row:
    """A document with its statuses in the order of the columns (None: not asked), or why it was not judged."""

    path: str
    statuses: tuple[Status | None, ...]
    counts: Counter[Status]
    failure: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every document of a run against every requirement that any of them was asked."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def worst(self) -> tuple[Column, ...]:
        """The requirements that most documents miss or leave vague, the worst first."""
        gaps = [column for column in self.columns if any(column.gaps)]
        return tuple(sorted(gaps, key=lambda column: (-column.gaps[0], -column.gaps[1], column.number))[:_WORST])


def matrix_of(result: Result) -> Matrix:
    """The matrix of a run; what the law does not ask of a document is not applicable to it."""
    spoken = words_of(result).code
    asked: dict[str, tuple[bool, Requirement]] = {}
    for document in result.documents:
        for each in document.requirements:
            # Titles in the language of the report where any document has them in it.
            preferred = document.report_language == spoken
            if each.rule not in asked or preferred >= asked[each.rule][0]:
                asked[each.rule] = preferred, each
    subjects = list(Subject)
    ordered = sorted((each for _, each in asked.values()), key=lambda each: (subjects.index(each.subject), each.rule))
    rows = []
    for document in with_told_failures(result).documents:
        found = {each.rule: each.status if is_asked(each) else Status.NOT_APPLICABLE for each in document.requirements}
        statuses = tuple(found.get(each.rule) for each in ordered)
        counts = Counter(status for status in statuses if status is not None)
        failure = visible(document.failure.message) if document.failure else ""
        rows.append(Row(visible(document.path), statuses, counts, failure))
    columns = tuple(
        Column(
            number,
            each.rule,
            visible(each.title),
            each.subject,
            Counter(status for row in rows if (status := row.statuses[number - 1]) is not None),
        )
        for number, each in enumerate(ordered, start=1)
    )
    return Matrix(columns, tuple(rows))


def words_of(result: Result) -> Wording:
    """The words of a report on several documents: their language, English where they differ."""
    return wording(shared_language(result))


def matrix_lines(result: Result, page: Page) -> Iterator[Line]:
    """The matrix as lines: a row of signs per document, then what the columns are, with sums, and the worst gaps."""
    matrix, words = matrix_of(result), words_of(result)
    if page.plain:
        yield from _in_words(matrix, words, page)
    else:
        yield from _signs(matrix, page)
        yield ()
        legend = ", ".join(f"{SIGNS[status]} {words.statuses[status]}" for status in SIGNS)
        yield from wrap([(legend, Style.DIM)], page.width)
        yield ()
        yield from _legend(matrix, words, page)
    if len(matrix.rows) > 1 and matrix.worst:
        yield ()
        yield ((words.worst, Style.TITLE),)
        for column in matrix.worst:
            told = f"{column.title}: {_sums(column.counts, words)}"
            yield from wrap([(told, Style.PLAIN)], page.width, ((" " * (0 if page.plain else 2), Style.PLAIN),), 4)
    yield ()
    yield from wrap([(words.disclaimer, Style.DIM)], page.width)


def _signs(matrix: Matrix, page: Page) -> Iterator[Line]:
    groups = [[*members] for _, members in groupby(matrix.columns, key=lambda column: column.subject)]
    wide = sum(len(group) + 1 for group in groups)
    room = max(_NARROWEST_NAME, min(_WIDEST_NAME, page.width - wide - 14))
    tens = " ".join("".join(str(c.number // 10) if c.number >= 10 else " " for c in group) for group in groups)
    units = " ".join("".join(str(c.number % 10) for c in group) for group in groups)
    if tens.strip():
        yield ((f"{' ' * room}  {tens}".rstrip(), Style.DIM),)
    sums = " ".join(f"{SIGNS[status]:>3}" for status in _COUNTED)
    yield ((f"{' ' * room}  {units} {sums}", Style.DIM),)
    for row in matrix.rows:
        name = row.path if cells(row.path) <= room else f"…{row.path[-room + 1 :]}"
        if row.failure:
            start = ((pad(name, room + 2), Style.PLAIN),)
            yield from wrap([(row.failure, Style.ERROR)], page.width, start, room + 2)
            continue
        spans: list[Span] = [(pad(name, room + 2), Style.PLAIN)]
        for group in groups:
            for column in group:
                status = row.statuses[column.number - 1]
                style = STATUS_STYLES.get(status, Style.DIM) if status else Style.DIM
                spans.append((SIGNS[status] if status else " ", style))
            spans.append((" ", Style.PLAIN))
        spans.append((" ".join(f"{row.counts[status]:>3}" for status in _COUNTED), Style.TITLE))
        yield tuple(spans)


def _legend(matrix: Matrix, words: Wording, page: Page) -> Iterator[Line]:
    for subject, members in groupby(matrix.columns, key=lambda column: column.subject):
        yield ((words.subjects[subject], Style.DIM),)
        for column in members:
            start = ((f"  {column.number:>2}  ", Style.DIM),)
            spans: list[Span] = [
                (column.title, Style.PLAIN),
                (f"  {' '.join(f'{SIGNS[status]}{column.counts[status]}' for status in _COUNTED)}", Style.DIM),
            ]
            yield from wrap(spans, page.width, start, 6)


def _in_words(matrix: Matrix, words: Wording, page: Page) -> Iterator[Line]:
    """The matrix in sentences, for a screen reader."""
    for row in matrix.rows:
        yield ((row.path, Style.TITLE),)
        if row.failure:
            yield from wrap([(row.failure, Style.ERROR)], page.width)
        for status in (Status.MISSING, Status.VAGUE, Status.MET):
            named = [column.title for column in matrix.columns if row.statuses[column.number - 1] is status]
            if named:
                yield from wrap([(f"{words.statuses[status]}: {'; '.join(named)}", Style.PLAIN)], page.width)
        yield ()


def _sums(counts: Counter[Status], words: Wording) -> str:
    return ", ".join(f"{counts[status]} {words.statuses[status]}" for status in _COUNTED)


def render_csv(result: Result) -> str:
    """A row per document and a column per requirement with its status; lines end as RFC 4180 says."""
    asked = dict.fromkeys(each.rule for document in result.documents for each in document.requirements)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["document", "language", "kind", *(f"{severity}s" for severity in Severity), "failure", *asked])
    for document in result.documents:
        statuses = {each.rule: str(each.status) for each in document.requirements}
        writer.writerow([*map(_cell, _facts(document)), *(statuses.get(rule, "") for rule in asked)])
    return stream.getvalue()


def _facts(document: Judgement) -> list[str]:
    if document.failure is not None:
        return [document.path, "", "", "", "", "", document.failure.code]
    counts = Counter(finding.severity for finding in open_findings(document.findings))
    numbers = [str(counts[severity]) for severity in Severity]
    return [document.path, document.language or "", document.kind or "", *numbers, ""]


def _cell(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    text = plain(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
