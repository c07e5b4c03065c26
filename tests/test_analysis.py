"""Units of evidence: clauses with polarity and speaker, and the context a unit is read with."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

import pytest

from policylint.analysis.clauses import Polarity, Speaker
from policylint.analysis.recognisers import VALUE_NAMES
from policylint.analysis.units import EVERYWHERE, OWN_TEXT, Analysis, Part, Unit, analyse
from policylint.analysis.vocabulary import Concept, Vocabulary
from policylint.judging.rulefiles import load_rules
from policylint.reading import read

OWN = {
    "share": {"nl": ["delen", "delen ~9 met", "verstrek*", "verstrekken", "verkopen"], "en": ["share*", "sell"]},
    "keep": {"nl": ["bewaren", "sla|slaan ~8 op"], "en": ["keep", "kept"]},
}


@cache
def vocabulary() -> Vocabulary:
    """The reserved concepts as they are, and two predicates of our own."""
    reserved = [c for c in load_rules().concepts if not c.predicate and c.name not in OWN]
    own = [
        Concept(name, True, {language: tuple(texts) for language, texts in wordings.items()})
        for name, wordings in OWN.items()
    ]
    return Vocabulary([*reserved, *own], frozenset({*OWN, *VALUE_NAMES}))


def analysed(text: str, language: str = "nl") -> Analysis:
    document = read("text.md", text.encode())
    return analyse(document, [language] * len(document.blocks), vocabulary())


def unit_with(analysis: Analysis, words: str) -> Unit:
    (unit,) = (u for u in analysis.units if words in analysis.document.text[u.start : u.end])
    return unit


@pytest.mark.parametrize(
    ("language", "text", "name", "polarity"),
    [
        ("nl", "Wij delen uw gegevens met PostNL.", "share", Polarity.AFFIRMED),
        ("nl", "Wij delen uw gegevens niet.", "share", Polarity.DENIED),
        ("nl", "Uw adres delen wij met niemand.", "share", Polarity.DENIED),
        ("nl", "Wij slaan uw gegevens niet op.", "keep", Polarity.DENIED),
        ("nl", "Wij bewaren uw gegevens niet langer dan nodig.", "keep", Polarity.AFFIRMED),
        ("nl", "Wij delen uw adres niet; facturen bewaren wij zeven jaar.", "keep", Polarity.AFFIRMED),
        ("nl", "Wij verstrekken uw gegevens niet aan derden, tenzij de wet dat eist.", "share", Polarity.LIMITED),
        ("nl", "Nooit delen wij iets zonder uw toestemming.", "share", Polarity.LIMITED),
        ("nl", "Wij verkopen uw gegevens niet en delen ze nooit.", "share", Polarity.DENIED),
        ("nl", "Wij delen dit niet alleen met de bank.", "share", Polarity.AFFIRMED),
        ("nl", "Wij kunnen uw adres, als u niet betaalt, met een incassobureau delen.", "share", Polarity.AFFIRMED),
        ("en", "We share your data with our host.", "share", Polarity.AFFIRMED),
        ("en", "We don't share your data.", "share", Polarity.DENIED),
        ("en", "We will never sell your data.", "share", Polarity.DENIED),
        ("en", "Data is kept no longer than necessary.", "keep", Polarity.AFFIRMED),
        ("en", "We do not sell your data, but we keep it.", "keep", Polarity.AFFIRMED),
        ("en", "We do not share it except with our bank.", "share", Polarity.LIMITED),
    ],
)
def test_polarity(language: str, text: str, name: str, polarity: Polarity) -> None:
    (unit,) = analysed(text, language).units
    assert {hit.polarity for hit in unit.hits[name]} == {polarity}


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("nl", "Wij delen uw gegevens.", Speaker.CONTROLLER),
        ("nl", "Google mag deze informatie verstrekken.", Speaker.OTHER),
        ("nl", "Gegevens delen wij met Google.", Speaker.CONTROLLER),
        ("nl", "U mag foto's delen.", Speaker.READER),
        ("nl", "Derden die gegevens verstrekken, noemen wij niet.", Speaker.OTHER),
        ("en", "Third parties may share this.", Speaker.OTHER),
        ("en", "We share this with third parties.", Speaker.CONTROLLER),
        ("en", "You can share photos.", Speaker.READER),
    ],
)
def test_speaker(language: str, text: str, speaker: Speaker) -> None:
    (unit,) = analysed(text, language).units
    assert {hit.speaker for hit in unit.hits["share"]} == {speaker}


def context_of(text: str, words: str, language: str = "nl") -> list[tuple[Part, str]]:
    analysis = analysed(text, language)
    units = analysis.units
    return [
        (part, analysis.document.text[units[number].start : units[number].end])
        for part, number in unit_with(analysis, words).context
    ]


def test_a_unit_is_read_with_its_headings() -> None:
    text = "# Privacy\n\n## Bewaartermijnen\n\nFacturen gaan na zeven jaar weg, zoals de wet het eist."
    assert context_of(text, "Facturen") == [(Part.HEADING, "Privacy"), (Part.HEADING, "Bewaartermijnen")]


def test_a_list_item_is_read_with_its_lead_in() -> None:
    text = "Dit is een inleiding. Wij delen gegevens met:\n\n- de bank die uw betaling voor ons doet\n- de post"
    assert (Part.LEAD_IN, "Wij delen gegevens met:") in context_of(text, "de bank die")


def test_a_cell_is_read_with_its_headers() -> None:
    text = "| Gegevens | Bewaartermijn |\n|---|---|\n| Facturen | zeven jaar |"
    context = context_of(text, "zeven jaar")
    assert (Part.HEADER, "Bewaartermijn") in context
    assert (Part.HEADER, "Facturen") in context


def test_an_answer_is_read_with_its_question() -> None:
    text = "Hoe lang bewaren wij facturen? Tot zeven jaar na het einde van het boekjaar waarin u bestelde."
    assert (Part.BEFORE, "Hoe lang bewaren wij facturen?") in context_of(text, "Tot zeven")


@pytest.mark.parametrize("answer", ["Daarna verwijderen wij ze uit al onze systemen.", "Zeven jaar."])
def test_a_unit_that_cannot_stand_alone_is_read_with_the_sentence_before(answer: str) -> None:
    context = context_of(f"Wij bewaren facturen voor de fiscus. {answer}", answer[:8])
    assert (Part.BEFORE, "Wij bewaren facturen voor de fiscus.") in context


def test_units_quote_the_text_they_stand_in() -> None:
    analysis = analysed("# Kop\n\nEerste zin. Tweede *zin* hier.\n\n- punt een\n- punt twee")
    quotes = [analysis.document.text[unit.start : unit.end] for unit in analysis.units]
    assert quotes == ["Kop", "Eerste zin.", "Tweede zin hier.", "punt een", "punt twee"]


def test_units_seeing_a_name_have_it_in_text_or_context() -> None:
    analysis = analysed(
        "# Bewaren\n\nBewaren doen wij kort.\n\n## Delen\n\nHier staat niets bijzonders over iets anders."
    )

    def seeing(parts: Set[Part]) -> list[str]:
        numbers = [number for number, seen in enumerate(analysis.seeing(["keep"], parts)) if seen]
        return [analysis.document.text[analysis.units[i].start : analysis.units[i].end] for i in numbers]

    below = "Hier staat niets bijzonders over iets anders."
    assert seeing(EVERYWHERE) == ["Bewaren", "Bewaren doen wij kort.", below]
    assert seeing(OWN_TEXT) == ["Bewaren", "Bewaren doen wij kort."]
    assert seeing({Part.HEADING}) == ["Bewaren doen wij kort.", below]
    assert seeing({Part.LEAD_IN}) == []


@pytest.mark.parametrize(
    ("target", "name", "value"),
    [
        ("mailto:post@zonnehof.example", "email", "post@zonnehof.example"),
        ("tel:+31201234567", "phone", "+31201234567"),
        ("/contact", "link", "/contact"),
        ("https://zonnehof.example/contact", "link", "https://zonnehof.example/contact"),
    ],
)
def test_a_link_says_where_it_leads(target: str, name: str, value: str) -> None:
    analysis = analysed(f"Een zin vooraf. Neem [contact met ons]({target}) op. En nog een zin.")
    unit = unit_with(analysis, "contact met ons")
    (hit,) = unit.hits[name]
    assert analysis.document.text[slice(*unit.span(hit))] == "contact met ons"
    assert hit.value == value


def test_blocks_of_the_same_words_are_told_apart_by_their_place() -> None:
    analysis = analysed("Wij delen gegevens.\n\nIets anders.\n\nWij delen gegevens.")
    first, _, last = analysis.units
    assert first.hits is last.hits
    for unit in (first, last):
        (hit,) = unit.hits["share"]
        assert analysis.document.text[slice(*unit.span(hit))] == "delen"
    assert first.span(first.hits["share"][0]) != last.span(last.hits["share"][0])
