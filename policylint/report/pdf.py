"""The report as a PDF, for a file that is sent and kept as it is."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from policylint.errors import missing_extra
from policylint.report.matrix import words_of
from policylint.report.paper import Paper, Texts, papers
from policylint.report.parts import Card, Quote, Row
from policylint.report.wording import Wording
from policylint.result import Law, Result, Severity, Status

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Flowable

_LOOKS = {
    Status.MET: "#1a6334",
    Status.VAGUE: "#7a4a00",
    Status.MISSING: "#9d1c1c",
    Severity.ERROR: "#9d1c1c",
    Severity.WARNING: "#7a4a00",
    Severity.INFO: "#24507a",
}
_SOFT = "#57606a"
_MARGIN = 56
_WIDTH = 595 - 2 * _MARGIN
"""Points between the margins of an A4 page."""


def render_pdf(result: Result, texts: Texts) -> bytes:
    """The report of a run as a PDF. Raises UserError 'missing-extra' if reportlab is not installed.

    Letters of scripts that are not Latin are beyond its fonts and show as boxes; other formats have them.
    """
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate
    except ModuleNotFoundError as error:
        raise missing_extra("writing PDF needs a library that is not installed", "pdf") from error
    words = words_of(result)
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=words.report_title,
        author="policylint report",
        lang=words.code,
        # The same result gives the same bytes.
        invariant=True,
    )
    document.build(list(_story(result, texts, words)), onFirstPage=_number, onLaterPages=_number)
    return stream.getvalue()


def _number(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont(_fonts().plain, 8)
    canvas.drawRightString(595 - _MARGIN, _MARGIN / 2, str(document.page))


def _story(result: Result, texts: Texts, words: Wording) -> Iterator[Flowable]:
    yield _text(escape(words.report_title), "title")
    yield _text(escape(words.disclaimer), "soft")
    for paper in papers(result, texts):
        yield from _paper(paper)
    yield _text("policylint", "h2")
    made = [("policylint", result.tool_version), (words.rule_set, result.rules_version)]
    made.append((words.head.as_of, words.day(result.as_of)))
    yield _table(made)
    yield _text(escape(words.disclaimer), "soft")


def _paper(paper: Paper) -> Iterator[Flowable]:
    words = paper.words
    yield _text(escape(paper.path), "h1")
    if paper.failure is not None:
        yield _text(escape(f"{words.not_checked[0]}: {paper.failure[0]} {paper.failure[1]}"))
        return
    told = ", ".join(f"{count} {words.statuses[status]}" for status, count in paper.counts.items() if count)
    head = [*paper.head, (words.requirements, told)]
    yield _table(head)
    if paper.actions:
        yield _text(escape(words.first), "h2")
    for number, action in enumerate(paper.actions, start=1):
        yield _text(f"<b>{number}. {escape(action.fault)}</b>")
        yield from (_text(escape(text)) for text in action.advice)
        yield from (_text(escape(text), "model") for text in action.model)
    yield _text(escape(words.requirements), "h2")
    for subject, rows in paper.subjects:
        yield _text(escape(subject), "h3")
        for row in rows:
            yield from _row(row, words)
    if paper.not_asked:
        yield _text(escape(words.not_applicable), "h3")
    for title, reason in paper.not_asked:
        yield _text(escape(f"{title}: {reason}" if reason else title), "bullet")
    yield _text(escape(words.findings), "h2")
    if not paper.cards:
        yield _text(escape(words.no_findings))
    for card in paper.cards:
        yield from _card(card, words)
    if paper.left:
        yield _text(escape(words.count_of(paper.left, words.left_out_findings)))
    if paper.accepted:
        yield _text(escape(words.accepted), "h3")
    yield from (_text(escape(each.text), "bullet") for each in paper.accepted)
    if paper.accepted_left:
        yield _text(escape(words.count_of(paper.accepted_left, words.left_out_findings)))
    yield _text(escape(f"{words.file_hash}: {paper.sha256}"), "soft")


def _row(row: Row, words: Wording) -> Iterator[Flowable]:
    """A requirement as paragraphs, not cells: a cell that is longer than a page cannot be laid out."""
    yield _text(f"<b>{escape(row.title)}</b>: {_coloured(words.statuses[row.status], _LOOKS[row.status])}")
    yield from (_text(_quote(quote), "bullet") for quote in row.quotes)
    if row.doubt:
        yield _text(f"<b>{escape(row.doubt)}</b>", "bullet")
    yield from (_text(_quote(quote), "bullet") for quote in row.against)
    yield _text(escape(_laws(row.law)), "soft")


def _card(card: Card, words: Wording) -> Iterator[Flowable]:
    weight = words.severities[card.severity][0].capitalize()
    title = card.items[0].message if card.one_message else card.title
    yield _text(f"{_coloured(weight, _LOOKS[card.severity])}. {escape(title)}", "h3")
    for item in card.items:
        if not card.one_message:
            yield _text(escape(item.message), "bullet")
        if item.quote:
            yield _text(_quote(item.quote), "bullet")
        for place, quote, message in ((each.place, each.quote, each.message) for each in item.related):
            yield _text(escape(f"{words.related}: {place} “{quote}” {message}"), "bullet")
    for label, texts in ((words.why, card.why), (words.advice, card.advice), (words.model, card.model)):
        if texts:
            yield _text(f'<font color="{_SOFT}">{escape(label)}</font> {"<br/>".join(map(escape, texts))}')
    unverified = f" {words.unverified}" if card.unverified else ""
    yield _text(escape(f"{words.law}: {_laws(card.law)}{unverified}"), "soft")


def _quote(quote: Quote) -> str:
    opening = " › ".join(filter(None, (quote.place, quote.context)))
    start = f'<font color="{_SOFT}">{escape(opening.rstrip(":"))}:</font> ' if opening else ""
    return f"{start}“{escape(quote.before)}<b>{escape(quote.focus)}</b>{escape(quote.after)}”"


def _laws(law: Iterable[Law]) -> str:
    return "; ".join(each.reference for each in law)


def _coloured(text: str, colour: str) -> str:
    return f'<font color="{colour}"><b>{escape(text)}</b></font>'


def _table(pairs: Iterable[tuple[str, str]]) -> Flowable:
    from reportlab.platypus import Table

    rows = [[_text(escape(label), "soft"), _text(escape(text))] for label, text in pairs]
    columns = [_WIDTH * 0.25, _WIDTH * 0.75]
    return Table(rows, colWidths=columns, hAlign="LEFT", style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _text(markup: str, style: str = "plain") -> Flowable:
    """A paragraph; `markup` is escaped already."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    size, bold, before, after, indent, colour = _STYLES[style]
    fonts = _fonts()
    return Paragraph(
        markup,
        ParagraphStyle(
            style,
            fontName=fonts.bold if bold else fonts.plain,
            fontSize=size,
            leading=size * 1.35,
            spaceBefore=before,
            spaceAfter=after,
            leftIndent=indent,
            textColor=HexColor(colour),
            backColor=HexColor("#f4f5f7") if style == "model" else None,
            borderPadding=4 if style == "model" else 0,
            splitLongWords=True,
        ),
    )


_STYLES = {
    "title": (20, True, 0, 6, 0, "#1c2127"),
    "h1": (14, True, 18, 6, 0, "#1c2127"),
    "h2": (12, True, 16, 6, 0, "#1c2127"),
    "h3": (10, True, 10, 3, 0, "#1c2127"),
    "plain": (9, False, 0, 3, 0, "#1c2127"),
    "soft": (8, False, 0, 5, 0, _SOFT),
    "bullet": (9, False, 0, 3, 12, "#1c2127"),
    "model": (9, False, 5, 8, 12, "#1c2127"),
}
"""Size in points, whether bold, space before and after, indent, and colour."""


@dataclass(frozen=True, slots=True)
class _Fonts:
    plain: str
    bold: str


@cache
def _fonts() -> _Fonts:
    """The fonts that come with the library, whose letters go beyond those that every PDF reader has."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    registerFont(TTFont("Vera", "Vera.ttf"))
    registerFont(TTFont("VeraBd", "VeraBd.ttf"))
    registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")
    return _Fonts("Vera", "VeraBd")
