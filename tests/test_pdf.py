"""PDF: reading order, paragraphs, structure, coverage."""

from __future__ import annotations

import pytest
from pdf_builders import LEADING, TOP, pdf, ruled_table, scan, text, together
from reading_helpers import headers, lead_in, outline
from reportlab.pdfgen.canvas import Canvas

from policylint.document import Document
from policylint.errors import UserError
from policylint.reading import read

LONG = "Wij verwerken uw persoonsgegevens voor het afhandelen van uw bestelling, voor het"


def reading(*pages, **options) -> Document:  # type: ignore[no-untyped-def]
    return read("policy.pdf", pdf(*pages, **options))


def where(document: Document, words: str) -> tuple[int | None, int, int]:
    place = document.source_map.place(document.text.index(words))
    return place.page, place.line, place.column


def test_lines_are_joined_and_keep_their_places() -> None:
    document = reading(
        text(LONG, "versturen van de nieuwsbrief en voor onze administratie.", "", "Wij delen niets."),
        text("Wij bewaren uw gegevens zeven jaar."),
    )
    assert outline(document) == [
        f"p {LONG} versturen van de nieuwsbrief en voor onze administratie.",
        "p Wij delen niets.",
        "p Wij bewaren uw gegevens zeven jaar.",
    ]
    assert where(document, "Wij verwerken") == (1, 1, 1)
    assert where(document, "nieuwsbrief") == (1, 2, 18)
    assert where(document, "Wij delen") == (1, 3, 1)
    assert where(document, "gegevens zeven") == (2, 1, 16)
    location = document.source_map.locate(0, len(LONG) + 10)
    assert (location.page, location.line, location.end_line) == (1, 1, 2)
    assert document.format == "pdf"


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("wie de verwer-", "kingsverantwoordelijke is", "wie de verwerkingsverantwoordelijke is"),
        ("stuur ons uw e-mail-", "adres en uw naam", "stuur ons uw e-mailadres en uw naam"),
        ("bij de in-", "en verkoop van boeken", "bij de in- en verkoop van boeken"),
        ("cookies from third-", "party advertisers", "cookies from third-party advertisers"),
        ("dien een AVG-", "verzoek in", "dien een AVG-verzoek in"),
        ("als u zich aan-", "meldt voor de nieuwsbrief", "als u zich aanmeldt voor de nieuwsbrief"),
    ],
)
def test_hyphens_at_the_end_of_a_line(before: str, after: str, joined: str) -> None:
    filler = "Dit is een regel die zo breed is als de andere regels van deze pagina en "
    assert joined in reading(text(filler + before, after + " zonder dat wij iets vragen.")).text


def test_a_hyphen_stays_where_the_text_itself_writes_the_word_so() -> None:
    filler = "We explain below how our well-known shop handles the data that it has: it is so very well-"
    assert "so very well-known in town" in reading(text(filler, "known in town that you can trust it.")).text


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    document = reading(
        text("Algemeen staat hier.", "", LONG + " verwerken van"),
        text("uw verzoeken om inzage.", "", "Een andere alinea."),
    )
    assert f"p {LONG} verwerken van uw verzoeken om inzage." in outline(document)
    assert where(document, "uw verzoeken") == (2, 1, 1)


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"Linkerkolom regel {n} gaat over uw rechten" for n in range(8)]
    right = [f"Rechterkolom regel {n} gaat over onze cookies" for n in range(8)]
    # Drawn line by line across both columns, so that the order of drawing is of no help.
    parts = []
    for n in range(8):
        parts += [text(left[n], y=700 - 14 * n, size=9), text(right[n], x=320, y=700 - 14 * n, size=9)]
    document = reading(together(text("Privacyverklaring van Bakkerij Zemelaar", size=20), *parts))
    assert outline(document) == [
        "# Privacyverklaring van Bakkerij Zemelaar",
        "p " + " ".join(left),
        "p " + " ".join(right),
    ]


