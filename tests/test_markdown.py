"""Markdown as a visitor sees it, and where every word of it stands in the source."""

from __future__ import annotations

import pytest
from reading_helpers import headers, lead_in, markdown, outline

from policylint.document import Document
from policylint.reading.markdown_parser import parse_markdown

LONG = "Wij verwerken uw gegevens alleen om uw bestelling te leveren en om u daarover te berichten."


def place(document: Document, words: str) -> tuple[int, int]:
    found = document.source_map.place(document.text.index(words))
    return found.line, found.column


def test_headings_lists_and_lead_in() -> None:
    document = markdown(
        "# Privacy\n\n## Gegevens\n\nWij verwerken:\n\n* uw **naam**\n* uw adres\n  - straat\n* uw leeftijd\n"
    )
    assert outline(document) == [
        "# Privacy",
        "## Gegevens",
        "p Wij verwerken:",
        "- uw naam",
        "- uw adres",
        "- straat",
        "- uw leeftijd",
    ]
    assert lead_in(document, "straat") == "uw adres"
    assert lead_in(document, "uw leeftijd") == "Wij verwerken:"


def test_section_tree() -> None:
    document = markdown("# A\n\n## B\n\nx\n\n### C\n\ny\n\n## D\n\nz\n")
    titles = {section.title: section for section in document.sections}
    assert document.sections[0].level == 0 and document.sections[0].end == len(document.text)
    assert document.text[titles["B"].start : titles["B"].end] == "B\nx\nC\ny"
    assert [document.block_text(document.blocks[n]) for n in document.heading_path(document.blocks[4].section)] == [
        "A",
        "B",
        "C",
    ]


@pytest.mark.parametrize(
    "matter", ["---\ntitle: Geheim\n---\n", "+++\ntitle = 'Geheim'\n+++\n", "title: Geheim\n---\n"]
)
def test_front_matter_is_not_visible_and_lines_still_count(matter: str) -> None:
    document = markdown(f"{matter}# Privacy\n\nWij bewaren niets.\n")
    assert "Geheim" not in document.text
    assert place(document, "Privacy") == (matter.count("\n") + 1, 3)


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- Geheim\n\nook geheim -->",
        "<script>Geheim</script>",
        "{% include Geheim %}",
        "{# Geheim #}",
        "<% Geheim %>",
        "{{< Geheim >}}",
        "[vermelding](https://geheim.example 'Geheim')",
        "![Geheim](geheim.png)",
    ],
)
def test_what_no_visitor_reads(hidden: str) -> None:
    document = markdown(f"# Privacy\n\n{hidden}\n\nWij bewaren niets.\n")
    assert "eheim" not in document.text
    assert place(document, "bewaren") == (3 + hidden.count("\n") + 2, 5)


def test_a_placeholder_is_left_over_only_where_nothing_fills_it_in() -> None:
    assert "{{ naam }}" in markdown("# Privacy\n\nNeem contact op met {{ naam }} vandaag.\n").text
    tagged = markdown("---\ntitle: x\n---\n# Privacy\n\nNeem contact op met {{ naam }} vandaag.\n")
    assert "Neem contact op met vandaag." in tagged.text


def test_a_tag_that_is_a_slot_of_a_template_stays_visible() -> None:
    document = markdown(
        "Ons bedrijf is <bedrijfsnaam> te <b>Gent</b>, <company name>.\n\n<trans>Over</trans> <naam />\n"
    )
    assert document.text.splitlines()[0] == "Ons bedrijf is <bedrijfsnaam> te Gent, <company name>."
    assert "<trans>" not in document.text


def test_positions_within_a_line() -> None:
    document = markdown(
        "# Privacy\n\n> Zie *onze* [pagina over **cookies**](https://a.example/cookies) en\n> AT&amp;T, 1\\*2, `code` "
        "en <span>HTML</span> en <https://b.example>.\n"
    )
    assert (
        document.text.split("\n")[1] == "Zie onze pagina over cookies en AT&T, 1*2, code en HTML en https://b.example."
    )
    assert place(document, "onze") == (3, 8)
    assert place(document, "cookies") == (3, 29)
    assert place(document, "en AT") == (3, 67)
    assert place(document, "&T") == (4, 5)
    assert place(document, "*2") == (4, 15)
    assert place(document, "code") == (4, 20)
    assert place(document, "HTML") == (4, 35)
    assert place(document, "https://b") == (4, 51)


def test_links_keep_their_address() -> None:
    document = markdown('# Contact\n\n[Mail ons](mailto:info@zon.example) of bel <a href="tel:0101234567">ons</a>.\n')
    links = [(document.text[link.start : link.end], link.target) for link in document.links]
    assert links == [("Mail ons", "mailto:info@zon.example"), ("ons", "tel:0101234567")]


def test_table_headers() -> None:
    document = markdown("| Gegeven | Termijn |\n|---|---|\n| Naam | 2 jaar |\n| A \\| B | 1 jaar |\n")
    assert headers(document, "2 jaar") == ["Termijn", "Naam"]
    assert headers(document, "1 jaar") == ["Termijn", "A | B"]
    assert place(document, "1 jaar") == (4, 12)


