"""Layered notices on the page: what documents say together, with links to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from policylint.report.paper import by_subject, row_of
from policylint.report.parts import Row
from policylint.report.priorities import coverage
from policylint.report.quotes import visible
from policylint.report.wording import Wording, wording
from policylint.result import Judgement, Notice, Requirement, Status


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """Everything the page shows of a layered notice; `documents` are the anchors and paths of its parts."""

    key: str
    name: str
    language: str
    words: Wording
    documents: tuple[tuple[str, str], ...]
    counts: dict[Status, int]
    subjects: tuple[tuple[str, tuple[Row, ...]], ...]


def notice_paper(key: str, notice: Notice, anchors: Mapping[str, str]) -> NoticePaper:
    """The paper of a notice; `anchors` lead from the path of a document to its part of the page."""
    words = wording(notice.report_language)
    whole = Judgement(notice.name, requirements=notice.requirements)
    asked = by_subject(notice.requirements)
    rows = {
        each.rule: _row(f"{key}-r{number}", str(number), each, whole, anchors, words)
        for number, each in enumerate(asked, start=1)
    }
    return NoticePaper(
        key=key,
        name=visible(notice.name),
        language=notice.language or "en",
        words=words,
        documents=tuple((anchors.get(path, ""), visible(path)) for path in notice.paths),
        counts=coverage(notice.requirements),
        subjects=tuple(
            (words.subjects[subject], tuple(rows[each.rule] for each in members))
            for subject, members in groupby(asked, key=lambda each: each.subject)
        ),
    )


def _row(
    key: str, label: str, requirement: Requirement, whole: Judgement, anchors: Mapping[str, str], words: Wording
) -> Row:
    """A row whose quotes lead to the documents they stand in."""
    row = row_of(key, label, requirement, whole, {}, {}, words, linked=False)
    quotes = (
        replace(
            quote,
            place=", ".join(filter(None, (visible(evidence.path or ""), quote.place))),
            target=anchors.get(evidence.path or "", ""),
        )
        for quote, evidence in zip(row.quotes, requirement.evidence, strict=True)
    )
    return replace(row, quotes=tuple(quotes))
