"""The report for people: its words in both languages, its shape, and that quoted text stays harmless."""

from __future__ import annotations

import io
import re
from dataclasses import fields, is_dataclass, replace

import pytest
from hand_made_result import ACCEPTED, FAILED, HEDGED, RETENTION, WEBSHOP, evidence, requirement, run_of

from policylint.document import Location
from policylint.report.articles import cited
from policylint.report.doubt import Doubt, needs_a_human
from policylint.report.lines import Style, cells, plain, wrap
from policylint.report.page import Detail, Page, listed
from policylint.report.priorities import priorities
from policylint.report.quotes import Excerpt, excerpt, shorten, visible
from policylint.report.terminal import write_findings, write_report
from policylint.report.wording import DUTCH, ENGLISH, Wording
from policylint.result import Applies, Failure, Finding, Judgement, Jurisdiction, Law, Severity, Status, Subject

WIDE = Page(width=120)


def report(*documents: Judgement, page: Page = WIDE) -> str:
    stream = io.StringIO()
    write_report(run_of(*documents), stream, page)
    return stream.getvalue()


def without_escapes(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


DUTCH_REPORT = """\
beleid/zonnekorrel.txt
  Tekst            privacyverklaring, 1.843 woorden
  Taal             Nederlands (97 %), Engels (3 %)
  Nationaal recht  Nederland: de tekst noemt de Autoriteit Persoonsgegevens (regel 71)
  Peildatum        24 november 2025
  Gelezen          12.678 tekens (Windows-1252); 3 onleesbare tekens vervangen; 2 tekens verminkt door een verkeerde
                   tekenset; 4 % van het bestand is niet als tekst gelezen
  Niet beoordeeld  of de praktijk klopt met de tekst, en wat achter links staat
  Vereisten        ++~--- 2 vermeld, 1 vaag, 3 niet gevonden, 2 niet van toepassing
  Bevindingen      2 fouten, 2 waarschuwingen

Eerst te doen
  1. Niet gevonden: Recht op rectificatie; Recht op overdraagbaarheid.
     Wat te doen  Noem het recht met zoveel woorden, zonder voorwaarden die de wet niet stelt.
     Voorbeeld    U hebt recht op rectificatie (artikel 16 AVG).
                  U hebt recht op overdraagbaarheid (artikel 20 AVG).
  2. De bewaartermijn blijft vaag (regel 41).
     Wat te doen  Noem per soort gegevens een termijn, of het criterium waaruit de termijn volgt.
     Voorbeeld    Wij bewaren uw bestelgegevens zeven jaar, omdat de belastingwet dat vereist. Uw account verwijderen
                  wij twee jaar na uw laatste bestelling.
  3. Een recht wordt onder een voorbehoud gegeven dat de wet niet kent (regel 54).
     Wat te doen  Laat het voorbehoud weg.
     Voorbeeld    Inzage is kosteloos.

Vereisten
  niet gevonden  Recht op rectificatie; Recht op overdraagbaarheid
  niet gevonden  Geautomatiseerde besluitvorming     Menselijk oordeel nodig over de vraag of dit geldt: de tekst
                                                       spreekt van profielen (regel 33)
  vaag           Bewaartermijn                       regel 41: Hoe lang bewaren wij uw gegevens? › “Wij bewaren uw
                                                       gegevens «niet langer dan noodzakelijk» is voor de doelen die
                                                       hierboven staan [art. 6].”
  vermeld        Verwerkingsverantwoordelijke en     regel 3: “«Bakkerij Zonnekorrel B.V., Dorpsstraat 12, 3511 AB
                 contactgegevens                       Utrecht», is verantwoordelijk voor de verwerking.”
                                                     ook regel 7
  vermeld        Recht op inzage                     regel 54: “«U kunt uw gegevens inzien», waarvoor wij kosten in
                                                       rekening kunnen brengen.”
                                                     zie de bevinding hedged-rights (regel 54)

Niet van toepassing
  Gerechtvaardigd belang: de tekst beroept zich niet op deze grondslag
  Minderjarigen: de winkel richt zich tot bedrijven (regel 5)

Fouten

beleid/zonnekorrel.txt:41:5: error retention De bewaartermijn blijft vaag.
    Hoe lang bewaren wij uw gegevens? › “Wij bewaren uw gegevens «niet langer dan noodzakelijk» is voor de doelen die
    hierboven staan [art. 6].”
    Waarom          De betrokkene moet weten hoe lang zijn gegevens bewaard worden, of aan de hand van welke criteria
                    dat bepaald wordt. De formule uit de wet zelf zegt daar niets over.
    Wat te doen     Zie 2 onder “Eerst te doen”.
    Bepaling        AVG art. 13 lid 2 onder a

beleid/zonnekorrel.txt:52:1: error rights 2 bevindingen die bij elkaar horen
    - right-rectification  Het recht op rectificatie is niet gevonden.
    - right-portability    Het recht op overdraagbaarheid is niet gevonden.
    Hoort onder     Uw rechten
    Waarom          De betrokkene moet over elk van zijn rechten worden geïnformeerd.
    Wat te doen     Zie 1 onder “Eerst te doen”.
    Bepaling        AVG art. 13 lid 2 onder b

Waarschuwingen

beleid/zonnekorrel.txt:54:1: warning hedged-rights Een recht wordt onder een voorbehoud gegeven dat de wet niet kent.
    “U kunt uw gegevens inzien, «waarvoor wij kosten in rekening kunnen brengen».”
    Zie ook         regel 88: “Inzage kost u niets.” Hier staat het tegendeel.
    Waarom          Het recht op inzage bestaat rechtens; een bijdrage in de kosten mag alleen bij kennelijk ongegronde
                    of buitensporige verzoeken.
    Wat te doen     Zie 3 onder “Eerst te doen”.
    Bepaling        AVG art. 12 lid 5
                    De datum en de vervanging zijn nog niet geverifieerd.

Bewust aanvaard
  outdated-term (regel 60): citaat uit een brief van 2009, door m.devries, tot en met 30 juni 2026

Dit rapport geeft weer wat er in de tekst staat; het is geen juridisch advies.
"""

ENGLISH_SHOP = Judgement(
    path="policy.md",
    kind="policy",
    language="en",
    report_language="en",
    languages=(("en", 1.0),),
    jurisdiction=Jurisdiction("UK", "the text names the ICO", Location(9, 1, 9, 4)),
    words=2001,
    characters=1234,
    encoding="utf-8",
    requirements=(
        requirement(
            "retention", "Retention", Status.MET, evidence("We keep invoices for seven years.", "seven years", 4)
        ),
    ),
)

ENGLISH_REPORT = """\
policy.md
  Text          privacy policy, 2,001 words
  Language      English
  National law  United Kingdom: the text names the ICO (line 9)
  Law as of     24 November 2025
  Read          1,234 characters
  Not judged    whether practice matches the text, and what links lead to
  Requirements  + 1 stated, 0 vague, 0 not found
  Findings      none

Requirements
  stated     Retention
             line 4: “We keep invoices for «seven years».”

This report tells what the text says; it is not legal advice.
"""


def test_whole_dutch_report() -> None:
    assert report(WEBSHOP) == DUTCH_REPORT


def test_whole_english_report_on_a_narrow_page() -> None:
    assert report(ENGLISH_SHOP, page=Page(width=80)) == ENGLISH_REPORT


def test_colour_changes_the_look_and_no_word() -> None:
    coloured = report(WEBSHOP, page=Page(width=120, colour=True))
    unmarked = re.sub("[«»]", "", DUTCH_REPORT)
    assert without_escapes(coloured).split() == unmarked.split()
    assert "\x1b[1;4mniet langer dan noodzakelijk\x1b[0m" in coloured
    assert "\x1b[31mniet gevonden" in coloured


@pytest.mark.parametrize("width", [60, 80, 120, 160])
def test_lines_keep_to_the_width_of_a_terminal(width: int) -> None:
    lines = report(WEBSHOP, FAILED, page=Page(width=width, wrap_places=True)).splitlines()
    assert max(map(len, lines)) <= width


def test_first_line_of_a_finding_stays_whole_for_grep() -> None:
    lines = report(WEBSHOP, page=Page(width=60)).splitlines()
    start = "beleid/zonnekorrel.txt:54:1: warning hedged-rights "
    assert f"{start}Een recht wordt onder een voorbehoud gegeven dat de wet niet kent." in lines


def test_brief_report_has_one_line_per_open_finding_and_failure() -> None:
    stream = io.StringIO()
    write_findings(run_of(WEBSHOP, FAILED), stream, Page())
    assert stream.getvalue() == (
        "beleid/zonnekorrel.txt:41:5: error retention De bewaartermijn blijft vaag.\n"
        "beleid/zonnekorrel.txt:52:1: warning right-portability Het recht op overdraagbaarheid is niet gevonden.\n"
        "beleid/zonnekorrel.txt:52:1: error right-rectification Het recht op rectificatie is niet gevonden.\n"
        "beleid/zonnekorrel.txt:54:1: warning hedged-rights"
        " Een recht wordt onder een voorbehoud gegeven dat de wet niet kent.\n"
        "beleid/scan.pdf: error no-text Geen leesbare tekst gevonden.\n"
    )


def test_several_documents_end_in_a_total() -> None:
    assert report(WEBSHOP, FAILED).endswith(
        """
beleid/scan.pdf: error no-text Geen leesbare tekst gevonden.
    Wat te doen  Laat de scan eerst door tekstherkenning gaan.

Totaal: 2 documenten; bevindingen: 2 fouten, 2 waarschuwingen; 1 document niet gecontroleerd.
Dit rapport geeft weer wat er in de tekst staat; het is geen juridisch advies.
"""
    )


def test_a_mixed_run_closes_in_english() -> None:
    last = report(WEBSHOP, ENGLISH_SHOP).splitlines()[-2:]
    assert last == [
        "Total: 2 documents; findings: 2 errors, 2 warnings.",
        "This report tells what the text says; it is not legal advice.",
    ]


def test_a_failure_alone_says_what_and_what_to_do() -> None:
    assert report(FAILED) == (
        "beleid/scan.pdf: error no-text Geen leesbare tekst gevonden.\n"
        "    What to do  Laat de scan eerst door tekstherkenning gaan.\n"
        "\n"
        "This report tells what the text says; it is not legal advice.\n"
    )


def test_verbose_adds_where_to_read_the_law() -> None:
    url = "https://eur-lex.europa.eu/eli/reg/2016/679/oj#012.005"
    assert url in report(WEBSHOP, page=Page(detail=Detail.FULL))
    assert url not in report(WEBSHOP)


def test_one_problem_in_several_places_is_told_once() -> None:
    first = replace(HEDGED, group="hedges", related=(), location=Location(12, 3, 12, 9))
    second = replace(first, quote="U kunt misschien bezwaar maken.", focus=(7, 16), location=Location(19, 1, 19, 7))
    text = report(replace(WEBSHOP, findings=(first, second)))
    assert (
        " hedged-rights Een recht wordt onder een voorbehoud gegeven dat de wet niet kent.\n"
        "    regel 12: “U kunt uw gegevens inzien, «waarvoor wij kosten in rekening kunnen brengen».”\n"
        "    regel 19: “U kunt «misschien» bezwaar maken.”\n"
    ) in text
    assert text.count("Laat het voorbehoud weg.") == 1


def test_a_group_with_quotes_shows_each_with_its_place() -> None:
    first = replace(HEDGED, group="hedges", related=(), location=Location(12, 3, 12, 9))
    second = replace(
        first,
        rule="id-copy",
        quote="U kunt misschien bezwaar maken.",
        focus=(7, 16),
        location=Location(19, 1, 19, 7),
    )
    text = report(replace(WEBSHOP, findings=(first, second)))
    assert (
        "zonnekorrel.txt:12:3: warning hedges 2 bevindingen die bij elkaar horen\n"
        "    - hedged-rights  Een recht wordt onder een voorbehoud gegeven dat de wet niet kent. (regel 12)\n"
        "                     “U kunt uw gegevens inzien, «waarvoor wij kosten in rekening kunnen brengen».”\n"
        "    - id-copy        Een recht wordt onder een voorbehoud gegeven dat de wet niet kent. (regel 19)\n"
        "                     “U kunt «misschien» bezwaar maken.”\n"
    ) in text
    assert text.count("Laat het voorbehoud weg.") == 1


def test_a_format_without_lines_shows_page_and_paragraph() -> None:
    place = Location(None, None, None, None, page=3, paragraph=7)
    shown = replace(evidence("Zeven jaar.", "Zeven jaar", 1), location=place)
    text = report(
        replace(
            WEBSHOP,
            requirements=(requirement("retention", "Bewaartermijn", Status.MET, shown),),
            findings=(replace(RETENTION, location=place),),
        )
    )
    assert "pagina 3, alinea 7: “«Zeven jaar».”" in text
    assert "beleid/zonnekorrel.txt: error retention De bewaartermijn" in text


@pytest.mark.parametrize("colour", [False, True])
def test_quoted_text_steers_neither_terminal_nor_markup(colour: bool) -> None:
    quote = "[bold]x[/bold] [/foo] :smile: \x1b]0;owned\x07 \x9b31m \u202egnihton \u200b[art. 6]\r\nend"
    shown = evidence(quote, "owned", 1)
    hostile = replace(
        WEBSHOP,
        path="a\x1b[31m.txt",
        requirements=(requirement("retention", "\x1b[1mTitle", Status.MET, shown),),
        findings=(replace(RETENTION, message="\x1b[2Jmessage", quote=quote, focus=(0, 0)),),
    )
    text = report(hostile, page=Page(width=160, colour=colour))
    text = without_escapes(text) if colour else text
    safe = "“[bold]x[/bold] [/foo] :smile: ␛]0;owned␇ �31m gnihton [art. 6] end”"
    assert safe in text
    assert text.startswith("a␛[31m.txt\n")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", text)


@pytest.mark.parametrize("command", ["::error file=x::y", "##[error]y", "##vso[task.complete]y", "::stop-commands::y"])
def test_quoted_text_is_no_command_to_a_build_service(command: str) -> None:
    hostile = replace(WEBSHOP, findings=(replace(RETENTION, quote=f"{'x' * 90} {command}", focus=(0, 0)),))
    lines = report(hostile, page=Page(width=100)).splitlines()
    assert any("y”" in line for line in lines)
    assert not any(line.lstrip().startswith("::") or re.search(r"##\w*\[", line) for line in lines)


def test_visible_leaves_colons_that_are_no_command() -> None:
    assert visible("2001:db8::1, ::1, a::b") == "2001:db8::1, ::1, a::b"


def test_visible_keeps_letters_and_shows_controls() -> None:
    assert visible("café\tnaïef – €") == "café naïef – €"
    assert visible("a\x00b\x7fc\ud800d\U000e0041e\u2066f") == "a␀b␡c�def"


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (100, Excerpt("Een twee drie vier ", "vijf zes", " zeven acht negen tien.")),
        (30, Excerpt("… vier ", "vijf zes", " zeven acht …")),
        (10, Excerpt("… ", "vijf zes", " …")),
    ],
)
def test_long_quotes_are_cut_at_words_around_the_focus(limit: int, expected: Excerpt) -> None:
    quote = "Een twee drie vier vijf zes zeven acht negen tien."
    assert excerpt(quote, (19, 27), limit) == expected


