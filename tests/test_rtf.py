"""The reader for RTF, on files written by hand."""

from __future__ import annotations

from office_files import rtf
from reading_helpers import headers, outline

from policylint.document import Document

SENTENCE = "Wij bewaren uw gegevens zeven jaar en daarna niet meer."


def text(document: Document) -> list[str]:
    return [document.block_text(block) for block in document.blocks]


def test_headings_by_style_outline_and_bold() -> None:
    document = rtf(
        rf"\pard\s1 Privacy\par\pard\s2 Bewaren\par\pard {SENTENCE}\par{{\pard\outlinelevel0 Delen\par}}"
        rf"\pard {SENTENCE} Echt.\par{{\b Cookies\par}}{SENTENCE} Ja.\par"
    )
    assert outline(document) == [
        "# Privacy",
        "## Bewaren",
        "p " + SENTENCE,
        "# Delen",
        "p " + SENTENCE + " Echt.",
        "## Cookies",
        "p " + SENTENCE + " Ja.",
    ]


def test_characters_in_every_spelling() -> None:
    document = rtf(
        r"\pard Priv\'e9 \u233?\u8364\'80 {\uc2\u246xx}{\uc0\u228}\uc1\u-3905?\u55357?\u56832? "
        r"{\f1\'b3}{\f2\'83A} \{a\}\\ per\-soons\_gegevens\~x \ldblquote ja\rdblquote\emdash nee\par"
    )
    assert text(document) == ["Privé é€ öä•😀 łア {a}\\ persoons-gegevens\u00a0x “ja”—nee"]


def test_raw_bytes_are_of_the_code_page() -> None:
    assert text(rtf("\\pard caf\xe9\\par")) == ["café"]
    assert rtf(r"\pard \'81 tekst\par").coverage.replaced == 1


def test_lists_by_their_written_marks() -> None:
    document = rtf(
        r"\pard Wij verwerken:\par"
        r"{\listtext\f3\'b7\tab}\ls1\ilvl0 naam\par{\listtext\u9702\'3f\tab}\ls1\ilvl1 voornaam\par"
        r"\pard{\*\pntext\f3\'b7\tab}adres\par\pard Doe dit:\par"
        r"{\listtext 1.\tab}\ls2\ilvl0 Schrijf ons een brief.\par"
        r"{\listtext 2.\tab}\ls2 Wacht een maand.\par\pard Slot.\par"
    )
    assert outline(document) == [
        "p Wij verwerken:",
        "- naam",
        "- voornaam",
        "- adres",
        "p Doe dit:",
        "- Schrijf ons een brief.",
        "- Wacht een maand.",
        "p Slot.",
    ]


def test_tables_with_header_row_and_merged_cells() -> None:
    document = rtf(
        r"\trowd\trhdr\cellx1\clmgf\cellx2\clmrg\cellx3\pard\intbl Doel\cell Gegevens\cell\cell\row"
        r"\trowd\clvmgf\cellx1\cellx2\cellx3 Bestellen\cell naam\cell adres\cell\row"
        r"\trowd\clvmrg\cellx1\cellx2\cellx3 \cell bank\par en meer\cell post\cell\row\pard Slot.\par"
    )
    assert text(document) == ["Doel", "Gegevens", "Bestellen", "naam", "adres", "bank", "en meer", "post", "Slot."]
    assert headers(document, "adres") == ["Gegevens", "Bestellen"]
    assert headers(document, "en meer") == ["Gegevens", "Bestellen"]
    assert headers(document, "Slot.") == []


def test_what_nobody_sees_is_left_out() -> None:
    document = rtf(
        r"\pard{\*\onbekend niets{\b niets}}Wij bewaren{\deleted  altijd\par} {\v geheim}{\revised alles}.\par"
        r"\pard Pagina{\field{\*\fldinst PAGE}{\fldrslt 7}}{\*\annotation\pard Klopt dit?\par}\par"
        rf"\pard {SENTENCE} {SENTENCE}\par"
        r"{\pict\wmetafile8 0102\bin3 }}}}{\*\shppict{\pict\bin2 {{}}"
    )
    assert text(document) == ["Wij bewaren alles.", "Pagina", f"{SENTENCE} {SENTENCE}"]


def test_notes_text_boxes_links_and_contents() -> None:
    document = rtf(
        r"{\field{\*\fldinst TOC \\o}{\fldrslt\pard Cookies\tab 2\par}}\pard\s3 Klachten\par"
        r"\pard Tekst{\super\chftn{\footnote\pard\chftn  De noot.}} en {\field{\*\fldinst{HYPERLINK "
        r'"https://a.example"}}{\fldrslt{\ul meer}}}.'
        r"{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv b}}{\shptxt\pard In het kader.\par}}{\shprslt\pard Weer.\par}}\par"
        r"\pard Slot.\par"
    )
    assert outline(document) == [
        "c Cookies 2",
        "c Klachten",
        "p Tekst en meer.",
        "p In het kader.",
        "p Slot.",
        "p De noot.",
    ]
    (link,) = document.links
    assert (document.text[link.start : link.end], link.target) == ("meer", "https://a.example")
    assert [document.source_map.place(block.start).line for block in document.blocks] == [1, 2, 3, 5, 4, 6]


def test_only_a_letterhead_that_says_something_is_read() -> None:
    document = rtf(rf"{{\header\pard Beleid\par}}{{\footer\pard De Ster B.V.\par}}\pard {SENTENCE}\par")
    assert text(document) == [SENTENCE, "De Ster B.V."]
