"""Findings as other programs show them: one message, and a place that they understand."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policylint.document import Location
from policylint.report.articles import cited
from policylint.report.doubt import Doubt, needs_a_human
from policylint.report.entries import open_findings
from policylint.report.page import where
from policylint.report.quotes import shorten, visible
from policylint.report.wording import Wording
from policylint.result import Failure, Finding, Judgement, Notice, Requirement, Result, Status, Suppression

_QUOTE_LIMIT = 200
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns of a file, from 1; columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(location: Location) -> Region | None:
    """Where in the lines of a file; None for formats that have none (a line on a page of a PDF is none of the file)."""
    if location.line is None or location.page is not None:
        return None
    line, column = location.line, location.column or 1
    return Region(line, column, location.end_line or line, location.end_column or column)


def region_or_start(location: Location) -> Region:
    """Where in the lines of a file; its very beginning for formats that have none."""
    return region(location) or Region(1, 1, 1, 1)


def place(location: Location, words: Wording, absent: bool) -> str:
    """The place as a person names it where a region cannot show it, or where something absent belongs."""
    if absent and location.section:
        return f"{words.belongs_under.lower()}: {shorten(location.section, _QUOTE_LIMIT)}"
    return "" if absent or region(location) else where(location, words)


def summary(finding: Finding, words: Wording) -> str:
    """What a finding says in one line, with its place where a region cannot show it."""
    named = place(finding.location, words, absent=not finding.quote)
    return plain(f"{finding.message} ({named})" if named else finding.message)


def remark(finding: Finding, words: Wording) -> str:
    """A finding in one line: its message, the words it is about, what to do, the law."""
    parts = [summary(finding, words)]
    parts += [f"“{shorten(finding.quote, _QUOTE_LIMIT)}”"] if finding.quote else []
    parts += [" ".join(finding.advice.split())] if finding.advice else []
    laws = "; ".join(dict.fromkeys(cited(law.reference, words.code) for law in finding.law))
    parts += [f"({laws})"] if laws else []
    return plain(" ".join(parts))


def failed(failure: Failure) -> str:
    """Why a document was not checked, in one line."""
    stop = "" if failure.message.endswith((".", "!", "?")) else "."
    return plain(f"{failure.message}{stop} {failure.hint}".strip())


def acceptance(suppression: Suppression, words: Wording) -> str:
    """Why a finding is not open, who says so and until when."""
    parts = [suppression.reason]
    parts += [words.accepted_by.format(suppression.owner)] if suppression.owner else []
    parts += [words.accepted_until.format(words.day(suppression.expires))] if suppression.expires else []
    return plain(", ".join(filter(None, parts)))


def plain(text: str) -> str:
    """`text` as one harmless line that XML and JSON can hold."""
    shown = visible(text).strip()
    return shown if shown.isprintable() else _NO_CHARACTER.sub("\ufffd", shown)


def doubts(requirements: Iterable[Requirement], documents: Sequence[Judgement], words: Wording) -> Iterator[str]:
    """Why a person must look at verdicts, each reason with the names of those that are met.

    A gap that may not apply says so where it stands.
    """
    named: dict[Doubt, list[str]] = {}
    for each in requirements:
        doubt = needs_a_human(each, documents)
        if doubt is not None and doubt is not Doubt.MAY_APPLY:
            named.setdefault(doubt, []).extend([each.title] if each.status is Status.MET else [])
    for doubt, titles in named.items():
        yield words.doubts[doubt] + (f" ({visible('; '.join(titles))})" if titles else "")


def judged(result: Result) -> Iterator[Judgement]:
    """The documents that could be judged."""
    return (document for document in result.documents if document.failure is None)


def with_parts(result: Result) -> Iterator[tuple[Notice, tuple[Judgement, ...]]]:
    """Each layered notice with its documents that could be judged."""
    places = {document.path: number for number, document in enumerate(result.documents)} if result.together else {}
    for notice in result.together:
        documents = (result.documents[places[path]] for path in notice.paths)
        yield notice, tuple(document for document in documents if document.failure is None)


def unjudged(result: Result) -> Iterator[tuple[Judgement, Failure]]:
    """The documents that should have been judged and could not be; those that the settings pass over are left out."""
    for document in result.documents:
        if document.failure is not None and not document.failure.skipped:
            yield document, document.failure


def identified(result: Result) -> Iterator[tuple[Judgement, Finding, str]]:
    """Every open finding with an identity that no other finding of the run has, and that survives moved lines."""
    repeats: Counter[tuple[str, str]] = Counter()
    for document in judged(result):
        for finding in open_findings(document.findings):
            key = (document.path, finding.fingerprint)
            repeats[key] += 1
            yield document, finding, digest(*key, *([str(repeats[key])] if repeats[key] > 1 else []))


def digest(*parts: str) -> str:
    """A short hash of `parts`."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
