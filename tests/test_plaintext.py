"""Plain text as people write it: headings, lists, wraps, tables and tables of contents without any markup."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reading_helpers import headers, lead_in, outline, plain

LONG = "Wij verwerken uw gegevens alleen om uw bestelling te leveren en om u daarover te berichten."


def test_title_sections_and_paragraphs() -> None:
    text = f"Privacybeleid\n\nCookies\n\n{LONG}\n\nUw rechten\n{LONG}\n{LONG}\n"
    assert outline(plain(text)) == [
        "# Privacybeleid",
        "## Cookies",
        f"p {LONG}",
        "## Uw rechten",
        f"p {LONG}",
        f"p {LONG}",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "1. Wie zijn wij",
        "1. Welke gegevens verzamelen wij:",
        "3 Bewaartermijnen",
        "Artikel 5 – Bewaartermijnen",
        "Article 5. Retention",
        "BEWAARTERMIJNEN",
        "Hoe lang bewaren we je gegevens?",
        "Delen van persoonsgegevens met derden",
        "Vernietiging van gegevens:",
    ],
)
def test_headings_without_markup(heading: str) -> None:
    document = plain(f"{LONG}\n\n{heading}\n\n{LONG}\n")
    assert outline(document)[1].lstrip("#") == f" {heading}"
    assert outline(document)[1].startswith("#")
    assert document.sections[document.blocks[2].section].title == heading


@pytest.mark.parametrize(
    "line",
    [
        "Wij verkopen uw gegevens niet.",
        "Wij verkopen uw gegevens niet",
        "Bakkerij Zonnebloem verkoopt uw gegevens niet!",
        "De gegevens zijn onrechtmatig verwerkt",
        "Artikel 6 AVG is de grondslag.",
        "1. Wij bewaren uw gegevens zeven jaar.",
        "2.1 Wij bewaren uw gegevens zeven jaar.",
        "info@zonnebloem.example",
        "Dorpsstraat 1, 1234 AB Ergens",
        "KvK-nummer: 12345678",
        "Laatst bijgewerkt: 1 mei 2024",
        "Wij gebruiken uw gegevens voor:",
        "Heeft u vragen? Mail ons.",
    ],
)
def test_sentences_and_data_are_no_headings(line: str) -> None:
    kinds = [text[0] for text in outline(plain(f"{LONG}\n\n{line}\n\n{LONG}\n"))]
    assert "#" not in kinds


def test_numbering_makes_levels() -> None:
    text = f"Privacy\n\n1. Gegevens\n{LONG}\n1.1 Cookies\n{LONG}\n1.1.1 Namen van cookies\n{LONG}\n2. Rechten\n{LONG}\n"
    levels = [line.split()[0] for line in outline(plain(text)) if line.startswith("#")]
    assert levels == ["#", "##", "###", "####", "##"]


def test_numbered_items_are_not_headings() -> None:
    document = plain("Wij delen gegevens met:\n1. Post Snel\n2. Bank Goed\n3. Drukkerij Fijn\n\nMeer delen wij niet.\n")
    assert outline(document)[1:4] == ["- Post Snel", "- Bank Goed", "- Drukkerij Fijn"]
    assert lead_in(document, "Bank Goed") == "Wij delen gegevens met:"


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "•", "· ", "– ", "o ", "a) ", "(i) ", "(1) ", "1. "])
def test_bullets(bullet: str) -> None:
    document = plain(f"Wij verwerken:\n{bullet}uw naam;\n{bullet}uw adres.\n")
    assert outline(document) == ["p Wij verwerken:", "- uw naam;", "- uw adres."]
    assert lead_in(document, "uw adres.") == "Wij verwerken:"


def test_nested_items_point_at_their_parent_and_then_back_at_the_list() -> None:
    document = plain("Wij delen met:\n- banken:\n  • Bank Goed\n  • Bank Beter\n- de post\n")
    assert lead_in(document, "Bank Beter") == "banken:"
    assert lead_in(document, "de post") == "Wij delen met:"


def test_lines_after_a_colon_are_an_enumeration_until_a_sentence_ends() -> None:
    document = plain("Wij verwerken:\n\nNaam\n\nAdres\n\nTelefoonnummer\n\nDeze gegevens bewaren wij zeven jaar.\n")
    assert {line[0] for line in outline(document)} == {"p"}
    assert lead_in(document, "Adres") == "Wij verwerken:"
    assert lead_in(document, "Telefoonnummer") == "Wij verwerken:"


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Bakkerij Zonnebloem verwerkt uw naam, uw adres en uw\n"
        "telefoonnummer omdat dit nodig is om de taart te kunnen\n"
        "bezorgen. Wij bewaren deze gegevens tot zes weken na de\n"
        "bezorging en wissen ze daarna uit onze administratie, en\n"
        "ook uit onze reservekopieën.\n"
        "\n"
        "Uw rechten\n"
        "U mag ons vragen welke gegevens wij van u hebben, en wij\n"
        "antwoorden daarop binnen een maand.\n"
    )
    blocks = outline(plain(text))
    assert len(blocks) == 3
    assert blocks[0].startswith("p Bakkerij Zonnebloem") and blocks[0].endswith("ook uit onze reservekopieën.")
    assert "en uw telefoonnummer omdat" in blocks[0]
    assert blocks[1].lstrip("#") == " Uw rechten"


def test_one_line_paragraphs_stay_apart() -> None:
    assert len(plain(f"{LONG}\n{LONG}\n{LONG}\n").blocks) == 3


def test_page_numbers_are_left_out_and_the_sentence_goes_on() -> None:
    line = "Wij verwerken uw gegevens om de overeenkomst uit te voeren en bewaren die"
    pages = "".join(f"{line}\nzeven jaar.\n\n{n}\n{line} ook\n\n\fdaarna.\nNog een regel.\n" for n in (1, 2, 3))
    text = plain(pages).text
    assert not any(part in ("1", "2", "3") for part in text.split("\n"))
    assert "bewaren die zeven jaar." in text


def test_underlined_headings() -> None:
    text = f"Privacy\n=======\n\nCookies\n-------\n{LONG}\n"
    assert outline(plain(text)) == ["# Privacy", "## Cookies", f"p {LONG}"]


def test_table_of_contents_is_no_evidence_and_no_heading() -> None:
    titles = ["Wie zijn wij?", "Welke gegevens?", "Hoe lang bewaren wij ze?", "Uw rechten"]
    text = "Privacybeleid\n\n" + "\n".join(titles) + "\n\n" + "".join(f"{title}\n\n{LONG}\n\n" for title in titles)
    blocks = outline(plain(text))
    assert blocks[1:5] == [f"c {title}" for title in titles]
    assert [line.lstrip("# ") for line in blocks if line.startswith("##")] == titles


def test_dot_leaders_make_contents() -> None:
    contents = "Inhoud\n1. Wie wij zijn ........ 2\n2. Cookies ............. 4\n"
    text = f"{contents}\n1. Wie wij zijn\n{LONG}\n2. Cookies\n{LONG}\n"
    assert outline(plain(text))[1:3] == ["c 1. Wie wij zijn", "c 2. Cookies"]


@pytest.mark.parametrize("separator", ["\t", " | ", "      "])
def test_tables(separator: str) -> None:
    rows = [("Gegeven", "Doel", "Termijn"), ("Naam", "levering", "2 jaar"), ("Foto", "pasje", "1 maand")]
    if separator.isspace() and separator != "\t":
        text = "\n".join("".join(cell.ljust(20) for cell in row) for row in rows)
    else:
        text = "\n".join(separator.join(row) for row in rows)
    document = plain(f"{LONG}\n\n{text}\n")
    assert headers(document, "1 maand") == ["Termijn", "Foto"]
    assert headers(document, "Foto") == ["Gegeven"]
    assert headers(document, "Doel") == []


def test_html_in_a_text_file_is_read_as_html() -> None:
    items = "<ul>\n<li>uw <b>naam</b> &amp; adres</li>\n<li>uw leeftijd</li>\n</ul>\n"
    text = f"<p>Wij verwerken:</p>\n{items}<p>Meer niet.</p>\n"
    document = plain(text)
    assert outline(document) == ["p Wij verwerken:", "- uw naam & adres", "- uw leeftijd", "p Meer niet."]
    assert lead_in(document, "uw leeftijd") == "Wij verwerken:"


def test_visible_text_drops_what_cannot_be_seen_and_composes_accents() -> None:
    document = plain("Pri\u00advacy\u200bbeleid \u202e van cafe\u0301\u00a0X,\t  e\u0301e\u0301n  pagina.")
    assert document.text == "Privacybeleid van café\u00a0X, één pagina."
    place = document.source_map.place(document.text.index("pagina"))
    assert (place.line, place.column) == (1, 41)


def test_positions_after_every_kind_of_line_end() -> None:
    document = plain("Een.\r\n\r\nTwee.\rDrie.\n\nVier.")
    places = [document.source_map.place(block.start) for block in document.blocks]
    assert [(place.line, place.column) for place in places] == [(1, 1), (3, 1), (4, 1), (6, 1)]


def test_blocks_are_joined_by_one_newline() -> None:
    document = plain(f"Privacy\n\n{LONG}\n\n- een\n- twee\n")
    assert all(after.start == before.end + 1 for before, after in pairwise(document.blocks))


def test_items_keep_their_marker() -> None:
    document = plain(
        "Wij delen met:\n\n1. de bank\n2. de vervoerder\n   a) in Nederland\n   b) in België\n\n• niemand anders\n"
    )
    assert [block.marker for block in document.blocks] == ["", "1.", "2.", "a)", "b)", "•"]
