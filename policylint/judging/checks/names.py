"""Checks of names against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policylint.analysis.units import Hit, Unit
from policylint.judging.checks.case import Case, Spot
from policylint.needles import near

ASKED = frozenset(
    {"claims-responsibility", "shares-responsibility", "of-another-service"}
    | {"organisation", "email", "identity-promise", "identity-form"}
)
"""The concepts and values that `two_controllers` looks at."""

_FORMS = frozenset(
    "bv nv vof vzw cv ltd limited llp plc inc llc gmbh ag stichting vereniging gemeente the de het".split()
)


# Who is named so often is no slip.
_MOST_CLAIMS = 20


def two_controllers(case: Case) -> Iterator[Spot]:
    """A second organisation that calls itself responsible, unknown to the first; the value is the first one's name.

    Two names that stand in one sentence belong together: a name and its short form, a parent and its subsidiary.
    """
    analysis = case.analysis
    yield from _another_site(case)
    if analysis.by_name.get("shares-responsibility"):
        return
    claims = [claim for number in analysis.by_name.get("claims-responsibility", ())
              if (claim := _claim(analysis.units[number])) is not None]  # fmt: skip
    if not claims:
        return
    first_unit, first = claims[0]
    name = str(first.value)
    for unit, hit in claims[1:_MOST_CLAIMS]:
        other = str(hit.value)
        one, two = _words(name), _words(other)
        sentences = (_words(analysis.document.text[each.start : each.end]) for each in analysis.units)
        if one & two or any(one | two <= words for words in sentences):
            continue
        yield Spot(*unit.span(hit), related=(first_unit.span(first),), value=name)
        return


_SITE_ACTS = re.compile(
    r"(?<![\w@.-])(?P<site>[a-z][a-z0-9-]{3,40})\.(?:nl|be|com|org|net|eu|co\.uk|ie) "
    r"(?:gebruikt|verzamelt|verwerkt|bewaart|plaatst|uses|collects|processes|stores|places)\b",
    re.IGNORECASE,
)

_REACH = 100
"""Characters, more than a site has with the verb behind it."""


def _another_site(case: Case) -> Iterator[Spot]:
    """The first mail address at a site that acts in the text, where an organisation of another name speaks in it."""
    analysis = case.analysis
    speaks = [
        (unit, hits[0])
        for number in analysis.by_name.get("identity-promise", ())
        if (hits := _names(unit := analysis.units[number])) and "of-another-service" not in unit.hits
    ]
    if not speaks:
        return
    unit, hit = speaks[0]
    start, end = unit.span(hit)
    if hit.value is None:  # a name in small letters: what stands before its legal form
        start = unit.start
    name = analysis.document.text[start:end]
    letters = "".join(sorted(_words(name), key=name.lower().find))
    mails: dict[str, tuple[int, int]] = {}
    for number in analysis.by_name.get("email", ()):
        other = analysis.units[number]
        for mail in other.hits["email"]:
            host = str(mail.value).lower().partition("@")[2]
            mails.setdefault(host.partition(".")[0], other.span(mail))
    needles = {f"{site}.".encode() for site in mails if site.isascii()}
    for match in near(_SITE_ACTS, analysis.document.text, case.narrow, needles, _REACH):
        site = match["site"].lower()
        if letters[:4] in site or site[:4] in letters or any(len(word) > 2 and word in site for word in _words(name)):
            continue
        if site in mails:
            yield Spot(*mails[site], related=((start, end), match.span()), value=name)
            return


def _names(unit: Unit) -> Sequence[Hit]:
    return unit.hits.get("organisation", ()) or unit.hits.get("identity-form", ())


def _claim(unit: Unit) -> tuple[Unit, Hit] | None:
    """The unit and the one organisation in it, if it speaks of no other party's service."""
    named = {hit.value: hit for hit in unit.hits.get("organisation", ())}
    if len(named) != 1 or "of-another-service" in unit.hits:
        return None
    return unit, next(iter(named.values()))


def _words(text: str) -> frozenset[str]:
    letters = "".join(char if char.isalnum() else " " for char in text.lower().replace(".", ""))
    return frozenset(letters.split()) - _FORMS
