"""Results written by hand, for the tests of the reports: an invented webshop and what a run could say of it."""

from __future__ import annotations

from dataclasses import replace

from policylint.document import Location
from policylint.result import (
    Applies,
    Evidence,
    Failure,
    Finding,
    Judgement,
    Jurisdiction,
    Law,
    Related,
    Requirement,
    Result,
    SectionPlace,
    Severity,
    Status,
    Subject,
    Suppression,
)

ART_13_2_A = Law("AVG art. 13 lid 2 onder a", "https://eur-lex.europa.eu/eli/reg/2016/679/oj#013.002")
ART_13_2_B = Law("AVG art. 13 lid 2 onder b", "https://eur-lex.europa.eu/eli/reg/2016/679/oj#013.002")


def at(line: int, column: int, end_column: int, section: str | None = None) -> Location:
    """A place within one line."""
    return Location(line, column, line, end_column, section=section)


def evidence(quote: str, focus: str, line: int, context: str = "") -> Evidence:
    """Evidence that starts its line, `focus` being the words that decide."""
    start = quote.index(focus)
    return Evidence(quote, (start, start + len(focus)), context, at(line, 1, len(quote) + 1))


RETENTION_QUOTE = "Wij bewaren uw gegevens niet langer dan noodzakelijk is voor de doelen die hierboven staan [art. 6]."
RETENTION_FOCUS = "niet langer dan noodzakelijk"

RETENTION = Finding(
    rule="retention",
    name="retention",
    family="requirements",
    status=Status.VAGUE,
    severity=Severity.ERROR,
    title="Bewaartermijn",
    message="De bewaartermijn blijft vaag.",
    why="De betrokkene moet weten hoe lang zijn gegevens bewaard worden, of aan de hand van welke criteria dat "
    "bepaald wordt. De formule uit de wet zelf zegt daar niets over.",
    advice="Noem per soort gegevens een termijn, of het criterium waaruit de termijn volgt.",
    model="Wij bewaren uw bestelgegevens zeven jaar, omdat de belastingwet dat vereist. Uw account verwijderen wij "
    "twee jaar na uw laatste bestelling.",
    quote=RETENTION_QUOTE,
    focus=(RETENTION_QUOTE.index(RETENTION_FOCUS), RETENTION_QUOTE.index(RETENTION_FOCUS) + len(RETENTION_FOCUS)),
    context="Hoe lang bewaren wij uw gegevens?",
    location=at(41, 5, 105, "Bewaren"),
    law=(ART_13_2_A,),
    fingerprint="f-retention",
)


def missing_right(slug: str, right: str, article: int, severity: Severity = Severity.ERROR) -> Finding:
    """A right that the text does not mention, as a member of a group."""
    return Finding(
        rule=slug,
        name=slug,
        family="requirements",
        status=Status.MISSING,
        severity=severity,
        title=f"Recht op {right}",
        message=f"Het recht op {right} is niet gevonden.",
        why="De betrokkene moet over elk van zijn rechten worden geïnformeerd.",
        advice="Noem het recht met zoveel woorden, zonder voorwaarden die de wet niet stelt.",
        model=f"U hebt recht op {right} (artikel {article} AVG).",
        quote="",
        focus=(0, 0),
        context="",
        location=at(52, 1, 11, "Uw rechten"),
        law=(ART_13_2_B,),
        fingerprint=f"f-{slug}",
        group="rights",
    )


HEDGED = Finding(
    rule="hedged-rights",
    name="hedged-rights",
    family="unfair",
    status=None,
    severity=Severity.WARNING,
    title="Recht onder voorbehoud",
    message="Een recht wordt onder een voorbehoud gegeven dat de wet niet kent.",
    why="Het recht op inzage bestaat rechtens; een bijdrage in de kosten mag alleen bij kennelijk ongegronde of "
    "buitensporige verzoeken.",
    advice="Laat het voorbehoud weg.",
    model="Inzage is kosteloos.",
    quote="U kunt uw gegevens inzien, waarvoor wij kosten in rekening kunnen brengen.",
    focus=(27, 73),
    context="",
    location=at(54, 1, 75),
    law=(Law("AVG art. 12 lid 5", "https://eur-lex.europa.eu/eli/reg/2016/679/oj#012.005"),),
    fingerprint="f-hedged",
    verified=False,
    related=(Related("Inzage kost u niets.", at(88, 1, 21), "Hier staat het tegendeel."),),
)