def test_a_long_focus_keeps_its_two_ends() -> None:
    quote = "Een twee drie vier vijf zes zeven acht negen tien."
    assert excerpt(quote, (4, 33), 24) == Excerpt("… ", "twee drie … zes zeven", " …")


def test_a_very_long_quote_stays_short() -> None:
    quote = "a" * 5000 + " kern " + "b" * 5000
    part = excerpt(quote, (5001, 5005), 100)
    assert part.focus == "kern"
    assert len(part.before + part.focus + part.after) <= 104
    assert len(excerpt(quote, (0, len(quote)), 100).focus) <= 100
    assert len(shorten(quote, 50)) <= 50


@pytest.mark.parametrize("width", [1, 12, 30, 200])
def test_words_wrap_alike_whether_or_not_each_character_takes_a_column(width: int) -> None:
    label = (("  1. ", Style.ERROR),)
    simple = [
        ("Uw «gegevens", Style.TITLE),
        ("» staan op ", Style.PLAIN),
        ("shop.example/privacyverklaring. ", Style.DIM),
    ]
    # A tab is taken for the space that it is, and makes the words no simple ones.
    others = [(text.replace(" ", "\t"), style) for text, style in simple]
    lines = list(wrap(simple, width, label, 5))
    assert [plain(line) for line in lines] == [plain(line) for line in wrap(others, width, label, 5)]
    assert plain(lines[-1]).endswith("shop.example/privacyverklaring.")


