"""What a report shows of each document, as plain values: pages, Word files and PDF only lay them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policylint.document import BlockKind, Document
from policylint.report.actions import fault_of
from policylint.report.articles import cited
from policylint.report.doubt import needs_a_human
from policylint.report.entries import Entry, entries
from policylint.report.head import languages_of, national_law_of, reading_of, text_of
from policylint.report.marks import Mark, Run, by_block, runs
from policylint.report.page import where
from policylint.report.priorities import coverage, is_asked, priorities
from policylint.report.quotes import shorten, visible
from policylint.report.wording import Wording, wording
from policylint.result import Evidence, Finding, Judgement, Law, Requirement, Result, Severity, Status, Subject

_MOST_FINDINGS = 1_000
"""A page with more is no use to anybody; the JSON report has them all."""
_SHORT_QUOTE = 400
_SAFE_LINKS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the policy in three parts, the deciding ones in the middle, and where they stand in the text shown."""

    place: str
    context: str
    before: str
    focus: str
    after: str
    target: str


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement: its anchor, status and quotes, why a person must look, and its findings by anchor and name."""

    key: str
    label: str
    title: str
    status: Status
    quotes: tuple[Quote, ...]
    doubt: str
    findings: tuple[tuple[str, str], ...]
    law: tuple[Law, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One finding of an entry: its message and the words it is about."""

    key: str
    rule: str
    message: str
    severity: Severity
    quote: Quote | None
    related: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An entry of the report: its findings with what they share."""

    key: str
    label: str
    severity: Severity
    family: str
    title: str
    items: tuple[Item, ...]
    home: str
    why: tuple[str, ...]
    advice: tuple[str, ...]
    model: tuple[str, ...]
    law: tuple[Law, ...]
    unverified: bool

    @property
    def one_message(self) -> bool:
        """Whether the findings say the same of several places."""
        return len({item.message for item in self.items}) == 1


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do first: what is wrong, the anchor of its finding, what to do and wording to use."""

    key: str
    fault: str
    severity: Severity
    advice: tuple[str, ...]
    model: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the policy's text with its place and the runs that its marks make."""

    tag: str
    place: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the page shows of one document."""

    key: str
    path: str
    failure: tuple[str, str] | None
    language: str
    words: Wording
    head: tuple[tuple[str, str], ...]
    counts: dict[Status, int]
    actions: tuple[Action, ...]
    subjects: tuple[tuple[str, tuple[Row, ...]], ...]
    not_asked: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]
    left: int
    accepted: tuple[str, ...]
    families: tuple[str, ...]
    text: tuple[Piece, ...]
    sha256: str


Texts = Callable[[Judgement], Document | None]
"""The text of a document as it was judged; None if it cannot be had any more."""


def papers(result: Result, texts: Texts) -> Iterator[Paper]:
    """A paper for each document of a run, in order."""
    for number, judgement in enumerate(result.documents, start=1):
        words = wording(judgement.report_language)
        if judgement.failure is not None:
            yield _failed(f"d{number}", judgement, words)
        else:
            yield _paper(f"d{number}", result, judgement, texts(judgement), words)


def _failed(key: str, judgement: Judgement, words: Wording) -> Paper:
    failure = judgement.failure
    told = (visible(failure.message), visible(failure.hint)) if failure else None
    return Paper(key, visible(judgement.path), told, "en", words, (), {}, (), (), (), (), 0, (), (), (), "")


def _paper(key: str, result: Result, judgement: Judgement, document: Document | None, words: Wording) -> Paper:
    found = sorted(entries(judgement.findings), key=lambda entry: entry.severity.rank)
    shown = found[:_MOST_FINDINGS]
    cards = tuple(_card(f"{key}-f{number}", f"F{number}", entry, words) for number, entry in enumerate(shown, start=1))
    of_finding = {
        finding.fingerprint: item.key
        for card, entry in zip(cards, shown, strict=True)
        for item, finding in zip(card.items, entry.findings, strict=True)
    }
    named = {finding.fingerprint: finding for entry in shown for finding in entry.findings}
    asked = [each for each in judgement.requirements if is_asked(each)]
    rows = {
        each.rule: _row(f"{key}-r{number}", str(number), each, judgement, named, of_finding, words)
        for number, each in enumerate(asked, start=1)
    }
    subjects = sorted(asked, key=lambda each: list(Subject).index(each.subject))
    marks = [*_requirement_marks(asked, rows, words), *_finding_marks(shown, cards)]
    return Paper(
        key=key,
        path=visible(judgement.path),
        failure=None,
        language=judgement.language or "en",
        words=words,
        head=(
            (words.text, text_of(judgement, words)),
            (words.language, languages_of(judgement, words)),
            (words.national_law, national_law_of(judgement, words)),
            (words.as_of, words.day(result.as_of)),
            (words.read, reading_of(judgement, words)),
            (words.limits, words.not_seen),
        ),
        counts=coverage(judgement.requirements),
        actions=tuple(_actions(judgement, of_finding, words)),
        subjects=tuple(
            (words.subjects[subject], tuple(rows[each.rule] for each in members))
            for subject, members in groupby(subjects, key=lambda each: each.subject)
        ),
        not_asked=tuple(
            (visible(each.title), visible(each.reason)) for each in judgement.requirements if not is_asked(each)
        ),
        cards=cards,
        left=len(found) - len(shown),
        accepted=tuple(_accepted(judgement, words)),
        families=tuple(dict.fromkeys(card.family for card in cards)),
        text=tuple(_text(document, marks, words)) if document else (),
        sha256=judgement.sha256 or "",
    )


def _card(key: str, label: str, entry: Entry, words: Wording) -> Card:
    findings = entry.findings
    single = len(findings) == 1

    def said(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(visible(line) for text in texts for line in text.splitlines() if line.strip()))

    return Card(
        key=key,
        label=label,
        severity=entry.severity,
        family=entry.first.family,
        title=visible(entry.first.title) if single else fault_of(entry, words, places=False),
        items=tuple(
            Item(
                key if single else f"{key}-{number}",
                finding.rule,
                visible(finding.message),
                finding.severity,
                _quote(finding, (key if single else f"{key}-{number}"), words) if finding.quote else None,
                tuple(
                    (where(each.location, words), visible(each.quote), visible(each.message))
                    for each in finding.related
                ),
            )
            for number, finding in enumerate(findings, start=1)
        ),
        home=visible(entry.first.location.section or "") if not entry.first.quote else "",
        why=said([finding.why for finding in findings]),
        advice=said([finding.advice for finding in findings]),
        model=said([finding.model for finding in findings]),
        law=_laws([law for finding in findings for law in finding.law], words),
        unverified=not all(finding.verified for finding in findings),
    )


def _laws(laws: Sequence[Law], words: Wording) -> tuple[Law, ...]:
    """Sources as they are cited, each once; an address that is no web address is left out."""
    told = (
        Law(cited(visible(law.reference), words.code), law.url if law.url.startswith(_SAFE_LINKS) else "")
        for law in laws
    )
    return tuple(dict.fromkeys(told))


def _row(
    key: str,
    label: str,
    requirement: Requirement,
    judgement: Judgement,
    findings: dict[str, Finding],
    of_finding: dict[str, str],
    words: Wording,
) -> Row:
    doubt = needs_a_human(requirement, judgement)
    named = [(of_finding[each], findings[each].rule) for each in requirement.findings if each in of_finding]
    return Row(
        key=key,
        label=label,
        title=visible(requirement.title),
        status=requirement.status,
        quotes=tuple(_quote(each, key, words) for each in requirement.evidence),
        doubt=words.doubts[doubt].format(visible(requirement.reason)) if doubt else "",
        findings=tuple(dict.fromkeys(named)),
        law=_laws(requirement.law, words),
    )


def _quote(said: Evidence | Finding, key: str, words: Wording) -> Quote:
    quote = said.quote if len(said.quote) <= 2 * _SHORT_QUOTE else shorten(said.quote, _SHORT_QUOTE)
    start, end = said.focus if quote == said.quote else (0, 0)
    return Quote(
        place=where(said.location, words),
        context=shorten(said.context, _SHORT_QUOTE),
        before=visible(quote[:start]),
        focus=visible(quote[start:end]),
        after=visible(quote[end:]),
        target=f"t{said.location.span[0] + said.focus[0]}-{key}",
    )


def _actions(judgement: Judgement, of_finding: dict[str, str], words: Wording) -> Iterator[Action]:
    for entry in priorities(judgement.findings):
        advice = dict.fromkeys(visible(finding.advice) for finding in entry.findings)
        model = dict.fromkeys(visible(finding.model) for finding in entry.findings)
        key = of_finding.get(entry.first.fingerprint, "")
        yield Action(key, fault_of(entry, words), entry.severity, tuple(advice), tuple(model))


def _accepted(judgement: Judgement, words: Wording) -> Iterator[str]:
    for finding in judgement.findings:
        suppression = finding.suppressed
        if suppression is not None:
            parts = [f"{finding.rule} ({where(finding.location, words)}): {suppression.reason}"]
            parts += [words.accepted_by.format(suppression.owner)] if suppression.owner else []
            parts += [words.accepted_until.format(words.day(suppression.expires))] if suppression.expires else []
            yield visible(", ".join(parts))


def _requirement_marks(asked: Sequence[Requirement], rows: dict[str, Row], words: Wording) -> Iterator[Mark]:
    for requirement in asked:
        row = rows[requirement.rule]
        look, rank = ("met", 4) if requirement.status is Status.MET else ("vague", 2)
        title = f"{row.title}: {words.statuses[row.status]}"
        for evidence in requirement.evidence:
            if evidence.path is None:
                yield _mark(evidence, row.key, row.label, title, look, rank)


def _finding_marks(shown: Sequence[Entry], cards: Sequence[Card]) -> Iterator[Mark]:
    ranks = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 3}
    for card, entry in zip(cards, shown, strict=True):
        for item, finding in zip(card.items, entry.findings, strict=True):
            if finding.quote:
                yield _mark(finding, item.key, card.label, item.message, finding.severity, ranks[finding.severity])


def _mark(said: Evidence | Finding, key: str, label: str, title: str, look: str, rank: int) -> Mark:
    start, end = (said.location.span[0] + place for place in said.focus)
    return Mark(start, end, key, label, title, look, rank)


_ABOVE, _DEEPEST = 3, 6
_TAGS = {BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "item", BlockKind.CELL: "cell", BlockKind.CONTENTS: "p"}


def _text(document: Document, marks: Sequence[Mark], words: Wording) -> Iterator[Piece]:
    inside = [mark for mark in marks if 0 <= mark.start <= mark.end <= len(document.text)]
    # The page has its own headings above these; a level that the text leaves out would be a hole in its outline.
    level = _ABOVE
    for block, own in zip(document.blocks, by_block(document, inside), strict=True):
        if block.start < block.end:
            place = where(document.source_map.locate(block.start, block.end), words)
            if block.kind is BlockKind.HEADING:
                level = min(document.sections[block.section].level + _ABOVE, level + 1, _DEEPEST)
            tag = _TAGS.get(block.kind, f"h{level}")
            yield Piece(tag, place, runs(document, block, own))
