"""What a template left behind, and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policylint.analysis.recognisers.value import Money, Value, has_any, longest

_SLOT = (
    r"(?:uw|jouw|je|your|our|naam|name|bedrijfs?naam|bedrijf|company|organisati\w*|organizati\w*|stichting|vereniging|"
    r"adres|address|straat|street|plaats|city|postcode|e-?mail\w*|mail\w*|telefoon\w*|tel|phone|datum|date|website|"
    r"web ?site|url|domein\w*|domain|kvk\w*|btw\w*|insert|invullen|invoegen|vul|kies|choose|select|contact\w*|"
    r"aantal|number|termijn|period|land|country|functie\w*|dpo|fg|link|handelsnaam|trade ?name|app|product|xx+|x)"
)
_BRACKETED = re.compile(rf"\[\s?{_SLOT}(?:[ _/'-][^\[\]\n]{{0,60}})?\s?\](?!\()", re.IGNORECASE)
_ANGLED = re.compile(rf"<\s?{_SLOT}(?:[ _-][^<>\n]{{0,40}})?\s?>", re.IGNORECASE)
_PROTECTED = re.compile(r"\[e-?mail\s?(?:protected|beveiligd|beschermd)\]", re.IGNORECASE)
_BRACED = re.compile(r"\{\{[^{}]{0,80}\}\}|\{%[^{}]{0,80}%\}|\$\{[^{}]{1,40}\}|%%\w{1,40}%%|(?<!\w)%[A-Z_]{4,30}%")
_SPELLED = re.compile(
    r"\bX{3,}\b|\bxxx+\b|\b(?:X|XX|x) (?:jaar|jaren|maanden|weken|dagen|years|months|weeks|days)\b|\bINVULLEN\b|"
    r"\bTODO\b|\bTBD\b|\bFIXME\b|_{5,}|\b[Dd]{2}[-/][Mm]{2}[-/](?:[Jj]{4}|[Yy]{4})\b"
)
_PHRASE = re.compile(
    r"\blorem ipsum\b|\b(?:your|insert) company name\b|\bhier (?:je|uw|jouw) \w+ invullen\b|"
    r"\b(?:jouw|uw) bedrijfsnaam\b|\bnaam (?:van (?:het|uw|je|jouw) )?bedrijf invullen\b|"
    r"\binsert (?:name|date|address)\b",
    re.IGNORECASE,
)
# Each with strings of which one must stand in the text.
_PLACEHOLDERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_PROTECTED, ("[",)),
    (_BRACKETED, ("[",)),
    (_ANGLED, ("<",)),
    (_BRACED, ("{", "%")),
    (_SPELLED, ("XX", "xxx", "X ", "x ", "INVULLEN", "TODO", "TBD", "FIXME", "_____", "-mm", "/mm", "-MM", "/MM")),
    (_PHRASE, ("psum", "ompany name", "bedrijfsnaam", "nvullen", "nsert ", "COMPANY NAME", "INSERT ")),
)

_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "euro": "EUR", "eur": "EUR", "gbp": "GBP", "usd": "USD",
            "pond": "GBP", "pounds": "GBP", "dollar": "USD", "dollars": "USD"}  # fmt: skip
_NUMBER = r"\d{1,3}(?:[.,]\d{3}){1,4}(?:[.,]\d{2})?|\d{1,9}(?:[.,]\d{2})?"
_MONEY = re.compile(
    rf"(?P<before>€|£|\$|\b(?:EUR|GBP|USD)\b)\s?(?P<first>{_NUMBER})(?![\d%])|"
    rf"(?<![\w.,])(?P<second>{_NUMBER})\s?(?P<after>€|£|(?:euro|EUR|GBP|USD|pond|pounds|dollars?)\b)"
)
_MONEY_NEEDLES = ("€", "£", "$", "EUR", "GBP", "USD", "euro", "pond", "pounds", "dollar")
_CENTS = re.compile(r"[.,](\d{2})$")


def find_leftovers(text: str) -> Iterator[Value]:
    """Placeholders (value: their text) and amounts of money."""
    yield from longest(_placeholders(text))
    if has_any(text, _MONEY_NEEDLES):
        yield from _money(text)


def _placeholders(text: str) -> Iterator[Value]:
    for pattern, needles in _PLACEHOLDERS:
        if has_any(text, needles):
            for match in pattern.finditer(text):
                yield Value("placeholder", match.start(), match.end(), match.group())


def _money(text: str) -> Iterator[Value]:
    for match in _MONEY.finditer(text):
        amount = _amount(match["first"] or match["second"])
        currency = _SYMBOLS[(match["before"] or match["after"]).lower()]
        yield Value("money", match.start(), match.end(), Money(amount, currency))


def _amount(number: str) -> Decimal:
    """Dutch "1.250,50" and English "1,250.50" alike: two last digits behind a mark are cents."""
    cents = _CENTS.search(number)
    whole = re.sub(r"\D", "", number[: cents.start()] if cents else number)
    return Decimal(f"{whole}.{cents[1]}" if cents else whole)