def test_a_list_and_a_table_within_columns() -> None:
    lines = ["Deze kolom vertelt in gewone tekst wat", "wij doen met de gegevens die wij van u"]
    document = reading(
        together(
            text(*lines, *lines, x=50, y=700, size=10),
            ruled_table(ROWS, x=50, y=570, width=80),
            text("Hierna volgt nog een slot van de kolom.", x=50, y=550, size=10),
            text("U heeft het recht op:", x=320, y=697, size=10),
            text("•", "•", x=324, y=682, size=7),
            text(
                "inzage in alle gegevens die wij van u", "bezwaar tegen het gebruik van gegevens", x=338, y=683, size=10
            ),
            text(
                "Wij antwoorden binnen een maand op uw", "verzoek, en dat kost u helemaal niets.", x=320, y=640, size=10
            ),
        )
    )
    paragraph = " ".join(lines * 2)
    cells = [f"| {cell}" for row in ROWS for cell in row]
    assert outline(document) == [
        f"p {paragraph}",
        *cells,
        "p Hierna volgt nog een slot van de kolom.",
        "p U heeft het recht op:",
        "- inzage in alle gegevens die wij van u",
        "- bezwaar tegen het gebruik van gegevens",
        "p Wij antwoorden binnen een maand op uw verzoek, en dat kost u helemaal niets.",
    ]
    assert where(document, "Doel") == (1, 5, 1)


def test_a_sidebar_does_not_cut_into_the_text() -> None:
    main = [f"De hoofdtekst gaat in regel {n} verder over de gegevens die wij van u" for n in range(9)]
    side = ["Vragen? Bel ons nu op", "020 910 01 42 of loop", "even binnen."]
    document = reading(
        together(
            text(*main, y=700, size=10), *(text(line, x=440, y=693 - 17 * n, size=8) for n, line in enumerate(side))
        )
    )
    assert " ".join(main) in document.text
    assert "Bel ons nu op 020 910 01 42 of loop even binnen." in document.text


def test_headings_by_size_weight_and_number() -> None:
    document = reading(
        together(
            text("Privacyverklaring", size=22),
            text("Uw gegevens", y=740, size=16),
            text(LONG, "leveren van boeken.", y=715),
            text("Onze cookies", y=670, font="Helvetica-Bold"),
            text("Wij plaatsen alleen cookies die nodig zijn voor het winkelmandje.", y=655),
            text("3. Bewaartermijnen", y=620, font="Helvetica-Bold"),
            text("Wij bewaren uw gegevens zeven jaar na de laatste bestelling.", y=605),
        )
    )
    assert outline(document) == [
        "# Privacyverklaring",
        "## Uw gegevens",
        f"p {LONG} leveren van boeken.",
        "### Onze cookies",
        "p Wij plaatsen alleen cookies die nodig zijn voor het winkelmandje.",
        "### 3. Bewaartermijnen",
        "p Wij bewaren uw gegevens zeven jaar na de laatste bestelling.",
    ]


def test_a_heading_over_two_lines_is_one() -> None:
    document = reading(
        together(
            text("Hoe wij omgaan met de gegevens van onze klanten", "en van bezoekers van onze website", size=18),
            text(LONG, "leveren van boeken en voor niets anders.", y=700),
        )
    )
    assert outline(document)[0] == (
        "# Hoe wij omgaan met de gegevens van onze klanten en van bezoekers van onze website"
    )


def test_lists_with_their_lead_in_and_depth() -> None:
    document = reading(
        together(
            text("Wij verwerken deze gegevens:"),
            text("•", y=760, x=80),
            text("uw naam en uw adres, uw telefoonnummer en het nummer van uw klantenkaart, en", y=760, x=98),
            text("uw geboortedatum", y=746, x=98),
            text("o", y=732, x=110, font="Courier"),
            text("alleen het jaar", y=732, x=128),
            text("•", y=718, x=80),
            text("uw e-mailadres", y=718, x=98),
        )
    )
    long = "uw naam en uw adres, uw telefoonnummer en het nummer van uw klantenkaart, en uw geboortedatum"
    assert outline(document) == [
        "p Wij verwerken deze gegevens:",
        f"- {long}",
        "- alleen het jaar",
        "- uw e-mailadres",
    ]
    assert lead_in(document, "alleen het jaar") == long
    assert lead_in(document, "uw e-mailadres") == "Wij verwerken deze gegevens:"


def test_bullets_that_are_drawn() -> None:
    def dots(canvas: Canvas) -> None:
        for n in range(2):
            canvas.circle(80, 763.5 - LEADING * n, 2, fill=1, stroke=0)

    document = reading(
        together(text("U heeft het recht op:"), dots, text("inzage in uw gegevens", "bezwaar", x=90, y=760))
    )
    assert outline(document) == ["p U heeft het recht op:", "- inzage in uw gegevens", "- bezwaar"]


ROWS = [
    ["Doel", "Gegevens", "Bewaartermijn"],
    ["Bezorgen", "naam en adres", "twee jaar"],
    ["Nieuwsbrief", "e-mailadres", "tot afmelding"],
]


