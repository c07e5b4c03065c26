"""Files of word processors that are damaged, hostile, locked or no text: each gets an error that says what to do."""

from __future__ import annotations

import struct
import sys
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import W, docx_bytes, odt_bytes, p, packed, rtf_bytes

from policylint.document import Document
from policylint.errors import UserError
from policylint.reading import read

SENTENCE = "Wij bewaren uw gegevens zeven jaar en daarna niet meer."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def fault(name: str, data: bytes, format: str | None = None) -> UserError:
    with pytest.raises(UserError) as caught:
        read(name, data, format)
    assert caught.value.message and caught.value.hint
    return caught.value


def with_document(xml: str | bytes) -> bytes:
    """A Word file whose main part is this."""
    return packed({"[Content_Types].xml": "", "word/document.xml": xml})


def word_xml(inside: str, declaration: str = "") -> str:
    return f'{declaration}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def test_what_has_a_password() -> None:
    streams = "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    assert fault("a.docx", OLE + streams).code == "encrypted"
    locked = packed(
        {"content.xml": b"\x01\x02", "META-INF/manifest.xml": "<manifest><manifest:encryption-data/></manifest>"}
    )
    assert fault("a.odt", locked).code == "encrypted"
    flagged = bytearray(docx_bytes(p(SENTENCE)))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = flagged.find(sign)
        while start >= 0:
            flagged[start + place] |= 1
            start = flagged.find(sign, start + 4)
    assert fault("a.docx", bytes(flagged)).code == "encrypted"


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "-"])
def test_old_word_files(name: str) -> None:
    error = fault(name, OLE)
    assert error.code == "old-format" and ".docx" in error.hint


def test_the_content_decides_and_not_the_name() -> None:
    assert read("a.doc", rtf_bytes(rf"\pard {SENTENCE}\par")).format == "rtf"
    assert read("a.doc", docx_bytes(p(SENTENCE))).format == "docx"
    assert read("a.docx", odt_bytes(f"<text:p>{SENTENCE}</text:p>")).format == "odt"
    assert read("-", docx_bytes(p(SENTENCE))).format == "docx"
    assert fault("a.docx", b"Gewone tekst.").code == "damaged"
    assert fault("a.docx", packed({"a.txt": "x"})).code == "unsupported-format"
    assert fault("a.docx", with_document("<x/>")).code == "damaged"
    sheet = '<o:d xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body><o:spreadsheet/></o:body></o:d>'
    assert fault("a.odt", packed({"content.xml": sheet})).code == "unsupported-format"


def test_a_missing_library_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    error = fault("a.docx", docx_bytes(p(SENTENCE)))
    assert error.code == "missing-extra" and ".[docx]" in error.hint
    assert ".[odt]" in fault("a.odt", odt_bytes("")).hint
    assert read("a.rtf", rtf_bytes(rf"\pard {SENTENCE}\par")).text == SENTENCE


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_are_refused(declaration: str) -> None:
    document = word_xml(p("&a;"), declaration)
    assert fault("a.docx", with_document(document)).code == "unsafe-xml"
    assert fault("a.docx", with_document(document.encode("utf-16"))).code == "unsafe-xml"
    assert fault("a.docx", with_document(word_xml(p("&a;")))).code == "damaged"


def test_an_encoding_that_hides_the_markup_is_not_believed() -> None:
    hidden = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d+AD4APA-x/+AD4-'
    assert fault("a.docx", with_document(hidden)).code == "damaged"


def test_zip_bombs() -> None:
    bombs = [
        with_document(b"<" + b" " * 30_000_000),
        packed({"[Content_Types].xml": "", "word/document.xml": bytes(51_000_000)}, zipfile.ZIP_STORED),
        with_document(word_xml("<w:p/>" * 1_600_000)),
        packed({f"word/{n}.xml": "" for n in range(5_001)} | {"[Content_Types].xml": ""}),
    ]
    tracemalloc.start()
    try:
        assert [fault("a.docx", bomb).code for bomb in bombs] == ["too-large"] * 4
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_size_that_the_directory_lies_about() -> None:
    data = bytearray(with_document(word_xml(p("a" * 3_000_000))))
    place = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    assert data[place + 46 : place + 63] == b"word/document.xml"
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    assert fault("a.docx", bytes(data)).code == "damaged"


def test_deep_nesting() -> None:
    assert fault("a.docx", with_document(word_xml("<w:ins>" * 240 + "</w:ins>" * 240))).code == "too-deep"
    assert fault("a.docx", with_document(word_xml("<w:ins>" * 100_000))).code == "damaged"
    assert fault("a.rtf", b"{\\rtf1" + b"{" * 100_000).code == "too-deep"
    fields = rtf_bytes(r"{\field{\*\fldinst X}{\fldrslt " * 400 + SENTENCE + "}}" * 400)
    assert read("a.rtf", fields).text == SENTENCE


