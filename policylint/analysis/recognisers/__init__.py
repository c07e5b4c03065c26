"""Values that no word list can hold: who, where, when, how long, how much, how to reach."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from policylint.analysis.recognisers import authorities, authors, contact, leftovers, organisation, times
from policylint.analysis.recognisers.authorities import find_authorities
from policylint.analysis.recognisers.authors import find_self_names
from policylint.analysis.recognisers.contact import find_contacts
from policylint.analysis.recognisers.cues import Cue, ear_for
from policylint.analysis.recognisers.leftovers import find_leftovers
from policylint.analysis.recognisers.organisation import find_organisations
from policylint.analysis.recognisers.places import find_countries, is_third_country
from policylint.analysis.recognisers.times import find_times
from policylint.analysis.recognisers.value import Duration, Money, PartialDate, Value
from policylint.needles import Ear

__all__ = ["VALUE_NAMES", "Duration", "Money", "PartialDate", "Value", "is_third_country", "recognise"]

_CONTACTS = frozenset({"email", "url", "phone", "postal-address", "placeholder"})
_TIMES = frozenset({"duration", "date", "dateline", "version", "age"})
_AUTHORITIES = frozenset({"authority", "authority-defunct", "authority-of-your-country"})
_SELF = frozenset({"author", "name"})
_LEFTOVERS = frozenset({"placeholder", "money"})

VALUE_NAMES = _CONTACTS | _TIMES | _AUTHORITIES | _LEFTOVERS | _SELF | {"country", "organisation", "link"}
"""The names that `recognise` gives, and `link` for a link to another page."""


@cache
def _ear() -> Ear[Cue]:
    return ear_for(authorities.CUES | authors.CUES | contact.CUES | leftovers.CUES | organisation.CUES | times.CUES)


def recognise(text: str, language: str, asked: Set[str] = VALUE_NAMES) -> list[Value]:
    """Values in the matching text of one block, by start; values of different names may overlap.

    Only the values that are `asked` are looked for.
    """
    heard = _ear().heard(text)
    found: list[Value] = []
    if not (asked.isdisjoint(_CONTACTS) or heard.isdisjoint(contact.CUES)):
        found += find_contacts(text, language, heard)
    if not (asked.isdisjoint(_TIMES) or heard.isdisjoint(times.CUES)):
        found += find_times(text, heard)
    if "country" in asked:
        found += find_countries(text)
    if not (asked.isdisjoint(_AUTHORITIES) or heard.isdisjoint(authorities.CUES)):
        found += find_authorities(text, heard)
    if "organisation" in asked:
        found += find_organisations(text, language, heard)
    if not asked.isdisjoint(_SELF):
        found += find_self_names(text, heard)
    if not (asked.isdisjoint(_LEFTOVERS) or heard.isdisjoint(leftovers.CUES)):
        found += find_leftovers(text, heard)
    found = [value for value in found if value.name in asked]
    found.sort(key=lambda value: (value.start, value.end, value.name))
    return found