def test_html_blocks() -> None:
    document = markdown(
        "# Privacy\n\n<h2>Cookies</h2>\n<p>Wij plaatsen&nbsp;cookies:</p>\n"
        "<ul><li>nodige<br>cookies</li><li>andere</li></ul>\n"
        "<table><tr><th>Naam</th></tr><tr><td>sid</td></tr></table>\n"
    )
    assert outline(document) == [
        "# Privacy",
        "## Cookies",
        "p Wij plaatsen\u00a0cookies:",
        "- nodige cookies",
        "- andere",
        "| Naam",
        "| sid",
    ]
    assert headers(document, "sid") == ["Naam"]


@pytest.mark.parametrize(
    "heading", ["**Cookies**", "**Cookies:**", "Wat doen wij met cookies?", "##Cookies", "**1. Cookies**", "2. Cookies"]
)
def test_headings_that_markdown_does_not_mark(heading: str) -> None:
    document = markdown(f"# Privacy\n\nWij zijn *Bakkerij Zon*.\n\n{heading}\n\n{LONG}\n")
    assert outline(document)[2] == "## " + heading.strip("*#")


def test_a_sentence_that_dashes_turned_into_a_heading_is_a_paragraph() -> None:
    assert outline(markdown(f"# Privacy\n\n{LONG}\n---\n\nMeer.\n"))[1] == f"p {LONG}"


def test_bold_sentence_is_a_paragraph() -> None:
    text = "# Privacy\n\n**Wij verkopen uw gegevens nooit aan anderen.**\n\nMeer staat hieronder.\n"
    assert outline(markdown(text))[1] == "p Wij verkopen uw gegevens nooit aan anderen."


def test_empty_heading_takes_the_line_below() -> None:
    assert outline(markdown(f"## \n Cookies\n\n{LONG}\n"))[0] == "## Cookies"


def test_links_within_the_page_are_contents() -> None:
    text = (
        f"# Privacy\n\n* [Cookies](#cookies)\n* [Rechten](#rechten)\n\n## Cookies\n\n{LONG}\n\n## Rechten\n\n{LONG}\n"
    )
    assert outline(markdown(text))[1:3] == ["c Cookies", "c Rechten"]


def test_numbered_list_with_sentences() -> None:
    document = markdown("# Privacy\n\nWij doen dit:\n\n1. Wij vragen uw naam.\n2. Wij bewaren die kort.\n")
    assert outline(document)[2:] == ["- Wij vragen uw naam.", "- Wij bewaren die kort."]
    assert place(document, "Wij bewaren") == (6, 4)


def test_soft_line_breaks_are_spaces() -> None:
    assert outline(markdown("# Privacy\n\nBakkerij Zon\nDorpsstraat 1\n1234 AB Ergens\n"))[1] == (
        "p Bakkerij Zon Dorpsstraat 1 1234 AB Ergens"
    )


def test_a_file_without_any_markdown_is_read_as_plain_text() -> None:
    text = "Privacybeleid\n\nCookies\n" + LONG + "\n"
    assert outline(markdown(text))[:2] == ["# Privacybeleid", "## Cookies"]


def test_indented_text_is_no_code() -> None:
    assert outline(markdown("# Privacy\n\n    Wij bewaren *niets* van u.\n"))[1] == "p Wij bewaren niets van u."


def test_items_keep_the_marker_of_the_source() -> None:
    document = markdown(
        "Wij delen met:\n\n1. de bank\n3. de vervoerder\n   1. in Nederland\n   2. in België\n- niemand anders\n"
    )
    assert [block.marker for block in document.blocks] == ["", "1.", "3.", "1.", "2.", "-"]


@pytest.mark.parametrize(
    "source",
    [
        f"# Titel\n\n{LONG}\nen verder  \nhier\n\n{LONG}",
        f"{LONG}\n- punt\n  meer\nlui\n\n  nog een\n\n> {LONG}\nlui\n\nslot",
        "Titel\n=====\n\nOnder\n-----\n\na | b\n--|--\nc | d\n\nEn *nadruk*, `code` en [een link](/x)\nhier",
        "1. een\n\n   twee\n10. drie\nvier\n    vijf\n\n        zes\n\u00a0zeven\n\nacht",
        "Zie [hier].\n\n[hier]: /adres\nregel\n<div>\nblok\n</div>\n\nregel\n***\nregel\n## kop\nregel",
    ],
)
def test_prose_is_parsed_as_by_all_rules_of_markdown(source: str) -> None:
    from markdown_it import MarkdownIt

    whole = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "text_join"])
    for ours, theirs in zip(parse_markdown(source, {}), whole.parse(source), strict=True):
        assert (ours.type, ours.level, ours.map, ours.content) == (
            theirs.type,
            theirs.level,
            theirs.map,
            theirs.content,
        )
        if ours.children:
            assert ours.children == theirs.children
        else:
            assert {child.type for child in theirs.children or ()} <= {"text", "softbreak", "hardbreak"}


def test_every_word_of_prose_has_its_place() -> None:
    document = markdown("Eerste regel  \n   tweede, ingesprongen regel\n\n> derde\n> vierde\nvijfde\n")
    assert [place(document, word) for word in ("tweede", "derde", "vierde", "vijfde")] == [
        (2, 4),
        (4, 3),
        (5, 3),
        (6, 1),
    ]
