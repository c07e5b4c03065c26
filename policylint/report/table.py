"""The requirements of a report, by subject: the status of each with the words that decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, filterfalse, groupby

from policylint.report.doubt import needs_a_human, sentences_to_read
from policylint.report.entries import open_findings
from policylint.report.head import STATUS_STYLES
from policylint.report.lines import Line, Span, Style, cells, plain, wrap
from policylint.report.page import Page, listed, pad, place_of, quoted, where, with_context
from policylint.report.priorities import is_asked
from policylint.report.quotes import visible
from policylint.report.wording import Wording
from policylint.result import Evidence, Finding, Judgement, Requirement, Status, Subject

_QUOTE_LIMIT = 150
_WIDE = 100
_TITLE_WIDTH = 34
_GAPS_FIRST = (Status.MISSING, Status.VAGUE, Status.MET)


def requirement_lines(
    document: Judgement, words: Wording, page: Page, parts: Sequence[Judgement] = ()
) -> Iterator[Line]:
    """The requirements that the law asks, by subject and gaps first; then those that it does not ask, with why.

    A layered notice has the requirements of all of it, and its documents as `parts`.
    """
    if not document.requirements:
        return
    findings = {finding.fingerprint: finding for finding in open_findings(document.findings)}
    yield ()
    yield ((words.requirements, Style.TITLE),)
    subjects = list(Subject)
    asked = sorted(filter(is_asked, document.requirements), key=lambda each: subjects.index(each.subject))
    # A heading is worth its line only where there are several.
    several = len({each.subject for each in asked}) > 1
    for subject, members in groupby(asked, key=lambda each: each.subject):
        if several:
            yield ()
            yield from wrap([(words.subjects[subject], Style.DIM)], page.width)
        ordered = sorted(members, key=lambda each: _GAPS_FIRST.index(each.status))
        yield from _subject(ordered, parts or (document,), findings, words, page)
    by_reason: dict[str, list[str]] = {}
    for requirement in filterfalse(is_asked, document.requirements):
        by_reason.setdefault(requirement.reason, []).append(requirement.title)
    if by_reason:
        yield ()
        yield ((words.not_applicable, Style.TITLE),)
    margin = 0 if page.plain else 2
    for reason, folded in by_reason.items():
        spans = [(visible("; ".join(folded)), Style.PLAIN), (f": {visible(reason)}" if reason else "", Style.DIM)]
        yield from wrap(spans, page.width, ((" " * margin, Style.PLAIN),), 2 * margin)


def _subject(
    requirements: list[Requirement],
    documents: Sequence[Judgement],
    findings: Mapping[str, Finding],
    words: Wording,
    page: Page,
) -> Iterator[Line]:
    """The requirements on one subject; what is simply not there is named in one paragraph."""
    width = max(cells(words.statuses[status]) for status in STATUS_STYLES) + 2
    notes = {each.rule: _notes(each, documents, findings, words, page) for each in requirements}
    bare = [each for each in requirements if each.status is Status.MISSING and not notes[each.rule]]
    if bare:
        start, margin = page.labelled(words.statuses[Status.MISSING], width, 2, Style.MISSING)
        titles = "; ".join(each.title for each in bare)
        yield from wrap([(visible(titles), Style.TITLE)], page.width, start, margin)
    for each in requirements:
        if each not in bare:
            start, margin = page.labelled(words.statuses[each.status], width, 2, STATUS_STYLES[each.status])
            yield from _beside(each.title, notes[each.rule], start, margin, page)


def _beside(title: str, notes: list[list[Span]], start: Line, margin: int, page: Page) -> Iterator[Line]:
    """A title with its notes beside it on a wide page, below it on a narrow one."""
    if page.plain or page.width < _WIDE:
        yield from wrap([(visible(title), Style.TITLE)], page.width, start, margin)
        for note in notes:
            yield from wrap(note, page.width, ((" " * margin, Style.PLAIN),), margin + 2 if margin else 0)
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


def _notes(
    requirement: Requirement,
    documents: Sequence[Judgement],
    findings: Mapping[str, Finding],
    words: Wording,
    page: Page,
) -> list[list[Span]]:
    """What stands beside a requirement: its evidence, whether a person must look, and findings about the same words."""
    doubt = needs_a_human(requirement, documents)
    whole = page.is_full or doubt is not None or requirement.status is Status.VAGUE
    shown = requirement.evidence if whole else requirement.evidence[:1]
    notes = [_evidence(evidence, words, page) for evidence in shown]
    everywhere = dict.fromkeys(place_of(each, words) for each in requirement.evidence)
    others = [place for place in everywhere if place not in {place_of(each, words) for each in shown}]
    if others:
        notes.append([(words.also.format(listed(others)), Style.DIM)])
    if doubt is not None:
        notes.append([(words.doubts[doubt].format(visible(requirement.reason)), Style.WARNING)])
        notes += [_evidence(each, words, page) for each in sentences_to_read(requirement, documents)]
    pointers = _pointers(requirement, findings, words)
    if pointers:
        form = words.see_finding[0] if sum(map(len, pointers.values())) == 1 else words.see_finding[1]
        named = ", ".join(f"{visible(rule)} ({listed(list(places))})" for rule, places in pointers.items())
        notes.append([(form.format(named), Style.WARNING)])
    return notes


def _pointers(
    requirement: Requirement, findings: Mapping[str, Finding], words: Wording
) -> Mapping[str, Mapping[str, None]]:
    """Findings of other rules about the same words, each rule with the places."""
    places: dict[str, dict[str, None]] = {}
    for key in requirement.findings:
        finding = findings.get(key)
        if finding is not None and (requirement.status is Status.MET or finding.rule != requirement.rule):
            places.setdefault(finding.rule, {})[where(finding.location, words)] = None
    return places


def _evidence(evidence: Evidence, words: Wording, page: Page) -> list[Span]:
    place = place_of(evidence, words)
    quote = with_context(evidence.context, quoted(evidence.quote, evidence.focus, _QUOTE_LIMIT, words, page))
    return [(f"{place}: ", Style.DIM), *quote] if place else quote