def test_pictures_instead_of_text() -> None:
    blip = '<a:blip r:embed="x"/>'
    scan = f'<w:r><w:drawing><wp:extent cx="7000000" cy="9000000"/>{blip}</w:drawing></w:r>'
    logo = f'<w:r><w:drawing><wp:extent cx="900000" cy="900000"/>{blip}</w:drawing></w:r>'
    error = fault("a.docx", docx_bytes(f"<w:p>{scan}{scan}</w:p>{p(SENTENCE)}"))
    assert error.code == "no-text" and "OCR" in error.hint
    assert fault("a.docx", docx_bytes(f"<w:p>{logo}</w:p>")).code == "no-text"
    assert read("a.docx", docx_bytes(f"<w:p>{logo}</w:p>{p(SENTENCE * 2)}")).coverage.pictures == 0
    assert read("a.docx", docx_bytes(f"<w:p>{scan}</w:p>{p(SENTENCE * 8)}")).coverage.pictures == 1
    frame = '<text:p><draw:frame svg:width="17cm" svg:height="240mm"><draw:image/><draw:image/></draw:frame></text:p>'
    assert fault("a.odt", odt_bytes(frame)).code == "no-text"
    assert fault("a.rtf", rtf_bytes(r"{\pict\picwgoal9000\pichgoal12000 00}")).code == "no-text"
    assert fault("a.docx", docx_bytes("<w:p/>")).code == "empty"


def test_text_that_another_file_brings_in() -> None:
    assert fault("a.docx", docx_bytes('<w:altChunk r:id="x"/>' + p(SENTENCE))).code == "unread-part"


def test_an_rtf_file_that_breaks_off() -> None:
    assert fault("a.rtf", rtf_bytes(rf"\pard {SENTENCE}")[:-1]).code == "damaged"


WHOLE = {
    "a.docx": docx_bytes(p(SENTENCE) * 20, styles="", numbering=""),
    "a.odt": odt_bytes(f"<text:p>{SENTENCE}</text:p>" * 20),
    "a.rtf": rtf_bytes(rf"\pard {SENTENCE}\par" * 20),
}


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_gives_an_error_or_a_document(name: str, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    _read_or_fail(name, bytes(whole if cut % 2 else whole[:cut]))


XML_BITS = st.sampled_from(
    """<w:p> </w:p> <w:r> </w:r> <w:t>tekst</w:t> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:ins> </w:ins>
    <w:del> </w:del> <w:sdt><w:sdtContent> </w:sdtContent></w:sdt> <w:fldChar_w:fldCharType="begin"/>
    <w:fldChar_w:fldCharType="end"/> <w:fldChar_w:fldCharType="separate"/>
    <w:instrText>TOC</w:instrText> <w:br/> <w:txbxContent> </w:txbxContent>
    <w:drawing> </w:drawing> <w:pPr><w:numPr><w:numId_w:val="2"/></w:numPr></w:pPr>
    <w:hyperlink> </w:hyperlink>""".split()
)
RTF_BITS = st.sampled_from(
    r"""{ } \par \pard \cell \row \trowd \intbl \cellx9 \clmrg \clvmrg tekst \'e9 \u8364? \u-1? \uc9 \bin2 {\footnote
    {\field {\*\fldinst \fldrslt TOC \shptxt {\shp {\*\shpinst \listtext \s1 \outlinelevel3 \deleted \v \b \f2
    \'83 \line
    \sect \* \~ {\stylesheet {\fonttbl {\pict \upr \*\ud \nestcell \plain \ls1 \ilvl9 \header \-""".split()
)


@settings(max_examples=200, deadline=None)
@given(bits=st.lists(XML_BITS, max_size=40))
def test_any_elements_in_any_order(bits: list[str]) -> None:
    body, open_names = "", []
    for bit in (one.replace("_", " ") for one in bits):
        if bit.startswith("</") and bit.count("<") == 1:
            if not open_names or open_names[-1] != bit[2:-1]:
                continue
            open_names.pop()
        elif bit.count("<") == 1 and not bit.endswith("/>"):
            open_names.append(bit[1:-1])
        elif bit.count("<") == 2 and "</" not in bit:
            open_names += ["w:sdt", "w:sdtContent"]
        elif bit == "</w:sdtContent></w:sdt>":
            continue
        body += bit
    body += "".join(f"</{name}>" for name in reversed(open_names))
    _read_or_fail("a.docx", docx_bytes(body))


@settings(max_examples=300, deadline=None)
@given(bits=st.lists(RTF_BITS, max_size=60))
def test_any_words_in_any_order(bits: list[str]) -> None:
    body = " ".join(bits)
    _read_or_fail("a.rtf", rtf_bytes(body + "}" * max(body.count("{") - body.count("}"), 0)))


def _read_or_fail(name: str, data: bytes) -> Document | None:
    try:
        document = read(name, data)
    except UserError:
        return None
    lines = len(document.source_map.lines)
    for block in document.blocks:
        for offset in (block.start, block.end - 1):
            place = document.source_map.place(offset)
            assert 1 <= place.line <= lines and place.column >= 1
    return document


def test_a_zip_that_is_cut_or_empty() -> None:
    whole = docx_bytes(p(SENTENCE))
    assert fault("a.docx", whole[:200]).code == "damaged"
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert fault("a.docx", empty.getvalue()).code == "damaged"
    assert fault("a.docx", b"").code == "damaged"
