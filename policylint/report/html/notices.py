"""Layered notices on the page: what documents say together, with links to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from policylint.report.doubt import sentences_to_read
from policylint.report.page import place_of
from policylint.report.paper import by_subject, row_of
from policylint.report.parts import Quote, Row
from policylint.report.priorities import coverage
from policylint.report.quotes import visible
from policylint.report.wording import Wording, wording
from policylint.result import Evidence, Judgement, Notice, Requirement, Status


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


def notice_paper(key: str, notice: Notice, documents: Sequence[Judgement], anchors: Mapping[str, str]) -> NoticePaper:
    """The paper of a notice and its `documents` that could be judged.

    `anchors` lead from the path of a document to its part of the page.
    """
    words = wording(notice.report_language)
    asked = by_subject(notice.requirements)
    rows = {
        each.rule: _row(f"{key}-r{number}", str(number), each, documents, anchors, words)
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
    key: str,
    label: str,
    requirement: Requirement,
    documents: Sequence[Judgement],
    anchors: Mapping[str, str],
    words: Wording,
) -> Row:
    """A row whose quotes lead to the documents they stand in."""
    row = row_of(key, label, requirement, documents, {}, {}, words, linked=False)

    def led(quotes: Sequence[Quote], said: Sequence[Evidence]) -> tuple[Quote, ...]:
        return tuple(
            replace(quote, place=place_of(evidence, words), target=anchors.get(evidence.path or "", ""))
            for quote, evidence in zip(quotes, said, strict=True)
        )

    against = led(row.against, sentences_to_read(requirement, documents))
    return replace(row, quotes=led(row.quotes, requirement.evidence), against=against)
