"""The reader for OpenDocument texts, on files written part by part."""

from __future__ import annotations

from office_files import odt
from reading_helpers import headers, lead_in, outline

from policylint.document import Document

SENTENCE = "Wij bewaren uw gegevens zeven jaar en daarna niet meer."
STYLES = """
<style:style style:name="Kopje" style:family="paragraph" style:parent-style-name="Heading_20_2"/>
<style:style style:name="Vet" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Weg" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Lus" style:family="paragraph" style:parent-style-name="Lus"/>
<text:list-style style:name="Tel">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>
<text:list-style style:name="Punt"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>
"""


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*inside: str, style: str = "Punt", more: str = "") -> str:
    rows = "".join(f"<text:list-item>{one if one.startswith('<') else p(one)}</text:list-item>" for one in inside)
    return f'<text:list text:style-name="{style}" {more}>{rows}</text:list>'


def opened(text: str, **parts: str) -> Document:
    return odt(text, STYLES, **parts)


def text(document: Document) -> list[str]:
    return [document.block_text(block) for block in document.blocks]


def test_headings_by_element_style_and_bold() -> None:
    document = opened(
        '<text:h text:outline-level="1">Privacy</text:h>'
        + p("Bewaren", "Kopje")
        + p(SENTENCE)
        + p('<text:span text:style-name="Vet">Cookies</text:span>')
        + p("Wij plaatsen geen cookies op uw computer.", "Lus")
    )
    assert outline(document) == [
        "# Privacy",
        "## Bewaren",
        "p " + SENTENCE,
        "### Cookies",
        "p Wij plaatsen geen cookies op uw computer.",
    ]


def test_lists_with_their_depth_lead_in_and_further_paragraphs() -> None:
    nested = p("contactgegevens:") + items("naam", "adres")
    document = opened(p("Wij verwerken:") + items(nested, p("beeld") + p("Ook van de camera.")) + p("Dat was alles."))
    assert outline(document) == [
        "p Wij verwerken:",
        "- contactgegevens:",
        "- naam",
        "- adres",
        "- beeld",
        "p Ook van de camera.",
        "p Dat was alles.",
    ]
    assert lead_in(document, "adres") == "contactgegevens:"
    assert lead_in(document, "Ook van de camera.") == "beeld"


def test_counted_numbers_make_headings_clauses_and_items() -> None:
    clauses = "<text:list>" + "".join(
        f"<text:list-item>{p(one)}</text:list-item>"
        for one in ("Wij bewaren uw gegevens zeven jaar.", "Daarna niet meer.")
    )
    document = opened(
        items("Wie wij zijn", style="Tel")
        + p("Wij zijn Winkel De Ster en wij verkopen lampen.")
        + items(p("Uw gegevens") + clauses + "</text:list>", style="Tel", more='text:continue-numbering="true"')
        + p("Doe dit:")
        + items("Schrijf ons een brief.", "Wacht een maand.", style="Tel")
    )
    assert outline(document) == [
        "## Wie wij zijn",
        "p Wij zijn Winkel De Ster en wij verkopen lampen.",
        "## Uw gegevens",
        "p Wij bewaren uw gegevens zeven jaar.",
        "p Daarna niet meer.",
        "p Doe dit:",
        "- Schrijf ons een brief.",
        "- Wacht een maand.",
    ]


def test_tables_with_header_rows_and_merged_cells() -> None:
    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{p(words)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    document = opened(
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("Doel")
        + cell("Gegevens", 'table:number-columns-spanned="2"')
        + covered
        + cell("Termijn")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell("Bestellen", 'table:number-rows-spanned="2"')
        + cell("naam")
        + cell("adres")
        + cell("7 jaar")
        + f"</table:table-row><table:table-row>{covered}"
        + cell("rekening")
        + cell("", 'table:number-columns-repeated="999999999"')
        + "</table:table-row></table:table>"
    )
    assert headers(document, "adres") == ["Gegevens", "Bestellen"]
    assert headers(document, "7 jaar") == ["Termijn", "Bestellen"]
    assert headers(document, "rekening") == ["Gegevens", "Bestellen"]


def test_deleted_hidden_and_other_text_that_is_not_on_the_page() -> None:
    document = opened(
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("Geschrapt.")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            "Wij<text:change/> bewaren<office:annotation><text:p>Klopt dit?</text:p></office:annotation>"
            '<text:s text:c="3"/>'
            '<text:span text:style-name="Weg">niets<text:tab/></text:span>uw\n   gegevens<text:tab/>goed.'
        )
        + '<text:section text:display="none">'
        + p("Verborgen.")
        + "</text:section>"
        + p("Pagina <text:page-number>3</text:page-number>")
    )
    assert text(document) == ["Wij bewaren uw gegevens goed.", "Pagina"]


def test_notes_text_boxes_links_and_contents() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>" + p("De noot.")
    box = "<draw:frame><draw:text-box>" + p("In het kader.") + "</draw:text-box></draw:frame>"
    document = opened(
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>x</text:index-title-template>"
        "</text:table-of-content-source><text:index-body>"
        + p("Cookies<text:tab/>2")
        + "</text:index-body></text:table-of-content>"
        + p(f'Tekst{note}</text:note-body></text:note>{box} en <text:a xlink:href="https://a.example">meer</text:a>.')
        + p("Slot.")
    )
    assert outline(document) == ["c Cookies 2", "p Tekst en meer.", "p In het kader.", "p Slot.", "p De noot."]
    (link,) = document.links
    assert (document.text[link.start : link.end], link.target) == ("meer", "https://a.example")
    assert [document.source_map.place(block.start).line for block in document.blocks] == [1, 2, 4, 3, 5]


def test_only_a_letterhead_that_says_something_is_read() -> None:
    document = opened(p(SENTENCE), master=f"<style:footer>{p('Beleid')}{p('Stichting De Ster, KvK 1')}</style:footer>")
    assert text(document) == [SENTENCE, "Stichting De Ster, KvK 1"]