def test_wrapping_keeps_addresses_whole_and_counts_wide_characters() -> None:
    lines = [plain(line) for line in wrap([("zie https://voorbeeld.example/lang nu", Style.PLAIN)], 12, indent=2)]
    assert lines == ["zie", "  https://voorbeeld.example/lang", "  nu"]
    assert cells("漢字é") == 5


def test_a_group_of_very_many_members_ends() -> None:
    many = tuple(replace(HEDGED, rule=f"r-{number}", group="one", related=()) for number in range(500))
    lines = report(replace(WEBSHOP, findings=many)).splitlines()
    assert "    en op nog 490 plaatsen" in lines
    assert not any("r-17 " in line for line in lines)


def test_of_very_many_accepted_findings_the_rest_is_counted() -> None:
    many = tuple(replace(ACCEPTED, fingerprint=str(number)) for number in range(250))
    assert "  en nog 150; --detail full toont alles" in report(replace(WEBSHOP, findings=many)).splitlines()


@pytest.mark.parametrize("language", ["nl", None])
def test_a_failure_is_told_in_the_language_of_the_report(language: str | None) -> None:
    failure = Failure("encrypted", "this PDF is locked with a password", "Save a copy without it.")
    text = report(Judgement("a.pdf", failure=failure, report_language=language))
    dutch = "a.pdf: error encrypted Deze PDF is met een wachtwoord beveiligd.\n    Wat te doen  "
    assert (dutch in text) == (language == "nl")
    assert ("locked with a password" in text) == (language is None)


