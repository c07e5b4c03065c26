"""The report as a Word document, for a file that is discussed, signed and filed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from policylint.errors import missing_extra
from policylint.report.matrix import words_of
from policylint.report.paper import Paper, Texts, papers
from policylint.report.parts import Card, Quote
from policylint.report.wording import Wording
from policylint.result import Law, Result, Severity, Status

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_LOOKS = {
    Status.MET: "1A6334",
    Status.VAGUE: "7A4A00",
    Status.MISSING: "9D1C1C",
    Severity.ERROR: "9D1C1C",
    Severity.WARNING: "7A4A00",
    Severity.INFO: "24507A",
}
_SOFT = "57606A"


def render_word(result: Result, texts: Texts) -> bytes:
    """The report of a run as a .docx file. Raises UserError 'missing-extra' if python-docx is not installed."""
    document = _new_document()
    words = words_of(result)
    properties = document.core_properties
    properties.title = words.report_title
    properties.author = "policylint report"
    properties.language = words.code
    document.add_heading(words.report_title, 0)
    _soft(document.add_paragraph(), words.disclaimer)
    for paper in papers(result, texts):
        _paper(document, paper)
    document.add_heading("policylint", 2)
    _pairs(
        document,
        [
            ("policylint", result.tool_version),
            (words.rule_set, result.rules_version),
            (words.head.as_of, words.day(result.as_of)),
        ],
    )
    _soft(document.add_paragraph(), words.disclaimer)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _new_document() -> WordDocument:
    try:
        from docx import Document
        from docx.shared import Cm, Pt
    except ModuleNotFoundError as error:
        raise missing_extra("writing Word documents needs a library that is not installed", "docx") from error
    document = Document()
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(10)
    return document


def _paper(document: WordDocument, paper: Paper) -> None:
    words = paper.words
    document.add_heading(paper.path, 1)
    if paper.failure is not None:
        document.add_paragraph(f"{words.not_checked[0]}: {paper.failure[0]} {paper.failure[1]}")
        return
    told = ", ".join(f"{count} {words.statuses[status]}" for status, count in paper.counts.items() if count)
    _pairs(document, [*paper.head, (words.requirements, told)])
    if paper.actions:
        document.add_heading(words.first, 2)
    for number, action in enumerate(paper.actions, start=1):
        _bold(document.add_paragraph(), f"{number}. {action.fault}")
        for text in action.advice:
            document.add_paragraph(text)
        for text in action.model:
            document.add_paragraph(text, style="Quote")
    document.add_heading(words.requirements, 2)
    for subject, rows in paper.subjects:
        document.add_heading(subject, 3)
        table = document.add_table(rows=0, cols=3, style="Table Grid")
        for row in rows:
            title, status, said = table.add_row().cells
            title.text = row.title
            _coloured(status.paragraphs[0], words.statuses[row.status], _LOOKS[row.status])
            _quotes(said, row.quotes)
            if row.doubt:
                _bold(_next(said), row.doubt)
                _quotes(said, row.against)
            _soft(_next(said), _laws(row.law))
        _widths(table, (4.2, 2.6, 9.8))
    if paper.not_asked:
        document.add_heading(words.not_applicable, 3)
        for text, reason in paper.not_asked:
            document.add_paragraph(f"{text}: {reason}" if reason else text, style="List Bullet")
    document.add_heading(words.findings, 2)
    if not paper.cards:
        document.add_paragraph(words.no_findings)
    for card in paper.cards:
        _card(document, card, words)
    if paper.left:
        document.add_paragraph(words.count_of(paper.left, words.left_out_findings))
    if paper.accepted:
        document.add_heading(words.accepted, 3)
        for each in paper.accepted:
            document.add_paragraph(each.text, style="List Bullet")
    if paper.accepted_left:
        document.add_paragraph(words.count_of(paper.accepted_left, words.left_out_findings))
    _soft(document.add_paragraph(), f"{words.file_hash}: {paper.sha256}")


def _card(document: WordDocument, card: Card, words: Wording) -> None:
    heading = document.add_heading(level=4)
    _coloured(heading, f"{words.severities[card.severity][0].capitalize()}. ", _LOOKS[card.severity])
    heading.add_run(card.items[0].message if card.one_message else card.title)
    for item in card.items:
        if not card.one_message:
            document.add_paragraph(item.message, style="List Bullet")
        if item.quote:
            _quote(document.add_paragraph(style="List Bullet" if card.one_message else None), item.quote)
        for place, quote, message in ((each.place, each.quote, each.message) for each in item.related):
            document.add_paragraph(f"{words.related}: {place} “{quote}” {message}".strip())
    for label, texts in ((words.why, card.why), (words.advice, card.advice), (words.model, card.model)):
        if texts:
            paragraph = document.add_paragraph()
            _soft(paragraph, f"{label}: ")
            paragraph.add_run("\n".join(texts))
    paragraph = document.add_paragraph()
    _soft(paragraph, f"{words.law}: {_laws(card.law)}")
    if card.unverified:
        _soft(paragraph, f" {words.unverified}")


def _pairs(document: WordDocument, pairs: Iterable[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    for label, text in pairs:
        name, value = table.add_row().cells
        _soft(name.paragraphs[0], label)
        value.text = text
    _widths(table, (4.2, 12.4))


def _widths(table: Table, widths: tuple[float, ...]) -> None:
    """Widths in centimetres; programs differ in whether they read those of columns or of cells."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _quotes(cell: _Cell, quotes: Iterable[Quote]) -> None:
    for quote in quotes:
        _quote(_next(cell), quote)


def _next(cell: _Cell) -> Paragraph:
    """The cell's first paragraph while it is empty, else a new one."""
    first: Paragraph = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()


def _quote(paragraph: Paragraph, quote: Quote) -> None:
    if quote.place:
        _soft(paragraph, f"{quote.place}: ")
    if quote.context:
        _soft(paragraph, f"{quote.context} › ")
    paragraph.add_run(f"“{quote.before}")
    _bold(paragraph, quote.focus)
    paragraph.add_run(f"{quote.after}”")


def _laws(law: Iterable[Law]) -> str:
    return "; ".join(each.reference for each in law)


def _bold(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text).bold = True


def _soft(paragraph: Paragraph, text: str) -> None:
    _coloured(paragraph, text, _SOFT, bold=False)


def _coloured(paragraph: Paragraph, text: str, colour: str, *, bold: bool = True) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.bold = bold
    run.font.color.rgb = RGBColor.from_string(colour)
