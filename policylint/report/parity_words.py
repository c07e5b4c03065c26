"""The words of a comparison of two versions of a policy, in Dutch and in English."""

from __future__ import annotations

from dataclasses import dataclass

from policylint.comparing.mentions import Kind


@dataclass(frozen=True, slots=True)
class ParityWords:
    """What a comparison says by itself; a pair is singular and plural, `{}` is what is filled in."""

    title: str
    kinds: dict[Kind, str]
    within: dict[str, str]
    only: str
    silent: str
    near: str
    unsure: str
    differ: tuple[str, str]
    agree: str
    perhaps: str
    read_again: tuple[str, str]
    same: str
    scope: str
    one_language: str


WORDS = {
    "nl": ParityWords(
        title="Zeggen deze versies hetzelfde?",
        kinds={
            Kind.REQUIREMENT: "Vereisten",
            Kind.RIGHT: "Rechten",
            Kind.BASIS: "Grondslagen",
            Kind.PERIOD: "Termijnen",
            Kind.AGE: "Leeftijden",
            Kind.RECIPIENT: "Ontvangers en andere namen",
            Kind.COUNTRY: "Landen",
            Kind.DENIAL: "Wat wordt uitgesloten",
            Kind.AUTHORITY: "Toezichthouders",
            Kind.EMAIL: "E-mailadressen",
            Kind.PHONE: "Telefoonnummers",
            Kind.ADDRESS: "Postadressen",
            Kind.WEB: "Webadressen",
            Kind.NUMBER: "Nummers",
            Kind.DATE: "Data",
            Kind.VERSION: "Versies",
            Kind.LAW: "Wetten en waarborgen",
            Kind.AMOUNT: "Bedragen",
            Kind.ORDER: "In een andere volgorde, misschien over iets anders",
        },
        within={"nl": "in het Nederlands", "en": "in het Engels"},
        only="Alleen {}: {}",
        silent="niet gevonden",
        near="niet gevonden; vergelijk",
        unsure="Om na te lezen: misschien alleen anders verwoord",
        differ=("Nee: {} verschil", "Nee: {} verschillen"),
        agree="Ja, voor zover dat te vergelijken is",
        perhaps="Misschien",
        read_again=("{} plaats om na te lezen", "{} plaatsen om na te lezen"),
        same="Gelijk: {}.",
        scope="Vergeleken zijn de vereisten en wat als waarde te vergelijken is, niet elke zin.",
        one_language="Beide teksten zijn in dezelfde taal.",
    ),
    "en": ParityWords(
        title="Do these versions say the same?",
        kinds={
            Kind.REQUIREMENT: "Requirements",
            Kind.RIGHT: "Rights",
            Kind.BASIS: "Legal bases",
            Kind.PERIOD: "Periods",
            Kind.AGE: "Ages",
            Kind.RECIPIENT: "Recipients and other names",
            Kind.COUNTRY: "Countries",
            Kind.DENIAL: "What is ruled out",
            Kind.AUTHORITY: "Supervisory authorities",
            Kind.EMAIL: "Email addresses",
            Kind.PHONE: "Phone numbers",
            Kind.ADDRESS: "Postal addresses",
            Kind.WEB: "Web addresses",
            Kind.NUMBER: "Numbers",
            Kind.DATE: "Dates",
            Kind.VERSION: "Versions",
            Kind.LAW: "Laws and safeguards",
            Kind.AMOUNT: "Amounts",
            Kind.ORDER: "In another order, perhaps of something else",
        },
        within={"nl": "in Dutch", "en": "in English"},
        only="Only {}: {}",
        silent="not found",
        near="not found; compare",
        unsure="To read again: perhaps only worded otherwise",
        differ=("No: {} difference", "No: {} differences"),
        agree="Yes, as far as it can be compared",
        perhaps="Perhaps",
        read_again=("{} place to read again", "{} places to read again"),
        same="The same: {}.",
        scope="Compared are the requirements and what compares as a value, not every sentence.",
        one_language="Both texts are in the same language.",
    ),
}
