"""Checks of the document as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.judging.checks.case import Case, Spot
from policylint.kind import COOKIES, POLICY, TERMS, kind_of

_KINDS = {
    TERMS: {"nl": "voorwaarden", "en": "terms and conditions"},
    COOKIES: {"nl": "een cookieverklaring", "en": "a cookie statement"},
}
_OTHER = {
    "nl": "een andere tekst, die niet zegt wat de schrijver zelf met persoonsgegevens doet",
    "en": "another text, which does not say what its author does with personal data",
}


def not_a_policy(case: Case) -> Iterator[Spot]:
    """The first words of a text that is no privacy policy; the value says what it is."""
    kind = kind_of(case.analysis)
    if kind != POLICY:
        first = case.analysis.units[0]
        yield Spot(first.start, first.end, value=_KINDS.get(kind, _OTHER)[case.spoken])
