"""The fixed words that reports share, in Dutch and in English, side by side.

Only characters of Windows-1252 are used, so that a report keeps its shape on every console.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policylint.dates import in_words
from policylint.report import head_words, web_words
from policylint.report.doubt import Doubt
from policylint.report.head_words import HeadWords
from policylint.report.web_words import WebWords
from policylint.result import Severity, Status, Subject


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything a report says by itself; a pair is singular and plural, `{}` is what is filled in."""

    code: str
    thousands: str
    head: HeadWords
    web: WebWords
    requirements: str
    findings: str
    statuses: Mapping[Status, str]
    subjects: Mapping[Subject, str]
    first: str
    instead: str
    told_above: str
    told_before: str
    doubts: Mapping[Doubt, str]
    report_title: str
    matrix_title: str
    worst: str
    file_hash: str
    rule_set: str
    left_out_findings: tuple[str, str]
    decides: str
    further_places: tuple[str, str]
    further_findings: tuple[str, str]
    further_accepted: str
    not_applicable: str
    may_apply: str
    maybe: str
    see_finding: tuple[str, str]
    also: str

    severities: Mapping[Severity, tuple[str, str]]
    severity_titles: Mapping[Severity, str]
    group: tuple[str, str]
    further: str
    more: tuple[str, str]
    explained: str
    gaps: str
    without_summary: str
    no_findings: str
    accepted: str
    accepted_by: str
    accepted_until: str
    recorded: tuple[str, str]

    place: str
    line: str
    page: str
    paragraph: str
    belongs_under: str
    why: str
    advice: str
    model: str
    law: str
    related: str
    unverified: str

    not_checked: tuple[str, str]
    beyond_annotations: str
    total: str
    documents: tuple[str, str]
    cut: str
    disclaimer: str

    def count(self, number: int, forms: tuple[str, str]) -> str:
        """`number` with its noun in the right form."""
        return f"{self.number(number)} {forms[0] if number == 1 else forms[1]}"

    def count_of(self, number: int, forms: tuple[str, str]) -> str:
        """`number` in the form that fits it."""
        return forms[0] if number == 1 else forms[1].format(self.number(number))

    def number(self, number: int) -> str:
        """A whole number with its thousands set apart."""
        return f"{number:,}".replace(",", self.thousands)

    def day(self, iso: str) -> str:
        """An ISO date in words."""
        return in_words(date.fromisoformat(iso), self.code)


DUTCH = Wording(
    code="nl",
    thousands=".",
    head=head_words.DUTCH,
    web=web_words.DUTCH,
    requirements="Vereisten",
    findings="Bevindingen",
    statuses={
        Status.MET: "vermeld",
        Status.VAGUE: "vaag",
        Status.MISSING: "niet gevonden",
        Status.NOT_APPLICABLE: "niet van toepassing",
    },
    subjects={
        Subject.CONTROLLER: "Wie verantwoordelijk is",
        Subject.PROCESSING: "Welke gegevens, waarvoor en op welke grondslag",
        Subject.SHARING: "Delen, doorgifte en bewaren",
        Subject.RIGHTS: "Rechten en klachten",
        Subject.NOTICE: "Cookies, beveiliging en de verklaring zelf",
        Subject.OTHER: "Overig",
    },
    first="Eerst te doen",
    instead="Voorbeeld",
    told_above="Zie {} onder “Eerst te doen”.",
    told_before="Zie hierboven bij {}.",
    doubts={
        Doubt.CONTRADICTED: "Menselijk oordeel nodig: de tekst spreekt zichzelf hierover tegen",
        Doubt.UNFINISHED: "Menselijk oordeel nodig: deze woorden zijn nog niet ingevuld of niet af",
        Doubt.MAY_APPLY: "Menselijk oordeel nodig over de vraag of dit geldt: {}",
        Doubt.UNREAD: "Menselijk oordeel nodig: niet alles is als tekst gelezen, dus het kan er toch staan",
        Doubt.OTHER_LANGUAGE: "Menselijk oordeel nodig: een deel is in een andere taal, dus het kan er toch staan",
    },
    decides="Beslissend: ",
    report_title="Rapport over een privacyverklaring",
    matrix_title="Privacyverklaringen naast elkaar",
    worst="Grootste hiaten",
    file_hash="SHA-256 van het bestand",
    rule_set="Regels",
    left_out_findings=(
        "en nog 1 bevinding; het JSON-rapport noemt alles",
        "en nog {} bevindingen; het JSON-rapport noemt alles",
    ),
    further_places=("en op nog 1 plaats", "en op nog {} plaatsen"),
    further_findings=(
        "en nog 1 bevinding; --detail full toont alles",
        "en nog {} bevindingen; --detail full toont alles",
    ),
    further_accepted="en nog {}; --detail full toont alles",
    not_applicable="Niet van toepassing",
    maybe="geldt mogelijk",
    may_apply="geldt mogelijk: {}",
    see_finding=("zie de bevinding {}", "zie de bevindingen {}"),
    also="ook {}",
    severities={
        Severity.ERROR: ("fout", "fouten"),
        Severity.WARNING: ("waarschuwing", "waarschuwingen"),
        Severity.INFO: ("opmerking", "opmerkingen"),
    },
    severity_titles={
        Severity.ERROR: "Fouten",
        Severity.WARNING: "Waarschuwingen",
        Severity.INFO: "Opmerkingen",
    },
    group=("bevinding", "bevindingen die bij elkaar horen"),
    more=("andere", "andere"),
    further="Verder: {}. Met --detail full volgt bij alles de uitleg.",
    explained="Met --detail full volgt bij alles de uitleg en een voorbeeldtekst.",
    gaps="Alles wat niet gevonden of vaag is",
    without_summary="Zonder --detail summary volgt elke bevinding, met zin, artikel en voorbeeldtekst.",
    no_findings="geen",
    accepted="Bewust aanvaard",
    accepted_by="door {}",
    accepted_until="tot en met {}",
    recorded=(
        "bevinding staat in de baseline (--detail full noemt die)",
        "bevindingen staan in de baseline (--detail full noemt ze)",
    ),
    place="Plaats",
    line="regel {}",
    page="pagina {}",
    paragraph="alinea {}",
    belongs_under="Hoort onder",
    why="Waarom",
    advice="Wat te doen",
    model="Voorbeeldtekst",
    law="Bepaling",
    related="Zie ook",
    unverified="De datum en de vervanging zijn nog niet geverifieerd.",
    not_checked=("document niet gecontroleerd", "documenten niet gecontroleerd"),
    beyond_annotations="nog {}; de samenvatting van de taak en de andere rapporten noemen ze",
    total="Totaal",
    documents=("document", "documenten"),
    cut="Niet alles past hier; het volledige rapport noemt ook de rest.",
    disclaimer="Dit rapport geeft weer wat er in de tekst staat; het is geen juridisch advies.",
)

