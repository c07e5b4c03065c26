"""The words that only the report as a web page has: its parts, its filters and the text with its marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebWords:
    """What the page says by itself; a pair is singular and plural, `{}` is what is filled in."""

    skip: str
    filter: str
    weight: str
    family: str
    families: Mapping[str, str]
    policy_text: str
    legend: str
    no_text: str
    contents: str
    overview: str
    requirement: str
    verdict: str
    says: str
    shown: str
    to_text: str
    belongs_here: str
    nowhere: str
    unmarked: tuple[str, str]
    whole: str
    made: str
    accepted_title: str
    show_accepted: str
    sections: str


DUTCH = WebWords(
    skip="Naar de inhoud",
    filter="Bevindingen kiezen",
    weight="Gewicht",
    family="Soort",
    families={
        "requirements": "vereisten",
        "outdated": "verouderd",
        "unfair": "onredelijk",
        "contradictions": "tegenspraak",
        "leftovers": "restanten",
        "clarity": "duidelijkheid",
        "quality": "kwaliteit",
        "exceptions": "uitzonderingen",
    },
    policy_text="De tekst met wat het oordeel draagt",
    legend="Gemarkeerd:",
    no_text="De tekst is na de beoordeling veranderd of niet meer te lezen en staat daarom niet in dit rapport.",
    contents="Inhoud",
    overview="Overzicht",
    requirement="Vereiste",
    verdict="Oordeel",
    says="Wat de tekst zegt",
    shown="{} van {} getoond",
    to_text="naar de tekst",
    belongs_here="Hier hoort wat niet is gevonden:",
    nowhere="Nergens gevonden:",
    unmarked=("alinea zonder markering is weggelaten", "alinea's zonder markering zijn weggelaten"),
    whole="Deze documenten vormen samen één beleid: wat het ene vermeldt, hoeft niet in het andere te staan.",
    made="Verantwoording",
    accepted_title="Aanvaard",
    show_accepted="toon in lijst en tekst ({})",
    sections="Onderdelen van {}",
)

ENGLISH = WebWords(
    skip="Skip to content",
    filter="Choose findings",
    weight="Weight",
    family="Kind",
    families={
        "requirements": "requirements",
        "outdated": "outdated",
        "unfair": "unfair",
        "contradictions": "contradictions",
        "leftovers": "leftovers",
        "clarity": "clarity",
        "quality": "quality",
        "exceptions": "exceptions",
    },
    policy_text="The text with what the verdicts rest on",
    legend="Marked:",
    no_text="The text changed after it was judged, or cannot be read any more, so it is not shown here.",
    contents="Contents",
    overview="Overview",
    requirement="Requirement",
    verdict="Verdict",
    says="What the text says",
    shown="{} of {} shown",
    to_text="to the text",
    belongs_here="What was not found belongs here:",
    nowhere="Found nowhere:",
    unmarked=("paragraph without marks is left out", "paragraphs without marks are left out"),
    whole="These documents are one policy together: what one of them states need not stand in the others.",
    made="How this report was made",
    accepted_title="Accepted",
    show_accepted="show in list and text ({})",
    sections="Parts of {}",
)