def words_of(wording: Wording) -> list[tuple[str, str]]:
    """Every text of a wording with the path to it."""
    found: list[tuple[str, str]] = []

    def collect(name: str, value: object) -> None:
        if isinstance(value, str):
            found.append((name, value))
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                collect(f"{name}.{number}", part)
        elif isinstance(value, dict):
            for key, part in value.items():
                collect(f"{name}.{key}", part)
        elif is_dataclass(value):
            for field in fields(value):
                collect(f"{name}.{field.name}", getattr(value, field.name))

    collect("", wording)
    return found


def test_both_languages_are_complete_with_the_same_blanks() -> None:
    dutch, english = dict(words_of(DUTCH)), dict(words_of(ENGLISH))
    assert dutch.keys() == english.keys()
    assert all(text.strip() for text in (*dutch.values(), *english.values()))
    assert {name: text.count("{}") for name, text in dutch.items()} == {
        name: text.count("{}") for name, text in english.items()
    }
    for wording in (DUTCH, ENGLISH):
        assert set(wording.statuses) == set(Status)
        assert set(wording.severities) == set(wording.severity_titles) == set(Severity)


@pytest.mark.parametrize("wording", [DUTCH, ENGLISH])
def test_words_fit_a_windows_console_and_never_promise_compliance(wording: Wording) -> None:
    text = " ".join(text for _, text in words_of(wording))
    text.encode("cp1252")
    assert not re.search(r"complian|conform|voldoet", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("reference", "language", "expected"),
    [
        ("GDPR art. 13(2)(a)", "nl", "art. 13 lid 2 onder a AVG"),
        ("GDPR art. 21", "nl", "art. 21 AVG"),
        ("GDPR art. 12(1)", "nl", "art. 12 lid 1 AVG"),
        ("GDPR art. 4(11)", "nl", "art. 4 onder 11 AVG"),
        ("GDPR arts. 15-22", "nl", "artt. 15-22 AVG"),
        ("GDPR art. 4(1), recitals 26 and 30", "nl", "art. 4 onder 1 AVG, overwegingen 26 en 30"),
        ("Directive 2002/58/EC art. 5(3)", "nl", "art. 5 lid 3 Richtlijn 2002/58/EG"),
        ("CJEU C-582/14 (Breyer)", "nl", "HvJ EU C-582/14 (Breyer)"),
        ("Decision (EU) 2021/914", "nl", "Uitvoeringsbesluit (EU) 2021/914"),
        ("CJEU C-582/14 (Breyer)", "en", "CJEU C-582/14 (Breyer)"),
        ("GDPR art. 13(2)(a)", "en", "GDPR art. 13(2)(a)"),
        ("UAVG art. 5 (NL)", "nl", "art. 5 UAVG (NL)"),
    ],
)
def test_an_article_is_cited_as_lawyers_do(reference: str, language: str, expected: str) -> None:
    assert cited(reference, language) == expected