def test_items_that_end_in_commas_are_items() -> None:
    lines = (
        "Wij verwerken de volgende gegevens:",
        "a) uw naam,",
        "b) uw adres, en als u",
        "   dat geeft uw nummer,",
        "c) uw bankrekening.",
    )
    document = read("policy.pdf", pdf(text(*lines)))
    assert outline(document) == [
        "p Wij verwerken de volgende gegevens:",
        "- uw naam,",
        "- uw adres, en als u dat geeft uw nummer,",
        "- uw bankrekening.",
    ]


@pytest.mark.parametrize("reference", ["2.1 van deze verklaring", "Artikel 2.1 van deze verklaring"])
def test_a_reference_at_the_start_of_a_line_opens_no_clause(reference: str) -> None:
    before = "Wij gebruiken uw persoonsgegevens alleen voor de doelen die wij noemen in ons oude,"
    document = read(
        "policy.pdf", pdf(text(before, f"{reference} en in de voorwaarden die daarbij horen, en nergens anders."))
    )
    assert outline(document) == [f"p {before} {reference} en in de voorwaarden die daarbij horen, en nergens anders."]


def test_a_ruled_table() -> None:
    document = reading(together(text("Wat wij doen staat hieronder."), ruled_table(ROWS), text("Einde.", y=450)))
    assert outline(document)[1:4] == ["| Doel", "| Gegevens", "| Bewaartermijn"]
    assert headers(document, "twee jaar") == ["Bewaartermijn", "Bezorgen"]
    assert headers(document, "tot afmelding") == ["Bewaartermijn", "Nieuwsbrief"]
    assert outline(document)[-1] == "p Einde."


def test_a_cell_over_two_lines_stays_one() -> None:
    rows = [["Doel", "Grondslag"], ["Bezorgen van\nbestellingen", "overeenkomst\nmet u"], ["Reclame", "toestemming"]]
    document = reading(ruled_table(rows))
    assert headers(document, "overeenkomst met u") == ["Grondslag", "Bezorgen van bestellingen"]


def test_a_table_without_lines() -> None:
    columns = zip(*ROWS, strict=True)
    drawn = [text(*column, x=72 + 170 * n, y=700) for n, column in enumerate(columns)]
    document = reading(together(text("Wat wij doen staat hieronder."), *drawn))
    assert outline(document)[1:4] == ["| Doel", "| Gegevens", "| Bewaartermijn"]
    assert headers(document, "e-mailadres") == ["Gegevens", "Nieuwsbrief"]


def test_a_table_goes_on_on_the_next_page() -> None:
    rest = [ROWS[0], ["Fraude", "IP-adres", "90 dagen"]]
    document = reading(
        together(text("Tabel van wat wij doen."), ruled_table(ROWS, y=40)), ruled_table(rest, y=TOP - 40)
    )
    assert [line for line in outline(document) if line == "| Bewaartermijn"] == ["| Bewaartermijn"]
    assert headers(document, "90 dagen") == ["Bewaartermijn", "Fraude"]


def running(number: int, *lines: str):  # type: ignore[no-untyped-def]
    return together(
        text("Bakkerij Zemelaar B.V. - versie 3", y=815, size=8),
        text(*lines),
        text(f"Pagina {number} van 3", y=25, size=8),
    )


def test_running_heads_and_page_numbers_are_left_out() -> None:
    document = reading(
        running(1, LONG + " verwerken", "van uw klachten en van"),
        running(2, "uw vragen aan ons en aan de bakker."),
        running(3, "Wij delen uw gegevens met niemand."),
    )
    assert outline(document) == [
        f"p {LONG} verwerken van uw klachten en van uw vragen aan ons en aan de bakker.",
        "p Wij delen uw gegevens met niemand.",
        # Once, as it may say who wrote the policy and when.
        "p Bakkerij Zemelaar B.V. - versie 3",
    ]
    assert 0.2 < document.coverage.left_out < 0.4
    assert where(document, "Wij delen") == (3, 2, 1)


def test_the_only_line_of_a_page_is_no_running_head() -> None:
    assert outline(reading(text("Pagina 1"))) == ["p Pagina 1"]
    assert outline(reading(text("Privacy", y=815))) == ["p Privacy"]


