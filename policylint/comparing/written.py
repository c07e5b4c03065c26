"""Whether a version has the words of a value all the same, where its recogniser did not see them."""

from __future__ import annotations

import re
from functools import cached_property

from policylint.comparing.laws import may_name
from policylint.comparing.mentions import Kind, Mention, compact, web_page
from policylint.comparing.recipients import is_named, plain_name
from policylint.document import Document, matching_text


class Words:
    """The whole text of a version in the forms in which values are looked for, each made when first asked for."""

    def __init__(self, document: Document) -> None:
        """Take the document that the version is."""
        self._document = document

    @cached_property
    def plain(self) -> str:
        """The text as names compare in it."""
        return plain_name(matching_text(self._document.text))

    @cached_property
    def compact(self) -> str:
        """Its letters and digits."""
        return compact(self._document.text)

    @cached_property
    def sites(self) -> frozenset[str]:
        """Sites that its links lead to, whatever their words."""
        return frozenset(web_page(link.target)[0] for link in self._document.links)


_ADJECTIVES = {
    "US": "amerika|america",
    "GB": "brits|britt|british|britain|engel|engl",
    "CH": "zwits|swiss",
    "CN": "chin",
}
_AGES = {12: "twaalf|twelve", 13: "dertien|thirteen", 14: "veertien|fourteen", 15: "vijftien|fifteen",
         16: "zestien|sixteen", 18: "achttien|eighteen"}  # fmt: skip
_AGES_OF_PEOPLE = range(8, 22)
"""In years, as far as policies speak of them."""
_MONTHS = 12


def is_written(value: Mention, other: Words) -> bool:
    """Whether the other version says what a value says, in words or as part of something else."""
    key = value.key
    if value.kind is Kind.AGE:
        return _has_age(key, other.plain)
    if value.kind is Kind.PERIOD and isinstance(key, tuple):
        # "From 16 years" may be an age in the other language.
        unit, number = key
        years = number / _MONTHS if unit == "months" else 0
        return years in _AGES_OF_PEOPLE and _has_age(int(years), other.plain)
    if value.kind is Kind.WEB and isinstance(key, tuple):
        return key[0] in other.sites or compact("".join(key)) in other.compact
    if not isinstance(key, str):
        return False
    if value.kind is Kind.RECIPIENT:
        return is_named(key, other.plain, is_sure=value.is_sure)
    if value.kind is Kind.COUNTRY:
        return key in _ADJECTIVES and re.search(rf"\b(?:{_ADJECTIVES[key]})", other.plain) is not None
    if value.kind is Kind.BASIS:
        return may_name(key, other.plain)
    if value.kind is Kind.EMAIL:
        return is_named(plain_name(key), other.plain, is_sure=True)
    if value.kind in (Kind.PHONE, Kind.NUMBER):
        return re.sub(r"^(?:\+\d\d|0+)", "", key) in other.compact
    return value.kind is Kind.ADDRESS and key in other.compact


def _has_age(age: object, text: str) -> bool:
    """Whether a text speaks of an age, perhaps as one end of a range."""
    number = rf"\b(?:{age}|{_AGES[age]})\b" if isinstance(age, int) and age in _AGES else rf"\b{age}\b"
    before = r"\b(?:leeftijd|aged?|tussen|between|jonger|younger|onder|under|ouder|older|vanaf) (?:\w+ ){0,4}"
    return re.search(rf"{number}[ -]?(?:jaar|jarig|years?)|{before}{number}", text) is not None