# What to fix first, how much is told, and for whom


def problem(number: int, **changes: object) -> Finding:
    """One finding of many, each of its own rule."""
    return replace(HEDGED, rule=f"rule-{number}", fingerprint=f"{number:016x}", **changes)  # type: ignore[arg-type]


def test_what_to_fix_first_is_at_most_five_heaviest_first_and_never_a_note() -> None:
    notes = [problem(number, severity=Severity.INFO) for number in range(3)]
    warnings = [problem(number, severity=Severity.WARNING) for number in range(3, 9)]
    error = problem(9, severity=Severity.ERROR, family="clarity")
    chosen = priorities([*notes, *warnings, error])
    assert [entry.first.rule for entry in chosen] == ["rule-9", "rule-3", "rule-4", "rule-5", "rule-6"]
    assert priorities(notes) == ()


def test_of_equal_weight_what_is_missing_goes_first_and_most_findings_before_few() -> None:
    unfair = problem(1, severity=Severity.ERROR, family="unfair")
    missing = problem(2, severity=Severity.ERROR, family="requirements")
    rights = [problem(number, severity=Severity.ERROR, family="requirements", group="rights") for number in (3, 4)]
    law = (Law("GDPR art. 13(2)(a)", "https://law.example"),)
    listed = problem(5, severity=Severity.ERROR, family="requirements", law=law)
    found = priorities([unfair, missing, *rights, listed])
    assert [entry.first.rule for entry in found] == ["rule-5", "rule-3", "rule-2", "rule-1"]


