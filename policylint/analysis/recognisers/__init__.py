"""Values that no word list can hold: who, where, when, how long, how much, how to reach."""

from __future__ import annotations

from policylint.analysis.recognisers.authorities import find_authorities
from policylint.analysis.recognisers.contact import find_contacts
from policylint.analysis.recognisers.leftovers import find_leftovers
from policylint.analysis.recognisers.organisation import find_organisations
from policylint.analysis.recognisers.places import find_countries, is_third_country
from policylint.analysis.recognisers.times import find_times
from policylint.analysis.recognisers.value import Duration, Money, PartialDate, Value

__all__ = ["VALUE_NAMES", "Duration", "Money", "PartialDate", "Value", "is_third_country", "recognise"]

VALUE_NAMES = frozenset(
    {
        "email",
        "url",
        "phone",
        "postal-address",
        "organisation",
        "duration",
        "date",
        "age",
        "country",
        "authority",
        "authority-defunct",
        "authority-of-your-country",
        "money",
        "placeholder",
        "link",
    }
)
"""The names that `recognise` gives, and `link` for a link to another page."""


def recognise(text: str, language: str) -> list[Value]:
    """Values in the matching text of one block, by start; values of different names may overlap."""
    found = [
        *find_contacts(text, language),
        *find_times(text),
        *find_countries(text),
        *find_authorities(text),
        *find_organisations(text, language),
        *find_leftovers(text),
    ]
    found.sort(key=lambda value: (value.start, value.end, value.name))
    return found