ACCEPTED = replace(
    HEDGED,
    rule="outdated-term",
    name=None,
    severity=Severity.INFO,
    fingerprint="f-accepted",
    location=at(60, 1, 9),
    suppressed=Suppression("accepted", "citaat uit een brief van 2009", "m.devries", "2026-06-30"),
)


def requirement(
    slug: str,
    title: str,
    status: Status,
    *shown: Evidence,
    applies: Applies = Applies.YES,
    reason: str = "",
    findings: tuple[str, ...] = (),
) -> Requirement:
    """A requirement with the evidence given."""
    return Requirement(slug, title, Subject.OTHER, status, applies, reason, shown, findings, ())


WEBSHOP = Judgement(
    path="beleid/zonnekorrel.txt",
    sha256="ab" * 32,
    kind="policy",
    language="nl",
    report_language="nl",
    languages=(("nl", 0.97), ("en", 0.03)),
    jurisdiction=Jurisdiction("NL", "de tekst noemt de Autoriteit Persoonsgegevens", at(71, 1, 9)),
    words=1843,
    characters=12678,
    replaced=3,
    garbled=2,
    left_out=0.04,
    encoding="cp1252",
    sections=(
        SectionPlace("Bewaren", 1, Location(40, 1, 51, 9)),
        SectionPlace("Uw rechten", 1, Location(52, 1, 90, 9)),
    ),
    requirements=(
        requirement(
            "controller-identity",
            "Verwerkingsverantwoordelijke en contactgegevens",
            Status.MET,
            evidence(
                "Bakkerij Zonnekorrel B.V., Dorpsstraat 12, 3511 AB Utrecht, is verantwoordelijk voor de verwerking.",
                "Bakkerij Zonnekorrel B.V., Dorpsstraat 12, 3511 AB Utrecht",
                3,
            ),
            evidence("privacy@zonnekorrel.example", "privacy@zonnekorrel.example", 7, "E-mail"),
        ),
        requirement(
            "retention",
            "Bewaartermijn",
            Status.VAGUE,
            replace(evidence(RETENTION_QUOTE, RETENTION_FOCUS, 41, RETENTION.context)),
            findings=("f-retention",),
        ),
        requirement(
            "right-access",
            "Recht op inzage",
            Status.MET,
            evidence(HEDGED.quote, "U kunt uw gegevens inzien", 54),
            findings=("f-hedged",),
        ),
        requirement(
            "right-rectification", "Recht op rectificatie", Status.MISSING, findings=("f-right-rectification",)
        ),
        requirement(
            "right-portability", "Recht op overdraagbaarheid", Status.MISSING, findings=("f-right-portability",)
        ),
        requirement(
            "automated-decisions",
            "Geautomatiseerde besluitvorming",
            Status.MISSING,
            applies=Applies.UNCLEAR,
            reason="de tekst spreekt van profielen (regel 33)",
        ),
        requirement(
            "legitimate-interest",
            "Gerechtvaardigd belang",
            Status.NOT_APPLICABLE,
            reason="de tekst beroept zich niet op deze grondslag",
        ),
        requirement(
            "minors",
            "Minderjarigen",
            Status.MISSING,
            applies=Applies.NO,
            reason="de winkel richt zich tot bedrijven (regel 5)",
        ),
    ),
    findings=(
        RETENTION,
        missing_right("right-portability", "overdraagbaarheid", 20, Severity.WARNING),
        missing_right("right-rectification", "rectificatie", 16),
        HEDGED,
        ACCEPTED,
    ),
)

FAILED = Judgement(
    path="beleid/scan.pdf",
    failure=Failure("no-text", "Geen leesbare tekst gevonden.", "Laat de scan eerst door tekstherkenning gaan."),
)

RESULT = Result("1.2.3", "2026.11", "2025-11-24", (WEBSHOP,))


def run_of(*documents: Judgement) -> Result:
    """A run over `documents`."""
    return replace(RESULT, documents=documents)