def test_sources_say_themselves_that_nobody_verified_them() -> None:
    law = (Law("GDPR art. 12(1)", "https://law.example"), Law("GDPR art. 5(2)", "https://law.example", verified=False))
    document = replace(WEBSHOP, findings=(problem(1, law=law, verified=False),))
    text = report(document, page=replace(WIDE, detail=Detail.FULL))
    assert "art. 12 lid 1 AVG; art. 5 lid 2 AVG (nog niet geverifieerd)" in text
    assert text.count("https://law.example") == 1
    assert "De datum en de vervanging" not in text


def test_of_what_warns_a_vague_requirement_goes_before_a_missing_one() -> None:
    missing = problem(1, severity=Severity.WARNING, family="requirements", status=Status.MISSING)
    vague = problem(2, severity=Severity.WARNING, family="requirements", status=Status.VAGUE)
    assert [entry.first.rule for entry in priorities([missing, vague])] == ["rule-2", "rule-1"]


def test_a_summary_is_the_head_what_to_fix_first_and_every_gap_by_name() -> None:
    summary = report(WEBSHOP, page=replace(WIDE, detail=Detail.SUMMARY))
    whole = DUTCH_REPORT
    gaps = """
Alles wat niet gevonden of vaag is
  niet gevonden  Recht op rectificatie; Recht op overdraagbaarheid; Geautomatiseerde besluitvorming (geldt mogelijk)
  vaag           Bewaartermijn (regel 41)

Zonder --detail summary volgt elke bevinding, met zin, artikel en voorbeeldtekst.
"""
    assert summary == whole[: whole.index("\nVereisten\n")] + gaps + whole[whole.index("\nDit rapport") :]


def test_places_that_hold_commas_are_told_apart() -> None:
    assert listed(["line 3", "line 5"]) == "line 3, line 5"
    assert listed(["page 1, line 3", "page 2, line 5"]) == "page 1, line 3; page 2, line 5"


def test_a_summary_without_gaps_promises_nothing_more() -> None:
    summary = report(replace(WEBSHOP, requirements=(), findings=()), page=replace(WIDE, detail=Detail.SUMMARY))
    assert "Alles wat" not in summary and "--detail" not in summary


