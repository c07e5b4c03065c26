"""The words of the head of a report: what was read, by which law, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeadWords:
    """What a head says by itself; a pair is singular and plural, `{}` is what is filled in."""

    languages: Mapping[str, str]
    countries: Mapping[str, str]
    kinds: Mapping[str, str]
    text: str
    language: str
    national_law: str
    as_of: str
    read: str
    words: tuple[str, str]
    unknown: str
    share: str
    characters: tuple[str, str]
    replaced: tuple[str, str]
    garbled: tuple[str, str]
    pages_without_text: tuple[str, str]
    pictures: tuple[str, str]
    left_out: str
    limits: str
    not_seen: str
    together: tuple[str, str]


DUTCH = HeadWords(
    languages={"nl": "Nederlands", "en": "Engels", "de": "Duits", "fr": "Frans"},
    countries={
        "NL": "Nederland",
        "BE": "België",
        "UK": "Verenigd Koninkrijk",
        "IE": "Ierland",
        "EU": "alleen Europees recht (AVG)",
        "DE": "Duitsland",
        "FR": "Frankrijk",
    },
    kinds={
        "policy": "privacyverklaring",
        "cookie-statement": "cookieverklaring",
        "terms": "algemene voorwaarden",
        "other": "een andere tekst dan een privacyverklaring",
    },
    text="Tekst",
    language="Taal",
    national_law="Nationaal recht",
    as_of="Peildatum",
    read="Gelezen",
    words=("woord", "woorden"),
    unknown="onbekend",
    share="{} ({} %)",
    characters=("teken", "tekens"),
    replaced=("onleesbaar teken vervangen", "onleesbare tekens vervangen"),
    garbled=("teken verminkt door een verkeerde tekenset", "tekens verminkt door een verkeerde tekenset"),
    pages_without_text=("pagina zonder leesbare tekst", "pagina's zonder leesbare tekst"),
    pictures=("afbeelding waarin tekst kan staan", "afbeeldingen waarin tekst kan staan"),
    left_out="{} % van het bestand is niet als tekst gelezen",
    limits="Niet beoordeeld",
    not_seen="of de praktijk klopt met de tekst, en wat achter links staat",
    together=("document als één beleid beoordeeld", "documenten als één beleid beoordeeld"),
)

ENGLISH = HeadWords(
    languages={"nl": "Dutch", "en": "English", "de": "German", "fr": "French"},
    countries={
        "NL": "Netherlands",
        "BE": "Belgium",
        "UK": "United Kingdom",
        "IE": "Ireland",
        "EU": "European law only (GDPR)",
        "DE": "Germany",
        "FR": "France",
    },
    kinds={
        "policy": "privacy policy",
        "cookie-statement": "cookie statement",
        "terms": "terms and conditions",
        "other": "a text other than a privacy policy",
    },
    text="Text",
    language="Language",
    national_law="National law",
    as_of="Law as of",
    read="Read",
    words=("word", "words"),
    unknown="unknown",
    share="{} ({}%)",
    characters=("character", "characters"),
    replaced=("unreadable character replaced", "unreadable characters replaced"),
    garbled=("character garbled by a wrong encoding", "characters garbled by a wrong encoding"),
    pages_without_text=("page without readable text", "pages without readable text"),
    pictures=("picture that may hold text", "pictures that may hold text"),
    left_out="{}% of the file was not read as text",
    limits="Not judged",
    not_seen="whether practice matches the text, and what links lead to",
    together=("document judged as one policy", "documents judged as one policy"),
)
