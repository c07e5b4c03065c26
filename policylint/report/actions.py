"""What to fix first, as a numbered list: what is wrong, where, what to do, and wording to use."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.report.entries import Entry
from policylint.report.findings import SEVERITY_STYLES
from policylint.report.lines import Line, Span, Style, cells, wrap
from policylint.report.page import Page, where
from policylint.report.quotes import visible
from policylint.report.wording import Wording

_NAMED = 6
_MOST_ADVICE = 8


def action_lines(actions: tuple[Entry, ...], words: Wording, page: Page) -> Iterator[Line]:
    """One paragraph for each action: what is wrong and where, what to do, and what to write."""
    if not actions:
        return
    yield ()
    yield ((words.first, Style.TITLE),)
    width = max(cells(words.advice), cells(words.instead)) + 2
    for number, entry in enumerate(actions, start=1):
        mark = f"{number}. "
        margin = 0 if page.plain else 2 + len(mark)
        start: Line = (
            (" " * (margin - len(mark) if margin else 0), Style.PLAIN),
            (mark, SEVERITY_STYLES[entry.severity]),
        )
        fault = f"{fault_of(entry, words).rstrip('.')}."
        yield from wrap([(fault, Style.TITLE)], page.width, start, margin)
        for label, texts, style in (
            (words.advice, _said(entry, "advice"), Style.PLAIN),
            (words.instead, _said(entry, "model"), Style.MODEL),
        ):
            for place, text in enumerate(texts):
                spans: list[Span] = [(visible(text), style)]
                head, room = page.labelled("" if place else label, width, margin)
                yield from wrap(spans, page.width, head, room)


def fault_of(entry: Entry, words: Wording, *, places: bool = True) -> str:
    """What is wrong, as one sentence with its `places`; a group by the titles of its members, or by its only gap."""
    gaps = {finding.message: finding for finding in entry.findings if finding.status is not None}
    first = next(iter(gaps.values())) if len(gaps) == 1 else entry.first
    if len(gaps) != 1 and len({finding.message for finding in entry.findings}) > 1:
        titles = "; ".join(dict.fromkeys(finding.title for finding in entry.findings))
        return visible(titles if first.status is None else f"{words.statuses[first.status].capitalize()}: {titles}")
    found = list(dict.fromkeys(where(each.location, words) for each in entry.findings if each.quote))
    named = ", ".join([*found[:_NAMED], *(["..."] if len(found) > _NAMED else [])])
    return visible(f"{first.message.rstrip('.')} ({named})." if named and places else first.message)


def _said(entry: Entry, part: str) -> list[str]:
    """What the members of an entry advise, each once; of a group the first few."""
    texts: dict[str, None] = {}
    for finding in entry.findings:
        text = finding.advice if part == "advice" else finding.model
        texts.update(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    return list(texts)[:_MOST_ADVICE]


def number_of(entry: Entry, actions: tuple[Entry, ...]) -> int | None:
    """The number of an entry among the actions, None if it is none of them."""
    return next((number for number, each in enumerate(actions, start=1) if each == entry), None)