def test_the_title_of_which_the_head_is_a_repetition_stays() -> None:
    document = reading(
        together(text("Privacy bij Zemelaar", y=800, size=20), text(LONG, "leveren van brood.", y=740)),
        *(together(text("Privacy bij Zemelaar", y=800, size=20), text(f"Dit is tekst {n}.", y=740)) for n in "abc"),
    )
    assert outline(document)[0] == "# Privacy bij Zemelaar"
    assert document.text.count("Privacy bij Zemelaar") == 1


def test_a_table_of_contents() -> None:
    document = reading(
        text("Inhoud", "", "1. Wie wij zijn ........................ 2", "2. Uw rechten ........................... 3"),
        text("1. Wie wij zijn", "Wij zijn Bakkerij Zemelaar B.V. te Deventer, en wij bakken brood."),
    )
    assert outline(document)[1:3] == ["c 1. Wie wij zijn", "c 2. Uw rechten"]


def test_links_lead_to_their_address() -> None:
    def link(canvas: Canvas) -> None:
        canvas.linkURL("https://toezicht.example/klacht", (72, 776, 190, 792))

    document = reading(together(text("Dien een klacht in. Wij helpen u daarbij."), link))
    (found,) = document.links
    assert found.target == "https://toezicht.example/klacht"
    assert document.text[found.start : found.end].startswith("Dien een klacht")


def test_footnotes_do_not_stand_in_the_text() -> None:
    def mark(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        words = "Wij vragen eerst uw toestemming"
        canvas.drawString(72, TOP, words)
        end = 72 + canvas.stringWidth(words, "Helvetica", 11)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(end, TOP + 4, "1")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(end + 6, TOP, "en wij bewaren die zorgvuldig en zo lang als")

    document = reading(
        together(mark, text("1 Zie artikel 7 AVG.", y=60, size=8)), text("dat nodig is.", "", "Meer leest u elders.")
    )
    assert outline(document)[:2] == [
        "p Wij vragen eerst uw toestemming en wij bewaren die zorgvuldig en zo lang als dat nodig is.",
        "p 1 Zie artikel 7 AVG.",
    ]


def test_ligatures_and_bullets_of_symbol_fonts() -> None:
    from policylint.reading.pdf_lines import clean
    from policylint.reading.pdf_words import Word

    def word(text: str, missing: int = 0) -> Word:
        return Word(text, 0, 0, 10, 10, 10, 10, 0, 0, -1, missing, 0)

    assert clean(word("con\ufb01dential"), False) == "confidential"
    assert clean(word("\uf0b7"), True) == "•"
    assert clean(word("co\u00a8ordinatie"), False) == "coo\u0308rdinatie"
    assert clean(word("$%", 2), False) == "\ufffd\ufffd"


def test_pages_without_text_are_counted() -> None:
    document = reading(text(LONG), text(LONG), scan)
    assert document.coverage.pages_without_text == 1


@pytest.mark.parametrize("pages", [(scan,), (text(LONG), scan, scan), (together(text("Scan 1"), scan),)])
def test_pictures_of_text_are_an_error(pages: tuple) -> None:  # type: ignore[type-arg]
    with pytest.raises(UserError) as caught:
        reading(*pages)
    assert caught.value.code == "no-text"
    assert "ocrmypdf" in caught.value.hint


def test_a_page_without_anything_is_an_error() -> None:
    with pytest.raises(UserError, match="holds no text"):
        reading(text())


def test_a_password_to_open_is_an_error_one_to_change_is_not() -> None:
    with pytest.raises(UserError) as caught:
        reading(text(LONG), user="geheim", owner="baas")
    assert caught.value.code == "encrypted"
    assert LONG in reading(text(LONG), owner="baas").text


def test_the_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", {}.get)
    with pytest.raises(UserError) as caught:
        reading(text(LONG))
    assert caught.value.code == "missing-extra"
    assert ".[pdf]" in caught.value.hint


def test_turned_pages_are_read_as_they_are_seen() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        text(LONG, "leveren van boeken.", y=500)(canvas)

    assert outline(reading(turned)) == [f"p {LONG} leveren van boeken."]


def test_text_that_stands_outside_its_page_is_no_text() -> None:
    with pytest.raises(UserError) as caught:
        read("policy.pdf", pdf(text("Wij verwerken uw gegevens.", x=2000)))
    assert caught.value.code == "no-text"


def test_a_stamp_across_the_page_is_left_out() -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(200, 200, "CONCEPT")
        canvas.restoreState()

    document = reading(together(text(LONG, "leveren van boeken."), stamp))
    assert outline(document) == [f"p {LONG} leveren van boeken."]
    assert document.coverage.left_out > 0
