"""Checks of recognised values against the table of national law."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.judging.checks.case import Case, Spot
from policylint.national_law import national_law


def wrong_age(case: Case) -> Iterator[Spot]:
    """Ages of consent of minors other than the jurisdiction's (GDPR art. 8); the value is the right one."""
    law = national_law().laws[case.jurisdiction]
    for number in case.analysis.by_name.get("age", ()):
        unit = case.analysis.units[number]
        if "parental-consent" not in unit.hits:
            continue
        ages = {hit.value: hit for hit in unit.hits["age"]}
        if law.age not in ages:
            hit = next(iter(ages.values()))
            yield Spot(hit.start, hit.end, value=str(law.age))


def wrong_authority(case: Case) -> Iterator[Spot]:
    """Complaints sent to another country's authority only; the value is the jurisdiction's own."""
    law = national_law().laws[case.jurisdiction]
    if case.jurisdiction == "EU":
        return
    named = [
        hit
        for number in case.analysis.by_name.get("authority", ())
        if "complain" in case.analysis.units[number].hits
        for hit in case.analysis.units[number].hits["authority"]
    ]
    if named and all(hit.value != case.jurisdiction for hit in named):
        yield Spot(named[0].start, named[0].end, value=law.authority.name[case.language])
