"""What a report shows of each document, as plain values: pages, Word files and PDF only lay them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policylint.document import Document
from policylint.report.acceptances import Accepted, accepted_of
from policylint.report.actions import fault_of
from policylint.report.articles import source, unverified
from policylint.report.doubt import needs_a_human, sentences_to_read
from policylint.report.entries import Entry, entries, related_of
from policylint.report.failures import in_language, shared_language
from policylint.report.head import languages_of, national_law_of, reading_of, text_of
from policylint.report.marks import Mark, mark_of
from policylint.report.page import where
from policylint.report.parts import Action, Card, Item, Quote, Related, Row
from policylint.report.pieces import Piece, pieces
from policylint.report.priorities import coverage, is_asked, priorities
from policylint.report.quotes import shorten, visible
from policylint.report.wording import Wording, wording
from policylint.result import Evidence, Failure, Finding, Judgement, Law, Requirement, Result, Severity, Status, Subject

_MOST_FINDINGS = 1_000
"""A page with more is no use to anybody; the JSON report has them all."""
_SHORT_QUOTE = 400
_SAFE_LINKS = ("https://", "http://")


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
    accepted: tuple[Accepted, ...]
    accepted_left: int
    families: tuple[str, ...]
    nowhere: tuple[Mark, ...]
    text: tuple[Piece, ...]
    sha256: str


Texts = Callable[[Judgement], Document | None]
"""The text of a document as it was judged; None if it cannot be had any more."""


def papers(result: Result, texts: Texts) -> Iterator[Paper]:
    """A paper for each document of a run, in order."""
    shared = shared_language(result)
    for number, judgement in enumerate(result.documents, start=1):
        words = wording(judgement.report_language or shared)
        if judgement.failure is not None:
            yield _failed(f"d{number}", judgement, judgement.failure, words)
        else:
            yield _paper(f"d{number}", result, judgement, texts(judgement), words)


def by_subject(requirements: Sequence[Requirement]) -> list[Requirement]:
    """The requirements that are asked as a report goes through them."""
    asked = [each for each in requirements if is_asked(each)]
    return sorted(asked, key=lambda each: list(Subject).index(each.subject))


def _failed(key: str, judgement: Judgement, failure: Failure, words: Wording) -> Paper:
    """A failure in the language of the report; in English where it is only told so."""
    told = in_language(failure, words.code)
    language = "en" if told is failure else words.code
    stop = "" if told.message.endswith((".", "!", "?")) else "."
    said = (visible(told.message) + stop, visible(told.hint))
    return Paper(key, visible(judgement.path), said, language, words, (), {}, (), (), (), (), 0, (), 0, (), (), (), "")


def _paper(key: str, result: Result, judgement: Judgement, document: Document | None, words: Wording) -> Paper:
    found = sorted(entries(judgement.findings), key=lambda entry: entry.severity.rank)
    shown = list(_bounded(found))
    cards = tuple(
        _card(f"{key}-f{number}", f"F{number}", entry, words, linked=document is not None)
        for number, entry in enumerate(shown, start=1)
    )
    of_finding = {
        finding.fingerprint: item.key
        for card, entry in zip(cards, shown, strict=True)
        for item, finding in zip(card.items, entry.findings, strict=True)
    }
    named = {finding.fingerprint: finding for entry in shown for finding in entry.findings}
    asked = by_subject(judgement.requirements)
    rows = {
        each.rule: row_of(
            f"{key}-r{number}", str(number), each, (judgement,), named, of_finding, words, linked=document is not None
        )
        for number, each in enumerate(asked, start=1)
    }
    marks = [*_requirement_marks(asked, judgement, rows, words), *_finding_marks(shown, cards)]
    accepted = accepted_of(key, judgement.findings, words)
    marks += [each.mark for each in accepted[:_MOST_FINDINGS] if each.mark]
    return Paper(
        key=key,
        path=visible(judgement.path),
        failure=None,
        language=judgement.language or "en",
        words=words,
        head=(
            (words.head.text, text_of(judgement, words)),
            (words.head.language, languages_of(judgement, words)),
            (words.head.national_law, national_law_of(judgement, words)),
            (words.head.as_of, words.day(result.as_of)),
            (words.head.read, reading_of(judgement, words)),
            (words.head.limits, words.head.not_seen),
        ),
        counts=coverage(judgement.requirements),
        actions=tuple(_actions(judgement, of_finding, words)),
        subjects=tuple(
            (words.subjects[subject], tuple(rows[each.rule] for each in members))
            for subject, members in groupby(asked, key=lambda each: each.subject)
        ),
        not_asked=tuple(
            (visible(each.title), visible(each.reason)) for each in judgement.requirements if not is_asked(each)
        ),
        cards=cards,
        left=sum(len(entry.findings) for entry in found) - sum(len(entry.findings) for entry in shown),
        accepted=accepted[:_MOST_FINDINGS],
        accepted_left=max(len(accepted) - _MOST_FINDINGS, 0),
        families=tuple(dict.fromkeys(card.family for card in cards)),
        nowhere=tuple(mark for mark in marks if mark.end == 0) if document else (),
        text=tuple(pieces(document, [mark for mark in marks if mark.end], words)) if document else (),
        sha256=judgement.sha256 or "",
    )


def _bounded(found: Sequence[Entry]) -> Iterator[Entry]:
    """The entries that hold the first findings, as many as a report spells out; the last one may be cut."""
    room = _MOST_FINDINGS
    for entry in found:
        if room <= 0:
            return
        yield Entry(entry.findings[:room])
        room -= len(entry.findings)


def _card(key: str, label: str, entry: Entry, words: Wording, *, linked: bool) -> Card:
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
            _item(key if single else f"{key}-{number}", finding, words, linked=linked)
            for number, finding in enumerate(findings, start=1)
        ),
        home=visible(entry.first.location.section or "") if not entry.first.quote else "",
        why=said([finding.why for finding in findings]),
        advice=said([finding.advice for finding in findings]),
        model=said([finding.model for finding in findings]),
        law=_laws([law for finding in findings for law in finding.law], words),
        unverified=unverified(findings),
    )


def _item(key: str, finding: Finding, words: Wording, *, linked: bool) -> Item:
    return Item(
        key=key,
        rule=finding.rule,
        message=visible(finding.message),
        severity=finding.severity,
        quote=_quote(finding, key, words, linked=linked) if finding.quote else None,
        target=_target(finding, key) if linked else "",
        related=tuple(
            Related(
                where(each.location, words),
                visible(each.quote),
                visible(each.message),
                f"t{each.location.span[0]}-{key}" if linked and each.quote else "",
            )
            for each in related_of(finding)
        ),
    )


def _laws(laws: Sequence[Law], words: Wording) -> tuple[Law, ...]:
    """Sources as they are cited, each once; an address that is no web address is left out."""
    told = (Law(visible(source(law, words.code)), law.url if law.url.startswith(_SAFE_LINKS) else "") for law in laws)
    return tuple(dict.fromkeys(told))


def row_of(
    key: str,
    label: str,
    requirement: Requirement,
    parts: Sequence[Judgement],
    findings: dict[str, Finding],
    of_finding: dict[str, str],
    words: Wording,
    *,
    linked: bool,
) -> Row:
    """A requirement as a report shows it; `linked` says that its words have anchors in the text shown.

    `parts` are the document it is about, or those of a layered notice.
    """
    doubt = needs_a_human(requirement, parts)
    named = [(of_finding[each], findings[each].rule) for each in requirement.findings if each in of_finding]
    return Row(
        key=key,
        label=label,
        title=visible(requirement.title),
        status=requirement.status,
        quotes=tuple(_quote(each, key, words, linked=linked) for each in requirement.evidence),
        doubt=words.doubts[doubt].format(visible(requirement.reason)) if doubt else "",
        against=tuple(_quote(each, key, words, linked=linked) for each in sentences_to_read(requirement, parts)),
        findings=tuple(dict.fromkeys(named)),
        law=_laws(requirement.law, words),
    )


def _quote(said: Evidence | Finding, key: str, words: Wording, *, linked: bool) -> Quote:
    quote = said.quote if len(said.quote) <= 2 * _SHORT_QUOTE else shorten(said.quote, _SHORT_QUOTE)
    start, end = said.focus if quote == said.quote else (0, 0)
    return Quote(
        place=where(said.location, words),
        context=shorten(said.context, _SHORT_QUOTE),
        before=visible(quote[:start]),
        focus=visible(quote[start:end]),
        after=visible(quote[end:]),
        target=_target(said, key) if linked else "",
    )


def _actions(judgement: Judgement, of_finding: dict[str, str], words: Wording) -> Iterator[Action]:
    for entry in priorities(judgement.findings):
        advice = dict.fromkeys(visible(finding.advice) for finding in entry.findings)
        model = dict.fromkeys(visible(finding.model) for finding in entry.findings)
        key = of_finding.get(entry.first.fingerprint, "")
        fault = f"{fault_of(entry, words).rstrip('.')}."
        yield Action(key, fault, entry.severity, tuple(advice), tuple(model))


def _requirement_marks(
    asked: Sequence[Requirement], judgement: Judgement, rows: dict[str, Row], words: Wording
) -> Iterator[Mark]:
    for requirement in asked:
        row = rows[requirement.rule]
        look, rank = ("met", 4) if requirement.status is Status.MET else ("vague", 2)
        title = f"{row.title}: {words.statuses[row.status]}"
        for evidence in requirement.evidence:
            if evidence.path is None:
                yield mark_of(evidence, row.key, row.label, title, look, rank)
        for sentence in sentences_to_read(requirement, (judgement,)):
            yield mark_of(sentence, row.key, row.label, f"{row.title}: {row.doubt}", "vague", rank)


def _finding_marks(shown: Sequence[Entry], cards: Sequence[Card]) -> Iterator[Mark]:
    ranks = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 3}
    for card, entry in zip(cards, shown, strict=True):
        for item, finding in zip(card.items, entry.findings, strict=True):
            rank = ranks[finding.severity]
            yield mark_of(finding, item.key, card.label, item.message, finding.severity, rank)
            for start, end in dict.fromkeys(each.location.span for each in finding.related if each.quote):
                if start != finding.location.span[0] + finding.focus[0]:
                    yield Mark(start, end, item.key, card.label, item.message, finding.severity, rank)


def _target(said: Evidence | Finding, key: str) -> str:
    """The anchor of words in the text; of what is absent, that of the place where it belongs."""
    return f"t{said.location.span[0] + said.focus[0]}-{key}"