def test_a_plain_report_has_nothing_side_by_side_and_no_marks() -> None:
    text = report(WEBSHOP, page=replace(WIDE, plain=True))
    assert "«" not in text and "++~---" not in text
    assert not re.search(r"\S {2,}\S", text)
    assert "Vereisten: 2 vermeld, 1 vaag, 3 niet gevonden, 2 niet van toepassing" in text
    assert "vaag: Bewaartermijn\n" in text
    assert "(Beslissend: “niet langer dan noodzakelijk”)" in " ".join(text.split())


@pytest.mark.parametrize("width", [20, 40])
def test_a_narrow_plain_page_breaks_at_its_width(width: int) -> None:
    page = Page(width, wrap_places=True, plain=True)
    for line in report(WEBSHOP, page=page).splitlines():
        assert cells(line) <= width or len(line.split()) <= 2  # a mark and a word


@pytest.mark.system
def test_ten_thousand_findings_are_told_in_few_lines_unless_all_are_asked_for() -> None:
    many = replace(WEBSHOP, findings=tuple(problem(number) for number in range(10_000)))
    lines = report(many).splitlines()
    assert len(lines) < 700
    assert "en nog 9.960 bevindingen; --detail full toont alles" in lines
    repeated = tuple(replace(problem(number), rule="one", group="one") for number in range(10_000))
    assert "en op nog 9.990 plaatsen" in report(replace(WEBSHOP, findings=repeated))
    assert len(report(many, page=replace(WIDE, detail=Detail.FULL)).splitlines()) > 10_000


def test_an_explanation_that_findings_share_is_given_once() -> None:
    first = problem(1, severity=Severity.INFO, why="What all share.\nThe first alone.", advice="Act.", model="")
    second = problem(2, severity=Severity.INFO, why="What all share.\nThe second alone.", advice="Act.", model="")
    third = problem(3, severity=Severity.INFO, why="What all share.", advice="Act differently.", model="")
    text = report(replace(WEBSHOP, findings=(first, second, third)))
    for once in ("What all share.", "The first alone.", "The second alone.", "Act differently."):
        assert text.count(once) == 1
    pointers = re.findall(r"(Waarom|Wat te doen) +Zie hierboven bij (rule-\d)", text)
    assert pointers == [("Wat te doen", "rule-1"), ("Waarom", "rule-1")]


@pytest.mark.parametrize(
    ("changes", "document", "doubt"),
    [
        ({"applies": Applies.UNCLEAR, "reason": "because"}, {}, Doubt.MAY_APPLY),
        ({"applies": Applies.UNCLEAR, "reason": "because", "status": Status.MET}, {}, None),
        ({}, {"left_out": 0.0, "languages": (("nl", 1.0),)}, None),
        ({}, {"pages_without_text": 1}, Doubt.UNREAD),
        ({"status": Status.VAGUE}, {"pages_without_text": 1}, None),
        ({}, {"left_out": 0.5}, Doubt.UNREAD),
        ({}, {"languages": (("nl", 0.7), ("en", 0.3))}, Doubt.OTHER_LANGUAGE),
        ({"applies": Applies.NO}, {"left_out": 0.5}, None),
    ],
)
def test_a_verdict_that_the_text_does_not_decide_needs_a_human(
    changes: dict[str, object], document: dict[str, object], doubt: Doubt | None
) -> None:
    base = replace(WEBSHOP, languages=(("nl", 1.0),))
    gap = replace(requirement("retention", "Bewaartermijn", Status.MISSING), **changes)  # type: ignore[arg-type]
    assert needs_a_human(gap, (replace(base, **document),)) is doubt  # type: ignore[arg-type]


def test_requirements_stand_under_their_subjects_where_there_are_several() -> None:
    rights = replace(requirement("right-access", "Recht van inzage", Status.MISSING), subject=Subject.RIGHTS)
    sharing = replace(requirement("retention", "Bewaartermijn", Status.MISSING), subject=Subject.SHARING)
    text = report(replace(WEBSHOP, languages=(("nl", 1.0),), requirements=(rights, sharing), findings=()))
    assert (
        """
Delen, doorgifte en bewaren
  niet gevonden  Bewaartermijn

Rechten en klachten
  niet gevonden  Recht van inzage
"""
        in text
    )
