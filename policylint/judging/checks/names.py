"""Checks of names against each other."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.analysis.units import Hit, Unit
from policylint.judging.checks.case import Case, Spot

ASKED = frozenset({"organisation", "claims-responsibility", "shares-responsibility", "of-another-service"})
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


def _claim(unit: Unit) -> tuple[Unit, Hit] | None:
    """The unit and the one organisation in it, if it speaks of no other party's service."""
    named = {hit.value: hit for hit in unit.hits.get("organisation", ())}
    if len(named) != 1 or "of-another-service" in unit.hits:
        return None
    return unit, next(iter(named.values()))


def _words(text: str) -> frozenset[str]:
    letters = "".join(char if char.isalnum() else " " for char in text.lower().replace(".", ""))
    return frozenset(letters.split()) - _FORMS
