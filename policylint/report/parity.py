"""Whether two versions of a policy say the same, for people (text, Markdown) and for programs (JSON)."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from policylint.comparing.parity import Difference, Kind, Parity, Place, Said
from policylint.report.page import where
from policylint.report.quotes import shorten, visible
from policylint.report.wording import Wording, wording
from policylint.result import Status

_WIDTH = 100
_QUOTE = 200
_MOST_PLACES = 2


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    kinds: dict[Kind, str]
    silent: str
    unsure: str
    order: str
    same: str
    agree: str
    one_language: str


_WORDS = {
    "nl": _Words(
        title="Zeggen deze versies hetzelfde?",
        kinds={
            Kind.REQUIREMENT: "Vereisten",
            Kind.PERIOD: "Termijnen",
            Kind.AGE: "Leeftijden",
            Kind.DATE: "Data",
            Kind.AMOUNT: "Bedragen",
            Kind.EMAIL: "E-mailadressen",
            Kind.PHONE: "Telefoonnummers",
            Kind.AUTHORITY: "Toezichthouders",
            Kind.COUNTRY: "Landen",
            Kind.RECIPIENT: "Namen van organisaties",
            Kind.ORDER: "Termijnen in een andere volgorde",
        },
        silent="staat er niet",
        order="Om na te lezen: dezelfde termijnen in een andere volgorde, misschien van andere gegevens",
        unsure="Om na te lezen: mogelijk alleen anders verwoord",
        same="Gelijk: {}.",
        agree="De versies zeggen hetzelfde, voor zover dat te vergelijken is.",
        one_language="Beide teksten zijn in dezelfde taal.",
    ),
    "en": _Words(
        title="Do these versions say the same?",
        kinds={
            Kind.REQUIREMENT: "Requirements",
            Kind.PERIOD: "Periods",
            Kind.AGE: "Ages",
            Kind.DATE: "Dates",
            Kind.AMOUNT: "Amounts",
            Kind.EMAIL: "Email addresses",
            Kind.PHONE: "Phone numbers",
            Kind.AUTHORITY: "Supervisory authorities",
            Kind.COUNTRY: "Countries",
            Kind.RECIPIENT: "Names of organisations",
            Kind.ORDER: "Periods in another order",
        },
        silent="is not there",
        order="To read again: the same periods in another order, perhaps of other data",
        unsure="To read again: perhaps only worded otherwise",
        same="The same: {}.",
        agree="The versions say the same, as far as it can be compared.",
        one_language="Both texts are in the same language.",
    ),
}


def parity_text(parity: Parity, language: str) -> str:
    """The differences as plain text."""
    words, terms = _WORDS[language], wording(language)
    lines = [words.title, *_head(parity, words, terms)]
    for title, members in _parts(parity, words):
        lines += ["", title]
        for difference in members:
            for number, item in enumerate(_items(parity, difference, words, terms)):
                indent = "  - " if number == 0 else "      "
                lines += textwrap.wrap(item, _WIDTH, initial_indent=indent, subsequent_indent="      ")
    return "\n".join([*lines, "", *_closing(parity, words), terms.disclaimer]) + "\n"


def parity_markdown(parity: Parity, language: str) -> str:
    """The differences as Markdown; quoted words are code, so that nothing in them is markup."""
    words, terms = _WORDS[language], wording(language)
    lines = [f"## {words.title}", "", *(f"- `{_code(line.strip())}`" for line in _head(parity, words, terms))]
    for title, members in _parts(parity, words):
        lines += ["", f"### {title}", ""]
        for difference in members:
            for number, item in enumerate(_items(parity, difference, words, terms)):
                lines.append(f"{'- ' if number == 0 else '  - '}`{_code(item)}`")
    return "\n".join([*lines, "", *_closing(parity, words), "", terms.disclaimer]) + "\n"


def _code(text: str) -> str:
    return text.replace("`", "'")


def parity_json(parity: Parity) -> str:
    """The differences for programs."""
    record = {
        "first": {"path": parity.paths[0], "language": parity.languages[0]},
        "second": {"path": parity.paths[1], "language": parity.languages[1]},
        "differences": [
            {
                "kind": each.kind,
                "title": each.title or None,
                "sure": each.is_sure,
                "first": _said_record(each.first),
                "second": _said_record(each.second),
                "near": _place_record(each.near) if each.near else None,
            }
            for each in parity.differences
        ],
        "same": dict(parity.same),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _said_record(said: Said | None) -> dict[str, object] | None:
    if said is None:
        return None
    return {"text": said.text, "places": [_place_record(place) for place in said.places]}


def _place_record(place: Place) -> dict[str, object]:
    location = place.location
    return {
        "quote": place.quote,
        "line": location.line,
        "column": location.column,
        "page": location.page,
        "paragraph": location.paragraph,
        "section": location.section,
    }


def _head(parity: Parity, words: _Words, terms: Wording) -> Iterator[str]:
    for path, language in zip(parity.paths, parity.languages, strict=True):
        yield f"  {visible(path)} ({terms.languages.get(language, language)})"
    if parity.languages[0] == parity.languages[1]:
        yield f"  {words.one_language}"


def _parts(parity: Parity, words: _Words) -> Iterator[tuple[str, list[Difference]]]:
    sure = [each for each in parity.differences if each.is_sure]
    for kind, members in groupby(sure, key=lambda difference: difference.kind):
        yield words.kinds[kind], list(members)
    unsure = [each for each in parity.differences if not each.is_sure]
    order = [each for each in unsure if each.kind is Kind.ORDER]
    if order:
        yield words.order, order
    others = [each for each in unsure if each.kind is not Kind.ORDER]
    if others:
        yield words.unsure, others


def _items(parity: Parity, difference: Difference, words: _Words, terms: Wording) -> Iterator[str]:
    """What is different, then a line for each version."""
    if difference.title:
        yield visible(difference.title)
    for path, said in zip(parity.paths, (difference.first, difference.second), strict=True):
        yield visible(f"{path}: {_told(said, words, terms)}")


def _told(said: Said | None, words: _Words, terms: Wording) -> str:
    if said is None:
        return words.silent
    status = next((status for status in Status if status == said.text), None)
    name = terms.statuses[status] if status else f"“{said.text}”"
    quotes = [_quoted(place, terms) for place in said.places[:_MOST_PLACES]]
    return f"{name}; {'; '.join(quotes)}" if quotes else name


def _quoted(place: Place, terms: Wording) -> str:
    named = where(place.location, terms)
    quote = f"“{shorten(place.quote, _QUOTE)}”"
    return f"{named}: {quote}" if named else quote


def _closing(parity: Parity, words: _Words) -> Iterator[str]:
    if not parity.differences:
        yield words.agree
    counts = [f"{words.kinds[kind].lower()} ({count})" for kind, count in parity.same.items() if count]
    if counts:
        yield words.same.format(", ".join(counts))
