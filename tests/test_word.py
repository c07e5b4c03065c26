"""The reader for Word files, on files written part by part."""

from __future__ import annotations

from office_files import STRICT, docx, docx_bytes, p, r, row, styled
from reading_helpers import headers, lead_in, outline

from policylint.document import Document
from policylint.reading import read

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Huiskop"><w:name w:val="Huiskop"/><w:basedOn w:val="Kop2"/></w:style>
<w:style w:type="paragraph" w:styleId="Geenkop"><w:name w:val="Geenkop"/><w:basedOn w:val="Kop1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Lijst"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Lus"><w:name w:val="Lus"/><w:basedOn w:val="Lus"/></w:style>
<w:style w:type="character" w:styleId="Zwaar"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="10">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="11">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="12">
  <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Artikel %1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="10"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="11"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="12"/></w:num>
"""
HIDDEN_STYLE = '<w:rStyle w:val="Weg"/>'
SENTENCE = "Wij bewaren uw gegevens zeven jaar en daarna niet meer."


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def word(body: str) -> Document:
    return docx(body, styles=STYLES, numbering=NUMBERING)


def text(document: Document) -> list[str]:
    return [document.block_text(block) for block in document.blocks]


def test_headings_by_style_outline_and_bold() -> None:
    document = word(
        p("Privacy", styled("Kop1"))
        + p("Bewaren", styled("Huiskop"))
        + p(SENTENCE)
        + p("Delen", '<w:outlineLvl w:val="2"/>')
        + p(SENTENCE + " Echt.")
        + f"<w:p>{r('Cookies', '<w:b/>')}</w:p>"
        + p("Wij plaatsen geen cookies op uw computer of telefoon.")
        + f'<w:p>{r("Uw rechten", """<w:rStyle w:val="Zwaar"/>""")}</w:p>'
        + p("U mag altijd vragen welke gegevens wij van u hebben.", styled("Geenkop"))
    )
    assert outline(document) == [
        "# Privacy",
        "## Bewaren",
        "p " + SENTENCE,
        "### Delen",
        "p " + SENTENCE + " Echt.",
        "#### Cookies",
        "p Wij plaatsen geen cookies op uw computer of telefoon.",
        "#### Uw rechten",
        "p U mag altijd vragen welke gegevens wij van u hebben.",
    ]


def test_a_style_that_is_based_on_itself_ends() -> None:
    assert text(word(p("Privacybeleid", styled("Lus")) + p(SENTENCE, styled("Nergens")))) == ["Privacybeleid", SENTENCE]


def test_a_heading_that_is_a_sentence_is_text() -> None:
    assert outline(word(p("Kop", styled("Kop1")) + p(SENTENCE, styled("Kop2")))) == ["# Kop", "p " + SENTENCE]


def test_lists_with_their_depth_and_lead_in() -> None:
    document = word(
        p("Wij verwerken:")
        + numbered("uw contactgegevens:", 1)
        + numbered("naam", 1, 1)
        + numbered("adres", 1, 1)
        + p("beeld", styled("Lijst"))
        + p("Dat was alles.")
    )
    assert outline(document) == [
        "p Wij verwerken:",
        "- uw contactgegevens:",
        "- naam",
        "- adres",
        "- beeld",
        "p Dat was alles.",
    ]
    assert lead_in(document, "adres") == "uw contactgegevens:"
    assert lead_in(document, "beeld") == "Wij verwerken:"


def test_counted_numbers_make_headings_clauses_and_items() -> None:
    document = word(
        numbered("Wie wij zijn", 2)
        + p("Wij zijn Winkel De Ster en wij verkopen lampen.")
        + numbered("Uw gegevens", 2)
        + numbered("Wij bewaren uw gegevens zeven jaar.", 2, 1)
        + numbered("Daarna wissen wij ze.", 2, 1)
        + numbered("Slot", 3)
        + p("Dit beleid geldt vanaf vandaag.")
    )
    assert outline(document) == [
        "## Wie wij zijn",
        "p Wij zijn Winkel De Ster en wij verkopen lampen.",
        "## Uw gegevens",
        "p Wij bewaren uw gegevens zeven jaar.",
        "p Daarna wissen wij ze.",
        "## Slot",
        "p Dit beleid geldt vanaf vandaag.",
    ]
    steps = word(p("Doe dit:") + numbered("Schrijf ons een brief.", 2) + numbered("Wacht een maand.", 2))
    assert outline(steps) == ["p Doe dit:", "- Schrijf ons een brief.", "- Wacht een maand."]


def test_tables_with_header_row_and_merged_cells() -> None:
    span = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    first = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    more = "<w:tcPr><w:vMerge/></w:tcPr>"
    document = word(
        "<w:tbl>"
        + row("Doel", span + p("Gegevens"), "Termijn", properties="<w:trPr><w:tblHeader/></w:trPr>")
        + row(first + p("Bestellen"), "naam", "adres", "7 jaar")
        + row(more + "<w:p/>", "rekening", "bank", "5 jaar")
        + "</w:tbl>"
    )
    assert text(document) == [
        "Doel", "Gegevens", "Termijn", "Bestellen", "naam", "adres", "7 jaar", "rekening", "bank", "5 jaar",
    ]  # fmt: skip
    assert headers(document, "adres") == ["Gegevens", "Bestellen"]
    assert headers(document, "5 jaar") == ["Termijn", "Bestellen"]
    assert headers(document, "Bestellen") == ["Doel"]


def test_a_first_row_of_short_words_is_a_header_without_being_marked() -> None:
    document = word("<w:tbl>" + row("Doel", "Termijn") + row("Bestellen", "7 jaar") + "</w:tbl>")
    assert headers(document, "7 jaar") == ["Termijn", "Bestellen"]
    dated = word("<w:tbl>" + row("Sinds 2018", "7 jaar") + row("Nu", "5 jaar") + "</w:tbl>")
    assert headers(dated, "5 jaar") == ["Nu"]


def test_a_table_in_a_table_leaves_the_outer_headers_as_they_are() -> None:
    inner = "<w:tbl>" + row("Soort", "Duur") + row("klant", "1 jaar") + "</w:tbl><w:p/>"
    document = word("<w:tbl>" + row("Doel", "Details") + row("Kopen", inner) + row("Ruilen", "2 jaar") + "</w:tbl>")
    assert headers(document, "1 jaar") == ["Duur", "klant"]
    assert headers(document, "2 jaar") == ["Details", "Ruilen"]


def test_a_table_of_one_cell_is_a_frame() -> None:
    document = word("<w:tbl>" + row(p("Privacy", styled("Kop1")) + p(SENTENCE)) + "</w:tbl>")
    assert outline(document) == ["# Privacy", "p " + SENTENCE]


def test_tracked_changes_are_accepted() -> None:
    document = word(
        f"<w:p>{r('Wij bewaren ')}<w:del>{r('x').replace('w:t', 'w:delText')}</w:del>"
        f"<w:ins>{r('zeven')}</w:ins>{r(' jaar.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Twee ')}</w:p>{p('helften.')}"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>{r('Weg.')}</w:del></w:p>"
        f"<w:p><w:moveFrom>{r('Verhuisd.')}</w:moveFrom></w:p><w:p><w:moveTo>{r('Verhuisd.')}</w:moveTo></w:p>"
        "<w:tbl>" + row("a", "b") + row("c", "d", properties="<w:trPr><w:del/></w:trPr>") + row("e", "f") + "</w:tbl>"
    )
    assert text(document) == ["Wij bewaren zeven jaar.", "Twee helften.", "Verhuisd.", "a", "b", "e", "f"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('In het kader.')}</w:txbxContent>"
    alternatives = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>" + box + "</wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:textbox>"
        + box
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = word(f"<w:p>{r('Voor ')}<w:r>{alternatives}</w:r>{r('en na.')}</w:p>" + p("Daarna."))
    assert text(document) == ["Voor en na.", "In het kader.", "Daarna."]
    assert [document.source_map.place(block.start).line for block in document.blocks] == [1, 3, 2]


def test_notes_stand_at_the_end_and_deleted_ones_nowhere() -> None:
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"Noot {n}.")}</w:footnote>' for n in (1, 2, 3))
    document = docx(
        f'<w:p>{r("Tekst")}<w:r><w:footnoteReference w:id="2"/></w:r>{r(" en meer.")}<w:del><w:r>'
        f'<w:footnoteReference w:id="3"/></w:r></w:del></w:p>{p("Slot.")}',
        footnotes=notes,
    )
    assert text(document) == ["Tekst en meer.", "Slot.", "Noot 2."]


def test_links_by_relation_and_by_field() -> None:
    document = docx(
        f'<w:p>{r("Zie ")}<w:hyperlink r:id="k1">{r("onze ")}{r("site", "<w:b/>")}</w:hyperlink>{r(".")}</w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        'HYPERLINK "https://b.example"</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("Daar")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "</w:p>",
        {"k1": "https://a.example"},
    )
    found = [(document.text[link.start : link.end], link.target) for link in document.links]
    assert found == [("onze site", "https://a.example"), ("Daar", "https://b.example")]


def test_a_table_of_contents_is_no_evidence() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    gallery = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    document = word(
        f"<w:sdt>{gallery}<w:sdtContent>{p('Inhoud', styled('Kop1'))}</w:sdtContent></w:sdt>"
        f"<w:p>{begin}{separate}{r('Bewaartermijn')}</w:p><w:p>{r('Cookies')}</w:p><w:p>{end}</w:p>"
        + p("Klachten", styled("Inhopg1"))
        + p(SENTENCE)
    )
    assert outline(document) == ["c Inhoud", "c Bewaartermijn", "c Cookies", "c Klachten", "p " + SENTENCE]
    unclosed = word(f"<w:p>{begin}{separate}{r('Bewaartermijn')}</w:p>" + p(SENTENCE))
    assert outline(unclosed)[1] == "p " + SENTENCE


def test_a_table_of_contents_that_somebody_typed() -> None:
    tab = "<w:r><w:tab/></w:r>"
    document = word(
        "".join(f"<w:p>{r(title)}{tab}{r(page)}</w:p>" for title, page in (("Wie wij zijn", "1"), ("Cookies", "12")))
        + p(SENTENCE)
    )
    assert outline(document) == ["c Wie wij zijn 1", "c Cookies 12", "p " + SENTENCE]


def test_what_nobody_sees_is_left_out() -> None:
    page = f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>'
    document = word(
        f"<w:p>{r('Open')}{r('geheim', '<w:vanish/>')}{r('stil', HIDDEN_STYLE)}"
        f"<w:r><w:commentReference w:id='0'/></w:r>{r(' boek')}{page}.</w:p>"
    )
    assert text(document) == ["Open boek"]


def test_signs_inside_a_paragraph() -> None:
    document = word(
        f"<w:p>{r('per')}<w:r><w:softHyphen/></w:r>{r('soons')}<w:r><w:noBreakHyphen/></w:r>{r('gegevens')}"
        f"<w:r><w:tab/></w:r>{r('en ')}<w:r><w:br/></w:r>{r('meer')}"
        "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>"
    )
    assert text(document) == ["persoons-gegevens en meer"]
    bullet = word(f"<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>{r(' naam en adres')}</w:p>" + p(SENTENCE))
    assert outline(bullet)[0] == "- naam en adres"


def test_line_breaks_part_a_bold_title_from_its_text() -> None:
    document = word(
        f"<w:p>{r('Bewaartermijn', '<w:b/>')}<w:r><w:br/></w:r>{r(SENTENCE)}</w:p>" + p("Wij delen niets met anderen.")
    )
    assert outline(document) == ["## Bewaartermijn", "p " + SENTENCE, "p Wij delen niets met anderen."]
    location = document.source_map.locate(document.blocks[1].start, document.blocks[1].end)
    assert (location.paragraph, location.column) == (1, len("Bewaartermijn") + 2)


def test_content_controls_formulas_and_the_strict_form_of_the_format() -> None:
    control = (
        f"<w:p><w:sdt><w:sdtContent>{r('Winkel De Ster')}</w:sdtContent></w:sdt>{r(' is verantwoordelijk.')}</w:p>"
    )
    assert text(word(control)) == ["Winkel De Ster is verantwoordelijk."]
    strict = read("a.docx", docx_bytes(p("Privacy", styled("Kop1")) + p(SENTENCE), namespace=STRICT, styles=STYLES))
    assert outline(strict) == ["# Privacy", "p " + SENTENCE]


def test_only_a_letterhead_that_says_something_is_read() -> None:
    document = docx(
        p("Privacybeleid") + p(SENTENCE),
        footer1=p("Pagina") + p("Winkel De Ster B.V., KvK 12345678"),
        header1=p("Beleid"),
    )
    assert text(document) == ["Privacybeleid", SENTENCE, "Winkel De Ster B.V., KvK 12345678"]


def test_paragraphs_count_as_word_counts_them() -> None:
    document = word(p("Een") + p("") + "<w:tbl>" + row("Twee", "Drie") + row("Vier", "5") + "</w:tbl>" + p("Zes"))
    places = {document.block_text(b): document.source_map.locate(b.start, b.end) for b in document.blocks}
    assert [places[word].paragraph for word in ("Een", "Twee", "Drie", "Vier", "5", "Zes")] == [1, 3, 4, 5, 6, 7]
    assert (places["Twee"].column, places["Twee"].end_column, places["Twee"].line) == (1, 5, None)
