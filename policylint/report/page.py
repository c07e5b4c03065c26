"""The page a report is laid out on, and the small pieces that both of its parts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from policylint.document import Location
from policylint.report.lines import Line, Span, Style, cells
from policylint.report.quotes import Excerpt, excerpt, shorten, visible
from policylint.report.wording import Wording
from policylint.result import Evidence

INDENT = 4
_CONTEXT_LIMIT = 70


class Detail(StrEnum):
    """How much a report tells: what to do first; everything once; every place and where to read the law."""

    SUMMARY = "summary"
    NORMAL = "normal"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on: `width` in columns; `colour` shows the words that decide by a style instead of «marks».

    `wrap_places` also breaks the first line of a finding, which otherwise stays whole for `grep`. One that is `plain`
    has nothing side by side and says in words what others show, for a screen reader; a narrow page is plain too.
    """

    width: int = 100
    colour: bool = False
    wrap_places: bool = False
    detail: Detail = Detail.NORMAL
    plain: bool = False

    @property
    def is_full(self) -> bool:
        """Whether everything is told."""
        return self.detail is Detail.FULL

    def labelled(self, label: str, width: int, margin: int, style: Style = Style.DIM) -> tuple[Line, int]:
        """What a line opens with, and the columns that those below it leave free: a label in a column of `width`."""
        if self.plain:
            return ((f"{label}: ", style),) if label else (), 0
        return ((" " * margin, Style.PLAIN), (pad(label, width), style)), margin + width


def pad(text: str, width: int) -> str:
    """`text` filled up with spaces to `width` columns."""
    return text + " " * (width - cells(text))


def quoted(quote: str, focus: tuple[int, int], limit: int, words: Wording, page: Page) -> list[Span]:
    """A quote in quotation marks, the words that decide marked."""
    part = excerpt(quote, focus, limit)
    if page.plain:
        whole = f"“{part.before}{part.focus}{part.after}”"
        return [(whole if not (part.before or part.after) else f"{whole} ({words.decides}“{part.focus}”)", Style.PLAIN)]
    return [("“", Style.DIM), *_marked(part, page), ("”", Style.DIM)]


def _marked(part: Excerpt, page: Page) -> list[Span]:
    if not (part.before or part.after):
        return [(part.focus, Style.PLAIN)]
    opening, closing = ("", "") if page.colour else ("«", "»")
    spans = [(part.before, Style.PLAIN), (f"{opening}{part.focus}{closing}", Style.FOCUS), (part.after, Style.PLAIN)]
    return [(text, style) for text, style in spans if text]


def with_context(context: str, quote: list[Span]) -> list[Span]:
    """A quote behind the heading, lead-in or header it cannot be read without."""
    return [(f"{shorten(context, _CONTEXT_LIMIT)} › ", Style.DIM), *quote] if context.strip() else quote


def where(location: Location, words: Wording) -> str:
    """The place as a person names it: a line, or a page, a paragraph, a section; empty when unknown."""
    parts = []
    if location.page is not None:
        parts.append(words.page.format(location.page))
    if location.line is not None:
        parts.append(words.line.format(location.line))
    if location.paragraph is not None:
        parts.append(words.paragraph.format(location.paragraph))
    if not parts and location.section:
        parts.append(shorten(location.section, _CONTEXT_LIMIT))
    return ", ".join(parts)


def place_of(evidence: Evidence, words: Wording) -> str:
    """The place of words that decide, with their document where there are several."""
    return ", ".join(filter(None, (visible(evidence.path or ""), where(evidence.location, words))))


def address(path: str, location: Location) -> str:
    """The place as programs name it: `path:line:column`, as far as known."""
    numbers = [number for number in (location.line, location.column) if number is not None]
    return ":".join([visible(path), *map(str, numbers)])


def listed(places: Sequence[str]) -> str:
    """Several places in a row; those of a page and a line hold commas themselves."""
    return ("; " if any("," in place for place in places) else ", ").join(places)