ENGLISH = Wording(
    code="en",
    thousands=",",
    head=head_words.ENGLISH,
    web=web_words.ENGLISH,
    requirements="Requirements",
    findings="Findings",
    statuses={
        Status.MET: "stated",
        Status.VAGUE: "vague",
        Status.MISSING: "not found",
        Status.NOT_APPLICABLE: "not applicable",
    },
    subjects={
        Subject.CONTROLLER: "Who is responsible",
        Subject.PROCESSING: "Which data, what for, and on what legal basis",
        Subject.SHARING: "Sharing, transfers and retention",
        Subject.RIGHTS: "Rights and complaints",
        Subject.NOTICE: "Cookies, security and the policy itself",
        Subject.OTHER: "Other",
    },
    first="What to fix first",
    instead="For example",
    told_above="See {} under “What to fix first”.",
    told_before="See {} above.",
    doubts={
        Doubt.CONTRADICTED: "Needs a human: the text contradicts itself on this",
        Doubt.UNFINISHED: "Needs a human: these words are not filled in or not finished",
        Doubt.MAY_APPLY: "Needs a human to judge whether this applies: {}",
        Doubt.UNREAD: "Needs a human: not everything was read as text, so it may be there",
        Doubt.OTHER_LANGUAGE: "Needs a human: part of the text is in another language, so it may be there",
    },
    decides="Deciding: ",
    report_title="Report on a privacy policy",
    matrix_title="Privacy policies side by side",
    worst="Worst gaps",
    file_hash="SHA-256 of the file",
    rule_set="Rules",
    left_out_findings=(
        "and 1 more finding; the JSON report names all",
        "and {} more findings; the JSON report names all",
    ),
    further_places=("and in 1 more place", "and in {} more places"),
    further_findings=("and 1 more finding; --detail full shows all", "and {} more findings; --detail full shows all"),
    further_accepted="and {} more; --detail full shows all",
    not_applicable="Not applicable",
    maybe="may apply",
    may_apply="may apply: {}",
    see_finding=("see finding {}", "see findings {}"),
    also="also {}",
    severities={
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.INFO: ("note", "notes"),
    },
    severity_titles={Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Notes"},
    group=("finding", "findings that belong together"),
    more=("other", "others"),
    further="Also: {}. With --detail full everything is explained.",
    explained="With --detail full everything is explained, with wording to use.",
    gaps="Everything not found or vague",
    without_summary="Without --detail summary every finding follows, with its sentence, article and wording to use.",
    no_findings="none",
    accepted="Accepted on purpose",
    accepted_by="by {}",
    accepted_until="until {}",
    recorded=(
        "finding is in the baseline (--detail full names it)",
        "findings are in the baseline (--detail full names them)",
    ),
    place="Place",
    line="line {}",
    page="page {}",
    paragraph="paragraph {}",
    belongs_under="Belongs under",
    why="Why",
    advice="What to do",
    model="Suggested text",
    law="Law",
    related="See also",
    unverified="The date and the replacement have not been verified yet.",
    not_checked=("document not checked", "documents not checked"),
    beyond_annotations="another {}; the job summary and the other reports list them",
    total="Total",
    documents=("document", "documents"),
    cut="Not everything fits here; the full report names the rest too.",
    disclaimer="This report tells what the text says; it is not legal advice.",
)


def wording(language: str | None) -> Wording:
    """The words of a report on a text in `language`; English when there is no report in that language."""
    return DUTCH if language == "nl" else ENGLISH
