"""The quoted words stand where the report says, as other libraries than the readers' own find them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable

import docx
import pytest
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from odf import teletype
from odf.opendocument import OpenDocumentText, load
from odf.table import Table, TableCell, TableRow
from odf.text import H, List, ListItem, P
from striprtf.striprtf import rtf_to_text

from policylint.errors import UserError
from policylint.reading import read

LETTERS = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Cn", "Co"))
WORDS = st.one_of(
    st.text(LETTERS, max_size=30),
    st.sampled_from(
        ["Wij bewaren uw gegevens zeven jaar.", "Cookies", "1. Doel", "- naam", "a) x", "UW RECHTEN", "é e\u0301"]
    ),
)
# A heading, an item, a row of a table or running text, and its words.
PARTS = st.lists(st.tuples(st.sampled_from(["heading", "item", "row", "text"]), WORDS, WORDS), max_size=12)
_PARAGRAPHS = (P().qname, H(outlinelevel=1).qname)
Writer = Callable[[list[tuple[str, str, str]]], bytes]


def write_docx(parts: list[tuple[str, str, str]]) -> bytes:
    document = docx.Document()
    for kind, one, other in parts:
        if kind == "row":
            cells = document.add_table(1, 2).rows[0].cells
            cells[0].text, cells[1].text = one, other
        elif kind == "heading":
            document.add_heading(one, 2)
        else:
            paragraph = document.add_paragraph(one, "List Bullet" if kind == "item" else None)
            paragraph.add_run(other).bold = True
    return saved(document.save)


def paragraphs_of_docx(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    return [Paragraph(element, document).text for element in document.element.body.iter() if element.tag.endswith("}p")]


def write_odt(parts: list[tuple[str, str, str]]) -> bytes:
    document = OpenDocumentText()
    for kind, one, other in parts:
        if kind == "row":
            table, row = Table(), TableRow()
            for words in (one, other):
                cell = TableCell()
                cell.addElement(filled(P(), words))
                row.addElement(cell)
            table.addElement(row)
            document.text.addElement(table)
        elif kind == "heading":
            document.text.addElement(filled(H(outlinelevel=2), one))
        elif kind == "item":
            item = ListItem()
            item.addElement(filled(P(), one))
            items = List()
            items.addElement(item)
            document.text.addElement(items)
        else:
            document.text.addElement(filled(P(), one + other))
    return saved(document.save)


def filled(element: P | H, words: str) -> P | H:
    teletype.addTextToElement(element, words)
    return element


def paragraphs_of_odt(data: bytes) -> list[str]:
    document = load(io.BytesIO(data))
    found = []

    def walk(element: object) -> None:
        if getattr(element, "qname", None) in _PARAGRAPHS:
            found.append(teletype.extractText(element))
        else:
            for child in getattr(element, "childNodes", ()):
                walk(child)

    walk(document.text)
    return found


def write_rtf(parts: list[tuple[str, str, str]]) -> bytes:
    body = ""
    for kind, one, other in parts:
        if kind == "row":
            body += rf"\trowd\cellx1\cellx2\pard\intbl {escaped(one)}\cell {escaped(other)}\cell\row"
        elif kind == "heading":
            body += rf"{{\pard\outlinelevel1 {escaped(one)}\par}}"
        else:
            body += rf"\pard {escaped(one)}{{\b {escaped(other)}}}\par "
    return (r"{\rtf1\ansi\ansicpg1252\uc1 " + body + "}").encode("ascii")


def escaped(words: str) -> str:
    return "".join(one if (one.isalnum() and one.isascii()) or one == " " else rf"\u{ord(one)}?" for one in words)


def paragraphs_of_rtf(data: bytes) -> list[str]:
    # It gives a table's row one line: let each cell end a paragraph instead.
    text = re.sub(r"\\row(?![a-z])", "", re.sub(r"\\cell(?![a-z])", r"\\par", data.decode("ascii")))
    return str(rtf_to_text(text)).split("\n")[:-1]


def saved(save: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "write", "paragraphs"),
    [
        ("a.docx", write_docx, paragraphs_of_docx),
        ("a.odt", write_odt, paragraphs_of_odt),
        ("a.rtf", write_rtf, paragraphs_of_rtf),
    ],
)
@settings(max_examples=25, deadline=None)
@given(parts=PARTS)
def test_words_stand_at_the_reported_place(
    name: str, write: Writer, paragraphs: Callable[[bytes], list[str]], parts: list[tuple[str, str, str]]
) -> None:
    data = write(parts)
    try:
        document = read(name, data)
    except UserError as error:
        assert error.code == "empty"
        return
    found = paragraphs(data)
    seen = set()
    for block in document.blocks:
        location = document.source_map.locate(block.start, block.end)
        assert location.paragraph is not None and location.line is None
        seen.add(location.paragraph)
        for offset in range(block.start, block.end):
            character = document.text[offset]
            if not character.isspace():
                place = document.source_map.place(offset)
                assert comes_from(character, found[place.line - 1][place.column - 1])
    # Whatever has a word in it was read.
    assert {n for n, words in enumerate(found, 1) if any(map(str.isalpha, words))} <= seen


def comes_from(character: str, source: str) -> bool:
    parts = unicodedata.normalize("NFD", source)
    return unicodedata.normalize("NFD", character)[0] in parts or bool(
        unicodedata.combining(character) and unicodedata.combining(source)
    )


def test_the_writers_write_what_the_test_believes() -> None:
    parts = [("heading", "Kop", ""), ("text", "een ", "twee"), ("row", "a", "b"), ("item", "punt", "")]
    assert paragraphs_of_docx(write_docx(parts)) == ["Kop", "een twee", "a", "b", "punt"]
    assert paragraphs_of_odt(write_odt(parts)) == ["Kop", "een twee", "a", "b", "punt"]
    assert paragraphs_of_rtf(write_rtf(parts)) == ["Kop", "een twee", "a", "b", "punt"]
