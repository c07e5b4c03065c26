"""Findings as entries of the report for people: the words, why they matter and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from policylint.report.articles import source, unverified
from policylint.report.entries import Entry, related_of
from policylint.report.lines import Line, Span, Style, cells, wrap
from policylint.report.page import INDENT, Page, address, pad, quoted, where, with_context
from policylint.report.quotes import shorten, visible
from policylint.report.wording import Wording
from policylint.result import Finding, Severity

SEVERITY_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.INFO: Style.INFO}
_QUOTE_LIMIT = 300
_SHORT_QUOTE = 110
_MOST_PLACES = 10


Told = Mapping[str, Finding]
"""Lines of explanation that a report has given, each with the finding that gave it first."""


def finding_lines(
    path: str, entry: Entry, number: int | None, told: Told, words: Wording, page: Page
) -> Iterator[Line]:
    """One entry: its place and message, the words it is about, then why, what to do, what to write, the law.

    What to do and to write is told above if the entry is the `number`-th of what to do first; what is `told` is not
    told again.
    """
    if len({(finding.rule, finding.entry) for finding in entry.findings}) == 1 < len(entry.findings):
        yield from _repeated(path, entry, words, page)
    elif len(entry.findings) > 1:
        yield from _group(path, entry, words, page)
    else:
        yield from _single(path, entry.first, words, page)
    yield from _details(entry.findings, number, told, words, page)


def explanation(entry: Entry, number: int | None) -> dict[str, Finding]:
    """The lines that explain an entry, as `finding_lines` gives them."""
    parts = (_why,) if number is not None else (_why, _advice, _model)
    return {line: finding for part in parts for finding in reversed(entry.findings) for line in _lines(part(finding))}


def place_line(path: str, finding: Finding, name: str, message: str, page: Page) -> Iterator[Line]:
    """`path:line:column: severity rule message`, one line unless the page breaks such lines too."""
    start: Line = (
        (f"{address(path, finding.location)}: ", Style.DIM),
        (f"{finding.severity} ", SEVERITY_STYLES[finding.severity]),
        (f"{visible(name)} ", Style.DIM),
    )
    body: list[Span] = [(visible(message), Style.TITLE)]
    yield from wrap([*start, *body], page.width, indent=INDENT) if page.wrap_places else [(*start, *body)]


def _single(path: str, finding: Finding, words: Wording, page: Page) -> Iterator[Line]:
    yield from place_line(path, finding, finding.rule, finding.message, page)
    if finding.quote:
        yield from _indented(_quote(finding, words, page), page)


def _repeated(path: str, entry: Entry, words: Wording, page: Page) -> Iterator[Line]:
    """One message for several places: said once, then each place with a few words."""
    yield from place_line(path, entry.first, entry.first.rule, entry.first.message, page)
    shown = _shown(entry, page)
    for finding in shown:
        place = where(finding.location, words)
        spans = [(f"{place}: ", Style.DIM), *quoted(finding.quote, finding.focus, _SHORT_QUOTE, words, page)]
        yield from _indented(spans, page, indent=2)
    yield from _left(entry, len(shown), words, page)


def _shown(entry: Entry, page: Page) -> tuple[Finding, ...]:
    return entry.findings if page.is_full else entry.findings[:_MOST_PLACES]


def _left(entry: Entry, shown: int, words: Wording, page: Page) -> Iterator[Line]:
    if shown < len(entry.findings):
        yield from _indented([(words.count_of(len(entry.findings) - shown, words.further_places), Style.DIM)], page)


def _group(path: str, entry: Entry, words: Wording, page: Page) -> Iterator[Line]:
    first = entry.first
    rules = sorted({finding.rule for finding in entry.findings})
    yield from place_line(
        path,
        first,
        rules[0] if len(rules) == 1 else first.group or first.rule,
        words.count(len(entry.findings), words.group),
        page,
    )
    shown = _shown(entry, page)
    width = max(cells(visible(finding.rule)) for finding in shown) + 2
    indent = 0 if page.plain else width + 2
    quoted_before: list[Finding] = []
    for finding in shown:
        name = f"{visible(finding.rule)}: " if page.plain else pad(visible(finding.rule), width)
        label = (("- ", Style.DIM), (name, SEVERITY_STYLES[finding.severity]))
        spans: list[Span] = [(visible(finding.message), Style.PLAIN)]
        place = where(finding.location, words)
        if place and finding.quote:
            spans.append((f" ({place})", Style.DIM))
        yield from _indented(spans, page, label, indent)
        if finding.quote and all(finding.quote != other.quote for other in quoted_before):
            again = any(_overlap(finding, other) for other in quoted_before)
            quote = _quote_again(finding, words, page) if again else _quote(finding, words, page)
            yield from _indented(quote, page, ((" " * indent, Style.PLAIN),), indent)
        quoted_before.append(finding)
    yield from _left(entry, len(shown), words, page)


def _quote(finding: Finding, words: Wording, page: Page) -> list[Span]:
    return with_context(finding.context, quoted(finding.quote, finding.focus, _QUOTE_LIMIT, words, page))


def _quote_again(finding: Finding, words: Wording, page: Page) -> list[Span]:
    """The deciding words of a sentence that was quoted just before."""
    return quoted(finding.quote, finding.focus, _SHORT_QUOTE, words, page)


def _overlap(one: Finding, other: Finding) -> bool:
    """Whether two findings quote the same passage, if not all of it."""
    return one.location.span[0] < other.location.span[0] + len(other.quote) and other.location.span[
        0
    ] < one.location.span[0] + len(one.quote)


def _details(
    findings: tuple[Finding, ...], number: int | None, told: Told, words: Wording, page: Page
) -> Iterator[Line]:
    """The labelled lines under an entry; what several members share is said once."""
    labels = (words.belongs_under, words.related, words.why, words.advice, words.model, words.law)
    width = max(map(cells, labels)) + 2

    def labelled(label: str, paragraphs: Iterable[list[Span]]) -> Iterator[Line]:
        for place, spans in enumerate(paragraphs):
            start, margin = page.labelled("" if place else label, width, INDENT)
            yield from wrap(spans, page.width, start, margin)

    def said(part: Callable[[Finding], str], style: Style = Style.PLAIN) -> list[list[Span]]:
        texts = dict.fromkeys(line for finding in findings for line in _lines(part(finding)))
        fresh = [text for text in texts if text not in told]
        if texts and not fresh:
            return [[(words.told_before.format(_named(told[next(iter(texts))], words)), Style.PLAIN)]]
        return [[(visible(text), style)] for text in fresh]

    yield from labelled(words.belongs_under, said(_home))
    yield from labelled(words.related, _related(findings if page.is_full else findings[:_MOST_PLACES], words, page))
    yield from labelled(words.why, said(_why))
    if number is None:
        yield from labelled(words.advice, said(_advice))
        yield from labelled(words.model, said(_model, Style.MODEL))
    else:
        yield from labelled(words.advice, [[(words.told_above.format(number), Style.PLAIN)]])
    laws = dict.fromkeys(law for finding in findings for law in finding.law)
    references = dict.fromkeys(visible(source(law, words.code)) for law in laws)
    notes = [words.unverified] if unverified(findings) else []
    paragraphs = ["; ".join(references)] if references else []
    paragraphs += dict.fromkeys(visible(law.url) for law in laws) if page.is_full else []
    yield from labelled(words.law, [[(text, Style.DIM)] for text in paragraphs + notes])


def _why(finding: Finding) -> str:
    return finding.why


def _advice(finding: Finding) -> str:
    return finding.advice


def _model(finding: Finding) -> str:
    return finding.model


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _named(finding: Finding, words: Wording) -> str:
    place = where(finding.location, words)
    return f"{visible(finding.rule)} ({place})" if place else visible(finding.rule)


def _home(finding: Finding) -> str:
    """The section where absent words belong."""
    return shorten(finding.location.section or "", _QUOTE_LIMIT) if not finding.quote else ""


def _related(findings: tuple[Finding, ...], words: Wording, page: Page) -> Iterator[list[Span]]:
    for related in dict.fromkeys(related for finding in findings for related in related_of(finding)):
        place = where(related.location, words)
        yield [
            *([(f"{place}: ", Style.DIM)] if place else []),
            *(quoted(related.quote, (0, 0), _QUOTE_LIMIT, words, page) if related.quote else []),
            *([(f" {visible(related.message)}", Style.PLAIN)] if related.message else []),
        ]


def _indented(spans: list[Span], page: Page, label: Line = (), indent: int = 0) -> Iterator[Line]:
    room = 0 if page.plain else INDENT
    yield from wrap(spans, page.width, ((" " * room, Style.PLAIN), *label), room + indent)
